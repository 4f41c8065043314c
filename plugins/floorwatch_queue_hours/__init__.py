"""The last hours of a queue, by five minutes or fifteen, as a chart."""

from collections.abc import Sequence

from floorwatch.api import Command, Panel, hookimpl
from floorwatch_queue_hours.commands import OpensQueueHours
from floorwatch_queue_hours.panel import QueueHours


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panel "queue-hours"."""
    return [QueueHours()]


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """The command of the same name."""
    return [OpensQueueHours()]
