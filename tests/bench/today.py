"""How soon the state of today is there: from `session.start` to the mark that ends the past, no screen.

Everything runs as it does behind a screen: a thread reads and decodes, the loop folds, panels are built on the way.
"""

import asyncio
import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from floorwatch.engine.collector import collect_seldom
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.live import live_session
from floorwatch.model.events import WatchBegan
from floorwatch.settings import FeedSettings
from tests.bench.busy_floor import busy_floor, house_of
from tests.bench.measured import Measured, Target, fresh

RUNS = 5


def run() -> list[Measured]:
    """Seconds, median of fresh processes."""
    floor = busy_floor()
    found = [fresh("today", str(floor.log), str(floor.config)) for _ in range(RUNS)]
    what = f"today's state of {floor.lines:,} lines after start"
    return [
        Measured(what, "s", median(each[0] for each in found), target=Target(0.8)),
        Measured("  until the first figures", "s", median(each[1] for each in found)),
    ]


async def measure(log: Path, config: Path) -> list[float]:
    """Seconds until the past is folded, and until the first snapshot."""
    session = live_session(house_of(config), {"queue_log": FeedSettings(str(log))})
    done = asyncio.Event()
    first: list[float] = []

    def folded(item: Decoded) -> None:
        if item.line is None and any(isinstance(event, WatchBegan) for event in item.events):
            done.set()

    def changed(_panels: frozenset[str]) -> None:
        if not first and session.station.snapshot is not None and session.station.snapshot.agents:
            first.append(perf_counter() - began)

    session.station.on_folded = folded
    began = perf_counter()
    task = asyncio.create_task(session.start(changed))
    await done.wait()
    seconds = perf_counter() - began
    task.cancel()
    return [seconds, *first]


if __name__ == "__main__":
    collect_seldom()  # as every command does
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1]), Path(sys.argv[2])))))
