"""The one bounded queue between the threads that read feeds and the loop that folds them.

Rules
- A thread that is too far ahead waits in `put`; the loop never waits in `take`.
- What is handed over is in receipt order within one thread, and the loop folds it in the order of arrival.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence

from msgspec import Struct

from floorwatch.engine.decoding import Decoded

BATCHES_AHEAD = 2


class Batch(Struct, frozen=True):
    """Decoded lines of one source in order. Every line of that source up to `complete_to` (floor time) has now been
    handed over. `opening` is true for what was there before the watch began."""

    source: str
    items: Sequence[Decoded]
    complete_to: float
    opening: bool = False


class HandOver:
    """Batches on their way to the loop, at most `BATCHES_AHEAD` of them."""

    def __init__(self) -> None:
        self._room = threading.Semaphore(BATCHES_AHEAD)
        self._batches: deque[Batch] = deque()
        self._notify: Callable[[], None] = lambda: None

    def notify(self, callback: Callable[[], None]) -> None:
        """Call this, in the thread that puts, whenever there is something to take."""
        self._notify = callback

    def put(self, batch: Batch) -> None:
        """Hand a batch over; waits while there are too many."""
        self._room.acquire()
        self._batches.append(batch)
        self._notify()

    def take(self) -> Batch | None:
        """The next batch, or None."""
        try:
            batch = self._batches.popleft()
        except IndexError:
            return None
        self._room.release()
        return batch
