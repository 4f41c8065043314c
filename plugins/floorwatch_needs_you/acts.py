"""What the key of a row is called: a word for the command that acts on it."""

from floorwatch.api import Cell, FloorSnapshot, Tone, _
from floorwatch_needs_you.calls_for import Call


def act_of(floor: FloorSnapshot, call: Call) -> Cell:
    """The command that the rule names, with a word; else what opens the row."""
    command = next(iter(call.commands), "")
    if not command:
        return Cell(_("[enter]"), Tone.MUTED)
    return Cell(_word(floor, call, command), Tone.MUTED, command=command)


def _word(floor: FloorSnapshot, call: Call, command: str) -> str:
    if command == "help":
        asked = floor.support.helps.get(call.about.removeprefix("help:"))
        return _("take") if asked is None or asked.taken_at is None else _("answer")
    words = {
        "note": _("note"),
        "follow-up-done": _("done"),
        "own-incident": _("own"),
        "close-incident": _("close"),
    }
    return words.get(command, command)
