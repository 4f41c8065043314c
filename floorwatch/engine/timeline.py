"""Feeds read from their beginning to their end, as one timeline in the order of the fold.

Rules
- A plain feed's axis is the running maximum of its event times; several merge by (that, feed, offset).
- Documents of plain feeds have no time: they are there from the beginning, before every moment, read when they were
  written.
- What was entered stands among the lines of plain feeds at the time at which it was. A recording holds its own.
- A recording's axis is its `received_at`; it brings its own feeds, and stands alone.
- `entries` begins anew each time: the same files give the same timeline.
"""

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import inf
from pathlib import Path
from typing import Protocol, TypeAlias

from msgspec.structs import replace

from floorwatch.computed import computed_once
from floorwatch.engine.decoding import Decoded, LineDecoder
from floorwatch.engine.guests_past import in_time, not_back, past_of
from floorwatch.engine.house import House
from floorwatch.engine.opening import OpenFeed, past_feed, recorded_as, recorded_decoder, recorded_feed
from floorwatch.engine.system_clock import SystemClock
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, Recording, is_recording, read_recording
from floorwatch.feeds.shapes import FeedError, FeedHealth, FeedLine
from floorwatch.host.apart import apart
from floorwatch.host.patience import NotBackError
from floorwatch.model.entities import Fact
from floorwatch.settings import FeedSettings, zone_named
from floorwatch.words import _, title_of

Entered: TypeAlias = Callable[[], Sequence[Decoded]]
"""Gives what was entered, as `journal_past.as_past` does; asked once, when the entries of a plain timeline are."""

CALLED = (".floorlog", ".floorlog.gz")
"""What the names of recordings end in."""

LINES_AT_ONCE = 4096
UNNAMED = "of a feed that the first line does not name"


