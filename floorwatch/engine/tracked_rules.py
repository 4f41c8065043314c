"""Alerts of a replay whose tape knows them: taken from its track, and not asked for.

Rules
- Where somebody entered something, the track does not hold any more: from there on the rules are asked, beginning with
  what the track held just before.
- Where the track has not come to an instant yet, or cannot be read, the floor stands without alerts, says so,
  and gets them once they are known.
"""

from collections.abc import Callable
from math import inf, nextafter

from floorwatch.engine.alerting import LogEntry
from floorwatch.engine.keyframes.shapes import Alerts, Tape
from floorwatch.engine.ruling import Ruling
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot


class TrackedRules:
    """What is up at one instant after another: from the track, and from `ruling` where that does not hold."""

    def __init__(self, tape: Tape, ruling: Ruling) -> None:
        self.every_seconds = ruling.every_seconds
        self.known_to = -inf
        """Floor time up to which the track is known."""
        self.asks_from = inf
        """Floor time from which the rules are asked: of the first that somebody entered."""
        self._tape = tape
        self._ruling = ruling
        self._is_asking = False
        self._is_in_step = False  # whether the floor was at the instant before, too: what is over since is over now
        self._at = -inf  # the instant as of which the floor holds alerts, or stands without
        self.is_known = True
        """Whether the floor holds what is up; False: it stands without alerts, as they are not known yet."""

    def begin(self, floor: Floor, at: float) -> None:
        """Go on with this floor, which was folded up to `at`: it holds what was up at the last instant before."""
        self._is_asking = self._is_in_step = False
        self._hold(floor, nextafter(at, -inf))

    async def hold_up(self, floor: Floor, at: float, look: Callable[[], FloorSnapshot]) -> None:
        """Have the floor hold up what is up at the instant `at`."""
        if at < self.asks_from:
            self._follow(floor, at)
        elif self._may_ask():
            await self._ruling.hold_up(floor, at, look)
        else:
            self._miss(floor, at)

    def catch_up(self, floor: Floor) -> bool:
        """Look whether the track has come to where the floor is; the floor holds its alerts then. False: the rules
        should have been asked on the way, and could not be; the way must be gone again."""
        if self.is_known:
            return True
        if self._at < self.asks_from:
            self._hold(floor, self._at)
            return True
        return not self._knows(self._before_asking)

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """Everything that was raised and cleared up to the last instant, in order."""
        if not self._is_asking:
            return tuple(self._track.log_to(min(self._at, self._before_asking)))
        return (*self._track.log_to(self._before_asking), *self._ruling.log)

    @property
    def _track(self) -> Alerts:
        """Asked for anew each time: where other keyframes took over, the tape has another one."""
        track = self._tape.alerts
        assert track is not None, "a tape that knows alerts goes on knowing them"
        return track

    def _follow(self, floor: Floor, at: float) -> None:
        if not self._is_in_step or not self._knows(at):
            self._hold(floor, at)
            self._is_in_step = self.is_known
            return
        try:
            floor.set_alerts(self._track.up_at(at), at)
        except FeedError:
            self._miss(floor, at)
        else:
            self._at = at

    def _hold(self, floor: Floor, at: float) -> None:
        """As of `at`, however the floor came there."""
        if not self._knows(at):
            self._miss(floor, at)
            return
        try:
            floor.hold_alerts(self._track.up_at(at), self._track.cleared_at(at))
        except FeedError:
            self._miss(floor, at)
        else:
            self.is_known, self._at = True, at

    def _miss(self, floor: Floor, at: float) -> None:
        floor.hold_alerts((), (), known=False)
        self.is_known, self._is_in_step, self._at = False, False, at

    def _may_ask(self) -> bool:
        if not self._is_asking and self.is_known and self._knows(self._before_asking):
            try:
                self._ruling.resume(self._track.state_at(self._before_asking))
            except FeedError:
                return False
            self._is_asking = True
        return self._is_asking

    @property
    def _before_asking(self) -> float:
        return nextafter(self.asks_from, -inf)

    def _knows(self, at: float) -> bool:
        return at == -inf or at <= self.known_to
