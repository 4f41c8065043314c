"""The calls behind a figure: those of today that are not answered in time, by kind, the newest of each.

Rules
- A call counts in the day of its entry, whenever it ended.
- How many there are is the counters' to say. The rows are found from the end of the day backwards, and no further than
  until each kind has all its rows, or as many as are shown of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from floorwatch.engine.explain_kinds import AGAINST, WAITING_LATE, in_words, kind_of
from floorwatch.model.entities import Waiting
from floorwatch.model.past import PastVisit
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.spoken import clock, duration
from floorwatch.views import Align, Cell, Column, Row, RowKind, Table, Tone
from floorwatch.words import _, _n, _p

MOST_OF_A_KIND = 60
"""Calls of one kind that are listed."""
CLOCK_SLACK_SECONDS = 3600.0
"""How far before its entry the end of a call may stand, by a clock that was set back."""
NUMBER_CELLS = 12
CALLERS = "callers"
"""The panel that knows what stands behind a call."""

Call: TypeAlias = PastVisit | Waiting
Calls: TypeAlias = Mapping[str, Sequence[Call]]


class Judged(Struct, frozen=True):
    """How one definition counts each kind of call, under the `title` of its column."""

    name: str
    title: str
    signs: Mapping[str, str]


def calls_behind(scope: Scope, kinds: Mapping[str, int], most: int = MOST_OF_A_KIND) -> Calls:
    """The calls of these kinds (and how many there are of each), the newest first; of those who wait, the longest."""
    found: dict[str, list[Call]] = {kind: [] for kind in kinds}
    if WAITING_LATE in found:
        found[WAITING_LATE] += _waiting_late(scope)[:most]
    wanted = {kind: min(n, most) for kind, n in kinds.items() if kind != WAITING_LATE}
    for kind, visit in _ended(scope, wanted):
        found[kind].append(visit)
    return found


def calls_table(scope: Scope, kinds: Mapping[str, int], caption: str, judged: Sequence[Judged] = ()) -> Table:
    """A group for each kind with its number, and a column for each way of counting them, of which the first one never
    goes."""
    several = len(scope.queues) > 1
    rows = tuple(_rows(scope, kinds, judged, several=several))
    return Table(
        tuple(_columns(judged, several=several)),
        rows,
        empty=_("No call of today spoils it."),
        caption=caption,
        home=CALLERS,
    )


def _waiting_late(scope: Scope) -> list[Waiting]:
    floor = scope.floor
    return [
        visit
        for visit in scope.waiting
        if visit.entered_at >= floor.day_start and floor.at - visit.entered_at > floor.rules.target(visit.queue).seconds
    ]


def _ended(scope: Scope, wanted: dict[str, int]) -> Iterator[tuple[str, PastVisit]]:
    """Calls with their kind, the newest first, until there are as many of each kind as are `wanted`."""
    floor, missing = scope.floor, dict(wanted)
    start, end = floor.day_start, floor.rules.days.end_of(floor.at)
    targets = {queue: floor.rules.target(queue) for queue in scope.queues}

    def is_wanted(queue: str, outcome: str, entered_at: float, wait_seconds: float) -> bool:
        target = targets.get(queue)
        if target is None or not start <= entered_at < end:
            return False
        kind = kind_of(outcome, wait_seconds, target)
        return kind is not None and missing.get(kind, 0) > 0

    if not missing:
        return
    for visit in floor.past.newest(start - CLOCK_SLACK_SECONDS, is_wanted):
        kind = kind_of(visit.outcome, visit.wait_seconds, targets[visit.queue])
        if kind is None:
            continue
        yield kind, visit
        missing[kind] -= 1
        if not any(missing.values()):
            return


def _columns(judged: Sequence[Judged], *, several: bool) -> Iterator[Column]:
    last = len(judged) + 1
    yield Column("entered", _("entered"), 8)
    if several:
        yield Column("queue", _("queue"), 10, flex=1, drop=last + 1)
    yield Column("number", _("number"), NUMBER_CELLS, flex=1, drop=last + 2)
    yield Column("agent", _p("a call", "answered by"), 12, flex=1, drop=last)
    yield Column("wait", _("wait"), 6, Align.RIGHT)
    yield Column("over", _("over T"), 6, Align.RIGHT)
    for at, each in enumerate(judged):
        yield Column(f"sign:{each.name}", each.title, 5, Align.CENTER, drop=at)


def _rows(scope: Scope, kinds: Mapping[str, int], judged: Sequence[Judged], *, several: bool) -> Iterator[Row]:
    named = 5 if several else 4
    keys: set[str] = set()
    for kind, calls in calls_behind(scope, kinds).items():
        counted = tuple(_sign(each.signs[kind]) for each in judged)
        group = f"kind:{kind}"
        blank = (Cell(),) * named
        yield Row(group, (Cell(in_words(kind, kinds[kind])), *blank, *counted), kind=RowKind.GROUP)
        for call in calls:
            yield _row(scope.floor, call, group, counted, keys, several=several)
        if more := kinds[kind] - len(calls):
            words = _n("and {n} more", "and {n} more", more).format(n=more)
            yield Row(f"more:{kind}", (Cell(words), *blank, *counted), Tone.MUTED, parent=group)


def _row(
    floor: FloorSnapshot, call: Call, group: str, signs: tuple[Cell, ...], keys: set[str], *, several: bool
) -> Row:
    key = f"call:{call.queue}/{call.call}"
    if key in keys or (isinstance(call, PastVisit) and (call.queue, call.call) in floor.waiting):
        key = f"{key}@{call.entered_at:.3f}"  # it came back to the same queue: that panel knows both
    keys.add(key)
    return Row(
        key,
        (
            Cell(clock(call.entered_at, floor.rules.days.zone), sort=call.entered_at),
            *((Cell(call.queue),) if several else ()),
            Cell(floor.number_of(call) or ""),
            _who(floor, call),
            *_waits(floor, call),
            *signs,
        ),
        parent=group,
    )


def _who(floor: FloorSnapshot, call: Call) -> Cell:
    if isinstance(call, Waiting) or call.agent is None:
        return Cell()
    agent = floor.agents.get(call.agent)
    return Cell(call.agent if agent is None else agent.name)


def _waits(floor: FloorSnapshot, call: Call) -> tuple[Cell, Cell]:
    promised = floor.rules.target(call.queue).seconds
    if isinstance(call, Waiting):
        return Cell.age(call.entered_at), Cell.age(call.entered_at + promised, prefix="+")
    over = call.wait_seconds - promised
    late = Cell(f"+{duration(over)}", sort=over) if over > 0 else Cell()
    return Cell(duration(call.wait_seconds), sort=call.wait_seconds), late


def _sign(text: str) -> Cell:
    return Cell(text, Tone.NOTICE if text == AGAINST else Tone.CALM)
