"""How one person's day stands at a moment, by the evidence; the rules are those of `attendance`."""

from collections.abc import Iterable, Mapping, Sequence

from floorwatch.model.duty import ApprovalKind, Duty, Leave
from floorwatch.roster.breaks import breaks_taken, held_until
from floorwatch.roster.doubting import doubts_of
from floorwatch.roster.evidence import Day, Evidence, evidence_of
from floorwatch.roster.excusing import Gap, covered, excuses_of
from floorwatch.roster.kept import kept
from floorwatch.roster.plan import Planned
from floorwatch.roster.standing import Attendance, BreakTaken, Doubt, Status
from floorwatch.roster.stays import Gaps, Stay, gaps_of, on_planned_break, stay_of
from floorwatch.roster.turns import Validity, validity_of
from floorwatch.roster.witnesses import BREAKS, Part, worked


def judged(day: Day, agent: str) -> tuple[Attendance | None, Validity]:
    """How this person's day stands, and for how long that holds if nothing happens. None: not planned and not seen."""
    evidence = evidence_of(day, agent)
    stay = stay_of(day, evidence)
    planned = day.plan.get(agent)
    found: Attendance | None = None
    if planned is not None and evidence.parts:
        found = _of_shift(day, planned, evidence, stay)
    elif planned is not None or stay.sights or evidence.marks.last:
        found = _of_no_shift(day, agent, evidence, stay)
    return found, validity_of(day, agent, evidence, found)


# --- shifts ----------------------------------------------------------------------------------------------------------


def _of_shift(day: Day, planned: Planned, evidence: Evidence, stay: Stay) -> Attendance:
    agent, parts = planned.agent, evidence.parts
    gaps = gaps_of(day, evidence, stay.sights)
    status = _status(day, planned, evidence, stay, gaps)
    excuses = excuses_of(day.floor.duty, agent)
    late, early = _seconds(gaps.late), _seconds(gaps.early)
    leave = _open_leave(day.floor.duty, agent, parts) or _filed(day, planned)
    breaks = _breaks(day, planned, evidence)
    held = held_until(evidence.spells, parts[-1].end, day.now)
    return Attendance(
        agent=agent,
        status=status,
        planned=planned,
        came=stay.came,
        left=stay.left,
        here=stay.here,
        late=late,
        early=early,
        adjusted_late=late - covered(gaps.late, excuses)[0],
        adjusted_early=early - covered(gaps.early, excuses)[0],
        overtime=_overtime(day, evidence, stay, held),
        punched_in=evidence.punched_in,
        punched_out=evidence.punched_out,
        signed_in=evidence.signed_in,
        signed_out=evidence.signed_out,
        marked=evidence.marks.last,
        held_by_call=held > parts[-1].end or _delays_a_break(planned, evidence, day.now),
        lacks_in=_lacks(day, evidence, parts[0].start, evidence.punched_in, evidence.punched_out),
        lacks_out=_lacks(day, evidence, parts[-1].end, evidence.punched_out, evidence.punched_in),
        breaks=breaks,
        on_break=_running(breaks),
        doubts=doubts_of(day, planned, evidence, stay, status, leave),
        leave=leave,
        excuses=covered(_excusable(status, parts, gaps, breaks), excuses)[1] if excuses else (),
    )


def _status(day: Day, planned: Planned, evidence: Evidence, stay: Stay, gaps: Gaps) -> Status:
    if not gaps.was_seen:
        return _unseen(day, planned, evidence)
    if gaps.late:
        return Status.LATE
    if gaps.early:
        return Status.LEFT_EARLY
    if stay.here:
        return Status.PRESENT
    return _gone(day, evidence, stay)


def _unseen(day: Day, planned: Planned, evidence: Evidence) -> Status:
    """Nobody saw them yet."""
    if evidence.marks.is_absent:
        return Status.ABSENT
    if not (day.sees_punches or evidence.sees_signs):
        return Status.UNSEEN
    begins = evidence.parts[0].start
    if day.now >= begins:
        return Status.DUE if day.now < begins + day.rules.grace_seconds else Status.ABSENT
    # The shift may have begun with what a call feed alone does not see.
    return Status.EXPECTED if planned.activity_at(day.now) in (None, *BREAKS) else Status.UNSEEN


def _gone(day: Day, evidence: Evidence, stay: Stay) -> Status:
    """They came in time, are not here, and left nothing out that they can still be asked for."""
    parts, now, grace = evidence.parts, day.now, day.rules.grace_seconds
    if now >= parts[-1].end:
        return Status.FINISHED
    if stay.left is not None and on_planned_break(day, evidence.stints, stay.left):
        return Status.PRESENT
    coming = next((part for part in parts[1:] if now < part.start + grace), None)
    if coming is None:
        return Status.FINISHED
    return Status.EXPECTED if now < coming.start else Status.DUE


# --- days without a shift --------------------------------------------------------------------------------------------


