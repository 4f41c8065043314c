"""Which time of somebody an excuse is about: what a row names, what offers itself, else the worst that is not excused.

Rules
- Keys of rows: "proposal:AGENT/KEY" is an excuse that offers itself, "deviation:START/END/AGENT" a time off the plan.
- What was typed is a proposal's when reason and time are still its own: accepted by the form or by one key, it is the
  same entry.
"""

import math

from msgspec import Struct

from floorwatch.api import FloorSnapshot, roster
from floorwatch_attendance.wording import activity_name, break_name, clock, status_name


class Span(Struct, frozen=True):
    """From a moment up to another, and what was wrong then, in words. Whole seconds, so that they can be typed."""

    start: float
    end: float
    words: str


def proposal_key(proposal: roster.Proposal) -> str:
    """The key of its row."""
    return f"proposal:{proposal.agent}/{proposal.key}"


def proposal_of(floor: FloorSnapshot, row_key: str) -> roster.Proposal | None:
    """The proposal of such a key, as it is now. Ids may hold strokes: the split is where somebody is known."""
    words = row_key.removeprefix("proposal:").split("/")
    for at in range(1, len(words)):
        agent, key = "/".join(words[:at]), "/".join(words[at:])
        found = next((each for each in roster.proposals(floor, agent) if each.key == key), None)
        if found is not None:
            return found
    return None


def deviation_of(row_key: str) -> tuple[str, float, float] | None:
    """(agent, start, end) of such a key."""
    start, _stroke, rest = row_key.removeprefix("deviation:").partition("/")
    end, _stroke, agent = rest.partition("/")
    try:
        return (agent, float(start), float(end)) if agent else None
    except ValueError:
        return None


def span_of_deviation(floor: FloorSnapshot, agent: str, start: float, end: float) -> Span:
    """The time of a row that names one."""
    words = f"{clock(floor, start)}-{clock(floor, end)}"
    adherence = roster.adherence_of(floor, agent)
    for each in adherence.deviations if adherence is not None else ():
        if abs(each.start - start) < 1:
            return whole(each.start, each.end, activity_name(each.done))
    return whole(start, end, words)


def span_to_excuse(floor: FloorSnapshot, agent: str) -> Span | None:
    """The worst of today that is not excused: an absence, a break that runs over, gone early, late, else the longest
    time off the plan (work outside the shift has to be chosen itself). None: there is nothing."""
    each = roster.attendance_of(floor, agent)
    if each is None:
        return None
    return _of_attendance(floor, each) or _off_the_plan(floor, agent)


def _of_attendance(floor: FloorSnapshot, each: roster.Attendance) -> Span | None:
    planned, taken = each.planned, each.on_break
    start, end = (None, None) if planned is None else (planned.start, planned.end)
    if taken is not None and taken.limit is not None and taken.is_over:
        return whole(taken.start + taken.limit, floor.at, break_name(taken))
    if start is None or end is None:
        return None
    words = status_name(each.status)
    if each.status in (roster.Status.ABSENT, roster.Status.DUE):
        return None if each.excuses else whole(start, end, words)
    if each.adjusted_early > 0:
        return whole(end - each.early if each.left is None else each.left, end, words)
    if each.adjusted_late > 0:
        return whole(start, start + each.late if each.came is None else max(each.came, start + 1), words)
    return None


def _off_the_plan(floor: FloorSnapshot, agent: str) -> Span | None:
    adherence = roster.adherence_of(floor, agent)
    deviations = adherence.deviations if adherence is not None else ()
    open_ones = [each for each in deviations if each.planned is not None and each.excused < each.seconds]
    if not open_ones:
        return None
    longest = max(open_ones, key=lambda each: each.seconds - each.excused)
    return whole(longest.start, longest.end, activity_name(longest.done))


def proposal_for(floor: FloorSnapshot, agent: str, span: Span) -> roster.Proposal | None:
    """The first that offers itself for some of this time; None where none does."""
    offered = roster.proposals(floor, agent)
    return next((each for each in offered if each.start < span.end and span.start < each.end), None)


def whole(start: float, end: float, words: str = "") -> Span:
    """The time in whole seconds, nothing of it left out."""
    return Span(float(math.floor(start)), float(math.ceil(end)), words)