class Timeline(Protocol):
    """What was written, from its beginning to its end."""

    @property
    def house(self) -> House:
        """The house as this timeline needs it: a recording brings its floor's zone."""
        ...

    @property
    def was_watched(self) -> bool:
        """Whether it holds the mark from which on the rules were asked: a recording does, a plain log does not."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """Names of the feeds."""
        ...

    @property
    def formats(self) -> Sequence[str]:
        """What each feed is, in words."""
        ...

    @property
    def gives(self) -> frozenset[Fact]:
        """What the feeds can tell."""
        ...

    @property
    def of_documents(self) -> frozenset[str]:
        """Names of the feeds of documents: with one there is something to see without a single line."""
        ...

    def entries(self) -> Iterator[Decoded]:
        """Everything, decoded, in the order of the fold; from the start each time."""
        ...

    def lines(self) -> Iterator[FeedLine]:
        """The lines alone, not decoded."""
        ...

    def health(self) -> Mapping[str, FeedHealth]:
        """What each feed read and skipped, as of the last reading."""
        ...

    def first_at(self) -> float | None:
        """Time of the first entry; None when there is none."""
        ...

    def last_at(self) -> float | None:
        """Time of the last entry; None when there is none."""
        ...


def timeline_of(house: House, wanted: Mapping[str, FeedSettings], entered: Entered = tuple) -> Timeline:
    """The timeline of these feeds with what was entered, or of the one recording. Raises FeedError."""
    recording = recording_among(wanted)
    return PlainTimeline(house, wanted, entered) if recording is None else RecordedTimeline(house, recording)


def recording_among(wanted: Mapping[str, FeedSettings]) -> Recording | None:
    """The recording that these feeds are, None where they are plain ones. A file that is called one is meant as one,
    unless its format is named. Raises FeedError for one that cannot be read, or does not stand alone."""
    recordings = [each.path for each in wanted.values() if is_recording(each.path) or _is_called_one(each)]
    if not recordings:
        return None
    if len(wanted) > 1:
        raise FeedError(_("{path}: a recording stands alone; leave the other feeds out").format(path=recordings[0]))
    return read_recording(recordings[0])


def _is_called_one(wanted: FeedSettings) -> bool:
    return wanted.format is None and wanted.path.endswith(CALLED) and not Path(wanted.path).is_dir()


def to_the_last_line(entries: Iterable[Decoded]) -> Iterator[Decoded]:
    """The entries but for what was entered after the last line: a replay of an old log ends with the log."""
    waiting: list[Decoded] = []
    for entry in entries:
        waiting.append(entry)
        if entry.line is not None:
            yield from waiting
            waiting.clear()


class _Spanned(ABC):
    """First and last time of a timeline, from its lines."""

    @abstractmethod
    def lines(self) -> Iterator[FeedLine]:
        """The lines, not decoded."""

    def first_at(self) -> float | None:
        """Time of the first line."""
        return next((line.received_at for line in self.lines()), None)

    def last_at(self) -> float | None:
        """Time of the last line."""
        last = None
        for line in self.lines():
            last = line.received_at
        return last


class PlainTimeline(_Spanned):
    """Feeds as they lie there now, rotated parts of them left aside, and what was entered meanwhile."""

    was_watched = False

    def __init__(self, house: House, wanted: Mapping[str, FeedSettings], entered: Entered = tuple) -> None:
        self.house = house
        self._wanted = wanted
        self._entered_by = entered
        self._feeds = self._opened()
        self.names = [feed.name for feed in self._feeds]
        self.formats = [title_of(feed.read_as.format) for feed in self._feeds]
        self.gives = frozenset[Fact]().union(*(feed.gives for feed in self._feeds))
        self.of_documents = frozenset(feed.name for feed in self._feeds if feed.is_of_documents)

    def entries(self) -> Iterator[Decoded]:
        """Everything, decoded."""
        self._feeds = self._opened()
        pasts = {feed.name: past_of(feed, drained(feed)) for feed in self._feeds if not feed.is_of_documents}
        decoders = {name: decoder for name, (_lines, decoder) in pasts.items()}
        merged = merge_backfill([lines for lines, _decoder in pasts.values()])
        decoded = (decoders[line.feed].decode(line) for line in merged)
        timed = heapq.merge(decoded, self.entered, key=_place) if self.entered else decoded
        return chain(self.documents(), timed)

    @property
    def recorded_as(self) -> dict[str, RecordedFeed]:
        """What a recording says of each feed."""
        return {feed.name: recorded_feed(self._wanted[feed.name], feed) for feed in self._feeds}

    def documents(self) -> Iterator[Decoded]:
        """What the documents say, before everything else."""
        for feed in self._feeds:
            if feed.is_of_documents:
                read = (replace(feed.decoder.decode(line), received_at=-inf) for line in drained(feed))
                yield from in_time(feed, read)

    @computed_once
    def entered(self) -> Sequence[Decoded]:
        """What was entered, by its time."""
        return self._entered_by()

    def lines(self) -> Iterator[FeedLine]:
        """Every line, merged."""
        self._feeds = self._opened()
        return merge_backfill([in_time(feed, drained(feed)) for feed in self._feeds if not feed.is_of_documents])

    def health(self) -> Mapping[str, FeedHealth]:
        """As of the last reading."""
        return {feed.name: feed.feed.health for feed in self._feeds}

    def _opened(self) -> list[OpenFeed]:
        return [past_feed(self.house, name, each) for name, each in self._wanted.items()]


def _place(entry: Decoded) -> tuple[float, str]:
    return entry.received_at, entry.feed


def drained(opened: OpenFeed) -> Iterator[FeedLine]:
    """Everything that there is now; the feed is closed then."""
    clock = SystemClock()
    while True:
        lines = opened.feed.drain(clock.now(), LINES_AT_ONCE)
        yield from lines
        if not lines and opened.feed.caught_up:
            opened.feed.close()
            return


def house_for(house: House, recording: Recording) -> House:
    """The house as this recording needs it: on the clock of its own floor. Raises FeedError."""
    try:
        zone_named(recording.zone)
    except ValueError as error:
        raise FeedError(_in_first_line(recording, error)) from None
    return house.in_zone(recording.zone)


def _in_first_line(recording: Recording, error: Exception) -> str:
    return _("{path}, line 1: {reason}").format(path=recording.path, reason=error)


class RecordedTimeline(_Spanned):
    """A recording. What is wrong inside it is counted under the recording's own path."""

    was_watched = True

    def __init__(self, house: House, recording: Recording) -> None:
        self._recording = recording
        self._health: dict[str, FeedHealth] = {}
        self.house = house_for(house, recording)
        try:
            self._read_as = {name: recorded_as(house, name, feed) for name, feed in recording.feeds.items()}
            self._decoders = self._new_decoders()
        except FeedError as error:
            raise FeedError(_in_first_line(recording, error)) from None
        self.names = list(recording.feeds)
        self.formats = [_("a recording of {format}").format(format=feed.format) for feed in recording.feeds.values()]
        of_lines = [each for each in self._read_as.values() if each is not None]
        self.gives = frozenset[Fact]().union(*(each.format.gives for each in of_lines))
        self.of_documents = frozenset(name for name, each in self._read_as.items() if each is None)

    def entries(self) -> Iterator[Decoded]:
        """Everything, decoded."""
        self._decoders = self._new_decoders()
        if any(decoder.is_guest for decoder in self._decoders.values()):
            return self._in_time({name: decoder.uncounted() for name, decoder in self._decoders.items()})
        return (self._decoded(entry, self._decoders) for entry in self._recording)

    def lines(self) -> Iterator[FeedLine]:
        """Every line of the recording."""
        return (entry for entry in self._recording if isinstance(entry, FeedLine))

    def first_at(self) -> float | None:
        """Time of the first line; of the first entry where there is no line, as on a floor of documents alone."""
        first = super().first_at()
        return next((entry.received_at for entry in self._recording), None) if first is None else first

    def last_at(self) -> float | None:
        """Time of the last line; of the last entry where there is no line."""
        last = super().last_at()
        return max((entry.received_at for entry in self._recording), default=None) if last is None else last

    def health(self) -> Mapping[str, FeedHealth]:
        """As of the last reading; the recording itself is among them when it was torn or damaged."""
        whole = self._recording.health
        return {**self._health, self._recording.path: whole} if whole.rejected else self._health

    def _in_time(self, decoders: Mapping[str, LineDecoder]) -> Iterator[Decoded]:
        """Everything, where decoders are a guest's. Raises FeedError where one does not come back."""
        feed = ""

        def decoded() -> Iterator[Decoded]:
            nonlocal feed
            for entry in self._recording:
                feed = entry.feed
                yield self._decoded(entry, decoders)

        try:
            for each in apart(decoded()):
                if each.rejected is not None and each.line is not None:
                    self._health[each.feed].reject(each.rejected, each.line.offset, each.line.raw)
                yield each
        except NotBackError as error:
            raise not_back(feed, error) from None

    def _decoded(self, entry: FeedLine | RecordedEvent, decoders: Mapping[str, LineDecoder]) -> Decoded:
        if isinstance(entry, RecordedEvent):
            return Decoded(entry.feed, entry.received_at, (entry.event,))
        decoder = decoders.get(entry.feed)
        if decoder is None:
            self._recording.health.reject(UNNAMED, entry.offset, entry.raw)
            return Decoded(entry.feed, entry.received_at, ())
        return decoder.decode(entry)

    def _new_decoders(self) -> dict[str, LineDecoder]:
        self._health = {
            name: FeedHealth(name, state="ok", of_documents=each is None) for name, each in self._read_as.items()
        }
        return {
            name: recorded_decoder(self._recording.feeds[name], read_as, self._health[name])
            for name, read_as in self._read_as.items()
            if read_as is not None
        }
