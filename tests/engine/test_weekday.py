"""The same weekday of an earlier week: found beside the feeds or among recordings, counted, recorded and replayed."""

import os
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from floorwatch.engine.house import House, build_house
from floorwatch.engine.timeline import timeline_of
from floorwatch.engine.weekday import AGAIN_SECONDS, FIRST_SECONDS, WeekdayReader, day_before, read_weekday
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.clock import FloorDays, VirtualClock
from floorwatch.model.events import WeekdayRead
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules
from floorwatch.settings import FeedSettings, Settings
from floorwatch.settings.values import ComparisonSettings
from tests.patience import PATIENCE_SECONDS

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 10, 41, tzinfo=ZONE).timestamp()
"""A Sunday."""
FORMAT = "asterisk-queue-log"
NINE_O_CLOCK = 9 * 12
"""Five minutes of a day before nine."""


def days_ago(days: int, clock: str = "09:00:00") -> float:
    date = datetime.fromtimestamp(NOW, ZONE).date() - timedelta(days=days)
    return datetime.fromisoformat(f"{date} {clock}").replace(tzinfo=ZONE).timestamp()


def call(at: float, name: str, queue: str = "support") -> list[str]:
    """A caller who comes and is answered, as a switch writes it down."""
    return [
        f"{at:.0f}|{name}|{queue}|NONE|ENTERQUEUE||0288|1",
        f"{at + 5:.0f}|{name}|{queue}|PJSIP/1001|CONNECT|5|{name}.1|4",
        f"{at + 65:.0f}|{name}|{queue}|PJSIP/1001|COMPLETECALLER|5|60|1",
    ]


def write(path: Path, lines: Sequence[str], written_at: float | None = None) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines))
    at = float(lines[-1].partition("|")[0]) if written_at is None else written_at
    os.utime(path, (at, at))
    return path


def house(comparison: ComparisonSettings | None = None) -> House:
    settings = Settings(comparison=comparison or ComparisonSettings())
    settings = replace(settings, floor=replace(settings.floor, zone="Asia/Shanghai"))
    return build_house(settings, only_bundled=True)


def read(place: House, *logs: Path, now: float = NOW) -> WeekdayRead | None:
    """What there is beside these logs; nobody rests."""
    wanted = {log.name: FeedSettings(str(log), FORMAT) for log in logs}
    return read_weekday(place, wanted, now, lambda _seconds: None)


def numbers(found: WeekdayRead | None, queue: str = "support") -> dict[int, int]:
    """Arrivals by the number of the five minutes, where there are any."""
    assert found is not None
    return {place: number for place, number in enumerate(found.arrivals[queue]) if number}


