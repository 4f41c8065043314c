"""Faults 42 to 44: killed at any moment, with side files that are damaged or old, and not alone."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.replay_cache import ReplayCache
from floorwatch.engine.written_out import Identity
from floorwatch.feeds.recording import TORN, read_recording
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.model.snapshot import FloorSnapshot
from tests.cli.waiting import until
from tests.engine.small_floor import house_in
from tests.faults.confined import ROOT
from tests.faults.processes import WatchProcess
from tests.faults.stage import FORMAT, Stage, State, facts
from tests.journal.entries import asked, names_in, note
from tests.keyframes.small_recording import recording
from tests.keyframes.tapes import Hand, Kept, plain_of, shown, tape_of

KEPT = """
[recording]
folder = "days"
[feeds.queue_log]
path = "switch/queue_log"
format = "asterisk-queue-log"
"""


@pytest.fixture
def kept_stage(stage: Stage) -> Stage:
    """A floor with a journal in a file and a folder of recordings, as in the configuration of a wall."""
    text = stage.config.read_text().replace("memory:", "floor.journal")
    stage.config.write_text(text + KEPT)
    return stage


@pytest.fixture
def watches(kept_stage: Stage) -> Iterator[Callable[[], WatchProcess]]:
    """Begins real watches of the configured floor; all of them end with the test."""
    begun: list[WatchProcess] = []

    def begin() -> WatchProcess:
        begun.append(WatchProcess(kept_stage.config, ("watch", "--headless", "--every", 0.2)))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


def without_time(state: State) -> dict[str, Any]:
    """What is the same of one floor at any moment of a second or two: no ages, no alerts."""
    said = {key: each for key, each in facts(state).items() if key not in ("at", "alerts")}
    for scope in (said["total"], *said["queues"].values()):
        for key in [key for key in scope if key.startswith(("longest_wait", "service_level", "callers"))]:
            del scope[key]
    return said


def lines_of(recording: Path) -> list[bytes]:
    """The lines of a recording that was cut off anywhere: at most its last one is torn."""
    reading = read_recording(recording)
    lines = [entry.raw for entry in reading if isinstance(entry, FeedLine)]
    assert reading.health.rejected.keys() <= {TORN}
    assert reading.health.rejected.get(TORN, 0) <= 1
    return lines


@pytest.mark.slow
def test_fault_42_a_kill_of_a_watch_that_records_leaves_the_same_totals(
    kept_stage: Stage, watches: Callable[[], WatchProcess]
) -> None:
    stage, dice = kept_stage, Random(7)
    days, path = stage.config.parent / "days", stage.config.parent / "floor.journal"
    stage.says(30)
    for life in range(2):
        watch = watches()
        watch.until_lines(len(stage.said))
        until(lambda life=life: len(list(days.glob("*.floorlog"))) > life, "the day is being recorded")  # type: ignore[misc]
        journal = SqliteJournal(path)
        journal.append([note(f"n{life}")])
        journal.close()
        stage.says(200)
        threading.Event().wait(dice.uniform(0, 1.2))  # anywhere between two writes of the recording
        watch.close()
    stage.rotate()
    stage.says(5)
    after = watches().until_lines(len(stage.said))
    stage.clock.at = after["at"]
    assert without_time(after) == {**without_time(stage.truth()), "support": after["support"]}
    assert without_time(after)["feeds"] == without_time(stage.state())["feeds"]
    for kept in days.glob("*.floorlog"):
        lines = lines_of(kept)
        assert lines == stage.said[: len(lines)], "without a gap, and each once"
        assert len(lines) >= 30
    assert names_in(path) == ["n0", "n1"]
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.slow
def test_fault_42_a_kill_of_a_recorder_tears_its_last_line_at_most(stage: Stage, tmp_path: Path) -> None:
    dice = Random(8)
    stage.says(3000)
    for life in range(4):
        out = tmp_path / f"{life}.floorlog"
        words = ["--config", stage.config, "--no-plugins", "record", out, stage.log, "--format", FORMAT]
        process = subprocess.Popen(
            [sys.executable, "-m", "floorwatch", *map(str, words)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "plugins")))},
            stderr=subprocess.DEVNULL,
        )
        until(out.exists, "it records")
        threading.Event().wait(dice.uniform(0, 0.08))  # while it writes the past
        process.kill()
        process.wait()
        if out.stat().st_size:
            lines = lines_of(out)
            assert lines == stage.said[: len(lines)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("built"))


def spoilt(whole: bytes, dice: Random) -> Iterator[tuple[str, bytes]]:
    """What a crash, a bad disk or another version leaves of a file."""
    yield "empty", b""
    yield "cut in its head", whole[:7]
    yield "cut anywhere", whole[: dice.randrange(20, len(whole))]
    yield "of nothing but NUL bytes", bytes(len(whole))
    yield "of another kind", b"notes\n"
    yield "of an older version", whole.replace(b"1", b"0", 1)
    for _time in range(12):
        bent = bytearray(whole)
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
        yield "bent in one bit", bytes(bent)


def seen(tape: Tape, at: float) -> FloorSnapshot | None:
    """What the tape shows; None where it finds damage on the way, says so, and shall be asked again."""
    try:
        return shown(tape, at)
    except FeedError:
        return None


def test_fault_43_keyframes_that_are_damaged_or_old_show_nothing_wrong_and_ask_to_be_built_anew(
    built: Kept, tmp_path: Path
) -> None:
    kept = built.lent(tmp_path)
    plain, dice = plain_of(kept.path), Random(9)
    first, last = plain.span
    ends = []
    for what, raw in spoilt(kept.whole, dice):
        kept.place.unlink(missing_ok=True)
        kept.place.write_bytes(raw)
        building = Hand()
        tape = tape_of(kept, building)
        for _look in range(3):
            known = tape.refresh()
            for at in (first, first + (last - first) * dice.random(), last):
                if at <= known.folded_to:
                    assert seen(tape, at) in (None, shown(plain, at)), what
        assert tape.refresh().is_whole or building.started, what
        ends.append(building.started)
        tape.close()
    assert 6 <= sum(ends) < len(ends), "in some places a bit is nothing"


@pytest.mark.parametrize("left", [b"", b'{"floorw', bytes(5000), b'{"floorwatch-keyframes":1,"floorwatch":"0.1.0"}\n'])
def test_fault_43_what_a_crash_leaves_of_keyframes_is_built_over(tmp_path: Path, left: bytes) -> None:
    path = recording(tmp_path / "day.floorlog", 30)
    place_of(path).write_bytes(left)
    assert build(house_in("UTC"), path, place_of(path)) is not None
    tape, plain = IndexedTape(house_in("UTC"), path), plain_of(path)
    assert tape.refresh().is_whole
    assert shown(tape, plain.span[1]) == shown(plain, plain.span[1])
    tape.close()


@pytest.mark.parametrize("left", [b"", b"\0" * 900, b'{"floorlog": 1, "zo'])
def test_fault_43_a_recording_of_the_cache_that_a_crash_spoilt_is_written_again(tmp_path: Path, left: bytes) -> None:
    def write(path: Path) -> None:
        path.write_bytes(b"x" * 1000)

    cache, identity = ReplayCache(tmp_path / "replays"), Identity("feeds", "1")
    held = cache.recording(identity, "log", write, 0.0)
    held.path.write_bytes(left)
    held.let_go()
    held = cache.recording(identity, "log", write, 0.0)
    assert held.path.read_bytes() == b"x" * 1000
    held.let_go()


@pytest.mark.slow
def test_fault_44_two_watches_on_one_feed_and_one_journal_are_both_right(
    kept_stage: Stage, watches: Callable[[], WatchProcess]
) -> None:
    stage = kept_stage
    stage.says(20)
    both = [watches(), watches()]
    for watch in both:
        watch.until_lines(20)
    stage.says(13)
    stage.rotate()
    stage.says(10)
    journal = SqliteJournal(stage.config.parent / "floor.journal")
    journal.append([note("one")])
    journal.append([note("two", author="Ada")])
    journal.close()
    states = [watch.until_lines(43) for watch in both]
    states = [
        watch.until(lambda state: state["support"] == states[0]["support"] or state["support"]["notes"], "the notes")
        for watch in both
    ]
    assert without_time(states[0]) == without_time(states[1])
    stage.clock.at = states[0]["at"]
    assert without_time(states[0]) == {**without_time(stage.truth()), "support": states[0]["support"]}
    days = stage.config.parent / "days"
    until(lambda: bool(list(days.glob("*.floorlog"))), "one of them records")
    until(lambda: any(len(lines_of(each)) == 43 for each in days.glob("*.floorlog")), "all of it")
    assert len(list(days.glob("*.floorlog"))) == 1, "and the other does not"
