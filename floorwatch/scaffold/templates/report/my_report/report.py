"""Visits of each queue: how many, how many of them were answered, and how long they waited."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from floorwatch.api import Report, Span

if TYPE_CHECKING:  # pandas takes a second to load, and only who asks for a report shall wait for it
    import pandas as pd


class MyReport(Report):
    """One row a queue, over the waits that have ended and began within the span."""

    name = "my-report"
    title = "My report"

    def build(self, frames: "Mapping[str, pd.DataFrame]", span: Span) -> "pd.DataFrame":
        """The table: queue, visits, answered, wait_seconds (their mean)."""
        visits = frames["visits"]
        visits = visits[visits["entered_at"].between(span.start, span.end, inclusive="left")]
        visits = visits.assign(was_answered=visits["outcome"] == "answered")
        table = visits.groupby("queue", observed=True).agg(
            visits=("call", "size"), answered=("was_answered", "sum"), wait_seconds=("wait_seconds", "mean")
        )
        return table.reset_index()
