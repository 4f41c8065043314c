"""Keys and words that only one command can have: who has them, and what is said to the one that comes too late."""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.extend.command import Command
from floorwatch.words import _


class Reserved(Struct, frozen=True):
    """What floorwatch has for itself: keys of its screens, and words of its command line."""

    keys: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()


class Claims:
    """The keys of commands, first come, first served, after floorwatch's own."""

    def __init__(self, reserved: Reserved) -> None:
        self._reserved = reserved
        self._holders: dict[str, str] = {}

    def key_of(self, plugin: str, command: Command) -> str:
        """The key that the command gets: the one that it asks for, "" where that is taken."""
        key = command.key
        if not key or key in self._reserved.keys or key in self._holders:
            return ""
        self._holders[key] = f"{command.name} ({plugin})"
        return key

    def mistakes(self, command: Command) -> Iterator[str]:
        """What it asks for and cannot have; asked before it gets its key."""
        key = command.key
        if key in self._reserved.keys:
            yield _("its key {key!r} is floorwatch's own (docs/keys.md): choose another; it is offered without").format(
                key=key
            )
        elif key in self._holders:
            said = _("its key {key!r} is that of {holder}: choose another; it is offered without")
            yield said.format(key=key, holder=self._holders[key])
        if command.cli and command.name in self._reserved.commands:
            said = _("`floorwatch {name}` is floorwatch's own: choose another name; it is not on the command line")
            yield said.format(name=command.name)
