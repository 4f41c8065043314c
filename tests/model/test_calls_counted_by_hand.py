"""Calls whose every counter, row and misfit was worked out by hand: nothing is missing, nothing beside it counts."""

import pytest

from floorwatch.model import events as ev
from floorwatch.model.entities import EndedTalk, Talk, Topic, Waiting
from floorwatch.model.events import EndedBy, Event, LeftHow, TransferKind
from tests.model.by_hand import DAY, figures, floor_of, misfits, rows

BOTH = {Topic.CALLS, Topic.QUEUES}
ALL = BOTH | {Topic.AGENTS}
NINE = DAY + 9 * 3600
ANSWERED = [
    ev.CallEntered(NINE, "c1", "s", "555", "Ann", 1),
    ev.CallAnswered(NINE + 30, "c1", "s", "amy"),
    ev.CallEntered(NINE + 40, "c2", "s", "556"),
    ev.CallAnswered(NINE + 60, "c2", "s", "bob", 19.5),
]


def test_a_caller_who_waits_is_known_with_all_that_the_line_says() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c1", "s", "555", "Ann", 3), ev.CallEntered(NINE + 1, "c2", "s")])
    snapshot = floor.snapshot(NINE + 2)
    assert list(snapshot.waiting.values()) == [
        Waiting("c1", "s", "log", NINE, 1, "555", "Ann", 3),
        Waiting("c2", "s", "log", NINE + 1, 2),
    ]
    assert figures(snapshot.queues["s"].counts) == figures(snapshot.queues["s"].interval(NINE)) == {"offered": 2}


def test_two_talks_end_by_either_side_and_every_figure_of_them_adds_up() -> None:
    floor = floor_of(
        [
            *ANSWERED,
            ev.CallHeld(NINE + 70, "c1", "s", "amy"),
            ev.CallResumed(NINE + 80, "c1", "s", "amy"),
            ev.CallHeld(NINE + 90, "c1", "s", "amy"),
            ev.CallCompleted(NINE + 95, "c1", "s", "amy", EndedBy.AGENT, 30.0, 64.0),
            ev.CallCompleted(NINE + 120, "c2", "s", "bob", EndedBy.CALLER),
            ev.CallEntered(NINE + 130, "c3", "s"),
            ev.CallAnswered(NINE + 140, "c3", "s", "amy"),
            ev.CallTransferred(NINE + 150, "c3", "s", "amy", TransferKind.BLIND, "900", 10.0, 9.0),
            ev.CallEntered(NINE + 160, "c4", "s"),
            ev.CallAnswered(NINE + 170, "c4", "s", "amy"),
            ev.CallCompleted(NINE + 190, "c4", "s", "amy", EndedBy.AGENT),
            ev.CallEntered(NINE + 200, "c5", "s"),
            ev.CallAnswered(NINE + 201, "c5", "s", "bob"),
            ev.CallTransferred(NINE + 204, "c5", "s", "bob", TransferKind.ATTENDED),
            ev.CallEntered(NINE + 210, "c6", "s"),
            ev.CallAnswered(NINE + 211, "c6", "s", "bob"),
            ev.CallCompleted(NINE + 213, "c6", "s", "bob", EndedBy.CALLER),
        ]
    )
    snapshot = floor.snapshot(NINE + 300)
    day = figures(snapshot.queues["s"].counts)
    assert day == {
        "offered": 6, "answered": 6, "answered_in_time": 5, "answered_wait_seconds": 71.5, "longest_wait_seconds": 30.0,
        "completed": 4, "transferred": 2, "ended_by_agent": 2, "ended_by_caller": 2,
        "talk_seconds": 158.0, "hold_seconds": 15.0,
    }  # fmt: skip
    assert figures(snapshot.queues["s"].interval(NINE)) == day
    assert figures(snapshot.agent_today("amy")) == {
        "answered": 3, "ended": 3, "ended_by_agent": 2, "transferred": 1, "talk_seconds": 93.0,
        "on_call_seconds": 40.0 + 10.0 + 10.0 + 20.0, "on_hold_seconds": 15.0, "available_seconds": 45.0 + 20.0,
    }  # fmt: skip
    assert figures(snapshot.agent_today("bob"))["answered"] == 3
    assert rows(floor, "visits")[:2] == [
        ("log", "s", "c1", "555", "answered", "amy", NINE, NINE + 30, 30.0),
        ("log", "s", "c2", "556", "answered", "bob", NINE + 40, NINE + 60, 19.5),
    ]
    assert rows(floor, "talks")[:3] == [
        ("log", "s", "c1", "amy", "completed", "agent", NINE, NINE + 30, NINE + 95, 64.0, 15.0),
        ("log", "s", "c2", "bob", "completed", "caller", NINE + 40, NINE + 60, NINE + 120, 60.0, 0.0),
        ("log", "s", "c3", "amy", "transferred", None, NINE + 130, NINE + 140, NINE + 150, 9.0, 0.0),
    ]
    assert snapshot.agents["amy"].last_talk == EndedTalk("c4", "s", NINE + 190, 20.0, "agent", NINE + 170)
    assert misfits(snapshot) == {}


