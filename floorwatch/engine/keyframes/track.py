"""The alerts of a recording at any moment, from what its rules were asked once.

Rules
- Every answer is that of the last instant of the rule grid that is not after the moment: nothing changes in between.
- What was cleared is known from the beginning, since a floor remembers two thousand of it; the rest is read page by
  page when somebody asks, and the last pages stay at hand.
- Asked from one thread at a time.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import msgspec

from floorwatch.engine.alerting import AlertBook, BookState, LogEntry
from floorwatch.engine.keyframes.alert_blocks import PageReader, cleared_in
from floorwatch.engine.keyframes.blocks import Place
from floorwatch.engine.keyframes.file import KeyframesError
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.floor import CLEARED_KEPT
from floorwatch.words import _

PAGES_AT_HAND = 4


class AlertTrack:
    """`Alerts` of shapes, filled page by page. Whatever is asked raises KeyframesError where a page is none."""

    def __init__(self, read: Callable[[Place], bytes]) -> None:
        """`read` gives the data of a block. Raises KeyframesError."""
        self._read = read
        self._pages: list[Place] = []
        self._cleared: list[RaisedAlert] = []
        self._words: dict[str, str] = {}
        self._page = lru_cache(PAGES_AT_HAND)(self._opened)
        self._book = AlertBook({})
        self._up: tuple[BookState, tuple[RaisedAlert, ...]] = (self._book.state, ())

    def add(self, place: Place) -> None:
        """Another page, which follows the last one."""
        data = self._read(place)
        with _sound():
            self._cleared += cleared_in(data, self._words)
        self._pages.append(place)

    def up_at(self, at: float) -> tuple[RaisedAlert, ...]:
        """Those up as of the last instant that is not after `at`, the most urgent first."""
        state = self.state_at(at)
        known, up = self._up
        if state.held is not known.held:
            self._book.restore(state)
            up = self._book.active
        self._up = state, up
        return up

    def cleared_at(self, at: float) -> tuple[RaisedAlert, ...]:
        """Those over by then, as `Floor.set_alerts` would have kept them: the last of them, whatever their day."""
        upto = bisect_right(self._cleared, at, key=_cleared_at)
        return tuple(self._cleared[max(0, upto - CLEARED_KEPT) : upto])

    def state_at(self, at: float) -> BookState:
        """The book as of then, but for the length of its log: 0."""
        number = bisect_right(self._pages, at, key=_first_after) - 1
        if number < 0:
            return BookState()
        page = self._page(self._pages[number])
        with _sound():
            return page.state_after(bisect_right(page.instants, at))

    def log_to(self, at: float) -> tuple[LogEntry, ...]:
        """Everything that was raised and cleared up to then, in order. For tests and reports: all of it is read."""
        return tuple(self._log(at))

    def _log(self, at: float) -> Iterator[LogEntry]:
        for place in self._pages:
            if place.since >= at:
                return
            page = self._opened(place)
            with _sound():
                yield from (line for line in page.log() if line.at <= at)

    def _opened(self, place: Place) -> PageReader:
        data = self._read(place)
        with _sound():
            return PageReader(data)


@contextmanager
def _sound() -> Iterator[None]:
    """What a page of other shape runs into is said as one error: the file may be a stranger's."""
    try:
        yield
    except (msgspec.DecodeError, LookupError, TypeError, ValueError) as error:
        raise KeyframesError(_("keyframes that hold no alerts: {reason}").format(reason=error)) from None


def _first_after(page: Place) -> float:
    """Its first instant is the next float after this."""
    return page.since


def _cleared_at(cleared: RaisedAlert) -> float:
    return cleared.cleared_at or 0.0