def _of_no_shift(day: Day, agent: str, evidence: Evidence, stay: Stay) -> Attendance:
    planned = day.plan.get(agent)
    is_asked = _is_overtime(day, agent, stay)
    is_unknown = planned is not None and planned.is_unknown
    is_off_roster = bool(stay.sights and day.plan) and not (is_asked or is_unknown or evidence.is_blind)
    doubts = {
        Doubt.OFF_ROSTER: is_off_roster,
        Doubt.MARKED_OTHERWISE: stay.is_doubted,
        Doubt.UNKNOWN_CODE: is_unknown,
    }
    breaks = _breaks(day, planned, evidence)
    return Attendance(
        agent=agent,
        status=Status.OFF_ROSTER if is_off_roster else _status_of_no_shift(day, planned, evidence, stay),
        planned=planned,
        came=stay.came,
        left=stay.left,
        here=stay.here,
        overtime=_lasted(day, stay) if is_asked else 0.0,
        punched_in=evidence.punched_in,
        punched_out=evidence.punched_out,
        signed_in=evidence.signed_in,
        signed_out=evidence.signed_out,
        marked=evidence.marks.last,
        breaks=breaks,
        on_break=_running(breaks),
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
        leave=_filed(day, planned) if planned is not None else None,
    )


def _status_of_no_shift(day: Day, planned: Planned | None, evidence: Evidence, stay: Stay) -> Status:
    if stay.sights:
        return Status.PRESENT if stay.here else Status.FINISHED
    if evidence.marks.is_absent and not (planned is not None and planned.is_off):
        return Status.ABSENT
    if planned is None or evidence.is_blind:
        return Status.UNSEEN
    if planned.is_unknown:
        can_tell = day.sees_punches or evidence.sees_signs
        return Status.EXPECTED if can_tell and day.now < day.end else Status.UNSEEN
    return Status.ON_LEAVE if planned.leave is not None else Status.OFF


def _lasted(day: Day, stay: Stay) -> float:
    """How long they were here, as far as anybody knows."""
    until = day.now if stay.here else stay.left
    return until - stay.came if until is not None and stay.came is not None else 0.0


def _is_overtime(day: Day, agent: str, stay: Stay) -> bool:
    """Whether a sheet shows overtime as approved for when they are here."""
    return any(
        sight.start < each.end and each.start < sight.end
        for each in day.floor.duty.approvals.get(agent, ())
        if each.kind is ApprovalKind.OVERTIME
        for sight in stay.sights
    )


# --- what stands beside it -------------------------------------------------------------------------------------------


def _breaks(day: Day, planned: Planned | None, evidence: Evidence) -> tuple[BreakTaken, ...]:
    if not evidence.spells:
        return ()
    span = (evidence.parts[0].opens, evidence.parts[-1].closes) if evidence.parts else (day.start, day.end)
    stints = worked(planned.stints) if planned is not None else ()
    return breaks_taken(evidence.spells, stints, day.rules, span, day.now)


def _running(breaks: Sequence[BreakTaken]) -> BreakTaken | None:
    return breaks[-1] if breaks and breaks[-1].end is None else None


def _excusable(status: Status, parts: Sequence[Part], gaps: Gaps, breaks: Sequence[BreakTaken]) -> tuple[Gap, ...]:
    """All that an excuse may cover."""
    missed = ((parts[0].start, parts[-1].end),) if status is Status.ABSENT else ()
    over = ((b.start + b.limit, b.start + b.limit + b.over) for b in breaks if b.limit is not None and b.is_over)
    return (*gaps.late, *gaps.early, *missed, *over)


def _delays_a_break(planned: Planned, evidence: Evidence, now: float) -> bool:
    return any(
        held_until(evidence.spells, s.start, now) > s.start for s in worked(planned.stints) if s.activity in BREAKS
    )


def _overtime(day: Day, evidence: Evidence, stay: Stay, end: float) -> float:
    """How long they stayed on; of somebody who is here, as far as the call feed sees it."""
    if stay.left is not None:
        return max(0.0, stay.left - end)
    return max(0.0, day.now - end) if stay.here and evidence.is_signed else 0.0


def _lacks(day: Day, evidence: Evidence, edge: float, punch: float | None, other: float | None) -> bool:
    """Whether the shift is over and this punch of the two is missing, with nothing to stand for it."""
    if punch is not None or other is None or not day.sees_punches or day.now < evidence.parts[-1].closes:
        return False
    return not any(sight.start <= edge <= sight.end for sight in evidence.elsewhere)


def _open_leave(duty: Duty, agent: str, parts: Sequence[Part]) -> Leave | None:
    leaves = kept(duty, "open_leaves", None, lambda: _open_leaves(duty)).get(agent, ())
    return next((each for each in leaves if each.start < parts[-1].end and parts[0].start < each.end), None)


def _open_leaves(duty: Duty) -> Mapping[str, Sequence[Leave]]:
    found: dict[str, list[Leave]] = {}
    for leave in sorted(duty.leaves.values(), key=lambda each: each.start):
        if leave.is_open_or_filed and not leave.is_filed:
            found.setdefault(leave.agent, []).append(leave)
    return found


def _filed(day: Day, planned: Planned) -> Leave | None:
    return day.floor.duty.leaves.get(planned.leave) if planned.leave is not None else None


def _seconds(gaps: Iterable[Gap]) -> float:
    return sum(end - start for start, end in gaps)
