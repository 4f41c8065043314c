"""The reel: leads a station along a tape, on to a moment or back to one; its floor time, and its pace.

Rules
- Where a moment lies so near ahead that going on is cheaper, it is gone on to; else the tape is opened at it.
- A moment that is asked for while another is on its way takes its place, and what was done for that one is let go.
- What somebody enters stands at its moment, whatever way one comes there. A tape knows nothing of it: it is opened no
  later than at the first of them, and from there on the rules are asked.
- Nothing is folded past what the tape is known up to: its index may be growing. Whoever wants to go further waits.
- The clock runs no further than `LEAD_SECONDS` ahead of what is left to be folded: where a floor is too busy for the
  rate, the replay waits for it.
"""

import heapq
from collections.abc import Callable, Sequence
from math import inf, nextafter

from floorwatch.engine.alerting import grid_instants
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.keyframes.shapes import FRAME_EVERY, Opened, Reached, Tape
from floorwatch.engine.replay_clock import ReplayClock
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.station import Begin, Station
from floorwatch.engine.tape_feed import TapeFeed
from floorwatch.engine.tracked_rules import TrackedRules
from floorwatch.feeds.shapes import FeedError

BEAT_SECONDS = 0.05
"""How often a floor that runs, or waits for its tape, is looked at."""

STANDING_SECONDS = 1.0
LEAD_SECONDS = 1.0
"""Of the host's time: at the replay's rate, so far the clock may be ahead."""


