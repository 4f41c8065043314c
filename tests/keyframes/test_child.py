"""Keyframes built by a child: the same house, no terminal, and no longer than whoever wants them lives."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorwatch.cli.wishes import Wishes, as_words
from floorwatch.engine.keyframes.child import ChildBuilding
from floorwatch.engine.keyframes.file import KeyframesFile
from floorwatch.engine.keyframes.fingerprint import header_of
from floorwatch.engine.keyframes.place import place_of
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.model.events import WatchBegan
from tests.engine.small_floor import QUEUE_LOG, START
from tests.keyframes.small_recording import recording
from tests.patience import PATIENCE_SECONDS

LOOK_SECONDS = 0.02

PARENT = """\
import sys
from floorwatch.engine.keyframes.child import ChildBuilding
building = ChildBuilding((), sys.argv[1])
building.start()
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def nobodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any configuration."""
    monkeypatch.delenv("FLOORWATCH_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobodys"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "nothing"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def long_day(tmp_path: Path) -> Path:
    """A recording of next to nothing, whose instants take minutes to be asked for."""
    file = tmp_path / "long.floorlog"
    writer = RecordingWriter(file, "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
    for at in (START, START + 150 * 86_400.0):
        writer.append(RecordedEvent("", at, WatchBegan(at)))
    writer.close()
    return file


def until(claim: Callable[[], bool]) -> None:
    """Return once the claim holds; looked at again and again, since it is about other processes."""
    never = threading.Event()
    for _look in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
        if claim():
            return
        never.wait(LOOK_SECONDS)
    pytest.fail("it never came to that")


def builders_of(recording: Path) -> Iterator[int]:
    """The processes that build the keyframes of this recording."""
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                words = (each / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"--for-parent" in words and os.fsencode(recording) in words:
                yield int(each.name)


def test_a_child_builds_for_the_house_that_was_asked_for(tmp_path: Path) -> None:
    config = tmp_path / "floor.toml"
    config.write_text('[floor]\nzone = "UTC"\n[queues.support]\nseconds = 33\n', encoding="utf-8")
    file, wishes = recording(tmp_path / "day.floorlog"), Wishes(config, only_bundled=True, journal="memory:")
    building = ChildBuilding(as_words(wishes), file)

    building.start()
    building.start()

    assert building.wait(PATIENCE_SECONDS)
    assert building.problem == ""
    keyframes = KeyframesFile(place_of(file), header_of(wishes.house(), file))
    keyframes.refresh()
    keyframes.close()
    assert keyframes.is_whole


def test_why_a_child_failed_is_its_last_line(tmp_path: Path) -> None:
    building = ChildBuilding((), tmp_path / "nothing.floorlog")
    building.start()

    assert building.wait(PATIENCE_SECONDS)
    assert building.problem == f"{tmp_path / 'nothing.floorlog'}: there is no such file"


def test_where_no_child_can_be_started_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    building = ChildBuilding((), recording(tmp_path / "day.floorlog"))
    building.start()

    assert building.problem == "keyframes cannot be built: No such file or directory"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found in /proc")
def test_a_child_that_is_stopped_ends_and_is_no_failure(long_day: Path) -> None:
    building = ChildBuilding((), long_day)
    building.start()
    until(place_of(long_day).exists)

    building.stop()

    assert building.wait(PATIENCE_SECONDS)
    assert building.problem == ""
    assert list(builders_of(long_day)) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found in /proc")
def test_a_child_ends_with_its_parent_however_that_ends(long_day: Path) -> None:
    with subprocess.Popen(
        (sys.executable, "-c", PARENT, str(long_day)),
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    ) as parent:
        until(lambda: place_of(long_day).exists() and bool(list(builders_of(long_day))))
        (child,) = builders_of(long_day)
        until(lambda: os.getpriority(os.PRIO_PROCESS, child) > os.getpriority(os.PRIO_PROCESS, 0))
        session = os.getsid(child)

        parent.send_signal(signal.SIGKILL)

    until(lambda: not list(builders_of(long_day)))
    assert session == child


def test_words_mean_the_same_wishes() -> None:
    wishes = Wishes(Path("-c.toml"), Path("people.csv"), (Path("a"), Path("b c")), only_bundled=True, journal="memory:")

    assert as_words(Wishes()) == ()
    assert as_words(wishes) == (
        "--config=-c.toml",
        "--people=people.csv",
        "--journal=memory:",
        "--plugin-dir=a",
        "--plugin-dir=b c",
        "--no-plugins",
    )
