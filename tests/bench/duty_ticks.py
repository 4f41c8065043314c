"""The screen of a busy floor of 1,000 with a roster and punches: with the duty panels on it, and without them."""

from statistics import median

from tests.bench.busy_floor import busy_floor
from tests.bench.measured import Measured, Target, percentile
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
    floor.config.write_text(floor.config.read_text(encoding="utf-8") + layout, encoding="utf-8")
    terminal = Terminal(floor.watch("usual"), SIZE)
    try:
        terminal.wait_until_shown(r"1 [A-Z]", 60)
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
