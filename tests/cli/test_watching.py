"""`floorwatch watch` and `demo` without a screen, as processes, while what they watch is written."""

import json
import signal
from pathlib import Path

import pytest

from floorwatch import __version__
from tests.cli.conftest import Run, Start
from tests.cli.small_log import TEN
from tests.cli.waiting import until


def test_what_is_there_already_is_read_and_printed_at_the_end(floorwatch: Run, todays_log: Path) -> None:
    ran = floorwatch("watch", todays_log, "--headless", "--seconds", "1")
    (state,) = ran.json

    assert (ran.status, ran.err) == (0, "")
    assert state["total"]["waiting"] == 1
    assert state["feeds"]["queue_log"]["lines"] == 8


def test_a_log_that_is_not_there_yet_is_waited_for(floorwatch: Run, folder: Path) -> None:
    ran = floorwatch("watch", "queue_log", "--format", "asterisk-queue-log", "--headless", "--seconds", "0.5")
    (state,) = ran.json

    assert (ran.status, ran.err) == (0, "")
    assert state["feeds"]["queue_log"] == {
        "lines": 0, "rejected": {}, "unknown_events": {}, "misfits": {}, "rotations": 0, "possible_loss": 0,
        "last_line_at": None,
    }  # fmt: skip


def test_the_demo_is_a_floor_with_people_on_it(floorwatch: Run) -> None:
    ran = floorwatch("demo", "--headless", "--seconds", "1.5")
    (state,) = ran.json

    assert ran.status == 0
    assert state["total"]["offered"] > 100
    assert len(state["agents"]) > 40


@pytest.mark.parametrize("command", ["watch", "demo"])
def test_a_layout_that_nobody_has_is_wrong_usage(floorwatch: Run, log: Path, command: str) -> None:
    ran = floorwatch(command, *([log] if command == "watch" else []), "--headless", "--layout", "wal")

    assert ran.status == 2
    assert "there is no layout wal; did you mean wall?" in " ".join(ran.err.split())


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_demo_that_is_ended_leaves_in_order(
    started: Start, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    monkeypatch.setenv("TMPDIR", str(folder))
    process = started("demo", "--headless", "--seconds", "60")
    until(lambda: any(folder.glob("floorwatch-demo-*/switch")), "the demo has begun")
    process.send_signal(number)
    said, complaints = process.communicate(timeout=20)

    assert (process.returncode, said, complaints) == (status, "", "")
    assert list(folder.iterdir()) == []


def test_whoever_stops_reading_is_no_failure(started: Start, log: Path) -> None:
    moments = [word for after in range(500) for word in ("--at", str(TEN + after))]
    process = started("state", log, "--json", *moments)
    assert process.stdout is not None
    first = process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    complaints = process.stderr.read()
    process.stderr.close()

    assert json.loads(first)["at"] == TEN
    assert (process.wait(timeout=20), complaints) == (0, "")


@pytest.mark.parametrize("words", [("--version",), ("config", "show")], ids=" ".join)
def test_nobody_to_read_at_all_is_no_failure(started: Start, words: tuple[str, ...]) -> None:
    process = started(*words)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    complaints = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=20), complaints) == (0, "")


def test_the_version_is_said(floorwatch: Run) -> None:
    assert floorwatch("--version").out == f"floorwatch {__version__}\n"
    assert floorwatch("--version", "--no-plugins").out == f"floorwatch {__version__}\n"
