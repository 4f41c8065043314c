"""What Enter on somebody opens: how their day stands, on a line, in figures, and what would excuse what.

Rules
- What can be done stands first: what is the matter, and what offers itself as an excuse.
- What witnesses say stands side by side, a row each, and what they disagree about above it in words.
- Of a sheet's own verdict nothing is counted: it is shown beside ours.
"""

from collections.abc import Iterator

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Line,
    Notice,
    Row,
    Stack,
    Table,
    Text,
    Tone,
    View,
    _,
    duty,
    roster,
)
from floorwatch_attendance.excusing import proposal_key
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.matters import Matters
from floorwatch_attendance.person_day import Span, approval_words, day_line, excuses_of, mark_words, marks_of, span_of
from floorwatch_attendance.person_figures import breaks, deviations, figures, stated
from floorwatch_attendance.who import name_of, team_of, who_in_full
from floorwatch_attendance.wording import break_name, clock, doubt_words, hours_of, status_name

RIGHT = Align.RIGHT


def person(floor: FloorSnapshot, limits: Limits, agent: str) -> View:
    """The whole day of one person."""
    each = roster.attendance_of(floor, agent)
    if each is None:
        if agent not in floor.agents and floor.people.person(agent) is None:
            return Notice(_("Nobody of this name is known."))
        return Notice(_("{who}: not in the roster of today, and not seen.").format(who=name_of(floor, agent)))
    span, adherence = span_of(floor, each), roster.adherence_of(floor, agent)
    views: list[View] = [_head(floor, limits, each), day_line(floor, each, span)]
    offered = tuple(_proposals(floor, agent))
    views += offered
    views.append(figures(each, adherence))
    if adherence is not None:
        views.append(deviations(floor, adherence, starts=not offered))
    if each.breaks:
        views.append(breaks(floor, each))
    views.append(_witnesses(floor, each))
    views += _entered(floor, each, span)
    date = each.planned.date if each.planned is not None else roster.date_of(floor)
    if said := floor.duty.stated.get((agent, date)):
        views.append(stated(said))
    return Stack(tuple(views))


def _head(floor: FloorSnapshot, limits: Limits, each: roster.Attendance) -> Text:
    """Who, how they stand, what the roster says; what is the matter beside that, in lines of their own."""
    matter = Matters(floor, limits).of(each) if each.is_exception else None
    tone = matter.tone if matter is not None else Tone.CALM
    status, team = status_name(each.status), team_of(floor, each.agent)
    who = who_in_full(floor, each.agent)
    named = _("{who}, team {team}").format(who=who, team=team) if team else who
    words = _("{status}; roster {hours}").format(status=status, hours=hours_of(floor, each.planned))
    more = [doubt_words(floor, each, doubt) for doubt in each.doubts]
    if matter is not None and matter.text not in (status, ", ".join(more)):
        more.insert(0, matter.text)
    lines = [(Cell(named), Cell("  "), Cell(words, tone)), *((Cell(said, tone),) for said in more)]
    lines += [(Cell(said, Tone.MUTED),) for said in _besides(floor, each)]
    return Text(tuple(map(Line, lines)))


def _besides(floor: FloorSnapshot, each: roster.Attendance) -> Iterator[str]:
    """What explains it."""
    if each.on_break is not None:
        said = _("{reason} since {time}")
        yield said.format(reason=break_name(each.on_break), time=clock(floor, each.on_break.start))
    if each.held_by_call:
        yield _("held by a call: what it delayed is nobody's fault")
    if each.leave is not None:
        yield _leave(floor, each.leave)


def _leave(floor: FloorSnapshot, leave: duty.Leave) -> str:
    days = floor.rules.days
    start, end = (f"{days.local(at):%m-%d %H:%M}" for at in (leave.start, leave.end))
    said = (
        _("leave {kind}, {start} to {end}") if leave.is_filed else _("leave {kind}, {start} to {end}: not granted yet")
    )
    return said.format(kind=leave.kind, start=start, end=end)


