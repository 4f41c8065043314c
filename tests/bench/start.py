"""How soon the screen can be used: from the start of the process to the footer on the terminal.

The peer is a bare Textual app on the same terminal, in turns with ours, so that both meet the same machine.
"""

import sys
from collections.abc import Sequence
from statistics import median

from tests.bench.busy_floor import busy_floor
from tests.bench.measured import FLOORWATCH, Measured, Target
from tests.bench.terminal import Terminal

RUNS = 7
SIZE = (120, 36)


def run() -> list[Measured]:
    """Seconds, medians."""
    floor = busy_floor(seats=60)
    watch = (*FLOORWATCH, "watch", str(floor.log), "--config", str(floor.config))
    bare = (sys.executable, "-m", "tests.bench.bare_app")
    ours, figures, theirs = [], [], []
    for _ in range(RUNS):
        first, later = _seconds(watch, ("leave", r"WAITING +\d"))
        ours.append(first)
        figures.append(later)
        theirs += _seconds(bare, ("Quit",))
    limit = Target(1.3, on="ratio")
    peer = ("bare Textual app", median(theirs))
    return [
        Measured("start to the first screen", "s", median(ours), target=limit, peer=peer),
        Measured(f"start to the first figures, {floor.lines:,} lines", "s", median(figures)),
    ]


def _seconds(command: Sequence[str], words: Sequence[str]) -> list[float]:
    terminal = Terminal(command, SIZE)
    try:
        return [terminal.wait_until_shown(word) - terminal.began for word in words]
    finally:
        terminal.close()
