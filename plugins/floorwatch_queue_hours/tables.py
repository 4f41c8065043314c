"""The tables of a queue's hours: a row a queue, to choose one by; and the hours themselves, a row an interval.

Rules
- Of a queue stand who waits now, the most at once within the hours, and the last quarter of an hour by its entries.
- Intervals stand newest first: the one that runs is the one that can still be mended.
"""

from floorwatch.api import (
    SERVICE_LEVELS,
    SHORT_SECONDS,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Interval,
    QueueCounts,
    Row,
    RowKind,
    Scope,
    Table,
    Tone,
    Volume,
    _,
    _p,
    last_intervals,
    ratio,
    share_tone,
    spoken,
)
from floorwatch_queue_hours.figures import agents
from floorwatch_queue_hours.hours import Hours, lost_in

HOME = "queue-hours"
LAST = 3
"""Five minutes that make up the last quarter of an hour."""


def queues_table(floor: FloorSnapshot, hours: int) -> Table:
    """A row a queue, the whole floor last."""
    right = Align.RIGHT
    columns = (
        Column("queue", _("queue"), 8, flex=1),
        Column("waiting", _("wait"), 4, right),
        Column("most", _("most"), 5, right, drop=1),
        Column("arrived", _("15 min"), 6, right),
        Column("lost", _("lost"), 4, right),
        Column("service-level", _("SL"), 5, right),
    )
    shown = [floor.queues[queue] for queue in floor.shown_queues]
    rows = [_queue(scope, hours, f"queue:{scope.name}") for scope in shown]
    if len(shown) > 1:
        rows.append(_queue(floor.total, hours, "total"))
    return Table(columns, tuple(rows), empty=_("No queues seen yet."), starts=True, home=HOME)


def _queue(scope: Scope, hours: int, key: str) -> Row:
    intervals = last_intervals(scope, hours * 3600 // SHORT_SECONDS)
    most = max((each.most_waiting or 0 for each in intervals), default=0)
    last = intervals[-LAST:]
    level = SERVICE_LEVELS[scope.target.definition].of(_volume(last))
    arrived, lost, waiting = sum(each.counts.offered for each in last), sum(map(lost_in, last)), len(scope.waiting)
    cells = (
        Cell(_("total") if key == "total" else scope.name),
        Cell(str(waiting), Tone.NOTICE if waiting > scope.free else Tone.CALM, sort=waiting),
        Cell(str(most), sort=most),
        Cell(str(arrived), sort=arrived),
        Cell(str(lost), Tone.WARN if lost else Tone.CALM, sort=lost),
        Cell(spoken.share(level), share_tone(level, scope.target.share), sort=level),
    )
    return Row(key, cells, kind=RowKind.TOTAL if key == "total" else RowKind.PLAIN)


def _volume(intervals: tuple[Interval, ...]) -> Volume:
    counts = QueueCounts()
    for each in intervals:
        counts.add(each.counts)
    return Volume.of(counts, sum(each.waiting for each in intervals), sum(each.waiting_late for each in intervals))


def intervals_table(hours: Hours) -> Table:
    """A row an interval, the running one first."""
    right = Align.RIGHT
    columns = (
        Column("from", _("from"), 5),
        Column("offered", _("off"), 5, right),
        Column("answered", _("ans"), 5, right, drop=3),
        Column("abandoned", _("abn"), 4, right),
        Column("left", _p("calls", "left"), 4, right, drop=2),
        Column("most", _("most"), 4, right),
        Column("service-level", _("SL"), 5, right),
        Column("asa", _("ASA"), 6, right, drop=1),
        Column("staffed", _("staff"), 5, right, drop=4),
        Column("before", _("before"), 6, right, drop=5),
    )
    given = columns if hours.scope.floor.weekday is not None else columns[:-1]
    pairs = zip(reversed(hours.intervals), reversed(hours.staffed), strict=True)
    rows = tuple(_interval(hours, each, staffed, len(given)) for each, staffed in pairs if each.is_known)
    return Table(given, rows, empty=_("No call has been seen yet."), opens=False)


def _interval(hours: Hours, each: Interval, staffed: float | None, shown: int) -> Row:
    counts, level, before = each.counts, hours.service_level(each), hours.a_week_ago(each)
    answer = ratio(counts.answered_wait_seconds, counts.answered)
    numbers = (counts.offered, counts.answered, counts.abandoned, counts.left, each.most_waiting or 0)
    cells = (
        Cell(spoken.clock_minute(each.start, hours.scope.floor.rules.days.zone), sort=each.start),
        *(Cell(str(number), sort=number) for number in numbers),
        Cell(spoken.share(level), share_tone(level, hours.scope.target.share), sort=level),
        Cell(spoken.duration_or_nothing(answer), sort=answer),
        Cell(agents(staffed), sort=staffed),
        Cell(spoken.NOTHING if before is None else str(before), Tone.MUTED, sort=before),
    )
    return Row(f"interval:{each.start:.0f}", cells[:shown])
