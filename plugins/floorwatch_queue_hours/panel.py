"""The panel "queue-hours": the last hours of a queue or of the floor, by 5 or 15 minutes, and a row a queue below."""

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Needs, Notice, Scope, Stack, Topic, View, _
from floorwatch_queue_hours.charts import levels, volumes
from floorwatch_queue_hours.figures import running
from floorwatch_queue_hours.hours import Hours
from floorwatch_queue_hours.options import QueueHoursOptions
from floorwatch_queue_hours.tables import intervals_table, queues_table


class QueueHours:
    """What came, what was lost, how it was answered, and by how many."""

    name = "queue-hours"
    title = "Queue's hours"
    turns = "step"
    needs = Needs(frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS}), every_seconds=10.0, rest_seconds=1.0)
    options_type: type[Struct] = QueueHoursOptions

    def build(self, floor: FloorSnapshot, options: QueueHoursOptions) -> View:
        """What came, the running interval in figures, how it was answered, and the queues. Where lines are short the
        lower chart goes first."""
        scope = _scope(floor, options.queue or floor.focus.queue)
        if scope is None:
            return Notice(_("There is no queue {queue} on this floor yet.").format(queue=options.queue))
        hours = Hours.of(scope, options.hours, options.step.seconds)
        return Stack((volumes(hours), running(hours), levels(hours), queues_table(floor, options.hours)))

    def detail(self, floor: FloorSnapshot, options: QueueHoursOptions, row_key: str) -> View:
        """The hours of a queue, or of the floor, as charts and interval by interval."""
        scope = _scope(floor, "" if row_key == "total" else row_key.removeprefix("queue:"))
        if scope is None:
            return Notice(_("This queue is no longer on the floor."))
        hours = Hours.of(scope, options.hours, options.step.seconds)
        return Stack((volumes(hours), running(hours, day_first=True), levels(hours), intervals_table(hours)))


def _scope(floor: FloorSnapshot, queue: str) -> Scope | None:
    """The queue of this name, all of them for none; None where there is no such queue."""
    return floor.queues.get(queue) if queue else floor.total
