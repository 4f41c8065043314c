"""Queue's hours on a key: most layouts do not show them, and a queue's row is where they are asked for."""

from collections.abc import Iterator

from floorwatch.api import Command, Open, Outcome, Request
from floorwatch_queue_hours.panel import QueueHours


class OpensQueueHours(Command):
    """Bring the last hours to the front; on a queue, those of the queue."""

    name = QueueHours.name
    title = "Queue's hours: what came, and a week ago"
    key = "H"
    rows = ("queue",)

    def run(self, request: Request) -> Iterator[Outcome]:
        """The panel, and behind a row of a queue that queue."""
        key = request.row_key or ""
        yield Open(self.name, key if key.startswith("queue:") else None)
