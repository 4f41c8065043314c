"""The edges of counting: the very start of a day, a day that was let go, what is said twice, and who is told of it."""

import os
import time
from collections.abc import Iterator
from math import inf

import pytest

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import QueueCounts
from floorwatch.model.duty import Swap
from floorwatch.model.duty_book import is_over_before
from floorwatch.model.events import LeftHow
from floorwatch.model.floor import Floor
from floorwatch.model.focus import NO_FOCUS
from floorwatch.model.live import MISSED_KEPT
from floorwatch.model.lost import lost_callers
from floorwatch.model.past import PastTalk
from floorwatch.model.people import read_people
from floorwatch.model.service_level import Volume
from floorwatch.model.targets import FloorRules, Target
from tests.model.by_hand import DAY, RULES, figures, floor_of, misfits

NINE = DAY + 9 * 3600


def dialled(*moments: float) -> list[ev.Event]:
    return [ev.OutboundCallEnded(at, f"o{at}", "amy", "s") for at in moments]


def test_the_first_moment_of_a_day_is_of_that_day_whenever_it_is_told() -> None:
    floor = floor_of(dialled(DAY + 10, DAY + 15, DAY, DAY + 20, DAY - 1))
    counts = floor.snapshot(NINE).agent_counts
    assert {key: figures(each) for key, each in counts.items()} == {
        ("amy", DAY): {"outbound": 4},
        ("amy", DAY - 86_400): {"outbound": 1},
    }


def test_what_is_told_of_a_day_that_was_let_go_counts_from_nought() -> None:
    floor = floor_of(dialled(NINE, NINE + 5))
    floor.snapshot(NINE + 9)
    floor.forget(DAY + 2 * 86_400 + 60)
    (later,) = dialled(NINE + 10)
    floor.apply(later, "log")
    assert figures(floor.snapshot(DAY + 2 * 86_400 + 99).agent_counts["amy", DAY]) == {"outbound": 1}


def test_a_queue_of_which_a_call_still_counts_is_not_let_go() -> None:
    floor = floor_of([ev.CallEntered(DAY, "c", "s"), ev.CallAbandoned(DAY + 30, "c", "s")])
    floor.forget(DAY + 86_400 + 60)
    assert floor.snapshot(DAY + 86_400 + 99).queue_names == ("s",)
    floor.forget(DAY + 2 * 86_400 + 60)
    assert floor.snapshot(DAY + 2 * 86_400 + 99).queue_names == ()


def test_two_floors_on_which_something_else_has_ended_have_another_past() -> None:
    first, second, third = (
        floor_of([ev.CallEntered(NINE, call, "s"), ev.CallAbandoned(NINE + 30, call, "s")]).snapshot(NINE + 60).past
        for call in ("a", "b", "a")
    )
    assert (first == third, first == second) == (True, False)


def test_a_talk_is_remembered_with_all_that_was_known_of_it() -> None:
    floor = floor_of(
        [
            ev.CallEntered(NINE, "c", "s"),
            ev.CallAnswered(NINE + 5, "c", "s", "amy"),
            ev.CallHeld(NINE + 10, "c", "s", "amy"),
            ev.CallResumed(NINE + 13, "c", "s", "amy"),
            ev.CallCompleted(NINE + 50, "c", "s", "amy", ev.EndedBy.AGENT),
            ev.CallAnswered(NINE + 60, "d", "s", "amy"),
            ev.CallCompleted(NINE + 70, "d", "s", "amy"),
        ]
    )
    past = floor.snapshot(NINE + 99).past
    first, second = past.talks_of("amy", NINE)
    assert first == PastTalk(
        "log", "s", "c", "amy", "completed", "agent", NINE, NINE + 5, NINE + 50, 45.0, 3.0
    )  # fmt: skip
    assert (second.call, second.entered_at, second.answered_at) == ("d", None, NINE + 60)
    assert [[talk.call for talk in past.talks_of("amy", NINE + since)] for since in (50, 51, 71)] == [
        ["c", "d"], ["d"], []
    ]  # fmt: skip
    assert list(past.talks_of("bo", NINE)) == []


def test_an_answer_of_the_visit_before_said_once_more_is_no_answer_of_the_one_that_waits() -> None:
    floor = floor_of(
        [
            ev.CallEntered(NINE, "c", "s"),
            ev.CallAbandoned(NINE + 5, "c", "s"),
            ev.CallEntered(NINE + 20, "c", "s"),
            ev.CallAnswered(NINE + 4, "c", "s", "amy"),
        ]
    )
    assert misfits(floor.snapshot(NINE + 30)) == {"answer repeated": 1}
    assert list(floor.waiting) == [("s", "c")]


