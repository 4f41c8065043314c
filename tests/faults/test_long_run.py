"""The long run: fault after fault on one log, with one watch all the while; `watch` and `state` agree after each."""

import random

import pytest

from tests.faults.followed import Watched
from tests.faults.long_run import STEPS
from tests.faults.playing import SETTLED_SECONDS, differences, newcomer_differs
from tests.faults.stage import Stage, facts

ASKED_SECONDS = 61
"""Then the rules were asked once more, when everything had been read."""

HEAVY = {35, 42, 60, 61}
"""Thousands of files or lines, or processes: once is enough."""

INSTANTS = 12
"""Of the rule grid, within which the alerts agree as well: on a busy machine a rule is given up at one of them, and
keeps what it said before."""


def agree_in_the_end(stage: Stage, watch: Watched) -> None:
    """Alerts included."""
    for _instant in range(INSTANTS):
        stage.pass_time(ASKED_SECONDS)
        if facts(watch.state()) == facts(stage.truth()):
            return
    assert facts(watch.state()) == facts(stage.truth())


@pytest.mark.slow
def test_watch_and_state_agree_after_every_fault_of_the_long_run(stage: Stage) -> None:
    stage.says(10)
    followed, watch = stage.follow(), stage.watch()
    on_disk = True
    for step in STEPS:
        step.do(stage)
        stage.pass_time(SETTLED_SECONDS)
        on_disk = on_disk and step.keeps_disk
        said = f"{step.number}, {step.words}"
        assert followed.lines == stage.said, said
        assert differences(watch.state(), stage.truth()) == [], said
        assert not on_disk or differences(watch.state(), stage.state()) == [], said
        assert newcomer_differs(stage) == [], said
    agree_in_the_end(stage, watch)


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order(stage: Stage, seed: int) -> None:
    stage.says(10)
    followed, watch = stage.follow(), stage.watch()
    steps = [step for step in STEPS if step.number not in HEAVY] * 2
    random.Random(seed).shuffle(steps)
    for step in steps:
        step.do(stage)
        stage.pass_time(SETTLED_SECONDS)
        assert followed.lines == stage.said, f"{step.number}, {step.words}"
    agree_in_the_end(stage, watch)


def test_all_but_those_that_are_no_log_or_need_the_system_to_fail_are_played() -> None:
    """Which of the 68, and why, says `tests.faults.long_run`."""
    assert {step.number for step in STEPS} == set(range(1, 69)) - {36, 37, 38, 39, 40, 43}
