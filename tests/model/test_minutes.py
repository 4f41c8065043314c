"""The last hours by five minutes: they add up to the quarters of an hour that the floor counts, whatever happened."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import INTERVAL_SECONDS, QUEUE_FIELDS, SHORT_SECONDS, QueueCounts
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.minutes import Interval, last_intervals, last_staffed
from floorwatch.model.service_level import Volume
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.model.targets import FloorRules
from tests.model.test_identity import DAY, STREAMS, folded

NINE = DAY + 9 * 3600
A_DAY = 86_400
STEPS_A_DAY = A_DAY // SHORT_SECONDS


def at(floor: FloorSnapshot, moment: float) -> FloorSnapshot:
    """The same floor, looked at at another moment."""
    return replace(floor, at=moment)


def scopes(floor: FloorSnapshot) -> Iterator[Scope]:
    yield from floor.queues.values()
    yield floor.total
    yield floor.scope("both", floor.queue_names)


def whole_days(floor: FloorSnapshot) -> Iterator[tuple[Scope, tuple[Interval, ...]]]:
    """Each scope with the five minutes of one day, and of the other."""
    for end in (DAY + A_DAY - 1, DAY + 2 * A_DAY - 1):
        for scope in scopes(at(floor, end)):
            yield scope, last_intervals(scope, STEPS_A_DAY)


@settings(max_examples=150)
@given(STREAMS, st.booleans())
def test_three_times_five_minutes_are_a_quarter_of_an_hour_in_every_counter(
    stream: list[Event], in_order: bool
) -> None:
    floor = folded(sorted(stream, key=lambda event: event.at) if in_order else stream).snapshot(DAY + 2 * A_DAY)
    for scope, steps in whole_days(floor):
        for place in range(0, STEPS_A_DAY, 3):
            quarter, total = scope.interval(steps[place].start), QueueCounts()
            for step in steps[place : place + 3]:
                total.add(step.counts)
            for field in QUEUE_FIELDS:
                assert abs(getattr(total, field) - getattr(quarter, field)) <= 1e-6, field


@settings(max_examples=100)
@given(STREAMS)
def test_quarters_of_an_hour_are_those_of_the_floor(stream: list[Event]) -> None:
    floor = at(folded(stream).snapshot(DAY + 2 * A_DAY), DAY + 2 * A_DAY - 1)
    for scope in scopes(floor):
        for each in last_intervals(scope, A_DAY // INTERVAL_SECONDS, INTERVAL_SECONDS):
            assert each.counts == scope.interval(each.start)
            waits = [w for w in scope.waiting if each.start <= w.entered_at < each.start + INTERVAL_SECONDS]
            late = sum(floor.at - w.entered_at > 20 for w in waits)
            assert each.volume == Volume.of(each.counts, len(waits), late)


def most_at_once(floor: FloorSnapshot, scope: Scope, start: float, end: float) -> int:
    """The most who wait at the beginning, or at a moment at which somebody comes: counted one by one."""
    waits = [(v.entered_at, v.left_at) for v in floor.past.visits(0.0) if v.queue in scope.queues]
    waits += [(w.entered_at, float("inf")) for w in scope.waiting]
    moments = [came for came, went in waits if start <= came < end and went > came]
    at_first = sum(came < start < went for came, went in waits)
    return max([at_first, *(sum(came <= now < went for came, went in waits) for now in moments)])


@settings(max_examples=60)
@given(STREAMS, st.booleans())
def test_the_most_who_waited_is_what_a_plain_count_finds(stream: list[Event], in_order: bool) -> None:
    floor = folded(sorted(stream, key=lambda event: event.at) if in_order else stream).snapshot(DAY + 2 * A_DAY)
    for scope, steps in whole_days(floor):
        for step in steps:
            if step.is_known and (step.counts.offered or step.most_waiting):
                assert step.most_waiting == most_at_once(floor, scope, step.start, step.start + SHORT_SECONDS)


@settings(max_examples=100)
@given(STREAMS, st.lists(st.integers(0, 80), max_size=6), st.integers(1, STEPS_A_DAY))
def test_what_was_counted_on_the_way_changes_nothing(stream: list[Event], stops: list[int], count: int) -> None:
    stopping, seen = Floor(FloorRules(FloorDays())), list[tuple[FloorSnapshot, list[tuple[Interval, ...]]]]()
    for place, event in enumerate(stream):
        stopping.apply(event, "log")
        if place in stops:
            floor = stopping.snapshot(event.at)
            seen.append((floor, [last_intervals(scope, count) for scope in scopes(floor)]))
    end = DAY + 2 * A_DAY
    one, other = stopping.snapshot(end), folded(stream).snapshot(end)
    assert [last_intervals(s, count) for s in scopes(one)] == [last_intervals(s, count) for s in scopes(other)]
    for floor, found in seen:  # an older floor is asked again: it says what it said
        again = replace(floor)
        assert [last_intervals(scope, count) for scope in scopes(again)] == found


def test_more_than_a_day_and_odd_minutes_are_refused() -> None:
    total = folded([]).snapshot(NINE).total
    for count, seconds in ((1, 420), (289, 300), (0, 300), (1, 0)):
        with pytest.raises(ValueError, match="a day at most"):
            last_intervals(total, count, seconds)


# --- staffed ---------------------------------------------------------------------------------------------------------


def telling(*happened: tuple[float, Event]) -> Floor:
    """A floor whose feed brought its first line at nine."""
    floor = Floor(FloorRules(FloorDays()), gives=frozenset(Fact))
    floor.take("log", NINE, ())
    for received_at, event in happened:
        floor.take("log", received_at, (event,))
    return floor


def added(minute: float, agent: str, queue: str) -> tuple[float, Event]:
    return NINE + 60 * minute, ev.MemberAdded(NINE + 60 * minute, agent, queue)


def removed(minute: float, agent: str, queue: str) -> tuple[float, Event]:
    return NINE + 60 * minute, ev.MemberRemoved(NINE + 60 * minute, agent, queue)


def staffed(floor: Floor, minute: float, queue: str, count: int) -> list[float | None]:
    shown = floor.snapshot(NINE + 60 * minute)
    scope = shown.queues[queue] if queue else shown.total
    return [None if found is None else round(found, 9) for found in last_staffed(scope, count)]


def test_staffed_is_time_at_the_telephones_by_the_length_of_the_interval() -> None:
    floor = telling(added(0, "a", "sales"), added(1, "b", "sales"), removed(7.5, "b", "sales"))
    assert staffed(floor, 12.5, "sales", 3) == [1.8, 1.5, 1.0]
    assert staffed(floor, 12.5, "", 3) == [1.8, 1.5, 1.0]


def test_nobody_knows_who_was_there_before_the_feed_began() -> None:
    assert staffed(telling(added(0, "a", "sales")), 7, "sales", 4) == [None, None, 1.0, 1.0]
    assert staffed(Floor(FloorRules(FloorDays())), 7, "", 2) == [None, None]


def test_who_has_signed_out_still_counts_in_the_hours_before() -> None:
    floor = telling(added(0, "a", "sales"), added(0, "a", "support"), removed(10, "a", "sales"))
    assert staffed(floor, 14, "sales", 3) == [0.0, 0.0, 0.0]  # still there, for another queue
    floor.take("log", NINE + 900, removed(15, "a", "support")[1:])
    assert staffed(floor, 16, "sales", 4) == [1.0, 1.0, 1.0, 0.0]


def test_a_pause_is_no_time_at_the_telephones() -> None:
    floor = telling(added(0, "a", "sales"), (NINE + 60, ev.AgentPaused(NINE + 60, "a", None, "Lunch")))
    assert staffed(floor, 9, "sales", 2) == [0.2, 0.0]


def test_a_feed_that_tells_of_no_members_tells_of_no_staff() -> None:
    floor = Floor(FloorRules(FloorDays()), gives=frozenset({Fact.CALLS}))
    floor.take("log", NINE, (ev.CallEntered(NINE, "c", "sales"),))
    assert staffed(floor, 4, "sales", 1) == [None]
    assert last_intervals(floor.snapshot(NINE + 9).total, 1)[0].counts.offered == 1


def test_before_the_feed_began_nothing_is_known() -> None:
    floor = telling((NINE + 60, ev.CallEntered(NINE + 60, "c", "sales"))).snapshot(NINE + 120)
    before, running = last_intervals(floor.total, 2)
    assert (before.is_known, before.most_waiting) == (False, None)
    assert (running.is_known, running.most_waiting, running.waiting, running.waiting_late) == (True, 1, 1, 1)
    assert running.service_level("short-out") == 0.0
