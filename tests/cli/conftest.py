"""Fixtures of the command line's tests: a folder to work in, the command line, and feeds to give it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from msgspec import Struct

from floorwatch.__main__ import command_line
from floorwatch.engine.system_clock import SystemClock
from floorwatch.journal.opening import open_journal
from floorwatch.model.events import Event
from floorwatch.settings import journal_file
from tests.cli.small_log import PEOPLE, write_log
from tests.past_noon import zone_past_noon

ROOT = Path(__file__).resolve().parents[2]


class Ran(Struct):
    """What a command line came to."""

    status: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()

    @property
    def json(self) -> list[dict[str, Any]]:
        """The lines of stdout, each one an object."""
        return [json.loads(line) for line in self.out.splitlines()]


def entered(url: str = "") -> list[Event]:
    """What was entered into this journal, else into the one that a command without further words takes."""
    journal = open_journal(url or str(journal_file()))
    found = [entry.event for entry in journal.since(0) if entry.event is not None]
    journal.close()
    return found


Run: TypeAlias = Callable[..., Ran]
Start: TypeAlias = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, on a machine without any configuration, in UTC."""
    for name in ("FLOORWATCH_CONFIG", "NO_COLOR", "PYTHONUNBUFFERED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobodys"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "nothing"))
    monkeypatch.setenv("TZ", "UTC")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def floorwatch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def run(*words: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["floorwatch", *map(str, words)])
        status = command_line()
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture
def started() -> Iterator[Start]:
    """Start a command line in a process of its own, which does not outlive the test. Where whoever runs the tests
    ignores ctrl+c, as a shell does in the background, the process does not."""
    begun: list[subprocess.Popen[str]] = []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def start(*words: object) -> "subprocess.Popen[str]":
        paths = os.pathsep.join((str(ROOT), str(ROOT / "plugins")))
        command: Sequence[str] = [sys.executable, "-m", "floorwatch", *map(str, words)]
        environment = {**os.environ, "PYTHONPATH": paths}
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        begun.append(process)
        return process

    yield start
    signal.signal(signal.SIGINT, before)
    for process in begun:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def log(folder: Path) -> Path:
    """The small queue log, in the folder."""
    return write_log(folder / "queue_log")


@pytest.fixture
def an_hour_ago(monkeypatch: pytest.MonkeyPatch) -> int:
    """Floor time of an hour ago, in a zone where it is now past noon: who watches reads the day from midnight on."""
    now = int(SystemClock().now())
    monkeypatch.setenv("TZ", zone_past_noon(now))
    return now - 3700


@pytest.fixture
def todays_log(folder: Path, an_hour_ago: int) -> Path:
    """The small queue log as of an hour ago, in the folder."""
    return write_log(folder / "queue_log", an_hour_ago)


@pytest.fixture
def people(folder: Path) -> Path:
    """Who is who in the small queue log."""
    file = folder / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


@pytest.fixture
def now() -> float:
    """Floor time of the machine."""
    return SystemClock().now()


@pytest.fixture
def fresh(folder: Path, now: float) -> Path:
    """The small log, whose last line is a minute old."""
    return write_log(folder / "queue_log", now - 3660)
