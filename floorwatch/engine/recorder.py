"""Recording feeds without a floor: what comes is written as it comes, raw, in the order in which it would be folded.

Rules
- The past of all feeds stands first, merged, as backfill; then the mark `WatchBegan`; then what comes, by receipt.
- Lines are not decoded: a line that no decoder understands is recorded like any other.
- Documents are recorded as they were read: those that are there first of all, at the time of what follows, since they
  move no time; then each new reading as it comes. Nobody needs their format to replay it.
- The day that is compared with today is recorded as it was counted, when it was read.
- What was entered stands among them as events of the feed `journal`: the past of it merged by time, then what comes, in
  the order of the journal. One that cannot be read is told in `problem`, looked at again, and costs no line.
"""

import heapq
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.guests_past import FeedGivenUpError, in_time
from floorwatch.engine.house import House
from floorwatch.engine.journal_past import as_past, entries_after
from floorwatch.engine.opening import OpenFeed, live_feed, recorded_feed
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.engine.weekday import WeekdayReader
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.recording import Entry as Recorded
from floorwatch.feeds.recording import RecordedEvent, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.journal.shapes import Entry, Journal, JournalError
from floorwatch.model.clock import Clock
from floorwatch.model.events import Event, WatchBegan, WeekdayRead
from floorwatch.settings import FeedSettings, zone_name

T = TypeVar("T")

HEARTBEAT_SECONDS = 1.0
LINES_AT_ONCE = 4096


class Recorder:
    """Records these feeds and what is entered meanwhile into a new file. Raises FeedError when a feed cannot be opened,
    or the file is there already."""

    def __init__(
        self,
        house: House,
        wanted: Mapping[str, FeedSettings],
        out: Path,
        clock: Clock | None = None,
        *,
        kept: bool = False,
    ) -> None:
        """`kept`: it is one of those that are kept day by day."""
        self._clock = SystemClock() if clock is None else clock
        self._woken = threading.Event()
        self._compared: deque[WeekdayRead] = deque()
        self._weekday = WeekdayReader(house, wanted, self._clock, self.compare)
        files, now = FileSource(), self._clock.now()
        self._feeds: list[OpenFeed] = []
        try:
            for name, each in wanted.items():
                self._feeds.append(live_feed(house, files, name, each, now, self._woken.set))
            told = {feed.name: recorded_feed(wanted[feed.name], feed) for feed in self._feeds}
            self._writer = RecordingWriter(out, zone_name(house.rules.days.zone), told, kept=kept)
        except BaseException:  # nobody else has the feeds yet, to close them; raised again
            self._let_go()
            raise
        self._of_lines = [feed for feed in self._feeds if not feed.is_of_documents]
        self._of_documents = [feed for feed in self._feeds if feed.is_of_documents]
        self._entered = _Entered(house.journal_url)
        self._told = ""
        self._given_up: set[str] = set()

    @property
    def entries(self) -> int:
        """Entries written so far."""
        return self._writer.entries

    @property
    def problem(self) -> str:
        """Why the journal cannot be read now; "" while it can."""
        return self._entered.problem

    @property
    def lost(self) -> int:
        """Entries that could not be written."""
        return self._writer.lost

    @property
    def unwritten(self) -> OSError | None:
        """Why what came last could not be written, which waits then; None where it could."""
        return self._writer.error

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._writer.size

    @property
    def is_there(self) -> bool:
        """Whether the file still stands where it was begun."""
        return self._writer.is_there

    def compare(self, read: WeekdayRead) -> None:
        """Record the day that today is compared with; callable from any thread."""
        self._compared.append(read)

    def run(
        self,
        stopped: threading.Event,
        seconds: float | None = None,
        told: Callable[[str], object] = lambda _why: None,
    ) -> bool:
        """Record until `stopped` is set (looked at once a second at least), or for so many seconds; False where the
        file was gone before. `told` hears why nothing can be written, when that begins."""
        until = None if seconds is None else monotonic() + seconds
        self.begin()
        self._weekday.start()
        while not stopped.is_set() and (until is None or monotonic() < until) and self.is_there:
            self.step()
            self._tell(told)
            self.wait(HEARTBEAT_SECONDS if until is None else min(HEARTBEAT_SECONDS, max(0.0, until - monotonic())))
        is_there = self.is_there
        self.close()
        self._tell(told)
        return is_there

    def wait(self, seconds: float) -> None:
        """Wait until something may have come, and not for longer than this."""
        self._woken.wait(seconds)
        self._woken.clear()

    def wake(self) -> None:
        """End the wait; callable from any thread."""
        self._woken.set()

    def begin(self, rest: Callable[[float], bool | None] = lambda _seconds: None) -> bool:
        """Record what is there already, and the mark that ends it. Between two parts of it, `rest` is told how long the
        last one took: whoever shares the processor with a screen waits then, and says True to end it there. Whether it
        came to its end."""
        lines: Iterator[Recorded] = iter(merge_backfill([self._past_of(feed) for feed in self._of_lines]))
        past: Iterator[Recorded] = heapq.merge(lines, self._entered.past(self._clock.now()), key=_place)
        first = next(past, None)
        for feed in self._of_documents:
            for line, read in self._documents_of(feed, past_lines(feed, self._clock)):
                at = line.received_at if first is None else first.received_at
                self._document(line, read, at)
        past = past if first is None else chain((first,), past)
        began = monotonic()
        while chunk := list(islice(past, LINES_AT_ONCE)):
            self._writer.extend(chunk)
            if rest(monotonic() - began):
                return False
            began = monotonic()
        now = self._clock.now()
        self._writer.append(RecordedEvent("", now, WatchBegan(now)))
        return True

    def step(self) -> Sequence[FeedLine]:
        """Record what has come since; the lines."""
        for feed in self._of_documents:
            for line, read in self._documents_of(feed, self._drained(feed)):
                self._document(line, read, line.received_at)
        lines = [line for feed in self._of_lines for line in self._new_of(feed)]
        lines.sort(key=lambda line: line.received_at)
        for line in lines:
            self._writer.append(line)
        while self._compared:
            self._writer.append(RecordedEvent("", self._clock.now(), self._compared.popleft()))
        for event in self._entered.since():
            self._writer.append(RecordedEvent(JOURNAL, self._clock.now(), event))
        self._writer.flush()
        return lines

    def close(self) -> None:
        """Let go of the feeds and write what is left."""
        self._let_go()
        self._entered.close()
        self._writer.close()

    def _tell(self, told: Callable[[str], object]) -> None:
        before, self._told = self._told, self._writer.problem
        if self._told not in ("", before):
            told(self._told)

    def _let_go(self) -> None:
        for feed in self._feeds:
            feed.feed.close()

    def _past_of(self, feed: OpenFeed) -> Iterator[FeedLine]:
        return while_it_works(feed, self._in_time(feed, past_lines(feed, self._clock)))

    def _new_of(self, feed: OpenFeed) -> Iterator[FeedLine]:
        return while_it_works(feed, self._in_time(feed, self._drained(feed)))

    def _drained(self, feed: OpenFeed) -> Iterator[FeedLine]:
        yield from feed.feed.drain(self._clock.now(), LINES_AT_ONCE)

    def _documents_of(self, feed: OpenFeed, lines: Iterator[FeedLine]) -> Iterator[tuple[FeedLine, Decoded]]:
        read = ((line, feed.decoder.decode(line)) for line in lines)
        return while_it_works(feed, self._in_time(feed, read))

    def _in_time(self, feed: OpenFeed, items: Iterator[T]) -> Iterator[T]:
        return self._until_given_up(feed, items) if feed.is_guest else items

    def _until_given_up(self, feed: OpenFeed, items: Iterator[T]) -> Iterator[T]:
        if feed.name in self._given_up:
            return
        try:
            yield from in_time(feed, items)
        except FeedGivenUpError:
            self._given_up.add(feed.name)
            raise

    def _document(self, line: FeedLine, read: Decoded, at: float) -> None:
        for event in read.events:
            self._writer.append(RecordedEvent(line.feed, at, event, backfill=line.backfill))


