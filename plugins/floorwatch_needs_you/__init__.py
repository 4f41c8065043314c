"""Needs you: one list of everything that calls for a person, the most urgent first."""

from collections.abc import Sequence

from floorwatch.api import Command, Panel, hookimpl
from floorwatch_needs_you.commands import needs_you_commands
from floorwatch_needs_you.panel import NeedsYou


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panel "needs-you"."""
    return [NeedsYou()]


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """See to an alert, snooze it, have it back."""
    return needs_you_commands()
