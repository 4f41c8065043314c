"""Plain feeds with their documents and what was entered, written out as a recording on the times of their events.

Rules
- The order is that of `PlainTimeline`: documents, which have no time, first, at the time of what follows; then lines
  and what was entered, by their times; the last line ends it.
- Lines are written raw, as they are read.
- The mark from which on the rules are asked stands before the first line, not some time before wherever a replay
  begins: the numbers and the alerts of a moment must not depend on where somebody began to look.
- Half a recording is none: where it cannot be written to its end, nothing is left.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path

import msgspec
from msgspec import Struct

from floorwatch import __version__
from floorwatch.computed import computed_once
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.engine.timeline import Entered, PlainTimeline
from floorwatch.feeds.files import files_of, locate
from floorwatch.feeds.recording import VERSION, Entry, RecordedEvent, RecordingWriter
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.model.events import WatchBegan
from floorwatch.settings import FeedSettings, zone_name
from floorwatch.text import inert
from floorwatch.words import _

AT_ONCE = 4096
"""Entries between two looks at how far it is, and at the disk."""

Told = Callable[[float], None]
"""Hears how much is done, 0..1, in the thread of the caller."""


def write_out(
    house: House, wanted: Mapping[str, FeedSettings], entered: Entered, out: Path, told: Told = lambda _share: None
) -> int:
    """Write these feeds to the new file `out`; how many entries there are. Raises FeedError where one cannot be read,
    where there is no line, and where the file is there already or cannot be written."""
    return PlainFeeds(house, wanted, entered).write(out, told)


class Identity(Struct, frozen=True):
    """Digests of what would be written out: which feeds they are, wherever they stand now, and what they hold now."""

    feeds: str
    content: str


class PlainFeeds:
    """Feeds that can be written out. Documents, and what was entered, are read once."""

    def __init__(self, house: House, wanted: Mapping[str, FeedSettings], entered: Entered) -> None:
        """Raises FeedError and SettingsError for a feed that cannot be read."""
        self._house = house
        self._wanted = wanted
        self._timeline = PlainTimeline(house, wanted, entered)

    def identity(self) -> Identity:
        """What tells this writing from another; files are known by their size and time. Raises FeedError."""
        days = self._house.rules.days
        files = [_seen(file) for each in self._wanted.values() for file in sorted(files_of(locate(each.path)))]
        said = [(each.feed, each.events) for each in (*self._documents, *self._timeline.entered)]
        told = self._timeline.recorded_as
        return Identity(name_of(self._wanted), _digest(VERSION, __version__, zone_name(days.zone), told, files, said))

    def write(self, out: Path, told: Told) -> int:
        """Write them; see `write_out`."""
        entries = self._entries()
        first = next(entries, None)
        if first is None:
            names = ", ".join(map(inert, self._wanted))
            raise FeedError(_("{feed}: there is no line to read in it").format(feed=names))
        writer = RecordingWriter(out, zone_name(self._house.rules.days.zone), self._timeline.recorded_as)
        try:
            entries = chain((first,), entries)
            while chunk := list(islice(entries, AT_ONCE)):
                writer.extend(chunk)
                told(self._share_read())
                _refuse_half(writer)
            writer.close()
            _refuse_half(writer)
        except BaseException:  # ctrl+c too: a half recording must not look like a whole one; raised again
            writer.close()
            out.unlink(missing_ok=True)
            raise
        return writer.entries

    @computed_once
    def _documents(self) -> tuple[Decoded, ...]:
        return tuple(self._timeline.documents())

    def _entries(self) -> Iterator[Entry]:
        """Everything up to the last line; nothing where there is no line."""
        lines: Iterator[Entry] = iter(self._timeline.lines())
        if self._timeline.entered:
            past = (event for each in self._timeline.entered for event in _events(each, each.received_at))
            lines = _to_the_last_line(heapq.merge(lines, past, key=_place))
        first = next(lines, None)
        if first is None:
            return
        for each in self._documents:
            yield from _events(each, first.received_at)
        for entry in chain((first,), lines):
            if isinstance(entry, FeedLine):
                yield RecordedEvent("", entry.received_at, WatchBegan(entry.received_at))
                yield entry
                break
            yield entry
        yield from lines

    def _share_read(self) -> float:
        of_documents = self._timeline.of_documents
        health = [each for name, each in self._timeline.health().items() if name not in of_documents]
        total = sum(each.bytes_total for each in health)
        return min(1.0, sum(each.bytes_read for each in health) / total) if total else 0.0


def _refuse_half(writer: RecordingWriter) -> None:
    """A disk that has room again a moment later would end it in the middle, and nobody would know."""
    if writer.problem:
        raise FeedError(writer.problem)


def name_of(wanted: Mapping[str, FeedSettings]) -> str:
    """A digest of which feeds these are, wherever they stand now. Raises FeedError for what never was a feed."""
    return _digest([(name, _path(each), each.format, each.site, each.options) for name, each in wanted.items()])


def _events(decoded: Decoded, at: float) -> Iterator[RecordedEvent]:
    return (RecordedEvent(decoded.feed, at, event, backfill=True) for event in decoded.events)


def _to_the_last_line(entries: Iterator[Entry]) -> Iterator[Entry]:
    waiting: list[Entry] = []
    for entry in entries:
        if isinstance(entry, FeedLine):
            yield from waiting
            waiting.clear()
            yield entry
        else:
            waiting.append(entry)


def _place(entry: Entry) -> tuple[float, str]:
    return entry.received_at, entry.feed


def _path(feed: FeedSettings) -> str:
    """Where the feed lies, whatever it was called by."""
    place = locate(feed.path)
    return f"{place.path.resolve()}/{place.pattern or ''}"


def _seen(file: Path) -> tuple[str, int, int, int]:
    """What changes when a file is written. Raises FeedError when it is gone."""
    try:
        found = file.stat()
    except OSError as error:
        raise FeedError(f"{file}: {error.strerror}") from None
    return str(file.resolve()), found.st_ino, found.st_size, found.st_mtime_ns


def _digest(*facts: object) -> str:
    try:
        written = msgspec.json.encode(facts, enc_hook=_plain)
    except UnicodeEncodeError:  # a file's name may hold bytes that are no text
        written = repr(facts).encode("utf-8", "backslashreplace")
    return blake2b(written, digest_size=12).hexdigest()


def _plain(value: object) -> object:
    """What msgspec does not write itself: mappings that cannot be changed, and whatever else an option may be."""
    return dict(value) if isinstance(value, Mapping) else str(value)