def test_a_talk_knows_its_caller_its_wait_and_its_hold() -> None:
    floor = floor_of([*ANSWERED, ev.CallHeld(NINE + 70, "c2", "s", "bob"), ev.CallHeld(NINE + 71, "c1", "s", "amy")])
    floor.apply(ev.CallResumed(NINE + 76, "c1", "s", "amy"), "log")
    floor.apply(ev.CallHeld(NINE + 80, "c1", "s", "amy"), "log")
    floor.apply(ev.CallResumed(NINE + 83, "c1", "s", "amy"), "log")
    assert list(floor.snapshot(NINE + 90).talks.values()) == [
        Talk("c1", "s", "log", "amy", NINE + 30, NINE, 30.0, "555", None, 8.0),
        Talk("c2", "s", "log", "bob", NINE + 60, NINE + 40, 19.5, "556", NINE + 70, 0.0),
    ]


def test_lines_that_go_back_in_time_make_no_negative_length() -> None:
    floor = floor_of([*ANSWERED, ev.CallHeld(NINE + 70, "c1", "s", "amy"), ev.CallResumed(NINE + 60, "c1", "s", "amy")])
    floor.apply(ev.CallHeld(NINE + 70, "c1", "s", "amy"), "log")
    floor.apply(ev.CallCompleted(NINE + 20, "c1", "s", "amy"), "log")
    floor.apply(ev.CallEntered(NINE + 500, "c3", "s"), "log")
    floor.apply(ev.CallAbandoned(NINE + 490, "c3", "s"), "log")
    floor.apply(ev.CallEntered(NINE + 510, "c4", "s"), "log")
    floor.apply(ev.CallAbandoned(NINE + 510, "c4", "s", None, -5.0), "log")
    counts = floor.snapshot(NINE + 600).queues["s"].counts
    assert (counts.hold_seconds, counts.talk_seconds, counts.abandoned_wait_seconds) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("how", LeftHow)
def test_each_way_out_counts_its_own_and_the_wait_that_the_line_gives(how: LeftHow) -> None:
    floor = floor_of([ev.CallEntered(NINE, "c1", "s"), ev.CallEntered(NINE + 1, "c2", "s")])
    floor.apply(ev.CallLeft(NINE + 10, "c1", "s", how, None, 9.25), "log")
    floor.apply(ev.CallLeft(NINE + 10, "c2", "s", how), "log")
    counts = floor.snapshot(NINE + 20).queues["s"].counts
    assert figures(counts) == {
        "offered": 2, f"left_{how.value}": 2, "left_wait_seconds": 18.25, "longest_wait_seconds": 9.25
    }  # fmt: skip
    assert counts.left == 2
    assert [row[4] for row in rows(floor, "visits")] == [how.value, how.value]


def test_who_gives_up_is_short_before_the_fifth_second_and_in_time_up_to_the_target() -> None:
    stream: list[Event] = []
    for number, wait in enumerate((4.9, 5.0, 20.0, 20.5)):
        stream.append(ev.CallEntered(NINE, f"c{number}", "s"))
        stream.append(ev.CallAbandoned(NINE + wait, f"c{number}", "s", 1, wait))
    snapshot = floor_of(stream).snapshot(NINE + 60)
    assert figures(snapshot.queues["s"].counts) == {
        "offered": 4, "abandoned": 4, "abandoned_in_time": 3, "short_abandons": 1,
        "abandoned_wait_seconds": 50.4, "longest_wait_seconds": 20.5,
    }  # fmt: skip


