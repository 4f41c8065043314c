"""When a live floor lets go what nobody looks back to (`model.forgetting`): after each day edge, and in a flood.

Rules
- Not at the edge itself: a clock that is set wrongly for a while must not cost the day that it comes back to. The new
  day has to have lasted `DAY_SETTLED_SECONDS`, by a clock that nobody sets.
- It takes some hundredths of a second, once a day.
"""

from collections.abc import Callable
from math import inf

from floorwatch.engine.system_clock import DAY_SETTLED_SECONDS, monotonic
from floorwatch.model.clock import FloorDays
from floorwatch.model.floor import Floor


class Night:
    """Looks after one floor, whenever it is asked to."""

    def __init__(self, days: FloorDays, patience: Callable[[], float] = monotonic) -> None:
        self._days = days
        self._patience = patience
        self._day: float | None = None
        self._since = 0.0
        self._is_due = False

    def look(self, floor: Floor, now: float) -> None:
        """It is `now` on the floor; -inf: nothing was folded yet."""
        if now == -inf:
            return
        day = self._days.start_of(now)
        if day != self._day:
            self._is_due = self._day is not None
            self._day, self._since = day, self._patience()
        if self._is_due and self._patience() - self._since >= DAY_SETTLED_SECONDS:
            self._is_due = False
            floor.forget(now)
        elif floor.holds_too_much:
            floor.make_room()
