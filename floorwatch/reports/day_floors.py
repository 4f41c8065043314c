"""The business days that a report is about, each with the floor by which its attendance is told.

Rules
- It is the floor as it was 36 hours after the day began, or is now where that is still to come: a night shift has
  ended by then, and what the call feed showed of the day is not yet forgotten.
- What documents say and people entered is always as it stands now: an excuse of the next morning excuses.
- A day that no call feed saw has no such witness: nobody is absent because the log begins later.
- A day stands in it when a roster, a punch, a mark or the call feed speaks of it.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from floorwatch.extend.report import Span
from floorwatch.model.presence import KEPT_SECONDS
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import date_of
from floorwatch.roster.evidence import bounds_of

QUARTER_SECONDS = 900.0


class DayFloor(Struct, frozen=True):
    """A business day from `start` up to `end`, and the floor by which it is told. `has_begun` at this moment."""

    date: str
    start: float
    end: float
    floor: FloorSnapshot
    has_begun: bool


def day_floors(floor: FloorSnapshot, past: Mapping[float, FloorSnapshot], span: Span) -> tuple[DayFloor, ...]:
    """The days of the span in order; `past` holds floors of days that are over, by the start of their day."""
    days = floor.rules.days
    found = []
    for date in sorted(set(_dates(floor, past))):
        start, end = bounds_of(days, date)
        if start < span.end and end > span.start:
            found.append(DayFloor(date, start, end, _floor_of(floor, past, start), start <= floor.at))
    return tuple(found)


def _floor_of(floor: FloorSnapshot, past: Mapping[float, FloorSnapshot], start: float) -> FloorSnapshot:
    if start + KEPT_SECONDS >= floor.at:
        return floor
    seen = past.get(start)
    if seen is None:
        return msgspec.structs.replace(floor, agents={}, talks={}, waiting={}, spells={}, gives=frozenset())
    return msgspec.structs.replace(seen, duty=floor.duty, people=floor.people, support=floor.support)


def _dates(floor: FloorSnapshot, past: Mapping[float, FloorSnapshot]) -> Iterator[str]:
    duty = floor.duty
    yield from duty.shifts_on
    yield from (each.date for each in duty.assignments.values() if not each.withdrawn)
    yield from (each.date for each in duty.marks.values() if not each.withdrawn)
    yield from (punch.date for punches in duty.punches.values() for punch in punches if punch.date is not None)
    undated = (punch.at for punches in duty.punches.values() for punch in punches if punch.date is None)
    yield from _dates_of(floor, undated)
    yield from _dates_of(floor, past)
    if floor.spells:
        yield date_of(floor)


def _dates_of(floor: FloorSnapshot, moments: Iterable[float]) -> Iterator[str]:
    """The dates of business days that hold these moments; days begin on quarter hours, so one look a quarter does."""
    quarters = {moment // QUARTER_SECONDS for moment in moments}
    return (date_of(floor, quarter * QUARTER_SECONDS) for quarter in quarters)
