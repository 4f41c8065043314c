"""What is due on the simulated floor, in time order, and what has been said since.

Rules
- Moments are rounded to milliseconds; what is due at the same moment is done in the order it was put down.
- Nothing is taken off: whoever is called finds out whether it still applies.
"""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from typing import Any

from floorwatch.model.events import Event


class Agenda:
    """A heap of acts to come. `now` is the moment being played; acts append to `said` what happens at it."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.said: list[Event] = []
        self._due: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._order = 0

    def at(self, moment: float, act: Callable[..., None], *subjects: Any) -> float:
        """Put down `act(*subjects)` for this moment, or for now if it has passed; the moment it will be played at."""
        moment = round(max(moment, self.now), 3)
        self._order += 1
        heappush(self._due, (moment, self._order, act, subjects))
        return moment

    def after(self, seconds: float, act: Callable[..., None], *subjects: Any) -> float:
        """Put down `act(*subjects)` for so many seconds from now; the moment it will be played at."""
        return self.at(self.now + seconds, act, *subjects)

    def play(self, end: float) -> Iterator[Event]:
        """Everything that is said before `end`, as it happens."""
        due, said = self._due, self.said
        while due and due[0][0] < end:
            self.now, _, act, subjects = heappop(due)
            act(*subjects)
            if said:
                yield from said
                said.clear()
