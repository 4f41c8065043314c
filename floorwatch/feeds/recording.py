"""Recordings, `.floorlog` version 1: what the feeds gave, raw and in the order of the fold.

Rules
- The first line says what it is, the floor's zone, and the format and options of each feed. Then one JSON object a
  line: `received_at`, `feed`, and `line` (or `line_b64` when the bytes are not UTF-8), or `event` for what had no line;
  lines of the past carry `backfill`.
- `received_at` never decreases: an entry that would step back is written with the time of the one before.
- A torn last line is what a crash leaves: it is left out and told. A bad line elsewhere is counted, and the rest read;
  so is one of a time that lies in no day that can be told.
- A full disk stops no floor: what cannot be written waits, up to MOST_WAITING bytes, then is counted as lost; nothing
  is left torn in the file.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from floorwatch.feeds import jsonl
from floorwatch.feeds.backfill import LATEST
from floorwatch.feeds.held import hold
from floorwatch.feeds.recording_bytes import blocks_of_lines, first_line, last_lines
from floorwatch.feeds.shapes import FeedError, FeedHealth, FeedLine
from floorwatch.model.events import AnyEvent, Event
from floorwatch.words import _

VERSION = 1
FLUSH_BYTES = 64 * 1024
FLUSH_SECONDS = 1.0
MOST_WAITING = 16 * 1024 * 1024
TORN = "torn last line"
EMPTY = "neither a line nor an event"
NO_TIME = "a time outside of all days"
_EARLIEST = -6e10
"""In the year 69: before the first year no day can be told. Files and clocks that were never set say all kinds."""

_BEGINNING = b'{"floorlog":'


class RecordedFeed(Struct, frozen=True):
    """What a feed of the recording was; `site` only where one stood before its words, `documents` only where it gave
    documents: these are events of the recording, as they were read, and nobody needs their format."""

    format: str
    options: dict[str, Any] = field(default_factory=dict)
    site: str | UnsetType = UNSET
    documents: bool | UnsetType = UNSET


class RecordingHeader(Struct, frozen=True):
    """The first line of a recording. `zone` is the floor's, an IANA name; `kept` stands where it is one of those that
    are kept day by day, and deleted one day."""

    floorlog: int
    zone: str
    feeds: dict[str, RecordedFeed]
    kept: bool | UnsetType = UNSET


class RecordedEvent(Struct, frozen=True, gc=False):
    """An entry that had no line: a note, a document's fact. `offset` is where it begins in the recording."""

    feed: str
    received_at: float
    event: Event
    offset: int = 0
    backfill: bool = False


class RecordingEnd(Struct, frozen=True):
    """How a recording ends: with an entry of this time (None: there is none), `torn` after it, or as an archive that
    was `cut_short`."""

    last_at: float | None
    torn: bool = False
    cut_short: bool = False


Entry: TypeAlias = FeedLine | RecordedEvent


class _Entry(Struct, omit_defaults=True, gc=False):
    received_at: float
    feed: str
    line: str | None = None
    line_b64: bytes | None = None
    event: AnyEvent | None = None
    backfill: bool = False


class _Mark(Struct):
    floorlog: int


_encode = msgspec.json.Encoder().encode
_encode_lines = msgspec.json.Encoder().encode_lines
_decode_entry = msgspec.json.Decoder(_Entry).decode
_decode_entries = msgspec.json.Decoder(_Entry).decode_lines
_decode_header = msgspec.json.Decoder(RecordingHeader).decode
_decode_mark = msgspec.json.Decoder(_Mark).decode


