"""What a floor of 1,000 seats that runs for weeks holds in memory at midnight, and how long its forgetting takes."""

import json
import sys
from pathlib import Path
from time import perf_counter

from floorwatch.engine.decoding import LineDecoder, fold
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from floorwatch.simulate.output import lines
from tests.bench.busy_floor import busy_floor, house_of, plan_of_today
from tests.bench.measured import Measured, fresh
from tests.bench.memory import resident_mib

DAYS = 14
EARLY = 4
"""By this day a floor holds all that it ever does: today, the day before, and what it was given for the third."""


def run() -> list[Measured]:
    """MiB above an empty floor, in a fresh process, and milliseconds."""
    floor = busy_floor()
    early, late, longest = fresh("months", str(floor.log.stat().st_mtime), str(floor.config))
    return [
        Measured(f"memory after {EARLY} days of 185,000 lines", "MiB", early),
        Measured(f"memory after {DAYS} days", "MiB", late),
        Measured("forgetting, the longest", "ms", longest),
    ]


def measure(now: float, config: Path) -> list[float]:
    """MiB after some days and after all, and the longest forgetting in milliseconds."""
    import floorwatch.app.floor_app  # noqa: F401  # what the libraries take is not counted

    house = house_of(config)
    fmt = house.catalogue.format("asterisk-queue-log").thing
    decoder = LineDecoder(fmt.decoder({}), FeedHealth("queue_log"))
    floor = house.floor(fmt.gives)
    floor.snapshot(0.0)
    before, held, took = resident_mib(), [], []
    day_ends = None
    for at, text in lines(plan_of_today(now, hours=24.0 * DAYS)):
        if day_ends is not None and at >= day_ends:
            floor.snapshot(at)
            began = perf_counter()
            floor.forget(at)
            took.append((perf_counter() - began) * 1000)
            floor.snapshot(at)
            held.append(resident_mib() - before)
        if day_ends is None or at >= day_ends:
            day_ends = house.rules.days.end_of(at)
        for line in text.splitlines():
            fold(floor, decoder.decode(FeedLine("queue_log", at, 0, line, backfill=True)))
    return [held[EARLY - 1], held[-1], max(took)]


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]), Path(sys.argv[2]))))
