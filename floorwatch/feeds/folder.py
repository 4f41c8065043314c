"""A folder of files, or those that a pattern names, as one feed.

Rules
- A file and what it was rotated into are one log with one follower (`listing`); nothing is read under two names.
- New files are picked up when the folder is listed: at each drain when it is small, else once a second.
- At most OPEN_FILES stay open; the logs that grew least recently are let go, and looked at when the folder is listed.
- The past of all logs is given in one order: running maximum of event time, then log. A log that was last written
  before the horizon is not opened until it grows.
- In a plain folder, files that the format does not recognise at all are left alone.
"""

import heapq
import os
from collections import deque
from collections.abc import Iterator
from itertools import islice

from floorwatch.feeds.backfill import Horizon, Sieve, peek
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.listing import LogFiles, Signature, by_log, list_files
from floorwatch.feeds.part import absence, lacks_of
from floorwatch.feeds.shapes import FeedFormat, FeedHealth, FeedLine
from floorwatch.feeds.tail import Tail
from floorwatch.words import _

OPEN_FILES = 64
_SMALL = 256
"""A folder of so few files is listed at each drain."""

_LIST_SECONDS = 1.0
_FORGET_SECONDS = 60.0
_BATCH = 1024
_FINE = frozenset({"starting", "ok", "ended"})


class _Log:
    """One log of the folder: its follower, and how its files looked when they were last listed."""

    def __init__(self, name: str, tail: Tail, files: LogFiles, asleep: bool) -> None:
        self.name = name
        self.tail = tail
        self.files = files
        self.seen = files.signature()
        self.asleep = asleep
        self.gone_at: float | None = None


