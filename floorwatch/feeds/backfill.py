"""The start of the day: which lines of the past are given, with which time, and in which order over several feeds.

Rules
- Nothing is remembered between runs: the state of today is folded from the files, the rotated ones included.
- Files need not be sorted, and a stamp may be damaged: a block is passed over when its first time, its last and some
  in between are all MARGIN_SECONDS too old, and two files stand in the order of the middle of their first times.
- A line without a time shares the time of the line before it; before the first time in a file it is always given (a
  table's header).
- `received_at` of a line of the past is the running maximum of the event times, never later than now (or, for a file
  that is not followed, than its last line). A time that lies further ahead than MARGIN_SECONDS is damage, and ignored;
  so is one that lies so far ahead of the time before it and of the two behind it.
"""

import heapq
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import inf

from msgspec import Struct

from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.lines import OffsetLine
from floorwatch.feeds.reader import open_regular
from floorwatch.feeds.shapes import FeedError, FeedFormat, FeedLine

MARGIN_SECONDS = 3600.0
"""How far lines of one file may be out of order, and a file's mtime wrong, before history is passed over."""

SOONEST, LATEST = 1e8, 1e11
"""Epoch seconds (1973 and the year 5138) outside which a time is damage."""

_LOOK = 50
"""Lines without a time that are looked through at either end of a block."""

_SAMPLES = 128
"""Lines within a block that are looked at besides the first and the last, one in each 2 KiB: damaged stamps, and days
that stand in the wrong order, must not cost the day. They cost 0.1 ms of a block of 256 KiB."""

_GAP_SECONDS = 31 * 86_400.0
"""The last line of a file that nobody follows is this much later than the one in the middle of its last ones, at most,
and the first line of any this much earlier than the two behind it; what is not is damage. A file may lie in the future
as a whole."""

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
        self._newest: float | None = None
        self._fresh = True

    @property
    def newest(self) -> float | None:
        """The newest time found so far, of lines wanted or not; of a file that is not, its last change."""
        return max((at for at in (self._newest, self._last) if at is not None), default=None)

    def wants(self, mtime: float) -> bool:
        """Whether a file last written at `mtime` can hold a line that is wanted."""
        if self.horizon is None or mtime >= self.horizon.carry_since - MARGIN_SECONDS:
            return True
        self._newest = max(mtime, self._newest or mtime)
        return False

    def begin_file(self) -> None:
        """The next lines are the first of another file."""
        self._newest = self.newest
        self._fresh, self._last = True, None

    def first_time(self, path: str) -> float | None:
        """The time of the first line in the file that has one, None when there is none near its start."""
        timed = (at for raw in peek(path).split(b"\n")[:-1] if (at := self._time(raw)) is not None)
        times = list(islice(timed, 3))
        return _beginning(times) if times else None

    def middle_time(self, path: str) -> float | None:
        """The middle of the first times in the file, which no damaged stamp moves far; None when there are none."""
        times = self._times(peek(path).split(b"\n")[:-1][:_LOOK])
        return sorted(times)[(len(times) - 1) // 2] if times else None

    def last_time(self, path: str) -> float | None:
        """The latest time near the end of the file that is no damage; None when there is none, and of an archive."""
        whole = (b"\n" + _peek_end(path) + b"\n").split(b"\n")[1:-1]
        times = sorted(self._times(whole[-_LOOK:]))
        soon = times[(len(times) - 1) // 2] + _GAP_SECONDS if times else 0.0
        return max((at for at in times if at <= soon), default=None)

    def skips(self, block: bytes) -> bool:
        """Whether nothing that begins in this block is wanted."""
        if self.horizon is None or self._fresh:
            return False
        start = block.find(b"\n") + 1
        first, last = self._first(block[start : start + _PEEK_BYTES].split(b"\n")), self._last_in(block)
        if first is None or last is None or max(first, last) + MARGIN_SECONDS >= self.horizon.carry_since:
            return False
        if any(at + MARGIN_SECONDS >= self.horizon.carry_since for at in self._times(_some_lines(block))):
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
        times = [first, last, *self._times(raw for _, raw in lines[:: len(lines) // _SAMPLES + 1])]
        soonest, latest = min(times) - MARGIN_SECONDS, max(times) + MARGIN_SECONDS
        if soonest < horizon.full_since and not (soonest >= horizon.carry_since and latest < horizon.full_since):
            return self._one_by_one(lines, horizon)
        self._last = last
        return lines if soonest >= horizon.full_since else self._carried(lines, fmt)

    def stamped(self, feed: str, lines: Sequence[OffsetLine], now: float) -> list[FeedLine]:
        """The lines as lines of the past, received when their events happened, and at `now` at the latest."""
        times = [self._time(raw) for _, raw in lines]
        received = self._received
        if received is None:
            known = list(islice((at for at in times if at is not None), 3))
            received = min(_beginning(known), now) if known else now
        soon = now + MARGIN_SECONDS
        stamped = []
        for place, (offset, raw) in enumerate(lines):
            at = times[place]
            if at is not None and received < at <= soon and _believed(times, place, at, received) == at:
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
        except FAILURES:  # a plugin's format: when in doubt the lines are given
            return lines

    def _times(self, raws: Iterable[bytes]) -> list[float]:
        """The times of those lines that have one."""
        return [at for raw in raws if (at := self._time(raw)) is not None]

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
        except FAILURES:  # a plugin's format: its failing costs the skipping, never a line
            return None
        return at if at is not None and SOONEST <= at <= LATEST else None

    def _carries(self, raw: bytes) -> bool:
        try:
            return self._fmt is None or self._fmt.carries(raw)
        except FAILURES:  # a plugin's format: when in doubt the line is given
            return True


def _believed(times: Sequence[float | None], place: int, at: float, before: float = -inf) -> float:
    """The time `at` at this place; where it lies far ahead of `before` and of both times behind it, the earlier of
    those. With one of them alone it is that one which is damaged."""
    if at <= before + MARGIN_SECONDS:
        return at
    behind = list(islice((each for each in times[place + 1 : place + 1 + _LOOK] if each is not None), 2))
    return min(behind) if behind and max(behind) < at - MARGIN_SECONDS else at


def _beginning(times: Sequence[float]) -> float:
    """The first of these times, or the earlier of the two behind it where both of them lie far from it, before or
    after."""
    first, behind = _believed(times, 0, times[0]), times[1:3]
    return min(behind) if len(behind) == 2 and min(behind) > first + _GAP_SECONDS else first


def _some_lines(block: bytes) -> Iterator[bytes]:
    """Some whole lines of the block, from its beginning to its end."""
    for sample in range(_SAMPLES):
        start = block.find(b"\n", len(block) * sample // _SAMPLES) + 1
        end = block.find(b"\n", start)
        if 0 < start < end:
            yield block[start:end]


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
