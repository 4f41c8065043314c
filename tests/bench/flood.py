"""What a flood leaves in memory: 1,000 lines a second for hours, folded as fast as it goes, without a screen.

A floor of 1,000 seats writes in three weeks what comes here in an hour. The rows of what ended have their end within
minutes (`floorwatch.model.forgetting`); where each agent was is kept for 36 hours, up to as many spells an agent as
`floorwatch.model.presence` says, which it takes some hours to reach.
"""

import json
import sys
from itertools import islice
from pathlib import Path

from floorwatch.engine.decoding import LineDecoder, fold
from floorwatch.engine.heap import keep_together
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from tests.bench.busy_floor import at_time, busy_floor, house_of
from tests.bench.measured import Measured, fresh
from tests.bench.memory import resident_mib
from tests.bench.soak import LINES_A_SECOND, endless

HOURS = range(1, 7)
HOUR = 3600


def run() -> list[Measured]:
    """MiB of a fresh process after so many hours, and how many spells are kept of all agents."""
    floor = busy_floor()
    found = fresh("flood", str(floor.log.stat().st_mtime), str(floor.config))
    rows = []
    for hour, memory, spells in zip(HOURS, found[::2], found[1::2], strict=True):
        rows += [
            Measured(f"memory after {hour} h of {LINES_A_SECOND:,} lines/s", "MiB", memory),
            Measured(f"spells of all agents after {hour} h", "spells", spells),
        ]
    return rows


def measure(now: float, config: Path) -> list[float]:
    """MiB and spells, by turns, after each of the hours."""
    import floorwatch.app.floor_app  # noqa: F401  # what the libraries take is in what the process has

    keep_together()
    house, found = house_of(config), list[float]()
    fmt = house.catalogue.format("asterisk-queue-log").thing
    decoder = LineDecoder(fmt.decoder({}), FeedHealth("queue_log"))
    floor, to_come = house.floor(fmt.gives), endless(now)
    for second in range(1, HOURS[-1] * HOUR + 1):
        for line in islice(to_come, LINES_A_SECOND):
            written = at_time(line, now + second).rstrip(b"\n")
            fold(floor, decoder.decode(FeedLine("queue_log", now + second, 0, written, backfill=False)))
        snapshot = floor.snapshot(now + second)
        if floor.holds_too_much:
            floor.make_room()
        if second % HOUR == 0:
            found += [resident_mib(), sum(map(len, snapshot.spells.values()))]
    return found


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]), Path(sys.argv[2]))))
