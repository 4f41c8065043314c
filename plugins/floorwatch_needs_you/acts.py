"""What the key of a row is called: a word for the command that acts on it, or who is on the way already."""

from floorwatch.api import Cell, FloorSnapshot, Tone, _, _p
from floorwatch_needs_you.calls_for import Call


def act_of(floor: FloorSnapshot, call: Call) -> Cell:
    """The command that the rule names, with a word; else what opens the row."""
    command = next(iter(call.commands), "")
    if not command:
        return Cell(_("[enter]"), Tone.MUTED)
    if command == "help":
        return _help(floor, call)
    return Cell(_word(command), Tone.MUTED, command=command)


def _help(floor: FloorSnapshot, call: Call) -> Cell:
    """To go, or to answer one's own; of another's, who is on the way."""
    asked = floor.support.helps.get(call.about.removeprefix("help:"))
    if asked is None or asked.taken_at is None:
        return Cell(_("take"), Tone.MUTED, command="help")
    if asked.taken_by != floor.me:
        return Cell(asked.taken_by, Tone.MUTED)
    return Cell(_("answer"), Tone.MUTED, command="help")


def _word(command: str) -> str:
    words = {
        "note": _("note"),
        "follow-up-done": _("done"),
        "own-incident": _("own"),
        "close-incident": _("close"),
        "assign": _("assign"),
        "tick": _("tick"),
        "rosters": _("roster"),
        "attendance": _("look"),
        "excuse": _("excuse"),
        "replace": _("replace"),
        "called-back": _p("somebody", "call"),
    }
    return words.get(command, command)
