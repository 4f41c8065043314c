"""How many came on the same weekday of an earlier week, read from what the feeds left behind: one event for a reading.

Rules
- It is told by the time since the business day began, so that the clock on the wall is the same, whatever daylight
  saving did in between.
- It is compared with one business day alone: another day begins without.
"""

from collections.abc import Iterable, Mapping

from floorwatch.model.event import Event


class WeekdayRead(Event, frozen=True, kw_only=True, tag=True):
    """The day `date` ("2026-11-15") was read, to be compared with the business day that starts at `compared_with`.

    `arrivals` are callers who entered, by queue, in each `step_seconds` of that day from its beginning on.
    """

    date: str
    compared_with: float
    step_seconds: int
    arrivals: Mapping[str, tuple[int, ...]]

    def arrived(self, queues: Iterable[str], start: float, end: float) -> int | None:
        """How many came to these queues at the same time of that day, from `start` up to `end` of today, both on a
        step; None outside that day."""
        first, last = (int((at - self.compared_with) // self.step_seconds) for at in (start, end))
        length = max(map(len, self.arrivals.values()), default=0)
        if not 0 <= first <= last <= length:
            return None
        return sum(sum(self.arrivals.get(queue, ())[first:last]) for queue in queues)
