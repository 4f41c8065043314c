"""The business day so far as a recording: the one that is kept of it, or written out from the feeds' own files.

Rules
- One that is kept is copied as far as it is written: it is exact, with every line at the time at which it came.
- Written out is what a live start at this moment would read: memberships of the days before, calls that were open when
  the day began, and today; each line at the time of its event, merged as a live start merges them.
- There the mark from which rules are asked stands where the day begins, so that alerts of the whole day are known.
- A mark stands at the end, at the moment of writing: a floor on which nothing has happened for an hour can be seen up
  to now.
- Documents are read as they are now, and stand first. What was entered stands at the time at which it was, by the clock
  of who wrote it.
- So a moment that is written out differs from what the live floor showed then in this alone: when the lines of a feed
  were received; alerts of before the watch began, and by an instant or so those that began or ended while a line was on
  its way; documents and entries that live came to know later than they say.
- Feeds that can only be watched have no past to read: they are refused before anything is written.
"""

import heapq
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct

from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.guests_past import in_time
from floorwatch.engine.house import House
from floorwatch.engine.journal_past import as_past, entries_after
from floorwatch.engine.new_file import OWN
from floorwatch.engine.opening import OpenFeed, feed_again, recorded_feed
from floorwatch.engine.recorder import past_lines
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.recording import Entry, RecordedEvent, RecordingWriter, as_line, end_of
from floorwatch.feeds.shapes import FeedError
from floorwatch.journal.shapes import JournalError
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import WatchBegan, WeekdayRead
from floorwatch.settings import FeedSettings, zone_name

AT_ONCE = 2048
"""Entries between two looks at whether anybody still waits for them."""

BLOCK_BYTES = 1024 * 1024


class GivenUpError(Exception):
    """Nobody waits for it any more."""


class Wanted(Struct, frozen=True):
    """What is to be on the tape: these feeds of this house, up to `now`, and the day that is compared with today, as
    the live floor has it."""

    house: House
    feeds: Mapping[str, FeedSettings]
    now: float
    weekday: WeekdayRead | None = None


def write_today(wanted: Wanted, out: Path, told: Callable[[float], None], given_up: threading.Event) -> None:
    """Write it to a new file; `told` hears how much is done, 0..1, in the thread of the caller. Raises FeedError, and
    GivenUpError soon after `given_up` is set."""
    house, now = wanted.house, wanted.now
    feeds = [feed_again(house, name, each, now) for name, each in wanted.feeds.items()]
    try:
        told_feeds = {feed.name: recorded_feed(wanted.feeds[feed.name], feed) for feed in feeds}
        writer = RecordingWriter(out, zone_name(house.rules.days.zone), told_feeds)
        try:
            entries = _entries(wanted, feeds)
            while chunk := list(islice(entries, AT_ONCE)):
                writer.extend(chunk)
                if writer.problem:  # said now: once there is room again nobody could tell what was lost, or why
                    raise FeedError(writer.problem)
                told(_share_read(feeds))
                if given_up.is_set():
                    raise GivenUpError
        finally:
            writer.close()
        if writer.lost:
            raise FeedError(writer.problem)
    finally:
        for feed in feeds:
            feed.feed.close()


def copy_kept(recording: Path, out: Path, now: float) -> None:
    """Copy a recording of today, as far as it is written, to a new file. Raises OSError and FeedError."""
    made = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN)
    with os.fdopen(made, "wb") as copy, recording.open("rb") as source:
        left = b""
        while block := source.read(BLOCK_BYTES):
            whole = block.rfind(b"\n") + 1
            copy.write(left + block[:whole] if whole else b"")
            left = block[whole:] if whole else left + block
    last_at = end_of(out).last_at
    with out.open("ab") as copy:
        copy.write(as_line(_end(now if last_at is None else max(now, last_at))))


def _end(now: float) -> RecordedEvent:
    return RecordedEvent("", now, WatchBegan(now))


def _entries(wanted: Wanted, feeds: Sequence[OpenFeed]) -> Iterator[Entry]:
    """Everything in its order."""
    clock, now = VirtualClock(wanted.now), wanted.now
    starts = wanted.house.rules.days.start_of(now)
    lines: Iterator[Entry] = iter(
        merge_backfill([in_time(feed, past_lines(feed, clock)) for feed in feeds if not feed.is_of_documents])
    )
    past = heapq.merge(lines, _entered(wanted), key=_place)
    first = next(past, None)
    at = starts if first is None else min(first.received_at, starts)
    for feed in feeds:
        if feed.is_of_documents:
            yield from _documents(feed, clock, at)
    has_begun = False
    for entry in () if first is None else chain((first,), past):
        if not has_begun and entry.received_at >= starts:
            yield from _beginning(starts, wanted.weekday)
            has_begun = True
        yield entry
    if not has_begun:
        yield from _beginning(starts, wanted.weekday)
    yield _end(now)


def _beginning(at: float, weekday: WeekdayRead | None) -> Iterator[RecordedEvent]:
    yield RecordedEvent("", at, WatchBegan(at))
    if weekday is not None:
        yield RecordedEvent("", at, weekday)


def _documents(feed: OpenFeed, clock: VirtualClock, at: float) -> Iterator[RecordedEvent]:
    read = (feed.decoder.decode(line) for line in past_lines(feed, clock))
    for decoded in in_time(feed, read):
        yield from (RecordedEvent(feed.name, at, event, backfill=True) for event in decoded.events)


def _entered(wanted: Wanted) -> Iterator[RecordedEvent]:
    """What stands in the journal, none of it after now. One that cannot be read costs nobody the past."""
    from floorwatch.journal.opening import open_journal  # sqlite3: 9 ms, which no start pays for this

    try:
        journal = open_journal(wanted.house.journal_url)
        try:
            found = as_past(entries_after(journal), wanted.now)
        finally:
            journal.close()
    except JournalError:
        return
    for each in found:
        yield from (RecordedEvent(JOURNAL, each.received_at, event, backfill=True) for event in each.events)


def _place(entry: Entry) -> tuple[float, str]:
    return entry.received_at, entry.feed


def _share_read(feeds: Sequence[OpenFeed]) -> float:
    of_lines = [feed.feed.health for feed in feeds if not feed.is_of_documents]
    total = sum(each.bytes_total for each in of_lines)
    return min(1.0, sum(each.bytes_read for each in of_lines) / total) if total else 0.0
