"""Rows of people: those whom something is the matter with, and those with whom all is well."""

from collections.abc import Iterable, Iterator

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Table, Tone, _, roster, spoken
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.matters import EXCUSE, MARK, REPLACE, Kind, Matter
from floorwatch_attendance.who import number_of, who
from floorwatch_attendance.wording import clock, doubt_words, hours_of, status_name

Steps = tuple[tuple[float, Tone], ...]


def matter_columns() -> tuple[Column, ...]:
    """Whose, what, for how long, what the roster said, and the key."""
    return (
        Column("who", _("who"), 9, flex=2, about=_("seat and name; Enter shows the day")),
        Column("number", _("no."), 6, Align.RIGHT, drop=3, about=_("employee number")),
        Column("what", _("what"), 13, flex=3, about=_("what differs from the roster, or how many are well")),
        Column("for", _("for"), 8, Align.RIGHT, about=_("for how long, or how late; +: beyond what is allowed")),
        Column("plan", _("roster"), 11, drop=2, about=_("the hours that the roster has")),
        Column("key", "", 11, drop=1, about=_("the key that acts on it")),
    )


def matter_rows(floor: FloorSnapshot, limits: Limits, matters: Iterable[Matter]) -> Iterator[Row]:
    """A row for each."""
    steps = {Kind.ABSENT: limits.absent_steps, Kind.BREAK: limits.break_steps}
    for matter in matters:
        agent = matter.agent
        cells = (
            Cell(who(floor, agent)),
            Cell(number_of(floor, agent)),
            Cell(matter.text),
            _lasts(matter, () if matter.is_settled else steps.get(matter.kind, ())),
            Cell(hours_of(floor, matter.each.planned), Tone.MUTED),
            Cell(_key_word(matter.command), command=matter.command) if matter.command else Cell(),
        )
        yield Row(f"agent:{agent}", cells, matter.tone)


def _lasts(matter: Matter, steps: Steps) -> Cell:
    """How long it was, or for how long it has been so."""
    if matter.seconds is not None:
        return Cell(spoken.duration(matter.seconds), sort=matter.seconds)
    return Cell.age(matter.since, steps, prefix="+" if matter.kind is Kind.BREAK else "")


def _key_word(command: str) -> str:
    return {REPLACE: _("replace"), MARK: _("mark"), EXCUSE: _("excuse")}[command]


def people_table(
    floor: FloorSnapshot, those: Iterable[roster.Attendance], empty: str, *, searches: bool = False
) -> Table:
    """A line for each of these people, however they are."""
    columns = (
        Column("who", _("who"), 9, flex=2),
        Column("number", _("no."), 6, Align.RIGHT, drop=2),
        Column("status", _("what"), 10, flex=2),
        Column("came", _("came"), 5, Align.RIGHT, drop=3),
        Column("left", _("left"), 5, Align.RIGHT, drop=4),
        Column("plan", _("roster"), 11, drop=1),
    )
    return Table(columns, tuple(_person(floor, each) for each in those), empty, searches=searches)


def _person(floor: FloorSnapshot, each: roster.Attendance) -> Row:
    said = [status_name(each.status), *(doubt_words(floor, each, doubt) for doubt in each.doubts)]
    cells = (
        Cell(who(floor, each.agent)),
        Cell(number_of(floor, each.agent)),
        Cell(", ".join(dict.fromkeys(said))),
        Cell(clock(floor, each.came), sort=each.came),
        Cell(clock(floor, each.left), sort=each.left),
        Cell(hours_of(floor, each.planned), Tone.MUTED),
    )
    return Row(f"agent:{each.agent}", cells, Tone.NOTICE if each.is_exception else Tone.CALM)