def test_a_way_out_said_once_more_takes_nobody_else_s_place_though_the_call_waits_elsewhere() -> None:
    out = ev.CallLeft(NINE + 60, "c", "s", LeftHow.TIMEOUT, None, 60.0)
    floor = floor_of(
        [
            ev.CallEntered(NINE, "c", "s"),
            out,
            ev.CallEntered(NINE + 60, "c", "t"),
            ev.CallEntered(NINE, "d", "s"),
            out,
        ]
    )
    assert misfits(floor.snapshot(NINE + 90)) == {"left without entry": 1}
    assert list(floor.waiting) == [("t", "c"), ("s", "d")]


def test_a_ring_in_vain_said_once_more_is_known_by_its_visit_however_many_rang_since() -> None:
    missed = ev.RingMissed(NINE + 5, "c", "s", "amy", 900)
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), missed, ev.CallAbandoned(NINE + 9, "c", "s")])
    for number in range(20):
        floor.apply(ev.RingMissed(NINE + 10 + number, f"d{number}", "s", "bo", 900), "log")
    before = figures(floor.snapshot(NINE + 90).agent_counts["amy", DAY])
    floor.apply(missed, "log")
    after = floor.snapshot(NINE + 90)
    assert (figures(after.agent_counts["amy", DAY]), misfits(after)["missed ring repeated"]) == (before, 1)


def test_an_event_of_no_said_feed_is_of_one_without_a_name() -> None:
    floor = Floor(RULES)
    floor.apply(ev.CallRang(NINE, "c", "s", "amy"))
    assert dict(floor.snapshot(NINE).feeds[""].misfits) == {"ring without entry": 1}


def test_a_snapshot_knows_the_people_file_of_its_floor() -> None:
    people = read_people("name,employee\nAnn Lee,1001\n")
    assert Floor(RULES, people).snapshot(NINE).people is people
    empty = Floor(RULES).snapshot(NINE)
    assert (empty.me, empty.focus) == ("", NO_FOCUS)


def test_a_line_of_no_time_is_not_the_first_of_its_feed() -> None:
    floor = Floor(RULES)
    firsts = []
    for at in (-inf, NINE, NINE + 5):
        floor.take("log", at, ())
        firsts.append(floor.snapshot(NINE + 9).feeds["log"].first_line_at)
    assert firsts == [None, NINE, NINE]


def test_the_last_rings_in_vain_are_in_the_next_snapshot_and_no_more_than_are_kept() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "amy", "s")])
    assert floor.snapshot(NINE).missed_rings == ()
    for number in range(MISSED_KEPT + 1):
        floor.apply(ev.RingMissed(NINE + number, f"c{number}", "s", "amy", 900), "log")
    missed = floor.snapshot(NINE + 999).missed_rings
    assert (len(missed), missed[0].at, missed[-1].at) == (MISSED_KEPT, NINE + 1, NINE + MISSED_KEPT)


def test_a_queue_that_was_let_go_is_there_again_once_anything_is_said_of_it() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallAbandoned(NINE + 30, "c", "s")])
    floor.forget(DAY + 9 * 86_400)
    assert floor.snapshot(DAY + 9 * 86_400).queue_names == ()
    floor.apply(ev.AgentPaused(DAY + 9 * 86_400 + 60, "amy", "s"), "log")
    assert floor.snapshot(DAY + 9 * 86_400 + 90).queue_names == ("s",)


def test_each_feed_stands_under_its_name() -> None:
    feeds = floor_of([*dialled(NINE), ev.CallRang(NINE, "c", "s", "amy")]).snapshot(NINE).feeds
    assert {key: state.name for key, state in feeds.items()} == {"log": "log"}


def test_callers_who_are_not_said_to_wait_do_not_wait_late() -> None:
    volume = Volume.of(QueueCounts(offered=3))
    assert (volume.offered, volume.waiting, volume.waiting_late) == (3, 0, 0)


def lost(call: str, number: str, at: float, queue: str = "s") -> list[ev.Event]:
    return [ev.CallEntered(at, call, queue, number), ev.CallAbandoned(at + 30, call, queue)]


def test_who_was_lost_does_not_wait_when_another_does() -> None:
    floor = floor_of([*lost("a", "5551234", NINE), ev.CallEntered(NINE + 60, "b", "s", "5559999")])
    (caller,) = floor.snapshot(NINE + 70).lost.to_call_back
    assert (caller.last.call, caller.waits, caller.tries) == ("a", None, 0)


def test_who_was_reached_and_is_lost_again_is_to_be_called_back_for_that_alone() -> None:
    back = ev.CallReturned(NINE + 60, id="e1", by="Ada", queue="s", call="a", entered_at=NINE, reached=True)
    floor = floor_of([*lost("a", "5551234", NINE), back, *lost("b", "5551234", NINE + 90)])
    found = floor.snapshot(NINE + 600).lost
    assert [[visit.call for visit in each.visits] for each in found.called_back] == [["a"]]
    assert [[visit.call for visit in each.visits] for each in found.to_call_back] == [["b"]]


