"""Notes as rows of a table, the same in every panel."""

from collections.abc import Iterable

from floorwatch.api import Cell, Column, FloorSnapshot, Note, NoteKind, Row, Tone, _, roster, spoken
from floorwatch_seat_support.kinds import kind_title
from floorwatch_seat_support.who import who
from floorwatch_seat_support.wording import in_one_line

LONGEST = 300
"""Characters of a note in a row: more than any screen is wide."""


def note_columns(*, with_who: bool = True) -> tuple[Column, ...]:
    """When, who, of which kind, what."""
    people = (Column("who", _("who"), 8, flex=2),) if with_who else ()
    return (
        Column("at", _("at"), 5),
        *people,
        Column("kind", _("kind"), 8, drop=1),
        Column("text", _("note"), 10, flex=4),
        Column("by", _("by"), 6, flex=1, drop=2),
    )


def is_of_those(floor: FloorSnapshot, note: Note) -> bool:
    """Whether it is about somebody who is shown, or about nobody."""
    return note.agent is None or roster.shows(floor, note.agent)


def note_rows(floor: FloorSnapshot, notes: Iterable[Note], *, with_who: bool = True) -> tuple[Row, ...]:
    """A row a note, keyed "note:ID" and about its agent."""
    return tuple(_row(floor, note, with_who=with_who) for note in notes)


def subject_of(floor: FloorSnapshot, note: Note) -> str:
    """Seat and name of whom it is about; the seat alone where nobody sat there."""
    return note.seat or spoken.NOTHING if note.agent is None else who(floor, note.agent, note.seat)


def said_in(note: Note) -> str:
    """The note in one line: its tag and its text."""
    text = in_one_line(note.text[:LONGEST])
    if not note.tag:
        return text
    return _("{tag}: {text}").format(tag=note.tag, text=text) if text else note.tag


def moment(floor: FloorSnapshot, at: float) -> str:
    """ "10:41" of today, the day of others: five cells."""
    if floor.day_start <= at < floor.rules.days.end_of(floor.at):
        return spoken.clock_minute(at, floor.rules.days.zone)
    return f"{floor.rules.days.local(at):%m-%d}"


def moment_in_full(floor: FloorSnapshot, at: float) -> str:
    """Day and time: eleven cells."""
    return f"{floor.rules.days.local(at):%m-%d %H:%M}"


def _row(floor: FloorSnapshot, note: Note, *, with_who: bool) -> Row:
    people = (Cell(subject_of(floor, note)),) if with_who else ()
    cells = (
        Cell(moment(floor, note.at), Tone.MUTED, sort=note.at),
        *people,
        Cell(kind_title(note.kind), Tone.WARN if note.kind is NoteKind.FAULT else Tone.CALM),
        Cell(said_in(note)),
        Cell(note.by, Tone.MUTED),
    )
    about = "" if note.agent is None else f"agent:{note.agent}"
    commands = ("own-incident",) if note.kind is NoteKind.FAULT and note.holds else ()
    return Row(f"note:{note.id}", cells, Tone.CALM if note.holds else Tone.MUTED, about=about, commands=commands)
