"""Hands on the telephones against what is needed: now, in steps to the end of the day, at noon.

Rules
- `scheduled`: whom the plan has on the telephones. `expected`: those of them of whom nothing is known that keeps them
  away (absent, on leave without a tick, signed out although the shift began; whoever is on a break over its limit is
  still expected back): `roster.hands` has the rule. `available`: of now alone, who takes calls by the call feed (None
  without one). Without a roster nobody is scheduled; `floor.duty.has_roster` tells that apart from a day without work.
- A step's figure is the least of any moment in it: a minute without hands is a minute without hands. Only the moments
  from `start` to `end` count: of the running step what is left of it, of the last one what comes before the end.
- Steps begin on the quarter hours of the local clock; the first is the running one. A day of 23 or 25 hours has as many
  quarters as it has.
- What was asked of a snapshot is kept with it: a panel, a rule and a report that ask for the same cost once.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import ceil

from msgspec import Struct

from floorwatch.computed import computed_once
from floorwatch.model.duty import Activity
from floorwatch.model.entities import Fact
from floorwatch.model.metrics import figure_of
from floorwatch.model.snapshot import STAFFED, FloorSnapshot
from floorwatch.roster.attendance import attendance
from floorwatch.roster.hands import (
    dates_over,
    is_watched,
    last_on_phones,
    levels,
    missing_changes,
    on_phones,
    scheduled_changes,
    summed,
)
from floorwatch.roster.kept import kept
from floorwatch.roster.leading import leaders_on_duty
from floorwatch.roster.needs import Need, need_between, noon_holds, noon_of
from floorwatch.roster.plan import Planned, date_of, moved, plan_of, planned_at
from floorwatch.roster.staffing import capacity
from floorwatch.roster.standing import Status
from floorwatch.roster.teams import is_in_team

STEP_SECONDS = 900.0


class Step(Struct, frozen=True, gc=False):
    """A quarter of an hour. `minimum` is what is needed then (0: nothing said), `target` what should be (noon)."""

    start: float
    scheduled: int
    expected: int
    minimum: int = 0
    target: int = 0

    @property
    def gap(self) -> int:
        """Hands that are missing against the minimum."""
        return max(0, self.minimum - self.expected)

    @property
    def spare(self) -> int:
        """Hands above the minimum."""
        return self.expected - self.minimum


class Now(Struct, frozen=True):
    """This moment: people to be here and here, hands on the telephones, leaders, and people by planned activity."""

    at: float
    due: int
    """People whom the plan has here now, whatever they do."""
    here: int | None
    """Those of them who are here, by any witness; None: no witness."""
    scheduled: int
    expected: int
    available: int | None
    minimum: int
    leaders: int
    by_activity: dict[Activity, int]


class NoonGuard(Struct, frozen=True, dict=True):
    """The next or running noon. `holds` is false where the rule is off today (not the peak period). `least` is the
    least hands of it (expected) and `least_at` when. `aht_seconds` is the measured handle time (None: nothing measured
    yet); `answer_share` of the calls are to be answered within `answer_seconds`."""

    start: float
    end: float
    holds: bool
    hard: int
    target: int
    least: int
    least_at: float
    aht_seconds: float | None = None
    answer_share: float = 0.8
    answer_seconds: float = 20.0

    @computed_once
    def calls_per_hour(self) -> float | None:
        """Calls an hour that the least hands carry with this handle time; None: nothing measured yet."""
        if not self.aht_seconds:
            return None
        return capacity(self.least, self.aht_seconds, self.answer_share, self.answer_seconds)

    @property
    def is_short(self) -> bool:
        """Fewer than must be."""
        return self.holds and self.least < self.hard

    @property
    def is_low(self) -> bool:
        """Fewer than should be."""
        return self.holds and self.least < self.target


def now(floor: FloorSnapshot, team: str | None = None) -> Now:
    """The hands of this moment; of one team, its own (a team has no minimum of its own: 0)."""
    return kept(floor, "now", team, lambda: _now(floor, team))


def steps(
    floor: FloorSnapshot, start: float | None = None, end: float | None = None, team: str | None = None
) -> tuple[Step, ...]:
    """Quarter hours from `start` (None: now) to `end` (None: the end of the last shift of the day); none where that is
    over. Of one team: its hands, without a minimum, which is the whole floor's."""
    begin = floor.at if start is None else start
    finish = _end_of_work(floor) if end is None else end
    if finish is None or finish <= begin:
        return ()
    return kept(floor, "steps", (begin, finish, team), lambda: _steps(floor, begin, finish, team))


def lowest(those: tuple[Step, ...]) -> Step | None:
    """The step with the fewest to spare, the earliest of them; None where there is none, or nobody is scheduled. Steps
    in which nobody works and nobody is needed are no low point."""
    if not any(step.scheduled for step in those):
        return None
    return min((step for step in those if step.scheduled or step.minimum), key=lambda step: step.spare)


