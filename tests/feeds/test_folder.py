"""Many files as one feed: each line once, whatever the files are called and however many there are."""

import gzip
import os
from pathlib import Path

import pytest

from floorwatch.feeds.backfill import Horizon
from floorwatch.feeds.folder import OPEN_FILES, FolderFeed
from floorwatch.feeds.jsonl import JsonLines, encode
from floorwatch.model.events import CallEntered
from tests.feeds.log_files import NOW, append, copytruncate, drained, past_grace, rotate

DAY = 86_400.0
HORIZON = Horizon(NOW - 40_000, NOW - 40_000 - 7 * DAY, NOW - 47_200)


def call(at: float) -> bytes:
    return encode(CallEntered(at, f"c{at:.0f}", "q")) + b"\n"


def written(path: Path, content: bytes, mtime: float) -> None:
    path.write_bytes(content)
    os.utime(path, (mtime, mtime))


def test_files_that_grow_and_files_that_come_are_one_feed(tmp_path: Path) -> None:
    append(tmp_path / "a.log", b"a1\n")
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == [b"a1"]
    append(tmp_path / "b.log", b"b1\n")
    append(tmp_path / "a.log", b"a2\n")
    (line, *others) = feed.drain(NOW + 1)
    assert sorted([line.raw, *(other.raw for other in others)]) == [b"a2", b"b1"]
    assert (line.feed, line.received_at, line.backfill) == ("floor", NOW + 1, False)
    assert feed.health.lines == 3


def test_the_past_of_all_files_comes_in_one_order(tmp_path: Path) -> None:
    append(tmp_path / "a.log", call(NOW - 90) + call(NOW - 50) + call(NOW - 20))
    append(tmp_path / "b.log", call(NOW - 70) + call(NOW - 60) + call(NOW - 10))
    feed = FolderFeed(tmp_path, "floor", fmt=JsonLines())
    times = [line.received_at - NOW for line in feed.drain(NOW, 4)] + [
        line.received_at - NOW for line in feed.drain(NOW)
    ]
    assert times == [-90, -70, -60, -50, -20, -10]
    assert feed.caught_up


def test_a_rotated_file_is_not_a_file_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    written(tmp_path / "queue_log.2", call(NOW - 90), NOW - 90)
    written(tmp_path / "queue_log.1", call(NOW - 80), NOW - 80)
    written(tmp_path / "queue_log-20261119.gz", gzip.compress(call(NOW - 99)), NOW - 99)
    append(log, call(NOW - 70))
    feed = FolderFeed(tmp_path, "floor", pattern="queue_log*", horizon=HORIZON, fmt=JsonLines())
    assert [line.received_at - NOW for line in feed.drain(NOW)] == [-99, -90, -80, -70]
    rotate(log)
    append(log, b"new\n")
    assert past_grace(feed) == [b"new"]
    assert (feed.health.lines, feed.health.rotations) == (5, 1)


