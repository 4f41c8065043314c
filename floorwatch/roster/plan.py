"""The plan of one day as it stands: the roster, the duties laid over it, and what was swapped, granted and assigned.

Rules
- Order, each above the one before: roster, layers by name, swaps that hold, leave that is filed, assignments.
- A swap exchanges whole days of two people, layers included, on each of its two dates, and never changes the scheduled
  minutes of both together. Where one of them has nothing that day, the other has nothing afterwards. Several swaps of
  one day take place in the order in which they were asked for.
- Leave takes the hours that it covers out of a shift; what is left stays. It is cut in the floor's local time: leave of
  whole days takes the shifts of those dates, a night to its end, and nothing of the night before.
- An assignment is laid over what its person has. Whoever it stands in for keeps their own plan: they are the absent
  one. `stood_in` tells the hours, so that coverage does not count both.
- Two shifts of the roster itself on one day are one day with the hours of both.
- A night shift is in the plan of the day on which it begins; `planned_at` looks at yesterday's plan too, and whoever is
  in both does what today's says.
- A plan is computed once for each `Duty` and date, and kept with it; so is who is to be here from one edge of any hours
  up to the next.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Activity, Assignment, Duty, Leave, Shift, ShiftKind, Stint
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.kept import kept
from floorwatch.roster.layers import Stints, cut, in_order, laid_over

DATES_KEPT = 64
"""A month and a fortnight: whoever looks through a month, and a week around each day of it, makes each plan once."""

_MIDNIGHT = dt.time()
_LAST_MINUTE = dt.time(23, 59)


class Planned(Struct, frozen=True):
    """One person's day by the plan. `stints` are what holds now, in order, layers and leave applied; `shift` is what
    the roster said (None: nothing), after a swap the shift that was taken over; `code` is its code. `leave` and `swap`
    are ids of what changed it last, `assigned` the ids of assignments in it. `is_off` is a day without work, whatever
    the reason; `is_unknown` one whose code nobody explained.
    """

    agent: str
    date: str
    stints: tuple[Stint, ...] = ()
    shift: Shift | None = None
    code: str = ""
    layers: tuple[str, ...] = ()
    leave: str | None = None
    swap: str | None = None
    assigned: tuple[str, ...] = ()
    is_off: bool = False
    is_unknown: bool = False

    @property
    def start(self) -> float | None:
        """When work begins (epoch seconds)."""
        return self.stints[0].start if self.stints else None

    @property
    def end(self) -> float | None:
        """When work ends (epoch seconds)."""
        return self.stints[-1].end if self.stints else None

    @property
    def seconds(self) -> float:
        """Scheduled seconds, breaks included, gaps of a split shift not."""
        return sum(stint.end - stint.start for stint in self.stints)

    def activity_at(self, at: float) -> Activity | None:
        """What is planned at this moment; None: nothing."""
        return next((stint.activity for stint in self.stints if stint.start <= at < stint.end), None)


class Plan(Struct, frozen=True):
    """A day: everybody whom the plan names, by agent."""

    date: str
    by_agent: Mapping[str, Planned] = {}


def date_of(floor: FloorSnapshot, at: float | None = None) -> str:
    """The date of the business day that holds `at` (None: now), "2026-11-22"."""
    days = floor.rules.days
    return days.local(days.start_of(floor.at if at is None else at)).date().isoformat()


def moved(date: str, days: int) -> str:
    """The date so many days later. Raises ValueError for what is no date."""
    return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()


def plan_of(floor: FloorSnapshot, date: str | None = None) -> Plan:
    """The plan of this date (None: today)."""
    duty, days = floor.duty, floor.rules.days
    wanted = date_of(floor) if date is None else date
    return kept(duty, "plans", (days, wanted), lambda: _planned_on(duty, days, wanted), DATES_KEPT)


def planned_at(floor: FloorSnapshot, at: float | None = None) -> Mapping[str, tuple[Planned, Activity]]:
    """Who is to be here at this moment (None: now), with what they are to do: by agent. Yesterday's nights included."""
    moment = floor.at if at is None else at
    duty, days, date = floor.duty, floor.rules.days, date_of(floor, moment)
    plans = tuple(plan_of(floor, each).by_agent for each in (moved(date, -1), date))
    edges = kept(duty, "edges", (days, date), lambda: _edges(plans))
    step = bisect_right(edges, moment)
    return kept(duty, "planned", (days, date, step), lambda: _planned_at(plans, moment))


def planned_now(floor: FloorSnapshot, agent: str) -> Planned | None:
    """The person's plan that matters now: the shift that runs, else the next of today, else today's last or day off;
    None where the plan does not name them today."""
    date = date_of(floor)
    today = plan_of(floor, date).by_agent.get(agent)
    night = plan_of(floor, moved(date, -1)).by_agent.get(agent)
    if night is not None and _runs(night, floor.at) and not (today is not None and _runs(today, floor.at)):
        return night
    return today


def stood_in(floor: FloorSnapshot, date: str) -> Mapping[str, tuple[Stint, ...]]:
    """By agent: the hours of this date in which somebody else was assigned to stand in for them."""
    found: dict[str, tuple[Stint, ...]] = {}
    for each in _assigned_on(floor.duty, date):
        if each.instead_of is not None:
            found[each.instead_of] = (*found.get(each.instead_of, ()), Stint(each.start, each.end, each.activity))
    return found


def _runs(planned: Planned, at: float) -> bool:
    return planned.start is not None and planned.end is not None and planned.start <= at < planned.end


