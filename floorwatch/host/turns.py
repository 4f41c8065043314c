"""Whose turn it is among the plugins' threads: first the screen that somebody waits for, then one after the other.

Rules
- Python runs one thread at a time, so that several at work at once are done no sooner, and the screen waits behind all
  of them. Whoever is not done in `QUICK_SECONDS` goes on beside the next one.
- While somebody waits for the screen nothing is begun: they have pressed a key, and drawing what it leads to would take
  turns with a panel that nobody waits for. What is at work goes on. Nothing waits for them longer than `WAY_SECONDS`.
"""

import threading
from collections.abc import Callable

QUICK_SECONDS = 0.05
"""For so long the other lanes wait for one that is at work: panels of 1,000 seats are built in less than half of it."""

WAY_SECONDS = 0.06
"""For so long a lane that would begin waits for the screen: a key is drawn in half of it."""


class Turns:
    """One lane works at a time, as long as it is quick. `take` and `give` are for the lanes' threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        lock = threading.Lock()
        self._seen, self._done = threading.Condition(lock), threading.Condition(lock)
        self._at_work: object | None = None
        self._way_until = 0.0

    def make_way(self) -> None:
        """Somebody waits for the screen from now on. Any thread; it takes no lock."""
        self._way_until = self._monotonic() + WAY_SECONDS

    def go_on(self) -> None:
        """They wait no longer. Any thread."""
        if self._way_until:
            with self._seen:
                self._way_until = 0.0
                self._seen.notify_all()

    def take(self, who: object) -> None:
        """Wait for the screen, and for the one that is at work, but not for long."""
        with self._seen:
            self._seen.wait_for(self._is_free, WAY_SECONDS)
            self._done.wait_for(lambda: self._at_work is None, QUICK_SECONDS)
            self._at_work = who

    def give(self, who: object) -> None:
        """Let the next one begin; of no consequence for one that was not waited for any longer."""
        with self._done:
            if self._at_work is who:
                self._at_work = None
                self._done.notify()

    def _is_free(self) -> bool:
        return self._monotonic() >= self._way_until
