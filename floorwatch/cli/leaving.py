"""Leaving in order when the system says so: after a `kill`, or when the terminal is closed, what tidies up still runs.

Rules
- The signal is raised as a KeyboardInterrupt of its own: what keeps a plugin's `sys.exit()` from ending floorwatch
  lets that through.
- What somebody chose to ignore (`nohup`) stays ignored.
- A line that drops sends SIGCONT behind SIGHUP. Textual answers that by drawing anew, on a loop that has ended: whoever
  leaves goes on from nothing.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NAMES = ("SIGTERM", "SIGHUP")  # the second is unknown to Windows
SHELL_ADDS = 128


class ToldToLeave(KeyboardInterrupt):
    """The system wants the process to end; `status` is the shell's own for this signal (143, 129)."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = SHELL_ADDS + number


@contextmanager
def leaving_in_order() -> Iterator[None]:
    """Within, SIGTERM and SIGHUP raise ToldToLeave in the main thread."""
    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _frame: FrameType | None) -> None:
    if hasattr(signal, "SIGCONT"):
        # Not SIG_IGN: one that is on its way already would be reported as a race on stderr.
        signal.signal(signal.SIGCONT, lambda _number, _frame: None)
    raise ToldToLeave(number)
