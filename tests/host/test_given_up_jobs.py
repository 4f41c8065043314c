"""A job that does not come back is given up with its place, and rests; one that was stopped with the process is not."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from floorwatch.host.lane import (
    GIVEN_UP_AGAIN_SECONDS,
    GIVEN_UP_SECONDS,
    MOST_A_LOOK_SECONDS,
    SHORTEST_REST_SECONDS,
    Lanes,
    Raised,
    Result,
)
from tests.host.jobs import Blocker, Results
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def results() -> Results:
    return Results()


@pytest.fixture
def blocker() -> Iterator[Blocker]:
    """Let go at the end, whatever the test did."""
    blocker = Blocker()
    yield blocker
    blocker.let_go()


class Turned:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def look_for(lanes: Lanes, clock: Turned, seconds: float) -> None:
    """Let so much time pass, with a look every half a second."""
    for _look in range(round(seconds * 2)):
        clock.now += 0.5
        lanes.give_up_overdue()


def given_up(lanes: Lanes, clock: Turned, seconds: float, results: Results) -> Result[Any]:
    """Begin a job that does not come back, turn the clock so far, and have a look; what it was told."""
    blocker = Blocker()
    lanes.submit("mine", "key", blocker, results)
    blocker.wait_until_it_began()
    lanes.give_up_overdue()
    look_for(lanes, clock, seconds)
    found = results.next()
    blocker.let_go()
    blocker.join()
    return found


def test_what_takes_too_long_is_given_up_with_its_place_and_the_plugin_goes_on(results: Results) -> None:
    clock = Turned()
    lanes = Lanes(clock)

    told = given_up(lanes, clock, GIVEN_UP_SECONDS + 1, results)
    lanes.submit("mine", "another key", lambda: "goes on", results)

    assert isinstance(told, Raised)
    assert told.failure.reason.startswith("does not come back: given up after 6 s (jobs.py:")
    assert results.values(1) == ["goes on"]
    lanes.close()


def test_a_process_that_was_stopped_holds_it_against_nobody(results: Results, blocker: Blocker) -> None:
    clock = Turned()
    lanes = Lanes(clock)
    lanes.submit("mine", "key", blocker, results)
    blocker.wait_until_it_began()
    look_for(lanes, clock, 1)
    clock.now += 3600
    lanes.give_up_overdue()

    assert lanes.busy_seconds("mine") == 1 + MOST_A_LOOK_SECONDS
    look_for(lanes, clock, GIVEN_UP_SECONDS - MOST_A_LOOK_SECONDS)
    assert isinstance(results.next(), Raised), "it did not come back afterwards either"
    lanes.close()


def test_what_was_given_up_rests_with_its_reason_each_time_for_longer(results: Results) -> None:
    clock = Turned()
    lanes = Lanes(clock)
    first = given_up(lanes, clock, GIVEN_UP_SECONDS + 1, results)

    lanes.submit("mine", "key", lambda: "too soon", results)
    refused = results.next()
    clock.now += SHORTEST_REST_SECONDS
    given_up(lanes, clock, GIVEN_UP_AGAIN_SECONDS + 0.5, results)  # it is not waited for as long as the first time
    clock.now += SHORTEST_REST_SECONDS
    lanes.submit("mine", "key", lambda: "too soon again", results)
    still = results.next()
    lanes.pardon("mine")
    lanes.submit("mine", "key", lambda: "asked for", results)

    assert isinstance(refused, Raised)
    assert isinstance(first, Raised)
    assert refused.failure == first.failure
    assert isinstance(still, Raised)
    assert results.values(1) == ["asked for"]
    lanes.close()


def test_a_loop_in_python_ends_when_it_is_given_up(results: Results) -> None:
    clock = Turned()
    began, ended = threading.Event(), threading.Event()

    def spin() -> None:
        try:
            while True:
                began.set()
        finally:
            ended.set()

    lanes = Lanes(clock)
    lanes.submit("mine", "key", spin, results)
    assert began.wait(PATIENCE_SECONDS)
    look_for(lanes, clock, GIVEN_UP_SECONDS + 1)

    assert ended.wait(PATIENCE_SECONDS)
    assert isinstance(results.next(), Raised)
    lanes.close()
