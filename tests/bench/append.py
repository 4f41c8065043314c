"""How soon a line in the file is a changed cell on the terminal, of a floor of 1,000 seats in the layout "floor".

Each line puts one more caller into a queue that nothing else touches, and its row must show the new number.
"""

from time import perf_counter, time

from tests.bench.busy_floor import BusyFloor, busy_floor
from tests.bench.measured import Measured, Target
from tests.bench.switch import Switch, append
from tests.bench.terminal import Terminal

APPENDS = 200
PAUSE_SECONDS = (0.040, 0.093)
"""Between two lines; the uneven step keeps them from falling in with any beat."""
LINES_A_SECOND = 1_000
QUEUE = "0bench"


def run() -> list[Measured]:
    """Milliseconds, on a quiet floor and on one with 1,000 lines a second."""
    floor = busy_floor().lent("append")
    terminal = Terminal(floor.watch())
    try:
        terminal.wait_until_shown(r"total +\d", 60)
        terminal.wait_until_quiet(0.5)
        terminal.settle(2.0)
        quiet = _latencies(floor, terminal, 1)
        with Switch(floor, LINES_A_SECOND):
            terminal.settle(1.0)
            busy = _latencies(floor, terminal, 1 + APPENDS)
    finally:
        terminal.close()
    return [
        Measured.of("append -> changed cell, quiet", "ms", quiet, Target(20, on="p99")),
        Measured.of(f"append -> changed cell, {LINES_A_SECOND:,} lines/s", "ms", busy, Target(60, on="p99")),
    ]


def _latencies(floor: BusyFloor, terminal: Terminal, first: int) -> list[float]:
    found = []
    for number in range(first, first + APPENDS):
        least, most = PAUSE_SECONDS
        terminal.settle(least + (most - least) * (number * 0.618 % 1))
        now = time()
        began = perf_counter()
        append(floor.log, b"%d|%d.%d|%b|NONE|ENTERQUEUE||5550100|%d\n" % (now, now, number, QUEUE.encode(), number))
        found.append((terminal.wait_until_shown(rf"{QUEUE} +{number}\b") - began) * 1000)
    return found
