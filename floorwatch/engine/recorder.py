"""Recording feeds without a floor: what comes is written as it comes, raw, in the order in which it would be folded.

Rules
- The past of all feeds stands first, merged, as backfill; then the mark `WatchBegan`; then what comes, by receipt.
- Lines are not decoded: a line that no decoder understands is recorded like any other.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from floorwatch.engine.house import House
from floorwatch.engine.opening import OpenFeed, live_feed, recorded_feed
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.recording import RecordedEvent, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.clock import Clock
from floorwatch.model.events import WatchBegan
from floorwatch.settings import FeedSettings, zone_name

HEARTBEAT_SECONDS = 1.0
LINES_AT_ONCE = 4096


class Recorder:
    """Records these feeds into a new file. Raises FeedError when one cannot be opened, or the file is there already."""

    def __init__(self, house: House, wanted: Mapping[str, FeedSettings], out: Path, clock: Clock | None = None) -> None:
        self._clock = SystemClock() if clock is None else clock
        self._woken = threading.Event()
        files, now = FileSource(), self._clock.now()
        self._feeds = [live_feed(house, files, name, each, now, self._woken.set) for name, each in wanted.items()]
        told = {feed.name: recorded_feed(wanted[feed.name], feed) for feed in self._feeds}
        self._writer = RecordingWriter(out, zone_name(house.rules.days.zone), told)

    @property
    def entries(self) -> int:
        """Entries written so far."""
        return self._writer.entries

    @property
    def lost(self) -> int:
        """Entries that could not be written."""
        return self._writer.lost

    def run(self, stopped: threading.Event, seconds: float | None = None) -> None:
        """Record until `stopped` is set (looked at once a second at least), or for so many seconds."""
        until = None if seconds is None else monotonic() + seconds
        self.begin()
        while not stopped.is_set() and (until is None or monotonic() < until):
            self.step()
            left = HEARTBEAT_SECONDS if until is None else min(HEARTBEAT_SECONDS, max(0.0, until - monotonic()))
            self._woken.wait(left)
            self._woken.clear()
        self.close()

    def begin(self) -> None:
        """Record what is there already, and the mark that ends it."""
        for line in merge_backfill([past_lines(feed, self._clock) for feed in self._feeds]):
            self._writer.append(line)
        now = self._clock.now()
        self._writer.append(RecordedEvent("", now, WatchBegan(now)))

    def step(self) -> Sequence[FeedLine]:
        """Record what has come since; the lines."""
        lines = [line for feed in self._feeds for line in feed.feed.drain(self._clock.now(), LINES_AT_ONCE)]
        lines.sort(key=lambda line: line.received_at)
        for line in lines:
            self._writer.append(line)
        self._writer.flush()
        return lines

    def close(self) -> None:
        """Let go of the feeds and write what is left."""
        for feed in self._feeds:
            feed.feed.close()
        self._writer.close()


def past_lines(feed: OpenFeed, clock: Clock) -> Iterator[FeedLine]:
    """Everything that was there when the feed was opened."""
    while True:
        lines = feed.feed.drain(clock.now(), LINES_AT_ONCE)
        yield from lines
        if feed.feed.caught_up:
            return