def test_the_log_itself_missing_at_the_start_makes_nothing_double(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    written(tmp_path / "queue_log.2", b"1\n", NOW - 90)
    written(tmp_path / "queue_log.1", b"2\n", NOW - 80)
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == [b"1", b"2"]
    append(log, b"3\n")
    assert past_grace(feed) == [b"3"]
    rotate(log)
    append(log, b"4\n")
    assert past_grace(feed, NOW + 50) == [b"4"]


def test_copytruncate_in_a_folder_makes_nothing_double(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    append(log, b"1\n")
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(log, b"2\n")
    copytruncate(log)
    append(log, b"3\n")
    assert drained(feed) == [b"2", b"3"]


def test_a_file_a_day_is_followed_as_it_grows_and_stays_read(tmp_path: Path) -> None:
    append(tmp_path / "calls-2026-11-20.csv", b"1\n")
    append(tmp_path / "calls-2026-11-21.csv", b"2\n")
    feed = FolderFeed(tmp_path, "floor")
    assert sorted(drained(feed)) == [b"1", b"2"]
    append(tmp_path / "calls-2026-11-21.csv", b"3\n")
    append(tmp_path / "calls-2026-11-22.csv", b"4\n")
    assert sorted(drained(feed)) == [b"3", b"4"]
    path = tmp_path / "calls-2026-11-20.csv"
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    assert drained(feed) == []


def test_more_files_than_may_be_open_are_all_followed(tmp_path: Path) -> None:
    names = [f"seat-{number:03}x.log" for number in range(OPEN_FILES + 40)]
    for name in names:
        append(tmp_path / name, b"first\n")
    feed = FolderFeed(tmp_path, "floor")
    assert len(drained(feed)) == len(names)
    assert feed.open_files <= OPEN_FILES
    for name in names:
        append(tmp_path / name, name.encode() + b"\n")
    assert sorted(drained(feed, NOW + 1)) == [name.encode() for name in names]
    assert feed.open_files <= OPEN_FILES
    feed.close()


def test_a_large_folder_is_listed_once_a_second(tmp_path: Path) -> None:
    for number in range(300):
        append(tmp_path / f"seat-{number:03}x.log", b"first\n")
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(tmp_path / "seat-000x.log", b"again\n")
    assert drained(feed, NOW + 1) == [b"again"]
    append(tmp_path / "seat-000x.log", b"it is open\n")
    append(tmp_path / "seat-001x.log", b"it was let go\n")
    append(tmp_path / "seat-new.log", b"it is new\n")
    assert drained(feed, NOW + 1.5) == [b"it is open"]
    assert drained(feed, NOW + 2) == [b"it was let go", b"it is new"]
    feed.close()


def test_a_file_from_before_the_horizon_is_not_opened_until_it_grows(tmp_path: Path) -> None:
    old = tmp_path / "seat.log"
    written(old, call(NOW - 30 * DAY), NOW - 30 * DAY)
    feed = FolderFeed(tmp_path, "floor", horizon=HORIZON, fmt=JsonLines())
    assert drained(feed) == []
    assert feed.health.bytes_read == 0
    append(old, call(NOW))
    (line,) = feed.drain(NOW + 1)
    assert (line.backfill, line.received_at) == (False, NOW + 1)


def test_files_that_are_no_feed_of_this_format_are_left_alone(tmp_path: Path) -> None:
    append(tmp_path / "events.jsonl", call(NOW))
    append(tmp_path / "README.txt", b"read me\n")
    feed = FolderFeed(tmp_path, "floor", fmt=JsonLines())
    assert drained(feed) == [call(NOW).strip()]
    assert feed.health.state == "ok"


def test_an_unreadable_file_is_told_and_costs_the_others_nothing(tmp_path: Path) -> None:
    append(tmp_path / "a.log", b"a\n")
    append(tmp_path / "b.log", bytes(range(256)))
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == [b"a"]
    assert feed.health.state == "ok"
    assert "b.log" in feed.health.reason


@pytest.mark.parametrize("make", [True, False], ids=["empty", "missing"])
def test_an_empty_or_missing_folder_is_waited_for(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "later"
    if make:
        folder.mkdir()
    feed = FolderFeed(folder, "floor")
    assert drained(feed) == []
    assert (feed.health.state, feed.caught_up) == ("waiting", True)
    assert str(folder) in feed.health.reason
    folder.mkdir(exist_ok=True)
    append(folder / "a.log", b"a\n")
    assert drained(feed) == [b"a"]


def test_a_deleted_file_is_let_go(tmp_path: Path) -> None:
    append(tmp_path / "a.log", b"a\n")
    append(tmp_path / "b.log", b"b\n")
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    (tmp_path / "a.log").unlink()
    drained(feed, NOW + 1)
    drained(feed, NOW + 100)
    assert feed.open_files == 1
    assert (feed.health.state, feed.health.reason) == ("ok", "")


def test_without_following_a_folder_ends(tmp_path: Path) -> None:
    append(tmp_path / "a.log", b"a")
    append(tmp_path / "b.log", b"b\n")
    feed = FolderFeed(tmp_path, "floor", follow=False)
    assert sorted(drained(feed)) == [b"a", b"b"]
    assert feed.health.state == "ended"


def test_one_busy_file_does_not_starve_the_others(tmp_path: Path) -> None:
    busy, quiet = tmp_path / "a.log", tmp_path / "b.log"
    append(busy, b"0\n")
    append(quiet, b"0\n")
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(busy, b"busy\n" * 1000)
    append(quiet, b"quiet\n")
    given = [line.raw for line in feed.drain(NOW, 10)] + [line.raw for line in feed.drain(NOW, 10)]
    assert b"quiet" in given
