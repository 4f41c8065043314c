"""Who is on the telephones when: by the plan alone, and as far as anybody knows.

Rules
- Whoever is in the plan of two dates at once is one pair of hands, and does what the later date says.
- Hours that somebody else was assigned to stand in for are the other's hands, not those of the absent person too.
- What keeps somebody away: absent (the whole shift), not come yet, gone early, leave that lacks a tick and that they
  took; signed out while the plan has them on the telephones (until their next break). Not: a break, however long; a
  shift that is to come; a start whose grace still runs; being seen by nobody.
- Counting is by changes: a moment and how many hands more or fewer from then on. It costs by the shift, not by the
  minute: 1,000 people are 4,000 changes, most at the same moments.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import inf
from typing import TypeAlias

from floorwatch.model.duty import Activity, Stint
from floorwatch.model.entities import AgentState, Fact
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.attendance import attendance
from floorwatch.roster.kept import kept
from floorwatch.roster.layers import Stints, cut
from floorwatch.roster.plan import DATES_KEPT, Planned, date_of, moved, plan_of, stood_in
from floorwatch.roster.standing import Attendance, Doubt, Status
from floorwatch.roster.teams import is_in_team

Changes: TypeAlias = dict[float, int]
"""How many hands more (or fewer) from each moment on."""

_HERE = frozenset({Status.PRESENT, Status.LATE})
_AWAY = frozenset({Status.ABSENT, Status.LATE, Status.LEFT_EARLY})
"""Those of whom something may be known that keeps them away; or they are present, and signed out."""


def is_watched(floor: FloorSnapshot) -> bool:
    """Whether anything here could see anybody: a terminal, a sheet, a mark by hand, a call feed that shows who signs
    in."""
    duty = floor.duty
    return duty.has_punches or bool(duty.marks or duty.approvals or floor.spells) or Fact.MEMBERS in floor.gives


def on_phones(floor: FloorSnapshot, date: str) -> Mapping[str, Stints]:
    """By agent: when the plan of this date has them on the telephones; whoever it never does is left out."""
    return kept(floor.duty, "phones", (floor.rules.days, date), lambda: _on_phones(floor, date), DATES_KEPT)


def last_on_phones(floor: FloorSnapshot, date: str) -> float:
    """When the last of them is done (minus infinity without any)."""

    def compute() -> float:
        return max((hours[-1].end for hours in on_phones(floor, date).values()), default=-inf)

    return kept(floor.duty, "last_on_phones", (floor.rules.days, date), compute, DATES_KEPT)


def away(floor: FloorSnapshot, date: str, *, ahead: bool = True) -> Mapping[str, tuple[tuple[float, float], ...]]:
    """By agent: from when to when something is known that keeps them from the plan of this date. `ahead`: only what is
    to come is asked for, and yesterday's shifts that are over do not matter."""
    return kept(floor, "away", (date, ahead), lambda: _away(floor, date, ahead=ahead))


def scheduled_changes(floor: FloorSnapshot, dates: Iterable[str], team: str | None = None) -> Changes:
    """The hands that the plans of these dates have on the telephones."""
    return summed(_changes_of(floor, date, team) for date in dates)


def missing_changes(floor: FloorSnapshot, dates: Iterable[str], team: str | None = None, *, ahead: bool) -> Changes:
    """The hands among them of whom it is known that they are not there, as fewer hands."""
    return summed(_missing(floor, date, team, ahead=ahead) for date in dates)


def changes(stints: Iterable[Stint], hands: int) -> Changes:
    """So many hands from the start to the end of each of these."""
    found: Changes = {}
    for stint in stints:
        found[stint.start] = found.get(stint.start, 0) + hands
        found[stint.end] = found.get(stint.end, 0) - hands
    return found


def summed(many: Iterable[Changes]) -> Changes:
    """All of these changes together."""
    found: Changes = {}
    for each in many:
        for at, hands in each.items():
            found[at] = found.get(at, 0) + hands
    return found


def levels(changes: Changes, edges: list[float]) -> list[tuple[int, float]]:
    """The least hands between each of these moments (in order) and the next, and the moment from which they are so few.

    Each stretch is from its edge up to the next: what changes at its end is not of it.
    """
    found: list[tuple[int, float]] = []
    moments = sorted(changes)
    level, at = 0, 0
    for start, end in pairwise(edges):
        while at < len(moments) and moments[at] <= start:
            level += changes[moments[at]]
            at += 1
        least = (level, start)
        while at < len(moments) and moments[at] < end:
            level += changes[moments[at]]
            least = min(least, (level, moments[at]))
            at += 1
        found.append(least)
    return found