def _proposals(floor: FloorSnapshot, agent: str) -> Iterator[Table]:
    columns = (
        Column("at", _("from"), 5),
        Column("to", _("to"), 5),
        Column("reason", _("what would excuse it"), 12, flex=3),
        Column("key", "", 10),
    )
    rows = tuple(
        Row(
            proposal_key(each),
            (
                Cell(clock(floor, each.start), Tone.MUTED, sort=each.start),
                Cell(clock(floor, each.end), Tone.MUTED, sort=each.end),
                Cell(each.reason),
                Cell(_("accept"), command="excuse"),
            ),
            Tone.NOTICE,
            about=f"agent:{agent}",
        )
        for each in roster.proposals(floor, agent)
    )
    if rows:
        yield Table(columns, rows, caption=_("Excuses that offer themselves"), opens=False, starts=True)


def _witnesses(floor: FloorSnapshot, each: roster.Attendance) -> Table:
    columns = (
        Column("witness", _("by"), 12, flex=2),
        Column("in", _("in"), 5, RIGHT),
        Column("out", _("out"), 5, RIGHT),
        Column("note", "", 8, flex=2, drop=1),
    )
    lacking = ((each.lacks_in, _("no punch in")), (each.lacks_out, _("no punch out")))
    signed = _("still signed in") if each.signed_in is not None and each.signed_out is None else ""
    rows = [
        (
            "punches", _("terminal or sheet"), each.punched_in, each.punched_out,
            ", ".join(word for lacks, word in lacking if lacks),
        ),
        ("feed", _("telephone"), each.signed_in, each.signed_out, signed),
    ]  # fmt: skip
    if each.marked or floor.duty.approvals.get(each.agent):
        rows.append(("all", _("what counts"), each.came, each.left, _("still here") if each.here else ""))
    those = tuple(
        Row(
            f"witness:{key}",
            (Cell(name, Tone.MUTED), Cell(clock(floor, came)), Cell(clock(floor, left)), Cell(note, Tone.MUTED)),
        )
        for key, name, came, left, note in rows
    )
    return Table(columns, those, caption=_("Who saw them"), opens=False)


def _entered(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Iterator[Table]:
    """Marks, excuses and approvals, each with who said so; what was entered here can be withdrawn."""
    rows = [
        *(_mark(floor, mark) for mark in marks_of(floor, each)),
        *(_excuse(floor, excuse) for excuse in excuses_of(floor, each.agent, span)),
        *_approvals(floor, each, span),
    ]
    columns = (
        Column("at", _("at"), 5),
        Column("what", _("what"), 12, flex=3),
        Column("word", _("word"), 6, flex=2, drop=1),
        Column("by", _("by"), 6, flex=1),
    )
    if rows:
        yield Table(columns, tuple(rows), caption=_("Marks, excuses, approvals"), opens=False)


def _mark(floor: FloorSnapshot, mark: duty.HandMark) -> Row:
    cells = (Cell(clock(floor, mark.moment)), Cell(mark_words(floor, mark)), Cell(mark.word), Cell(mark.by, Tone.MUTED))
    return Row(f"mark:{mark.id}", cells)


def _excuse(floor: FloorSnapshot, excuse: duty.Excuse) -> Row:
    said = _("excused {start}-{end}: {reason}")
    words = said.format(start=clock(floor, excuse.start), end=clock(floor, excuse.end), reason=excuse.reason)
    cells = (Cell(clock(floor, excuse.start)), Cell(words), Cell(excuse.word), Cell(excuse.by, Tone.MUTED))
    return Row(f"excuse:{excuse.id}", cells)


def _approvals(floor: FloorSnapshot, each: roster.Attendance, span: Span) -> Iterator[Row]:
    for number, approval in enumerate(floor.duty.approvals.get(each.agent, ())):
        if approval.start < span.end and span.start < approval.end:
            hours = _("{start}-{end}").format(start=clock(floor, approval.start), end=clock(floor, approval.end))
            words = _("approved {hours}: {what}").format(hours=hours, what=approval_words(approval))
            cells = (Cell(clock(floor, approval.start)), Cell(words), Cell(), Cell(approval.source, Tone.MUTED))
            yield Row(f"approval:{number}", cells)
