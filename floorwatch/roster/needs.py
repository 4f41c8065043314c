"""How many hands the telephones need: the minimums of the settings and the noon guard, by the wall clock.

Rules
- A rule's minutes are of the local clock: on a day of 23 or 25 hours 11:30 is 11:30. A span that passes midnight holds
  in the morning after, too.
- The noon guard holds always, never, or on the days of the peak period (by the business day).
- These are figures of the whole floor: a team has no minimum of its own.
"""

import datetime as dt
from typing import NamedTuple

from floorwatch.model.duty_rules import NoonRules, When
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.kept import kept
from floorwatch.roster.plan import date_of
from floorwatch.roster.working_days import in_peak

DAY_MINUTES = 24 * 60


class Need(NamedTuple):
    """Hands that must be there, and hands that should be (at noon; 0: nothing said)."""

    minimum: int
    target: int


def minimum_at(floor: FloorSnapshot, at: float) -> int:
    """Hands that the floor needs at this moment: [duty.minimums] and the noon guard, the larger."""
    return need_between(floor, at, at).minimum


def need_between(floor: FloorSnapshot, start: float, end: float) -> Need:
    """The most that is needed at any moment from `start` up to `end`, which are no more than a quarter hour apart, and
    in the same one; at the moment `start` where both are the same."""
    rules = floor.rules.duty
    minimum = max(
        (each.agents for each in rules.minimums if _meets(floor, start, end, each.start, each.end)), default=0
    )
    noon = rules.noon
    if not (_meets(floor, start, end, noon.start, noon.end) and noon_holds(floor, date_of(floor, start))):
        return Need(minimum, 0)
    return Need(max(minimum, noon.hard), max(noon.hard, noon.target))


def noon_holds(floor: FloorSnapshot, date: str) -> bool:
    """Whether the noon guard is on, on this date."""
    rules = floor.rules.duty
    match rules.noon.when:
        case When.ALWAYS:
            return True
        case When.NEVER:
            return False
        case When.PEAK:
            return kept(floor, "noon_holds", date, lambda: in_peak(rules, dt.date.fromisoformat(date)), 64)


def noon_of(floor: FloorSnapshot, date: str) -> tuple[float, float]:
    """Start and end of noon on this date, epoch seconds."""
    noon: NoonRules = floor.rules.duty.noon
    return _moment(floor, date, noon.start), _moment(floor, date, noon.end)


def _moment(floor: FloorSnapshot, date: str, minute: int) -> float:
    """When the local clock shows this minute of the day; on a day on which it never does, when it would have."""
    days, minutes = divmod(minute, DAY_MINUTES)
    day = dt.date.fromisoformat(date) + dt.timedelta(days=days)
    at = dt.time(*divmod(minutes, 60))
    return dt.datetime.combine(day, at, floor.rules.days.zone).timestamp()


def _meets(floor: FloorSnapshot, start: float, end: float, first: int, last: int) -> bool:
    """Whether minutes `first` up to `last` of a day hold any moment from `start` up to `end`. Clocks are put forward
    and back at full quarters of an hour, so that between these two moments they run on."""
    local = floor.rules.days.local(start)
    minute = local.hour * 60 + local.minute + (local.second + start % 1) / 60
    until = minute + (end - start) / 60
    return any(
        at < last and (first < to or first == at)
        for at, to in ((minute, until), (minute + DAY_MINUTES, until + DAY_MINUTES))
    )
