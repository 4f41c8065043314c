"""Callers whom nobody answered, by business day: who is to be called back, who was, and who got through."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from floorwatch.extend.report import Span
from floorwatch.model.clock import FloorDays
from floorwatch.model.lost import LostCaller, LostCallers, lost_callers
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.reports.rows import NUMBER, TEXT, TRUTH, WORD, frame_of, or_nan

LOST = {
    "queue": WORD, "call": TEXT, "caller": TEXT, "outcome": WORD, "times": "int64", "entered_at": NUMBER,
    "left_at": NUMBER, "wait_seconds": NUMBER, "short": TRUTH, "became": WORD, "tries": "int64", "by": WORD,
    "at": NUMBER, "word": TEXT, "day": NUMBER,
}  # fmt: skip
TO_CALL_BACK, CALLED_BACK, GOT_THROUGH = "to call back", "called back", "got through"


def lost(floor: FloorSnapshot, span: Span) -> pd.DataFrame:
    """A row a caller and day of the span: the visit that was lost last, how many were lost, and what became of it.

    `by` and `at` are of the call-back, also of one in vain; of who got through, of the answer.
    """
    rows = (row for start, end in _days(floor, span) for row in _rows(floor, start, end))
    frame = frame_of(rows, LOST)
    moments = pd.to_datetime(frame["left_at"], unit="s", utc=True)
    return frame.assign(entered=moments.dt.tz_convert(floor.rules.days.zone))


def _days(floor: FloorSnapshot, span: Span) -> Iterator[tuple[float, float]]:
    """The business days of the span that any wait has ended in, from the first such day to the day of the floor."""
    days: FloorDays = floor.rules.days
    first = next((visit.left_at for visit in floor.past.visits(span.start)), floor.at)
    start = days.start_of(min(max(first, span.start), floor.at))
    while start <= floor.at and start < span.end:
        end = days.end_of(start)
        yield start, end
        start = end


def _rows(floor: FloorSnapshot, start: float, end: float) -> Iterator[tuple[Any, ...]]:
    found: LostCallers = lost_callers(floor.past, start, floor.support.returned, {}, end)
    became = ((TO_CALL_BACK, found.to_call_back), (CALLED_BACK, found.called_back), (GOT_THROUGH, found.got_through))
    rows = (_row(floor, each, what, start) for what, callers in became for each in callers)
    yield from sorted(rows, key=lambda row: row[6])


def _row(floor: FloorSnapshot, each: LostCaller, became: str, day: float) -> tuple[Any, ...]:
    last, back = each.last, each.returned or each.tried
    by, at = (None, None) if back is None else (back.by, back.at)
    if each.answered is not None:
        by, at = each.answered.agent, each.answered.left_at
    return (
        last.queue, last.call, each.number, last.outcome, each.times, last.entered_at, last.left_at,
        last.wait_seconds, each.is_short(floor.rules), became, each.tries, by, or_nan(at),
        "" if back is None else back.word, day,
    )  # fmt: skip
