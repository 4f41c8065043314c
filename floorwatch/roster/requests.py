"""What speaks against a swap, a leave or an assignment, as it was asked for.

Rules
- The plan is looked at as it would be without the request, whether it was granted or not: an objection does not go away
  because somebody ticked it.
- Late and past are by the moment at which it was asked for.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.duty import Assignment, Duty, Leave, Swap, Tick, Ticked
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.objections import (
    Objection,
    Work,
    at_work,
    dates_from,
    in_order,
    leaves_at,
    of_hours,
    plans_around,
    with_hours,
    work_in,
)
from floorwatch.roster.plan import Planned, date_of, moved, plan_of
from floorwatch.roster.skills import lacks_skill
from floorwatch.roster.working_days import in_peak

Each = TypeVar("Each", Leave, Assignment)

_GRANTED = {Tick.HEAD: Ticked("", 0.0), Tick.HR: Ticked("", 0.0)}


def swap_objections(floor: FloorSnapshot, swap: Swap) -> tuple[Objection, ...]:
    """What speaks against this swap, as it was asked for."""
    return in_order(_against_swap(floor, swap))


def is_late(floor: FloorSnapshot, swap: Swap) -> bool:
    """Whether it was asked for less than the days ahead that the rule wants."""
    return moved(date_of(floor, swap.asked_at), floor.rules.duty.swap_days) > min(swap.date, swap.other_date)


def leave_objections(floor: FloorSnapshot, leave: Leave) -> tuple[Objection, ...]:
    """What speaks against this leave."""
    return in_order(_against_leave(floor, leave))


def is_in_peak(floor: FloorSnapshot, leave: Leave) -> bool:
    """Whether any day of it, by the floor's calendar, is in the peak period, and nobody recorded an override."""
    if any(ticked.override for ticked in leave.ticks.values()):
        return False
    days = floor.rules.days
    day, last = days.local(leave.start).date(), days.local(max(leave.start, leave.end - 1)).date()
    while day <= last:
        if in_peak(floor.rules.duty, day):
            return True
        day += timedelta(days=1)
    return False


def assignment_objections(floor: FloorSnapshot, assignment: Assignment) -> tuple[Objection, ...]:
    """What speaks against these hours. Other work of somebody within their own shift is no objection, being called away
    from it for another person is."""
    return in_order(_against_assignment(floor, assignment))


class _Side(Struct, frozen=True):
    """One of the two of a swap: who takes whose day, and what they work with and without the swap."""

    agent: str
    date: str
    taken: Planned | None
    before: Work
    after: Work


def _against_swap(floor: FloorSnapshot, swap: Swap) -> Iterator[Objection]:
    if is_late(floor, swap):
        yield Objection.LATE
    if Tick.AGREED not in swap.ticks:
        yield Objection.NOT_AGREED
    for side in _sides(floor, swap):
        if side.taken is None or not side.taken.stints:
            yield Objection.NO_SHIFT
            if side.date < date_of(floor, swap.asked_at):
                yield Objection.PAST
        else:
            yield from _against_side(floor, swap, side, side.taken)


def _sides(floor: FloorSnapshot, swap: Swap) -> tuple[_Side, _Side]:
    agents, (first, last) = {swap.agent, swap.other}, sorted((swap.date, swap.other_date))
    granted = replace(swap, ticks=_GRANTED, refused=None, withdrawn=False)
    before = plans_around(_of_these(floor, agents, swap.id), first, last)
    after = plans_around(_of_these(floor, agents, swap.id, granted), first, last)
    own, others = before[swap.date].get(swap.agent), before[swap.other_date].get(swap.other)
    return (
        _Side(swap.agent, swap.other_date, others, work_in(before, swap.agent), work_in(after, swap.agent)),
        _Side(swap.other, swap.date, own, work_in(before, swap.other), work_in(after, swap.other)),
    )


