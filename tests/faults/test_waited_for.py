"""Faults 18 to 23: a path with nothing to read at it, or not yet, and a line that has no end yet."""

import os
import socket

import pytest

from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.shapes import FeedError
from tests.faults.conftest import CommandLine
from tests.faults.stage import Stage, facts


@pytest.mark.parametrize("target", ["queue_log", "nowhere", "a"], ids=["loop", "dangling", "loop of two"])
def test_fault_18_a_link_that_leads_nowhere(stage: Stage, target: str) -> None:
    (stage.folder / "a").symlink_to("queue_log")
    stage.log.symlink_to(target)
    followed, watch = stage.follow(), stage.watch()
    assert (followed.lines, followed.health.state) == ([], "waiting")
    assert str(stage.log) in followed.health.reason
    assert ("circle" if target != "nowhere" else "link to a file that is not there") in followed.health.reason
    assert watch.header() == (". waiting" if target != "nowhere" else ". missing")
    stage.log.unlink()
    stage.says(5)
    stage.pass_time(1)
    assert followed.lines == stage.said
    assert (followed.health.state, followed.health.reason) == ("ok", "")
    assert facts(watch.state()) == facts(stage.truth())


def test_fault_18_a_link_that_begins_to_lead_nowhere(stage: Stage) -> None:
    target = stage.folder / "target"
    stage.says(5, to=target)
    stage.log.symlink_to(target)
    followed = stage.follow()
    stage.says(3, to=target)
    target.unlink()
    stage.pass_time(2)
    assert followed.lines == stage.said  # the handle holds what the folder has not
    assert followed.health.state == "lost"
    assert "link" in followed.health.reason
    stage.says(3, to=target)
    stage.pass_time(7)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*"])
def test_fault_19_a_folder_that_is_made_later(stage: Stage, pattern: str) -> None:
    folder = stage.folder / "not" / "yet"
    followed, watch = stage.follow(folder / pattern), stage.watch(folder / pattern)
    assert followed.health.state == "waiting"
    assert str(folder) in followed.health.reason
    stage.pass_time(5)
    assert watch.header() == ". missing"
    folder.mkdir(parents=True)
    stage.pass_time(2)
    assert followed.health.state == "waiting"
    assert watch.header() == (". missing" if pattern == "queue_log" else ". waiting")
    stage.says(5, to=folder / "queue_log")
    stage.pass_time(1)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert facts(watch.state()) == facts(stage.state(folder / "queue_log")) == facts(stage.truth())


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*", ""], ids=["file", "pattern", "folder"])
def test_fault_20_a_folder_that_is_moved_and_made_again(stage: Stage, pattern: str) -> None:
    folder = stage.folder / "here"
    folder.mkdir()
    log = folder / "queue_log"
    stage.says(5, to=log)
    followed, watch = stage.follow(folder / pattern), stage.watch(folder / pattern)
    with log.open("ab", buffering=0) as pen:
        folder.rename(stage.folder / "there")
        lines = stage.lines(3)
        pen.write(b"".join(line + b"\n" for line in lines))
        stage.said += lines
        stage.pass_time(2)
    assert followed.health.state == "lost"
    assert str(folder) in followed.health.reason
    folder.mkdir()
    stage.says(5, to=log)
    stage.pass_time(7)
    assert followed.lines == stage.said
    assert (followed.health.state, followed.health.possible_loss) == ("ok", 0)
    assert facts(watch.state()) == facts(stage.truth())


@pytest.mark.parametrize("pattern", ["queue_log", ""], ids=["file", "folder"])
def test_fault_20_a_folder_that_is_deleted_and_made_again(stage: Stage, pattern: str) -> None:
    folder = stage.folder / "here"
    followed = stage.follow(folder / "queue_log") if pattern else None
    for _time in range(3):
        folder.mkdir()
        stage.says(5, to=folder / "queue_log")
        followed = followed or stage.follow(folder)  # what is not there can be no folder
        stage.pass_time(7)
        assert (followed.lines, followed.health.state) == (stage.said, "ok")
        (folder / "queue_log").unlink()
        folder.rmdir()
        stage.pass_time(3)
        assert followed.health.state == "lost"


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*"])
def test_fault_21_permission_denied_and_granted_later(unprivileged_stage: Stage, pattern: str) -> None:
    stage = unprivileged_stage
    stage.says(5)
    stage.log.chmod(0)
    followed, watch = stage.follow(stage.folder / pattern), stage.watch(stage.folder / pattern)
    stage.pass_time(5)
    assert (followed.lines, followed.health.state) == ([], "waiting")
    assert "permission" in followed.health.reason
    assert watch.header() == "# denied"
    stage.log.chmod(0o600)
    stage.pass_time(1)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert watch.header() == "= ok"
    stage.rotate()
    stage.says(5)
    stage.log.chmod(0)  # as a rotation by root leaves it
    stage.pass_time(20)
    assert followed.health.state == "waiting"
    assert "permission" in followed.health.reason
    assert watch.header() == "# denied"
    stage.log.chmod(0o600)
    stage.says(5)
    stage.pass_time(2)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


