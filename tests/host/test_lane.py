"""Plugin code runs in its own lane: newest wins, turns are fair, and what hangs or raises hurts only its own."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from floorwatch.host.lane import (
    Lane,
    Lanes,
    Raised,
    Returned,
)
from tests.host.jobs import Blocker, Results
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def blocker() -> Iterator[Blocker]:
    """A job that is let go at the end of the test at the latest."""
    blocker = Blocker()
    yield blocker
    blocker.let_go()


@pytest.fixture
def results() -> Results:
    """Where results arrive."""
    return Results()


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    """Lanes on a clock that stands at 100 s, closed at the end."""
    lanes = Lanes(lambda: 100.0)
    yield lanes
    lanes.close()


def value(of: Any) -> Callable[[], Any]:
    """A job that returns this value."""
    return lambda: of


def test_a_job_runs_in_a_daemon_thread_named_after_its_plugin(lanes: Lanes, results: Results) -> None:
    lanes.submit("mine", "panel", threading.current_thread, results)

    (thread,) = results.values(1)
    assert thread.daemon
    assert thread.name == "floorwatch-lane-mine"


def test_a_lane_has_no_thread_before_its_first_job(results: Results) -> None:
    lane = Lane("mine", lambda: 0.0)

    assert not lane.is_alive
    lane.submit("panel", value(1), results)
    assert results.values(1) == [1]
    lane.abandon()


def test_a_raising_job_is_a_failure_and_the_lane_goes_on(lanes: Lanes, results: Results) -> None:
    lanes.submit("mine", "panel", lambda: 1 // 0, results)
    lanes.submit("mine", "other", sys.exit, results)
    lanes.submit("mine", "third", value("well"), results)

    first, second = results.next(), results.next()
    assert isinstance(first, Raised)
    assert first.failure.reason.startswith("ZeroDivisionError: integer division or modulo by zero (test_lane.py:")
    assert "Traceback" in first.failure.traceback
    assert isinstance(second, Raised)
    assert second.failure.reason == "SystemExit"
    assert results.values(1) == ["well"]


def test_the_newest_job_of_a_key_wins_and_other_keys_keep_their_turn(
    lanes: Lanes, results: Results, blocker: Blocker
) -> None:
    lanes.submit("mine", "blocker", blocker, results)
    blocker.wait_until_it_began()

    for number in range(3):
        lanes.submit("mine", "a", value(f"a{number}"), results)
        lanes.submit("mine", "b", value(f"b{number}"), results)
    blocker.let_go()

    assert results.values(3) == ["blocker", "a2", "b2"]


def test_a_key_that_comes_again_and_again_does_not_starve_another(
    lanes: Lanes, results: Results, blocker: Blocker
) -> None:
    def eager() -> str:
        lanes.submit("mine", "eager", value("again"), results)
        return "eager"

    lanes.submit("mine", "blocker", blocker, results)
    blocker.wait_until_it_began()
    lanes.submit("mine", "eager", eager, results)
    lanes.submit("mine", "patient", value("patient"), results)
    blocker.let_go()

    assert results.values(4) == ["blocker", "eager", "patient", "again"]


def test_a_stuck_job_stalls_only_its_own_lane(lanes: Lanes, results: Results, blocker: Blocker) -> None:
    lanes.submit("stuck", "panel", blocker, results)
    blocker.wait_until_it_began()

    lanes.submit("good", "panel", value("good"), results)

    assert results.values(1) == ["good"]


def test_a_spinning_job_stalls_only_its_own_lane(lanes: Lanes, results: Results) -> None:
    spins, stop = threading.Event(), threading.Event()

    def spin() -> None:
        spins.set()
        while not stop.is_set():
            pass

    lanes.submit("spinner", "panel", spin, lambda _: None)
    assert spins.wait(PATIENCE_SECONDS)
    lanes.submit("good", "panel", value("good"), results)

    assert results.values(1) == ["good"]
    stop.set()


def test_a_lane_says_what_it_is_busy_with_and_for_how_long(results: Results, blocker: Blocker) -> None:
    now = [100.0]
    lanes = Lanes(lambda: now[0])
    assert (lanes.running("mine"), lanes.busy_seconds("mine")) == (None, 0.0)
    lanes.submit("mine", "panel", blocker, results)
    blocker.wait_until_it_began()
    now[0] = 101.5

    running = lanes.running("mine")

    assert running is not None
    assert (running.key, running.since, lanes.busy_seconds("mine")) == ("panel", 100.0, 1.5)
    blocker.let_go()
    result = results.next()
    assert isinstance(result, Returned)
    assert result.seconds == 1.5
    assert lanes.running("mine") is None
    lanes.close()


def test_a_restarted_plugin_goes_on_with_what_waited_and_hears_nothing_of_the_stuck_job(
    lanes: Lanes, results: Results, blocker: Blocker
) -> None:
    lanes.submit("mine", "stuck", blocker, results)
    blocker.wait_until_it_began()
    lanes.submit("mine", "waiting", value("waited"), results)

    lanes.restart("mine")

    assert results.values(1) == ["waited"]
    assert lanes.left_behind("mine") == 1
    blocker.let_go()
    blocker.join()
    assert lanes.left_behind("mine") == 0
    lanes.submit("mine", "next", value("next"), results)
    assert results.values(1) == ["next"]


def test_an_idle_lane_keeps_no_snapshot_alive(lanes: Lanes, results: Results) -> None:
    class Snapshot:
        pass

    snapshot = Snapshot()
    gone = weakref.ref(snapshot)
    lanes.submit("mine", "panel", lambda held=snapshot: id(held), results)  # type: ignore[misc]  # held by default
    results.next()
    del snapshot
    lanes.submit("mine", "panel", value("after"), results)
    results.next()
    gc.collect()

    assert gone() is None


def test_a_thread_is_not_kept_once_lanes_are_closed(results: Results) -> None:
    lanes = Lanes(lambda: 0.0)
    lanes.submit("mine", "panel", threading.current_thread, results)
    (thread,) = results.values(1)

    lanes.close()

    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


def test_leaving_the_process_waits_for_no_stuck_job() -> None:
    program = """
import threading
from floorwatch.host.lane import Lanes

began = threading.Event()
lanes = Lanes(lambda: 0.0)
lanes.submit("mine", "panel", lambda: (began.set(), threading.Event().wait()), print)
assert began.wait(60)
"""
    assert subprocess.run([sys.executable, "-c", program], timeout=PATIENCE_SECONDS, check=False).returncode == 0


def test_quick_lanes_work_one_at_a_time(lanes: Lanes, results: Results) -> None:
    at_work, most, lock = 0, 0, threading.Lock()

    def job() -> None:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        sum(range(2_000))
        with lock:
            at_work -= 1

    for _turn in range(20):
        for plugin in ("one", "two", "three", "four"):
            lanes.submit(plugin, "panel", job, results)
        results.values(4)

    assert most == 1


def test_one_that_does_not_come_back_is_waited_for_once_and_others_still_take_turns(
    lanes: Lanes, results: Results, blocker: Blocker
) -> None:
    lanes.submit("stuck", "panel", blocker, results)
    blocker.wait_until_it_began()
    for _turn in range(50):
        lanes.submit("good", "panel", value("good"), results)
        assert results.values(1) == ["good"]

    blocker.let_go()
    assert results.values(1) == ["blocker"]
    lanes.submit("stuck", "panel", value("again"), results)
    assert results.values(1) == ["again"]