def test_a_call_back_that_reached_them_is_for_all_that_was_lost_before_it() -> None:
    back = ev.CallReturned(NINE + 100, id="e1", by="Ada", queue="s", call="a", entered_at=NINE, reached=True)
    stream = [event for number, call in enumerate("abcd") for event in lost(call, "5551234", NINE + 60 * number)]
    found = floor_of([*stream[:4], back, *stream[4:]]).snapshot(NINE + 600).lost
    assert [[visit.call for visit in each.visits] for each in found.called_back] == [["a", "b"]]
    assert [[visit.call for visit in each.visits] for each in found.to_call_back] == [["c", "d"]]
    assert [(each.returned.by, each.times) for each in found.called_back if each.returned] == [("Ada", 2)]
    assert [(each.tried, each.tries, each.times) for each in found.to_call_back] == [(None, 0, 2)]


def test_of_two_call_backs_that_reached_them_the_later_one_is_told_whatever_call_it_was_for() -> None:
    stream = [*lost("a", "5551234", NINE), *lost("b", "5551234", NINE + 60)]
    for seconds, call, entered_at, by in ((200, "b", NINE + 60, "Ada"), (300, "a", NINE, "Bo")):
        stream.append(
            ev.CallReturned(NINE + seconds, id=by, by=by, queue="s", call=call, entered_at=entered_at, reached=True)
        )
    (caller,) = floor_of(stream).snapshot(NINE + 600).lost.called_back
    assert caller.returned is not None
    assert (caller.returned.by, caller.returned.at, caller.times) == ("Bo", NINE + 300, 2)


def test_what_is_no_wait_is_said_by_the_queue() -> None:
    rules = FloorRules(FloorDays(), targets={"s": Target(short_seconds=60.0)})
    for queue, short in (("s", True), ("t", False)):
        (caller,) = floor_of(lost("a", "5551234", NINE, queue)).snapshot(NINE + 60).lost.to_call_back
        assert caller.is_short(rules) is short


def test_the_last_of_several_call_backs_in_vain_is_the_latest_whatever_call_it_was_for() -> None:
    stream = [*lost("a", "5551234", NINE), *lost("b", "5551234", NINE + 60)]
    for number, (call, entered_at) in enumerate((("a", NINE), ("b", NINE + 60))):
        stream.append(
            ev.CallReturned(
                NINE + 200 + number,
                id=f"e{number}",
                by="Ada",
                queue="s",
                call=call,
                entered_at=entered_at,
                reached=False,
            )
        )
    (caller,) = floor_of(stream).snapshot(NINE + 600).lost.to_call_back
    assert caller.tried is not None
    assert (caller.tried.at, caller.tries, caller.times) == (NINE + 201, 2, 2)


def test_who_is_lost_after_the_moment_that_is_asked_about_is_not_lost_yet() -> None:
    floor = floor_of([*lost("a", "5551234", NINE), *lost("b", "5559999", NINE + 60)])
    past = floor.snapshot(NINE + 600).past
    found = [lost_callers(past, DAY, {}, {}, NINE + until).to_call_back for until in (60, 90, 120)]
    assert [[each.last.call for each in callers] for callers in found] == [["a"], ["a"], ["a", "b"]]


def test_who_has_no_number_has_none_to_be_shown() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallAbandoned(NINE + 30, "c", "s")])
    (caller,) = floor.snapshot(NINE + 60).lost.to_call_back
    assert caller.number is None


@pytest.fixture(params=["Asia/Shanghai", "America/Los_Angeles"])
def machine_elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """The machine's own zone is this one."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("machine_elsewhere")
def test_when_a_swap_is_over_does_not_depend_on_the_zone_of_the_machine() -> None:
    swap = Swap("e1", "1001", "2026-11-21", "1002", "2026-11-21", asked_at=DAY, refused="no")
    over = DAY + 2 * 86_400
    assert [is_over_before(swap, at) for at in (over, over + 1)] == [False, True]


def test_a_pause_is_over_in_the_queue_of_which_it_is_said() -> None:
    floor = floor_of(
        [
            *(ev.MemberAdded(NINE, queue, "amy") for queue in ("s", "t")),
            *(ev.AgentPaused(NINE + 1, "amy", queue, "lunch") for queue in ("s", "t")),
            ev.AgentResumed(NINE + 2, "amy", "s"),
        ]
    )
    queues = floor.snapshot(NINE + 3).agents["amy"].queues
    assert {queue: place.paused for queue, place in queues.items()} == {"s": False, "t": True}


def test_a_ring_of_no_time_was_refused_and_one_of_unknown_time_was_not() -> None:
    rings = ((1, 0), (2, 5_000), (3, None), (4, 4_000))
    floor = floor_of([ev.RingMissed(NINE + at, f"c{at}", "s", "amy", ring_ms) for at, ring_ms in rings])
    counts = floor.snapshot(NINE + 9).agent_counts["amy", DAY]
    assert (counts.missed_rings, counts.refused_rings) == (4, 1)
