"""The screen of a busy floor of 1,000 with a roster and punches: with the duty panels on it, and without them."""

import time
from statistics import median

from floorwatch.simulate.duty import punches, roster_csv
from tests.bench.busy_floor import BusyFloor, busy_floor, plan_of_today
from tests.bench.measured import FLOORWATCH, Measured, Target, percentile
from tests.bench.processor import keys_to_paint, percent
from tests.bench.switch import Switch
from tests.bench.terminal import Terminal

BUSY_SECONDS = 15.0
LINES_A_SECOND = 100
SIZE = (160, 60)
WITHOUT = '[screen]\nlayout = [["queue-status"], ["needs-you"]]\n'
WITH = '[screen]\nlayout = [["queue-status"], ["needs-you"], ["rosters", "attendance"]]\n'


def run() -> list[Measured]:
    """Per cent of one processor, and milliseconds from a key to its paint."""
    return [row for name, layout in (("without", WITHOUT), ("with both", WITH)) for row in _measured(name, layout)]


def _measured(name: str, layout: str) -> list[Measured]:
    floor = busy_floor().lent(f"duty-{name.partition(' ')[0]}")
    papers = _papers(floor)
    floor.config.write_text(floor.config.read_text(encoding="utf-8") + layout, encoding="utf-8")
    command = (*FLOORWATCH, "watch", str(floor.log), *papers, "--config", str(floor.config))
    terminal = Terminal(command, SIZE)
    try:
        terminal.wait_for(r"1 [A-Z]", 60)
        terminal.wait_until_quiet(0.5)
        terminal.settle(5.0)
        with Switch(floor, LINES_A_SECOND):
            terminal.settle(1.0)
            busy = percent(terminal, BUSY_SECONDS)
            keys = keys_to_paint(terminal)
    finally:
        terminal.close()
    what = f"{LINES_A_SECOND} lines/s, {name}"
    return [
        Measured(f"processor, {what}", "%", busy),
        Measured(f"key -> paint, {what}", "ms", median(keys), percentile(keys, 0.99), Target(50, on="p99")),
    ]


def _papers(floor: BusyFloor) -> tuple[str, str]:
    """The roster and the punches of the floor's day, beside its log."""
    now = time.time()
    plan = plan_of_today(now)
    roster, punched = floor.log.with_name("roster.csv"), floor.log.with_name("attlog.dat")
    roster.write_text(roster_csv(plan), encoding="utf-8")
    punched.write_bytes(b"".join(line for at, line in punches(plan) if at <= now))
    return str(roster), str(punched)
