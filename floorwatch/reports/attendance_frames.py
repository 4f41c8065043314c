"""Frames of what became of the plan: attendance, adherence and coverage, a business day at a time.

Rules
- Only what has begun is judged: days to come stand in `coverage` and `days` alone.
- Without a roster nothing is said of coverage and adherence; without anything that could see somebody, nothing of
  attendance but what the plan says.
"""

from collections.abc import Iterable, Iterator
from datetime import date as Date  # noqa: N812  # `date` is what the model calls the text
from typing import Any

import pandas as pd

from floorwatch.extend.report import Span
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.reports.day_floors import DayFloor
from floorwatch.reports.rows import NUMBER, TRUTH, WORD, frame_of, or_nan
from floorwatch.roster import (
    Attendance,
    Step,
    adherence_of,
    attendance,
    date_of,
    day_of,
    in_peak,
    noon_guard,
    plan_of,
    steps,
)

ATTENDANCE = {
    "agent": WORD, "date": WORD, "status": WORD, "planned_start": NUMBER, "planned_end": NUMBER, "came": NUMBER,
    "left": NUMBER, "late_seconds": NUMBER, "early_seconds": NUMBER, "adjusted_late_seconds": NUMBER,
    "adjusted_early_seconds": NUMBER, "overtime_seconds": NUMBER, "break_seconds": NUMBER, "over_seconds": NUMBER,
    "excused": TRUTH, "doubts": WORD, "leave": WORD, "day": NUMBER,
}  # fmt: skip
ADHERENCE = {
    "agent": WORD, "date": WORD, "scheduled_seconds": NUMBER, "worked_seconds": NUMBER, "out_seconds": NUMBER,
    "outside_seconds": NUMBER, "excused_seconds": NUMBER, "adherence_rate": NUMBER, "adjusted_rate": NUMBER,
    "conformance_rate": NUMBER, "day": NUMBER,
}  # fmt: skip
COVERAGE = {
    "start": NUMBER, "date": WORD, "scheduled": "int64", "expected": "int64", "minimum": "int64", "target": "int64",
    "day": NUMBER,
}  # fmt: skip
NOON = {
    "start": NUMBER, "end": NUMBER, "hard": "int64", "target": "int64", "least": "int64", "least_at": NUMBER,
    "aht_seconds": NUMBER, "calls_per_hour": NUMBER,
}  # fmt: skip
DAYS = {"date": WORD, "day": NUMBER, "end": NUMBER, "kind": WORD, "name": WORD, "announced": TRUTH, "peak": TRUTH}

MOST_DAYS = 400
"""Days of a span that stand in `days` although nothing is known of them."""


def attendances(those: Iterable[DayFloor]) -> pd.DataFrame:
    """A row a person and day."""
    rows = (_attendance(each, day) for day in those if day.has_begun for each in attendance(day.floor, None, day.date))
    return frame_of(rows, ATTENDANCE)


def _attendance(each: Attendance, day: DayFloor) -> tuple[Any, ...]:
    start, end = (None, None) if each.planned is None else (each.planned.start, each.planned.end)
    taken = sum((day.floor.at if spent.end is None else spent.end) - spent.start for spent in each.breaks)
    return (
        each.agent, day.date, each.status.value, or_nan(start), or_nan(end),
        or_nan(each.came), or_nan(each.left), each.late, each.early, each.adjusted_late, each.adjusted_early,
        each.overtime, taken, sum(spent.over for spent in each.breaks if spent.is_over), bool(each.excuses),
        " ".join(doubt.value for doubt in each.doubts), each.leave.id if each.leave else "", day.start,
    )  # fmt: skip


def adherences(those: Iterable[DayFloor]) -> pd.DataFrame:
    """A row a person and day with a shift that something could see."""
    return frame_of((row for day in those if day.has_begun for row in _adherences(day)), ADHERENCE)


def _adherences(day: DayFloor) -> Iterator[tuple[Any, ...]]:
    for agent in plan_of(day.floor, day.date).by_agent:
        found = adherence_of(day.floor, agent, day.date)
        if found is not None:
            yield (
                agent, day.date, found.scheduled, found.worked, found.out, found.outside, found.excused,
                or_nan(found.adherence), or_nan(found.adjusted), or_nan(found.conformance), day.start,
            )  # fmt: skip


def coverages(those: Iterable[DayFloor]) -> pd.DataFrame:
    """A row a quarter of an hour, from the first to the last of each day in which anybody is scheduled or needed."""
    return frame_of((row for day in those for row in _coverage(day)), COVERAGE)


def _coverage(day: DayFloor) -> Iterator[tuple[Any, ...]]:
    if not day.floor.duty.has_roster:
        return
    found = steps(day.floor, day.start, day.end)
    asked = [place for place, step in enumerate(found) if _matters(step)]
    for step in found[asked[0] : asked[-1] + 1] if asked else ():
        yield step.start, day.date, step.scheduled, step.expected, step.minimum, step.target, day.start


def _matters(step: Step) -> bool:
    return bool(step.scheduled or step.minimum or step.target)


def noons(floor: FloorSnapshot) -> pd.DataFrame:
    """The noon guard of today: a row while noon is to come or runs, and its rule holds."""
    guard = noon_guard(floor)
    rows = [] if guard is None or not guard.holds else [
        (
            guard.start, guard.end, guard.hard, guard.target, guard.least, guard.least_at, or_nan(guard.aht_seconds),
            or_nan(guard.calls_per_hour),
        )
    ]  # fmt: skip
    return frame_of(rows, NOON)


def days(floor: FloorSnapshot, those: Iterable[DayFloor], span: Span) -> pd.DataFrame:
    """A row a day, today and all of a span among them: what the calendar and the floor's own word make of it."""
    rules = floor.rules.duty
    starts = {date_of(floor, start): start for start in (floor.day_start, *_starts(floor, span))}
    starts |= {day.date: day.start for day in those}
    rows = (
        (
            date,
            start,
            floor.rules.days.end_of(start),
            known.kind.value,
            known.name,
            known.announced,
            in_peak(rules, when),
        )
        for date, start in sorted(starts.items())
        for when in [Date.fromisoformat(date)]
        for known in [day_of(rules, when)]
    )
    return frame_of(rows, DAYS)


def _starts(floor: FloorSnapshot, span: Span) -> Iterator[float]:
    """When each business day of the span begins; of a span without an end, none."""
    if span.end - span.start > MOST_DAYS * 86_400.0:
        return
    start = floor.rules.days.start_of(span.start)
    while start < span.end:
        yield start
        start = floor.rules.days.end_of(start)
