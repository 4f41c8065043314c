"""A timeline folded to its end, with the floor of each day as it was when the day was over: for reports over days.

Rules
- A floor is kept as of 36 hours after its day began: the call feed's witness of the day is whole by then, nights
  included, and not forgotten yet.
- The first day is that of the first line: what was entered before, and documents, which have no time, begin none.
"""

from collections.abc import Iterable, Mapping
from math import inf

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.entering import JOURNAL
from floorwatch.model.clock import FloorDays
from floorwatch.model.floor import Floor
from floorwatch.model.presence import KEPT_SECONDS
from floorwatch.model.snapshot import FloorSnapshot


def ends_between(days: FloorDays, first: float, last: float) -> list[tuple[float, float]]:
    """Of each day from the one that holds `first` on that is over by `last`: its start, and the moment as of which its
    floor is kept."""
    found = []
    day = days.start_of(first)
    while day + KEPT_SECONDS < last:
        found.append((day, day + KEPT_SECONDS))
        day = days.end_of(day)
    return found


class DayEnds:
    """Folds into a floor, and keeps a snapshot of it at the end of each day as time goes by."""

    def __init__(self, floor: Floor, days: FloorDays) -> None:
        self._floor = floor
        self._days = days
        self._kept: dict[float, FloorSnapshot] = {}
        self._day = inf

    def fold(self, timeline: Iterable[Decoded]) -> float | None:
        """Fold everything; the time of the last line, None for a timeline without any. What was entered after it does
        not count: the calls of an old log do not last until somebody takes a note."""
        last = None
        for decoded in timeline:
            self._reach(decoded.received_at)
            fold(self._floor, decoded)
            if decoded.feed != JOURNAL and decoded.received_at > -inf:
                last = decoded.received_at
                if self._day == inf:
                    self._day = self._days.start_of(last)
        return last

    def up_to(self, now: float) -> Mapping[float, FloorSnapshot]:
        """The floors of the days that are over by now, by the start of their day."""
        self._reach(now)
        return self._kept

    def _reach(self, at: float) -> None:
        """What comes next is of this time: keep the days that are over before it."""
        if at <= self._day + KEPT_SECONDS:
            return
        for day, due in ends_between(self._days, self._day, at):
            self._kept[day] = self._floor.snapshot(due)
            self._day = self._days.end_of(day)
