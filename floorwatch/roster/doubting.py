"""What the witnesses of a shift disagree about, and what lacks a tick.

Rules
- Punches and the call feed disagree where both can see, one saw somebody for longer than the grace, and the other did
  not. A mark by hand settles it. Whoever has never punched, in all that was read, is not asked to: they work from
  home.
- Nobody is expected at the telephones while the plan has something else for them.
- A leave without its ticks is said once the work that it would cover is missed.
"""

from math import inf

from floorwatch.model.duty import Activity, Leave
from floorwatch.roster.evidence import Day, Evidence
from floorwatch.roster.plan import Planned
from floorwatch.roster.standing import Doubt, Status
from floorwatch.roster.stays import Stay

_WORK_MISSED = frozenset({Status.ABSENT, Status.DUE, Status.LATE, Status.LEFT_EARLY})


def doubts_of(
    day: Day, planned: Planned, evidence: Evidence, stay: Stay, status: Status, leave: Leave | None
) -> tuple[Doubt, ...]:
    """Everything that is doubtful about a shift that stands like this."""
    doubts = []
    if day.sees_punches and evidence.sees_signs and not evidence.marks.last:
        if _is_not_signed(day, planned, evidence, stay):
            doubts.append(Doubt.PUNCHED_NOT_SIGNED)
        if planned.agent in day.floor.duty.punches and _is_not_punched(day, evidence):
            doubts.append(Doubt.SIGNED_NOT_PUNCHED)
    if stay.is_doubted:
        doubts.append(Doubt.MARKED_OTHERWISE)
    if leave is not None and not leave.is_filed and status in _WORK_MISSED:
        doubts.append(Doubt.LEAVE_NOT_FILED)
    if planned.is_unknown:
        doubts.append(Doubt.UNKNOWN_CODE)
    return tuple(doubts)


def _is_not_signed(day: Day, planned: Planned, evidence: Evidence, stay: Stay) -> bool:
    """Punched in, and for longer than the grace not at the telephones although planned there."""
    if evidence.punched_in is None:
        return False
    phones = [s for s in planned.stints if s.activity is Activity.PHONES]
    if not evidence.signed and phones and day.now >= evidence.parts[-1].end:
        return True
    out_since = max(evidence.punched_in, evidence.signed_out or 0.0)
    is_signed = bool(evidence.signed) and evidence.signed[-1].end == inf
    if is_signed or not stay.here:
        return False
    due = next((max(s.start, out_since) for s in phones if s.start <= day.now < s.end), None)
    return due is not None and day.now >= due + day.rules.grace_seconds


def _is_not_punched(day: Day, evidence: Evidence) -> bool:
    """Signed in for longer than the grace of the shift, and no punch."""
    if not evidence.signed or evidence.punched_in is not None or evidence.punched_out is not None:
        return False
    if evidence.elsewhere:
        return False
    since = max(evidence.signed[0].start, evidence.parts[0].start)
    return day.now >= since + day.rules.grace_seconds