def test_a_week_ago_is_found_in_what_the_log_was_rotated_into(tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", call(days_ago(0), "today"))
    write(tmp_path / "queue_log.1", [*call(days_ago(6), "monday"), *call(days_ago(1), "saturday")])
    week = [*call(days_ago(7), "a"), *call(days_ago(7, "09:01:00"), "b"), *call(days_ago(7, "09:05:00"), "c", "sales")]
    write(tmp_path / "queue_log.2", [*call(days_ago(8), "earlier"), *week])
    found = read(house(), log)

    assert found is not None
    assert (found.date, found.compared_with, found.at) == ("2026-11-15", days_ago(0, "00:00:00"), NOW)
    assert numbers(found) == {NINE_O_CLOCK: 2}
    assert numbers(found, "sales") == {NINE_O_CLOCK + 1: 1}
    assert len(found.arrivals["support"]) == 288


def test_a_log_that_was_never_rotated_holds_it_too(tmp_path: Path) -> None:
    calls = [line for day in (9, 7, 3, 0) for line in call(days_ago(day), f"day-{day}")]
    assert numbers(read(house(), write(tmp_path / "queue_log", calls))) == {NINE_O_CLOCK: 1}


def test_the_nearest_week_counts_and_none_beyond_those_that_are_looked_for(tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", call(days_ago(0), "today"))
    write(tmp_path / "queue_log.1", [*call(days_ago(28), "four"), *call(days_ago(21), "three")])

    found = read(house(), log)
    assert found is not None
    assert found.date == "2026-11-01"
    assert read(house(ComparisonSettings(weeks=2)), log) is None


def test_a_day_of_which_one_feed_has_left_nothing_is_no_comparison(tmp_path: Path) -> None:
    one = write(tmp_path / "north", [*call(days_ago(7), "n"), *call(days_ago(0), "today")])
    other = write(tmp_path / "south", call(days_ago(0), "today"))

    assert read(house(), one) is not None
    assert read(house(), one, other) is None


def test_nothing_left_and_nothing_there_is_nothing(tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", call(days_ago(0), "today"))
    assert read(house(), log) is None
    assert read(house(), tmp_path / "missing") is None
    assert read_weekday(house(), {}, NOW, lambda _seconds: None) is None


def test_a_recording_of_that_day_is_taken_where_the_files_are_gone(tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", call(days_ago(0), "today"))
    folder = tmp_path / "recordings"
    folder.mkdir()
    write(folder / "notes.txt", ["0|no recording"], NOW)
    writer = RecordingWriter(folder / "sunday.floorlog", "Asia/Shanghai", {"other-name": RecordedFeed(FORMAT)})
    for line in [*call(days_ago(8), "before"), *call(days_ago(7), "a"), *call(days_ago(6), "after")]:
        writer.append(FeedLine("other-name", float(line.partition("|")[0]), 0, line.encode()))
    writer.close()

    assert numbers(read(house(ComparisonSettings(recordings=folder)), log)) == {NINE_O_CLOCK: 1}
    assert read(house(ComparisonSettings(recordings=tmp_path / "none")), log) is None


def test_a_doubled_line_is_no_second_call(tmp_path: Path) -> None:
    lines = call(days_ago(7), "a")
    log = write(tmp_path / "queue_log", [lines[0], *lines, *call(days_ago(0), "today")])
    assert numbers(read(house(), log)) == {NINE_O_CLOCK: 1}


def test_it_rests_most_of_the_time(tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", [line for n in range(200) for line in call(days_ago(7) + n, f"c{n}")])
    rested: list[float] = []
    assert read_weekday(house(), {"log": FeedSettings(str(log), FORMAT)}, NOW, rested.append) is not None
    assert len(rested) >= 4
    assert all(seconds >= 0 for seconds in rested)


def test_a_reader_looks_again_until_there_is_something_and_then_on_the_next_day(tmp_path: Path) -> None:
    log, clock = write(tmp_path / "queue_log", call(days_ago(0), "today")), VirtualClock(NOW)
    found, looked = list[WeekdayRead](), list[float]()
    done = threading.Event()

    def rest(seconds: float) -> None:
        looked.extend([seconds] if seconds in (FIRST_SECONDS, AGAIN_SECONDS) else [])
        if len(looked) == 3:  # after two looks in vain
            write(tmp_path / "queue_log.1", [*call(days_ago(7), "a"), *call(days_ago(6), "b")])
        elif len(looked) == 5:  # it was found, and another look would find it again
            clock.move_to(NOW + 86_400)
        elif len(looked) == 6:
            done.set()
            threading.Event().wait()

    WeekdayReader(house(), {"log": FeedSettings(str(log), FORMAT)}, clock, found.append, rest).start()
    assert done.wait(PATIENCE_SECONDS)
    assert [each.date for each in found] == ["2026-11-15", "2026-11-16"]
    assert looked[0] == FIRST_SECONDS


def test_who_wants_none_has_none() -> None:
    before = threading.active_count()
    WeekdayReader(house(ComparisonSettings(weeks=0)), {}, VirtualClock(NOW), lambda _read: None).start()
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("now", "length"), [("2026-03-29 12:00", 24), ("2026-04-05 12:00", 23), ("2026-11-01 12:00", 25)]
)
def test_a_day_is_as_long_as_it_was_on_the_wall(now: str, length: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime.fromisoformat(now).replace(tzinfo=berlin).timestamp()
    start, end = day_before(FloorDays(berlin), at, 1)
    assert datetime.fromtimestamp(start, berlin).hour == 0
    assert end - start == length * 3600


def test_what_was_read_is_recorded_and_replayed(tmp_path: Path) -> None:
    read_then = WeekdayRead(
        NOW, date="2026-11-15", compared_with=days_ago(0, "00:00:00"), step_seconds=300, arrivals={"support": (1, 2)}
    )
    path = tmp_path / "day.floorlog"
    writer = RecordingWriter(path, "Asia/Shanghai", {"queue_log": RecordedFeed(FORMAT)})
    writer.append(FeedLine("queue_log", NOW - 60, 0, call(NOW - 60, "a")[0].encode()))
    writer.append(RecordedEvent("", NOW, read_then))
    writer.close()
    place = house()
    floor = place.floor()
    for entry in timeline_of(place, {"day": FeedSettings(str(path))}).entries():
        for event in entry.events:
            floor.apply(event, entry.feed)

    assert floor.snapshot(NOW).weekday == read_then
    assert floor.snapshot(NOW + 86_400).weekday is None


def test_arrivals_outside_the_day_are_unknown() -> None:
    floor = Floor(FloorRules(FloorDays(ZONE)))
    start = days_ago(0, "00:00:00")
    arrivals = {"support": (1, 2, 3), "sales": (10, 20, 30)}
    floor.apply(WeekdayRead(NOW, date="2026-11-15", compared_with=start, step_seconds=300, arrivals=arrivals))
    found = floor.snapshot(NOW).weekday

    assert found is not None
    assert found.arrived(["support"], start, start + 600) == 3
    assert found.arrived(["support", "sales", "vip"], start + 600, start + 900) == 33
    assert found.arrived(["support"], start, start) == 0
    assert found.arrived(["support"], start - 300, start) is None
    assert found.arrived(["support"], start + 600, start + 1200) is None
