"""What differs between two states: all of it, nothing else, and by keys that nobody has told it of."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.state_difference import changes_between, state_difference

BEFORE: dict[str, Any] = {
    "at": 100.0,
    "queues": {"support": {"waiting": 2, "answer_rate": None, "left": {"timeout": 1}}},
    "agents": {"4001": {"state": "available", "queues": {"support": {"paused": False}}}},
    "calls": [{"call": "1", "state": "waiting"}, {"call": "2", "state": "talking"}],
    "remarks": ["one"],
}


def changed(**parts: Any) -> list[tuple[str, Any, Any]]:
    """What is found where these parts of the state are other, by path."""
    after = {**deepcopy(BEFORE), "at": 160.0, **parts}
    return [(".".join(each.path), each.before, each.after) for each in changes_between(BEFORE, after)]


def test_of_two_states_that_differ_in_time_alone_nothing_is_said() -> None:
    assert changed() == []
    assert state_difference(BEFORE, {**BEFORE, "at": 160.0}) == {"from": 100.0, "to": 160.0, "changes": []}


def test_a_figure_is_named_by_its_path_with_its_difference() -> None:
    after = deepcopy(BEFORE)
    after["queues"]["support"]["waiting"] = 5

    assert state_difference(BEFORE, after)["changes"] == [
        {"path": ("queues", "support", "waiting"), "before": 2, "after": 5, "difference": 3}
    ]


def test_what_was_not_known_has_no_difference() -> None:
    after = deepcopy(BEFORE)
    after["queues"]["support"] |= {"answer_rate": 0.5, "is_open": True}

    assert [each.difference for each in changes_between(BEFORE, after)] == [None, None]


def test_a_queue_that_came_is_one_change_and_one_that_went_is_too() -> None:
    assert changed(queues={"vip": {"waiting": 1}}) == [
        ("queues.vip", None, {"waiting": 1}),
        ("queues.support", BEFORE["queues"]["support"], None),
    ]


def test_things_in_a_list_are_known_again_by_their_first_value() -> None:
    calls = [{"call": "3", "state": "waiting"}, {"call": "2", "state": "on_hold"}]

    assert changed(calls=calls) == [
        ("calls.3", None, calls[0]),
        ("calls.2.state", "talking", "on_hold"),
        ("calls.1", BEFORE["calls"][0], None),
    ]


def test_two_things_of_one_id_are_two() -> None:
    calls = [*BEFORE["calls"], {"call": "2", "state": "waiting"}]

    assert changed(calls=calls) == [("calls.2#2", None, calls[2])]


def test_words_in_a_list_are_compared_as_a_whole() -> None:
    assert changed(remarks=["one", "two"]) == [("remarks", ["one"], ["one", "two"])]


def test_a_key_that_the_state_has_anew_appears_by_itself() -> None:
    assert changed(weather={"rain": True}) == [("weather", None, {"rain": True})]


plain = st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=2)
values = st.recursive(plain, lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=4), max_leaves=12)
states = st.dictionaries(st.sampled_from("pqrs"), values, max_size=4)


@given(states, states)
def test_whoever_knows_the_first_state_and_the_changes_knows_the_second(before: Any, after: Any) -> None:
    found = deepcopy(before)
    for change in changes_between(before, after):
        assert change.before != change.after
        put(found, change.path, change.after)

    assert without_nothing(found) == without_nothing(after)


def put(state: Any, path: tuple[str, ...], value: Any) -> None:
    *way, last = path
    for step in way:
        state = state[step]
    state[last] = deepcopy(value)


def without_nothing(value: Any) -> Any:
    """Without the keys of nothing: what is not there and what is not known are the same."""
    if isinstance(value, dict):
        return {key: without_nothing(each) for key, each in value.items() if each is not None}
    return value


@pytest.mark.parametrize("after", [BEFORE, {**BEFORE, "queues": {}}])
def test_it_is_plain_data(after: Any) -> None:
    assert json.loads(json.dumps(state_difference(BEFORE, after)))["from"] == 100.0
