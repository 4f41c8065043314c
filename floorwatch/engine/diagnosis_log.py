"""A short look into a log: its newest part, within bounds of bytes and time, and what it tells of the floor.

Rules
- The newest file is read first, from so far before its end as is left to read; then the files that it was rotated into.
- The first line of each file is read in any case: it may be the head of a table, and it tells since when there is one.
- The times of the first and the last line are what the lines say, also where the decoder refuses them.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from msgspec import Struct, field

from floorwatch.engine.recognising import LinesOf
from floorwatch.engine.system_clock import monotonic
from floorwatch.feeds.backfill import LATEST, SOONEST, Sieve, peek
from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.files import files_of, locate
from floorwatch.feeds.lines import LineSplitter, OffsetLine
from floorwatch.feeds.reader import open_regular
from floorwatch.feeds.rotation import Sibling, in_order, siblings_of
from floorwatch.feeds.shapes import Decoder, FeedError, FeedFormat, FeedLine, RejectLine
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import AgentSignedIn, CallEntered, Event

MOST_BYTES = 8 * 1024 * 1024
MOST_SECONDS = 3.0
HOUR = 3600
_LINES_AT_ONCE = 2000
_GZIP_BLOCK = 256 * 1024


class Glance(Struct):
    """What was seen. `calls` and `agents` (each with its queues) by the log's own words; `lines_at` and `calls_at`
    count by the hour since the epoch; `devices` are those at which agents signed in. `is_whole`: nothing was left
    out."""

    lines: int = 0
    files: int = 0
    first_at: float | None = None
    last_at: float | None = None
    is_whole: bool = True
    rejected: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    agents: Mapping[str, set[str]] = {}
    devices: Mapping[str, str] = {}
    lines_at: Counter[int] = field(default_factory=Counter)
    calls_at: Counter[int] = field(default_factory=Counter)

    def days_of_calls(self, days: FloorDays) -> int:
        """How many business days have calls in what was read; at least 1."""
        return max(1, len({days.start_of(hour * HOUR) for hour in self.calls_at}))

    def calls_by_hour(self, zone: tzinfo) -> Sequence[int]:
        """Calls by the hour of the day on the wall of `zone`: 24 numbers."""
        days, counts = FloorDays(zone), [0] * 24
        for hour, calls in self.calls_at.items():
            counts[days.local(hour * HOUR).hour] += calls
        return counts


def glance_at(url: str, read_as: LinesOf, now: float) -> Glance:
    """A look at the file, folder or pattern. Raises FeedError and OSError where it cannot be read."""
    return _Looking(read_as, now).at(_newest_first(url))


def night_share(by_hour: Sequence[int]) -> float:
    """The share of calls between 23:00 and 06:00: where it is large, the zone is probably another one."""
    total = sum(by_hour)
    return (by_hour[23] + sum(by_hour[:6])) / total if total else 0.0


def _newest_first(url: str) -> Sequence[str]:
    files = [str(file) for file in files_of(locate(url))]
    if len(files) > 1 or locate(url).is_folder:
        return files
    rotated: list[Sibling] = in_order(siblings_of(files[0]))
    return [*files, *(each.path for each in reversed(rotated))]


class _Looking:
    """One look. What is left of bytes and time is counted down."""

    def __init__(self, read_as: LinesOf, now: float) -> None:
        self._format: FeedFormat = read_as.format
        self._options = read_as.options
        self._now = now
        self._left = MOST_BYTES
        self._end = monotonic() + MOST_SECONDS
        self._agents: defaultdict[str, set[str]] = defaultdict(set)
        self._devices: dict[str, str] = {}
        self._seen = Glance(agents=self._agents, devices=self._devices)

    def at(self, files: Sequence[str]) -> Glance:
        for number, file in enumerate(files):
            if self._left <= 0 or self._is_over():
                self._seen.is_whole = False
                break
            self._file(file, is_newest=number == 0)
            self._seen.files += 1
        return self._seen

    def _file(self, path: str, *, is_newest: bool) -> None:
        lines, sieve = self._lines_of(path), Sieve(fmt=self._format)
        first = sieve.first_time(path)
        if first is not None and (self._seen.first_at is None or first < self._seen.first_at):
            self._seen.first_at = first
        if is_newest:
            self._seen.last_at = self._last_time(lines)
        decoder = self._format.decoder(dict(self._options))
        for start in range(0, len(lines), _LINES_AT_ONCE):
            if self._is_over():
                self._seen.is_whole = False
                return
            for line in lines[start : start + _LINES_AT_ONCE]:
                self._line(decoder, line)

    def _lines_of(self, path: str) -> list[OffsetLine]:
        """The lines of the newest part of a file, its first one before them."""
        try:
            fd = open_regular(path)
        except (FeedError, OSError):
            self._seen.is_whole = False
            return []
        try:
            return self._read(path, fd)
        finally:
            os.close(fd)

    def _read(self, path: str, fd: int) -> list[OffsetLine]:
        splitter = LineSplitter(lambda reason, _offset, _raw: self._seen.rejected.update((reason,)))
        if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC:
            archive = GzipBytes(fd)
            lines = []
            while self._left > 0 and not self._is_over() and (block := archive.read(_GZIP_BLOCK)):
                self._left -= len(block)
                lines += splitter.feed(block)
            return lines + splitter.finish()
        start = max(0, os.fstat(fd).st_size - self._left)
        raw = os.pread(fd, self._left, start)
        self._left -= len(raw)
        lines = splitter.feed(raw)
        if not start:
            return lines
        self._seen.is_whole = False
        head = LineSplitter(lambda *_skipped: None).feed(peek(path))
        return [*head[:1], *lines[1:]]  # where the reading begins is the middle of a line

    def _last_time(self, lines: Sequence[OffsetLine]) -> float | None:
        return next((at for _offset, raw in reversed(lines[-200:]) if (at := self._time(raw)) is not None), None)

    def _time(self, raw: bytes) -> float | None:
        try:
            at = self._format.time_of(raw)
        except FAILURES:  # a plugin's format: a line without a time, as for the backfill
            return None
        return at if at is not None and SOONEST <= at <= LATEST else None

    def _line(self, decoder: Decoder, line: OffsetLine) -> None:
        offset, raw = line
        self._seen.lines += 1
        at = self._time(raw)
        if at is not None:
            self._seen.lines_at[int(at // HOUR)] += 1
        try:
            for event in decoder.feed(FeedLine("", self._now, offset, raw, True)):
                self._take(event)
        except RejectLine as refusal:
            self._seen.rejected[str(refusal)] += 1
        except FAILURES as error:  # a decoder is plugin code: one that fails costs its line
            self._seen.rejected[type(error).__name__] += 1

    def _take(self, event: Event) -> None:
        queue, agent = getattr(event, "queue", None), getattr(event, "agent", None)
        if isinstance(event, CallEntered):
            self._seen.calls[event.queue] += 1
            self._seen.calls_at[int(event.at // HOUR)] += 1
        if agent is not None:
            self._agents[agent].update((queue,) if queue is not None else ())
            if isinstance(event, AgentSignedIn) and event.device:
                self._devices[agent] = event.device

    def _is_over(self) -> bool:
        return monotonic() >= self._end


def rotated_beside(path: str) -> tuple[Sequence[Path], Sequence[Path]]:
    """The files that the log at `path` was rotated into, newest first, and others beside it whose names begin like it
    and which are not read."""
    mine = Path(os.path.realpath(path))
    read = [Path(each.path) for each in reversed(in_order(siblings_of(path)))]
    known = {*read, mine, *(file.with_name(f"{file.name}.gz") for file in (*read, mine))}
    try:
        beside = sorted(file for file in mine.parent.iterdir() if file.is_file() and file.name.startswith(mine.name))
    except OSError:
        beside = []
    return read, [file for file in beside if file not in known]


def usual_at_this_hour(lines_at: Mapping[int, int], now: float) -> tuple[int, int]:
    """On how many of the days before the log has lines in the hour that it is now, and how many of them it covers: at
    most a week."""
    hour, first = int(now // HOUR), min(lines_at, default=0)
    hours = [hour - 24 * day for day in range(1, 8) if first <= hour - 24 * day]
    return sum(bool(lines_at.get(each)) for each in hours), len(hours)


def words_of(glances: Sequence[Glance]) -> Iterator[str]:
    """Every agent's word, each once."""
    yield from dict.fromkeys(agent for glance in glances for agent in glance.agents)
