"""Today, kept: which file, by whom, until when, and what is said when it cannot be."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from floorwatch.engine.day_recorder import DayRecorder, today
from floorwatch.engine.desk import FeedWord
from floorwatch.engine.house import House
from floorwatch.engine.live import live_session
from floorwatch.engine.recorder import LINES_AT_ONCE
from floorwatch.engine.session import Session
from floorwatch.engine.system_clock import DAY_SETTLED_SECONDS
from floorwatch.feeds.recording import Entry, RecordedEvent, read_recording
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import WatchBegan, WeekdayRead
from floorwatch.settings import FeedSettings, RecordingSettings
from tests.cli.waiting import until
from tests.engine.small_floor import START, Changes, house_in, log_lines, queue_log

DAY = 86_400.0
MORNING = (
    (START, "NONE|NONE|NONE|QUEUESTART|"),
    (START + 60, "c1|support|NONE|ENTERQUEUE||5550001234|1"),
)


class Recording:
    """Recorders of one floor in a folder; all of them stop with the test."""

    def __init__(self, folder: Path) -> None:
        self.clock = VirtualClock(START + 100)
        self.log = folder / "queue_log"
        self.folder = folder / "recordings"
        self.feeds = {"queue_log": queue_log(self.log, *MORNING)}
        self.settings = RecordingSettings(self.folder)
        self.host_seconds = 0.0
        self._begun: list[DayRecorder] = []

    @property
    def house(self) -> House:
        house = house_in()
        return replace(house, settings=replace(house.settings, feeds=self.feeds, recording=self.settings))

    def begin(self, feeds: dict[str, FeedSettings] | None = None) -> DayRecorder:
        """Begin another one, for which the host's time passes fast."""
        stopped = threading.Event()

        def rest(_seconds: float) -> bool:
            return stopped.wait(0.01)

        recorder = DayRecorder(self.house, feeds or self.feeds, self.clock, rest, lambda: self.host_seconds)
        self._begun.append(recorder)
        recorder.start()
        return recorder

    def write(self, at: float, words: str) -> None:
        """The switch writes another line, when it is that time."""
        self.clock.move_to(at)
        with self.log.open("ab") as file:
            file.write(log_lines((at, words)))

    def holds(self, name: str, words: str) -> bool:
        """Whether these words stand in the recording of this name by now."""
        path = self.folder / name
        return path.exists() and words in path.read_text()

    def end(self) -> None:
        for recorder in self._begun:
            recorder.stop()


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    """Nothing recorded yet."""
    made = Recording(tmp_path)
    yield made
    made.end()


def raw(entries: list[Entry]) -> list[bytes]:
    """The lines among them."""
    return [entry.raw for entry in entries if isinstance(entry, FeedLine)]