def dates_over(floor: FloorSnapshot, start: float, end: float) -> tuple[str, ...]:
    """The dates whose plans may have somebody here between these moments: that of the night before, too."""
    date, last = moved(date_of(floor, start), -1), date_of(floor, max(start, end))
    found = [date]
    while date < last:
        date = moved(date, 1)
        found.append(date)
    return tuple(found)


def _on_phones(floor: FloorSnapshot, date: str) -> dict[str, Stints]:
    later = plan_of(floor, moved(date, 1)).by_agent
    covered = stood_in(floor, date)
    found = {}
    for agent, planned in plan_of(floor, date).by_agent.items():
        hours = tuple(stint for stint in planned.stints if stint.activity is Activity.PHONES)
        for stint in (*covered.get(agent, ()), *_into(planned, later.get(agent))):
            hours = cut(hours, stint.start, stint.end)
        if hours:
            found[agent] = hours
    return found


def _into(planned: Planned, later: Planned | None) -> Stints:
    """What the day after has for the same person before this day's work is over."""
    if later is None or later.start is None or planned.end is None or later.start >= planned.end:
        return ()
    return later.stints


def _changes_of(floor: FloorSnapshot, date: str, team: str | None) -> Changes:
    def compute() -> Changes:
        hours = on_phones(floor, date)
        return changes((s for a, stints in hours.items() if is_in_team(floor, a, team) for s in stints), 1)

    if team is None:
        return kept(floor.duty, "changes", (floor.rules.days, date), compute)
    return kept(floor, "changes", (date, team), compute)


def _missing(floor: FloorSnapshot, date: str, team: str | None, *, ahead: bool) -> Changes:
    hours = on_phones(floor, date)
    lost = (
        Stint(max(stint.start, start), min(stint.end, end))
        for agent, times in away(floor, date, ahead=ahead).items()
        if is_in_team(floor, agent, team)
        for stint in hours.get(agent, ())
        for start, end in times
        if stint.start < end and start < stint.end
    )
    return changes(lost, -1)


def _away(floor: FloorSnapshot, date: str, *, ahead: bool) -> dict[str, tuple[tuple[float, float], ...]]:
    today = date_of(floor)
    if date > today or not floor.duty.has_roster or not is_watched(floor):
        return {}
    # Today's answer, which panels have asked for already, has the nights of yesterday that still run in it.
    asked = None if date == today or ahead else date
    out = {agent.id for agent in floor.agents.values() if agent.state is AgentState.SIGNED_OUT}
    found = {}
    for each in attendance(floor, date=asked):
        # A thousand are as planned: what is asked of each first costs less than what there is to find.
        if (
            each.status not in _AWAY
            and not each.doubts
            and (each.status is not Status.PRESENT or each.agent not in out)
        ):
            continue
        if each.planned is not None and each.planned.date == date and (times := times_away(floor, each, each.planned)):
            found[each.agent] = times
    return found


def times_away(floor: FloorSnapshot, seen: Attendance, planned: Planned) -> tuple[tuple[float, float], ...]:
    """When this person's shift, as it was seen, is not to be counted on; in order, apart from one another."""
    if seen.status is Status.ABSENT:
        return ((-inf, inf),)
    times = []
    if seen.status in (Status.LATE, Status.LEFT_EARLY) and seen.came is not None:
        times.append((-inf, seen.came))
    if seen.status is Status.LEFT_EARLY or (seen.status is Status.LATE and seen.early > 0):
        times.append((floor.at if seen.left is None else seen.left, inf))
    elif Doubt.LEAVE_NOT_FILED in seen.doubts and seen.leave is not None and not seen.here:
        times.append((seen.leave.start, seen.leave.end))
    elif (stint := _missed_stint(floor, seen, planned)) is not None:
        times.append((floor.at, stint.end))
    return _apart(times)


def _apart(times: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    apart: list[tuple[float, float]] = []
    for start, end in sorted(times):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        elif start < end:
            apart.append((start, end))
    return tuple(apart)


def _missed_stint(floor: FloorSnapshot, seen: Attendance, planned: Planned) -> Stint | None:
    """The stint on the telephones that runs while this person is signed out."""
    known = floor.agents.get(seen.agent)
    if known is None or known.state is not AgentState.SIGNED_OUT or seen.status not in _HERE:
        return None
    running = (stint for stint in planned.stints if stint.start <= floor.at < stint.end)
    return next((stint for stint in running if stint.activity is Activity.PHONES), None)
