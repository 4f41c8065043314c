"""Today written out shows what the live floor showed, at any moment of it."""

import asyncio
import errno
import gzip
import os
import threading
from collections.abc import Sequence
from functools import cache
from itertools import count, pairwise
from math import inf
from pathlib import Path

import pytest
from msgspec.structs import replace

from floorwatch.bundled import bundled
from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.entering import new_entries
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.headless import snapshots_at
from floorwatch.engine.house import House, build_house, rules_asked
from floorwatch.engine.live import SystemTime
from floorwatch.engine.opening import live_feed
from floorwatch.engine.recorder import past_lines
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import timeline_of
from floorwatch.engine.today_written import GivenUpError, Wanted, copy_kept, write_today
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter, read_recording
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.host.lane import Lanes
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import JournalError
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import NoteKind, NoteTaken, WatchBegan, WeekdayRead
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings, Settings
from tests.engine.small_floor import QUEUE_LOG, START, house_in, log_lines, queue_log

CAPTURE = bundled("sample_feeds") / "asterisk-22"
NAME = "queue_log"
DAY = 86_400.0


@cache
def arrivals() -> Sequence[tuple[float, bytes]]:
    """When each line of the capture arrived, and the line."""
    with gzip.open(CAPTURE / "queue_log.arrivals.gz") as file:
        parts = (line.rstrip(b"\n").split(b"\t", 2) for line in file if not line.startswith(b"##"))
        return [(float(at), raw + b"\n") for at, _inode, raw in parts]


@cache
def house_of_capture() -> House:
    return build_house(Settings(), people=CAPTURE / "people.csv", journal="memory:")


def event_time(raw: bytes) -> float:
    return float(raw.partition(b"|")[0])


