"""What the engine's tests stand on: a house without any settings, small logs of today, and things that are awaited."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House, build_house
from floorwatch.engine.system_clock import SystemClock
from floorwatch.extend.panel import Needs, NoOptions
from floorwatch.model.entities import Topic
from floorwatch.model.events import CallEntered, WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings, FloorSettings, Settings
from floorwatch.views import Notice, Text, View
from tests.past_noon import zone_past_noon
from tests.patience import PATIENCE_SECONDS

START = 1_795_255_200.0
"""10:00:00 UTC on 2026-11-21; a rule instant."""

LOOK_EVERY_SECONDS = 0.1
QUEUE_LOG = "asterisk-queue-log"


@cache
def house_in(zone: str = "UTC") -> House:
    """A house with bundled plugins, nobody in it, and this zone on the wall."""
    return build_house(Settings(floor=FloorSettings(zone=zone)), only_bundled=True, journal="memory:")


def house_past_noon() -> tuple[House, float]:
    """A house where it is now past noon, and the floor time of an hour ago: well within its business day."""
    now = float(int(SystemClock().now()))
    return house_in(zone_past_noon(now)), now - 3600


def queue_log(path: Path, *lines: tuple[float, str]) -> FeedSettings:
    """Write a queue log, and say how it is read."""
    path.write_bytes(log_lines(*lines))
    return FeedSettings(str(path), QUEUE_LOG)


def log_lines(*lines: tuple[float, str]) -> bytes:
    """Lines of a queue log; each a time and what follows it."""
    return b"".join(f"{at:.0f}|{words}\n".encode() for at, words in lines)


def entered(at: float, call: str = "1", queue: str = "support") -> Decoded:
    """A caller who enters, received when it happened."""
    return Decoded("queue_log", at, (CallEntered(at, call, queue),))


def watch_began(at: float) -> Decoded:
    """The mark from which rules are asked."""
    return Decoded("", at, (WatchBegan(at),))


class Counting:
    """A panel that says how often it was built; `act` is what its build does besides."""

    title = "Counting"
    options_type: type[Struct] = NoOptions

    def __init__(self, name: str, topics: Iterable[Topic], act: Callable[[int], None] = lambda _n: None) -> None:
        self.name = name
        self.needs = Needs(frozenset(topics))
        self.builds = 0
        self._act = act

    def build(self, floor: FloorSnapshot, options: Any) -> View:  # noqa: ARG002  # asked for by the protocol
        self.builds += 1
        self._act(self.builds)
        return Text.of(f"build {self.builds}")

    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:  # noqa: ARG002  # asked for by the protocol
        return Notice(row_key)


class Changes:
    """What somebody who is told of changes waits for."""

    def __init__(self) -> None:
        self._changed = asyncio.Condition()
        self.told: list[frozenset[str]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def __call__(self, panels: frozenset[str] = frozenset()) -> None:
        """Note a change; on the loop."""
        self.told.append(panels)
        task = asyncio.get_running_loop().create_task(self._tell())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def until(self, claim: Callable[[], bool]) -> None:
        """Return as soon as the claim holds: looked at after every change, and now and then for what is not told."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._changed:
            while not claim():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), LOOK_EVERY_SECONDS)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
