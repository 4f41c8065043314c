"""`floorwatch replay --screenshot`: the screen of a moment as a file, without a terminal."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, Start
from tests.cli.small_log import write_recording
from tests.patience import PATIENCE_SECONDS


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of a replay stays in the folder of the test, and a child of ours finds our code."""
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(ROOT / "plugins"))))


@pytest.fixture
def recording(folder: Path) -> Path:
    """The small log as a recording."""
    return write_recording(folder / "day.floorlog")


def test_the_screen_of_a_moment_is_written_without_a_terminal(started: Start, recording: Path) -> None:
    process = started("replay", recording, "--at", "10:40:10", "--screenshot", "floor.svg")
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)
    picture = recording.with_name("floor.svg")

    assert (process.returncode, said, complaints) == (0, "", "")
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600
    assert "<title>Floor 2026-11-21 10:40:10</title>" in picture.read_text(encoding="utf-8")


def test_as_text_it_is_of_the_size_and_the_numbers_are_masked(floorwatch: Run, recording: Path) -> None:
    ran = floorwatch("replay", recording, "--at", "10:40:10", "--screenshot", "floor.txt", "--size", "120x40")
    text = recording.with_name("floor.txt").read_text(encoding="utf-8")

    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert len(text.splitlines()) == 40
    assert "10:40:10" in text.splitlines()[0]
    assert "**76" in text
    assert "5550009876" not in text


def test_the_layout_that_was_asked_for_is_pictured_over_the_last_picture(floorwatch: Run, recording: Path) -> None:
    picture = recording.with_name("floor.txt")
    picture.write_text("the last one")
    ran = floorwatch("replay", recording, "--at", "+40m", "--screenshot", picture, "--layout", "wall")
    text = picture.read_text(encoding="utf-8")

    assert (ran.status, ran.err) == (0, "")
    assert "the last one" not in text
    assert "Needs you" not in text


def test_a_plain_log_is_pictured_too(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("replay", log, "--at", "11:00", "--screenshot", "floor.txt")

    assert (ran.status, ran.err) == (0, "")
    assert "sales" in log.with_name("floor.txt").read_text(encoding="utf-8")


def test_where_no_keyframes_can_be_written_the_floor_is_pictured_all_the_same(floorwatch: Run, recording: Path) -> None:
    pictured = ("replay", recording, "--at", "10:40:10", "--screenshot", "floor.txt")
    floorwatch(*pictured)
    whole = recording.with_name("floor.txt").read_text(encoding="utf-8").splitlines()
    keyframes = recording.with_name("day.floorlog.keyframes")
    keyframes.write_text("somebody's own")
    ran = floorwatch(*pictured)
    plain = recording.with_name("floor.txt").read_text(encoding="utf-8").splitlines()

    assert ran.status == 0
    assert ran.complaints == [
        f"floorwatch: warning: {keyframes}: not a file of keyframes: move it away, and they are written there:"
        " the picture is drawn without the day in its bar"
    ]
    assert plain[:-4] == whole[:-4]
    assert plain != whole
    assert keyframes.read_text() == "somebody's own"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--screenshot", "floor.png"), "floor.png: a picture is written as .svg or .txt"),
        (("--screenshot", "floor.svg", "--size", "wide"), "'wide' is no size: write columns and lines, 120x36"),
        (("--screenshot", "floor.svg", "--size", "5x5"), "5x5: from 20x8 to 400x200 columns and lines"),
        (("--size", "80x24"), "--size goes with --screenshot"),
        (("--screenshot", "floor.svg", "--layout", "wal"), "there is no layout wal; did you mean wall?"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    floorwatch: Run, recording: Path, words: tuple[str, ...], said: str
) -> None:
    ran = floorwatch("replay", recording, *words)

    assert ran.status == 2
    assert said in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere/floor.svg",), "floorwatch: nowhere: No such file or directory"),
        (("folder.svg",), "floorwatch: folder.svg: something else is there"),
        (("floor.svg", "--at", "soon"), "floorwatch: 'soon' is no time: write 10:40, +5m, -30s or 2026-11-21 10:40"),
        (("floor.svg", "--at", "23:00"), "there is nothing of 2026-11-21 23:00:00 in it"),
    ],
)
def test_what_does_not_work_is_one_line(floorwatch: Run, recording: Path, words: tuple[str, ...], said: str) -> None:
    recording.with_name("folder.svg").mkdir()
    ran = floorwatch("replay", recording, "--screenshot", *words)

    assert ran.status == 1
    assert len(ran.complaints) == 1
    assert said in ran.complaints[0]
    assert not recording.with_name("floor.svg").exists()
