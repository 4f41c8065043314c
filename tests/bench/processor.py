"""What a session of 1,000 seats costs while nothing, clocks only, or 1,000 lines a second happen; and its keys.

Of the layout "floor", which the targets are for, and of one with every bundled panel on a large terminal.
"""

from statistics import median

from tests.bench.busy_floor import BusyFloor, busy_floor
from tests.bench.measured import Measured, Target, percentile
from tests.bench.switch import Switch
from tests.bench.terminal import Terminal

STILL_SECONDS, BUSY_SECONDS = 15.0, 10.0
LINES_A_SECOND = 1_000
SIZES = {"floor": (160, 45), "every": (240, 90)}
"""By layout: all of its panels are seen at once."""
PRESSES = 100
AFTER_HOURS = 22 * 3600.0
"""When everybody has left: the floor is still."""
PANELS = (("1", "1 [A-Z]"), ("2", "2 [A-Z]"))
"""Keys that move the focus, and the frame title that is painted anew for it."""


def run() -> list[Measured]:
    """Per cent of one processor, and milliseconds a key."""
    return [row for layout, size in SIZES.items() for row in _measured(layout, size)]


def _measured(layout: str, size: tuple[int, int]) -> list[Measured]:
    still = _opened(busy_floor(clock=AFTER_HOURS).lent(f"still-{layout}"), layout, size)
    try:
        closed = percent(still, STILL_SECONDS)
    finally:
        still.close()
    floor = busy_floor().lent(f"processor-{layout}")
    terminal = _opened(floor, layout, size)
    try:
        ticking = percent(terminal, STILL_SECONDS)
        quiet_keys = keys_to_paint(terminal)
        with Switch(floor, LINES_A_SECOND):
            terminal.settle(1.0)
            busy = percent(terminal, BUSY_SECONDS)
            busy_keys = keys_to_paint(terminal)
    finally:
        terminal.close()
    return [
        Measured(f"{layout}: processor, still floor", "%", closed, target=Target(0.3)),
        Measured(f"{layout}: processor, ticking clocks", "%", ticking, target=Target(1.0)),
        Measured(f"{layout}: processor, {LINES_A_SECOND:,} lines/s", "%", busy, target=Target(10.0)),
        Measured(f"{layout}: key -> paint, quiet", "ms", median(quiet_keys), percentile(quiet_keys, 0.99)),
        Measured(
            f"{layout}: key -> paint, {LINES_A_SECOND:,} lines/s",
            "ms",
            median(busy_keys),
            percentile(busy_keys, 0.99),
            Target(50, on="p99"),
        ),
    ]


def _opened(floor: BusyFloor, layout: str, size: tuple[int, int]) -> Terminal:
    terminal = Terminal(floor.watch(layout), size)
    terminal.wait_until_shown(r"total +\d", 60)
    terminal.wait_until_quiet(0.5)
    terminal.settle(3.0)
    return terminal


def percent(terminal: Terminal, seconds: float) -> float:
    """Per cent of one processor that it takes meanwhile."""
    before = terminal.processor_seconds()
    terminal.settle(seconds)
    return (terminal.processor_seconds() - before) / seconds * 100


def keys_to_paint(terminal: Terminal, presses: int = PRESSES, rest: float = 0.03) -> list[float]:
    """Milliseconds from a key that moves the focus to the paint of the panel's title. The rest before each is so many
    seconds, up to twice as many: the uneven step keeps keys from falling in with any beat."""
    found = []
    for number in range(presses):
        key, title = PANELS[number % 2]
        terminal.settle(rest + rest * (number * 0.618 % 1))
        pressed = terminal.press(key)
        found.append((terminal.wait_for(title) - pressed) * 1000)
    return found