REPEATED: dict[str, tuple[list[Event], str]] = {
    "entry": ([ev.CallEntered(NINE, "c", "s"), ev.CallEntered(NINE, "c", "s")], "entry repeated"),
    "entry of an ended visit": (
        [ev.CallEntered(NINE, "c", "s"), ev.CallAbandoned(NINE + 5, "c", "s"), ev.CallEntered(NINE, "c", "s")],
        "entry repeated",
    ),
    "answer": ([*ANSWERED[:2], ANSWERED[1]], "answer repeated"),
    "end": (
        [*ANSWERED[:2], ev.CallCompleted(NINE + 40, "c1", "s", "amy"), ev.CallCompleted(NINE + 40, "c1", "s", "amy")],
        "end without talk",
    ),
    "transfer": (
        [*ANSWERED[:2], *[ev.CallTransferred(NINE + 40, "c1", "s", "amy", TransferKind.BLIND)] * 2],
        "end without talk",
    ),
    "abandon": ([ev.CallEntered(NINE, "c", "s"), *[ev.CallAbandoned(NINE + 5, "c", "s")] * 2], "left without entry"),
    "hold": ([*ANSWERED[:2], *[ev.CallHeld(NINE + 40, "c1", "s", "amy")] * 2], "hold repeated"),
    "ring in vain": (
        [ev.CallEntered(NINE, "c", "s"), *[ev.RingMissed(NINE + 5, "c", "s", "amy", 900)] * 2],
        "missed ring repeated",
    ),
    "hold without talk": ([ev.CallHeld(NINE, "c1", "s", "amy")], "hold without talk"),
    "resume": ([*ANSWERED[:2], ev.CallResumed(NINE + 40, "c1", "s", "amy")], "resume without hold"),
    "resume without talk": ([ev.CallResumed(NINE, "c1", "s", "amy")], "resume without hold"),
    "ring": ([ev.CallRang(NINE, "c1", "s", "amy")], "ring without entry"),
    "member": ([*[ev.MemberAdded(NINE, "amy", "s")] * 2], "member added twice"),
    "removal": ([ev.MemberAdded(NINE, "amy", "s"), *[ev.MemberRemoved(NINE, "amy", "s")] * 2], "member removed twice"),
    "back to work": ([ev.MemberAdded(NINE, "amy", "s"), ev.AgentResumed(NINE, "amy", "s")], "resume without pause"),
    "wrap-up": ([ev.WrapUpEnded(NINE, "amy", "s")], "wrap-up ended without start"),
}


@pytest.mark.parametrize("case", REPEATED)
def test_what_does_not_fit_is_one_misfit_of_its_feed_by_its_name_and_counts_nowhere_else(case: str) -> None:
    stream, kind = REPEATED[case]
    floor = floor_of(stream[:-1])
    before = floor.snapshot(NINE + 100)
    assert misfits(before) == {}
    floor.apply(stream[-1], "log")
    after = floor.snapshot(NINE + 100)
    assert misfits(after) == {kind: 1}
    assert (after.day_counts, after.past, after.talks, after.waiting) == (
        before.day_counts, before.past, before.talks, before.waiting
    )  # fmt: skip


def test_who_enters_twice_is_lost_once_and_waits_since_the_second_time() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallEntered(NINE + 7, "c", "s")])
    snapshot = floor.snapshot(NINE + 10)
    assert misfits(snapshot) == {"entered twice": 1}
    assert figures(snapshot.queues["s"].counts) == {
        "offered": 2, "left_lost": 1, "left_wait_seconds": 7.0, "longest_wait_seconds": 7.0
    }  # fmt: skip
    assert [(visit.entered_at, visit.order) for visit in snapshot.waiting.values()] == [(NINE + 7, 2)]


def test_a_call_comes_back_to_its_queue_and_is_a_visit_of_its_own() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallAbandoned(NINE + 5, "c", "s")])
    floor.apply(ev.CallEntered(NINE + 6, "c", "s"), "log")
    floor.apply(ev.CallAbandoned(NINE + 8, "c", "s"), "log")
    snapshot = floor.snapshot(NINE + 10)
    assert misfits(snapshot) == {}
    counts = snapshot.queues["s"].counts
    assert (counts.offered, counts.abandoned, counts.abandoned_wait_seconds) == (2, 2, 7.0)