def _against_side(floor: FloorSnapshot, swap: Swap, side: _Side, taken: Planned) -> Iterator[Objection]:
    start, end = taken.stints[0].start, taken.stints[-1].end
    elsewhere = {date: stints for date, stints in side.after.items() if date != side.date}
    works_already = swap.date != swap.other_date and side.date in side.before
    if start <= swap.asked_at:
        yield Objection.PAST
    if works_already or at_work(elsewhere, start, end) or side.agent in leaves_at(floor.duty, start, end):
        yield Objection.NOT_FREE
    if lacks_skill(floor, side.agent, taken.agent, None if taken.shift is None else taken.shift.queue):
        yield Objection.NOT_SKILLED
    yield from of_hours(floor.rules.duty, side.before, side.after, side.date)


def _against_leave(floor: FloorSnapshot, leave: Leave) -> Iterator[Objection]:
    if is_in_peak(floor, leave):
        yield Objection.PEAK
    if leave.asked_at is not None and leave.end <= leave.asked_at:
        yield Objection.PAST
    others = leaves_at(floor.duty, leave.start, leave.end).get(leave.agent, ())
    if any(each.id != leave.id and each.is_filed for each in others):
        yield Objection.NOT_FREE
    if _is_of_no_shift(floor, leave):
        yield Objection.NO_SHIFT


def _is_of_no_shift(floor: FloorSnapshot, leave: Leave) -> bool:
    """Whether the roster knows the days, and the plan is with the leave what it is without."""
    granted = replace(leave, ticks=_GRANTED, refused=None, withdrawn=False)
    before = _of_these(floor, {leave.agent}, leave.id)
    after = _of_these(floor, {leave.agent}, leave.id, granted)
    first, last = date_of(floor, leave.start), date_of(floor, max(leave.start, leave.end - 1))
    if not any(date in floor.duty.shifts_on for date in dates_from(first, last)):
        return False
    dates = dates_from(moved(first, -1), last)  # the night before may reach into it
    return all(plan_of(before, date) == plan_of(after, date) for date in dates)


def _against_assignment(floor: FloorSnapshot, assignment: Assignment) -> Iterator[Objection]:
    agent, start, end = assignment.agent, assignment.start, assignment.end
    work = work_in(plans_around(_of_these(floor, {agent}, assignment.id), assignment.date, assignment.date), agent)
    if end <= assignment.at:
        yield Objection.PAST
    if agent in leaves_at(floor.duty, start, end):
        yield Objection.NOT_FREE
    if assignment.instead_of is not None:
        if at_work(work, start, end):
            yield Objection.NOT_FREE
        if lacks_skill(floor, agent, assignment.instead_of, assignment.queue):
            yield Objection.NOT_SKILLED
    after = {**work, assignment.date: with_hours(work.get(assignment.date, ()), start, end, assignment.activity)}
    yield from of_hours(floor.rules.duty, work, after, assignment.date)


def _of_these(
    floor: FloorSnapshot, agents: set[str], without: str, granted: Swap | Leave | None = None
) -> FloorSnapshot:
    """The floor as far as the plan of these people goes, one request left out or granted: a plan of few, whatever the
    size of the floor. Whoever has swapped with them belongs to it."""
    duty = floor.duty
    swaps = {key: swap for key, swap in duty.swaps.items() if key != without and {swap.agent, swap.other} & agents}
    concerned = agents.union(*((swap.agent, swap.other) for swap in swaps.values()))
    leaves = _but(duty.leaves, without, concerned)
    if isinstance(granted, Swap):
        swaps[granted.id] = granted
    elif granted is not None:
        leaves[granted.id] = granted
    few = Duty(
        shifts={agent: duty.shifts[agent] for agent in concerned if agent in duty.shifts},
        swaps=swaps,
        leaves=leaves,
        assignments=_but(duty.assignments, without, concerned),
    )
    return replace(floor, duty=few)


def _but(those: Mapping[str, Each], without: str, agents: set[str]) -> dict[str, Each]:
    return {key: each for key, each in those.items() if key != without and each.agent in agents}
