"""What a floor has counted and written down, in full, to be compared with figures that were worked out by hand."""

from collections.abc import Iterable
from typing import Any

import msgspec

from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules

DAY = 1_795_219_200.0  # 2026-11-21 00:00 UTC
RULES = FloorRules(FloorDays())


def floor_of(stream: Iterable[Event], feed: str = "log", people: People | None = None) -> Floor:
    """A floor after these events of one feed."""
    floor = Floor(RULES, people)
    for event in stream:
        floor.apply(event, feed)
    return floor


def figures(counts: msgspec.Struct) -> dict[str, Any]:
    """All counters that are not nought: what is not named counted nothing."""
    return {name: value for name, value in msgspec.structs.asdict(counts).items() if value}


def misfits(snapshot: FloorSnapshot, feed: str = "log") -> dict[str, int]:
    """What did not fit, by kind."""
    return dict(snapshot.feeds[feed].misfits) if feed in snapshot.feeds else {}


def rows(floor: Floor, table: str) -> list[tuple[Any, ...]]:
    """Rows of the history, None for what is not known."""
    columns = floor.history.tables[table].columns
    return [tuple(None if value != value else value for value in row) for row in zip(*columns.values(), strict=True)]
