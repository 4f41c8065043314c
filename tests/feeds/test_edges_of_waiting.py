"""The edges of waiting: for a file that cannot be read, for the next try, and for late writes to a rotated one."""

import errno
from pathlib import Path

from floorwatch.feeds.part import GRACE_SECONDS, LONGEST_GRACE_SECONDS, Part, absence, unreadable
from floorwatch.feeds.reader import FileReader
from floorwatch.feeds.shapes import FeedError, FeedHealth
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import append, drained


def part_of(path: Path, size: int = 0) -> Part:
    return Part(FileReader(str(path), (0, 0), FeedHealth("log").reject), size, 0)


def test_why_a_path_cannot_be_looked_up_names_it_and_says_whether_it_was_there(tmp_path: Path) -> None:
    path, link = str(tmp_path / "log"), tmp_path / "link"
    link.symlink_to(tmp_path / "none")
    missing, denied = OSError(errno.ENOENT, "x"), OSError(errno.EACCES, "x")
    for was_there, state in ((True, "lost"), (False, "waiting")):
        said = [absence(path, each, was_there) for each in (missing, denied, OSError(errno.ELOOP, "x"))]
        said += [absence(str(link), missing, was_there), absence(path, OSError(errno.EIO, "bad disk"), was_there)]
        assert {each for each, _ in said} == {state}
        assert all((str(link) if place == 3 else path) in words for place, (_, words) in enumerate(said))
        assert len({words for _, words in said}) == 5
        assert said[4][1].endswith("bad disk")


def test_a_file_that_is_there_and_cannot_be_read_is_waited_for_lost_or_failed(tmp_path: Path) -> None:
    part = part_of(tmp_path / "log")
    gone, denied, bad = (OSError(number, "bad disk") for number in (errno.ENOENT, errno.EACCES, errno.EIO))
    assert [unreadable(part, each)[0] for each in (gone, denied, bad, FeedError("no text"))] == [
        "waiting", "waiting", "failed", "failed"
    ]  # fmt: skip
    assert all(part.reader.path in unreadable(part, each)[1] for each in (gone, denied, bad))
    assert unreadable(part, FeedError("no text"))[1] == "no text"
    never = unreadable(part, gone)[1]
    part.reader.position = 5
    assert unreadable(part, gone)[1] != never
    assert [unreadable(part, each)[0] for each in (gone, denied, bad)] == ["lost", "lost", "failed"]


def test_after_an_error_the_pause_doubles_from_a_second_to_a_minute_and_some_are_tried_at_once(tmp_path: Path) -> None:
    part, now, pauses = part_of(tmp_path / "log"), 1000.0, []
    for _ in range(8):
        part.set_back(OSError(errno.EIO, "x"), now)
        pause = next(seconds for seconds in range(1, 99) if not part.resting(now + seconds))
        assert part.resting(now)
        assert not part.resting(now - 0.5), "the clock was set back"
        pauses.append(pause)
        now += pause
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    part.recovered(now)
    assert not part.resting(now)
    part.set_back(OSError(errno.EIO, "x"), now)
    assert (part.resting(now + 0.9), part.resting(now + 1)) == (True, False)
    for at_once in (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR):
        other = part_of(tmp_path / "log")
        other.set_back(OSError(at_once, "x"), now)
        assert not other.resting(now)


def test_late_writes_are_waited_for_until_it_is_quiet_but_not_without_end(tmp_path: Path) -> None:
    part = part_of(tmp_path / "log", 10)

    def waits(*moments: float) -> list[bool]:
        return [part.waits(at, pressed=True) for at in moments]

    assert (part.left, waits(0.0)) == (10, [False])
    part.reader.position = 12
    assert part.left == 0
    part.grace_seconds = GRACE_SECONDS
    assert waits(100.0, 104.9, 105.0) == [True, True, False]
    assert not part.cut_off(105.0)
    part.recovered(104.0)
    assert waits(105.0, 108.9, 109.0) == [True, True, False]
    assert [part.cut_off(at) for at in (108.9, 109.0)] == [True, False]
    for second in range(104, 130):
        part.recovered(float(second))
    last = 100 + LONGEST_GRACE_SECONDS
    assert waits(last - 0.1, last) == [True, False]
    assert waits(50.0) == [True], "the clock was set back: it is waited for anew"
    assert waits(54.9, 55.0) == [True, False]


def test_nothing_ends_the_wait_while_nothing_waits_behind_it(tmp_path: Path) -> None:
    part = part_of(tmp_path / "log")
    assert not part.waits(0.0, pressed=False)
    part.grace_seconds = GRACE_SECONDS
    assert all(part.waits(at, pressed=False) for at in (100.0, 1000.0))
    for second in range(1000, 1100):
        part.recovered(float(second))
    assert [part.waits(at, pressed=True) for at in (1100.0, 1103.9, 1104.0)] == [True, True, False]
    for second in range(1100, 1200):
        part.recovered(float(second))
    last = 1100 + LONGEST_GRACE_SECONDS
    assert [part.waits(at, pressed=True) for at in (last - 0.1, last)] == [True, False]


def test_what_a_log_lacked_is_not_said_once_it_is_there(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tail = Tail(log, "log")
    lacked = []
    for content in (b"", b"1\n"):
        if content:
            append(log, content)
        drained(tail)
        lacked.append((tail.state, tail.lacks))
    assert lacked == [("waiting", "file"), ("ok", "")]
    tail.close()
