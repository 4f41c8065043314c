"""A swap, a leave or an assignment: how it stands, what speaks against it, who ticked it, who was told."""

from collections.abc import Iterator

from floorwatch.api import Cell, Column, FloorSnapshot, Row, Stack, Table, Tone, View, _, duty, roster, spoken
from floorwatch_rosters.changes import concerned, key_of
from floorwatch_rosters.plan_words import moment, shift_words, state_cell
from floorwatch_rosters.request_words import (
    Change,
    change_words,
    objection_words,
    tick_names,
    ticks_wanted,
)
from floorwatch_rosters.tick_commands import objections
from floorwatch_rosters.typed_dates import date_words
from floorwatch_rosters.who import who

Facts = list[tuple[str, Cell]]


def change_detail(floor: FloorSnapshot, change: Change) -> View:
    """Everything that is known of it."""
    facts = [(_("what"), Cell(change_words(floor, change))), (_("state"), state_cell(change))]
    if against := objection_words(objections_of(floor, change)):
        facts.append((_("against"), Cell(against, Tone.NOTICE)))
    facts += _asked(floor, change)
    if change.word:
        facts.append((_("why"), Cell(" ".join(change.word.split()))))
    return Stack((Table.of_facts(facts), _people(floor, change)))


def objections_of(floor: FloorSnapshot, change: Change) -> tuple[roster.Objection, ...]:
    """What speaks against it."""
    if isinstance(change, duty.Assignment):
        return roster.assignment_objections(floor, change)
    return objections(floor, change)


def _asked(floor: FloorSnapshot, change: Change) -> Iterator[tuple[str, Cell]]:
    said = _("{at}, {who}")
    if isinstance(change, duty.Assignment):
        yield _("given"), Cell(said.format(at=moment(floor, change.at), who=change.by))
        return
    if isinstance(change, duty.Leave) and change.source:
        yield _("document"), Cell(change.source)
    if change.asked_at is not None and change.asked_by:
        yield _("asked for"), Cell(said.format(at=moment(floor, change.asked_at), who=change.asked_by))
    names = tick_names()
    for tick in ticks_wanted(change):
        given = change.ticks.get(tick)
        if given is not None:
            yield names[tick], Cell(said.format(at=moment(floor, given.at), who=given.by))
            if given.override:
                yield _("in the peak"), Cell(" ".join(given.override.split()))
        elif not (isinstance(change, duty.Leave) and change.source):
            yield names[tick], Cell(_("not yet"), Tone.NOTICE)
    if change.refused is not None:
        word = " ".join(change.refused.split()) or spoken.NOTHING
        yield _("refused by"), Cell(_("{who}: {word}").format(who=change.refused_by, word=word))


def _people(floor: FloorSnapshot, change: Change) -> Table:
    """Those whom it concerns: their plan of that day as it stands, and whether they know."""
    columns = (
        Column("who", _("who"), 12, flex=2),
        Column("date", _("date"), 5, drop=1),
        Column("plan", _("plan"), 9, flex=2),
        Column("told", _("told"), 10, flex=1),
    )
    today = roster.date_of(floor)
    rows = []
    for agent in dict.fromkeys(concerned(change)):
        for date in _dates(floor, change):
            planned = roster.plan_of(floor, date).by_agent.get(agent)
            told = floor.duty.told.get((change.id, agent))
            known = Cell(_("not told"), Tone.NOTICE) if told is None else Cell(moment(floor, told.at), Tone.MUTED)
            cells = (Cell(who(floor, agent)), Cell(date_words(date, today)), Cell(shift_words(floor, planned)), known)
            rows.append(Row(f"concerned:{agent}/{date}", cells, about=key_of(change)))
    return Table(columns, tuple(rows), caption=_("Concerns"), opens=False)


def _dates(floor: FloorSnapshot, change: Change) -> tuple[str, ...]:
    match change:
        case duty.Swap():
            return tuple(dict.fromkeys((change.date, change.other_date)))
        case duty.Leave():
            return (roster.date_of(floor, change.start),)
        case duty.Assignment():
            return (change.date,)
