"""The panel "queue-status": a row a queue, under their groups, a total, and the trend of the last hours below."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.api import (
    INTERVAL_SECONDS,
    METRICS,
    Bars,
    Cell,
    Column,
    FloorSnapshot,
    Needs,
    Notice,
    QueueCounts,
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
from floorwatch_queue_status.columns import COLUMN_NAMES, Shown, columns_for, explain_of, service_level_of
from floorwatch_queue_status.detail import queue_detail
from floorwatch_queue_status.options import QueueStatusOptions
from floorwatch_queue_status.states import STATE_METRICS

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
    needs = Needs(
        frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS}),
        frozenset({*METRICS.keys() & COLUMN_NAMES, *(metric.name for metric in STATE_METRICS)}),
        every_seconds=5.0,
    )
    options_type: type[Struct] = QueueStatusOptions

    def build(self, floor: FloorSnapshot, options: QueueStatusOptions) -> View:
        """The table of queues with the trend below."""
        shown = columns_for(floor, options.columns)
        columns = (Column("queue", _("queue"), 8, flex=1), *(each.column for each in shown))
        rows = tuple(_row(line, shown) for line in lines_of(floor, options) if _is_in_focus(floor, line))
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


def _is_in_focus(floor: FloorSnapshot, line: Line) -> bool:
    """A total is whole, and there whatever is shown alone."""
    return line.kind is RowKind.TOTAL or not floor.focus.queue or floor.focus.queue in line.scope.queues


def _row(line: Line, shown: list[Shown]) -> Row:
    name = Cell(line.name, explain=explain_of(line.scope, "service-level"))  # of a queue asked about, the first answer
    cells = (name, *(each.cell(line.scope) for each in shown))
    return Row(line.key, cells, kind=line.kind, parent=line.parent)


def _trends(floor: FloorSnapshot, options: QueueStatusOptions) -> Iterator[Bars]:
    """One strip of bars a figure of the whole floor, an interval each, the running one last; the first names it."""
    number = options.trend_hours * INTERVALS_AN_HOUR
    recent = floor.total.recent(number)
    first = interval_of(floor.at) - INTERVAL_SECONDS * (number - 1)
    since = _("in {n} min since {time}").format(
        n=INTERVAL_SECONDS // 60, time=spoken.clock_minute(first, floor.rules.days.zone)
    )
    for place, figure in enumerate(options.trend):
        match figure:
            case "offered":
                bars = _counts(_("offered"), [each.offered for each in recent], recent, Tone.NOTICE)
            case "abandoned":
                bars = _counts(_("abandoned"), [each.abandoned for each in recent], recent, Tone.WARN)
            case _service_level:
                starts = (first + INTERVAL_SECONDS * n for n in range(number))
                bars = _levels(floor.total, starts, recent)
        yield bars if place else replace(bars, caption=f"{bars.caption} {since}")


def _counts(title: str, numbers: Sequence[int], recent: Sequence[QueueCounts], tone: Tone) -> Bars:
    """A strip of counts; blank before anything happened, which is not the same as a quarter of an hour without."""
    nothing = QueueCounts()
    begun = next((at for at, counts in enumerate(recent) if counts != nothing), len(recent))
    values = tuple(float(number) if at >= begun else None for at, number in enumerate(numbers))
    caption = _("now {now}, most {most}").format(now=numbers[-1], most=max(numbers))
    return Bars(title, values, caption=caption, tone=tone)


def _levels(total: Scope, starts: Iterator[int], recent: Sequence[QueueCounts]) -> Bars:
    """The service level, where a full bar is 100 %."""
    levels = tuple(
        service_level_of(total, counts, start, start + INTERVAL_SECONDS)
        for start, counts in zip(starts, recent, strict=True)
    )
    least = min((level for level in levels if level is not None), default=None)
    caption = _("now {now}, least {least}").format(now=_percent(levels[-1]), least=_percent(least))
    return Bars(_("service level"), levels, top=1.0, caption=caption)


def _percent(level: float | None) -> str:
    return spoken.NOTHING if level is None else f"{spoken.share(level)}%"
