"""Who may begin: nobody while the screen is waited for, and then one after the other."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from floorwatch.host.turns import WAY_SECONDS, Turns
from tests.patience import PATIENCE_SECONDS


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Lane:
    """A thread that wants to begin, and says that it has."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.has_begun = turns, Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self.turns.take(self)
        self.has_begun.set()

    def begins(self) -> bool:
        return self.has_begun.wait(PATIENCE_SECONDS)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Turns]:
    """Turns of which nobody gets one by waiting for long."""
    monkeypatch.setattr("floorwatch.host.turns.WAY_SECONDS", PATIENCE_SECONDS)
    monkeypatch.setattr("floorwatch.host.turns.QUICK_SECONDS", PATIENCE_SECONDS)
    turns = Turns(clock)
    yield turns
    turns.go_on()


def test_nothing_begins_before_the_screen_was_seen(turns: Turns) -> None:
    turns.make_way()
    lane = Lane(turns)
    assert not lane.has_begun.wait(0.05)
    turns.go_on()
    assert lane.begins()


def test_the_way_is_made_for_a_moment(turns: Turns, clock: Clock) -> None:
    turns.make_way()
    clock.now += PATIENCE_SECONDS
    assert Lane(turns).begins(), "nobody said that it was seen"


def test_each_key_has_its_own(turns: Turns, clock: Clock) -> None:
    turns.make_way()
    clock.now += PATIENCE_SECONDS / 2
    turns.make_way()
    clock.now += PATIENCE_SECONDS / 2
    lane = Lane(turns)
    assert not lane.has_begun.wait(0.05)
    turns.go_on()
    assert lane.begins()


def test_keys_without_an_end_hold_up_nobody_for_long(clock: Clock) -> None:
    turns = Turns(clock)  # the clock of the keys stands still, that of the threads does not
    turns.make_way()
    assert Lane(turns).begins()
    assert WAY_SECONDS < PATIENCE_SECONDS


def test_who_is_at_work_is_not_held_up_and_the_next_one_follows_it(turns: Turns) -> None:
    first = Lane(turns)
    assert first.begins()
    turns.make_way()
    second = Lane(turns)
    turns.give(first)
    assert not second.has_begun.wait(0.05)
    turns.go_on()
    assert second.begins()


def test_all_that_were_held_up_begin_one_after_the_other(turns: Turns) -> None:
    turns.make_way()
    lanes = [Lane(turns) for _ in range(3)]
    turns.go_on()
    while lanes:
        begun = next(_watched(lanes))
        turns.give(begun)
        lanes.remove(begun)


def _watched(lanes: list[Lane]) -> Iterator[Lane]:
    """Those that have begun, as they do."""
    while True:
        yield from (lane for lane in lanes if lane.has_begun.wait(0.01))
