"""Faults 35 to 41: what the system does to a feed, and to what is written beside it."""

import errno
import os
import threading
from pathlib import Path

import pytest

from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.handover import HandOver
from floorwatch.engine.intake import Intake
from floorwatch.engine.opening import live_feed
from floorwatch.feeds import wake as wake_module
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.wake import NoWake, Wake
from floorwatch.settings import FeedSettings
from tests.cli.waiting import until
from tests.faults.confined import NO_WATCHES, SMALL_DISK, can_have, confined, python, told
from tests.faults.stage import FEED, FORMAT, Stage, facts

EVENTS_AHEAD = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.mark.slow
def test_fault_35_a_queue_of_file_events_that_overflows_costs_no_line(stage: Stage) -> None:
    """Nobody reads the events of a process that is stopped: the kernel throws away what is more than it keeps."""
    stage.says(5)
    process = stage.process()
    process.until_lines(5)
    process.stop()
    most = int(EVENTS_AHEAD.read_text()) if EVENTS_AHEAD.exists() else 16_384
    other, another = stage.beside(".tmp"), stage.beside(".tmp2")
    other.touch()
    for _pair in range(most // 4 + 100):  # two events each: one alone would be taken together with the one before
        other.rename(another)
        another.rename(other)
    stage.rotate()
    stage.says(5)  # the events of these are lost
    stage.says(7, to=stage.beside(".1"))
    stage.said[5:] = [*stage.said[10:], *stage.said[5:10]]
    process.go_on()
    state = process.until_lines(17)
    stage.clock.at = state["at"]
    assert {**facts(state), "alerts": []} == {**facts(stage.truth()), "alerts": []}, "it was not asked for that hour"
    stage.says(1)
    process.until_lines(18)


@pytest.mark.slow
@pytest.mark.skipif(not can_have(NO_WATCHES), reason="no name spaces of users here; tests/feeds/test_wake.py stands in")
def test_fault_36_where_the_system_has_no_watch_left_it_is_looked_at_and_said(tmp_path: Path) -> None:
    found = told(confined(NO_WATCHES, *python("tests.faults.without_watches", tmp_path)))
    assert found == {"polling": True, "woken": True, "all lines": True}


def test_fault_36_with_watches_to_be_had_nobody_looks(tmp_path: Path) -> None:
    found = told(python("tests.faults.without_watches", tmp_path))
    assert found == {"polling": False, "woken": True, "all lines": True}


def test_fault_37_a_network_share_is_looked_at_by_the_type_of_its_file_system(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no share here: the disk is said to be one, and nothing is watched then."""
    monkeypatch.setattr(wake_module, "_file_system", lambda _path: "nfs4")
    stage.says(5)
    followed = stage.follow(wake=Wake(poll_seconds=0.01))
    before = followed.woken
    stage.says(5)
    until(lambda: followed.woken > before, "it is looked at")
    assert followed.health.polling
    stage.pass_time(0)
    assert followed.lines == stage.said
    before = followed.woken
    stage.rotate()
    stage.says(5)
    until(lambda: followed.woken > before, "a rotation is seen, too")
    stage.pass_time(GRACE_SECONDS + 2)
    assert followed.lines == stage.said
    assert facts(stage.watch().state()) == facts(stage.truth())


def test_fault_38_what_no_event_told_of_is_read_at_the_next_beat(stage: Stage) -> None:
    """A feed that nothing ever wakes, in the thread that drains it."""
    stage.says(5)
    opened = live_feed(
        stage.house, FileSource(NoWake()), FEED, FeedSettings(str(stage.log), FORMAT), stage.clock.now(), lambda: None
    )
    hand_over, came = HandOver(), threading.Event()
    hand_over.notify(came.set)
    intake = Intake(
        opened.feed, lambda lines: decode_all(lines, {FEED: opened.decoder}), stage.clock, hand_over, beat_seconds=0.02
    )
    got: list[Decoded] = []

    def take() -> bool:
        while (batch := hand_over.take()) is not None:
            got.extend(batch.items)
        return [item.line.raw for item in got if item.line is not None] == stage.said

    intake.start()
    try:
        until(take, "the past")
        for _time in range(3):
            stage.says(2)
            until(take, "what nobody told of")
    finally:
        intake.stop()
        while not opened.feed.caught_up or hand_over.take() is not None:
            pass


def test_fault_39_an_input_error_of_the_disk_is_said_and_read_beyond(stage: Stage) -> None:
    """A real EIO: the first byte of a process's memory, which can be opened and not be read."""
    memory = Path("/proc/self/mem")
    if not memory.exists():
        pytest.skip("no /proc")
    stage.log.symlink_to(memory)
    followed, watch = stage.follow(), stage.watch()
    stage.pass_time(3)
    assert followed.health.state == "failed"
    assert os.strerror(errno.EIO) in followed.health.reason
    assert watch.state()["feeds"][FEED]["lines"] == 0
    stage.log.unlink()
    stage.says(6)
    stage.pass_time(60)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_39_a_stale_handle_is_let_go_and_the_log_opened_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ESTALE comes from a file server alone: here reading says so of the handles that are open now, and of no later."""
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.says(5)
    here = stage.log.stat()
    stale = {fd for fd in range(3, 1024) if _is_open_on(fd, here)}
    assert len(stale) == 2
    read, close = os.pread, os.close

    def pread(fd: int, size: int, offset: int) -> bytes:
        if fd in stale:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return read(fd, size, offset)

    def let_go(fd: int) -> None:
        stale.discard(fd)
        close(fd)

    monkeypatch.setattr(os, "pread", pread)
    monkeypatch.setattr(os, "close", let_go)
    stage.pass_time(0)
    assert os.strerror(errno.ESTALE) in followed.health.reason
    stage.says(5)
    stage.pass_time(10)
    assert not stale
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert followed.health.possible_loss == 0
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def _is_open_on(fd: int, here: os.stat_result) -> bool:
    try:
        found = os.fstat(fd)
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (here.st_dev, here.st_ino)


@pytest.mark.parametrize("number", [errno.ESTALE, errno.EIO])
def test_fault_39_while_nothing_can_be_read_it_is_tried_less_and_less_often(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Here reading fails for a minute, whatever is opened."""
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.says(5)
    read, looks, is_broken, here = os.pread, 0, True, stage.log.stat()

    def pread(fd: int, size: int, offset: int) -> bytes:
        nonlocal looks
        if is_broken and _is_open_on(fd, here):
            looks += 1
            raise OSError(number, os.strerror(number))
        return read(fd, size, offset)

    monkeypatch.setattr(os, "pread", pread)
    stage.pass_time(60)
    assert os.strerror(number) in followed.health.reason
    assert followed.health.state == "failed"
    assert 4 <= looks < 90, "it backs off, the two together"
    is_broken = False
    stage.says(5)
    stage.pass_time(60)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert followed.health.possible_loss == 0
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


WHOLE = {
    "is torn while full": False,
    "read while full": ["before"],
    "entries": ["before", "after"],
    "journal is": "ok",
    "all lines": True,
    "lost": 0,
    "rejected": {},
}


@pytest.mark.slow
@pytest.mark.skipif(not can_have(SMALL_DISK), reason="nobody may mount a small disk here; the next test stands in")
def test_fault_40_a_full_disk_stops_nobody_and_tears_nothing(tmp_path: Path) -> None:
    """A file system of 2 MB that is filled to its last byte, with the recording and the journal in it."""
    small = tmp_path / "small"
    small.mkdir()
    found = told(confined(SMALL_DISK, small, *python("tests.faults.on_full_disk", tmp_path, small)))
    assert "No space left" in found.pop("recorder says")
    assert found.pop("journal says") == "disk is full"
    assert found == WHOLE


@pytest.mark.slow
def test_fault_40_files_that_may_not_grow_are_like_a_full_disk(tmp_path: Path) -> None:
    """A limit of the process (RLIMIT_FSIZE), where nothing can be mounted: the system's word is another."""
    found = told(python("tests.faults.on_full_disk", tmp_path, "-"))
    assert os.strerror(errno.EFBIG) in found.pop("recorder says")
    assert found.pop("journal says") == "disk failed"
    assert found == WHOLE


def test_fault_41_a_line_that_its_writer_tore_is_counted_and_costs_no_other(stage: Stage) -> None:
    """A disk that is full takes the first half of a line. What its writer says next, it says behind that half."""
    stage.says(6)
    followed, watch = stage.follow(), stage.watch()
    torn, swallowed = stage.lines(2)
    stage.write(torn[: len(torn) // 2])
    stage.pass_time(30)
    stage.write(swallowed + b"\n")
    stage.says(7)
    stage.pass_time(2)
    assert followed.lines == [*stage.said[:6], torn[: len(torn) // 2] + swallowed, *stage.said[6:]]
    feed = watch.state()["feeds"][FEED]
    assert feed["lines"] == len(stage.said) + 1
    assert sum(feed["rejected"].values()) + sum(feed["unknown_events"].values()) + sum(feed["misfits"].values()) >= 1
    assert facts(watch.state()) == facts(stage.state())
