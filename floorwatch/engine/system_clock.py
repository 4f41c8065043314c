"""The one place where real time is read."""

import time
from pathlib import Path


class SystemClock:
    """Floor time by the machine's clock, epoch seconds UTC."""

    def now(self) -> float:
        """Floor time now."""
        return time.time()


def monotonic() -> float:
    """The host's patience in seconds: for waits, back-off and durations, never for floor times."""
    return time.monotonic()


def waited_for_processor() -> float:
    """For how many seconds in all this thread could have gone on, and others had the processors: what is taken from
    a duration so that a busy machine is nobody's fault. 0 where the system does not say (Linux does)."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_bytes().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
