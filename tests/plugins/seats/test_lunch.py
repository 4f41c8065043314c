"""Lunch is no long pause: on the map it turns amber when the floor's rules say that it is over, not before."""

import pytest

from floorwatch.api import Agent, AgentState, DutyRules, StateAges, Tone, duty, steps_of

STEPS = StateAges().steps()


@pytest.mark.parametrize("reason", ["Lunch", "午餐", "LUNCH"])
def test_lunch_has_the_time_that_the_rules_give_it(reason: str) -> None:
    agent = Agent("1007", "李娜", state=AgentState.PAUSED, pause_reason=reason)

    steps = steps_of(agent, STEPS, DutyRules())

    assert [after for after, _tone in steps] == [3600.0, 3600.0]
    assert steps[-1][1] is Tone.WARN


@pytest.mark.parametrize("reason", [None, "Break", "Back office", "Meeting"])
def test_other_pauses_are_long_as_before(reason: str | None) -> None:
    agent = Agent("1007", "李娜", state=AgentState.PAUSED, pause_reason=reason)

    assert steps_of(agent, STEPS, DutyRules()) == STEPS[AgentState.PAUSED]


def test_a_floor_has_its_own_lunch() -> None:
    agent = Agent("1007", "李娜", state=AgentState.PAUSED, pause_reason="Lunch")
    rules = DutyRules(break_seconds={duty.Activity.LUNCH: 2700.0})

    assert {after for after, _tone in steps_of(agent, STEPS, rules)} == {2700.0}


def test_a_state_that_is_no_pause_keeps_its_ages() -> None:
    agent = Agent("1007", "李娜", state=AgentState.ON_CALL)

    assert steps_of(agent, STEPS, DutyRules()) == STEPS[AgentState.ON_CALL]
