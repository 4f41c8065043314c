"""What a million events leave in memory, above what the libraries and an empty floor take."""

import json
import sys
from pathlib import Path

from floorwatch.engine.decoding import LineDecoder, fold
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from floorwatch.simulate.output import lines
from tests.bench.busy_floor import busy_floor, folder, house_of, plan_of_today
from tests.bench.measured import Measured, Target, fresh

EVENTS = 1_000_000
DAYS = 6


def run() -> list[Measured]:
    """MiB after the last event, in a fresh process."""
    config = busy_floor().config
    log = folder() / "a-million"
    with log.open("wb") as file:
        now = log.stat().st_mtime
        file.writelines(text for _at, text in lines(plan_of_today(now, hours=24.0 * DAYS)))
    added, folded = fresh("memory", str(log), str(config))
    log.unlink()
    return [Measured(f"memory for {folded:,.0f} events of a week", "MiB", added, target=Target(100))]


def measure(log: Path, config: Path) -> list[float]:
    """MiB that the events added, and how many they were."""
    import floorwatch.app.floor_app  # noqa: F401  # what the libraries take is not counted

    house = house_of(config)
    fmt = house.catalogue.format("asterisk-queue-log").thing
    decoder = LineDecoder(fmt.decoder({}), FeedHealth("queue_log"))
    floor = house.floor(fmt.gives)
    floor.snapshot(0.0)
    before, events, offset = resident_mib(), 0, 0
    with log.open("rb") as file:
        for line in file:
            decoded = decoder.decode(FeedLine("queue_log", 4e9, offset, line.rstrip(b"\n"), True))
            fold(floor, decoded)
            events, offset = events + len(decoded.events), offset + len(line)
            if events >= EVENTS:
                break
    floor.snapshot(4e9)
    return [resident_mib() - before, events]


def resident_mib() -> float:
    """Memory of this process that is in the machine's, MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
