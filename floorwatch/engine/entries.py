"""The commands as a person meets them: read once, so that nobody asks a plugin's code while the screen is up."""

from collections.abc import Iterable, Mapping

from floorwatch.engine.desk import CommandEntry
from floorwatch.extend.command import Command
from floorwatch.host.catalogue import Declared
from floorwatch.views import Field
from floorwatch.words import title_of

OUR_WORDS = frozenset(
    {
        "config",
        "demo",
        "doctor",
        "feeds",
        "index",
        "notes",
        "plugins",
        "record",
        "replay",
        "report",
        "roster",
        "simulate",
        "state",
        "watch",
    }
)
"""The words of the command line that floorwatch has taken: no plugin's command is run by one of them."""


def entries_of(commands: Mapping[str, Declared[Command]]) -> dict[str, CommandEntry]:
    """The entry of each command, by name, in the order to offer them."""
    return {name: _entry(declared) for name, declared in commands.items()}


def in_the_command_line(commands: Mapping[str, Declared[Command]]) -> dict[str, Declared[Command]]:
    """The commands that `floorwatch NAME` runs: those that want to, under words that floorwatch has not taken."""
    return {
        name: declared for name, declared in commands.items() if declared.thing.cli is True and name not in OUR_WORDS
    }


def _entry(declared: Declared[Command]) -> CommandEntry:
    command = declared.thing
    fields: Iterable[Field] = command.parameters
    rows, quick = tuple(command.rows), getattr(command, "quick", False) is True  # came with API 1.1
    return CommandEntry(declared.name, title_of(declared), declared.key, tuple(fields), rows, quick)
