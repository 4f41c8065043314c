"""A process that is told to leave while it drops something whose finalizer, or weak reference, calls back."""

import os
import signal
import sys
import weakref

from floorwatch.cli.leaving import ToldToLeave, leaving_in_order


class Dropped:
    """Told to leave as it goes, where asked to."""

    def __init__(self, number: int = 0) -> None:
        self._number = number

    def __del__(self) -> None:
        if self._number:
            os.kill(os.getpid(), self._number)


def main(way: str, number: int) -> int:
    """Whether what was raised is lost, and then raised again: the exit status of who leaves."""
    sys.unraisablehook = lambda lost: sys.stdout.write(f"lost: {lost.exc_type.__name__}\n")
    try:
        with leaving_in_order():
            dropped = Dropped(number if way == "finalizer" else 0)
            watched = weakref.ref(dropped, lambda _ref: os.kill(os.getpid(), number) if way == "callback" else None)
            del dropped
            while watched() is None:
                signal.pause()
    except ToldToLeave as told:
        return told.status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
