"""A report: a table over a span of history, built with pandas outside the screen's process of events."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    import pandas as pd


class Span(Struct, frozen=True):
    """From `start` up to but not including `end`, epoch seconds UTC."""

    start: float
    end: float


class Report(Protocol):
    """A named table. `frames` holds "visits", "talks", "spells" and "rings" as documented in reports/frames."""

    name: str
    title: str

    def build(self, frames: "Mapping[str, pd.DataFrame]", span: Span) -> "pd.DataFrame":
        """The table for this span."""
        ...
