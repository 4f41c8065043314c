"""What each bundled panel costs on a floor of 1,000 with people, grid, roster, punches and a journal: time and memory.

A panel is built on one snapshot after the other: as 15 seconds pass in which nothing happens, and as calls go on.
Each has a floor of its own moments: nothing that another panel has worked out for a snapshot is there already.
"""

import tracemalloc
from collections.abc import Callable, Iterator
from time import perf_counter

from floorwatch.engine.house import House, slot_of
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from tests.bench.busy_floor import folded_floor
from tests.bench.measured import Measured, Target

ROUNDS = 40
LATER_SECONDS = 15.0
EVENTS_BETWEEN = 30
MOST_MS = 15.0

Build = Callable[[FloorSnapshot], object]


def run() -> list[Measured]:
    """Milliseconds of a build, and MiB that the first view holds."""
    house, floor, to_come = folded_floor()
    later = _Later(floor, to_come)
    return [row for panel in house.catalogue.panels for row in _measured(panel, _build(house, panel), later)]


class _Later:
    """Snapshots of one floor as time goes on."""

    def __init__(self, floor: Floor, to_come: Iterator[Event]) -> None:
        self._floor = floor
        self._to_come = to_come
        self._at = next(to_come).at

    def still(self) -> FloorSnapshot:
        """Some seconds later; nothing has happened."""
        self._at += LATER_SECONDS
        return self._floor.snapshot(self._at)

    def busy(self) -> FloorSnapshot:
        """Some events later."""
        for _number in range(EVENTS_BETWEEN):
            event = next(self._to_come)
            self._floor.apply(event, "switch")
            self._at = max(self._at, event.at)
        return self._floor.snapshot(self._at)


def _build(house: House, panel: str) -> Build:
    slot = slot_of(house, panel)
    if slot is None or slot.panel is None:
        raise LookupError(panel)
    built, options = slot.panel, slot.options
    return lambda floor: built.build(floor, options)


def _measured(panel: str, build: Build, later: _Later) -> Iterator[Measured]:
    yield Measured(f"{panel}: what its first view holds", "MiB", _held(build, later.still()))
    for what, snapshot in (("as time goes on", later.still), ("as calls go on", later.busy)):
        found = [_milliseconds(build, snapshot()) for _round in range(ROUNDS)]
        yield Measured.of(f"{panel}: {what}", "ms", found, Target(MOST_MS))


def _held(build: Build, floor: FloorSnapshot) -> float:
    tracemalloc.start()
    view = build(floor)
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del view
    return held / 2**20


def _milliseconds(build: Build, floor: FloorSnapshot) -> float:
    began = perf_counter()
    build(floor)
    return (perf_counter() - began) * 1000
