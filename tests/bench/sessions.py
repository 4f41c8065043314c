"""One host for a whole floor: 50 people watch the same feeds of 1,000 seats at 20 lines a second, in "floor".

htop on a terminal of the same size, where it is installed, says what a terminal program writes that everyone accepts.
"""

import os
import shutil

from tests.bench.busy_floor import BusyFloor, busy_floor
from tests.bench.measured import Measured, Target
from tests.bench.switch import Switch
from tests.bench.terminal import Terminal, settle

SESSIONS = 50
LINES_A_SECOND = 20
SECONDS = 15.0
SIZE = (120, 36)
AT_ONCE = 4
"""Sessions that start together: more only wait for each other."""


def run() -> list[Measured]:
    """Processor of all together, memory of each, bytes to each terminal."""
    floor = busy_floor().lent("sessions")
    terminals: list[Terminal] = []
    try:
        while len(terminals) < SESSIONS:
            _open_some(floor, terminals)
        with Switch(floor, LINES_A_SECOND):
            settle(terminals, 3.0)
            before = sum(each.processor_seconds() for each in terminals)
            written = sum(each.bytes_written for each in terminals)
            settle(terminals, SECONDS)
            together = sum(each.processor_seconds() for each in terminals) - before
            written = sum(each.bytes_written for each in terminals) - written
        private = max(each.private_mib() for each in terminals)
        shared = max(each.proportional_mib() for each in terminals)
    finally:
        for each in terminals:
            each.close()
    a_second = written / SECONDS / SESSIONS / 1024
    htop = _htop()
    at_most = Target(1.0, on="ratio") if htop is not None else None
    said = ("htop", htop) if htop is not None else None
    cores = os.cpu_count() or 1
    return [
        Measured(f"{SESSIONS} sessions, all {cores} cores", "%", together / SECONDS / cores * 100, target=Target(50)),
        Measured("  private memory of each, at most", "MiB", private, target=Target(60)),
        Measured("  memory of each with its share, at most", "MiB", shared),
        Measured("  bytes written to each terminal", "KiB/s", a_second, target=at_most, peer=said),
    ]


def _open_some(floor: BusyFloor, terminals: list[Terminal]) -> None:
    fresh = [Terminal(floor.watch(), SIZE) for _ in range(min(AT_ONCE, SESSIONS - len(terminals)))]
    terminals += fresh
    for each in fresh:
        while not each.shows(r"total +\d"):
            settle(terminals, 0.2)


def _htop() -> float | None:
    """KiB a second that htop writes; None where it is not installed."""
    if shutil.which("htop") is None:
        return None
    terminal = Terminal(("htop",), SIZE)
    try:
        terminal.settle(3.0)
        before = terminal.bytes_written
        terminal.settle(SECONDS)
        return (terminal.bytes_written - before) / SECONDS / 1024
    finally:
        terminal.close()
