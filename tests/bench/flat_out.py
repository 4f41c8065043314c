"""How many lines a second go through the one fold: decoded and applied, one thread, everything exact.

The peer splits the same lines at "|" and does nothing with them: what Python alone costs.
"""

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from floorwatch.engine.collector import collect_seldom
from floorwatch.engine.decoding import LineDecoder, fold
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from tests.bench.busy_floor import busy_floor, house_of
from tests.bench.measured import Measured, Target, fresh

RUNS = 5


def run() -> list[Measured]:
    """Lines a second, median of fresh processes."""
    floor = busy_floor()
    found = [fresh("flat_out", str(floor.log), str(floor.config)) for _ in range(RUNS)]
    split = median(each[1] for each in found)
    return [
        Measured(
            f"decode + fold of {floor.lines:,} lines",
            "lines/s",
            median(each[0] for each in found),
            target=Target(250_000, at_least=True),
            peer=("bare split", split),
        )
    ]


def measure(log: Path, config: Path) -> list[float]:
    """Lines a second of ours, and of the bare split."""
    house = house_of(config)
    fmt = house.catalogue.format("asterisk-queue-log").thing
    decoder = LineDecoder(fmt.decoder({}), FeedHealth("queue_log"))
    raws = log.read_bytes().split(b"\n")[:-1]
    now = float(raws[-1][:10]) + 1
    lines = [FeedLine("queue_log", now, 0, raw, True) for raw in raws]
    floor = house.floor(fmt.gives)
    began = perf_counter()
    for line in lines:
        fold(floor, decoder.decode(line))
    ours = perf_counter() - began
    began = perf_counter()
    for raw in raws:
        raw.decode().split("|")
    return [len(raws) / ours, len(raws) / (perf_counter() - began)]


if __name__ == "__main__":
    collect_seldom()  # as every command does
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
