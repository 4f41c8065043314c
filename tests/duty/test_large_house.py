"""A house of a thousand seats: the screen comes up with the panels of duty, and memory stays within bounds."""

import sys
from pathlib import Path

import pytest

from floorwatch.simulate.duty import punches, roster_csv
from floorwatch.simulate.output import write
from floorwatch.simulate.plan import Plan, queues_for
from floorwatch.simulate.staff import people_csv
from tests.app.terminals import terminal
from tests.engine.small_floor import house_past_noon

SEATS = 1_000
MOST_MEGABYTES = 200
CONFIG = """
[floor]
zone = "{zone}"
[people]
file = "people.csv"
[journal]
url = "floor.journal"
[screen]
layout = [["rosters", "attendance"], ["coverage", "timeline"]]
[feeds.queue_log]
path = "queue_log"
format = "asterisk-queue-log"
[feeds.roster]
path = "roster.csv"
format = "roster-table"
[feeds.terminals]
path = "attlog.dat"
format = "zkteco-attlog"
"""


def memory_of(process: int) -> float:
    """The most memory that a process has had so far, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(float(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the memory of another process")
def test_a_thousand_seats_are_shown_and_memory_is_bounded(tmp_path: Path) -> None:
    house, began = house_past_noon()
    zone = house.settings.floor.zone or "UTC"
    plan = Plan(began, 0.9, SEATS, queues_for(4), seed=3, zone=zone)
    write(plan, tmp_path / "queue_log")
    (tmp_path / "roster.csv").write_text(roster_csv(plan), encoding="utf-8")
    (tmp_path / "attlog.dat").write_bytes(b"".join(line for _at, line in punches(plan)))
    (tmp_path / "people.csv").write_text(people_csv(plan), encoding="utf-8")
    config = tmp_path / "floorwatch.toml"
    config.write_text(CONFIG.format(zone=zone), encoding="utf-8")

    command = (sys.executable, "-m", "floorwatch", "--config", str(config), "watch")
    with terminal(*command, size=(200, 60), cold=True) as screen:  # what a warm one shares counts as its memory
        mark = screen.until_shown("open until")  # the duty roster names who is missing: everything is read
        screen.type("3\x1b[B4\x1b[B2\x1b[B\r")
        screen.until("esc", mark)
        assert memory_of(screen.process.pid) < MOST_MEGABYTES
