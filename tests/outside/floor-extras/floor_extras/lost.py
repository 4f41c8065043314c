"""Lost by hour: of the calls that came in each hour, how many were lost and how long they had waited."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from floorwatch.api import Report, Span

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["entered_at", "entered", "queue", "wait_seconds"]
KEYS = ["began", "hour", "queue"]


class LostByHour(Report):
    """One row an hour and queue, by the hour of entry on the floor's clock. Those who still wait came and are not lost."""

    name = "lost-by-hour"
    title = "Lost calls by hour"

    def build(self, frames: "Mapping[str, pd.DataFrame]", span: Span) -> "pd.DataFrame":
        """The table: hour, queue, came, lost, lost_rate, lost_wait_seconds (the mean wait of the lost)."""
        calls = _calls(frames, span)
        by_hour, gone = calls.groupby(KEYS), calls[calls["lost"]].groupby(KEYS)
        table = by_hour.agg(came=("lost", "size"), lost=("lost", "sum"), lost_rate=("lost", "mean"))
        table["lost_wait_seconds"] = gone["wait_seconds"].mean().reindex(table.index)
        return table.reset_index().drop(columns="began")


def _calls(frames: "Mapping[str, pd.DataFrame]", span: Span) -> "pd.DataFrame":
    """Who entered in the span, with the hour of the entry, when its first call came, and whether this one was lost."""
    import pandas as pd

    visits, waiting = frames["visits"], frames["waiting"]
    ended = visits[COLUMNS].assign(lost=visits["outcome"] != "answered")
    calls = pd.concat([ended, waiting[COLUMNS].assign(lost=False)]).astype({"queue": str, "lost": bool})
    calls = calls[calls["entered_at"].between(span.start, span.end, inclusive="left")]
    calls = calls.assign(hour=calls["entered"].dt.strftime("%Y-%m-%d %H:00%z"))
    return calls.assign(began=calls.groupby("hour")["entered_at"].transform("min"))
