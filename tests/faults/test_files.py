"""Faults 1 to 9: a log that is renamed, copied, truncated, or comes back under the number of another file."""

import os
from pathlib import Path

import pytest

from floorwatch.feeds.part import GRACE_SECONDS
from tests.faults.stage import Stage, facts


def test_fault_01_rename_and_create(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.says(4)  # nobody has read these when the log is renamed
    stage.rotate()
    stage.says(5)
    stage.pass_time(GRACE_SECONDS)
    assert followed.lines == stage.said[:9]  # another writer may hold the old one
    stage.pass_time(2)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (1, 0)
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_02_late_writes_to_the_renamed_file(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    old = stage.rotate()
    early = stage.lines(3)
    stage.pass_time(4)
    late = stage.says(3, to=old)  # its writer holds the handle, whatever the name is by now
    stage.write(b"".join(line + b"\n" for line in early))
    stage.pass_time(4)
    later = stage.says(1, to=old)
    stage.pass_time(4)
    assert followed.lines[5:] == [*late, *later]
    stage.pass_time(2)
    assert followed.lines[5:] == [*late, *later, *early]
    assert followed.health.possible_loss == 0
    assert watch.state()["feeds"]["queue_log"]["lines"] == 12


def test_fault_02_a_writer_that_never_lets_go_is_told_of(stage: Stage) -> None:
    stage.says(2)
    followed = stage.follow()
    old = stage.rotate()
    new = stage.lines(1)
    stage.write(new[0] + b"\n")
    for _second in range(40):
        stage.says(1, to=old)
        stage.pass_time(1)
    assert followed.lines[-1] == new[0]
    assert followed.health.possible_loss == 1


def test_fault_03_copytruncate(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.says(4)  # nobody has read these when the log is emptied: they are in the copy
    stage.copytruncate()
    stage.says(5)
    stage.pass_time(1)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (1, 1)
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*"])
@pytest.mark.parametrize("times", [1, 2])
def test_fault_03_copytruncate_and_the_same_header_again(stage: Stage, pattern: str, times: int) -> None:
    """What was read stands at the beginning of the new content, too: the copy alone tells of the truncation."""
    header = b"; time|call|queue|agent|what\n"
    stage.write(header)
    followed, watch = stage.follow(stage.folder / pattern), stage.watch(stage.folder / pattern)
    for _time in range(times):
        stage.says(3)  # in the copy
        stage.copytruncate()
        stage.write(header)
        stage.says(4)
    stage.pass_time(2)
    stage.says(5)
    stage.pass_time(2)
    assert [line for line in followed.lines if line + b"\n" != header] == stage.said
    assert followed.lines.count(header.rstrip()) == 1 + times
    assert (followed.health.rotations, followed.health.possible_loss) == (times, 1)
    assert watch.state()["feeds"]["queue_log"]["lines"] == len(followed.lines)


def test_fault_03_a_copy_of_a_header_and_some_lines_is_no_truncation(stage: Stage) -> None:
    stage.write(b"; time|call|queue|agent|what\n")
    followed = stage.follow()
    stage.says(3)
    stage.beside(".1").write_bytes(stage.log.read_bytes())
    stage.says(2)
    stage.pass_time(1)
    stage.gzip(stage.beside(".1"))
    stage.says(1)
    stage.pass_time(1)
    assert followed.lines[1:] == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (0, 0)


@pytest.mark.parametrize("name", [".1", "-20261121"])
def test_fault_03_lines_between_the_copy_and_the_truncation_are_not_read_twice(stage: Stage, name: str) -> None:
    stage.says(50)
    followed, watch = stage.follow(), stage.watch()
    stage.beside(name).write_bytes(stage.log.read_bytes())
    stage.says(30)
    stage.pass_time(1)  # read, and not in the copy
    os.truncate(stage.log, 0)
    stage.says(5)
    stage.pass_time(1)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 1
    assert facts(watch.state()) == facts(stage.truth())


@pytest.mark.parametrize("pattern", ["queue_log*", "queue_log"])
def test_fault_03_a_copy_that_is_seen_before_the_truncation_is_no_file_of_its_own(stage: Stage, pattern: str) -> None:
    stage.says(20)
    followed = stage.follow(stage.folder / pattern)
    for _day in range(3):
        stage.says(10)
        stage.pass_time(1)
        stage.beside(".1").write_bytes(stage.log.read_bytes())
        stage.pass_time(2)
        os.truncate(stage.log, 0)
        stage.pass_time(1)
        stage.says(10)
        stage.pass_time(1)
    assert followed.lines == stage.said


def test_fault_03_a_watch_that_begins_between_the_copy_and_the_truncation(stage: Stage) -> None:
    stage.says(20)
    stage.beside(".1").write_bytes(stage.log.read_bytes())
    stage.says(5)
    followed, folder = stage.follow(), stage.follow(stage.folder / "queue_log*")
    os.truncate(stage.log, 0)
    stage.says(5)
    stage.pass_time(2)
    assert followed.lines == folder.lines == stage.said


def test_fault_04_truncated_and_grown_past_the_old_offset(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    os.truncate(stage.log, 0)
    stage.says(50)
    stage.pass_time(1)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (0, 1)
    assert facts(watch.state()) == facts(stage.truth())


def test_fault_04_under_a_header_longer_than_the_fingerprint(stage: Stage) -> None:
    header = b"# " + b"column;" * 500 + b"\n"
    stage.write(header)
    stage.says(5)
    followed = stage.follow()
    os.truncate(stage.log, 0)
    stage.write(header)
    stage.says(50)
    stage.pass_time(1)
    assert [line for line in followed.lines if not line.startswith(b"#")] == stage.said
    assert followed.health.possible_loss == 1


def test_fault_05_truncated_and_written_to_the_same_size(stage: Stage) -> None:
    stage.says(20)
    followed, watch = stage.follow(), stage.watch()
    before = stage.log.stat()
    os.truncate(stage.log, 0)
    stage.clock.at += 1  # the same lines a second later: as many bytes
    again = [line.replace(b"%d|" % (stage.clock.at - 1), b"%d|" % stage.clock.at, 1) for line in stage.said]
    stage.write(b"".join(line + b"\n" for line in again))
    os.utime(stage.log, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert stage.log.stat().st_size == before.st_size
    stage.pass_time(1)
    assert followed.lines == stage.said + again
    assert followed.health.possible_loss == 1
    assert watch.state()["feeds"]["queue_log"]["lines"] == 40


def test_fault_06_truncated_while_nobody_watched(stage: Stage) -> None:
    stage.says(7)  # three people, and the first call and the beginning of the second
    os.truncate(stage.log, 0)
    stage.says(20)
    followed, watch = stage.follow(), stage.watch()
    assert followed.lines == stage.said[7:]
    assert facts(watch.state()) == facts(stage.state())
    # No file tells that another was there before. What is missing shows where it is missed:
    assert watch.state()["feeds"]["queue_log"]["misfits"] == {"answer without entry": 1}


def test_fault_07_an_inode_that_is_used_again(stage: Stage) -> None:
    stage.says(5)
    gone = stage.rotate()
    stage.says(5)
    followed = stage.follow()
    number = gone.stat().st_ino
    gone.unlink()
    new = _file_of_inode(stage, number)
    stage.rotate()
    new.rename(stage.log)  # its inode is known, and its lines are not
    stage.says(5)
    stage.rotate()
    stage.says(5)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (2, 0)


def _file_of_inode(stage: Stage, number: int) -> Path:
    """An empty file with the number of one that was deleted."""
    for place in range(100):
        new = stage.folder / f"new{place}"
        new.touch()
        if new.stat().st_ino == number:
            return new
    pytest.skip("this file system gives no number twice")


def test_fault_08_a_file_shorter_than_the_fingerprint(stage: Stage) -> None:
    stage.log.write_bytes(b"")
    followed, watch = stage.follow(), stage.watch()
    for _day in range(4):
        stage.says(1)
        stage.pass_time(1)
        assert followed.lines == stage.said
        stage.rotate()
        stage.log.write_bytes(b"")
        stage.pass_time(7)
    for size in range(1, 4):  # it grows, and what it is known by with it
        stage.says(size * 10)
        stage.pass_time(1)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 0
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_09_two_files_with_the_same_beginning(stage: Stage) -> None:
    header = b"# " + b"column;" * 500 + b"\n"
    north, south = stage.folder / "north", stage.folder / "south"
    for path in (north, south):
        stage.write(header, to=path)
        stage.says(5, to=path)
    followed = stage.follow(stage.folder)
    for path in (south, north):
        stage.says(5, to=path)
        stage.pass_time(1)
        path.rename(path.with_name(f"{path.name}.1"))
        stage.write(header, to=path)
        stage.says(5, to=path)
        stage.pass_time(7)
    assert followed.lines.count(header.rstrip()) == 4
    assert [line for line in followed.lines if not header.startswith(line)] == stage.said


def test_fault_09_a_log_of_a_header_alone(stage: Stage) -> None:
    header = b"# columns\n"
    stage.write(header)
    followed = stage.follow()
    old = stage.rotate()
    stage.write(header)
    lines = stage.lines(3)
    stage.write(b"".join(line + b"\n" for line in lines))
    stage.pass_time(2)
    stage.says(3, to=old)
    stage.pass_time(10)
    assert [line for line in followed.lines if not header.startswith(line)] == stage.said + lines


def test_fault_09_copies_with_the_same_header_that_are_a_little_shorter(stage: Stage) -> None:
    header = b"# " + b"column;" * 500 + b"\n"
    stage.write(header)
    stage.says(6)
    followed = stage.follow()
    os.truncate(stage.log, 0)
    for _day in range(2):
        stage.write(header)
        stage.says(4)
        stage.copytruncate()
    stage.says(4)
    stage.pass_time(7)
    assert [line for line in followed.lines if not header.startswith(line)] == stage.said


def test_fault_09_a_day_with_the_header_of_yesterday(stage: Stage) -> None:
    header = b"# " + b"column;" * 500 + b"\n"
    stage.write(header)
    stage.says(5)
    stage.rotate()
    stage.write(header)
    stage.says(5)
    followed = stage.follow()
    for _day in range(2):
        stage.gzip(stage.rotate())
        stage.write(header)
        stage.says(5)
    stage.pass_time(7)
    assert [line for line in followed.lines if not header.startswith(line)] == stage.said


@pytest.mark.parametrize("size", [120, 700, -100], ids=["of the first bytes", "of more of them", "by the last bytes"])
def test_fault_04_cut_off_at_the_end(stage: Stage, size: int) -> None:
    """As a file system leaves a file after a crash: what is there was read, and is not read again."""
    stage.says(60)
    followed = stage.follow()
    whole = stage.log.read_bytes()
    os.truncate(stage.log, whole.rindex(b"\n", 0, size) + 1)
    stage.pass_time(2)
    assert followed.lines == stage.said
    for _minute in range(2):
        stage.says(60)
        stage.pass_time(1)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 1


def test_fault_04_cut_off_in_the_middle_is_read_again(stage: Stage) -> None:
    """Nobody remembers what stood there: rather twice than not at all, and it is said."""
    stage.says(200)
    followed = stage.follow()
    whole = stage.log.read_bytes()
    os.truncate(stage.log, whole.rindex(b"\n", 0, 5000) + 1)
    again = stage.log.read_bytes().splitlines()
    stage.pass_time(1)
    assert followed.lines == [*stage.said, *again]
    assert followed.health.possible_loss == 1


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*"])
def test_fault_02_a_switch_that_was_never_told_of_the_rotation(stage: Stage, pattern: str) -> None:
    """Its new log lies there empty, and it goes on with the old one, now and then, for hours."""
    stage.says(5)
    followed, watch = stage.follow(stage.folder / pattern), stage.watch(stage.folder / pattern)
    old = stage.rotate()
    stage.log.touch()
    for _time in range(4):
        stage.pass_time(100)
        stage.says(2, to=old)
        stage.pass_time(1)
        assert followed.lines == stage.said
        assert (followed.health.state, followed.health.reason) == ("ok", "")
    stage.says(1)  # told at last
    stage.says(1, to=old)
    stage.pass_time(7)
    assert sorted(followed.lines) == sorted(stage.said)
    stage.pass_time(60)
    stage.rotate()
    stage.log.touch()
    stage.pass_time(60)
    stage.says(1)  # nobody has written to the old one for long: at once
    stage.pass_time(0)
    assert followed.lines[-1] == stage.said[-1]
    assert (followed.health.rotations, followed.health.possible_loss) == (2, 0)
    assert watch.state()["feeds"]["queue_log"]["lines"] == len(stage.said)
