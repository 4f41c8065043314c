"""The edges of a folder as one feed: what is not opened, what is of the past, what is left, and which log a name is
of."""

import os
from pathlib import Path

from floorwatch.feeds.backfill import Horizon
from floorwatch.feeds.folder import FolderFeed
from floorwatch.feeds.jsonl import JsonLines, encode
from floorwatch.feeds.listing import by_log, list_files
from floorwatch.feeds.reader import BLOCK_BYTES
from floorwatch.feeds.rotation import siblings_of
from floorwatch.model.events import CallEntered
from tests.feeds.log_files import NOW, append, drained, rotate

DAY = 86_400.0
HORIZON = Horizon(NOW - DAY, NOW - DAY, NOW - DAY)


def call(at: float) -> bytes:
    return encode(CallEntered(at, f"c{at}", "q")) + b"\n"


def old(path: Path) -> Path:
    append(path, call(NOW - 30 * DAY))
    os.utime(path, (NOW - 30 * DAY, NOW - 30 * DAY))
    return path


def test_a_log_that_nobody_touched_since_long_is_not_opened_however_often_the_folder_is_listed(tmp_path: Path) -> None:
    old(tmp_path / "a.log")
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=HORIZON, fmt=JsonLines())
    for second in range(3):
        assert (drained(feed, NOW + second), feed.open_files, feed.health.bytes_read) == ([], 0, 0)
    feed.close()


def test_rotated_files_alone_that_are_older_than_the_day_are_waited_with_for_their_log(tmp_path: Path) -> None:
    old(tmp_path / "a.log.1")
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=HORIZON, fmt=JsonLines())
    assert (drained(feed), feed.health.bytes_read) == ([], 0)
    append(tmp_path / "a.log", call(NOW))
    assert [(line.backfill, line.received_at, line.raw) for line in feed.drain(NOW + 1)] == [
        (False, NOW + 1, call(NOW).strip())
    ]
    feed.close()


def test_nothing_is_left_once_the_past_was_given_though_not_all_of_it_was_wanted(tmp_path: Path) -> None:
    old(tmp_path / "a.log.1")
    append(tmp_path / "a.log", call(NOW - 50))
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=HORIZON, fmt=JsonLines())
    assert drained(feed) == [call(NOW - 50).strip()]
    assert (feed.health.bytes_left, feed.health.bytes_total) == (0, len(call(NOW - 50)))
    feed.close()


def test_what_is_written_before_a_file_of_the_past_has_its_turn_is_of_the_past_too(tmp_path: Path) -> None:
    append(tmp_path / "a", call(NOW - 90) + call(NOW - 50))
    append(tmp_path / "b", call(NOW - 70))
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=HORIZON, fmt=JsonLines())
    given = feed.drain(NOW, 1)
    append(tmp_path / "b", call(NOW - 60))
    given += feed.drain(NOW)
    assert [(line.received_at - NOW, line.backfill) for line in given] == [(at, True) for at in (-90, -70, -60, -50)]
    feed.close()