class Reel:
    """One station on its way along one tape. `target` is the moment that it is on its way to, None where it is on none;
    `problem` why the tape cannot be read any further."""

    def __init__(self, tape: Tape, clock: ReplayClock, ruling: Ruling, entered: Sequence[Decoded] = ()) -> None:
        """`entered` is what was entered before, in another replay of this tape."""
        self.tape = tape
        self.clock = clock
        self.rules: Ruling | TrackedRules = ruling if tape.alerts is None else TrackedRules(tape, ruling)
        self.target: float | None = None
        self.problem = ""
        self.tape_known = Reached()
        self.entered: list[Decoded] = []
        self.on_arrived: Callable[[], None] = lambda: None
        self._asked_from = inf  # what somebody entered first
        self._station: Station | None = None
        self._feed: TapeFeed | None = None
        self._skipped_to = -inf  # instants before this were not looked at
        self._came_to = -inf  # floor time reached by the last pass
        self._must_go_again = False
        self._went_again: tuple[Reached, float] | None = None  # for the rules: a track that cannot be read is no reason
        self._before_all = nextafter(tape.span[0], -inf)  # there is a floor then, with nothing on it
        self._known_then = self.tape_known  # when something could not be read
        self.take_in(entered)
        self.refresh()

    def lead(self, station: Station) -> None:
        """Lead this station from now on; the clock is held to what it has folded."""
        self._station = station
        station.be_led(self)
        self.clock.hold_to(self._limit)

    @property
    def station(self) -> Station:
        """Whom it leads."""
        assert self._station is not None, "a reel leads nobody before `lead`"
        return self._station

    def go(self, at: float) -> None:
        """Go to this moment; the clock stands there until it is reached."""
        self.target = at
        self.clock.move_to(at)
        if not self._leads_on(at):
            self._open(at)
        self.station.wake()

    def take_in(self, items: Sequence[Decoded]) -> None:
        """Somebody entered this, at the moment that the floor is at."""
        if not items:
            return
        self.entered.extend(items)
        self._asked_from = min(self._asked_from, items[0].received_at)
        if isinstance(self.rules, TrackedRules):
            self.rules.asks_from = self._asked_from
        if self.target is not None:
            self._must_go_again = True
        elif items[-1].received_at > self.clock.now():  # just behind an instant of the rules: it is due now
            self.clock.move_to(items[-1].received_at)

    def refresh(self) -> None:
        """See how far the tape is known by now."""
        self.tape_known = self.tape.refresh()
        if isinstance(self.rules, TrackedRules):
            self.rules.known_to = self.tape_known.alerts_to

    def end(self) -> float:
        """The last moment that is known."""
        if self.tape_known.folded_to < inf:
            return self.tape_known.folded_to
        return max(self.tape.span[1], *(item.received_at for item in self.entered), -inf)

    def known(self) -> float:
        """Floor time up to which everything has been given: the station's time."""
        if self._feed is None:
            return self._before_all
        return max(self._before_all, min(self.due(), self._feed.complete_to()))

    def complete(self, source: str, to: float) -> None:
        """What has been taken is known from the feed."""

    @property
    def is_on_the_way(self) -> bool:
        """Whether it goes to a moment that somebody asked for."""
        return self.target is not None

    @property
    def rest_seconds(self) -> float:
        """Short while anything moves."""
        moves = self.target is not None or not self.clock.paused or not self.tape_known.is_whole
        return BEAT_SECONDS if moves else STANDING_SECONDS

    def due(self) -> float:
        """Floor time up to which may be folded now: the moment asked for, or as far as the clock has come."""
        if self._feed is None:
            return -inf
        return min(self._wanted(), self.end())

    def pass_over(self) -> None:
        """See whether it has arrived, and whether there is more to go on with."""
        self.refresh()
        if self._feed is not None and self._feed.problem and not self.problem:
            self._fail(self._feed.problem)
        self._came_to = self.station.reached()
        if not self.rules.catch_up(self.station.floor) and self._went_again != (self.tape_known, self._asked_from):
            self._went_again, self._must_go_again = (self.tape_known, self._asked_from), True
        if self._must_go_again or self._may_go_further():
            self.target = self._came_to if self.target is None else self.target
            self._open(self.target)
        elif self.target is not None and self.known() >= self._within_reach(self.target) and not self.station.is_behind:
            self._arrive(self.target)

    def _fail(self, problem: str) -> None:
        self.problem, self._known_then = problem, self.tape_known

    def _arrive(self, at: float) -> None:
        self.target = None
        self.clock.move_to(min(at, self._came_to))
        self.station.leap()
        self.on_arrived()

    def _wanted(self) -> float:
        if self.target is not None:
            return self.target
        return inf if self.clock.rate == inf and not self.clock.paused else self.clock.now()

    def _limit(self) -> float:
        """How far the clock may run."""
        if self.target is not None or self._feed is None:
            return -inf if self.target is None else self.target
        if self.clock.rate == inf:
            return min(self.end(), self._came_to)
        left_at = min(self.station.left_at, self._feed.complete_to())
        return min(self.end(), left_at + self.clock.rate * LEAD_SECONDS)

    def _within_reach(self, at: float) -> float:
        """The moment itself, or the last one that will ever be known."""
        is_torn = self.problem or self.tape_known.problem
        return min(at, self.end(), inf if self._feed is None else self._feed.known_to) if is_torn else at

    def _may_go_further(self) -> bool:
        """Whether the tape has grown since it was opened, and somebody waits for that."""
        if self._feed is None and not self.problem:
            return self.target is not None and self._within_reach(self.target) <= self.end()
        if self._feed is None or self.problem:  # with other keyframes it may be read again
            return self.tape_known != self._known_then
        known_to = self._feed.known_to
        return known_to < min(self._wanted(), self.end()) and self._feed.is_over and not self.station.is_behind

    def _leads_on(self, at: float) -> bool:
        """Whether the floor can go on to this moment, and better does."""
        feed, station = self._feed, self.station
        if feed is None or at < max(station.folded_to, self._skipped_to) or at > feed.known_to:
            return False
        if self.tape.alerts is None or station.folded_to >= self._asked_from:
            return True
        return feed.leads_to(at, FRAME_EVERY)

    def _open(self, at: float) -> None:
        before, self._feed = self._feed, None
        self._must_go_again, self.problem = False, ""
        if self._within_reach(at) > self.end():
            return  # it is waited for
        try:
            self._begin(self.tape.open_at(min(at, self._asked_from)), at)
        except FeedError as error:
            self._fail(str(error))
            if before is not None:  # it stays where it is
                self._feed, self.target = before, None
                self.clock.move_to(self._came_to)

    def _begin(self, opened: Opened, at: float) -> None:
        entries = opened.entries
        if self.entered:
            entries = heapq.merge(entries, sorted(self.entered, key=_when), key=_when)
        self._skipped_to = self._last_tracked(at)
        self._feed = TapeFeed(entries, self.due, inf if self.tape_known.folded_to == inf else self.end())
        begin = Begin(opened.at, opened.watched_since, self._skipped_to)
        self.station.restart(opened.floor, self._feed, begin)

    def _last_tracked(self, at: float) -> float:
        """The last instant up to this moment at which the track says what is up; -inf: the rules are asked anyway."""
        if self.tape.alerts is None:
            return -inf
        last = min(at, nextafter(self._asked_from, -inf))
        every = self.rules.every_seconds
        return max(grid_instants(last - 2 * every, last, every), default=-inf)


def _when(entry: Decoded) -> float:
    return entry.received_at
