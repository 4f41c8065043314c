"""My command: hand a break to a person."""

from collections.abc import Sequence

from floorwatch.api import Command, hookimpl

from .command import MyCommand

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """The commands of this plugin."""
    return [MyCommand()]
