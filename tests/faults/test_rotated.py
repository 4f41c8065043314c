"""Faults 10 to 17: what a log was rotated into, archives, and another file in the log's place."""

import gzip
import os
from pathlib import Path

import pytest

from floorwatch.feeds.folder import OPEN_FILES
from floorwatch.feeds.part import GRACE_SECONDS
from tests.faults.stage import Stage, facts


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*", ""], ids=["file", "pattern", "folder"])
def test_fault_10_rotated_twice_while_nobody_watched(stage: Stage, pattern: str) -> None:
    for _day in range(2):
        stage.says(7)
        stage.rotate()
        stage.clock.at += 60
    stage.says(7)
    written = stage.log.stat()
    for number in (1, 2):  # a restored backup: all of one time
        os.utime(stage.beside(f".{number}"), ns=(written.st_atime_ns, written.st_mtime_ns))
    path = stage.folder / pattern
    assert stage.follow(path).lines == stage.said
    assert facts(stage.watch(path).state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_10_rotated_many_times_while_the_watch_stood_still(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    for _day in range(4):
        stage.says(5)
        stage.rotate()
        stage.says(3)
    for number in (2, 3):
        stage.gzip(stage.beside(f".{number}"))
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (4, 0)
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_11_a_pattern_that_matches_the_rotated_file_too(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(stage.folder / "queue_log*"), stage.watch(stage.folder / "queue_log*")
    for happens in (stage.rotate, stage.copytruncate, stage.rotate, stage.copytruncate):
        stage.says(5)
        happens()
        stage.pass_time(1)
        stage.says(5)
        stage.pass_time(7)
        assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*"])
def test_fault_12_rotated_to_an_archive(stage: Stage, pattern: str) -> None:
    stage.says(5)
    stage.gzip(stage.rotate())
    stage.beside(".2").write_bytes(stage.beside(".1.gz").read_bytes())  # whatever it is called
    stage.beside(".1.gz").unlink()
    stage.clock.at += 60
    stage.says(5)
    followed, watch = stage.follow(stage.folder / pattern), stage.watch(stage.folder / pattern)
    assert followed.lines == stage.said
    for _day in range(3):
        stage.says(5)
        rotated = stage.rotate()
        stage.pass_time(1)
        stage.gzip(rotated)
        stage.says(5)
        stage.pass_time(7)
        assert followed.lines == stage.said
    assert followed.health.possible_loss == 0
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_12_late_lines_in_a_file_that_is_archived_at_once(stage: Stage) -> None:
    stage.says(5)
    followed = stage.follow()
    rotated = stage.rotate()
    stage.pass_time(1)
    stage.says(2, to=rotated)
    stage.gzip(rotated)
    stage.says(5)
    stage.pass_time(7)
    assert followed.lines == stage.said


@pytest.mark.parametrize("when", ["before the watch", "during the watch"])
def test_fault_14_an_archive_that_is_still_being_written(stage: Stage, when: str) -> None:
    stage.says(3_000)
    followed = stage.follow() if when == "during the watch" else None
    rotated = stage.rotate()
    stage.pass_time(7)
    body = gzip.compress(rotated.read_bytes())
    stage.beside(".1.gz").write_bytes(body[:1000])
    followed = followed or stage.follow()
    stage.says(5)
    stage.pass_time(7)
    assert followed.lines == stage.said
    stage.beside(".1.gz").write_bytes(body)
    stage.pass_time(1)
    rotated.unlink()
    stage.says(5)
    stage.pass_time(7)
    stage.rotate()
    stage.says(5)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert followed.health.rejected == {}


def test_fault_14_archives_that_come_slowly_when_their_files_have_gone(stage: Stage) -> None:
    stage.says(5)
    followed = stage.follow()
    _slowly(stage)
    body = _slowly(stage)
    stage.pass_time(2)
    stage.beside(".1.gz").write_bytes(body)
    stage.pass_time(10)
    assert followed.lines == stage.said


def _slowly(stage: Stage) -> bytes:
    """A rotation into an archive of which only a part is there yet; all of it."""
    stage.says(3_000)
    rotated = stage.rotate()
    body = gzip.compress(rotated.read_bytes())
    rotated.unlink()
    stage.beside(".1.gz").write_bytes(body[:3000])
    stage.says(5)
    return body


def test_fault_15_deleted_and_made_again(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.says(5)
    stage.log.unlink()
    stage.pass_time(2)
    assert followed.health.state == "lost"
    stage.says(3)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert (followed.health.state, followed.health.possible_loss) == ("ok", 0)
    stage.log.unlink()  # and within one look
    stage.says(40)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.truth())


def test_fault_16_another_file_in_its_place_at_once(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.says(5)  # unread in the old one, which nobody can find any more but by its handle
    lines = stage.lines(20)
    stage.replace(b"".join(line + b"\n" for line in lines))
    stage.said += lines
    stage.says(5)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (1, 0)
    assert facts(watch.state()) == facts(stage.truth())


def test_fault_16_a_copy_of_the_log_that_has_grown_is_the_log(stage: Stage) -> None:
    """As rsync and many an editor leave it: a new file, which begins with all that the old one held."""
    stage.says(50)
    followed, watch = stage.follow(), stage.watch()
    for number in range(6):
        if number % 2:
            stage.says(3)  # unread in the old one, and in the copy
        lines = stage.lines(number)  # once nothing more
        stage.replace(stage.log.read_bytes() + b"".join(line + b"\n" for line in lines))
        stage.said += lines
        stage.pass_time(2)
        assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (6, 0)
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_16_a_file_that_is_replaced_before_its_turn(stage: Stage) -> None:
    stage.says(5)
    followed = stage.follow()
    stage.rotate()
    stage.says(5)
    stage.pass_time(1)  # seen, and not read yet: the one before it may still be written to
    lines = stage.lines(5)
    stage.replace(b"".join(line + b"\n" for line in lines))
    stage.said += lines
    stage.pass_time(20)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 0


def test_fault_16_a_file_that_only_begins_alike_is_another_one(stage: Stage) -> None:
    header = b"# the columns\n"
    stage.write(header)
    followed = stage.follow()
    stage.says(3)  # unread
    lines = stage.lines(3)
    stage.replace(header + b"".join(line + b"\n" for line in lines))
    stage.said += lines
    stage.pass_time(7)
    assert [line for line in followed.lines if not line.startswith(b"#")] == stage.said


def test_fault_17_a_link_that_is_switched(stage: Stage) -> None:
    monday, tuesday = stage.folder / "monday.log", stage.folder / "elsewhere" / "tuesday.log"
    tuesday.parent.mkdir()
    stage.says(5, to=monday)
    stage.log.symlink_to(monday)
    followed, watch = stage.follow(), stage.watch()
    stage.says(3, to=monday)
    _switch(stage.log, tuesday)
    stage.says(5, to=tuesday)
    stage.pass_time(2)
    assert followed.lines == stage.said
    tuesday.rename(tuesday.with_name("tuesday.log.1"))  # it is still rotated like any other
    stage.says(5, to=tuesday)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert (followed.health.rotations, followed.health.possible_loss) == (2, 0)
    assert facts(watch.state()) == facts(stage.truth())


def test_fault_17_a_folder_in_the_way_that_is_a_link_is_switched(stage: Stage) -> None:
    for name in ("blue", "green"):
        (stage.folder / name).mkdir()
    way = stage.folder / "live"
    way.symlink_to("blue")
    stage.says(5, to=stage.folder / "blue" / "queue_log")
    followed = stage.follow(way / "queue_log")
    stage.says(5, to=stage.folder / "green" / "queue_log")
    _switch(way, Path("green"))
    stage.pass_time(2)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 0


def _switch(link: Path, target: Path) -> None:
    fresh = link.with_name(".fresh")
    fresh.symlink_to(target)
    fresh.replace(link)
    assert GRACE_SECONDS > 2  # it does not wait for that


def test_fault_17_a_link_that_gives_way_to_its_target(stage: Stage) -> None:
    target = stage.folder / "target"
    for _day in range(2):
        stage.says(5)
        stage.rotate()
        stage.pass_time(1)
    stage.says(5, to=target)
    stage.log.symlink_to(target)
    followed = stage.follow(stage.folder / "queue_log*")
    alone = stage.follow()
    target.replace(stage.log)
    stage.pass_time(1)
    for _day in range(3):
        stage.says(3)
        stage.rotate()
        stage.says(3)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert alone.lines[-18:] == stage.said[-18:]
    assert len(set(alone.lines)) == len(alone.lines)
    assert followed.health.possible_loss == alone.health.possible_loss == 0


def test_fault_17_a_folder_that_moves_and_leaves_a_link(stage: Stage) -> None:
    here, there = stage.folder / "here", stage.folder / "there"
    here.mkdir()
    log = here / "queue_log"
    stage.says(5, to=log)
    log.rename(here / "queue_log.1")
    stage.clock.at += 60
    stage.says(5, to=log)
    followed = stage.follow(log)
    here.rename(there)
    here.symlink_to(there)
    stage.says(5, to=log)
    stage.pass_time(2)
    stage.says(5, to=log)
    log.rename(here / "queue_log.2")
    stage.says(5, to=log)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 0


def test_fault_16_a_folder_that_is_brought_up_to_date_by_copies(stage: Stage) -> None:
    """A switch rotates its log, and rsync writes what it finds there under other numbers."""
    copy = stage.folder.with_name("copy")
    copy.mkdir()
    stage.says(5)
    _bring_up_to_date(stage, copy)
    followed = stage.follow(copy / "queue_log")
    for _day in range(3):
        stage.says(5)
        _bring_up_to_date(stage, copy)
        stage.pass_time(3)
        stage.says(5)  # not brought yet when it is rotated
        stage.rotate()
        stage.says(5)
        _bring_up_to_date(stage, copy)
        stage.pass_time(7)
        assert followed.lines == stage.said
    assert followed.health.possible_loss == 0


def test_fault_16_many_logs_that_are_brought_by_copies(stage: Stage) -> None:
    """More than are held open: of most of them nothing is left but what is remembered."""
    logs = [stage.folder / f"switch{number:02}" for number in range(OPEN_FILES + 8)]
    for log in logs:
        stage.says(2, to=log)
    followed = stage.follow(stage.folder)
    for _minute in range(2):
        for log in logs:
            fresh = log.with_name(".fresh")
            lines = stage.lines(2)
            fresh.write_bytes(log.read_bytes() + b"".join(line + b"\n" for line in lines))
            fresh.replace(log)
            stage.said += lines
        stage.pass_time(7)
        assert sorted(followed.lines) == sorted(stage.said)
    assert followed.health.possible_loss == 0


def _bring_up_to_date(stage: Stage, copy: Path) -> None:
    for path in stage.folder.iterdir():
        there = copy / path.name
        if not there.exists() or there.read_bytes() != path.read_bytes():
            fresh = copy / ".fresh"
            fresh.write_bytes(path.read_bytes())
            fresh.replace(there)
