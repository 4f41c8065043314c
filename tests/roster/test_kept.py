"""An answer that is kept with what it was computed from is computed once, by whoever asks first."""

import threading

import pytest

from floorwatch.model.duty import Duty
from floorwatch.roster import attendance, coverage, may_break
from floorwatch.roster.kept import kept
from tests.letting_go import Held, goes_by_itself
from tests.patience import PATIENCE_SECONDS
from tests.roster.duties import at, duty, floor, shift


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


def test_nothing_that_was_asked_keeps_a_floor() -> None:
    def use(held: Held) -> None:
        asked = floor(duty([shift("a", (9, 18)), shift("b", (9, 18))]), at(10))
        assert [len(answer) > 0 for answer in (attendance(asked), coverage.steps(asked))] == [True, True]
        assert len(may_break(asked)) + coverage.now(asked).due > 0
        coverage.noon_guard(asked)
        vars(asked)["held"] = held

    assert goes_by_itself(use)