class _Entered:
    """What is entered into a journal, look by look; `problem` is why the last look saw nothing."""

    def __init__(self, url: str) -> None:
        self.problem = ""
        self._journal: Journal | None = None
        self._seq = 0
        from floorwatch.journal.opening import open_journal  # sqlite3: 9 ms, which `watch` does not pay for this

        try:
            self._journal = open_journal(url)
        except JournalError as error:
            self.problem = str(error)

    def past(self, now: float) -> Iterator[RecordedEvent]:
        """What is there already, at the times at which it was entered, and none of it after now."""
        for each in as_past(self._new(), now):
            yield from (RecordedEvent(JOURNAL, each.received_at, event, backfill=True) for event in each.events)

    def since(self) -> Iterator[Event]:
        """What has come since the last look, as far as anybody here knows what it was."""
        if self._journal is not None and (self._journal.is_changed() or self.problem):
            yield from (entry.event for entry in self._new() if entry.event is not None)

    def close(self) -> None:
        """Let go of the journal."""
        if self._journal is not None:
            self._journal.close()

    def _new(self) -> Sequence[Entry]:
        if self._journal is None:
            return ()
        try:
            found = list(entries_after(self._journal, self._seq))
        except JournalError as error:
            self.problem = str(error)
            return ()
        self.problem = ""
        self._seq = found[-1].seq if found else self._seq
        return found


def while_it_works(feed: OpenFeed, items: Iterator[T]) -> Iterator[T]:
    """The lines, as far as the feed gives them: one that fails costs the others nothing, and is asked again."""
    try:
        yield from items
    except FAILURES as error:  # a feed may be a plugin's, and files fail in many ways
        feed.feed.health.state = "failed"
        feed.feed.health.reason = f"{type(error).__name__}: {error}"


def _place(entry: Recorded) -> tuple[float, str]:
    return entry.received_at, entry.feed


def past_lines(feed: OpenFeed, clock: Clock) -> Iterator[FeedLine]:
    """Everything that was there when the feed was opened."""
    while True:
        lines = feed.feed.drain(clock.now(), LINES_AT_ONCE)
        yield from lines
        if feed.feed.caught_up:
            return
