"""The last hours of a queue or of the floor, looked at once for the charts, the figures and the table of a view."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from floorwatch.api import Interval, Scope, last_intervals, last_staffed


class Hours(Struct, frozen=True):
    """Intervals one after another, the running one last, and how many agents were staffed in each."""

    scope: Scope
    seconds: int
    intervals: Sequence[Interval]
    staffed: Sequence[float | None]

    @staticmethod
    def of(scope: Scope, hours: int, seconds: int) -> "Hours":
        """The last `hours` of these queues by so many seconds, the interval that runs among them. Hours before the
        feeds began are left out: a morning is not a thin line at the edge of an empty chart."""
        hour = 3600 // seconds
        intervals = last_intervals(scope, hours * hour, seconds)
        known = next((len(intervals) - at for at, each in enumerate(intervals) if each.is_known), len(intervals))
        count = ceil(known / hour) * hour
        return Hours(scope, seconds, intervals[-count:], last_staffed(scope, count, seconds))

    @property
    def start(self) -> float:
        """When the first interval began, epoch seconds UTC."""
        return self.intervals[0].start

    def service_level(self, each: Interval) -> float | None:
        """By the definition of the queue; of several, by that of the floor."""
        return each.service_level(self.scope.target.definition)

    def a_week_ago(self, each: Interval) -> int | None:
        """How many came in this interval of the day that there is to compare with."""
        read = self.scope.floor.weekday
        return None if read is None else read.arrived(self.scope.queues, each.start, each.start + each.seconds)


def lost_in(each: Interval) -> int:
    """Who left unanswered, by hanging up or another way."""
    return each.counts.abandoned + each.counts.left
