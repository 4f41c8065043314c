"""The floor that is measured on: a simulated day of 1,000 seats which ends now, and what happens on it next.

Rules
- A day is 185,000 lines, and all of it lies in the business day of now, whatever time of day the benchmark runs.
- The floor has all that a floor can have: people, a grid, a roster, punches, and a journal with what people entered.
- It is made anew for each run of the benchmarks (it ends now), once, in a folder that goes with the process.
"""

import atexit
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.api import Document
from floorwatch.engine.demo import into_journal
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.house import House, build_house
from floorwatch.journal.opening import open_journal
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Fact
from floorwatch.model.events import DocumentRead, Event
from floorwatch.model.floor import Floor
from floorwatch.model.grid import Grid
from floorwatch.settings import load_settings
from floorwatch.simulate.duty import roster_csv
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.output import LiveEntries, LivePunches, lines
from floorwatch.simulate.plan import HOUR, Plan, queues_for
from floorwatch.simulate.staff import grid, people_csv
from floorwatch_attendance.zkteco import AttendanceLog
from floorwatch_rosters.tidy import RosterTable
from tests.bench.measured import FLOORWATCH

SEATS = 1_000
DAY_HOURS = 9.0
CLOCK_NOW = 17 * HOUR
"""What the floor's clock says now: all shifts but the early one are at work."""

CONFIG = '''\
[floor]
name = "Bench"
zone = "UTC"
day_starts = "{day_starts:%H}:00"

grid = """
{grid}
"""

[people]
file = "people.csv"

[feeds.queue_log]
path = "queue_log"

[feeds.roster]
path = "roster.csv"

[feeds.terminals]
path = "attlog.dat"

[journal]
url = "journal.db"

[layouts.every]
rows = {every}
'''

EVERY = (
    ("*3", "queue-status", "needs-you", "callers"),
    ("*4", "seats", "teams", "agents"),
    ("*3", "rosters", "attendance", "seat-support"),
    ("*3", "queue-hours", "coverage", "timeline"),
    ("*3", "walk", "help", "notes"),
    ("*2", "requests", "care", "wall"),
)
"""The layout "every" of this floor: every panel that comes with floorwatch."""


class BusyFloor(Struct, frozen=True):
    """A folder with a log that ends now, its configuration, and the lines (whole, with line ends) that would follow."""

    log: Path
    config: Path
    lines: int
    to_come: tuple[bytes, ...]

    def watch(self, layout: str = "floor") -> tuple[str, ...]:
        """The command that watches it: its feeds, its journal, in this layout."""
        return (*FLOORWATCH, "watch", "--config", str(self.config), "--layout", layout)

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
    _write_papers(plan, place, now)
    count = 0
    rest: bytes = b""
    with log.open("wb") as file:
        for at, text in written:
            if at > now:
                rest = text
                break
            file.write(text)
            count += text.count(b"\n")
    day_starts = datetime.fromtimestamp(now - (DAY_HOURS + 2) * HOUR, UTC)
    every = json.dumps(EVERY)
    config.write_text(CONFIG.format(day_starts=day_starts, grid=_as_text(grid(plan)), every=every), encoding="utf-8")
    to_come = [line for text in (rest, *(text for _at, text in written)) for line in text.splitlines(keepends=True)]
    return BusyFloor(log, config, count, tuple(to_come))


def _write_papers(plan: Plan, place: Path, now: float) -> None:
    """What stands beside the log: people, roster, punches, and what people entered."""
    (place / "people.csv").write_text(people_csv(plan), encoding="utf-8")
    (place / "roster.csv").write_text(roster_csv(plan), encoding="utf-8")
    (place / "attlog.dat").write_bytes(b"".join(LivePunches(plan).due(now)))
    journal = open_journal(str(place / "journal.db"))
    into_journal(journal)(LiveEntries(plan).due(now))
    journal.close()


def _as_text(seats: Grid) -> str:
    """The grid as the settings write it: an aisle is an empty line."""
    return "\n".join(" ".join(row) for row in seats.rows)


def at_time(line: bytes, now: float) -> bytes:
    """The line as if it were written at `now`."""
    return b"%d%b" % (int(now), line[line.index(b"|") :])


def house_of(config: Path) -> House:
    """The house of a floor's configuration, with the bundled plugins only."""
    return build_house(load_settings(config), only_bundled=True)


def folded_floor() -> tuple[House, Floor, Iterator[Event]]:
    """The busy floor folded up to now, as a feed would tell it that tells everything, and what happens next."""
    now = time.time()
    house, plan = house_of(busy_floor().config), plan_of_today(now)
    floor = house.floor(frozenset(Fact))
    to_come = simulate(plan)
    for event in takewhile(lambda event: event.at <= now, to_come):
        floor.apply(event, "switch")
    for entry in LiveEntries(plan).due(now):
        floor.apply(entry, JOURNAL)
    for said, feed in papers(plan, now, house.rules.days):
        floor.apply(said, feed)
    return house, floor, to_come


def papers(plan: Plan, now: float, days: FloorDays) -> Sequence[tuple[DocumentRead, str]]:
    """What the roster and the terminals of the plan's day say, each with its feed."""
    roster_text, punched = roster_csv(plan).encode(), b"".join(LivePunches(plan).due(now))
    table, log = RosterTable(), AttendanceLog()
    return [
        (table.read(Document("roster.csv", roster_text, now, now, days), table.options_type()), "roster"),
        (log.read(Document("attlog.dat", punched, now, now, days), log.options_type()), "terminals"),
    ]
