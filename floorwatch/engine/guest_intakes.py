"""The intakes of guests' feeds, looked after: one that is in a call which does not come back is given up.

Its thread decodes what comes, or reads documents from the beginning: nobody waits for it, and so nobody would say why
its feed stands still.
"""

from collections.abc import Mapping, Sequence
from math import inf

from floorwatch.engine.intake import Intake
from floorwatch.engine.opening import OpenFeed
from floorwatch.feeds.shapes import FeedLine
from floorwatch.host.apart import LOOK_SECONDS
from floorwatch.host.call_watch import CallWatch


class GuestIntakes:
    """Those of the feeds that are a guest's. Used from the event loop's thread only."""

    def __init__(self, feeds: Sequence[OpenFeed], intakes: Mapping[str, Intake[FeedLine]]) -> None:
        self._watched = {
            feed.name: (intakes[feed.name], CallWatch(intakes[feed.name].thread, feed.patience_seconds))
            for feed in feeds
            if feed.is_guest
        }
        self._looked_at = -inf

    def look(self, now: float) -> None:
        """Look after them, by a monotonic clock: to be called once a second at least, and at any time."""
        passed = now - self._looked_at
        if not self._watched or passed < LOOK_SECONDS:
            return
        self._looked_at = now
        for name, (intake, watch) in list(self._watched.items()):
            if why := watch.look(passed):
                del self._watched[name]
                intake.give_up(why)
