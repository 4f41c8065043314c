"""In which order rotated files were written, which files make one log, and what a folder does at its edges."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floorwatch.feeds.backfill import Horizon
from floorwatch.feeds.folder import FolderFeed
from floorwatch.feeds.jsonl import JsonLines, encode
from floorwatch.feeds.listing import LogFiles, by_log, list_files
from floorwatch.feeds.rotation import Sibling, in_order, siblings_of
from floorwatch.feeds.tail import Tail
from floorwatch.model.events import CallEntered
from tests.feeds.log_files import NOW, append, copytruncate, drained, past_grace, rotate

DAY = 86_400.0


def call(at: float, name: str = "c") -> bytes:
    return encode(CallEntered(at, f"{name}{at}", "q")) + b"\n"


def rotated(**mtimes: float) -> list[Sibling]:
    """Files by the number behind their name, with when they were written."""
    return [Sibling(f"log.{name[1:]}", (1, place), 1, int(at * 1e9)) for place, (name, at) in enumerate(mtimes.items())]


def numbers(siblings: list[Sibling]) -> list[int]:
    return [int(each.path.removeprefix("log.")) for each in siblings]


# --- the order of rotated files --------------------------------------------------------------------------------------


def test_the_time_of_writing_decides_whatever_the_numbers() -> None:
    assert numbers(in_order(rotated(n1=30, n2=20, n3=10))) == [3, 2, 1]
    assert numbers(in_order(rotated(n1=10, n2=20, n3=30))) == [1, 2, 3]


def test_files_written_at_the_same_time_stand_in_the_direction_of_the_others() -> None:
    assert numbers(in_order(rotated(n1=20, n2=20, n3=10))) == [3, 2, 1]
    assert numbers(in_order(rotated(n1=10, n2=20, n3=20))) == [1, 2, 3]
    assert numbers(in_order(rotated(n1=20, n2=20))) == [2, 1]


def test_the_first_line_says_more_than_the_time_of_writing_where_it_says_anything() -> None:
    times: dict[str, float | None] = {"log.1": 5.0, "log.2": None, "log.3": 25.0}
    assert numbers(in_order(rotated(n1=30, n2=20, n3=10), times.__getitem__)) == [1, 2, 3]
    times["log.2"] = 1.0
    assert numbers(in_order(rotated(n1=30, n2=20, n3=10), times.__getitem__)) == [2, 1, 3]


def test_each_rotated_file_stands_there_once_and_a_folder_is_none(tmp_path: Path) -> None:
    for name in ("log", "log.1", "log.2.gz", "other.1", "log2"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "log.3").mkdir()
    (tmp_path / "log.4").symlink_to(tmp_path / "none")
    os.link(tmp_path / "log.1", tmp_path / "log.5")
    found = siblings_of(str(tmp_path / "log"))
    assert sorted(each.size for each in found) == [len("log.1"), len("log.2.gz")]
    assert len({each.key for each in found}) == 2
    assert siblings_of(str(tmp_path / "none" / "log")) == []


def test_of_a_file_and_its_archive_the_file_is_taken(tmp_path: Path) -> None:
    for name in ("log", "log.1", "log.1.gz"):
        (tmp_path / name).write_bytes(name.encode())
    assert [each.path for each in siblings_of(str(tmp_path / "log"))] == [str(tmp_path / "log.1")]


# --- the files of one log --------------------------------------------------------------------------------------------


def listed(folder: Path, *names: str, known: tuple[str, ...] = (), beginning: bool = False) -> dict[str, list[str]]:
    for name in names:
        (folder / name).touch()
    logs = by_log(list_files(str(folder), None), known, beginning=beginning)
    return {name: [each.name for each in (files.current, *files.rotated) if each] for name, files in logs.items()}


def test_a_numbered_name_is_a_log_of_its_own_only_when_it_comes_later(tmp_path: Path) -> None:
    assert listed(tmp_path, "a.1", "a.1.gz", beginning=True) == {"a": ["a.1", "a.1.gz"]}
    assert listed(tmp_path) == {"a.1": ["a.1", "a.1.gz"]}
    assert listed(tmp_path, known=("a",)) == {"a": ["a.1", "a.1.gz"]}
    assert listed(tmp_path, "a") == {"a": ["a", "a.1", "a.1.gz"]}


def test_a_dated_name_is_of_its_log_when_that_is_there_or_known(tmp_path: Path) -> None:
    assert listed(tmp_path, "a-20261121", beginning=True) == {"a-20261121": ["a-20261121"]}
    assert listed(tmp_path, "a-20261121.gz", beginning=True) == {"a-20261121": ["a-20261121", "a-20261121.gz"]}
    assert listed(tmp_path, known=("a",)) == {"a": ["a-20261121", "a-20261121.gz"]}


def test_hidden_files_folders_and_other_names_are_no_logs(tmp_path: Path) -> None:
    (tmp_path / "folder.log").mkdir()
    for name in (".a.log", "b.log", "A.LOG", "c.txt"):
        (tmp_path / name).touch()
    (tmp_path / "d.log").symlink_to(tmp_path / "none")
    (tmp_path / "e.log").symlink_to(tmp_path / "e.log")
    assert [each.name for each in list_files(str(tmp_path), "*.log")] == ["b.log"]
    assert [each.name for each in list_files(str(tmp_path), None)] == ["A.LOG", "b.log", "c.txt"]


def test_a_log_is_as_new_and_as_large_as_all_its_files(tmp_path: Path) -> None:
    for name, size, at in (("a", 5, 100.0), ("a.1", 7, 300.0), ("a.2", 11, 200.0)):
        (tmp_path / name).write_bytes(b"x" * size)
        os.utime(tmp_path / name, (at, at))
    files = by_log(list_files(str(tmp_path), None), (), beginning=True)["a"]
    assert (files.size(), files.newest_mtime()) == (23, 300.0)
    alone = LogFiles(files.current)
    assert (alone.size(), alone.newest_mtime(), LogFiles().size(), LogFiles().newest_mtime()) == (5, 100.0, 0, 0.0)
    assert LogFiles().signature() is None
    (tmp_path / "a").unlink()
    later = by_log(list_files(str(tmp_path), None), (), beginning=True)["a"]
    assert (later.signature(), later.size()) == (None, 18)


# --- folders ---------------------------------------------------------------------------------------------------------


class Looking(JsonLines):
    """A format that notes what it is asked about."""

    def __init__(self) -> None:
        self.samples: list[bytes] = []

    def sniff(self, sample: bytes) -> float:
        self.samples.append(sample)
        if sample.startswith(b"!"):
            raise ValueError(sample)
        return super().sniff(sample)


def test_a_file_that_is_no_feed_is_looked_at_again_only_when_it_changes(tmp_path: Path) -> None:
    fmt, path = Looking(), tmp_path / "notes"
    feed = FolderFeed(tmp_path, "floor", fmt=fmt)
    append(path, b"to do\n")
    for second in range(4):
        assert drained(feed, NOW + second) == []
    assert fmt.samples == [b"to do\n"]
    append(path, b"done\n")
    for second in range(4, 8):
        assert drained(feed, NOW + second) == []
    assert fmt.samples == [b"to do\n", b"to do\ndone\n"]
    path.write_bytes(call(NOW))
    assert drained(feed, NOW + 8) == [call(NOW).strip()]
    append(path, b"whatever\n")
    assert drained(feed, NOW + 9) == [b"whatever"]
    assert len(fmt.samples) == 3
    feed.close()


def test_a_format_that_fails_to_look_costs_no_file_and_an_empty_one_waits(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    append(tmp_path / "odd", b"!\n")
    fmt = Looking()
    feed = FolderFeed(tmp_path, "floor", fmt=fmt)
    assert drained(feed) == [b"!"]
    assert fmt.samples == [b"!\n"]
    feed.close()


def test_with_a_pattern_every_file_is_a_feed_and_the_others_are_none(tmp_path: Path) -> None:
    append(tmp_path / "a.log", b"no json\n")
    append(tmp_path / "a.txt", call(NOW))
    fmt = Looking()
    feed = FolderFeed(tmp_path, "floor", pattern="*.log", fmt=fmt)
    assert (drained(feed), fmt.samples) == ([b"no json"], [])
    feed.close()


def test_the_pasts_of_two_logs_are_one_in_the_order_of_time_and_then_of_names(tmp_path: Path) -> None:
    for name, times in (("b", (1, 4, 5, 9)), ("a", (2, 4, 9)), ("c", (3,))):
        for at in times:
            append(tmp_path / name, call(NOW - 100 + at, name))
    append(tmp_path / "a.1", call(NOW - 100, "a"))
    os.utime(tmp_path / "a.1", (NOW - 100, NOW - 100))
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=Horizon(NOW - DAY, NOW - DAY, NOW - DAY), fmt=JsonLines())
    order = [(name, NOW - 100 + at) for name, at in zip("abacabbab", (0, 1, 2, 3, 4, 4, 5, 9, 9), strict=True)]
    assert drained(feed, limit=2) == [call(at, name).strip() for name, at in order]
    feed.close()


def test_what_has_no_time_at_all_is_of_now_and_comes_last(tmp_path: Path) -> None:
    append(tmp_path / "a", b"{}\n")
    append(tmp_path / "b", call(NOW - 50))
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=Horizon(NOW - DAY, NOW - DAY, NOW - DAY), fmt=JsonLines())
    assert drained(feed) == [call(NOW - 50).strip(), b"{}"]
    feed.close()


def test_a_log_that_comes_later_is_new_altogether_however_old_its_lines(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor", pattern="*", horizon=Horizon(NOW - DAY, NOW - DAY, NOW - DAY), fmt=JsonLines())
    feed.drain(NOW)
    append(tmp_path / "a", call(NOW - 9 * DAY))
    (line,) = feed.drain(NOW + 1)
    assert (line.backfill, line.received_at, line.raw) == (False, NOW + 1, call(NOW - 9 * DAY).strip())
    feed.close()


def test_a_drain_gives_no_more_than_was_asked_for_and_is_caught_up_with_the_last(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor")
    feed.drain(NOW)
    for name in ("a", "b"):
        append(tmp_path / name, b"1\n2\n3\n")
    taken = []
    for left in (4, 2, 0):
        taken += [line.raw for line in feed.drain(NOW + 1, 2)]
        assert len(taken) == 6 - left
        if left:
            assert not feed.caught_up
    assert (sorted(taken), feed.drain(NOW + 1, 2), feed.caught_up) == ([b"1", b"1", b"2", b"2", b"3", b"3"], [], True)
    feed.close()


def test_two_logs_together_give_no_more_than_was_asked_for(tmp_path: Path) -> None:
    feed = FolderFeed(tmp_path, "floor")
    feed.drain(NOW)
    for name in ("a", "b"):
        append(tmp_path / name, b"1\n2\n3\n")
    assert [len(feed.drain(NOW + 1, 4)), feed.caught_up, len(feed.drain(NOW + 1, 4)), feed.caught_up] == [
        4,
        False,
        2,
        True,
    ]
    feed.close()


def test_a_large_folder_is_listed_when_the_clock_was_set_back_too(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"seat-{number:03}x.log").touch()
    feed = FolderFeed(tmp_path, "floor")
    drained(feed)
    append(tmp_path / "new.log", b"new\n")
    assert drained(feed, NOW) == drained(feed, NOW + 0.9) == []
    assert drained(feed, NOW - 50) == [b"new"]
    feed.close()


def test_a_log_that_is_gone_for_a_minute_is_forgotten_and_comes_back_as_new(tmp_path: Path) -> None:
    path, away = tmp_path / "a.log", tmp_path / ".away"
    append(path, b"1\n")
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == [b"1"]
    for gone, back, given in ((10.0, 69.9, []), (100.0, 160.0, [b"1"])):
        path.rename(away)
        drained(feed, NOW + gone)
        drained(feed, NOW + back)
        away.rename(path)
        assert past_grace(feed, NOW + back) == given
    feed.close()


@pytest.mark.parametrize("good", [True, False], ids=["one is good", "none is good"])
def test_a_folder_fails_when_all_its_logs_do(tmp_path: Path, good: bool) -> None:
    for name in ("bad.log", "worse.log"):
        append(tmp_path / name, b"PK\x03\x04")
    if good:
        append(tmp_path / "good.log", b"a\n")
    feed = FolderFeed(tmp_path, "floor")
    assert drained(feed) == ([b"a"] if good else [])
    append(tmp_path / "bad.log", b"PK")
    drained(feed, NOW + 1)
    assert feed.health.state == ("ok" if good else "failed")
    assert "bad.log" in feed.health.reason or "worse.log" in feed.health.reason
    feed.close()


def test_a_folder_counts_the_bytes_of_its_past_and_says_what_is_left(tmp_path: Path) -> None:
    for name in ("a", "a.1", "b"):
        append(tmp_path / name, name.ljust(5).encode() + b"\n" + b"12345\n" * 9)
    feed = FolderFeed(tmp_path, "floor")
    feed.drain(NOW, 1)
    assert feed.health.bytes_total == 180
    drained(feed)
    assert (feed.health.bytes_read, feed.health.bytes_left, feed.health.lines) == (180, 0, 30)
    append(tmp_path / "a", b"more\n")
    drained(feed, NOW + 1)
    assert (feed.health.bytes_read, feed.health.bytes_total) == (185, 185)
    assert feed.health.state == "ok"
    feed.close()


# --- one file --------------------------------------------------------------------------------------------------------


def rotations(path: Path) -> dict[str, Callable[[], Any]]:
    def copied() -> None:
        path.with_name("log.1").write_bytes(path.read_bytes())
        path.write_bytes(b"")

    return {
        "renamed": lambda: rotate(path),
        "copied and truncated": copied,
        "truncated alone": lambda: path.write_bytes(b""),
    }


@pytest.mark.parametrize(
    ("how", "given", "loss"),
    [("renamed", ["late", "new"], 0), ("copied and truncated", ["late", "new"], 2), ("truncated alone", ["new"], 2)],
)
def test_what_was_written_before_a_rotation_is_given_once_and_a_loss_is_counted_each_time(
    tmp_path: Path, how: str, given: list[str], loss: int
) -> None:
    path = tmp_path / "log"
    append(path, b"first\n")
    tail = Tail(path, "log")
    drained(tail)
    for turn in range(2):
        append(path, b"late %d\n" % turn)
        rotations(path)[how]()
        append(path, b"new %d\n" % turn)
        assert past_grace(tail, NOW + 100 * turn) == [f"{each} {turn}".encode() for each in given]
    assert (tail.health.rotations, tail.health.possible_loss) == (0 if how == "truncated alone" else 2, loss)
    tail.close()


def test_a_rotation_into_archives_while_nobody_looked_is_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "log"
    append(path, b"1\n")
    tail = Tail(path, "log")
    drained(tail)
    append(path, b"2\n")
    rotate(path)
    append(path, b"3\n")
    rotate(path)
    older = path.with_name("log.2")
    path.with_name("log.2.gz").write_bytes(gzip.compress(older.read_bytes()))
    os.utime(path.with_name("log.2.gz"), (NOW - 50, NOW - 50))
    older.unlink()
    append(path, b"4\n")
    assert past_grace(tail) == [b"2", b"3", b"4"]
    tail.close()


def test_copies_of_a_file_of_which_nothing_was_read_yet_are_read_and_each_counts(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.touch()
    tail = Tail(path, "log")
    assert drained(tail) == []
    for number in range(2):
        append(path, b"%d\n" % number)
        copytruncate(path)
    append(path, b"now\n")
    assert past_grace(tail, NOW + 1) == [b"0", b"1", b"now"]
    assert (tail.health.possible_loss, tail.health.rotations) == (2, 2)
    tail.close()
