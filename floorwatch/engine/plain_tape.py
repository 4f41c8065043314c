"""A tape without an index: the timeline, folded from its beginning whatever moment is wanted.

Rules
- It knows no alerts: whoever plays it asks the rules, of a plain log from an hour before the moment that it begins at.
- A plain log holds no mark from which on it was watched; it gets one there. A replay of it ends with its last line.
- It is for tests, for whoever writes plugins, and for what cannot be indexed.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from msgspec import Struct

from floorwatch.computed import computed_once
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.headless import WARM_UP_SECONDS
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import WHOLE, Alerts, Moment, Opened, Reached, Strip
from floorwatch.engine.timeline import Timeline, to_the_last_line
from floorwatch.engine.watch_began import begins_watch
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.events import WatchBegan


class _Known(Struct, frozen=True, eq=False):
    """What one reading told: the time of every entry but documents of no time, and when the watch began."""

    times: "array[float]"
    watched_at: float | None


class PlainTape:
    """A timeline as a tape."""

    alerts: Alerts | None = None

    def __init__(self, timeline: Timeline, start_at: float | None = None) -> None:
        """`start_at`: the moment that a replay of it begins at; None: the first."""
        self._timeline = timeline
        self._start_at = start_at

    @property
    def house(self) -> House:
        """The house as the timeline needs it."""
        return self._timeline.house

    @property
    def span(self) -> tuple[float, float]:
        """Times of the first and the last entry; twice 0 where there is none. All of it is read, the first time."""
        times = self._known.times
        return (times[0], times[-1]) if times else (0.0, 0.0)

    @property
    def begins_at(self) -> float:
        """When the watch began; the first line where none did."""
        if self._timeline.was_watched and self._known.watched_at is not None:
            return self._known.watched_at
        return self.span[0]

    def open_at(self, at: float) -> Opened:  # noqa: ARG002  # from the beginning, whatever is wanted
        """The empty floor, and everything."""
        return Opened(self.house.floor(self._timeline.gives), self._entries())

    def refresh(self) -> Reached:
        """All of it is known."""
        return WHOLE

    def health(self) -> Mapping[str, FeedHealth]:
        """What each feed read and skipped."""
        return self._timeline.health()

    def event_after(self, at: float) -> float | None:
        """Time of the first entry after `at`."""
        times = self._known.times
        place = bisect_right(times, at)
        return times[place] if place < len(times) else None

    def event_before(self, at: float) -> float | None:
        """Time of the last entry before `at`."""
        times = self._known.times
        place = bisect_left(times, at)
        return times[place - 1] if place else None

    def moments(self, since: float, until: float) -> Sequence[Moment]:  # noqa: ARG002  # asked for by the protocol
        """None is known without an index."""
        return ()

    def strip(self, since: float, until: float) -> Strip:  # noqa: ARG002  # asked for by the protocol
        """Nothing is known without an index."""
        return _NO_STRIP

    def close(self) -> None:
        """Nothing is held open."""

    def _entries(self) -> Iterator[Decoded]:
        entries = self._timeline.entries()
        if self._timeline.was_watched:
            return entries
        start = self._first_at if self._start_at is None else self._start_at
        return watched_from(to_the_last_line(entries), start - WARM_UP_SECONDS)

    @computed_once
    def _first_at(self) -> float:
        return self._timeline.first_at() or 0.0

    @computed_once
    def _known(self) -> _Known:
        times, watched_at = array("d"), None
        entries = self._timeline.entries()
        for entry in entries if self._timeline.was_watched else to_the_last_line(entries):
            if entry.received_at > -inf:
                times.append(entry.received_at)
            if watched_at is None and begins_watch(entry):
                watched_at = entry.received_at
        return _Known(times, watched_at)


_NO_STRIP = Strip(0.0)


def watched_from(entries: Iterator[Decoded], at: float) -> Iterator[Decoded]:
    """The entries with the mark `WatchBegan` before the first that is not before `at`."""
    for entry in entries:
        if entry.received_at >= at:
            yield Decoded("", entry.received_at, (WatchBegan(entry.received_at),))
            yield entry
            break
        yield entry
    yield from entries
