"""The last quarters of an hour of a queue or of the whole floor, with the service level of each."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from floorwatch.api import (
    INTERVAL_SECONDS,
    SERVICE_LEVELS,
    FloorSnapshot,
    QueueCounts,
    Scope,
    Volume,
    interval_of,
)


class Quarter(NamedTuple):
    """What one quarter of an hour brought; the service level is None where 0 would be divided by 0."""

    start: float
    came: int
    lost: int
    level: float | None


def quarters(floor: FloorSnapshot, scope: Scope, count: int) -> tuple[Quarter, ...]:
    """The last `count` quarters, the running one last."""
    waiting, late = _those_who_wait(floor, scope)
    definition = SERVICE_LEVELS[scope.target.definition]
    return tuple(
        Quarter(start, counts.offered, lost(counts), definition.of(Volume.of(counts, waiting[start], late[start])))
        for start, counts in zip(_starts(floor.at, count), scope.recent(count), strict=True)
    )


def lost(counts: QueueCounts) -> int:
    """Callers who gave up or left the queue another way: all that came, were not answered and wait no more."""
    return counts.abandoned + counts.left


def _starts(at: float, count: int) -> Iterator[float]:
    running = interval_of(at)
    return (float(running - back * INTERVAL_SECONDS) for back in reversed(range(count)))


def _those_who_wait(floor: FloorSnapshot, scope: Scope) -> tuple[Counter[float], Counter[float]]:
    """Callers by the quarter of their entry: all who wait, and those who wait longer than was promised."""
    waiting: Counter[float] = Counter()
    late: Counter[float] = Counter()
    for caller in scope.waiting:
        start = float(interval_of(caller.entered_at))
        waiting[start] += 1
        late[start] += floor.at - caller.entered_at > floor.rules.target(caller.queue).seconds
    return waiting, late
