"""Attributes that are computed at the first asking: once, and nobody waits for another instance's."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from msgspec import Struct

from floorwatch.computed import computed_once
from tests.patience import PATIENCE_SECONDS


class Answer:
    """Counts how often it is computed."""

    def __init__(self, compute: Callable[[], int]) -> None:
        self._compute = compute
        self.times = 0

    @computed_once
    def value(self) -> int:
        """What it comes to."""
        self.times += 1
        return self._compute()


class Pair(Struct, frozen=True, dict=True):
    """A frozen struct, as a snapshot is."""

    one: int
    other: int

    @computed_once
    def total(self) -> int:
        """Both together."""
        return self.one + self.other


def test_it_is_computed_at_the_first_asking_and_kept() -> None:
    answer = Answer(lambda: 42)
    assert answer.times == 0
    assert (answer.value, answer.value, answer.times) == (42, 42, 1)


def test_what_raises_is_asked_again() -> None:
    answers = iter((0, 7))
    answer = Answer(lambda: 7 // next(answers))
    with pytest.raises(ZeroDivisionError):
        assert answer.value
    assert (answer.value, answer.times) == (1, 2)


def test_a_frozen_struct_keeps_it_beside_its_fields() -> None:
    pair = Pair(1, 2)
    assert pair.total == 3
    assert vars(pair) == {"total": 3}
    assert pair == Pair(1, 2)


def test_it_is_named_and_described_as_the_method_is() -> None:
    described = vars(Answer)["value"]
    assert described is Answer.value
    assert described.__doc__ == "What it comes to."


def test_one_that_is_being_computed_holds_up_no_other_instance() -> None:
    begun, goes_on, found = Event(), Event(), list[int]()

    def slowly() -> int:
        begun.set()
        return int(goes_on.wait(PATIENCE_SECONDS))

    slow = Answer(slowly)
    thread = Thread(target=lambda: found.append(slow.value))
    thread.start()
    assert begun.wait(PATIENCE_SECONDS)
    assert Answer(lambda: 2).value == 2
    assert not goes_on.is_set()
    assert found == []
    goes_on.set()
    thread.join(PATIENCE_SECONDS)
    assert found == [1]
