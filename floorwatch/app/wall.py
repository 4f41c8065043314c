"""A dashboard on a wall: quiet until somebody presses a key, awake while somebody does, and in turn with other walls.

Rules
- Quiet, there is no cursor, no footer, no word that pops up, and nobody's name in the header.
- The key that wakes it does nothing else, unless it is one that is meant for any moment (`ANY_MOMENT`).
- The host's patience is measured, never floor time. There is one timer at most.
"""

import asyncio
from collections.abc import Callable

AWAKE_SECONDS = 30.0
ANY_MOMENT = frozenset({"l", "ctrl+l", "q", "ctrl+q", "f10", "ctrl+c"})
"""Keys that mean on a quiet wall what they mean elsewhere: another layout, leaving."""


class Wall:
    """Tells when it becomes quiet, and when its time is over. It is quiet at first."""

    def __init__(self, turn_seconds: float, quieted: Callable[[], None], over: Callable[[], None]) -> None:
        """`turn_seconds` is how long it is shown while quiet; 0: for ever."""
        self.is_quiet = True
        self._turn_seconds = turn_seconds
        self._quieted = quieted
        self._over = over
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """It is shown, quiet, from now on; again after `over`, for as long."""
        self.stop()
        if self._turn_seconds:
            self._timer = asyncio.get_running_loop().call_later(self._turn_seconds, self._over)

    def stop(self) -> None:
        """It is shown no longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def touched(self) -> bool:
        """Somebody is there. Whether it was quiet until now."""
        was_quiet, self.is_quiet = self.is_quiet, False
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(AWAKE_SECONDS, self._fall_quiet)
        return was_quiet

    def _fall_quiet(self) -> None:
        self._timer = None
        self.is_quiet = True
        self._quieted()
        self.begin()
