"""Leaving in order when the system says so: after a `kill`, or when the terminal is closed, what tidies up still runs.

Rules
- The signal is raised as a KeyboardInterrupt of its own: what keeps a plugin's `sys.exit()` from ending floorwatch
  lets that through.
- What a finalizer or the callback of a weak reference raises is lost, and a signal may come within one: when what was
  raised is gone and floorwatch is not, it is raised again after AGAIN_SECONDS. Where there are no timers (Windows) it
  is not.
- What somebody chose to ignore (`nohup`) stays ignored.
- A line that drops sends SIGCONT behind SIGHUP. Textual answers that by drawing anew, on a loop that has ended: whoever
  leaves goes on from nothing.
"""

import signal
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NAMES = ("SIGTERM", "SIGHUP")  # the second is unknown to Windows
SHELL_ADDS = 128
AGAIN_SECONDS = 1.0


class ToldToLeave(KeyboardInterrupt):
    """The system wants the process to end; `status` is the shell's own for this signal (143, 129)."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = SHELL_ADDS + number


@contextmanager
def leaving_in_order() -> Iterator[None]:
    """Within, SIGTERM and SIGHUP raise ToldToLeave in the main thread."""
    leaving = _Leaving()
    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, leaving.tell)
    try:
        yield
    finally:
        leaving.done()
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


class _Leaving:
    """Raises what tells the main thread to leave, until that gets through."""

    def __init__(self) -> None:
        self._told: weakref.ref[ToldToLeave] | None = None
        self._is_done = False

    def tell(self, number: int, _frame: FrameType | None) -> None:
        """The handler of a signal: raise ToldToLeave."""
        if hasattr(signal, "SIGCONT"):
            # Not SIG_IGN: one that is on its way already would be reported as a race on stderr.
            signal.signal(signal.SIGCONT, lambda _number, _frame: None)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, lambda _number, frame: self.tell(number, frame))
        raise self._watched(number)

    def done(self) -> None:
        """Nobody needs to be told any more."""
        self._is_done = True
        if self._told is not None and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def _watched(self, number: int) -> ToldToLeave:
        # In a function of its own: no frame of its traceback may hold it, or it would outlive its loss.
        told = ToldToLeave(number)
        self._told = weakref.ref(told, self._is_lost)
        return told

    def _is_lost(self, _told: "weakref.ref[ToldToLeave]") -> None:
        if not self._is_done and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, AGAIN_SECONDS)
