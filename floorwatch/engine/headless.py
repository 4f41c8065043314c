"""A floor without a screen: the snapshots at given moments of a timeline, alerts included."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from math import inf, nextafter

from floorwatch.engine.alerting import grid_instants
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.ruling import Ruling
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot

WARM_UP_SECONDS = 3600.0
"""Rules are asked from this long before each moment: an alert that was up earlier still shows as raised then."""


async def snapshots_at(
    floor: Floor, timeline: Iterable[Decoded], moments: Sequence[float], ruling: Ruling
) -> AsyncIterator[FloorSnapshot]:
    """A snapshot at each moment, in ascending order; a line belongs to every moment that is not before it."""
    entries = _Ahead(timeline)
    asked_at = -inf
    for moment in sorted(moments):
        asked_at = max(asked_at, moment - WARM_UP_SECONDS)
        entries.fold_until(floor, nextafter(asked_at, -inf))
        for instant in grid_instants(nextafter(asked_at, -inf), moment, ruling.every_seconds):
            entries.fold_until(floor, instant)
            floor.set_alerts(await ruling.ask(floor.snapshot(instant)), instant)
            asked_at = nextafter(instant, inf)
        entries.fold_until(floor, moment)
        yield floor.snapshot(moment)


class _Ahead:
    """A timeline of which the next entry is known."""

    def __init__(self, timeline: Iterable[Decoded]) -> None:
        self._entries: Iterator[Decoded] = iter(timeline)
        self._next = next(self._entries, None)

    def fold_until(self, floor: Floor, at: float) -> None:
        """Fold everything that is not after `at`."""
        while self._next is not None and self._next.received_at <= at:
            fold(floor, self._next)
            self._next = next(self._entries, None)
