"""Notes about an agent and help that they asked for in the shift, the newest first; one of them, or an alert, in full.

The panels of seat support know more of a note or a request: rows of the table open there, where that plugin is on."""

from collections.abc import Iterator, Sequence
from itertools import islice

from floorwatch.api import Cell, Column, FloorSnapshot, Help, Note, Notice, Row, Table, Tone, View, _, _p, spoken
from floorwatch_agents.day import Day
from floorwatch_agents.day_marks import TONES
from floorwatch_agents.day_words import clock, kind_title, note_words, one_line

HOME = "notes"
"""The panel that knows notes and requests."""


def day_support(day: Day, most: int | None) -> Table:
    """So many of them at most; all with None."""
    columns = (
        Column("at", _("at"), 5),
        Column("kind", _("kind"), 8),
        Column("text", _("note"), 10, flex=4),
        Column("by", _("by"), 6, flex=1, drop=1),
    )
    entries = sorted((*_notes(day), *_helps(day)), key=lambda each: -each[0])
    rows = tuple(row for _at, row in islice(entries, most))
    caption = _("Notes and help") if len(rows) == len(entries) else _("Notes and help, the last ones")
    return Table(columns, rows, _("Nothing was noted in this shift."), caption=caption, home=HOME)


def _notes(day: Day) -> Iterator[tuple[float, Row]]:
    for note in day.floor.support.notes_since(day.start):
        if note.agent == day.agent.id:
            cells = (
                Cell(clock(day.floor, note.at), Tone.MUTED, sort=note.at),
                Cell(kind_title(note.kind)),
                Cell(note_words(note)),
                Cell(note.by, Tone.MUTED),
            )
            yield note.at, Row(f"note:{note.id}", cells, about=f"agent:{day.agent.id}")


def _helps(day: Day) -> Iterator[tuple[float, Row]]:
    for each in day.floor.support.helps_since(day.start):
        if each.agent == day.agent.id:
            yield each.requested_at, _help(day, each)


def _help(day: Day, each: Help) -> Row:
    question = one_line(each.question) or _("asks for help")
    answer = one_line(each.answer)
    words = _("{question} = {answer}").format(question=question, answer=answer) if answer else question
    by = Cell.age(each.requested_at, tone=Tone.NOTICE) if each.is_open else Cell(each.closed_by, Tone.MUTED)
    cells = (
        Cell(clock(day.floor, each.requested_at), Tone.MUTED, sort=each.requested_at),
        Cell(_p("for help", "asked")),
        Cell(words, Tone.NOTICE if each.is_open else Tone.CALM),
        by,
    )
    return Row(f"help:{each.id}", cells, about=f"agent:{day.agent.id}")


# --- what a mark opens -----------------------------------------------------------------------------------------------


def note_in_full(floor: FloorSnapshot, key: str) -> View:
    """The note of this id."""
    note = floor.support.notes.get(key)
    if note is None:
        return Notice(_("This note is no longer kept."))
    return Table.of_facts(_given(_facts_of_note(floor, note)), kind_title(note.kind))


def _facts_of_note(floor: FloorSnapshot, note: Note) -> Sequence[tuple[str, str]]:
    return (
        (_("at"), clock(floor, note.at)),
        (_("by"), note.by),
        (_("note"), note_words(note)),
        (_("queue"), note.queue or ""),
        (_("to do"), note.follow_up),
        (_("came of it"), note.outcome),
    )


def help_in_full(floor: FloorSnapshot, key: str) -> View:
    """The request of this id."""
    each = floor.support.helps.get(key)
    if each is None:
        return Notice(_("This request is no longer kept."))
    closed = "" if each.closed_at is None else clock(floor, each.closed_at)
    facts = (
        (_("asked"), clock(floor, each.requested_at)),
        (_("question"), one_line(each.question) or _("asks for help")),
        (_("taken by"), each.taken_by),
        (_("answer"), one_line(each.answer)),
        (_("answered"), closed),
        (_("by"), each.closed_by),
    )
    return Table.of_facts(_given(facts), _("help"))


def alert_in_full(floor: FloorSnapshot, key: str) -> View:
    """The alert of this id."""
    raised = next((each for each in (*floor.alerts, *floor.cleared_alerts) if each.id == key), None)
    if raised is None:
        return Notice(_("This alert is no longer known."))
    over = _("still up") if raised.cleared_at is None else clock(floor, raised.cleared_at)
    zone, alert = floor.rules.days.zone, raised.alert
    facts = [
        (_("alert"), Cell(one_line(alert.text), TONES[alert.tone])),
        (_("raised"), Cell(spoken.clock(raised.raised_at, zone))),
        (_("cleared"), Cell(over)),
        (_("what to do"), Cell(one_line(alert.playbook) or spoken.NOTHING)),
        (_("rule"), Cell(raised.rule, Tone.MUTED)),
    ]
    return Table.of_facts(facts)


def _given(facts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Cell]]:
    return ((name, Cell(text)) for name, text in facts if text)
