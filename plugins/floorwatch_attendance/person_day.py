"""The day of a person on a line: the plan above, what was done below, punches and marks as signs on it.

Rules
- The span is that of the shift and of what was seen around it, with half an hour on both sides.
- What nobody saw is left out, and being away is only drawn where something was planned.
"""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Mark, Stretch, Timeline, Tone, Track, _, duty, roster
from floorwatch_attendance.wording import activity_name, clock

MARGIN_SECONDS = 1800.0

LETTERS = {
    duty.Activity.PHONES: "",
    duty.Activity.BREAK: "b",
    duty.Activity.LUNCH: "l",
    duty.Activity.MEETING: "m",
    duty.Activity.TRAINING: "t",
    duty.Activity.DUTY: "d",
}
BREAKS = (duty.Activity.BREAK, duty.Activity.LUNCH)
SIGNS = {duty.MarkKind.CAME: "c", duty.MarkKind.LEFT: "l", duty.MarkKind.ABSENT: "a"}


class Span(Struct, frozen=True):
    """From when to when a person's day is shown."""

    start: float
    end: float

    def holds(self, at: float) -> bool:
        """Whether the moment is in it."""
        return self.start <= at < self.end


def span_of(floor: FloorSnapshot, each: roster.Attendance) -> Span:
    """The shift with what was seen around it; without either, the day up to now."""
    planned = each.planned
    known = [planned.start if planned is not None else None, planned.end if planned is not None else None]
    seen = [each.came, each.left, each.punched_in, each.punched_out, each.signed_in, each.signed_out]
    moments = [at for at in (*known, *seen) if at is not None]
    if each.here:
        moments.append(floor.at)
    if not moments:
        return Span(floor.day_start, max(floor.at, floor.day_start + MARGIN_SECONDS))
    return Span(min(moments) - MARGIN_SECONDS, max(moments) + MARGIN_SECONDS)


def day_line(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Timeline:
    """The plan above, what was done below, then what was excused and what a sheet shows as approved."""
    tracks = [
        Track("plan", _("plan"), tuple(_planned(each))),
        Track("done", _("done"), tuple(_done(floor, each, span)), tuple(_marks(floor, each, span))),
    ]
    if excused := tuple(_excused(floor, each, span)):
        tracks.append(Track("excused", _("excused"), excused))
    if approved := tuple(_approved(floor, each, span)):
        tracks.append(Track("approved", _("approved"), approved))
    now = floor.at if span.holds(floor.at) else None
    return Timeline(tuple(tracks), span.start, span.end, now, opens=False)


def _planned(each: roster.Attendance) -> Iterator[Stretch]:
    for stint in each.planned.stints if each.planned is not None else ():
        yield _stretch(stint.start, stint.end, stint.activity)


def _done(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Iterator[Stretch]:
    if each.status is roster.Status.UNSEEN:
        return
    for done in roster.done_by(floor, each.agent, span.start, span.end):
        if done.activity is not None:
            yield _stretch(done.start, done.end, done.activity)
        else:
            yield from _away(each, done)


def _away(each: roster.Attendance, done: roster.Done) -> Iterator[Stretch]:
    for stint in each.planned.stints if each.planned is not None else ():
        start, end = max(stint.start, done.start), min(stint.end, done.end)
        if start < end and stint.activity not in BREAKS:
            yield Stretch(start, end, "-", Tone.WARN, _("away"))


def _stretch(start: float, end: float, activity: duty.Activity) -> Stretch:
    tone = Tone.NOTICE if activity in BREAKS else Tone.CALM
    return Stretch(start, end, LETTERS[activity], tone, activity_name(activity))


def _marks(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Iterator[Mark]:
    for punch in floor.duty.punches.get(each.agent, ()):
        if span.holds(punch.at) and punch.at <= floor.at:
            said = _("punch {time}, approved afterwards") if punch.corrected else _("punch {time}")
            yield Mark(punch.at, "p", Tone.NOTICE, said.format(time=clock(floor, punch.at)))
    for mark in marks_of(floor, each):
        if span.holds(mark.moment):
            yield Mark(mark.moment, SIGNS[mark.kind], Tone.NOTICE, mark_words(floor, mark))


def marks_of(floor: FloorSnapshot, each: roster.Attendance) -> list[duty.HandMark]:
    """The marks by hand of this person's day that hold, in the order in which they were made."""
    date = each.planned.date if each.planned is not None else roster.date_of(floor)
    those = (mark for mark in floor.duty.marks.values() if mark.agent == each.agent and mark.date == date)
    return sorted((mark for mark in those if not mark.withdrawn), key=lambda mark: mark.at)


def mark_words(floor: FloorSnapshot, mark: duty.HandMark) -> str:
    """What was marked."""
    said = {
        duty.MarkKind.CAME: _("came at {time}"),
        duty.MarkKind.LEFT: _("left at {time}"),
        duty.MarkKind.ABSENT: _("absent"),
    }[mark.kind]
    return said.format(time=clock(floor, mark.moment))


def excuses_of(floor: FloorSnapshot, agent: str, span: Span) -> list[duty.Excuse]:
    """The excuses of this person that touch the span and hold, in order of time."""
    those = (each for each in floor.duty.excuses.values() if each.agent == agent and not each.withdrawn)
    found = [each for each in those if each.start < span.end and span.start < each.end]
    return sorted(found, key=lambda each: (each.start, each.end, each.id))


def _excused(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Iterator[Stretch]:
    for excuse in excuses_of(floor, each.agent, span):
        yield Stretch(excuse.start, excuse.end, "e", Tone.CALM, excuse.reason)


def _approved(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Iterator[Stretch]:
    for approval in floor.duty.approvals.get(each.agent, ()):
        if approval.start < span.end and span.start < approval.end:
            yield Stretch(approval.start, approval.end, "a", Tone.CALM, approval_words(approval))


def approval_words(approval: duty.Approval) -> str:
    """What was approved."""
    said = {
        duty.ApprovalKind.OUT: _("out of the house"),
        duty.ApprovalKind.OVERTIME: _("overtime"),
        duty.ApprovalKind.CORRECTION: _("corrected punch"),
        duty.ApprovalKind.TRAVEL: _("travel"),
    }[approval.kind]
    return f"{said}: {approval.word}" if approval.word else said