def quiet_moments(count: int) -> list[float]:
    """Moments at which no line is on its way: everything that has happened has arrived."""
    lines = arrivals()
    gaps = [
        (event_time(after) + arrived) / 2
        for (arrived, _raw), (_at, after) in pairwise(lines)
        if arrived + 0.2 < event_time(after)
    ]
    return gaps[:: max(1, len(gaps) // count)]


def write_arrivals(log: Path, after: float, until: float) -> None:
    with log.open("ab") as file:
        file.write(b"".join(raw for at, raw in arrivals() if after < at <= until))


async def watched(log: Path, began: float, moments: Sequence[float]) -> dict[float, FloorSnapshot]:
    """The live floor at each of these moments, watched from `began` on while the log grows."""
    house, lines, clock, hand_over = house_of_capture(), arrivals(), VirtualClock(began), HandOver()
    write_arrivals(log, -inf, began)
    feed = live_feed(house, FileSource(), NAME, FeedSettings(str(log), QUEUE_LOG), began, lambda: None)
    lanes = Lanes(monotonic)
    ruling = Ruling(rules_asked(house), lanes, 5.0)
    station = Station(house.floor(feed.gives), hand_over, SystemTime(clock), ruling, Shows([], lanes, monotonic))
    past = decode_all(past_lines(feed, clock), {NAME: feed.decoder})
    station.take(Batch("", past, began))
    station.take(Batch("", [Decoded("", began, (WatchBegan(began),))], began))
    seen, reached = {}, began
    for moment in moments:
        for at in [*(at for at, _raw in lines if reached < at <= moment), moment]:
            write_arrivals(log, reached, at)
            clock.move_to(at)
            reached = at
            hand_over.put(Batch(NAME, decode_all(feed.feed.drain(at), {NAME: feed.decoder}), at))
            while await station.advance():
                pass
        seen[moment] = station.floor.snapshot(moment)
    feed.feed.close()
    lanes.close()
    return seen


async def seen_again(recording: Path, moments: Sequence[float]) -> dict[float, FloorSnapshot]:
    timeline = timeline_of(house_of_capture(), {"today": FeedSettings(str(recording))})
    lanes = Lanes(monotonic)
    ruling = Ruling(rules_asked(timeline.house), lanes, 5.0)
    floors = snapshots_at(timeline.house.floor(timeline.gives), timeline.entries(), moments, ruling)
    seen = {floor.at: floor async for floor in floors}
    lanes.close()
    return seen


def written(wanted: Wanted, folder: Path) -> Path:
    out = folder / "today.floorlog"
    write_today(wanted, out, lambda _share: None, threading.Event())
    return out


def up(floor: FloorSnapshot) -> set[tuple[str, str]]:
    return {(raised.rule, raised.alert.subject) for raised in floor.alerts}


def test_every_moment_is_what_the_live_floor_showed(tmp_path: Path) -> None:
    """But for what the time of an event makes other than that of its receipt, of lines that came while it was watched:
    when the first and the last line of a feed were received; and of alerts, what the rules saw at an instant at which a
    line was on its way, and what they saw before the watch began, when live nobody asked them."""
    began, *moments = quiet_moments(16)[3:]
    log = tmp_path / NAME
    live = asyncio.run(watched(log, began, moments))
    feeds = {NAME: FeedSettings(str(log), QUEUE_LOG)}
    recording = written(Wanted(house_of_capture(), feeds, moments[-1] + 1), tmp_path)
    past = asyncio.run(seen_again(recording, moments))

    for moment in moments:
        one, other = live[moment], past[moment]
        different = {name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name)}
        assert different <= {"feeds", "alerts", "cleared_alerts"}
        assert up(one) == up(other)
        (feed,), (again,) = one.feeds.values(), other.feeds.values()
        times = {"first_line_at": None, "last_line_at": None}
        assert replace(feed, **times) == replace(again, **times)
    assert any(floor.alerts for floor in live.values())


def day_of(house: House, *lines: tuple[float, str], folder: Path, now: float) -> Wanted:
    return Wanted(house, {NAME: queue_log(folder / NAME, *lines)}, now)


def entries_of(recording: Path) -> list[tuple[float, str]]:
    """Time and words of each entry."""
    return [
        (entry.received_at, entry.raw.decode() if isinstance(entry, FeedLine) else type(entry.event).__name__)
        for entry in read_recording(recording)
    ]


def test_lines_of_earlier_days_are_left_out_but_for_what_today_needs(tmp_path: Path) -> None:
    house = house_in()
    midnight = START - 10 * 3600
    wanted = day_of(
        house,
        (midnight - 2 * DAY, "NONE|support|PJSIP/2001|ADDMEMBER|"),
        (midnight - 2 * DAY, "old|support|NONE|ENTERQUEUE||1|1"),
        (midnight - 600, "open|support|NONE|ENTERQUEUE||1|1"),
        (START, "new|support|NONE|ENTERQUEUE||1|1"),
        folder=tmp_path,
        now=START + 60,
    )
    words = [words for _at, words in entries_of(written(wanted, tmp_path))]

    assert [each.split("|")[1] if "|" in each else each for each in words] == [
        "NONE",
        "open",
        "WatchBegan",
        "new",
        "WatchBegan",
    ]


def test_rules_are_asked_from_the_beginning_of_the_day_and_the_tape_ends_now(tmp_path: Path) -> None:
    wanted = day_of(house_in(), (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 3600)
    entries = entries_of(written(wanted, tmp_path))

    assert [(at, words) for at, words in entries if words == "WatchBegan"] == [
        (START - 10 * 3600, "WatchBegan"),
        (START + 3600, "WatchBegan"),
    ]


def test_a_day_without_any_line_is_a_day(tmp_path: Path) -> None:
    entries = entries_of(written(day_of(house_in(), folder=tmp_path, now=START), tmp_path))

    assert [words for _at, words in entries] == ["WatchBegan", "WatchBegan"]


def test_a_line_that_is_being_written_is_not_on_the_tape_yet(tmp_path: Path) -> None:
    wanted = day_of(house_in(), (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 60)
    with (tmp_path / NAME).open("ab") as log:
        log.write(log_lines((START + 1, "c2|support|NONE|ENT"))[:-1])
    words = [words for _at, words in entries_of(written(wanted, tmp_path))]

    assert [each for each in words if "|" in each] == [f"{START:.0f}|c1|support|NONE|ENTERQUEUE||1|1"]


def test_the_day_to_compare_with_is_that_of_the_live_floor(tmp_path: Path) -> None:
    compared = WeekdayRead(START, date="2026-11-14", compared_with=START - 10 * 3600, step_seconds=300, arrivals={})
    wanted = day_of(house_in(), (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 60)
    recording = written(replace(wanted, weekday=compared), tmp_path)
    (floor,) = asyncio.run(seen_again(recording, [START + 30])).values()

    assert floor.weekday == compared


def test_what_was_entered_stands_at_its_time_and_nothing_of_it_after_now(tmp_path: Path) -> None:
    journal = open_journal(str(tmp_path / "journal.db"))
    for number, at in enumerate((START + 10, START + 9999)):
        note = NoteTaken(at, kind=NoteKind.CHECK, agent="PJSIP/2001", text="x")
        journal.append(new_entries([note], f"doing{number}", "Li", at))
    journal.close()
    house = replace(house_in(), journal=str(tmp_path / "journal.db"))
    wanted = day_of(house, (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 60)
    entries = entries_of(written(wanted, tmp_path))

    assert [at for at, words in entries if words == "NoteTaken"] == [START + 10, START + 60]


def test_a_journal_that_cannot_be_read_costs_nobody_the_past(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"no journal at all" * 100)
    house = replace(house_in(), journal=str(tmp_path / "journal.db"))
    with pytest.raises(JournalError):
        open_journal(house.journal_url).since(0, 1)
    wanted = day_of(house, (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 60)

    assert len(entries_of(written(wanted, tmp_path))) == 3


def test_who_does_not_wait_any_longer_has_it_stopped(tmp_path: Path) -> None:
    wanted = day_of(house_in(), (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 60)
    given_up = threading.Event()
    given_up.set()

    with pytest.raises(GivenUpError):
        write_today(wanted, tmp_path / "today.floorlog", lambda _share: None, given_up)


def test_a_disk_that_was_full_for_a_while_is_said_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [(START + each, f"c{each}|support|NONE|ENTERQUEUE||1|1") for each in range(6)]
    wanted = day_of(house_in(), *lines, folder=tmp_path, now=START + 60)
    write_some, calls = os.pwrite, count(1)

    def full_for_a_while(fd: int, data: bytes, offset: int) -> int:
        if next(calls) in {3, 4}:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_some(fd, data, offset)

    monkeypatch.setattr(os, "pwrite", full_for_a_while)
    monkeypatch.setattr("floorwatch.feeds.recording.FLUSH_BYTES", 1)
    monkeypatch.setattr("floorwatch.feeds.recording.MOST_WAITING", 10)
    monkeypatch.setattr("floorwatch.engine.today_written.AT_ONCE", 1)

    with pytest.raises(FeedError, match="No space left on device"):
        write_today(wanted, tmp_path / "today.floorlog", lambda _share: None, threading.Event())


def test_how_much_is_read_is_told(tmp_path: Path) -> None:
    wanted = day_of(house_in(), (START, "c1|support|NONE|ENTERQUEUE||1|1"), folder=tmp_path, now=START + 60)
    told: list[float] = []
    write_today(wanted, tmp_path / "today.floorlog", told.append, threading.Event())

    assert told[-1] == 1.0


def test_a_feed_that_is_gone_is_said(tmp_path: Path) -> None:
    feeds = {NAME: FeedSettings("elsewhere://switch", QUEUE_LOG)}

    with pytest.raises(FeedError, match="elsewhere"):
        written(Wanted(house_in(), feeds, START), tmp_path)


def test_a_kept_recording_is_copied_as_far_as_it_is_written(tmp_path: Path) -> None:
    kept = tmp_path / "kept.floorlog"
    writer = RecordingWriter(kept, "UTC", {NAME: RecordedFeed(QUEUE_LOG)})
    writer.append(RecordedEvent("", START, WatchBegan(START)))
    writer.append(FeedLine(NAME, START + 0.25, 0, b"c1"))
    writer.close()
    with kept.open("ab") as file:
        file.write(b'{"received_at": 17')
    copy_kept(kept, tmp_path / "copy.floorlog", START + 60)

    assert entries_of(tmp_path / "copy.floorlog") == [
        (START, "WatchBegan"),
        (START + 0.25, "c1"),
        (START + 60, "WatchBegan"),
    ]


def test_a_kept_recording_that_is_ahead_of_this_clock_does_not_step_back(tmp_path: Path) -> None:
    kept = tmp_path / "kept.floorlog"
    writer = RecordingWriter(kept, "UTC", {NAME: RecordedFeed(QUEUE_LOG)})
    writer.append(FeedLine(NAME, START + 0.5, 0, b"c1"))
    writer.close()
    copy_kept(kept, tmp_path / "copy.floorlog", START)

    assert [at for at, _words in entries_of(tmp_path / "copy.floorlog")] == [START + 0.5, START + 0.5]