@pytest.mark.parametrize("pattern", ["queue_log", "queue_log*"])
def test_fault_21_a_folder_that_may_not_be_entered(unprivileged_stage: Stage, pattern: str) -> None:
    stage = unprivileged_stage
    folder = stage.folder / "closed"
    folder.mkdir()
    stage.says(5, to=folder / "queue_log")
    followed = stage.follow(folder / pattern)
    folder.chmod(0)
    stage.pass_time(2)
    assert followed.health.state == "lost"
    assert "permission" in followed.health.reason
    folder.chmod(0o700)
    stage.says(5, to=folder / "queue_log")
    stage.pass_time(2)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")
    assert followed.health.possible_loss == 0


def test_fault_22_a_pipe_or_a_device_in_place_of_a_file(stage: Stage) -> None:
    pipe = stage.folder / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FeedError, match=r"pipe.*write to a file"):
        stage.follow(pipe)
    with pytest.raises(FeedError, match="device"):
        stage.follow("/dev/null")
    with pytest.raises(FeedError, match="pipe"):
        stage.state(pipe)


def test_fault_22_a_folder_in_place_of_a_file_is_read_as_a_folder(stage: Stage) -> None:
    stage.says(5)
    os.mkfifo(stage.folder / "pipe")
    (stage.folder / "folder").mkdir()
    followed = stage.follow(stage.folder)
    assert followed.lines == stage.said
    assert followed.health.state == "ok"


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket"])
def test_fault_22_something_else_comes_in_its_place(stage: Stage, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.says(5)
    followed = stage.follow()
    stage.log.unlink()
    monkeypatch.chdir(stage.folder)  # the path of a socket is short
    match kind:
        case "folder":
            stage.log.mkdir()
        case "pipe":
            os.mkfifo(stage.log)
        case _:
            with socket.socket(socket.AF_UNIX) as end:
                end.bind(stage.log.name)
    stage.pass_time(3)
    assert followed.health.state == "failed"
    assert str(stage.log) in followed.health.reason
    assert ("device" if kind == "socket" else kind) in followed.health.reason
    if kind == "folder":
        stage.log.rmdir()
    else:
        stage.log.unlink()
    stage.says(5)
    stage.pass_time(7)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")


def test_fault_22_the_command_line_says_it_in_one_sentence(stage: Stage, command_line: CommandLine) -> None:
    pipe = stage.folder / "pipe"
    os.mkfifo(pipe)
    named = ("--format", "asterisk-queue-log")
    for words in (("state", pipe, *named), ("watch", pipe, "--headless", *named), ("feeds", "check", pipe)):
        status, said, complaints = command_line("--config", stage.config, *words)
        assert (status, said) == (1, "")
        assert complaints.count("\n") == 1
        assert f"{pipe}: this is a pipe" in complaints


def test_fault_23_a_partial_last_line(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    (line,) = stage.lines(1)
    for place in range(len(line)):
        stage.write(line[place : place + 1])
        stage.pass_time(0.1)
        assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.truth())
    stage.write(b"\n")
    stage.said.append(line)
    stage.pass_time(0.1)
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_23_half_a_line_that_ends_in_the_renamed_file(stage: Stage) -> None:
    stage.says(5)
    followed = stage.follow()
    (line,) = stage.lines(1)
    stage.write(line[:20])
    stage.pass_time(1)
    old = stage.rotate()
    stage.pass_time(2)
    stage.write(line[20:] + b"\n", to=old)
    stage.said.append(line)
    stage.says(5)
    stage.pass_time(GRACE_SECONDS + 3)
    assert followed.lines == stage.said
    assert followed.health.rejected == {}


def test_fault_23_half_a_line_that_ends_in_the_copy(stage: Stage) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    (line,) = stage.lines(1)
    stage.write(line[:20])
    stage.pass_time(1)
    stage.write(line[20:] + b"\n")
    stage.said.append(line)
    stage.copytruncate()
    stage.says(5)
    stage.pass_time(1)
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_23_state_takes_a_last_line_without_its_end_and_watch_waits(stage: Stage) -> None:
    stage.says(5)
    (line,) = stage.lines(1)
    stage.write(line)
    followed, watch = stage.follow(), stage.watch()
    stage.pass_time(60)
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.truth())
    stage.said.append(line)
    assert facts(stage.state()) == facts(stage.truth())
