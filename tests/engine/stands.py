"""A station with everything around it, driven by hand: what comes, what time it is, and the rules that are asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.shows import Shows, Slot
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.extend.panel import NoOptions
from floorwatch.host.lane import Lanes
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from tests.engine.small_floor import START, Changes, Counting, house_in


class Rules:
    """Rules that raise nothing and remember what they were asked."""

    every_seconds = 5.0
    is_known = True

    def __init__(self) -> None:
        self.asked: list[FloorSnapshot] = []

    def begin(self, floor: Floor, at: float) -> None:  # noqa: ARG002  # asked for by the protocol
        self.asked.clear()

    async def hold_up(self, floor: Floor, at: float, look: Callable[[], FloorSnapshot]) -> None:  # noqa: ARG002
        self.asked.append(look())


class Time:
    """Floor time that the test moves."""

    def __init__(self, at: float = START) -> None:
        self.at = at

    def known(self) -> float:
        return self.at

    def complete(self, source: str, to: float) -> None:
        """Of no interest."""


class Stand:
    """A station with everything it needs; panels of one plugin unless they are named otherwise."""

    def __init__(self, panels: Sequence[Counting], lanes: Lanes) -> None:
        self.hand_over, self.time, self.rules, self.changes = HandOver(), Time(), Rules(), Changes()
        slots = [Slot(panel.name, f"plugin of {panel.name}", panel, NoOptions()) for panel in panels]
        self.shows = Shows(slots, lanes, monotonic)
        self.station = Station(house_in().floor(), self.hand_over, self.time, self.rules, self.shows)
        self.folded: list[Decoded] = []
        self.station.on_folded = self.folded.append

    def give(self, *items: Decoded) -> None:
        """Hand these over in one batch."""
        self.hand_over.put(Batch("queue_log", items, items[-1].received_at))

    async def settle(self) -> int:
        """Fold and ask until there is nothing left; the number of passes."""
        passes = 1
        while await self.station.advance():
            passes += 1
        return passes

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The station at work."""
        self.station.on_change = self.changes
        task = asyncio.create_task(self.station.run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
