"""Words of an agent's day: moments, hours, activities, kinds of notes, how a call ended."""

from floorwatch.api import FloorSnapshot, Note, NoteKind, PastTalk, _, spoken

LONGEST = 300
"""Characters of a text in a row or under a cursor: more than any screen is wide."""


def clock(floor: FloorSnapshot, at: float) -> str:
    """The moment on the floor's wall, to the minute."""
    return spoken.clock_minute(at, floor.rules.days.zone)


def one_line(text: str) -> str:
    """What somebody typed, as a cell takes it."""
    return " ".join(text[:LONGEST].split())


def kind_title(kind: NoteKind) -> str:
    """The kind of a note in a word."""
    return {
        NoteKind.HELP: _("help"),
        NoteKind.STATE: _("state"),
        NoteKind.FAULT: _("fault"),
        NoteKind.PRAISE: _("praise"),
        NoteKind.COACHING: _("coaching"),
        NoteKind.CHECK: _("check"),
    }[kind]


def note_words(note: Note) -> str:
    """A note in one line."""
    text = one_line(note.text)
    if note.tag and text:
        return _("{tag}: {text}").format(tag=note.tag, text=text)
    return note.tag or text


def ended_words(talk: PastTalk) -> str:
    """How a call ended, in a few words."""
    if talk.how == "transferred":
        return _("transferred")
    if talk.how == "restart":
        return _("lost at a restart")
    return {"agent": _("agent hung up"), "caller": _("caller hung up")}.get(talk.ended_by or "", _("hung up"))
