"""`floorwatch watch` and `demo` without a screen, as processes, while what they watch is written."""

import json
import signal
from pathlib import Path

import pytest

from floorwatch import __version__
from tests.cli.conftest import Run, Start
from tests.cli.small_log import TEN, line
from tests.cli.waiting import until
from tests.patience import PATIENCE_SECONDS


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
    reason = state["feeds"]["queue_log"].pop("reason")
    assert reason.endswith("queue_log is not there yet")
    assert state["feeds"]["queue_log"] == {
        "lines": 0, "rejected": {}, "unknown_events": {}, "misfits": {}, "rotations": 0, "possible_loss": 0,
        "last_line_at": None, "age_seconds": None, "silent": False, "state": "waiting", "polling": False,
        "lag_seconds": None, "bytes_left": 0,
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
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)

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
    assert (process.wait(timeout=PATIENCE_SECONDS), complaints) == (0, "")


@pytest.mark.parametrize("words", [("--version",), ("config", "show")], ids=" ".join)
def test_nobody_to_read_at_all_is_no_failure(started: Start, words: tuple[str, ...]) -> None:
    process = started(*words)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    complaints = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=PATIENCE_SECONDS), complaints) == (0, "")


def test_the_version_is_said(floorwatch: Run) -> None:
    assert floorwatch("--version").out == f"floorwatch {__version__}\n"
    assert floorwatch("--version", "--no-plugins").out == f"floorwatch {__version__}\n"


def test_the_state_is_told_every_so_often_until_the_end(floorwatch: Run, todays_log: Path) -> None:
    ran = floorwatch("watch", todays_log, "--headless", "--every", "0.2", "--seconds", "2")

    assert (ran.status, ran.err) == (0, "")
    assert [state["feeds"]["queue_log"]["lines"] for state in ran.json] == [8] * len(ran.json)
    times = [state["at"] for state in ran.json]
    assert len(times) > 1
    assert times == sorted(times)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_telling_goes_on_until_somebody_ends_it(started: Start, todays_log: Path, number: int, status: int) -> None:
    process = started("watch", todays_log, "--headless", "--every", "0.1")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["feeds"]["queue_log"]["lines"] == 8
    with todays_log.open("a") as log:
        log.write(line(3601, "c4|sales|NONE|ENTERQUEUE||5550007777|1", float(todays_log.read_text().split("|")[0])))
    while (state := json.loads(process.stdout.readline()))["feeds"]["queue_log"]["lines"] < 9:
        pass
    process.send_signal(number)
    said, complaints = process.communicate(timeout=PATIENCE_SECONDS)

    assert state["total"]["waiting"] == 2
    assert (process.returncode, complaints) == (status, "")
    assert all(json.loads(each) for each in said.splitlines())


def test_telling_ends_when_nobody_reads_it(started: Start, todays_log: Path) -> None:
    process = started("watch", todays_log, "--headless", "--every", "0.1")
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    complaints = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=PATIENCE_SECONDS), complaints) == (0, "")


def test_a_log_that_is_not_there_is_told_of_as_well(floorwatch: Run) -> None:
    words = ("watch", "queue_log", "--format", "asterisk-queue-log", "--headless", "--every", "0.1", "--seconds", "1")
    ran = floorwatch(*words)

    assert (ran.status, ran.err) == (0, "")
    assert {state["feeds"]["queue_log"]["lines"] for state in ran.json} == {0}


@pytest.mark.parametrize("every", ["0", "-1", "often"])
def test_how_often_it_is_told_is_checked(floorwatch: Run, log: Path, every: str) -> None:
    ran = floorwatch("watch", log, "--headless", "--every", every)

    assert (ran.status, ran.out) == (2, "")
    assert "--every" in ran.err


def test_a_screen_tells_nothing_every_so_often(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("watch", log, "--every", "1")

    assert ran.status == 2
    assert "--every goes with --headless" in " ".join(ran.err.split())
