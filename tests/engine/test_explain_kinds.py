"""The calls behind a service level: they are those of the counters, to the last one, whatever happened on the floor."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.engine.explain_calls import calls_behind
from floorwatch.engine.explain_kinds import (
    KINDS,
    LATE,
    ONE_OF,
    WAITING_LATE,
    counted,
    in_words,
    kind_of,
    sign,
)
from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Event, LeftHow
from floorwatch.model.floor import Floor
from floorwatch.model.past import PastVisit
from floorwatch.model.service_level import SERVICE_LEVELS, Volume
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.model.targets import FloorRules, Target

DAY = 1_795_219_200.0
"""00:00 UTC: events stand on both sides of a midnight."""
MIDNIGHT = DAY + 86_400
AT = st.floats(MIDNIGHT - 900, MIDNIGHT + 1800)
CALLS, QUEUES, AGENTS = st.sampled_from("cdefg"), st.sampled_from(["sales", "support", "vip"]), st.sampled_from("ab")
WAIT = st.none() | st.sampled_from([0.0, 4.9, 5.0, 9.0, 20.0, 20.1, 45.0, 300.0])
EVENTS = st.one_of(
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallAnswered, AT, CALLS, QUEUES, AGENTS, WAIT),
    st.builds(ev.CallAbandoned, AT, CALLS, QUEUES, st.none(), WAIT),
    st.builds(ev.CallLeft, AT, CALLS, QUEUES, st.sampled_from(LeftHow), st.none(), WAIT),
    st.builds(ev.SwitchRestarted, AT),
)
STREAMS = st.lists(EVENTS, max_size=80)
TARGETS = {"sales": Target(seconds=30.0, short_seconds=10.0), "vip": Target(seconds=5.0, short_seconds=10.0)}
"""One queue with limits of its own, and one in which a call may be short and yet too late."""


def folded(stream: list[Event]) -> Floor:
    floor = Floor(FloorRules(FloorDays(), targets=TARGETS))
    for event in sorted(stream, key=lambda event: event.at):
        floor.apply(event, "log")
    return floor


def scopes(floor: FloorSnapshot) -> list[Scope]:
    return [floor.total, *floor.queues.values(), floor.scope("two", ("vip", "support"))]


def times(volume: Volume, n: int) -> Counter[str]:
    return Counter({letter: n * getattr(volume, letter) for letter in Volume.__struct_fields__})


@settings(max_examples=200)
@given(STREAMS)
def test_the_kinds_of_a_day_add_up_to_its_letters(stream: list[Event]) -> None:
    floor = folded(stream).snapshot(MIDNIGHT + 1800)
    for scope in scopes(floor):
        v, found = scope.volume, counted(scope)
        total = times(Volume(1, 1, 1, 0, 0, 0, 0), v.answered_in_time)
        total += times(Volume(1, 0, 0, 0, 0, 0, 0, 1), v.waiting - v.waiting_late)
        for kind, n in found.items():
            total += times(ONE_OF[kind], n)
        assert total == times(v, 1)


@settings(max_examples=200)
@given(STREAMS)
def test_the_calls_that_are_listed_are_those_that_were_counted(stream: list[Event]) -> None:
    floor = folded(stream).snapshot(MIDNIGHT + 1800)
    for scope in scopes(floor):
        kinds = counted(scope)
        found = calls_behind(scope, kinds, most=1000)
        assert {kind: len(calls) for kind, calls in found.items()} == kinds
        ended = [call for kind, calls in found.items() if kind != WAITING_LATE for call in calls]
        assert len(set(map(id, ended))) == len(ended)
        assert all(floor.day_start <= call.entered_at and call.queue in scope.queues for call in ended)


@settings(max_examples=100)
@given(STREAMS, st.integers(0, 3))
def test_of_a_kind_the_newest_are_listed(stream: list[Event], most: int) -> None:
    scope = folded(stream).snapshot(MIDNIGHT + 1800).total
    kinds = counted(scope)
    every, some = calls_behind(scope, kinds, most=1000), calls_behind(scope, kinds, most=most)
    assert {kind: list(calls)[:most] for kind, calls in every.items()} == {k: list(calls) for k, calls in some.items()}


@settings(max_examples=100)
@given(STREAMS)
def test_every_definition_is_the_sum_of_how_it_counts_each_kind(stream: list[Event]) -> None:
    for scope in scopes(folded(stream).snapshot(MIDNIGHT + 1800)):
        for level in SERVICE_LEVELS.values():
            signs = Counter({"+": scope.volume.answered_in_time, "-": 0})
            for kind, n in counted(scope).items():
                signs[sign(level, kind)] += n
            assert level.terms(scope.volume) == (signs["+"], signs["+"] + signs["-"])


def test_a_call_that_came_before_midnight_is_a_call_of_yesterday() -> None:
    floor = folded(
        [
            ev.CallEntered(MIDNIGHT - 5, "old", "support"),
            ev.CallEntered(MIDNIGHT + 5, "new", "support"),
            ev.CallAnswered(MIDNIGHT + 60, "old", "support", "a"),
            ev.CallAnswered(MIDNIGHT + 70, "new", "support", "a"),
        ]
    ).snapshot(MIDNIGHT + 100)

    calls = calls_behind(floor.total, counted(floor.total))[LATE]

    assert [call.call for call in calls] == ["new"]
    assert isinstance(calls[0], PastVisit)
    assert calls[0].agent == "a"


def test_whoever_waits_past_the_promise_is_listed_the_longest_first() -> None:
    entries: list[Event] = [ev.CallEntered(MIDNIGHT + at, f"c{at}", "support") for at in (0, 30, 75, 85)]
    floor = folded(entries).snapshot(MIDNIGHT + 100)

    assert counted(floor.total) == {WAITING_LATE: 3}
    assert [call.call for call in calls_behind(floor.total, {WAITING_LATE: 3})[WAITING_LATE]] == ["c0", "c30", "c75"]


@pytest.mark.parametrize(
    ("outcome", "wait", "kind"),
    [
        ("answered", 20.0, None),
        ("answered", 20.5, "late"),
        ("abandoned", 4.9, "short"),
        ("abandoned", 5.0, "given-up"),
        ("abandoned", 20.0, "given-up"),
        ("abandoned", 21.0, "given-up-late"),
        ("timeout", 3.0, "timeout"),
    ],
)
def test_a_wait_is_of_one_kind(outcome: str, wait: float, kind: str | None) -> None:
    assert kind_of(outcome, wait, Target()) == kind


def test_every_kind_has_words() -> None:
    assert all(in_words(kind, 3).startswith("3 ") for kind in KINDS)
