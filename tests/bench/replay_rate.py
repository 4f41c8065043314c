"""How fast a replay goes when nobody waits: a recorded day through the intake, the station and the rules, flat out.

`bare` asks the rules every five minutes of floor time, so that it shows the path of the entries; `as it is` asks them
every five seconds, as a floor does: 6,500 times a day.
"""

import asyncio
import json
import sys
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter

from msgspec.structs import replace

from floorwatch.engine.collector import collect_seldom
from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.replaying import replay_session
from floorwatch.engine.timeline import timeline_of
from floorwatch.feeds.recording import RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.settings import FeedSettings
from tests.bench.busy_floor import busy_floor, folder, house_of
from tests.bench.measured import Measured, Target, fresh

RUNS = 3
FORMAT = "asterisk-queue-log"


def run() -> list[Measured]:
    """Events a second, median of fresh processes."""
    floor = busy_floor()
    recording = folder() / "day.floorlog"
    recording.unlink(missing_ok=True)
    _record(floor.log, recording)
    bare = [fresh("replay_rate", str(recording), str(floor.config), "300")[0] for _ in range(RUNS)]
    whole = fresh("replay_rate", str(recording), str(floor.config), "5")[0]
    return [
        Measured("replay flat out, bare", "events/s", median(bare), target=Target(200_000, at_least=True)),
        Measured("replay flat out, as it is", "events/s", whole),
    ]


def _record(log: Path, out: Path) -> None:
    writer = RecordingWriter(out, "UTC", {"queue_log": RecordedFeed(FORMAT)})
    offset = 0
    for raw in log.read_bytes().split(b"\n")[:-1]:
        writer.append(FeedLine("queue_log", float(raw[: raw.index(b"|")]), offset, raw))
        offset += len(raw) + 1
    writer.close()


async def measure(recording: Path, config: Path, every_seconds: float) -> list[float]:
    """Entries a second from `session.start` to the snapshot of the last one."""
    house = house_of(config)
    alerts = replace(house.settings.alerts, every_seconds=every_seconds)
    house = replace(house, settings=replace(house.settings, alerts=alerts))
    timeline = timeline_of(house, {"day": FeedSettings(str(recording))})
    entries, tape = sum(1 for _line in timeline.lines()), PlainTape(timeline)
    last = tape.span[1]
    session = replay_session(house, tape, tape.span[0], inf)
    done = asyncio.Event()

    def changed(_panels: frozenset[str]) -> None:
        snapshot = session.station.snapshot
        if snapshot is not None and snapshot.at >= last:
            done.set()

    began = perf_counter()
    task = asyncio.create_task(session.start(changed))
    await done.wait()
    seconds = perf_counter() - began
    task.cancel()
    return [entries / seconds]


if __name__ == "__main__":
    collect_seldom()  # as every command does
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))))