def test_a_day_is_kept_from_its_past_on(recording: Recording) -> None:
    recorder = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the past of the day")
    recording.write(START + 200, "c1|support|NONE|ABANDON|1|1|140")
    until(lambda: recording.holds("2026-11-21.floorlog", "ABANDON"), "what came")

    file = recording.folder / "2026-11-21.floorlog"
    kept = read_recording(file)
    assert raw(list(kept)) == recording.log.read_bytes().splitlines()
    assert kept.header.kept is True
    assert (file.stat().st_mode & 0o777, recording.folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert recorder.health() == ()


def test_after_a_restart_the_day_is_whole_in_another_file(recording: Recording) -> None:
    first = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the first file")
    first.stop()
    recording.write(START + 200, "c1|support|NONE|ABANDON|1|1|140")

    recording.begin()
    until(lambda: recording.holds("2026-11-21-2.floorlog", "WatchBegan"), "the second file")

    whole = list(read_recording(recording.folder / "2026-11-21-2.floorlog"))
    assert raw(whole) == recording.log.read_bytes().splitlines()
    assert not recording.holds("2026-11-21.floorlog", "ABANDON")


def test_the_next_business_day_has_a_file_of_its_own(recording: Recording) -> None:
    recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the first day")
    recording.write(START + DAY, "c9|support|NONE|ENTERQUEUE||5550001234|1")
    until(lambda: recording.holds("2026-11-22.floorlog", "WatchBegan"), "the second day")

    assert raw(list(read_recording(recording.folder / "2026-11-22.floorlog")))[-1].startswith(b"1795341600|c9")
    until(lambda: today(recording.house, recording.clock) == recording.folder / "2026-11-22.floorlog", "today's")


def test_one_of_several_records_and_another_takes_over(recording: Recording) -> None:
    first = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the first recorder's file")
    second = recording.begin()
    recording.write(START + 200, "c1|support|NONE|ABANDON|1|1|140")
    until(lambda: recording.holds("2026-11-21.floorlog", "ABANDON"), "what came")

    assert [path.name for path in recording.folder.iterdir()] == ["2026-11-21.floorlog"]
    first.stop()
    until(lambda: recording.holds("2026-11-21-2.floorlog", "WatchBegan"), "the second recorder's file")
    assert (first.health(), second.health()) == ((), ())


def test_which_is_being_written_is_known_to_others(recording: Recording) -> None:
    assert today(recording.house, recording.clock) is None
    recorder = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the file")

    assert today(recording.house, recording.clock) == recording.folder / "2026-11-21.floorlog"
    recorder.stop()
    assert today(recording.house, recording.clock) is None


def test_feeds_of_the_command_line_are_not_kept(recording: Recording) -> None:
    recording.begin({"other": recording.feeds["queue_log"]}).stop()

    assert not recording.folder.exists()


def test_without_a_folder_nothing_is_kept(recording: Recording) -> None:
    recording.settings = RecordingSettings()

    assert recording.begin().health() == ()
    assert today(recording.house, recording.clock) is None


def test_the_day_to_compare_with_is_kept_whenever_it_was_read(recording: Recording) -> None:
    day = START - START % DAY
    read = WeekdayRead(START, date="2026-11-14", compared_with=day, step_seconds=300, arrivals={"support": (1, 2)})
    recorder = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the file")
    recorder.compare(read)
    until(lambda: recording.holds("2026-11-21.floorlog", "WeekdayRead"), "what was read while it recorded")
    (recording.folder / "2026-11-21.floorlog").rename(recording.folder / "taken away")
    until(lambda: recording.holds("2026-11-21.floorlog", "WeekdayRead"), "what was read before")

    entries = list(read_recording(recording.folder / "2026-11-21.floorlog"))
    assert [type(each.event) for each in entries if isinstance(each, RecordedEvent)] == [WatchBegan, WeekdayRead]


def test_a_folder_that_is_deleted_is_said_and_made_again(recording: Recording) -> None:
    recorder = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the file")
    (recording.folder / "2026-11-21.floorlog").unlink()
    recording.folder.rmdir()

    until(lambda: recording.holds("2026-11-21.floorlog", "QUEUESTART"), "the file in a folder made anew")
    until(lambda: recorder.health() == (), "all well again")


def test_a_folder_that_cannot_be_is_said_beside_the_feeds(recording: Recording) -> None:
    recording.folder.write_text("a file of somebody's")
    recorder = recording.begin()

    until(lambda: recorder.health() != (), "the word")
    (said,) = recorder.health()
    assert (said.name, said.state) == ("recording", "no folder")
    recording.folder.unlink()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the file once it can be")
    until(lambda: recorder.health() == (), "all well again")


def test_what_was_lost_while_the_disk_was_full_is_said_for_the_rest_of_the_day(
    recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int, data: bytes, offset: int) -> int:
        raise OSError(28, "No space left on device")

    recorder = recording.begin()
    file = recording.folder / "2026-11-21.floorlog"
    until(lambda: recording.holds(file.name, "WatchBegan"), "the past of the day")
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        patch.setattr("floorwatch.feeds.recording.MOST_WAITING", 10)
        recording.clock.move_to(START + 200)
        with recording.log.open("ab") as log:  # three at once: one waits
            log.write(log_lines(*((START + 200, f"d{each}|support|NONE|ENTERQUEUE||5550001234|1") for each in "123")))
        until(lambda: [each.state for each in recorder.health()] == ["disk is full"], "the word")
    recording.write(START + 300, "c1|support|NONE|ABANDON|1|1|240")
    until(lambda: recording.holds(file.name, "ABANDON"), "what came when there was room again")

    until(lambda: [each.state for each in recorder.health()] == ["incomplete"], "the other word")
    assert [each.reason for each in recorder.health()] == [
        f"{file}: 2 entries were lost while nothing could be written"
    ]


def test_a_full_disk_is_said_and_made_good(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the file")

    def full(fd: int, data: bytes, offset: int) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        recording.write(START + 200, "c1|support|NONE|ABANDON|1|1|140")
        until(lambda: [each.state for each in recorder.health()] == ["disk is full"], "the word")
    until(lambda: recording.holds("2026-11-21.floorlog", "ABANDON"), "the line that waited")
    until(lambda: recorder.health() == (), "all well again")


def test_the_oldest_make_room_when_a_day_begins(recording: Recording) -> None:
    recording.folder.mkdir()
    recording.settings = RecordingSettings(recording.folder, keep_days=1)
    recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the first day")
    recording.write(START + 2 * DAY, "c9|support|NONE|ENTERQUEUE||5550001234|1")
    until(lambda: recording.holds("2026-11-23.floorlog", "WatchBegan"), "the third day")
    assert (recording.folder / "2026-11-21.floorlog").exists(), "it may be a clock that is wrong"

    recording.host_seconds = DAY_SETTLED_SECONDS
    until(lambda: [path.name for path in recording.folder.iterdir()] == ["2026-11-23.floorlog"], "the third alone")


def test_a_clock_that_is_set_back_begins_another_file(recording: Recording) -> None:
    recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the day")
    recording.write(START + 3700, "c1|support|NONE|ABANDON|1|1|3640")
    until(lambda: recording.holds("2026-11-21.floorlog", "ABANDON"), "an hour later")
    recording.write(START + 200, "c2|support|NONE|ENTERQUEUE||5550001235|1")
    until(lambda: recording.holds("2026-11-21-2.floorlog", "WatchBegan"), "another file")
    recording.write(START + 260, "c2|support|NONE|ABANDON|1|1|60")
    until(lambda: recording.holds("2026-11-21-2.floorlog", "c2|support|NONE|ABANDON"), "what comes then")

    first, second = (
        [entry.received_at for entry in read_recording(recording.folder / name)]
        for name in ("2026-11-21.floorlog", "2026-11-21-2.floorlog")
    )
    assert (first, second) == (sorted(first), sorted(second))
    assert (first[-1], second[-1]) == (START + 3700, START + 260)


def test_a_clock_that_is_years_ahead_for_a_while_deletes_no_day(recording: Recording) -> None:
    recording.begin()
    until(lambda: recording.holds("2026-11-21.floorlog", "WatchBegan"), "the day")
    recording.write(START + 4000 * DAY, "c1|support|NONE|ABANDON|1|1|3640")
    until(lambda: recording.holds("2037-11-03.floorlog", "WatchBegan"), "a day of years ahead")
    recording.host_seconds = DAY_SETTLED_SECONDS - 60
    recording.write(START + 300, "c2|support|NONE|ENTERQUEUE||5550001235|1")
    until(lambda: recording.holds("2026-11-21-2.floorlog", "WatchBegan"), "the day again")

    assert (recording.folder / "2026-11-21.floorlog").exists()


def test_a_day_that_is_too_large_alone_is_recorded_no_further(recording: Recording) -> None:
    recording.settings = RecordingSettings(recording.folder, most_megabytes=0)
    recorder = recording.begin()
    until(lambda: [each.state for each in recorder.health()] == ["too large"], "the word")
    size = (recording.folder / "2026-11-21.floorlog").stat().st_size
    recording.write(START + DAY, "c9|support|NONE|ENTERQUEUE||5550001234|1")
    until(lambda: recording.holds("2026-11-22.floorlog", "ENTERQUEUE"), "the next day")

    assert size > 0
    assert not (recording.folder / "2026-11-21.floorlog").exists()


def test_a_past_that_is_too_large_alone_is_not_written_to_its_end(recording: Recording) -> None:
    many = [(START + 60, f"c{number}|support|NONE|ENTERQUEUE||5550001234|1") for number in range(4 * LINES_AT_ONCE)]
    recording.log.write_bytes(log_lines(*many))
    recording.settings = RecordingSettings(recording.folder, most_megabytes=1)
    recorder = recording.begin()
    until(lambda: [each.state for each in recorder.health()] == ["too large"], "the word")

    (file,) = recording.folder.iterdir()
    assert 1_000_000 < file.stat().st_size < 2_000_000
    assert len(list(read_recording(file))) < len(many)


async def test_what_goes_wrong_has_a_word_beside_the_feeds_and_the_floor_goes_on(recording: Recording) -> None:
    recording.folder.write_text("a file of somebody's")
    never, changes = threading.Event(), Changes()
    session = live_session(recording.house, recording.feeds, lambda _seconds: never.wait(0.01))
    task = asyncio.create_task(session.start(changes))

    await changes.until(lambda: ("recording", "no folder") in [(each.name, each.word) for each in feeds_of(session)])

    assert [each.name for each in session.feed_health()] == ["queue_log"]
    recording.folder.unlink()
    await changes.until(lambda: [each.name for each in feeds_of(session)] == ["queue_log"])
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def feeds_of(session: Session) -> tuple[FeedWord, ...]:
    """What the heading says of feeds."""
    return session.heading().feeds