def test_what_is_left_of_new_lines_is_told_while_they_are_read(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(tmp_path / "a", b"x" * 63 + b"\n" + (b"x" * 63 + b"\n") * (2 * BLOCK_BYTES // 64))
    feed.drain(NOW + 1, 10)
    assert (feed.health.bytes_read, feed.health.bytes_left) == (BLOCK_BYTES, BLOCK_BYTES + 64)
    feed.close()


def test_without_a_limit_a_drain_gives_4096_lines(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(tmp_path / "a", b"x\n" * 5000)
    assert [len(feed.drain(NOW + 1)) for _ in range(3)] == [4096, 904, 0]
    feed.close()


def test_a_feed_that_gave_as_much_as_was_asked_for_is_not_caught_up_while_another_log_waits(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    for name in ("a", "b"):
        append(tmp_path / name, b"1\n2\n3\n")
    states = [(len(feed.drain(NOW + 1, 3)), feed.caught_up, feed.health.state) for _ in range(3)]
    assert states == [(3, False, "ok"), (3, False, "ok"), (0, True, "ok")]
    feed.close()


def test_two_rotations_between_two_listings_of_a_large_folder_lose_nothing(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    for number in range(300):
        (tmp_path / f"seat-{number:03}x.log").touch()
    append(log, b"1\n")
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == [b"1"]
    append(log, b"2\n")
    assert drained(feed, NOW + 1) == [b"2"]
    for line in (b"3\n", b"4\n"):
        append(log, line)
        rotate(log)
    append(log, b"5\n")
    assert drained(feed, NOW + 1.5) + drained(feed, NOW + 10) == [b"3", b"4", b"5"]
    feed.close()


def test_a_folder_of_256_files_is_listed_at_each_drain(tmp_path: Path) -> None:
    for number in range(256):
        (tmp_path / f"seat-{number:03}x.log").touch()
    feed = FolderFeed(tmp_path, "floor")
    assert (feed.health.name, feed.caught_up) == ("floor", False)
    assert drained(feed) == []
    append(tmp_path / "new.log", b"new\n")
    assert drained(feed, NOW + 0.5) == [b"new"]
    feed.close()


def test_what_is_left_of_the_past_and_what_is_new_are_together_no_more_than_was_asked_for(tmp_path: Path) -> None:
    append(tmp_path / "a", call(NOW - 9) + call(NOW - 8))
    feed = FolderFeed(tmp_path, "floor", pattern="*", fmt=JsonLines())
    assert len(feed.drain(NOW, 1)) == 1
    append(tmp_path / "b", call(NOW) * 10)
    assert [len(feed.drain(NOW + 1, 3)) for _ in range(5)] == [3, 3, 3, 2, 0]
    feed.close()


def test_a_feed_is_not_caught_up_while_one_of_its_logs_is_not(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(tmp_path / "a", (b"x" * 60_000 + b"\n") * 90)
    append(tmp_path / "b", b"1\n")
    first = len(feed.drain(NOW + 1))
    assert (feed.caught_up, len(feed.drain(NOW + 1)) + first, feed.caught_up) == (False, 91, True)
    feed.close()


def test_a_log_that_is_gone_a_second_time_is_waited_for_anew(tmp_path: Path) -> None:
    path, away = tmp_path / "a.log", tmp_path / ".away"
    append(path, b"1\n")
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == [b"1"]
    for gone in (10.0, 100.0, 200.0):
        path.rename(away)
        assert drained(feed, NOW + gone) == []
        away.rename(path)
        assert drained(feed, NOW + gone + 30) == []
    feed.close()


def test_rotated_files_alone_are_read_in_a_plain_folder_too(tmp_path: Path) -> None:
    append(tmp_path / "a.log.1", call(NOW - 5))
    feed = FolderFeed(tmp_path, "floor", fmt=JsonLines())
    assert drained(feed) == [call(NOW - 5).strip()]
    feed.close()


class Counting(JsonLines):
    """A format that counts how often it is asked."""

    asked = 0

    def sniff(self, sample: bytes) -> float:
        self.asked += 1
        return super().sniff(sample)


def test_each_of_several_files_that_are_no_feed_is_looked_at_once(tmp_path: Path) -> None:
    for name in ("notes", "letters"):
        append(tmp_path / name, b"to do\n")
    fmt = Counting()
    feed = FolderFeed(tmp_path, "floor", fmt=fmt)
    assert [drained(feed, NOW + second) for second in range(3)] == [[], [], []]
    assert fmt.asked == 2
    feed.close()


def test_a_number_behind_a_number_is_of_the_same_log_when_the_watch_begins(tmp_path: Path) -> None:
    (tmp_path / "a.log.1.2").touch()
    assert list(by_log(list_files(str(tmp_path), None), (), beginning=True)) == ["a.log"]
    (tmp_path / "a.log.1").touch()
    assert list(by_log(list_files(str(tmp_path), None), (), beginning=False)) == ["a.log.1"]


def test_a_mark_before_the_extension_is_that_of_a_rotated_file(tmp_path: Path) -> None:
    for name in ("calls.csv", "calls.1.csv", "calls-20261121.csv", "calls-more.csv"):
        (tmp_path / name).touch()
    found = {Path(each.path).name for each in siblings_of(str(tmp_path / "calls.csv"))}
    assert found == {"calls.1.csv", "calls-20261121.csv"}


def test_what_a_folder_lacked_is_not_said_once_it_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    feed = FolderFeed(folder, "floor", pattern="*", horizon=HORIZON, fmt=JsonLines())
    lacked = []
    for second in range(2):
        drained(feed, NOW + second)
        lacked.append(feed.health.lacks)
        folder.mkdir(exist_ok=True)
    assert lacked == ["file", ""]
    feed.close()