class RecordingWriter:
    """Writes a recording; the file is the user's alone (0600). Driven by one thread. `problem` is why the last of it
    could not be written, `error` what the system said; "" and None where it could."""

    def __init__(
        self, path: str | os.PathLike[str], zone: str, feeds: dict[str, RecordedFeed], *, kept: bool = False
    ) -> None:
        """Begin a new recording at `path`; `kept`: one of those that go with time. Raises FeedError when there is a
        file, or none can be made."""
        self.path = os.fspath(path)
        self.problem = ""
        self.error: OSError | None = None
        self.entries = 0
        self.lost = 0
        self._waiting = bytearray(_encode(RecordingHeader(VERSION, zone, _named(feeds), kept or UNSET)) + b"\n")
        self._waiting_entries = 0
        self._received = self._flushed_at = float("-inf")
        self._good = 0
        try:
            self._fd: int | None = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            raise FeedError(_("{path}: there is a file already: name another").format(path=self.path)) from None
        except OSError as error:
            raise FeedError(f"{self.path}: {error.strerror}") from error
        if kept:
            hold(self._fd)
        self.flush()
        if self.problem:
            self.close()
            with suppress(OSError):  # nothing stands in it: whoever tries again finds its place free
                os.unlink(self.path)  # noqa: PTH108  # paths are strings here
            raise FeedError(self.problem) from self.error

    def append(self, entry: Entry) -> None:
        """Add an entry. It is written when FLUSH_BYTES wait, when a second of floor time has passed, or at `flush`."""
        if len(self._waiting) > MOST_WAITING:
            self.lost += 1
        else:
            self._received = max(self._received, entry.received_at)
            self._waiting += _encoded(_row(entry, self._received))
            self._waiting += b"\n"
            self._waiting_entries += 1
        if len(self._waiting) >= FLUSH_BYTES or self._received >= self._flushed_at + FLUSH_SECONDS:
            self.flush()

    def extend(self, entries: Sequence[Entry]) -> None:
        """Add many entries of the past, in order: written when FLUSH_BYTES wait, however much time they span."""
        if len(self._waiting) > MOST_WAITING:
            self.lost += len(entries)
        else:
            rows = []
            for entry in entries:
                self._received = max(self._received, entry.received_at)
                rows.append(_row(entry, self._received))
            self._waiting += _encoded_all(rows)
            self._waiting_entries += len(rows)
        if len(self._waiting) >= FLUSH_BYTES:
            self.flush()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._good

    @property
    def is_there(self) -> bool:
        """Whether what is written stands at the path still: a file that is deleted meanwhile takes every line, and
        nobody ever reads them."""
        if self._fd is None:
            return False
        try:
            found, ours = os.stat(self.path), os.fstat(self._fd)  # noqa: PTH116  # paths are strings here
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)

    def flush(self) -> None:
        """Hand what waits to the system. What fails is in `problem`, and tried again at the next flush."""
        if self._fd is None:
            return
        self._flushed_at = self._received
        try:
            self._write(self._fd)
        except OSError as error:
            self.error = OSError(error.errno, error.strerror)  # with no traceback, which would hold on to what waits
            self.problem = _("{path}: not recorded: {reason}").format(path=self.path, reason=error.strerror)

    def close(self) -> None:
        """Write what waits and close; what still waits then is lost. May be called twice."""
        self.flush()
        if self._fd is not None:
            os.close(self._fd)
            self.lost += self._waiting_entries
        self._fd, self._waiting_entries = None, 0

    def _write(self, fd: int) -> None:
        try:
            written = 0
            while written < len(self._waiting):
                written += os.pwrite(fd, memoryview(self._waiting)[written:], self._good + written)
        except OSError:
            os.ftruncate(fd, self._good)
            raise
        self._good += len(self._waiting)
        self._waiting = bytearray()
        self.entries += self._waiting_entries
        self._waiting_entries, self.problem, self.error = 0, "", None


class Recording:
    """A recording that can be read, any number of times. `health` counts as of the last reading."""

    def __init__(self, path: str, header: RecordingHeader, body: int) -> None:
        self.path = path
        self.header = header
        self.health = FeedHealth(path, state="ok")
        self.torn = False
        self.body = body

    @property
    def zone(self) -> str:
        """The floor's zone, an IANA name."""
        return self.header.zone

    @property
    def feeds(self) -> dict[str, RecordedFeed]:
        """What the feeds of the recording were, by name."""
        return self.header.feeds

    def __iter__(self) -> Iterator[Entry]:
        """The entries in the order of the fold."""
        return self.entries()

    def entries(self, offset: int | None = None) -> Iterator[Entry]:
        """The entries in the order of the fold, from the one that begins at `offset` (of a line: its `offset`).

        Raises FeedError when the file can no longer be read.
        """
        self.health = FeedHealth(self.path, state="ok")
        self.torn = False
        start = self.body if offset is None else offset
        for lines, size in blocks_of_lines(self.path, start, self.health.reject):
            yield from self._decoded(lines, start)
            start += size

    def _decoded(self, lines: bytes, start: int) -> Iterator[Entry]:
        """The entries of whole lines (the last one perhaps torn) that begin at `start`."""
        try:
            rows = _decode_entries(lines)
        except jsonl.UNREADABLE:
            rows = []
        raws = lines.split(b"\n")
        if len(rows) != len(raws) - 1 or raws[-1]:
            yield from self._one_by_one(raws, start)
            return
        for row, raw in zip(rows, raws, strict=False):
            entry = _entry(row, start)
            if isinstance(entry, str):
                self.health.reject(entry, start, raw)
            else:
                yield entry
            start += len(raw) + 1

    def _one_by_one(self, raws: list[bytes], start: int) -> Iterator[Entry]:
        last = len(raws) - 1
        for place, raw in enumerate(raws):
            try:
                entry = _entry(_decode_entry(raw), start) if raw.strip() else None
            except jsonl.UNREADABLE:
                self.torn |= place == last
                self.health.reject(TORN if place == last else "not an entry of a recording", start, raw)
            else:
                if isinstance(entry, str):
                    self.health.reject(entry, start, raw)
                elif entry is not None:
                    yield entry
            start += len(raw) + 1


