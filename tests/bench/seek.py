"""Any moment of a recording of a million entries and 1,000 seats: folded, opened, and gone to.

A state is the floor of a random moment, folded forward from its keyframe, as a snapshot; with its alerts where they are
known by then: whoever builds the keyframes is ended once every floor is folded, since the alerts of so many days take
many minutes. What a screen shows of it is measured on a terminal (`painted_seek`).
"""

import json
import random
import resource
import sys
from collections.abc import Iterator
from itertools import takewhile
from math import inf
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import perf_counter, sleep

from floorwatch.engine.collector import collect_seldom
from floorwatch.engine.decoding import fold
from floorwatch.engine.house import House, build_house
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.place import place_of
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import load_settings
from tests.bench.busy_floor import folder
from tests.bench.long_recording import ENTRIES, LongRecording, long_recording
from tests.bench.measured import FLOORWATCH, Measured, Target, fresh
from tests.bench.painted_seek import painted

SEEKS = 1_000
LOOK_SECONDS = 0.5
MIB = 1024.0


def run() -> list[Measured]:
    """Seeks, median and p99; what it takes to open, and what it leaves in memory."""
    made = long_recording(folder())
    return measured(made, ENTRIES)


def measured(made: LongRecording, entries: int) -> list[Measured]:
    """The rows for this recording; its keyframes are built by the command first."""
    folded, span = _folded(made)
    words = str(made.path), str(made.config)
    before, opening, after, *found = fresh("seek", *words, "state")
    size = place_of(made.path).stat().st_size
    return [
        Measured("fold all of it, keyframes written", "s", folded),
        Measured("keyframes, by entry", "bytes", size / entries),
        Measured("open a recording with keyframes", "s", opening),
        Measured.of("state of a random moment", "ms", found, Target(15.0, "p99")),
        Measured("memory above the house", "MiB", (after - before) / MIB, target=Target(100.0)),
        *painted(made, *span),
    ]


def _folded(made: LongRecording) -> tuple[float, tuple[float, float]]:
    """Seconds until the floor of every moment was in the file, and the span of them."""
    house = build_house(load_settings(made.config), only_bundled=True)
    began = perf_counter()
    with Popen((*FLOORWATCH, "--config", str(made.config), "index", str(made.path)), stdout=DEVNULL) as building:
        tape = IndexedTape(house, made.path)
        while tape.refresh().folded_to < inf and building.poll() is None:
            sleep(LOOK_SECONDS)
        seconds = perf_counter() - began
        building.terminate()
    span = tape.span
    tape.close()
    return seconds, span


def moments_of(tape: IndexedTape, count: int) -> Iterator[float]:
    """Random moments of the recording, the same ones each time; of its nights fewer, since nobody looks there."""
    chance, (first, last) = random.Random(7), tape.span
    for _each in range(count):
        at = chance.uniform(first, last)
        yield tape.event_before(at) or at


def state_at(tape: IndexedTape, at: float) -> FloorSnapshot:
    """The floor of this moment, with its alerts where they are known."""
    opened = tape.open_at(at)
    for entry in takewhile(lambda entry: entry.received_at <= at, opened.entries):
        fold(opened.floor, entry)
    if tape.refresh().alerts_to >= at:
        opened.floor.hold_alerts(tape.alerts.up_at(at), tape.alerts.cleared_at(at))
    return opened.floor.snapshot(at)


def memory() -> float:
    """What this process holds, KiB."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1024


def states(house: House, recording: Path) -> list[float]:
    """Memory before, seconds to open, memory after, then milliseconds of each seek."""
    before, began = memory(), perf_counter()
    tape = IndexedTape(house, recording)
    opening = perf_counter() - began
    if tape.refresh().folded_to < inf:
        raise SystemExit("the keyframes are not there")
    found = []
    for at in moments_of(tape, SEEKS):
        began = perf_counter()
        state_at(tape, at)
        found.append((perf_counter() - began) * 1000)
    after = memory()
    tape.close()
    return [before, opening, after, *found]


if __name__ == "__main__":
    collect_seldom()  # as every command does
    path, config, _what = sys.argv[1:]
    the_house = build_house(load_settings(Path(config)), only_bundled=True)
    print(json.dumps(states(the_house, Path(path))))
