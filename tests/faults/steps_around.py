"""The faults as steps, of what is around a log: its neighbours, its readers, the system and the clocks."""

import fcntl
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.faults.followed import Watched
from tests.faults.playing import SETTLED_SECONDS, differences, finish, newcomer_differs, step, tell
from tests.faults.stage import Stage
from tests.faults.steps import copied_and_truncated, truncated_and_grown

MORE_EVENTS_THAN_ARE_KEPT = 17_000
"""Linux keeps 16,384 of a queue by default."""

SET_FORWARD_SECONDS = 600.0

HOSTILE = ("\x1b[2J\x1b]0;owned\x07", "[@click=app.quit]x[/]", "\u202ex\u2066", "=HYPERLINK(1)", "x" + "\u0301" * 99)


def _agrees(stage: Stage, watch: Watched, *paths: Path) -> None:
    """It looks once more, knows what `state` knows, and leaves."""
    watch.beat()
    state = watch.state()
    assert differences(state, stage.state(*paths, at=state["at"])) == []
    stage.leaves(watch)


# --- who may read it, and what is in it ------------------------------------------------------------------------------


@step(19, "a folder that is made later")
def made_later(stage: Stage) -> None:
    folder = stage.folder.with_name("later")
    newcomer = stage.watch(folder / "queue_log")
    folder.mkdir()
    stage.write(b"".join(line + b"\n" for line in stage.lines(4)), to=folder / "queue_log")
    _agrees(stage, newcomer, folder / "queue_log")
    shutil.rmtree(folder)


@step(21, "permission denied, and granted later")
def denied(stage: Stage) -> None:
    stage.rotate()
    lines = stage.lines(3)
    with stage.log.open("wb") as writer:
        stage.log.chmod(0)
        writer.write(b"".join(line + b"\n" for line in lines))
    stage.said += lines
    stage.pass_time(3)
    stage.log.chmod(0o600)
    stage.says(2)


@step(30, "names in another character set, and in none")
def other_characters(stage: Stage) -> None:
    at = f"{stage.clock.now():.0f}".encode()
    for name in ("王芳".encode("gb18030"), "山田".encode("shift_jis"), "Müller".encode("latin-1"), b"\xed\xa0\x80\xc3"):
        for line in (at + b"|NONE|support|" + name + b"|ADDMEMBER|", at + b"|NONE|support|" + name + b"|PAUSE|" + name):
            finish(stage, line, line)


@step(31, "a byte order mark at the beginning of the log")
def marked(stage: Stage) -> None:
    stage.rotate()
    stage.write(b"\xef\xbb\xbf")
    stage.says(3)


@step(32, "a log in UTF-16 for a while")
def wide(stage: Stage) -> None:
    stage.rotate()
    stage.write(b"\n".join(stage.lines(5)).decode().encode("utf-16"))
    stage.pass_time(2)
    stage.log.unlink()
    stage.says(3)
    stage.pass_time(40)


@step(34, "escapes, markup and marks of direction in every field")
def hostile(stage: Stage) -> None:
    for name in (
        "\x1b[2J\x1b]0;owned\x07",
        "[@click=app.quit]x[/]",
        "\u202ex\u2066",
        "=HYPERLINK(1)",
        "x" + "\u0301" * 99,
    ):
        tell(stage, f"NONE|{name}|{name}|PAUSE|{name}", f"{name}|{name}|NONE|ENTERQUEUE|{name}|{name}|1")
        tell(stage, f"{name}|{name}|NONE|ABANDON|1|1|0", f"NONE|{name}|{name}|{name}|{name}")


@step(49, "times that cannot be")
def impossible_times(stage: Stage) -> None:
    now = stage.clock.now()
    for stamp in (f"{now + 3 * 86_400:.0f}", "99999999999999999999", "-5", "0x10", "", "nan", f"{now:.0f}.5"):
        line = f"{stamp}|NONE|support|PJSIP/2002|PAUSE|late".encode()
        finish(stage, line, line)


@step(68, "one person under interface, name and number, and a name that two have")
def many_names(stage: Stage) -> None:
    tell(stage, "NONE|support|PJSIP/2003|ADDMEMBER|", "i1|support|NONE|ENTERQUEUE||5550001111|1")
    tell(stage, "i1|support|李雷|CONNECT|0|x|3", "i1|support|4003|COMPLETEAGENT|0|9|1")
    tell(stage, "NONE|support|Wang Fang|PAUSE|tea", "NONE|billing|Wang Fang|UNPAUSE|")


# --- neighbours ------------------------------------------------------------------------------------------------------