def noon_guard(floor: FloorSnapshot) -> NoonGuard | None:
    """The noon that is coming or running; None when today's is over or nobody is scheduled for it. Of a running noon
    it is the least of what is left."""
    return kept(floor, "noon_guard", None, lambda: _noon_guard(floor))


def measured_aht(floor: FloorSnapshot) -> float | None:
    """The day's handle time so far in seconds (metric `aht` of the whole floor); None: nothing answered yet."""
    return figure_of(floor.total, "aht").value


def _now(floor: FloorSnapshot, team: str | None) -> Now:
    due = {agent: each for agent, each in planned_at(floor).items() if is_in_team(floor, agent, team)}
    (scheduled, expected, _at), *_others = _least(floor, [floor.at, floor.at], team)
    return Now(
        at=floor.at,
        due=len(due),
        here=_here(floor, due),
        scheduled=scheduled,
        expected=expected,
        available=_available(floor, team),
        minimum=_need(floor, floor.at, floor.at, team).minimum,
        leaders=sum(is_in_team(floor, leader, team) for leader in leaders_on_duty(floor)),
        by_activity=dict(Counter(activity for _planned, activity in due.values())),
    )


def _here(floor: FloorSnapshot, due: Mapping[str, tuple[Planned, Activity]]) -> int | None:
    """Those of them whom a witness has here; None where nobody could be seen."""
    if not is_watched(floor):
        return None
    seen = {each.agent: each for each in attendance(floor) if each.agent in due}
    if seen and all(each.status is Status.UNSEEN for each in seen.values()):
        return None
    return sum(each.here for each in seen.values())


def _available(floor: FloorSnapshot, team: str | None) -> int | None:
    if floor.gives.isdisjoint((Fact.CALLS, Fact.MEMBERS)):
        return None
    return sum(agent.state in STAFFED and is_in_team(floor, agent.id, team) for agent in floor.agents.values())


def _steps(floor: FloorSnapshot, begin: float, finish: float, team: str | None) -> tuple[Step, ...]:
    first = begin // STEP_SECONDS * STEP_SECONDS
    starts = [first + STEP_SECONDS * number for number in range(ceil((finish - first) / STEP_SECONDS))]
    edges = [begin, *starts[1:], finish]
    needs = [_need(floor, start, end, team) for start, end in pairwise(edges)]
    return tuple(
        Step(start, scheduled, expected, need.minimum, need.target)
        for start, (scheduled, expected, _at), need in zip(starts, _least(floor, edges, team), needs, strict=True)
    )


def _least(floor: FloorSnapshot, edges: list[float], team: str | None) -> list[tuple[int, int, float]]:
    """Between each of these moments and the next: the least scheduled, the least expected, and when those are so few
    first."""
    dates = [date for date in dates_over(floor, edges[0], edges[-1]) if _reaches(floor, date, edges[0])]
    scheduled = scheduled_changes(floor, dates, team)
    missing = missing_changes(floor, dates, team, ahead=edges[0] >= floor.at)
    by_plan = levels(scheduled, edges)
    known = levels(summed((scheduled, missing)), edges) if missing else by_plan
    return [(planned, hands, at) for (planned, _at), (hands, at) in zip(by_plan, known, strict=True)]


def _reaches(floor: FloorSnapshot, date: str, start: float) -> bool:
    """Whether anybody of this date is still on the phones then: asking who of them came costs 60 ms of 1,000."""
    return last_on_phones(floor, date) > start


def _need(floor: FloorSnapshot, start: float, end: float, team: str | None) -> Need:
    return need_between(floor, start, end) if team is None else Need(0, 0)


def _end_of_work(floor: FloorSnapshot) -> float | None:
    today = date_of(floor)

    def compute() -> float | None:
        plans = (plan_of(floor, date) for date in (moved(today, -1), today))
        ends = (planned.end for plan in plans for planned in plan.by_agent.values() if planned.end is not None)
        return max(ends, default=None)

    return kept(floor.duty, "end_of_work", (floor.rules.days, today), compute)


def _noon_guard(floor: FloorSnapshot) -> NoonGuard | None:
    date = date_of(floor)
    start, end = noon_of(floor, date)
    begin = max(start, floor.at)
    if begin >= end or not _is_worked(floor, begin, end):
        return None
    rules, target, aht = floor.rules.duty.noon, floor.rules.default, measured_aht(floor)
    ((_scheduled, least, least_at),) = _least(floor, [begin, end], None)
    return NoonGuard(
        start=start,
        end=end,
        holds=noon_holds(floor, date),
        hard=rules.hard,
        target=rules.target,
        least=least,
        least_at=least_at,
        aht_seconds=aht,
        answer_share=target.share,
        answer_seconds=target.seconds,
    )


def _is_worked(floor: FloorSnapshot, start: float, end: float) -> bool:
    return any(
        stint.start < end and start < stint.end
        for date in dates_over(floor, start, end)
        for hours in on_phones(floor, date).values()
        for stint in hours
    )
