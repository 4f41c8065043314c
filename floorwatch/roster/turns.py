"""Until when an answer about somebody's shift holds by itself, so that it need not be worked out again before.

Rules
- An answer never depends on when it was asked before: every moment with which the clock is compared is here.
- What grows with every second (a break over its limit, staying on) does not hold at all.
"""

from math import inf

from floorwatch.model.presence import KEPT_SECONDS
from floorwatch.roster.evidence import Day, Evidence, begins_at
from floorwatch.roster.standing import Attendance
from floorwatch.roster.witnesses import STAY_SECONDS


def next_turn(day: Day, agent: str, evidence: Evidence, found: Attendance | None) -> float:
    """The next moment at which the answer may change although nothing happens; now, where it changes all the time."""
    if found is not None and _grows(day, agent, evidence, found):
        return day.now
    return min([turn for turn in _turns(day, agent, evidence, found) if turn > day.now], default=inf)


def _grows(day: Day, agent: str, evidence: Evidence, found: Attendance) -> bool:
    taken = found.on_break
    if taken is not None and taken.limit is not None and day.now >= taken.start + taken.limit:
        return True
    if evidence.parts:
        return evidence.is_signed and day.now >= evidence.parts[-1].end
    return found.here and agent in day.floor.duty.approvals  # all of it may be overtime


def _turns(day: Day, agent: str, evidence: Evidence, found: Attendance | None) -> list[float]:
    grace = day.rules.grace_seconds
    turns = [day.start, day.end, *evidence.moments]
    turns.append(begins_at(day, agent) + KEPT_SECONDS)
    for part in evidence.parts:
        turns += (part.start, part.start + grace, part.end, part.end + grace, part.closes)
    if evidence.moments and not evidence.parts:
        turns.append(evidence.moments[0] + STAY_SECONDS)
    if evidence.punched_in is not None:
        turns.append(evidence.punched_in + grace)
    for sight in evidence.signed:
        turns += (sight.start + grace, sight.end + grace)
    for approval in day.floor.duty.approvals.get(agent, ()):
        turns += (approval.start, approval.end)
    turns += [
        moment for moment in (evidence.marks.came, evidence.marks.left, evidence.marks.back) if moment is not None
    ]
    planned = found.planned.stints if found is not None and found.planned is not None else ()
    for stint in (*planned, *evidence.stints):
        turns += (stint.start, stint.start + grace, stint.end, stint.end + grace)
    if found is not None and found.on_break is not None and found.on_break.limit is not None:
        turns.append(found.on_break.start + found.on_break.limit)
    return turns
