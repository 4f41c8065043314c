"""Recordings, `.floorlog` version 1: what the feeds gave, raw and in the order of the fold.

Rules
- The first line says what it is, the floor's zone, and the format and options of each feed. Then one JSON object a
  line: `received_at`, `feed`, and `line` (or `line_b64` when the bytes are not UTF-8), or `event` for what had no line;
  lines of the past carry `backfill`.
- `received_at` never decreases: an entry that would step back is written with the time of the one before.
- A torn last line is what a crash leaves: it is left out and told. A bad line elsewhere is counted, and the rest read.
- A full disk stops no floor: what cannot be written waits, up to MOST_WAITING bytes, then is counted as lost; nothing
  is left torn in the file.
"""

import os
from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from floorwatch.feeds import jsonl
from floorwatch.feeds.backfill import peek
from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes
from floorwatch.feeds.lines import Reject
from floorwatch.feeds.reader import BLOCK_BYTES, DAMAGED, open_regular
from floorwatch.feeds.shapes import FeedError, FeedHealth, FeedLine
from floorwatch.model.events import AnyEvent, Event
from floorwatch.words import _

VERSION = 1
FLUSH_BYTES = 64 * 1024
FLUSH_SECONDS = 1.0
MOST_WAITING = 16 * 1024 * 1024
TORN = "torn last line"
EMPTY = "neither a line nor an event"
_FIRST_LINE_BYTES = 1024 * 1024


class RecordedFeed(Struct, frozen=True):
    """What a feed of the recording was; `site` only where one stood before its words, `documents` only where it gave
    documents: these are events of the recording, as they were read, and nobody needs their format."""

    format: str
    options: dict[str, Any] = field(default_factory=dict)
    site: str | UnsetType = UNSET
    documents: bool | UnsetType = UNSET


class RecordingHeader(Struct, frozen=True):
    """The first line of a recording. `zone` is the floor's, an IANA name."""

    floorlog: int
    zone: str
    feeds: dict[str, RecordedFeed]


class RecordedEvent(Struct, frozen=True, gc=False):
    """An entry that had no line: a note, a document's fact. `offset` is where it begins in the recording."""

    feed: str
    received_at: float
    event: Event
    offset: int = 0
    backfill: bool = False


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
_decode_entry = msgspec.json.Decoder(_Entry).decode
_decode_entries = msgspec.json.Decoder(_Entry).decode_lines
_decode_header = msgspec.json.Decoder(RecordingHeader).decode
_decode_mark = msgspec.json.Decoder(_Mark).decode


