"""The one place where real time is read."""

import time


class SystemClock:
    """Floor time by the machine's clock, epoch seconds UTC."""

    def now(self) -> float:
        """Floor time now."""
        return time.time()


def monotonic() -> float:
    """The host's patience in seconds: for waits, back-off and durations, never for floor times."""
    return time.monotonic()
