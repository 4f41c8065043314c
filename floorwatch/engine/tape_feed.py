"""The entries of a tape on their way to the station: given a few at a time, as they are due.

Rules
- Nothing is read before it is needed, and always on the loop: an index gives a thousand entries in a few milliseconds,
  and a thread of its own would only wait for the interpreter with the loop.
- What fails while reading ends the feed there, with its reason in `problem`: nothing more is known then.
"""

from collections import deque
from collections.abc import Callable, Iterator
from math import inf, nextafter

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.handover import Batch
from floorwatch.feeds.shapes import FeedError

NAME = "replay"
TOGETHER = 32
"""Entries given at a time: as many as the station folds between two looks at its watch."""


class TapeFeed:
    """What follows on an opened tape: in order, each entry once it is due."""

    def __init__(self, entries: Iterator[Decoded], due: Callable[[], float], known_to: float = inf) -> None:
        """`due` gives the floor time up to which entries are wanted; the tape is known up to `known_to`."""
        self.known_to = known_to
        self.problem = ""
        self._entries = entries
        self._due = due
        self._ahead: deque[Decoded] = deque()
        self._is_over = False
        self._read_to = -inf

    def notify(self, callback: Callable[[], None]) -> None:
        """Nothing comes by itself: whoever moves the time wakes the station."""

    def take(self) -> Batch | None:
        """The next few entries that are due, or None."""
        due = self._due()
        items: list[Decoded] = []
        while len(items) < TOGETHER and self._has_next() and self._ahead[0].received_at <= due:
            items.append(self._ahead.popleft())
        return Batch(NAME, items, items[-1].received_at) if items else None

    def complete_to(self) -> float:
        """Floor time up to which everything has been given."""
        return nextafter(self._ahead[0].received_at, -inf) if self._has_next() else self.known_to

    def leads_to(self, at: float, most: int) -> bool:
        """Whether this moment is reached by at most so many entries from here; they are read."""
        while len(self._ahead) < most and self._read():
            if self._ahead[-1].received_at > at:
                break
        return self._is_over or self._ahead[-1].received_at > at

    @property
    def is_over(self) -> bool:
        """Whether all that the tape had when it was opened has been given."""
        return not self._has_next()

    def _has_next(self) -> bool:
        return bool(self._ahead) or self._read()

    def _read(self) -> bool:
        if self._is_over:
            return False
        try:
            self._ahead.append(next(self._entries))
            self._read_to = self._ahead[-1].received_at
        except StopIteration:
            self._is_over = True
        except FeedError as error:
            self._is_over, self.problem = True, str(error)
            self.known_to = nextafter(self._read_to, -inf)
        return not self._is_over
