"""The one place where real time is read, and how far the machine's clock is believed."""

import time
from pathlib import Path

MOST_BACK_SECONDS = 5.0
"""A clock that is set back by no more stands still, on the floor and in its recording, until it comes there again: time
servers correct by so much, and nobody sees it."""

DAY_SETTLED_SECONDS = 1_800.0
"""How long a day has lasted, by a clock that nobody sets, before what lies too far back of it goes: a machine that
wakes up in another year must not cost the days that it comes back to."""


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
    return _schedstat("/proc/thread-self/schedstat", 1) or 0.0


def worked(thread: int) -> float | None:
    """For how many seconds in all a thread of this process, by its `native_id`, had a processor. None where the system
    does not say, or the thread has ended."""
    return _schedstat(f"/proc/self/task/{thread}/schedstat", 0)


def _schedstat(path: str, place: int) -> float | None:
    try:
        return int(Path(path).read_bytes().split()[place]) / 1e9
    except (OSError, ValueError, IndexError):
        return None