def is_recording(path: str | os.PathLike[str]) -> bool:
    """Whether the file begins as a recording of any version does. False when it cannot be read."""
    try:
        _decode_mark(first_line(os.fspath(path)))
    except (FeedError, *jsonl.UNREADABLE):
        return False
    return True


def read_recording(path: str | os.PathLike[str]) -> Recording:
    """The recording at `path`, compressed or not. Raises FeedError when it is none, or of a newer floorwatch."""
    name = os.fspath(path)
    first = first_line(name)
    try:
        version = _decode_mark(first).floorlog
    except jsonl.UNREADABLE:
        if first.startswith(_BEGINNING) and not first.endswith(b"\n"):
            said = _("{path}: a recording that was torn before anything stood in it")
            raise FeedError(said.format(path=name)) from None
        words = _(
            '{path}: not a recording: its first line is not {{"floorlog": 1, ...}}; name its format to read it as a log'
        )
        raise FeedError(words.format(path=name)) from None
    if version > VERSION:
        words = _("{path}: a recording of version {version}, and this floorwatch reads {known}: install a newer one")
        raise FeedError(words.format(path=name, version=version, known=VERSION))
    try:
        return Recording(name, _decode_header(first), len(first))
    except jsonl.UNREADABLE as error:
        raise FeedError(_("{path}, line 1: {reason}").format(path=name, reason=error)) from None


def end_of(path: str | os.PathLike[str]) -> RecordingEnd:
    """How a recording ends, from its last bytes; an archive is read through. Raises FeedError."""
    name = os.fspath(path)
    at: float | None = None
    torn = False
    for lines, whole in last_lines(name):
        *_before, last = raws = lines.split(b"\n")
        torn = bool(last.strip()) and _received_at(last) is None
        at = next((found for raw in reversed(raws) if (found := _received_at(raw)) is not None), None)
        if at is not None:
            return RecordingEnd(at, torn, cut_short=not whole)
    return RecordingEnd(at, torn)


def as_line(entry: Entry) -> bytes:
    """The entry as it stands in a recording, with its line end."""
    return _encoded(_row(entry, entry.received_at)) + b"\n"


def _received_at(raw: bytes) -> float | None:
    try:
        at = _decode_entry(raw).received_at if raw.strip() else None
    except jsonl.UNREADABLE:
        return None
    return at if at is None or _is_time(at) else None


def _named(feeds: dict[str, RecordedFeed]) -> dict[str, RecordedFeed]:
    return {_name(name): feed for name, feed in feeds.items()}


def _name(feed: str) -> str:
    """A feed's name as text that can be written: that of a file may hold bytes that are none."""
    return feed.encode("utf-8", "replace").decode()


def _row(entry: Entry, received_at: float) -> _Entry:
    if isinstance(entry, RecordedEvent):
        return _Entry(received_at, entry.feed, event=entry.event, backfill=entry.backfill)  # type: ignore[arg-type]  # every event is one of AnyEvent
    try:
        return _Entry(received_at, entry.feed, entry.raw.decode(), backfill=entry.backfill)
    except UnicodeDecodeError:
        return _Entry(received_at, entry.feed, line_b64=entry.raw, backfill=entry.backfill)


def _encoded_all(rows: Sequence[_Entry]) -> bytes:
    """The rows with their line ends."""
    try:
        return _encode_lines(rows)
    except UnicodeEncodeError:
        return b"".join(_encoded(row) + b"\n" for row in rows)


def _encoded(row: _Entry) -> bytes:
    try:
        return _encode(row)
    except UnicodeEncodeError:
        if row.event is not None:
            row.event = jsonl.decode(jsonl.encode(row.event))  # type: ignore[assignment]  # every event is one of AnyEvent
        row.feed = _name(row.feed)
        return _encode(row)


def _is_time(at: float) -> bool:
    """Whether it lies in a day that can be told."""
    return _EARLIEST <= at <= LATEST


def _entry(row: _Entry, offset: int) -> Entry | str:
    """The entry that begins at this offset, or why it is none."""
    if not (_is_time(row.received_at) and (row.event is None or _is_time(row.event.at))):
        return NO_TIME
    if row.line is not None:
        return FeedLine(row.feed, row.received_at, offset, row.line.encode(), row.backfill)
    if row.line_b64 is not None:
        return FeedLine(row.feed, row.received_at, offset, row.line_b64, row.backfill)
    if row.event is not None:
        return RecordedEvent(row.feed, row.received_at, row.event, offset, row.backfill)
    return EMPTY
