"""How long nobody has touched the terminal: after so many seconds something is done, once.

Rules
- The host's patience is measured, never floor time: a replay locks as fast as a live floor.
- A touch costs a reading of the loop's time. There is one timer at most, and none once it has fallen.
"""

import asyncio
from collections.abc import Callable


class Idle:
    """Calls `then` when `seconds` have passed since it was last `touched`; the next touch begins anew."""

    def __init__(self, seconds: float, then: Callable[[], None]) -> None:
        self._seconds = seconds
        self._then = then
        self._touched_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether a timer runs."""
        return self._timer is not None

    def touched(self) -> None:
        """Somebody is there."""
        self._touched_at = asyncio.get_running_loop().time()
        if self._timer is None:
            self._wait()

    def stop(self) -> None:
        """Do nothing, however long nobody comes."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_at(self._touched_at + self._seconds, self._fall)

    def _fall(self) -> None:
        self._timer = None
        if asyncio.get_running_loop().time() < self._touched_at + self._seconds:
            self._wait()
        else:
            self._then()
