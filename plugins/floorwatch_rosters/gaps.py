"""The hours that somebody who is missing leaves open, and who could take them."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from floorwatch.api import FloorSnapshot, duty, roster


class Gap(Struct, frozen=True):
    """Hours of one person that somebody else is to work. `activity` is what most of them are for."""

    agent: str
    date: str
    start: float
    end: float
    activity: duty.Activity = duty.Activity.PHONES
    queue: str | None = None


def gap_of(floor: FloorSnapshot, agent: str) -> Gap | None:
    """What is left of the shift that this person should work now or later today; None where nothing is."""
    planned = roster.planned_now(floor, agent)
    return None if planned is None else _left_open(floor, planned)


def gap_of_leave(floor: FloorSnapshot, leave: duty.Leave) -> Gap | None:
    """The first shift, from today on, that this leave takes away, granted or not."""
    date = max(roster.date_of(floor), roster.date_of(floor, leave.start))
    while date <= roster.date_of(floor, leave.end - 1):
        planned = roster.plan_of(floor, date).by_agent.get(leave.agent)
        gap = None if planned is None else _left_open(floor, planned, leave)
        if gap is not None:
            return gap
        date = roster.moved(date, 1)
    return None


def taken_by(floor: FloorSnapshot, gap: Gap) -> duty.Assignment | None:
    """Who comes in the place of this person already."""
    found = (
        each
        for each in floor.duty.assignments.values()
        if each.instead_of == gap.agent and not each.withdrawn and each.start < gap.end and each.end > gap.start
    )
    return next(found, None)


def candidates_for(floor: FloorSnapshot, gap: Gap) -> tuple[roster.Candidate, ...]:
    """Who could come, the best first."""
    return roster.replacements(floor, gap.agent, gap.start, gap.end)


def _left_open(floor: FloorSnapshot, planned: roster.Planned, leave: duty.Leave | None = None) -> Gap | None:
    """What `leave` (None: the leave that is in the plan, else the absence) leaves open of it from now on."""
    given = leave or floor.duty.leaves.get(planned.leave or "")
    shift = planned.shift
    stints = planned.stints if given is None or shift is None else shift.stints
    if given is not None and roster.whole_days(given, floor.rules.days) is None:
        stints = tuple(stint for stint in stints if stint.start < given.end and stint.end > given.start)
    if not stints:
        return None
    start, end = max(stints[0].start, floor.at - floor.at % 60), stints[-1].end
    if given is not None and roster.whole_days(given, floor.rules.days) is None:
        start, end = max(start, given.start), min(end, given.end)
    if start >= end:
        return None
    return Gap(planned.agent, planned.date, start, end, _mostly(stints), None if shift is None else shift.queue)


def _mostly(stints: Sequence[duty.Stint]) -> duty.Activity:
    seconds = Counter[duty.Activity]()
    for stint in stints:
        seconds[stint.activity] += round(stint.end - stint.start)
    return seconds.most_common(1)[0][0]
