"""What a floor promises its callers, per queue: settings fill it, the fold and the metrics read it."""

from collections.abc import Mapping

from msgspec import Struct

from floorwatch.model.clock import FloorDays
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.grid import NO_GRID, Grid

STALE_AFTER_SECONDS = 4 * 3600.0
"""A call with no end for longer than this is shown as stale and left out of the longest wait (METRICS.md, ours)."""


class Target(Struct, frozen=True):
    """One queue's promise: answer `share` of calls within `seconds`; abandons below `short_seconds` do not count.

    `definition` is an id of METRICS.md's service-level table; `longest_wait_seconds` and `answer_rate` are limits.
    """

    seconds: float = 20.0
    short_seconds: float = 5.0
    share: float = 0.8
    definition: str = "short-out"
    longest_wait_seconds: float = 60.0
    answer_rate: float = 0.9


class FeedRules(Struct, frozen=True):
    """When a feed should bring lines, as somebody said: `silent_seconds` without one is too long (None: by the pace of
    the calls), within `hours` of a working day, in minutes from local midnight; they may end on the next day, and None
    is: not said."""

    silent_seconds: float | None = None
    hours: tuple[int, int] | None = None


class FloorRules(Struct, frozen=True):
    """Everything the fold and the metrics need to know beside the events. `show_numbers`: whether people may see the
    numbers of callers. `feeds` are the feeds of which something was said, by name."""

    days: FloorDays
    default: Target = Target()
    targets: Mapping[str, Target] = {}
    stale_after_seconds: float = STALE_AFTER_SECONDS
    grid: Grid = NO_GRID
    duty: DutyRules = DutyRules()
    show_numbers: bool = False
    feeds: Mapping[str, FeedRules] = {}

    def target(self, queue: str) -> Target:
        """The promise of this queue, the floor's own where it has none."""
        return self.targets.get(queue, self.default)