def _planned_at(plans: Iterable[Mapping[str, Planned]], moment: float) -> Mapping[str, tuple[Planned, Activity]]:
    return {
        agent: (planned, activity)
        for by_agent in plans
        for agent, planned in by_agent.items()
        if (activity := planned.activity_at(moment)) is not None
    }


def _edges(plans: Iterable[Mapping[str, Planned]]) -> Sequence[float]:
    """Every moment at which anybody's hours of these days begin or end, in order."""
    stints = (stint for by_agent in plans for planned in by_agent.values() for stint in planned.stints)
    return sorted({edge for stint in stints for edge in (stint.start, stint.end)})


def _planned_on(duty: Duty, days: FloorDays, date: str) -> Plan:
    shifts = _shifts_on(duty, date)
    swapped = _exchange(duty, date, shifts)
    leaves = _leaves_by_agent(duty)
    by_agent = {
        agent: _with_leave(_of_roster(agent, date, those, swapped.get(agent)), leaves.get(agent, ()), days)
        for agent, those in shifts.items()
    }
    for each in _assigned_on(duty, date):
        by_agent[each.agent] = _with_assignment(by_agent.get(each.agent) or Planned(each.agent, date), each)
    return Plan(date, by_agent)


def _shifts_on(duty: Duty, date: str) -> dict[str, tuple[Shift, ...]]:
    """What the documents say of this day, the roster itself first, then the layers by name."""
    found = {}
    for agent, shifts in duty.shifts.items():
        those = [shift for shift in shifts if shift.date == date]
        if those:
            found[agent] = tuple(sorted(those, key=lambda s: s.layer) if len(those) > 1 else those)
    return found


def _exchange(duty: Duty, date: str, shifts: dict[str, tuple[Shift, ...]]) -> dict[str, str]:
    """Carry out the swaps of this date in `shifts`; by agent, the swap that was the last to change their day."""
    swapped = {}
    for swap in duty.swaps.values():
        if swap.holds and date in (swap.date, swap.other_date) and swap.agent != swap.other:
            one, other = shifts.get(swap.agent, ()), shifts.get(swap.other, ())
            shifts[swap.agent], shifts[swap.other] = other, one
            swapped[swap.agent] = swapped[swap.other] = swap.id
    return swapped


def _leaves_by_agent(duty: Duty) -> Mapping[str, list[Leave]]:
    def compute() -> dict[str, list[Leave]]:
        found: dict[str, list[Leave]] = {}
        for leave in sorted(duty.leaves.values(), key=lambda each: each.start):
            if leave.is_filed:
                found.setdefault(leave.agent, []).append(leave)
        return found

    return kept(duty, "leaves", None, compute)


def _assigned_on(duty: Duty, date: str) -> list[Assignment]:
    return [a for a in duty.assignments.values() if a.date == date and not a.withdrawn and a.start < a.end]


def _of_roster(agent: str, date: str, shifts: tuple[Shift, ...], swap: str | None) -> Planned:
    """A day by the documents alone; `shifts` are the roster's own first, then the layers."""
    own = [shift for shift in shifts if not shift.layer]
    first = next((shift for shift in own if shift.stints), own[0] if own else None)
    stints = in_order(own[0].stints if len(own) == 1 else tuple(stint for shift in own for stint in shift.stints))
    layers = [shift for shift in shifts if shift.layer and shift.stints]
    for layer in layers:
        stints = laid_over(stints, in_order(layer.stints))
    is_unknown = any(shift.kind is ShiftKind.UNKNOWN for shift in shifts)
    return Planned(
        agent=agent,
        date=date,
        stints=stints,
        shift=first,
        code="" if first is None else first.code,
        layers=tuple(dict.fromkeys(layer.layer for layer in layers)),
        swap=swap,
        is_off=not stints and not is_unknown,
        is_unknown=is_unknown,
    )


def _with_leave(planned: Planned, leaves: Iterable[Leave], days: FloorDays) -> Planned:
    stints, by = planned.stints, None
    for leave in leaves:
        left = _without(stints, planned.date, leave, days)
        if left is not stints:
            stints, by = left, leave.id
    if by is None:
        return planned
    return replace(planned, stints=stints, leave=by, is_off=not stints and not planned.is_unknown)


def _without(stints: Stints, date: str, leave: Leave, days: FloorDays) -> Stints:
    if not stints or leave.start >= leave.end:
        return stints
    whole = whole_days(leave, days)
    if whole is None:
        return cut(stints, leave.start, leave.end)
    return () if whole[0] <= date <= whole[1] else stints


def whole_days(leave: Leave, days: FloorDays) -> tuple[str, str] | None:
    """First and last date of a leave that is of whole days: from midnight to midnight, or to the last minute before
    it, or from one start of the business day to another. None for a leave of hours."""
    start, end = days.local(leave.start), days.local(leave.end)
    if start.time() == _MIDNIGHT and end.time() >= _LAST_MINUTE:
        return start.date().isoformat(), end.date().isoformat()
    if start.time() == end.time() and start.time() in (_MIDNIGHT, days.starts) and start.date() < end.date():
        return start.date().isoformat(), (end.date() - dt.timedelta(days=1)).isoformat()
    return None


def _with_assignment(planned: Planned, each: Assignment) -> Planned:
    stints = laid_over(planned.stints, (Stint(each.start, each.end, each.activity),))
    layers = planned.layers if not each.layer or each.layer in planned.layers else (*planned.layers, each.layer)
    return replace(planned, stints=stints, layers=layers, assigned=(*planned.assigned, each.id), is_off=False)
