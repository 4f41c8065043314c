"""The own log of a watch, and what a crash says; under a umask that hides nothing, all that floorwatch makes is its
user's alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.cli.crashing import crash_lines, told
from floorwatch.settings.find import own_log_file
from tests.cli.conftest import ROOT, Run

NUMBER = "5550007714"
CONFIG = """
[recording]
folder = "kept/days"
[feeds.queue_log]
path = "queue_log"
format = "asterisk-queue-log"
"""


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_watch_is_in_the_log_with_its_feeds_and_without_its_lines(floorwatch: Run, todays_log: Path) -> None:
    assert floorwatch("watch", "--headless", "--seconds", "0.5", todays_log).status == 0

    said = own_log_file().read_text(encoding="utf-8")
    lines = [line.partition("INFO ")[2] for line in said.splitlines()]
    assert lines[0].startswith("headless: opened by floorwatch ")
    assert "feed queue_log: ok" in lines
    assert lines[-1] == "headless: left"
    assert "|" not in said
    assert len(lines) < 6


def test_a_floor_that_cannot_be_opened_leaves_no_log(floorwatch: Run) -> None:
    assert floorwatch("watch", "--headless", "missing").status == 1
    assert not own_log_file().exists()


def test_doctor_names_the_log(floorwatch: Run) -> None:
    assert f"floorwatch's own log is {own_log_file()}" in floorwatch("doctor").out


def test_a_crash_says_where_and_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError(f"\x1b[2J{NUMBER}")
    except KeyError as error:
        told(type(error), error, error.__traceback__)

    said = capsys.readouterr().err
    assert "test_own_log.py" in said
    assert "\x1b" not in said
    assert NUMBER not in said
    assert said.splitlines()[-1].startswith("floorwatch: this is a mistake of floorwatch's own")


def test_a_crash_shows_no_variable() -> None:
    def call(caller: str) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError) as raised:
        call(NUMBER)
    assert NUMBER not in "\n".join(crash_lines(raised.value))


@pytest.mark.slow
@pytest.mark.usefixtures("open_umask")
def test_all_that_floorwatch_makes_is_its_users_alone(
    floorwatch: Run, todays_log: Path, folder: Path, nobodys_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal, recordings, keyframes, caches, logs, reports, pictures; not what a person has put there."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(ROOT / "plugins"))))  # for a child of ours
    (folder / "floorwatch.toml").write_text(CONFIG)
    before = {folder / "floorwatch.toml", todays_log}
    for words in (
        ("record", "out.floorlog", todays_log, "--past"),
        ("report", "agents", todays_log, "--out", "agents.csv"),
        ("report", "agents", todays_log, "--out", "agents.xlsx"),
        ("replay", todays_log, "--screenshot", "floor.svg"),
        ("--config", "floorwatch.toml", "watch", "--headless", "--seconds", "1"),
    ):
        assert floorwatch(*words).status == 0, words
    floorwatch("ask", "help", "--agent", "x")

    made = [path for place in (folder, nobodys_folders) for path in place.rglob("*") if path not in before]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in made}
    assert {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    assert {path.suffix for path in modes} >= {".floorlog", ".csv", ".xlsx", ".svg", ".log", ".db", ".ends"}
