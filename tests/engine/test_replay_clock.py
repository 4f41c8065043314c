"""The clock of a replay: any rate, pause, jumps, and a limit that it does not run past."""

from math import inf

import pytest

from floorwatch.engine.replay_clock import ReplayClock
from tests.engine.small_floor import START


class Wall:
    """Monotonic time that the test moves."""

    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def wall() -> Wall:
    return Wall()


def test_it_runs_at_its_rate(wall: Wall) -> None:
    clock = ReplayClock(START, wall, 8)
    wall.seconds += 10

    assert clock.now() == START + 80


def test_a_new_rate_counts_from_now_on(wall: Wall) -> None:
    clock = ReplayClock(START, wall)
    wall.seconds += 10
    clock.set_rate(60)
    wall.seconds += 1

    assert clock.now() == START + 70


def test_it_stands_while_paused_and_goes_on_from_there(wall: Wall) -> None:
    clock = ReplayClock(START, wall, 2)
    wall.seconds += 5
    clock.pause()
    wall.seconds += 100
    assert (clock.now(), clock.paused, clock.rate) == (START + 10, True, 2)

    clock.resume()
    wall.seconds += 5
    assert (clock.now(), clock.paused) == (START + 20, False)


def test_a_rate_set_while_paused_counts_when_it_goes_on(wall: Wall) -> None:
    clock = ReplayClock(START, wall)
    clock.pause()
    clock.set_rate(10)
    wall.seconds += 7
    assert clock.now() == START

    clock.resume()
    wall.seconds += 1
    assert clock.now() == START + 10


@pytest.mark.parametrize("paused", [True, False])
def test_a_jump_keeps_pause_and_rate(wall: Wall, paused: bool) -> None:
    clock = ReplayClock(START, wall, 4)
    if paused:
        clock.pause()
    clock.move_to(START - 1000)
    wall.seconds += 1

    assert clock.paused is paused
    assert clock.now() == START - 1000 + (0 if paused else 4)


def test_it_stops_at_its_limit_and_can_be_moved_back_from_there(wall: Wall) -> None:
    clock = ReplayClock(START, wall, 100)
    clock.hold_to(lambda: START + 30)
    wall.seconds += 10
    assert clock.now() == START + 30

    clock.move_to(START + 10)
    assert clock.now() == START + 10
    wall.seconds += 0.1
    assert clock.now() == START + 20


def test_what_it_was_held_up_for_is_not_made_up_for(wall: Wall) -> None:
    clock, limit = ReplayClock(START, wall, 10), [START + 30]
    clock.hold_to(lambda: limit[0])
    wall.seconds += 100
    assert clock.now() == START + 30
    limit[0] = inf
    wall.seconds += 1

    assert clock.now() == START + 40


def test_as_fast_as_it_goes_it_is_where_it_may_be(wall: Wall) -> None:
    clock, limit = ReplayClock(START, wall, inf), [START + 30]
    clock.hold_to(lambda: limit[0])
    assert clock.now() == START + 30
    limit[0] = START + 400
    assert clock.now() == START + 400

    clock.pause()
    limit[0] = START + 500
    assert clock.now() == START + 400


def test_one_that_stands_past_its_limit_stays_there(wall: Wall) -> None:
    clock = ReplayClock(START, wall, 10)
    clock.hold_to(lambda: START - 60)
    wall.seconds += 5

    assert clock.now() == START


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_it_never_runs_backwards(wall: Wall, rate: float) -> None:
    with pytest.raises(ValueError, match="the rate must be above 0"):
        ReplayClock(START, wall).set_rate(rate)
    with pytest.raises(ValueError, match="the rate must be above 0"):
        ReplayClock(START, wall, rate)
