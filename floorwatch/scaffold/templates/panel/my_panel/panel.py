"""The longest wait of each queue, and who waits in it."""

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Needs,
    Notice,
    Panel,
    Row,
    Scope,
    Table,
    Tone,
    Topic,
    View,
    _,
    masked,
)
from msgspec import Struct


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What [panels.my-panel] in the configuration may say."""

    warn_seconds: float = 60.0


class MyPanel(Panel):
    """One row a queue; Enter on it opens the callers who wait there."""

    name = "my-panel"
    title = "My panel"
    needs = Needs(topics=frozenset({Topic.CALLS, Topic.QUEUES}), every_seconds=60.0)
    options_type = Options

    def build(self, floor: FloorSnapshot, options: Options) -> View:
        """The panel at this moment."""
        columns = (
            Column("queue", _("queue"), 10, flex=1),
            Column("waiting", _("waiting"), 7, Align.RIGHT),
            Column("longest", _("longest"), 8, Align.RIGHT),
        )
        rows = tuple(self._row(queue, options) for queue in floor.queues.values())
        return Table(columns, rows, empty=_("No queue has been heard of yet."))

    def _row(self, queue: Scope, options: Options) -> Row:
        first = queue.longest_waiting
        longest = Cell.age(first.entered_at if first else None, ((options.warn_seconds, Tone.WARN),))
        return Row(f"queue:{queue.name}", (Cell(queue.name), Cell(str(len(queue.waiting))), longest))

    def detail(self, floor: FloorSnapshot, options: Options, row_key: str) -> View:
        """The callers of the queue, first come first."""
        queue = floor.queues.get(row_key.removeprefix("queue:"))
        if queue is None:
            return Notice(_("This queue is gone."))
        columns = (Column("caller", _("caller"), 12, flex=1), Column("waits", _("waits"), 8, Align.RIGHT))
        steps = ((options.warn_seconds, Tone.WARN),)
        rows = tuple(
            Row(f"call:{caller.call}", (Cell(masked(caller.caller) or "-"), Cell.age(caller.entered_at, steps)))
            for caller in queue.waiting
        )
        return Table(columns, rows, empty=_("No one is waiting."), caption=queue.name, opens=False)