def test_an_answer_without_an_entry_is_shown_and_counts_for_the_agent_alone() -> None:
    stream = [ev.CallAnswered(NINE, f"c{number}", "s", "amy", 12.0) for number in range(2)]
    floor = floor_of(stream)
    snapshot = floor.snapshot(NINE + 1)
    assert misfits(snapshot) == {"answer without entry": 2}
    assert next(iter(snapshot.talks.values())) == Talk("c0", "s", "log", "amy", NINE, None, 12.0)
    assert (figures(snapshot.queues["s"].counts), figures(snapshot.agent_today("amy"))) == ({}, {"answered": 2})
    floor.apply(ev.CallCompleted(NINE + 50, "c0", "s", "amy", EndedBy.CALLER), "log")
    snapshot = floor.snapshot(NINE + 60)
    assert figures(snapshot.queues["s"].interval(NINE)) == {
        "completed": 1, "ended_by_caller": 1, "talk_seconds": 50.0
    }  # fmt: skip
    assert rows(floor, "talks") == [
        ("log", "s", "c0", "amy", "completed", "caller", None, NINE, NINE + 50, 50.0, 0.0),
    ]
    assert snapshot.agents["amy"].calls == (("s", "c1"),)


def test_an_answer_by_another_agent_ends_the_first_talk_as_lost() -> None:
    floor = floor_of([*ANSWERED[:2], ev.CallAnswered(NINE + 40, "c1", "s", "bob")])
    snapshot = floor.snapshot(NINE + 50)
    assert misfits(snapshot)["answered twice"] == 1
    assert [row[3:5] for row in rows(floor, "talks")] == [("amy", "lost")]
    assert [talk.agent for talk in snapshot.talks.values()] == ["bob"]
    assert snapshot.agents["amy"].calls == ()
    assert figures(snapshot.queues["s"].counts) == {
        "offered": 1, "answered": 1, "answered_wait_seconds": 30.0, "longest_wait_seconds": 30.0
    }  # fmt: skip


def test_a_restart_loses_the_calls_of_its_feed_alone() -> None:
    floor = floor_of([*ANSWERED, ev.CallEntered(NINE + 61, "c3", "s")])
    floor.apply(ev.CallEntered(NINE + 62, "x1", "s"), "other")
    floor.apply(ev.CallEntered(NINE + 62, "x2", "s"), "other")
    floor.apply(ev.CallAnswered(NINE + 63, "x2", "s", "cat"), "other")
    assert floor.apply(ev.SwitchRestarted(NINE + 70), "log") == ALL
    snapshot = floor.snapshot(NINE + 80)
    assert ([*snapshot.waiting], [*snapshot.talks]) == ([("s", "x1")], [("s", "x2")])
    assert [row[2:5] for row in rows(floor, "talks")] == [("c1", "amy", "restart"), ("c2", "bob", "restart")]
    assert rows(floor, "visits")[-1] == ("log", "s", "c3", None, "restart", None, NINE + 61, NINE + 70, 9.0)
    assert {"left_restart": 1, "left_wait_seconds": 9.0}.items() <= figures(snapshot.queues["s"].counts).items()
    assert "talk_seconds" not in figures(snapshot.queues["s"].counts)


def test_what_an_event_touches_is_what_it_says() -> None:
    floor = floor_of([])
    said = [
        (ev.CallEntered(NINE, "c1", "s"), BOTH),
        (ev.CallAbandoned(NINE, "c1", "s"), BOTH),
        (ev.CallEntered(NINE, "c2", "s"), BOTH),
        (ev.CallRang(NINE, "c2", "s", "amy"), ALL),
        (ev.CallAbandoned(NINE + 1, "c2", "s"), ALL),
        (ev.CallEntered(NINE, "c3", "s"), BOTH),
        (ev.CallRang(NINE, "c3", "s", "amy"), ALL),
        (ev.CallEntered(NINE + 1, "c3", "s"), ALL),
        (ev.CallAnswered(NINE + 2, "c3", "s", "amy"), ALL),
        (ev.CallHeld(NINE + 3, "c3", "s", "amy"), ALL),
        (ev.CallResumed(NINE + 4, "c3", "s", "amy"), ALL),
        (ev.CallCompleted(NINE + 5, "c3", "s", "amy"), ALL),
    ]
    for event, topics in said:
        assert floor.apply(event, "log") == topics, event


