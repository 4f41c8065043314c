"""What a file of keyframes holds, as far as it has come: a floor at any moment, and what follows it.

Rules
- In memory are the places of the blocks, the history, the readings of documents, the strip and what was cleared;
  frames, entries and alerts are read when a moment is wanted.
- There is one history: a floor of some moment reads as much of it as there was.
- What cannot be read spoils only what needs it: of a frame, the one before is taken.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import inf, nextafter

import msgspec

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.entries import EntriesError, entries_of, reading_of, times_of
from floorwatch.engine.keyframes.file import KeyframesError, KeyframesFile
from floorwatch.engine.keyframes.frame import FrameError, floor_of
from floorwatch.engine.keyframes.near import Near
from floorwatch.engine.keyframes.rows import add_rows
from floorwatch.engine.keyframes.shapes import Opened, Reached
from floorwatch.engine.keyframes.strips import Strips
from floorwatch.engine.keyframes.track import AlertTrack
from floorwatch.model.floor import Floor
from floorwatch.model.history import History
from floorwatch.model.readings import Readings
from floorwatch.words import _

SPANS_AT_HAND = 64
"""Spans of which the times of all entries are remembered: 8 KB each."""

_NONSENSE = (EntriesError, FrameError, msgspec.DecodeError, ValueError, LookupError, TypeError)
"""What blocks raise that are as they were written, and make no sense: by a stranger, most likely."""


class Contents:
    """The contents of one file. Driven by one thread; the entries of an opened tape may be read in another."""

    def __init__(self, file: KeyframesFile, new_floor: Callable[[], Floor]) -> None:
        self.file = file
        self.history = History()
        self.alerts = AlertTrack(self._read_alerts)
        self.strips = Strips()
        self.watched: Place | None = None
        """The entry from which on the rules were asked, once it has come."""
        self.spoilt = ""
        """What could not be read, if anything could not."""
        self._new_floor = new_floor
        self._near = Near(file.read)
        self._readings = Readings()
        self._frames: list[Place] = []
        self._spans: list[Place] = []
        self._alerts_to = -inf
        self._share = 0.0
        self._is_folded = self._is_asked = self._is_cut = False
        self._times = lru_cache(SPANS_AT_HAND)(self._times_in)

    @property
    def is_whole(self) -> bool:
        """Whether everything of the recording is here, and can be read as far as is known."""
        return self._is_asked and not self.file.is_outgrown and not self.spoilt

    def refresh(self) -> None:
        """Take in what has come. What is corrupt is in `spoilt`, and ends it there."""
        if self._is_cut or self._is_asked:
            return
        try:
            for place in self.file.refresh():
                self._take(place)
        except KeyframesError as error:
            self.spoilt, self._is_cut = str(error), True

    def reached(self) -> Reached:
        """How far it has come. Of the time of the last entry more may follow."""
        folded_to = nextafter(self._spans[-1].until, -inf) if self._spans else -inf
        if self.file.is_outgrown:
            return Reached(folded_to, min(self._alerts_to, folded_to), 0.0)
        share = None if self._is_asked else self._share
        return Reached(inf if self._is_folded else folded_to, inf if self._is_asked else self._alerts_to, share)

    def open_at(self, at: float) -> Opened:
        """The floor of the last frame that is not after `at`, and the entries from there on. Raises KeyframesError."""
        for number in range(bisect_right(self._frames, at, key=_until) - 1, -1, -1):
            frame = self._frames[number]
            try:
                floor = self._floor_of(frame)
            except KeyframesError:
                continue
            since = self.watched.until if self.watched is not None and self.watched.entry < frame.upto else None
            return Opened(floor, self._entries_from(frame.upto), frame.until, since)
        return Opened(self._new_floor(), self._entries_from(0))

    def event_after(self, at: float) -> float | None:
        """Time of the first entry after `at`, where one is known. Raises KeyframesError."""
        span = bisect_right(self._spans, at, key=_until)
        if span == len(self._spans):
            return None
        times = self._times(span)
        later = times[bisect_right(times, at) :]
        return later[0] if later else None

    def event_before(self, at: float) -> float | None:
        """Time of the last entry before `at`, where one is known. Raises KeyframesError."""
        span = bisect_left(self._spans, at, key=_since) - 1
        if span < 0:
            return None
        times = self._times(span)
        earlier = times[: bisect_left(times, at)]
        return earlier[-1] if earlier else None

    def _take(self, place: Place) -> None:
        with self._sense_of(place):
            match place.kind:
                case Kind.READING:
                    self._readings.add(*reading_of(self.file.read(place)))
                case Kind.ROWS:
                    add_rows(self.history, self.file.read(place))
                case Kind.STRIP:
                    self.strips.add(self.file.read(place))
                case Kind.ENTRIES:
                    self._spans.append(place)
                case Kind.WATCHED:
                    self.watched = place
                case Kind.FRAME:
                    self._frames.append(place)
                case Kind.ALERTS:
                    self.alerts.add(place)
                    self._alerts_to = place.until
                case Kind.FOLDED:
                    self._is_folded = True
                case Kind.ASKED:
                    self._is_asked = True
        self._share = max(self._share, place.share)

    def _floor_of(self, frame: Place) -> Floor:
        with self._sense_of(frame):
            return floor_of(self._near.read(frame), self._new_floor(), self.history, self._readings)

    def _entries_from(self, entry: int) -> Iterator[Decoded]:
        return self._entries(self._spans[bisect_left(self._spans, entry, key=_entry) :])

    def _entries(self, spans: Sequence[Place]) -> Iterator[Decoded]:
        for span in spans:
            with self._sense_of(span):
                yield from entries_of(self._near.read(span))

    def _times_in(self, span: int) -> Sequence[float]:
        with self._sense_of(self._spans[span]):
            return times_of(self._near.read(self._spans[span]))

    def _read_alerts(self, place: Place) -> bytes:
        with self._sense_of(place):
            return self.file.read(place)

    @contextmanager
    def _sense_of(self, place: Place) -> Iterator[None]:
        """Whatever fails with this block is a KeyframesError, and is said in `spoilt`."""
        try:
            yield
        except KeyframesError as error:
            self.spoilt = str(error)
            raise
        except _NONSENSE as error:
            said = _("{path}: these keyframes make no sense at byte {offset}: {reason}")
            self.spoilt = said.format(path=self.file.path, offset=place.offset, reason=type(error).__name__)
            raise KeyframesError(self.spoilt) from error


def _until(place: Place) -> float:
    return place.until


def _since(place: Place) -> float:
    return place.since


def _entry(place: Place) -> int:
    return place.entry
