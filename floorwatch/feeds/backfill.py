"""The start of the day: which lines of the past are given, with which time, and in which order over several feeds.

Rules
- Nothing is remembered between runs: the state of today is folded from the files, the rotated ones included.
- Files need not be sorted: a block is passed over when its first and its last time are both MARGIN_SECONDS too old.
- A line without a time shares the time of the line before it; before the first time in a file it is always given (a
  table's header).
- `received_at` of a line of the past is the running maximum of the event times, never later than now (or, for a file
  that is not followed, than its last line); a time that lies further ahead than MARGIN_SECONDS is damage, and ignored.
"""

import heapq
import os
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes
from floorwatch.feeds.lines import OffsetLine
from floorwatch.feeds.reader import open_regular
from floorwatch.feeds.shapes import FeedError, FeedFormat, FeedLine

MARGIN_SECONDS = 3600.0
"""How far lines of one file may be out of order, and a file's mtime wrong, before history is passed over."""

SOONEST, LATEST = 1e8, 1e11
"""Epoch seconds (1973 and the year 5138) outside which a time is damage."""

_LOOK = 50
"""Lines without a time that are looked through at either end of a block."""

_PEEK_BYTES = 16 * 1024


class Horizon(Struct, frozen=True):
    """How much of the past today needs, epoch seconds.

    Lines from `full_since` on (the start of the day less the stale limit, so that calls open at midnight are known) are
    all given; older ones down to `carry_since` only when the format says that they still matter today.
    """

    day_start: float
    carry_since: float
    full_since: float


