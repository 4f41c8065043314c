"""A moment gone to by the key of a replay, on a terminal of its own: until its time is painted, and until all is.

The words are typed before; what counts begins with Enter. The floor is painted when the header says the moment: it is
said with the figures of that moment, never before them. Panels come as they are built; the last of them is counted as
painted when nothing has been written for a while.
"""

import random
from datetime import UTC, datetime

from tests.bench.long_recording import LongRecording
from tests.bench.measured import FLOORWATCH, Measured, Target
from tests.bench.terminal import Terminal

SEEKS = 100
SIZE = (120, 36)
QUIET_SECONDS = 0.25


def painted(made: LongRecording, first: float, last: float) -> list[Measured]:
    """Milliseconds from Enter, for moments in the working hours between these two; the keyframes are there."""
    command = (*FLOORWATCH, "--config", str(made.config), "replay", str(made.path), "--rate", "1")
    terminal = Terminal(command, SIZE)
    try:
        terminal.wait_until_shown("REPLAY", 120)
        terminal.press(" ")
        terminal.wait_until_quiet(1.0)
        found = [_gone_to(terminal, at) for at in _moments(first, last)]
    finally:
        terminal.close()
    return [
        Measured.of(
            "Enter -> the moment's header painted", "ms", [header for header, _all in found], Target(30, "p99")
        ),
        Measured.of("Enter -> every panel painted", "ms", [everything for _header, everything in found]),
    ]


def _moments(first: float, last: float) -> list[float]:
    chance, found = random.Random(11), list[float]()
    while len(found) < SEEKS:
        at = float(int(chance.uniform(first, last)))
        if 9 <= datetime.fromtimestamp(at, UTC).hour < 17:
            found.append(at)
    return found


def _gone_to(terminal: Terminal, at: float) -> tuple[float, float]:
    moment = datetime.fromtimestamp(at, UTC)
    terminal.press("t")
    terminal.wait_until_quiet(QUIET_SECONDS)
    terminal.press(f"{moment:%Y-%m-%d %H:%M:%S}")
    terminal.wait_until_quiet(QUIET_SECONDS)
    pressed = terminal.press("\r")
    header = terminal.wait_until_shown(rf"{moment:%H:%M:%S}.*REPLAY", 30)
    last, until = header, header + 5.0
    while terminal.read(QUIET_SECONDS) and last < until:
        last = terminal.last_output_at
    return (header - pressed) * 1000, (last - pressed) * 1000
