"""An answer that is kept with what it was computed from is computed once, by whoever asks first."""

import threading

import pytest

from floorwatch.model.duty import Duty
from floorwatch.roster.kept import kept

PATIENCE_SECONDS = 20.0


def test_two_who_ask_at_once_get_the_one_answer_of_the_first() -> None:
    duty, computed, answers = Duty(), list[int](), list[object]()
    begun, go_on = threading.Event(), threading.Event()

    def compute() -> object:
        computed.append(1)
        begun.set()
        assert go_on.wait(PATIENCE_SECONDS)
        return object()

    askers = [threading.Thread(target=lambda: answers.append(kept(duty, "it", "key", compute))) for _ in range(2)]
    askers[0].start()
    assert begun.wait(PATIENCE_SECONDS)
    askers[1].start()
    go_on.set()
    for each in askers:
        each.join(PATIENCE_SECONDS)

    assert len(computed) == 1
    assert answers[0] is answers[1]


def test_an_answer_that_failed_is_computed_again() -> None:
    duty = Duty()

    def fail() -> object:
        raise ValueError("no answer")

    with pytest.raises(ValueError, match="no answer"):
        kept(duty, "it", "key", fail)

    assert kept(duty, "it", "key", lambda: "answer") == "answer"


def test_one_answer_may_ask_for_another_of_its_kind() -> None:
    duty = Duty()

    assert kept(duty, "it", 2, lambda: kept(duty, "it", 1, lambda: 1) + 1) == 2