class RecordingWriter:
    """Writes a recording; the file is the user's alone (0600). Driven by one thread."""

    def __init__(self, path: str | os.PathLike[str], zone: str, feeds: dict[str, RecordedFeed]) -> None:
        """Begin a new recording at `path`. Raises FeedError when there is a file, or none can be made."""
        self.path = os.fspath(path)
        self.problem = ""
        self.entries = 0
        self.lost = 0
        self._waiting = bytearray(_encode(RecordingHeader(VERSION, zone, feeds)) + b"\n")
        self._waiting_entries = 0
        self._received = self._flushed_at = float("-inf")
        self._good = 0
        try:
            self._fd: int | None = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            raise FeedError(_("{path}: there is a file already: name another").format(path=self.path)) from None
        except OSError as error:
            raise FeedError(f"{self.path}: {error.strerror}") from None
        self.flush()
        if self.problem:
            self.close()
            raise FeedError(self.problem)

    def append(self, entry: Entry) -> None:
        """Add an entry. It is written when FLUSH_BYTES wait, when a second of floor time has passed, or at `flush`."""
        if len(self._waiting) > MOST_WAITING:
            self.lost += 1
        else:
            self._received = max(self._received, entry.received_at)
            self._waiting += _encoded(entry, self._received)
            self._waiting += b"\n"
            self._waiting_entries += 1
        if len(self._waiting) >= FLUSH_BYTES or self._received >= self._flushed_at + FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Hand what waits to the system. What fails is in `problem`, and tried again at the next flush."""
        if self._fd is None:
            return
        self._flushed_at = self._received
        try:
            self._write(self._fd)
        except OSError as error:
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
        self._waiting_entries, self.problem = 0, ""


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
        for lines, size in _lines_from(self.path, start, self.health.reject):
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
            if entry is None:
                self.health.reject(EMPTY, start, raw)
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
                if entry is not None:
                    yield entry
                elif raw.strip():
                    self.health.reject(EMPTY, start, raw)
            start += len(raw) + 1


def is_recording(path: str | os.PathLike[str]) -> bool:
    """Whether the file begins as a recording of any version does. False when it cannot be read."""
    try:
        _decode_mark(_first_line(os.fspath(path)))
    except (FeedError, *jsonl.UNREADABLE):
        return False
    return True


def read_recording(path: str | os.PathLike[str]) -> Recording:
    """The recording at `path`, compressed or not. Raises FeedError when it is none, or of a newer floorwatch."""
    name = os.fspath(path)
    first = _first_line(name)
    try:
        version = _decode_mark(first).floorlog
    except jsonl.UNREADABLE:
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


def _encoded(entry: Entry, received_at: float) -> bytes:
    if isinstance(entry, RecordedEvent):
        row = _Entry(received_at, entry.feed, event=entry.event, backfill=entry.backfill)  # type: ignore[arg-type]  # every event is one of AnyEvent
        try:
            return _encode(row)
        except UnicodeEncodeError:
            row.event = jsonl.decode(jsonl.encode(entry.event))  # type: ignore[assignment]  # as above
            return _encode(row)
    try:
        return _encode(_Entry(received_at, entry.feed, entry.raw.decode(), backfill=entry.backfill))
    except UnicodeDecodeError:
        return _encode(_Entry(received_at, entry.feed, line_b64=entry.raw, backfill=entry.backfill))


def _entry(row: _Entry, offset: int) -> Entry | None:
    if row.line is not None:
        return FeedLine(row.feed, row.received_at, offset, row.line.encode(), row.backfill)
    if row.line_b64 is not None:
        return FeedLine(row.feed, row.received_at, offset, row.line_b64, row.backfill)
    if row.event is not None:
        return RecordedEvent(row.feed, row.received_at, row.event, offset, row.backfill)
    return None


def _first_line(path: str) -> bytes:
    """The first line with its line end. Raises FeedError."""
    os.close(_opened(path))
    sample = peek(path, _FIRST_LINE_BYTES)
    if not sample:
        raise FeedError(_("{path}: an empty file, not a recording").format(path=path))
    return sample[: sample.find(b"\n") + 1] or sample


def _opened(path: str) -> int:
    try:
        return open_regular(path)
    except FileNotFoundError:
        raise FeedError(_("{path}: there is no such file").format(path=path)) from None
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None


def _lines_from(path: str, start: int, reject: Reject) -> Iterator[tuple[bytes, int]]:
    """Blocks of whole lines from `start` on, each with its size; the last may lack its line end. Raises FeedError."""
    fd = _opened(path)
    try:
        archive = GzipBytes(fd) if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC else None
        left, at = b"", start
        if archive is not None:
            _pass_over(archive, start)
        while block := os.pread(fd, BLOCK_BYTES, at) if archive is None else archive.read(BLOCK_BYTES):
            at += len(block)
            end = block.rfind(b"\n") + 1
            if end:
                lines = left + block[:end]
                yield lines, len(lines)
            left = block[end:] if end else left + block
        if archive is not None and not archive.complete:
            reject(DAMAGED, at, b"")
        if left:
            yield left, len(left)
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None
    finally:
        os.close(fd)


def _pass_over(archive: GzipBytes, size: int) -> None:
    while size > 0 and (block := archive.read(min(size, BLOCK_BYTES))):
        size -= len(block)