class FolderFeed:
    """The feed of all files in `folder` whose names match `pattern`."""

    def __init__(
        self,
        folder: str | os.PathLike[str],
        name: str,
        *,
        pattern: str | None = None,
        horizon: Horizon | None = None,
        fmt: FeedFormat | None = None,
        follow: bool = True,
    ) -> None:
        """Files that are there at the first drain have a past, cut at `horizon`; later ones are new altogether."""
        self.name = name
        self.health = FeedHealth(name)
        self._folder = os.fspath(folder)
        self._pattern = pattern
        self._horizon = horizon
        self._format = fmt
        self._follow = follow
        self._logs: dict[str, _Log] = {}
        self._due: dict[str, None] = {}  # open, or to be looked at; the one that grew last is last
        self._strangers: dict[str, Signature | None] = {}
        self._quiet = False
        self._past: Iterator[FeedLine] | None = None
        self._now = 0.0
        self._listed_at: float | None = None
        self._entries = 0
        self._fresh = False
        self._problem = ("", "")
        self._lacks = ""

    @property
    def caught_up(self) -> bool:
        """Whether everything that was there at the last drain has been given."""
        return self._past is None and self._quiet

    @property
    def open_files(self) -> int:
        """How many logs are held open."""
        return sum(not log.tail.parked for log in self._logs.values())

    def drain(self, now: float, limit: int = 4096) -> list[FeedLine]:
        """Complete lines that have come since, at most `limit`; none when there are none now."""
        self._now, self._fresh = now, False
        if self._listed_at is None or self._entries <= _SMALL or not 0 <= now - self._listed_at < _LIST_SECONDS:
            self._list()
        lines = [] if self._past is None else list(islice(self._past, limit))
        if len(lines) < limit:
            self._past = None
            lines += self._drain_due(limit - len(lines))
        self._let_go()
        self._tell()
        return lines

    def close(self) -> None:
        """Let go of the files; may be called twice."""
        for log in self._logs.values():
            log.tail.close()

    # --- the folder --------------------------------------------------------------------------------------------------

    def _list(self) -> None:
        beginning = self._listed_at is None
        self._listed_at, self._fresh = self._now, True
        try:
            entries = list_files(self._folder, self._pattern)
        except OSError as error:
            self._problem, self._lacks = absence(self._folder, error, bool(self._logs)), lacks_of(error)
            return
        self._problem, self._lacks = ("", ""), ""
        self._entries = len(entries)
        listed = by_log(entries, self._logs, beginning=beginning)
        for name, files in listed.items():
            self._note(name, files, beginning)
        for name in self._logs.keys() - listed.keys():
            self._miss(name)
        if beginning:
            awake = [log for log in self._logs.values() if not log.asleep]
            self.health.bytes_total = sum(log.files.size() for log in awake)
            self._past = self._merged_past(awake)

    def _note(self, name: str, files: LogFiles, beginning: bool) -> None:
        """Take in how a log looks now: it is due when that is not how it looked."""
        log = self._logs.get(name)
        if log is None:
            if self._is_stranger(name, files):
                return
            self._logs[name] = self._new_log(name, files, beginning)
            if not beginning:
                self._due[name] = None
            return
        signature = files.signature()
        if log.seen != signature:
            self._due[name] = None
        log.files, log.seen = files, signature
        if files.current is not None or files.rotated:
            log.gone_at = None

    def _miss(self, name: str) -> None:
        """A log without any file is waited for, since a rotation may be under way; then it is forgotten."""
        log = self._logs[name]
        if log.gone_at is None or self._now < log.gone_at:
            log.gone_at = self._now
        if self._now < log.gone_at + _FORGET_SECONDS:
            self._note(name, LogFiles(), beginning=False)
            return
        log.tail.close()
        self._due.pop(name, None)
        del self._logs[name]

    def _new_log(self, name: str, files: LogFiles, beginning: bool) -> _Log:
        past = Sieve(self._horizon, self._format, rotated=True) if beginning else None
        asleep = past is not None and not past.wants(files.newest_mtime())
        if past is not None and asleep:
            signature = files.signature()
            past.until = signature[1] if signature else 0
            self.health.passed_over(past.newest)
        tail = Tail(
            os.path.join(self._folder, name),  # noqa: PTH118  # paths are strings here
            self.name,
            past=past,
            follow=self._follow,
            health=self.health,
            siblings=lambda: self._files_of(name).siblings(),
        )
        return _Log(name, tail, files, asleep)

    def _files_of(self, name: str) -> LogFiles:
        """The files of a log as they are in this very drain: a rename may have been what it asks for."""
        if not self._fresh:
            self._list()
        return self._logs[name].files

    def _is_stranger(self, name: str, files: LogFiles) -> bool:
        """Whether a file of a plain folder is no feed of this format; looked at again when it changes."""
        if self._pattern is not None or self._format is None or files.current is None:
            return False
        signature = files.signature()
        if name in self._strangers and self._strangers[name] == signature:
            return True
        sample = peek(files.current.path)
        try:
            known = bool(sample) and self._format.sniff(sample) > 0
        except FAILURES:  # a plugin's format: when it fails the file is read, and its lines are judged
            known = True
        if known:
            self._strangers.pop(name, None)
        else:
            self._strangers[name] = signature
        return not known

    # --- the past ----------------------------------------------------------------------------------------------------

    def _merged_past(self, logs: list[_Log]) -> Iterator[FeedLine]:
        """The lines of the past of all these logs. A log is opened when its first line is due, and let go later."""
        heap = [(self._first_time(log), place) for place, log in enumerate(logs)]
        heapq.heapify(heap)
        waiting: dict[int, deque[FeedLine]] = {}
        while heap:
            at, place = heapq.heappop(heap)
            lines = waiting.pop(place, None) or deque(self._batch(logs[place]))
            if not lines:
                continue
            until = heap[0] if heap else (float("inf"), 0)
            while lines and (lines[0].received_at, place) <= until:
                at = lines[0].received_at
                yield lines.popleft()
            waiting[place] = lines
            heapq.heappush(heap, (lines[0].received_at if lines else at, place))

    def _batch(self, log: _Log) -> list[FeedLine]:
        tail = log.tail
        lines = tail.drain(self._now, _BATCH)
        if not (tail.parked and tail.settled):
            self._touch(log)
            self._let_go()
        return lines

    def _first_time(self, log: _Log) -> float:
        """When the past of a log begins, by its first lines; 0 when they do not tell: then it is opened first."""
        if self._format is None:
            return self._now  # all lines are received now: log after log
        sieve = Sieve(self._horizon, self._format)
        paths = [sibling.path for sibling in log.files.siblings() if sieve.wants(sibling.mtime_ns / 1e9)]
        times = [sieve.first_time(path) for path in [*paths, log.tail.path]]
        return min((at for at in times if at is not None), default=0.0)

    # --- what is new -------------------------------------------------------------------------------------------------

    def _drain_due(self, limit: int) -> list[FeedLine]:
        lines: list[FeedLine] = []
        self._quiet = True
        for name in list(self._due):
            if len(lines) >= limit:
                self._quiet = False
                break
            log = self._logs[name]
            new = log.tail.drain(self._now, limit - len(lines))
            self._quiet &= log.tail.caught_up
            if new:
                self._touch(log)
                lines += new
            elif log.tail.parked and log.tail.settled:
                del self._due[name]
        return lines

    def _touch(self, log: _Log) -> None:
        """This log grew last: the others come before it next time, and are let go before it."""
        self._due.pop(log.name, None)
        self._due[log.name] = None

    def _let_go(self) -> None:
        """Hold no more than OPEN_FILES logs open. One that has nothing left to do is due again when it changes."""
        held = [name for name in self._due if not self._logs[name].tail.parked]
        for name in held[:-OPEN_FILES]:
            tail = self._logs[name].tail
            tail.park()
            if tail.settled:
                del self._due[name]

    def _tell(self) -> None:
        health = self.health
        due = [self._logs[name].tail for name in self._due]
        if self._past is None or health.bytes_read > health.bytes_total:
            health.bytes_total = health.bytes_read + sum(tail.left for tail in due)
        failing = [tail for tail in due if tail.state not in _FINE]
        lacks = self._lacks
        if self._problem[0]:
            health.state, health.reason = self._problem
        elif not self._logs:
            health.state, health.reason = "waiting", _("{path}: no files of a feed in it yet").format(path=self._folder)
        elif failing:
            health.state = failing[0].state if len(failing) == len(self._logs) else "ok"
            health.reason, lacks = failing[0].reason, failing[0].lacks
        else:
            ended = not self._follow and self.caught_up
            health.state, health.reason = "ended" if ended else "ok", ""
        health.lacks = lacks