@step(11, "a pattern that matches the rotated files, too")
def matched_twice(stage: Stage) -> None:
    newcomer = stage.watch(f"{stage.log}*")
    stage.says(3)
    stage.rotate()
    stage.says(3)
    stage.pass_time(SETTLED_SECONDS)
    _agrees(stage, newcomer)


@step(48, "two logs of one floor")
def two_logs(stage: Stage) -> None:
    paths = [stage.folder.with_name(name) for name in ("one", "other")]
    for number, line in enumerate(stage.lines(12)):
        stage.write(line + b"\n", to=paths[number % 2])
    assert newcomer_differs(stage, *paths) == []
    for path in paths:
        path.unlink()


@step(61, "ten thousand files in its folder")
def crowded(stage: Stage) -> None:
    others = [stage.folder / f"other-{number}.log" for number in range(10_000)]
    for path in others:
        path.touch()
    stage.says(2)
    stage.rotate()
    stage.says(2)
    stage.pass_time(SETTLED_SECONDS)
    for path in others:
        path.unlink()


@step(13, "a rotated archive that is damaged", keeps_disk=False)
def damaged_archive(stage: Stage) -> None:
    stage.says(60)
    rotated = stage.rotate()
    stage.says(2)
    stage.pass_time(SETTLED_SECONDS)
    archive = stage.gzip(rotated)
    os.truncate(archive, archive.stat().st_size // 2)
    stage.says(2)


@step(7, "a new log with the inode of one that was read", keeps_disk=False)
def inode_again(stage: Stage) -> None:
    stage.says(3)
    gone = stage.rotate()
    stage.says(3)
    stage.pass_time(SETTLED_SECONDS)
    number = gone.stat().st_ino
    gone.unlink()
    fresh = [stage.folder / f".fresh{place}" for place in range(100)]
    for path in fresh:
        path.touch()
    again = next((path for path in fresh if path.stat().st_ino == number), fresh[0])
    stage.rotate()
    again.rename(stage.log)
    stage.says(5)
    for path in fresh:
        path.unlink(missing_ok=True)


# --- readers, the system, clocks -------------------------------------------------------------------------------------


@step(35, "more events than the system keeps")
def many_events(stage: Stage) -> None:
    path = stage.folder / "restless"
    for _time in range(MORE_EVENTS_THAN_ARE_KEPT // 2):
        path.touch()
        path.unlink()
    stage.says(3)


@step(42, "killed, and begun again")
def killed(stage: Stage) -> None:
    for _life in range(2):
        process = stage.process()
        process.until(lambda state: not differences(state, stage.state(at=state["at"])), "it agrees")
        stage.leaves(process)
        stage.says(2)


@step(44, "two more who watch, and one who leaves")
def two_more(stage: Stage) -> None:
    first, second = stage.watch(), stage.watch()
    stage.says(3)
    stage.rotate()
    stage.says(3)
    first.beat()
    stage.leaves(first)
    stage.pass_time(SETTLED_SECONDS)
    _agrees(stage, second)


@step(45, "the clock is set forward, and back")
def clock_set(stage: Stage) -> None:
    stage.set_clock(SET_FORWARD_SECONDS)
    stage.pass_time(2)
    stage.set_clock(-SET_FORWARD_SECONDS)
    stage.pass_time(2)
    stage.says(2)


@step(46, "the machine's zone changes")
def zone_changed(stage: Stage) -> None:
    with pytest.MonkeyPatch.context() as here:
        here.setenv("TZ", "America/New_York")
        time.tzset()
        stage.says(2)
        stage.pass_time(2)
    time.tzset()


@step(59, "a lock on it")
def locked(stage: Stage) -> None:
    with stage.log.open("ab") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        fcntl.lockf(writer, fcntl.LOCK_EX)
        stage.says(2)
        stage.pass_time(2)


@step(62, "its readers stand still while it is rotated")
def stood_still(stage: Stage) -> None:
    with stage.nobody_looks():
        stage.says(3)
        stage.rotate()
        stage.says(4)
        stage.pass_time(5)


@step(62, "its readers stand still while it is cut off and written anew", keeps_disk=False)
def stood_still_meanwhile(stage: Stage) -> None:
    for happens in (copied_and_truncated, truncated_and_grown):
        with stage.nobody_looks():
            happens(stage)
        stage.pass_time(SETTLED_SECONDS)


@step(6, "truncated, and then begun to be watched", keeps_disk=False)
def truncated_before(stage: Stage) -> None:
    os.truncate(stage.log, 0)
    stage.says(20)
    assert newcomer_differs(stage) == []


@step(60, "lines faster than they are looked at", keeps_disk=False)
def flooded(stage: Stage) -> None:
    """The last of all: every figure is counted anew from here on."""
    stage.says(30_000)
