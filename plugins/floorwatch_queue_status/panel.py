"""The panel "queue-status": a row a queue, under their groups, a total, and the trend of the last hours below."""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import (
    INTERVAL_SECONDS,
    Bars,
    Cell,
    Column,
    FloorSnapshot,
    Needs,
    Notice,
    Row,
    RowKind,
    Scope,
    Stack,
    Table,
    Tone,
    Topic,
    View,
    _,
    interval_of,
    spoken,
)
from floorwatch_queue_status.columns import Shown, columns_for, service_level_of
from floorwatch_queue_status.detail import queue_detail
from floorwatch_queue_status.options import QueueStatusOptions

INTERVALS_AN_HOUR = 3600 // INTERVAL_SECONDS


class Line(Struct, frozen=True):
    """One row to be: its key, its name, what it sums up and where it stands."""

    key: str
    name: str
    scope: Scope
    kind: RowKind = RowKind.PLAIN
    parent: str | None = None


class QueueStatus:
    """How every queue stands now and today, beside its targets."""

    name = "queue-status"
    title = "Queues"
    needs = Needs(frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS}), every_seconds=5.0)
    options_type: type[Struct] = QueueStatusOptions

    def build(self, floor: FloorSnapshot, options: QueueStatusOptions) -> View:
        """The table of queues with the trend below."""
        shown = columns_for(floor, options.columns)
        columns = (Column("queue", _("queue"), 8, flex=1), *(each.column for each in shown))
        rows = tuple(_row(line, shown) for line in lines_of(floor, options))
        table = Table(columns, rows, empty=_("No queues seen yet."))
        return Stack((table, *_trends(floor, options))) if rows else table

    def detail(self, floor: FloorSnapshot, options: QueueStatusOptions, row_key: str) -> View:
        """Who waits, who answers, and the last hour, of a queue, a group or the floor."""
        for line in lines_of(floor, options):
            if line.key == row_key:
                return queue_detail(line.scope)
        return Notice(_("This queue is no longer on the floor."))


def lines_of(floor: FloorSnapshot, options: QueueStatusOptions) -> Iterator[Line]:
    """The rows from top to bottom: groups with their queues, queues of no group, the total.

    A queue of several groups stands in each, under a key of its own.
    """
    grouped: set[str] = set()
    for group, names in options.groups.items():
        scope = floor.scope(group, names)
        key = f"group:{group}"
        yield Line(key, group, scope, RowKind.GROUP)
        for queue in scope.queues:
            own = f"queue:{queue}" if queue not in grouped else f"{key}/queue:{queue}"
            yield Line(own, queue, floor.queues[queue], parent=key)
        grouped.update(scope.queues)
    for queue, scope in floor.queues.items():
        if queue not in grouped:
            yield Line(f"queue:{queue}", queue, scope)
    if len(floor.queues) > 1 and not options.hide_total:
        yield Line("total", _("total"), floor.total, RowKind.TOTAL)


def _row(line: Line, shown: list[Shown]) -> Row:
    cells = (Cell(line.name), *(each.cell(line.scope) for each in shown))
    return Row(line.key, cells, kind=line.kind, parent=line.parent)


def _trends(floor: FloorSnapshot, options: QueueStatusOptions) -> Iterator[Bars]:
    """One strip of bars a figure of the whole floor, an interval each, the running one last."""
    total = floor.total
    number = options.trend_hours * INTERVALS_AN_HOUR
    recent = total.recent(number)
    first = interval_of(floor.at) - INTERVAL_SECONDS * (number - 1)
    caption = _("since {time}").format(time=spoken.clock_minute(first, floor.rules.days.zone))
    for figure in options.trend:
        match figure:
            case "offered":
                yield Bars(_("offered"), tuple(float(c.offered) for c in recent), caption=caption)
            case "abandoned":
                lost = tuple(float(c.abandoned) for c in recent)
                yield Bars(_("abandoned"), lost, caption=caption, tone=Tone.WARN)
            case _service_level:
                starts = (first + INTERVAL_SECONDS * n for n in range(number))
                levels = tuple(
                    service_level_of(total, counts, start, start + INTERVAL_SECONDS)
                    for counts, start in zip(recent, starts, strict=True)
                )
                yield Bars(_("service level"), levels, top=1.0, caption=caption)