class Sieve:
    """Chooses and stamps the lines of one feed's past, file by file.

    `rotated`: rotated files are part of the past; by default when there is a horizon, for without one a file is itself.
    `until`: the bytes of the file that are past; by default all that are there at the first look.
    """

    def __init__(
        self, horizon: Horizon | None = None, fmt: FeedFormat | None = None, *, rotated: bool | None = None
    ) -> None:
        self.horizon = horizon
        self.rotated = horizon is not None if rotated is None else rotated
        self.until: int | None = None
        self._fmt = fmt
        self._received: float | None = None
        self._last: float | None = None
        self._fresh = True

    def wants(self, mtime: float) -> bool:
        """Whether a file last written at `mtime` can hold a line that is wanted."""
        return self.horizon is None or mtime >= self.horizon.carry_since - MARGIN_SECONDS

    def begin_file(self) -> None:
        """The next lines are the first of another file."""
        self._fresh, self._last = True, None

    def first_time(self, path: str) -> float | None:
        """The time of the first line in the file that has one, None when there is none near its start."""
        return self._first(peek(path).split(b"\n")[:-1])

    def last_time(self, path: str) -> float | None:
        """The time of the last line that has one; None when none near the end has, and of an archive."""
        return self._last_in(b"\n" + _peek_end(path) + b"\n")

    def skips(self, block: bytes) -> bool:
        """Whether nothing that begins in this block is wanted."""
        if self.horizon is None or self._fresh:
            return False
        start = block.find(b"\n") + 1
        first, last = self._first(block[start : start + _PEEK_BYTES].split(b"\n")), self._last_in(block)
        if first is None or last is None or max(first, last) + MARGIN_SECONDS >= self.horizon.carry_since:
            return False
        self._last = last
        return True

    def keep(self, lines: list[OffsetLine]) -> list[OffsetLine]:
        """Those of the next lines that are wanted."""
        horizon, fmt = self.horizon, self._fmt
        if horizon is None or fmt is None or not lines:
            return lines
        first = self._first(raw for _, raw in lines[:_LOOK])
        last = self._first(raw for _, raw in lines[: -_LOOK - 1 : -1])
        fresh, self._fresh = self._fresh, False
        if fresh or first is None or last is None:
            return self._one_by_one(lines, horizon)
        self._last = last
        soonest, latest = min(first, last) - MARGIN_SECONDS, max(first, last) + MARGIN_SECONDS
        if soonest >= horizon.full_since:
            return lines
        if soonest >= horizon.carry_since and latest < horizon.full_since:
            return self._carried(lines, fmt)
        return self._one_by_one(lines, horizon)

    def stamped(self, feed: str, lines: Sequence[OffsetLine], now: float) -> list[FeedLine]:
        """The lines as lines of the past, received when their events happened, and at `now` at the latest."""
        received = self._received
        if received is None:
            first = self._first(raw for _, raw in lines)
            received = now if first is None else min(first, now)
        soon = now + MARGIN_SECONDS
        stamped = []
        for offset, raw in lines:
            at = self._time(raw)
            if at is not None and received < at <= soon:
                received = at if at < now else max(received, now)
            stamped.append(FeedLine(feed, received, offset, raw, True))
        self._received = received if stamped else self._received
        return stamped

    def _one_by_one(self, lines: list[OffsetLine], horizon: Horizon) -> list[OffsetLine]:
        kept = []
        for line in lines:
            at = self._time(line[1])
            self._last = at = self._last if at is None else at
            if at is None or at >= horizon.full_since or (at >= horizon.carry_since and self._carries(line[1])):
                kept.append(line)
        return kept

    def _carried(self, lines: list[OffsetLine], fmt: FeedFormat) -> list[OffsetLine]:
        carries = fmt.carries  # called for every line of a week: 1.3 million on a floor of 1,000 seats
        try:
            return [line for line in lines if carries(line[1])]
        except Exception:  # noqa: BLE001  # a plugin's format: when in doubt the lines are given
            return lines

    def _first(self, raws: Iterable[bytes]) -> float | None:
        return next((at for raw in raws if (at := self._time(raw)) is not None), None)

    def _last_in(self, block: bytes) -> float | None:
        whole = block[-_PEEK_BYTES:].split(b"\n")[1:-1]
        return self._first(reversed(whole))

    def _time(self, raw: bytes) -> float | None:
        if self._fmt is None:
            return None
        try:
            at = self._fmt.time_of(raw)
        except Exception:  # noqa: BLE001  # a plugin's format: its failing costs the skipping, never a line
            return None
        return at if at is not None and SOONEST <= at <= LATEST else None

    def _carries(self, raw: bytes) -> bool:
        try:
            return self._fmt is None or self._fmt.carries(raw)
        except Exception:  # noqa: BLE001  # a plugin's format: when in doubt the line is given
            return True


def merge_backfill(batches: Iterable[Iterable[FeedLine]]) -> Iterator[FeedLine]:
    """The past of several feeds as one: by running maximum of event time, then feed name, then place in the feed.

    Each batch is the lines of one feed as drained, so `received_at` is that running maximum.
    """
    return heapq.merge(*batches, key=lambda line: (line.received_at, line.feed))


def peek(path: str, size: int = _PEEK_BYTES) -> bytes:
    """The first bytes of a file, decompressed; b"" when it cannot be read."""
    try:
        fd = open_regular(path)
    except (OSError, FeedError):
        return b""
    try:
        sample = os.pread(fd, size, 0)
        if not sample.startswith(GZIP_MAGIC):
            return sample
        archive, sample = GzipBytes(fd), b""
        while len(sample) < size and (block := archive.read(size - len(sample))):
            sample += block
        return sample
    except OSError:
        return b""
    finally:
        os.close(fd)


def _peek_end(path: str) -> bytes:
    """The last bytes of a file that is no archive; b"" when it cannot be read."""
    try:
        fd = open_regular(path)
    except (OSError, FeedError):
        return b""
    try:
        if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC:
            return b""
        return os.pread(fd, _PEEK_BYTES, max(0, os.fstat(fd).st_size - _PEEK_BYTES))
    except OSError:
        return b""
    finally:
        os.close(fd)
