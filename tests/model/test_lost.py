"""Callers whom nobody answered: each lost visit is in one of three lists, whatever happens and however it is read."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Event, LeftHow
from floorwatch.model.floor import Floor
from floorwatch.model.history import ROWS_TOGETHER
from floorwatch.model.lost import LostCaller, LostCallers
from floorwatch.model.past import PastVisit
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules

DAY = 1_795_219_200.0  # a UTC midnight
NUMBER = "13800001234"


EVENING = DAY + 80_000


def floor_of(*happened: Event, at: float = EVENING) -> FloorSnapshot:
    return fed(Floor(FloorRules(FloorDays())), happened, at)


def fed(floor: Floor, happened: Iterable[Event], at: float = EVENING) -> FloorSnapshot:
    for event in happened:
        floor.take("switch", event.at, (event,))
    return floor.snapshot(at)


def lost(call: str, at: float, number: str | None = NUMBER, queue: str = "q") -> tuple[Event, Event]:
    """A caller who waits for half a minute and gives up."""
    entered = ev.CallEntered(DAY + at - 30, call, queue, number)
    return entered, ev.CallAbandoned(DAY + at, call, queue)


def answered(call: str, at: float, number: str | None = NUMBER, queue: str = "q") -> tuple[Event, Event]:
    entered = ev.CallEntered(DAY + at - 5, call, queue, number)
    return entered, ev.CallAnswered(DAY + at, call, queue, "1007")


def back(call: str, at: float, lost_at: float, *, reached: bool = True, queue: str = "q", by: str = "Ada") -> Event:
    """The caller of a lost call is called back."""
    entered_at = DAY + lost_at - 30
    return ev.CallReturned(
        DAY + at, id=f"{call}-{at}-{by}", by=by, queue=queue, call=call, entered_at=entered_at, reached=reached
    )


def calls(callers: Iterable[LostCaller]) -> list[list[str]]:
    return [[visit.call for visit in caller.visits] for caller in callers]


def test_a_caller_is_one_number_however_often_they_call() -> None:
    found = floor_of(*lost("a", 100), *lost("b", 200, "777"), *lost("c", 300, queue="r")).lost

    assert calls(found.to_call_back) == [["a", "c"], ["b"]]
    assert found.to_call_back[0].number == NUMBER
    assert found.to_call_back[0].last.queue == "r"


@pytest.mark.parametrize("number", [None, "", "anonymous", "0"])
def test_callers_without_a_number_are_one_a_call(number: str | None) -> None:
    found = floor_of(*lost("a", 100, number), *lost("b", 200, number), *answered("c", 300, number)).lost

    assert calls(found.to_call_back) == [["a"], ["b"]]


def test_who_is_answered_later_in_any_queue_got_through() -> None:
    found = floor_of(*lost("a", 100), *lost("b", 200), *answered("c", 300, queue="r")).lost

    assert calls(found.to_call_back) == []
    assert calls(found.got_through) == [["a", "b"]]
    through = found.got_through[0].answered
    assert through is not None
    assert (through.agent, through.left_at) == ("1007", DAY + 300)


def test_who_is_lost_again_after_an_answer_is_to_be_called_back() -> None:
    found = floor_of(*lost("a", 100), *answered("b", 200), *lost("c", 300)).lost

    assert (calls(found.to_call_back), calls(found.got_through)) == ([["c"]], [["a"]])


def test_a_call_that_goes_on_to_another_queue_keeps_its_caller() -> None:
    on = (ev.CallEntered(DAY, "a", "q", None), ev.CallLeft(DAY + 60, "a", "q", LeftHow.TIMEOUT))
    again = (*on, ev.CallEntered(DAY + 60, "a", "r", None), ev.CallAbandoned(DAY + 90, "a", "r"))
    waits = (*on, ev.CallEntered(DAY + 60, "a", "r", None))
    through = (*waits, ev.CallAnswered(DAY + 60, "a", "r", "1007"))

    assert floor_of(*waits, at=DAY + 90).lost.to_call_back[0].waits is not None
    assert [(len(each.visits), each.times) for each in floor_of(*again).lost.to_call_back] == [(2, 1)]
    assert calls(floor_of(*through).lost.got_through) == [["a"]]


def test_who_waits_again_is_known_by_their_number() -> None:
    happened = (*lost("a", 100), ev.CallEntered(DAY + 200, "b", "q", NUMBER))
    (caller,) = floor_of(*happened, at=DAY + 300).lost.to_call_back

    assert caller.waits is not None
    assert caller.waits.call == "b"


def test_whose_end_no_line_told_does_not_wait_again() -> None:
    (caller,) = floor_of(*lost("a", 100), ev.CallEntered(DAY + 200, "b", "q", NUMBER)).lost.to_call_back

    assert caller.waits is None


def test_two_switches_may_name_two_calls_alike() -> None:
    floor = Floor(FloorRules(FloorDays()))
    for event in lost("a", 100, None):
        floor.take("north", event.at, (event,))
    for event in (*answered("a", 200, None, "r"), *lost("a", 300, None, "s")):
        floor.take("south", event.at, (event,))
    found = floor.snapshot(EVENING).lost

    assert [(each.last.feed, each.times) for each in found.to_call_back] == [("north", 1), ("south", 1)]
    assert not found.got_through


def test_a_transferred_visit_is_not_lost() -> None:
    assert (
        floor_of(ev.CallEntered(DAY, "a", "q"), ev.CallLeft(DAY + 5, "a", "q", LeftHow.TRANSFERRED)).lost
        == LostCallers()
    )


def test_who_was_reached_is_done_with_all_that_was_lost_before() -> None:
    before = (*lost("a", 100), *lost("b", 200), *lost("c", 400))
    found = floor_of(*before, back("a", 300, 100)).lost

    assert (calls(found.called_back), calls(found.to_call_back)) == ([["a", "b"]], [["c"]])


def test_the_visit_that_was_named_is_done_whatever_the_clocks_say() -> None:
    found = floor_of(*lost("a", 100), *lost("b", 200), back("b", 50, 200)).lost

    assert (calls(found.called_back), calls(found.to_call_back)) == ([["a", "b"]], [])


def test_a_call_back_in_vain_leaves_the_caller_in_the_list_with_the_tries() -> None:
    tries = (back("a", 300, 100, reached=False), back("a", 360, 100, reached=False, by="Grace"))
    (caller,) = floor_of(*lost("a", 100), *lost("b", 400), *tries).lost.to_call_back

    assert caller.tries == 2
    assert caller.tried is not None
    assert (caller.tried.by, caller.tried.at) == ("Grace", DAY + 360)


def test_a_call_back_is_undone() -> None:
    happened = (*lost("a", 100), back("a", 300, 100, reached=False), back("a", 360, 100))
    found = floor_of(*happened, ev.EntryUndone(DAY + 400, id="u", by="Ada", entry="a-360-Ada")).lost

    assert [caller.tries for caller in found.to_call_back] == [1]
    assert found.called_back == ()


def test_yesterday_s_are_not_of_today() -> None:
    assert calls(floor_of(*lost("a", -10), *lost("b", 10)).lost.to_call_back) == [["b"]]


def test_short_abandons_are_told_from_waits() -> None:
    short = (ev.CallEntered(DAY, "a", "q"), ev.CallAbandoned(DAY + 4, "a", "q"))
    floor = floor_of(*short, *lost("b", 100))

    assert [caller.is_short(floor.rules) for caller in floor.lost.to_call_back] == [True, False]


def test_numbers_are_masked_unless_the_floor_shows_them() -> None:
    floor = floor_of(*lost("a", 100))
    visit = floor.lost.to_call_back[0].last

    assert floor.number_of(visit) == "*********34"
    assert replace(floor, rules=replace(floor.rules, show_numbers=True)).number_of(visit) == NUMBER


def test_what_is_no_number_is_not_shown_as_one_and_joins_no_calls() -> None:
    floor = floor_of(*lost("a", 100, "anonymous"), *lost("b", 200, "anonymous"))
    visit = floor.lost.to_call_back[0].last

    assert floor.number_of(visit) is None
    assert [each.call for each in floor.past.visits_of("a", visit.caller, DAY)] == ["a"]


# --- whatever happens ---

QUEUES, CALLS, NUMBERS = ("q", "r"), ("a", "b", "c", "d"), (None, "111", "222", "anonymous")
_queue, _call = st.sampled_from(QUEUES), st.sampled_from(CALLS)
HAPPENS = st.one_of(
    st.builds(
        lambda call, queue, number: ev.CallEntered(0.0, call, queue, number), _call, _queue, st.sampled_from(NUMBERS)
    ),
    st.builds(lambda call, queue: ev.CallAbandoned(0.0, call, queue), _call, _queue),
    st.builds(lambda call, queue, how: ev.CallLeft(0.0, call, queue, how), _call, _queue, st.sampled_from(LeftHow)),
    st.builds(lambda call, queue: ev.CallAnswered(0.0, call, queue, "1007"), _call, _queue),
    st.builds(lambda: ev.SwitchRestarted(0.0)),
    st.builds(
        lambda call, queue, second, reached: ev.CallReturned(
            0.0, by="Ada", queue=queue, call=call, entered_at=DAY + second, reached=reached
        ),
        _call, _queue, st.integers(0, 40), st.booleans(),
    ),
)  # fmt: skip


def timed(happened: Iterable[Event]) -> list[Event]:
    """One every second."""
    return [replace(event, at=DAY + second) for second, event in enumerate(happened)]


def told(visits: Iterable[PastVisit]) -> Counter[tuple[str, str, float]]:
    return Counter((visit.queue, visit.call, visit.entered_at) for visit in visits)


@settings(max_examples=300)
@given(st.lists(HAPPENS, max_size=40))
def test_every_lost_visit_is_in_exactly_one_list(happened: list[Event]) -> None:
    floor = floor_of(*timed(happened))
    found = floor.lost
    unanswered = [v for v in floor.past.unanswered(floor.day_start) if v.outcome != LeftHow.TRANSFERRED]
    listed = [v for part in (found.to_call_back, found.called_back, found.got_through) for c in part for v in c.visits]

    assert told(listed) == told(unanswered)
    counts = floor.total.counts
    assert counts.offered == counts.answered + len(unanswered) + counts.left_transferred + len(floor.waiting)


@settings(max_examples=100)
@given(st.lists(HAPPENS, max_size=40), st.integers(0, 40))
def test_reading_it_on_and_reading_it_anew_come_to_the_same(happened: list[Event], first: int) -> None:
    events = timed(happened)
    floor = Floor(FloorRules(FloorDays()))
    early = fed(floor, events[:first])
    before = early.lost
    late = fed(floor, events[first:])

    assert late.lost == floor_of(*events).lost
    assert replace(early).lost == before == floor_of(*events[:first]).lost


@settings(max_examples=100)
@given(st.lists(HAPPENS, max_size=40))
def test_rows_of_a_list_have_keys_of_their_own(happened: list[Event]) -> None:
    found = floor_of(*timed(happened)).lost
    keys = [(caller.last.queue, caller.last.call) for caller in found.to_call_back]

    assert len(set(keys)) == len(keys)


def test_many_may_read_it_at_once_while_the_floor_goes_on() -> None:
    floor = Floor(FloorRules(FloorDays()))
    snapshots = [fed(floor, lost(f"a{number}", number, str(1_000 + number % 7))) for number in range(200)]
    alone = [len(snapshot.lost.to_call_back[0].visits) for snapshot in map(replace, snapshots)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda snapshot: len(snapshot.lost.to_call_back[0].visits), reversed(snapshots)))

    assert found == alone[::-1] == [1 + number // 7 for number in range(200)][::-1]


def test_it_is_read_across_rows_that_moved_into_columns() -> None:
    floor = Floor(FloorRules(FloorDays()))
    fed(floor, (event for number in range(ROWS_TOGETHER - 2) for event in lost(f"a{number}", number, None)))
    assert len(floor.snapshot(DAY + 80_000).lost.to_call_back) == ROWS_TOGETHER - 2
    snapshot = fed(floor, (event for number in range(10) for event in lost(f"b{number}", 3_000 + number, None)))

    assert len(snapshot.lost.to_call_back) == ROWS_TOGETHER + 8
