"""The same weekday of an earlier week, read in the background from what the feeds left behind: what today is compared
with.

Rules
- It begins a while after today's past was read, and rests most of the time: nobody's key or first screen waits for it.
- The nearest week counts of which every feed of calls has left lines: a day that is half there is no comparison. Files
  and what they were rotated into go before recordings.
- A day is read once. Where there is none, or another business day has begun, it is looked for again.
- What cannot be read has nothing to say here: whoever reads it for today says what is wrong with it.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.guests_past import past_of
from floorwatch.engine.house import House
from floorwatch.engine.opening import OpenFeed, day_feed
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import RecordedTimeline, drained
from floorwatch.feeds.backfill import MARGIN_SECONDS, merge_backfill
from floorwatch.feeds.recording import is_recording, read_recording
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.clock import Clock, FloorDays
from floorwatch.model.counts import SHORT_SECONDS
from floorwatch.model.entities import Fact
from floorwatch.model.events import WeekdayRead
from floorwatch.settings import FeedSettings, SettingsError

FIRST_SECONDS = 3.0
"""From the end of today's past to the first look: the screen is drawn by then."""

AGAIN_SECONDS = 900.0
LINES_AT_ONCE = 128
RESTS = 9.0
"""Rest for so many times as long as it worked: it takes a tenth of a processor at most."""

Rest = Callable[[float], object]
"""Waits for so many seconds of the host's time."""


class WeekdayReader:
    """Reads in a daemon thread of its own, and gives what it found to `give`, in that thread."""

    def __init__(
        self,
        house: House,
        wanted: Mapping[str, FeedSettings],
        clock: Clock,
        give: Callable[[WeekdayRead], None],
        rest: Rest | None = None,
    ) -> None:
        self._house = house
        self._wanted = wanted
        self._clock = clock
        self._give = give
        self._stopped = threading.Event()
        self._rest: Rest = self._stopped.wait if rest is None else rest

    def start(self) -> None:
        """Begin, unless nobody wants it."""
        if self._house.settings.comparison.weeks:
            threading.Thread(target=self._run, name="weekday", daemon=True).start()

    def stop(self) -> None:
        """Give nothing more. Does not wait."""
        self._stopped.set()

    def _run(self) -> None:
        self._rest(FIRST_SECONDS)
        days, done = self._house.rules.days, -1.0
        while not self._stopped.is_set():
            now = self._clock.now()
            if done != days.start_of(now) and (found := read_weekday(self._house, self._wanted, now, self._rest)):
                done = found.compared_with
                self._give(found)
            self._rest(AGAIN_SECONDS)


def read_weekday(house: House, wanted: Mapping[str, FeedSettings], now: float, rest: Rest) -> WeekdayRead | None:
    """The nearest of the same weekdays that is there to be read, up to as many weeks ago as the settings say."""
    days = house.rules.days
    for weeks in range(1, house.settings.comparison.weeks + 1):
        start, end = day_before(days, now, weeks)
        for read in (_from_files, _from_recordings):
            arrivals = read(house, wanted, (start, end), rest)
            if arrivals:
                date = days.local(start).date().isoformat()
                return WeekdayRead(
                    now, date=date, compared_with=days.start_of(now), step_seconds=SHORT_SECONDS, arrivals=arrivals
                )
    return None


def day_before(days: FloorDays, now: float, weeks: int) -> tuple[float, float]:
    """Start and end of the business day so many weeks before that of `now`: by the calendar, not by the second."""
    date = days.local(days.start_of(now)).date() - timedelta(days=7 * weeks)
    start = datetime.combine(date, days.starts, days.zone).timestamp()
    return start, days.end_of(start)


Span = tuple[float, float]
Arrivals = Mapping[str, tuple[int, ...]]


def _from_files(house: House, wanted: Mapping[str, FeedSettings], span: Span, rest: Rest) -> Arrivals:
    """The arrivals of that day in the feeds' own files; nothing unless each of them has lines of it."""
    start, end = span
    feeds: list[OpenFeed] = []
    try:
        for name, each in wanted.items():
            if (opened := day_feed(house, name, each, start)) is not None:
                feeds.append(opened)
        pasts = {feed.name: past_of(feed, drained(feed)) for feed in feeds}
        lines = merge_backfill([lines for lines, _decoder in pasts.values()])
        decoders = {name: decoder for name, (_lines, decoder) in pasts.items()}
        decoded = (decoders[line.feed].decode(line) for line in lines)
        counted = _Arrivals(house, {feed.name for feed in feeds}, frozenset().union(*(feed.gives for feed in feeds)))
        return counted.read(decoded, start, end, rest)
    except (FeedError, SettingsError, OSError):
        return {}
    finally:
        for feed in feeds:
            feed.feed.close()


def _from_recordings(house: House, _wanted: Mapping[str, FeedSettings], span: Span, rest: Rest) -> Arrivals:
    """The arrivals of that day in the first recording of the folder that holds them."""
    start, end = span
    folder = house.settings.comparison.recordings
    for path in _recordings(folder, start) if folder is not None else ():
        try:
            timeline = RecordedTimeline(house, read_recording(path))
            first = timeline.first_at()
            if first is None or first >= end:
                continue
            names = {name for name in timeline.names if name not in timeline.of_documents}
            if arrivals := _Arrivals(house, names, timeline.gives).read(timeline.entries(), start, end, rest):
                return arrivals
        except (FeedError, OSError):
            continue
    return {}


def _recordings(folder: Path, start: float) -> Sequence[Path]:
    """Those that were still written to on that day, by name."""
    try:
        files = [path for path in sorted(folder.iterdir()) if path.stat().st_mtime >= start - MARGIN_SECONDS]
    except OSError:
        return ()
    return [path for path in files if is_recording(path)]


class _Arrivals:
    """Counts who entered on one day, on a floor of its own: what is no new call there is none here."""

    def __init__(self, house: House, feeds: set[str], gives: frozenset[Fact]) -> None:
        self._missing = feeds
        self._floor = house.floor(gives)

    def read(self, entries: Iterator[Decoded], start: float, end: float, rest: Rest) -> Arrivals:
        """By queue, in five minutes after five minutes from `start` on; nothing where a feed has no line of the day."""
        began = monotonic()
        while chunk := list(islice(entries, LINES_AT_ONCE)):
            for entry in chunk:
                if entry.line is not None and start <= entry.received_at < end:
                    self._missing.discard(entry.feed)
                    fold(self._floor, entry)
            if chunk[-1].received_at >= end:
                break
            rest(RESTS * (monotonic() - began))
            began = monotonic()
        return {} if self._missing else self._counted(start, end)

    def _counted(self, start: float, end: float) -> Arrivals:
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * int((end - start) // SHORT_SECONDS))
        floor = self._floor.snapshot(end)
        ended = ((visit.queue, visit.entered_at) for visit in floor.past.visits(0.0))
        for queue, entered_at in chain(ended, ((caller.queue, caller.entered_at) for caller in floor.waiting.values())):
            if start <= entered_at < end:
                found[queue][int((entered_at - start) // SHORT_SECONDS)] += 1
        return {queue: tuple(numbers) for queue, numbers in sorted(found.items())}