def test_an_agent_with_two_calls_keeps_the_other_one() -> None:
    floor = floor_of([*ANSWERED[:3], ev.CallAnswered(NINE + 60, "c2", "s", "amy")])
    floor.apply(ev.CallCompleted(NINE + 70, "c1", "s", "amy"), "log")
    agent = floor.snapshot(NINE + 80).agents["amy"]
    assert (agent.calls, agent.state) == ((("s", "c2"),), "on_call")


def test_the_ringing_of_all_telephones_ends_with_the_wait() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c1", "s"), ev.CallEntered(NINE, "c2", "s")])
    for call, agent in (("c1", "amy"), ("c1", "bob"), ("c2", "amy")):
        floor.apply(ev.CallRang(NINE + 1, call, "s", agent), "log")
    assert floor.snapshot(NINE + 2).agents["amy"].ringing == (("s", "c1"), ("s", "c2"))
    floor.apply(ev.CallAbandoned(NINE + 5, "c1", "s"), "log")
    agents = floor.snapshot(NINE + 6).agents
    assert (agents["amy"].ringing, agents["bob"].ringing) == ((("s", "c2"),), ())
    assert (agents["amy"].state, agents["bob"].state) == ("ringing", "available")


def transferred(*stream: Event, since: float = 1.0) -> list[Event]:
    """Amy talks with a caller of s; somebody asks for the caller's next agent in t, where Bob's telephone rings."""
    return [
        *ANSWERED[:2],
        ev.CallEntered(NINE + 40 - since, "x1", "t", "101", "Amy"),
        ev.CallRang(NINE + 41, "x1", "t", "bob"),
        *stream,
        ev.CallAnswered(NINE + 50, "c1", "t", "bob", 10.0),
    ]


@pytest.mark.parametrize("since", [1.0, -1.0])
def test_a_call_that_was_handed_over_goes_on_in_the_place_of_who_asked(since: float) -> None:
    floor = floor_of(transferred(since=since))
    snapshot = floor.snapshot(NINE + 60)
    assert misfits(snapshot) == {"answer after transfer": 1}
    assert (dict(snapshot.waiting), snapshot.agents["bob"].ringing) == ({}, ())
    assert snapshot.talks["t", "c1"] == Talk("c1", "t", "log", "bob", NINE + 50, NINE + 40 - since, 10.0, "555")
    assert rows(floor, "visits")[-1][:6] == ("log", "t", "c1", "555", "answered", "bob")
    assert snapshot.queues["t"].counts.answered == 1


@pytest.mark.parametrize(
    "between",
    [
        [ev.CallEntered(NINE + 41, "x2", "t")],
        [ev.CallAbandoned(NINE + 45, "x1", "t")],
    ],
    ids=["two might have been", "nobody is left"],
)
def test_where_nobody_can_be_told_to_have_asked_the_talk_is_shown_alone(between: list[Event]) -> None:
    floor = floor_of(transferred(*between))
    snapshot = floor.snapshot(NINE + 60)
    assert snapshot.talks["t", "c1"].entered_at is None
    assert snapshot.queues["t"].counts.answered == 0
    before = floor_of(transferred(since=1.5)).snapshot(NINE + 60)
    assert ([*before.waiting], before.queues["t"].counts.answered) == ([("t", "x1")], 0)


@pytest.mark.parametrize(("at", "ends"), [(NINE + 40, False), (NINE + 35, True)])
def test_an_ending_said_once_more_ends_no_later_talk_and_one_of_a_slow_clock_does(at: float, ends: bool) -> None:
    floor = floor_of(
        [*ANSWERED[:2], ev.CallCompleted(NINE + 40, "c1", "s", "amy"), ev.CallEntered(NINE + 45, "c1", "s")]
    )
    floor.apply(ev.CallAnswered(NINE + 50, "c1", "s", "amy"), "log")
    floor.apply(ev.CallCompleted(at, "c1", "s", "amy"), "log")
    snapshot = floor.snapshot(NINE + 60)
    assert (("s", "c1") not in snapshot.talks) is ends
    assert misfits(snapshot) == ({} if ends else {"end without talk": 1})
