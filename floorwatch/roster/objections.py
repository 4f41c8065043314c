"""What may speak against a change of the plan: leave at that time, too little rest, too many hours.

Rules
- An objection is shown beside a request; a person decides.
- Rest is judged between the work of one date and that of the dates beside it: the gap of a split shift is none.
- Hours are those of any seven dates in a row that hold the date; lunch is not counted, short breaks are. Hours that
  were too many before and have not become more are not the change's fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from floorwatch.model.duty import Activity, Duty, Leave, ShiftKind, Stint
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.kept import kept
from floorwatch.roster.plan import Planned, moved, plan_of

WEEK_DAYS = 7
AROUND = WEEK_DAYS - 1
"""Days before and after a date that may be in one week with it."""

Work: TypeAlias = Mapping[str, tuple[Stint, ...]]
"""What one person works, by date."""

Plans: TypeAlias = Mapping[str, Mapping[str, Planned]]
"""What everybody works, by date and agent."""


class Objection(StrEnum):
    """What speaks against a swap, a leave or an assignment. It is shown; a person decides."""

    LATE = "late"
    """Asked less than the days ahead that the rule wants (临时)."""
    NOT_AGREED = "not_agreed"
    NO_SHIFT = "no_shift"
    """One of the days has no shift to give."""
    NOT_FREE = "not_free"
    """Somebody works, or is on leave, at that time already."""
    NOT_SKILLED = "not_skilled"
    REST = "rest"
    """Less rest between two shifts than the rule wants."""
    HOURS = "hours"
    """More hours within seven days than the rule wants."""
    PEAK = "peak"
    """Leave in the peak period without a recorded override."""
    PAST = "past"


def in_order(found: Iterable[Objection]) -> tuple[Objection, ...]:
    """Each once, in the order in which they are declared."""
    those = set(found)
    return tuple(each for each in Objection if each in those)


def dates_from(first: str, last: str) -> Iterator[str]:
    """Every date from the first to the last, both included."""
    while first <= last:
        yield first
        first = moved(first, 1)


@lru_cache(64)
def _within_a_week(date: str) -> tuple[str, ...]:
    """The dates that may be in one week with this one: asked for a thousand people in a row."""
    return tuple(dates_from(moved(date, -AROUND), moved(date, AROUND)))


def plans_around(floor: FloorSnapshot, first: str, last: str) -> Plans:
    """The plans of these dates, and of all that may stand within a week with one of them."""
    return {date: plan_of(floor, date).by_agent for date in dates_from(moved(first, -AROUND), moved(last, AROUND))}


def works_around(floor: FloorSnapshot, date: str) -> Mapping[str, Work]:
    """What everybody whom a plan names works on this date, and on all that may stand within a week with it; kept."""

    def compute() -> Mapping[str, Work]:
        plans = plans_around(floor, date, date)
        return {agent: work_in(plans, agent) for agent in dict.fromkeys(chain.from_iterable(plans.values()))}

    return kept(floor.duty, "works", (floor.rules.days, date), compute, 4)


def work_in(plans: Plans, agent: str) -> Work:
    """What this person works on the dates of the plans; dates without work are left out."""
    return {
        date: planned.stints
        for date, by_agent in plans.items()
        if (planned := by_agent.get(agent)) is not None and planned.stints
    }


def with_hours(stints: tuple[Stint, ...], start: float, end: float, activity: Activity) -> tuple[Stint, ...]:
    """These stints with hours laid over them."""
    kept = [Stint(s.start, min(s.end, start), s.activity) for s in stints if s.start < start]
    kept += [Stint(max(s.start, end), s.end, s.activity) for s in stints if s.end > end]
    return tuple(sorted((*kept, Stint(start, end, activity)), key=lambda stint: stint.start))


def rest_of(work: Work, date: str) -> float | None:
    """Seconds between the work of this date and the nearest of another, the shorter of before and after; None where
    nobody knows of any."""
    own = work.get(date, ())
    if not own:
        return None
    before = [stint.end for day, stints in work.items() if day < date for stint in stints]
    after = [stint.start for day, stints in work.items() if day > date for stint in stints]
    rests = [own[0].start - max(before)] if before else []
    rests += [min(after) - max(stint.end for stint in own)] if after else []
    return min(rests, default=None)


def worked(stints: Iterable[Stint]) -> float:
    """Seconds of work: everything but lunch."""
    return sum(stint.end - stint.start for stint in stints if stint.activity is not Activity.LUNCH)


def most_in_a_week(work: Work, date: str) -> float:
    """Seconds of work in those seven dates in a row, of all that hold this one, which have the most."""
    days = [worked(work.get(day, ())) for day in _within_a_week(date)]
    return max(sum(days[first : first + WEEK_DAYS]) for first in range(WEEK_DAYS))


def of_hours(rules: DutyRules, before: Work, after: Work, date: str) -> set[Objection]:
    """What speaks against somebody's work of this date, where `before` is what they would work without the change."""
    rest, week = rest_of(after, date), most_in_a_week(after, date)
    found = set[Objection]()
    if rest is not None and rest < rules.rest_seconds:
        found.add(Objection.REST)
    if week > max(rules.week_seconds, most_in_a_week(before, date)):
        found.add(Objection.HOURS)
    return found


def overlaps(stints: Iterable[Stint], start: float, end: float) -> bool:
    """Whether any of them is at that time."""
    return any(stint.start < end and stint.end > start for stint in stints)


def at_work(work: Work, start: float, end: float) -> bool:
    """Whether this person works at that time."""
    return any(overlaps(stints, start, end) for stints in work.values())


def leaves_at(duty: Duty, start: float, end: float) -> Mapping[str, tuple[Leave, ...]]:
    """Leave at that time that was neither refused nor withdrawn, by agent."""
    found: dict[str, tuple[Leave, ...]] = {}
    for leave in duty.leaves.values():
        if leave.is_open_or_filed and leave.start < end and leave.end > start:
            found[leave.agent] = (*found.get(leave.agent, ()), leave)
    return found


def is_away(planned: Planned | None) -> bool:
    """Whether the roster itself has the person on leave that day."""
    return planned is not None and planned.shift is not None and planned.shift.kind is ShiftKind.LEAVE
