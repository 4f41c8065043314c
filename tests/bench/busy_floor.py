"""The floor that is measured on: a simulated day of 1,000 seats which ends now, and what happens on it next.

Rules
- A day is 185,000 lines, and all of it lies in the business day of now, whatever time of day the benchmark runs.
- It is made anew for each run of the benchmarks (it ends now), once, in a folder that goes with the process.
"""

import atexit
import shutil
import tempfile
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.house import House, build_house
from floorwatch.settings import load_settings
from floorwatch.simulate.output import lines
from floorwatch.simulate.plan import HOUR, Plan, queues_for
from floorwatch.simulate.staff import people_csv

SEATS = 1_000
DAY_HOURS = 9.0
CLOCK_NOW = 17 * HOUR
"""What the floor's clock says now: all shifts but the early one are at work."""

CONFIG = """\
[floor]
name = "Bench"
zone = "UTC"
day_starts = "{day_starts:%H}:00"

[people]
file = "people.csv"
"""


class BusyFloor(Struct, frozen=True):
    """A folder with a log that ends now, its configuration, and the lines (whole, with line ends) that would follow."""

    log: Path
    config: Path
    lines: int
    to_come: tuple[bytes, ...]

    def lent(self, to: str) -> "BusyFloor":
        """A copy that may be written to."""
        place = self.log.parent.with_name(f"{self.log.parent.name}-{to}")
        shutil.copytree(self.log.parent, place, dirs_exist_ok=True)
        return replace(self, log=place / self.log.name, config=place / self.config.name)


@cache
def folder() -> Path:
    """Where benchmarks put their files; it goes when the process does."""
    made = Path(tempfile.mkdtemp(prefix="floorwatch-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def plan_of_today(now: float, seats: int = SEATS, hours: float = DAY_HOURS, clock: float = CLOCK_NOW) -> Plan:
    """A floor that began `hours` before `now`, and whose clock says `clock` at `now`."""
    local = datetime.fromtimestamp(now, UTC)
    since_midnight = (local - local.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
    return Plan(
        start=now - hours * HOUR,
        hours=hours + 1.0,
        agents=seats,
        queues=queues_for(8),
        zone="UTC",
        calls_per_agent=60.0 if seats >= 200 else 70.0,
        clock_shift_seconds=clock - since_midnight,
    )


@cache
def busy_floor(seats: int = SEATS, clock: float = CLOCK_NOW) -> BusyFloor:
    """A floor in the middle of its work; another `clock` (seconds of the floor's day) finds it elsewhere in its day."""
    now = time.time()
    place = folder() / f"{seats}-{clock:.0f}"
    place.mkdir()
    log, config = place / "queue_log", place / "floorwatch.toml"
    plan = plan_of_today(now, seats, clock=clock)
    written = lines(plan)
    (place / "people.csv").write_text(people_csv(plan), encoding="utf-8")
    count = 0
    rest: bytes = b""
    with log.open("wb") as file:
        for at, text in written:
            if at > now:
                rest = text
                break
            file.write(text)
            count += text.count(b"\n")
    config.write_text(CONFIG.format(day_starts=datetime.fromtimestamp(now - (DAY_HOURS + 2) * HOUR, UTC)))
    to_come = [line for text in (rest, *(text for _at, text in written)) for line in text.splitlines(keepends=True)]
    return BusyFloor(log, config, count, tuple(to_come))


def at_time(line: bytes, now: float) -> bytes:
    """The line as if it were written at `now`."""
    return b"%d%b" % (int(now), line[line.index(b"|") :])


def house_of(config: Path) -> House:
    """The house of a floor's configuration, with the bundled plugins only."""
    return build_house(load_settings(config), only_bundled=True)
