"""What Enter on a seat opens where nobody is signed in: whose it is, and what was noted about it."""

from collections.abc import Iterator

from floorwatch.api import Cell, Column, FloorSnapshot, Note, Notice, Row, Stack, Table, Tone, View, _, spoken
from floorwatch_seats.desks import desks_of

MOST_NOTES = 50


def seat_detail(floor: FloorSnapshot, row_key: str) -> View:
    """`row_key` is "seat:A07", or "agent:1007" for the seat of this person."""
    kind, _colon, name = row_key.partition(":")
    agent = floor.agents.get(name) if kind == "agent" else None
    seat = (agent.seat or "") if agent is not None else name if kind == "seat" else ""
    if not seat:
        return Notice(_("This seat is not known."))
    columns = (Column("at", _("at"), 5), Column("tag", _("about"), 8, flex=1), Column("text", _("note"), 12, flex=3))
    notes = [note for note in floor.support.notes_since(floor.day_start) if note.seat == seat][:MOST_NOTES]
    rows = tuple(_row(floor, note) for note in notes)
    noted = Table(columns, rows, _("Nothing was noted here today."), caption=_("Notes of the shift"), opens=False)
    return Stack((Table.of_facts(_facts(floor, seat), seat), noted))


def _facts(floor: FloorSnapshot, seat: str) -> Iterator[tuple[str, Cell]]:
    desk = desks_of(floor, hide_signed_out=False).get(seat)
    agent = None if desk is None else desk.agent
    if agent is None:
        yield _("now"), Cell(_("nobody is signed in here"), Tone.MUTED)
    else:
        yield _("now"), Cell(agent.name)
        yield _("state"), Cell(spoken.state_name(agent.state), since=agent.since)
    for each in () if desk is None else desk.beside:
        yield _("same seat"), Cell(each.name)
    for name in () if desk is None else desk.others:
        yield _("whose it is too"), Cell(name)


def _row(floor: FloorSnapshot, note: Note) -> Row:
    cells = (
        Cell(spoken.clock_minute(note.at, floor.rules.days.zone), Tone.MUTED),
        Cell(note.tag),
        Cell(" ".join(note.text.split())),
    )
    return Row(f"note:{note.id}", cells)
