"""What Enter on a note opens: all of it, and what became of it."""

from floorwatch.api import AgentState, Cell, FloorSnapshot, Note, Notice, Stack, Table, Text, Tone, View, _, spoken
from floorwatch_seat_support.kinds import kind_title
from floorwatch_seat_support.note_rows import moment_in_full, subject_of
from floorwatch_seat_support.who import number
from floorwatch_seat_support.wording import in_lines

Facts = list[tuple[str, Cell]]


def note_detail(floor: FloorSnapshot, key: str) -> View:
    """The note with this id."""
    note = floor.support.notes.get(key)
    if note is None:
        return Notice(_("This note is no longer kept."))
    text = in_lines(note.text) if note.text.strip() else Text.of(_("Nothing was written."), Tone.MUTED)
    withdrawn = () if note.holds else (_withdrawn(floor, note),)
    facts = [*_about(floor, note), *_follow_up(floor, note), *_amended(floor, note)]
    return Stack((*withdrawn, text, Table.of_facts(facts)))


def _withdrawn(floor: FloorSnapshot, note: Note) -> Text:
    at = moment_in_full(floor, note.withdrawn_at or note.at)
    if note.word:
        said = _("Withdrawn by {who}, {at}: {word}").format(who=note.withdrawn_by, at=at, word=note.word)
    else:
        said = _("Withdrawn by {who}, {at}").format(who=note.withdrawn_by, at=at)
    return Text.of(said, Tone.NOTICE)


def _about(floor: FloorSnapshot, note: Note) -> Facts:
    facts = [
        (_("kind"), Cell(kind_title(note.kind))),
        (_("tag"), Cell(note.tag)),
        (_("who"), Cell(subject_of(floor, note))),
        (_("number"), Cell("" if note.agent is None else number(floor, note.agent))),
        (_("was"), Cell(_state(note.state))),
        (_("queue"), Cell(note.queue or "")),
        (_("call"), Cell(note.call or "")),
        (_("noted"), Cell(moment_in_full(floor, note.at))),
        (_("by"), Cell(note.by)),
    ]
    return [(name, cell) for name, cell in facts if cell.text]


def _follow_up(floor: FloorSnapshot, note: Note) -> Facts:
    if not note.follow_up:
        return []
    facts = [(_("to do"), Cell(note.follow_up))]
    if note.due_at is not None:
        late = note.is_open and note.due_at <= floor.at
        facts.append((_("until"), Cell(moment_in_full(floor, note.due_at), Tone.WARN if late else Tone.CALM)))
    if note.done_at is not None:
        facts += [(_("done"), Cell(moment_in_full(floor, note.done_at))), (_("done by"), Cell(note.done_by))]
    return [*facts, (_("came of it"), Cell(note.outcome))] if note.outcome else facts


def _amended(floor: FloorSnapshot, note: Note) -> Facts:
    if note.amended_at is None:
        return []
    return [(_("amended"), Cell(moment_in_full(floor, note.amended_at))), (_("amended by"), Cell(note.amended_by))]


def _state(state: str | None) -> str:
    """The state in a word; one that this floorwatch does not know, as it is."""
    if state is None:
        return ""
    return spoken.state_name(state) if state in list(AgentState) else state
