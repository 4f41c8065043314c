"""Time as an argument: the clock's protocol, a clock that is moved by hand, and the floor's business days.

Rules
- Floor time is epoch seconds UTC. Nothing outside the clocks reads a clock; everyone else is given `now`.
- A business day starts at a set local time; its length is 23, 24 or 25 hours where the zone has daylight saving.
"""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Where floor time comes from."""

    def now(self) -> float:
        """Floor time, epoch seconds UTC."""
        ...


class VirtualClock:
    """A clock that stands still until it is moved; a replay and every test run on it."""

    def __init__(self, at: float) -> None:
        self._at = at

    def now(self) -> float:
        """Floor time, epoch seconds UTC."""
        return self._at

    def move_to(self, at: float) -> None:
        """Set floor time; backwards is allowed (a replay may seek)."""
        self._at = at


class FloorDays:
    """The business days of a floor: a zone and the local time at which a day starts."""

    def __init__(self, zone: tzinfo = UTC, starts: time = time(0, 0)) -> None:
        """Raises ValueError unless the day starts on a quarter hour: no interval may lie in two days."""
        if starts.minute % 15 or starts.second or starts.microsecond:
            raise ValueError(f"a business day starts on a quarter hour (04:00, 04:15, ..), not at {starts:%H:%M:%S}")
        self.zone = zone
        self.starts = starts
        self._start, self._end = 1.0, 0.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FloorDays) and (self.zone, self.starts) == (other.zone, other.starts)

    def __hash__(self) -> int:
        return hash((self.zone, self.starts))

    def start_of(self, at: float) -> float:
        """Start of the business day that holds `at`, epoch seconds UTC. The last answer is kept: most calls hit it."""
        if not self._start <= at < self._end:
            self._start, self._end = self._bounds(at)
        return self._start

    def end_of(self, at: float) -> float:
        """Start of the business day after the one that holds `at`."""
        self.start_of(at)
        return self._end

    def local(self, at: float) -> datetime:
        """`at` on the floor's own wall clock."""
        return datetime.fromtimestamp(at, self.zone)

    def _bounds(self, at: float) -> tuple[float, float]:
        """By instants, not by the hands of a clock: these go over an hour twice, or leave it out, and a day may begin
        in it. Where they leave out a whole day, as on Samoa in 2011, it has no length."""
        date = self.local(at).date()
        near = (date + timedelta(days=days) for days in (-2, -1, 0, 1, 2))
        starts = [datetime.combine(each, self.starts, self.zone).timestamp() for each in near]
        return max(start for start in starts if start <= at), min(start for start in starts if start > at)
