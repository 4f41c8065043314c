"""The clock of a replay: any rate, pause, jumps, and an end that it does not run past."""

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


def test_it_stops_at_the_end_and_can_be_moved_back_from_there(wall: Wall) -> None:
    clock = ReplayClock(START, wall, 100)
    clock.end_at(START + 30)
    wall.seconds += 10
    assert clock.now() == START + 30

    clock.move_to(START + 10)
    assert clock.now() == START + 10
    wall.seconds += 0.1
    assert clock.now() == START + 20


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_it_never_runs_backwards(wall: Wall, rate: float) -> None:
    with pytest.raises(ValueError, match="the rate must be above 0"):
        ReplayClock(START, wall).set_rate(rate)
