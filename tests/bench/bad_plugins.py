"""Twenty bad plugins on a floor of 300 seats: keys, and leaving, beside the same floor without them.

On a machine that is busy with other things a key waits for a processor too: what the screen's own thread waited for one
is told apart (Linux says it).
The one that spins in pure Python is loaded apart: it takes turns with the screen at every step until it is stopped, and
again after each rest.
"""

import os
import shutil
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from tests.bench.busy_floor import BusyFloor, busy_floor
from tests.bench.measured import Measured, Target, percentile
from tests.bench.processor import PANELS, PRESSES
from tests.bench.switch import Switch
from tests.bench.terminal import Terminal

SEATS = 300
SIZE = (180, 60)
LINES_A_SECOND = 100
PLUGINS = Path(__file__).parents[1] / "bad_plugins" / "plugins"
SPINNER = "bad_07_spins.py"
PATIENCE_SECONDS = 20.0
LEAVING_SECONDS = 1.0
FIRST_SECONDS = 8.0
"""After the first screen: what hangs has been given up by then, once."""


def run() -> list[Measured]:
    """Milliseconds a key and to leave, and how many of the twenty are named."""
    return [
        *_measured("without plugins", None),
        *_measured("19 bad plugins", SPINNER),
        *_measured("20, with the spinner", ""),
    ]


def _measured(what: str, left_out: str | None) -> list[Measured]:
    floor = busy_floor(SEATS).lent(f"bad-{len(what)}")
    expected = [] if left_out is None else _bring(floor, left_out)
    terminal = Terminal(floor.watch(), SIZE)
    try:
        terminal.wait_until_shown(r"total +\d", 60)
        terminal.settle(FIRST_SECONDS)
        with Switch(floor, LINES_A_SECOND):
            keys, of_us = _keys(terminal)
        named = _named(terminal, expected)
        left = _milliseconds_to_leave(terminal)
    finally:
        terminal.close()
    rows = [
        Measured(f"{what}: key -> paint", "ms", median(keys), percentile(keys, 0.99)),
        Measured(f"{what}: without waits", "ms", median(of_us), percentile(of_us, 0.99), Target(50, on="p99")),
        Measured(f"{what}: q -> process gone", "ms", left, target=Target(LEAVING_SECONDS * 1000)),
    ]
    if expected:
        rows.append(Measured(f"{what}: named", "plugins", named, target=Target(len(expected), at_least=True)))
    return rows


def _keys(terminal: Terminal) -> tuple[list[float], list[float]]:
    """Milliseconds from a key to the paint of the panel that it goes to: as a person sees it, and without what the
    screen's thread waited for a processor."""
    seen, of_us = [], []
    for number in range(PRESSES):
        key, title = PANELS[number % 2]
        terminal.settle(0.03 + 0.04 * (number * 0.618 % 1))
        before = _waited_ms(terminal.pid)
        pressed = terminal.press(key)
        took = (terminal.wait_for(title) - pressed) * 1000
        seen.append(took)
        of_us.append(max(0.0, took - (_waited_ms(terminal.pid) - before)))
    return seen, of_us


def _waited_ms(pid: int) -> float:
    """For how long the first thread could have gone on, and others had the processors, milliseconds in all."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[1]) / 1e6


def _bring(floor: BusyFloor, left_out: str) -> list[str]:
    """Put the bad plugins beside the floor's configuration; their names."""
    folder = floor.config.parent / "plugins"
    shutil.copytree(PLUGINS, folder, ignore=shutil.ignore_patterns("__pycache__", left_out))
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)
    return [each.stem.replace("_", "-") for each in sorted(folder.iterdir())]


def _named(terminal: Terminal, expected: list[str]) -> int:
    """How many are on the plugin page with something said of them."""
    terminal.press("p")
    terminal.wait_until_quiet(1.0)
    return sum(terminal.shows(rf"{name} .*(\*|!) +\S") for name in expected)


def _milliseconds_to_leave(terminal: Terminal) -> float:
    """From `q` until the process has ended; a row of its own if it never does."""
    terminal.press("\x1b")
    terminal.settle(0.5)
    began = terminal.press("q")
    while perf_counter() - began < PATIENCE_SECONDS:
        terminal.read(0.005)
        if _has_ended(terminal.pid):
            return (perf_counter() - began) * 1000
        sleep(0.001)
    return PATIENCE_SECONDS * 1000


def _has_ended(pid: int) -> bool:
    """Whether it is gone but for its exit status, which `close` takes."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
