"""The fold: what each event makes of the floor, what does not fit, and what must hold for any stream at all."""

from typing import get_args

import pytest

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import AgentState, Fact, Topic
from floorwatch.model.events import EndedBy, Event, LeftHow, TransferKind
from floorwatch.model.floor import FOLDS, Floor
from floorwatch.model.metrics import figure_of
from floorwatch.model.people import read_people
from floorwatch.model.targets import FloorRules

DAY = 1_795_219_200.0  # 2026-11-21 00:00 UTC
RULES = FloorRules(FloorDays())


def floor_of(*stream: Event) -> Floor:
    floor = Floor(RULES)
    for event in stream:
        floor.apply(event, "log")
    return floor


def misfits(floor: Floor, at: float = DAY + 3600) -> dict[str, int]:
    return dict(floor.snapshot(at).feeds["log"].misfits)


def test_the_fold_table_is_complete_over_all_events() -> None:
    assert set(FOLDS) == set(get_args(ev.AnyEvent))
    assert {name for name in vars(ev) if isinstance(getattr(ev, name), type) and issubclass(getattr(ev, name), Event)} \
        - {"Event", "Entered"} == {event.__name__ for event in FOLDS}  # fmt: skip


def test_a_call_is_offered_answered_and_completed_once() -> None:
    floor = floor_of(
        ev.CallEntered(DAY + 10, "c1", "support", "13800138000"),
        ev.CallAnswered(DAY + 15, "c1", "support", "王芳", 5.0),
        ev.CallCompleted(DAY + 75, "c1", "support", "王芳", EndedBy.AGENT, 5.0, 60.0),
    )
    counts = floor.snapshot(DAY + 100).queues["support"].counts
    assert (counts.offered, counts.answered, counts.answered_in_time, counts.completed) == (1, 1, 1, 1)
    assert (counts.talk_seconds, counts.answered_wait_seconds, counts.ended_by_agent) == (60.0, 5.0, 1)


def test_a_call_counts_where_it_entered_though_it_ends_in_another_interval_and_day() -> None:
    last_minute = DAY + 86_400 - 30
    floor = floor_of(
        ev.CallEntered(last_minute, "c1", "q"),
        ev.CallAnswered(last_minute + 60, "c1", "q", "a"),
        ev.CallCompleted(last_minute + 2000, "c1", "q", "a"),
    )
    snapshot = floor.snapshot(last_minute + 3000)
    assert snapshot.day_start == DAY + 86_400
    assert snapshot.queues["q"].counts.offered == 0
    assert snapshot.queues["q"].counts_since(DAY).completed == 1
    assert snapshot.queues["q"].interval(DAY + 86_400 - 900).talk_seconds == 1940.0


def test_an_agent_is_what_the_first_true_state_says() -> None:
    floor = Floor(RULES)
    steps: list[tuple[Event, AgentState]] = [
        (ev.MemberAdded(DAY, "a", "q"), AgentState.AVAILABLE),
        (ev.AgentPaused(DAY + 1, "a", "q", "Lunch"), AgentState.PAUSED),
        (ev.WrapUpStarted(DAY + 2, "a"), AgentState.WRAP_UP),
        (ev.CallEntered(DAY + 3, "c", "q"), AgentState.WRAP_UP),
        (ev.CallRang(DAY + 4, "c", "q", "a"), AgentState.RINGING),
        (ev.CallAnswered(DAY + 5, "c", "q", "a"), AgentState.ON_CALL),
        (ev.CallHeld(DAY + 6, "c", "q", "a"), AgentState.ON_HOLD),
        (ev.DeviceFailed(DAY + 7, "a", "unavailable"), AgentState.FAULT),
        (ev.DeviceRestored(DAY + 8, "a"), AgentState.ON_HOLD),
        (ev.CallResumed(DAY + 9, "c", "q", "a"), AgentState.ON_CALL),
        (ev.CallCompleted(DAY + 10, "c", "q", "a"), AgentState.PAUSED),
        (ev.AgentResumed(DAY + 11, "a", "q"), AgentState.AVAILABLE),
        (ev.MemberRemoved(DAY + 12, "a", "q"), AgentState.SIGNED_OUT),
    ]
    for event, state in steps:
        floor.apply(event, "log")
        agent = floor.snapshot(event.at).agents["a"]
        assert agent.state is state, event
        assert agent.since is not None


def test_paused_means_paused_in_all_memberships() -> None:
    floor = floor_of(
        ev.MemberAdded(DAY, "a", "q1"),
        ev.MemberAdded(DAY, "a", "q2"),
        ev.AgentPaused(DAY + 1, "a", "q1", "Lunch"),
    )
    assert floor.snapshot(DAY + 2).agents["a"].state is AgentState.AVAILABLE
    floor.apply(ev.AgentPaused(DAY + 3, "a", "q2", "Lunch"), "log")
    agent = floor.snapshot(DAY + 4).agents["a"]
    assert (agent.state, agent.pause_reason, agent.since) == (AgentState.PAUSED, "Lunch", DAY + 3)


def test_a_new_reason_begins_a_new_pause_on_the_clock() -> None:
    floor = floor_of(
        ev.MemberAdded(DAY, "a", "q"),
        ev.AgentPaused(DAY + 1, "a", "q", "Restroom"),
        ev.AgentPaused(DAY + 60, "a", "q", "Lunch"),
    )
    agent = floor.snapshot(DAY + 90).agents["a"]
    assert (agent.pause_reason, agent.since) == ("Lunch", DAY + 60)


def test_a_pause_of_all_queues_and_its_end_reach_every_membership() -> None:
    floor = floor_of(ev.MemberAdded(DAY, "a", "q1"), ev.MemberAdded(DAY, "a", "q2"), ev.AgentPaused(DAY + 1, "a"))
    assert floor.snapshot(DAY + 2).agents["a"].state is AgentState.PAUSED
    floor.apply(ev.AgentResumed(DAY + 3, "a"), "log")
    assert floor.snapshot(DAY + 4).agents["a"].state is AgentState.AVAILABLE


def test_a_feed_without_queues_for_its_agents_still_gives_their_states() -> None:
    floor = floor_of(ev.AgentSignedIn(DAY, "a"), ev.AgentPaused(DAY + 1, "a", None, "Lunch"))
    assert floor.snapshot(DAY + 2).agents["a"].state is AgentState.PAUSED
    floor.apply(ev.AgentSignedOut(DAY + 3, "a"), "log")
    assert floor.snapshot(DAY + 4).agents["a"].state is AgentState.SIGNED_OUT


def test_who_takes_a_call_without_having_joined_is_a_static_member() -> None:
    floor = floor_of(
        ev.CallEntered(DAY, "c", "q"),
        ev.CallAnswered(DAY + 1, "c", "q", "Static Sam"),
        ev.CallCompleted(DAY + 9, "c", "q", "Static Sam"),
    )
    agent = floor.snapshot(DAY + 10).agents["Static Sam"]
    assert agent.state is AgentState.AVAILABLE
    assert agent.queues["q"].member is None


def test_a_removed_member_finishes_the_call_and_is_then_signed_out() -> None:
    floor = floor_of(
        ev.MemberAdded(DAY, "a", "q"),
        ev.CallEntered(DAY + 1, "c", "q"),
        ev.CallAnswered(DAY + 2, "c", "q", "a"),
        ev.MemberRemoved(DAY + 3, "a", "q"),
    )
    assert floor.snapshot(DAY + 4).agents["a"].state is AgentState.ON_CALL
    floor.apply(ev.CallCompleted(DAY + 5, "c", "q", "a"), "log")
    assert floor.snapshot(DAY + 6).agents["a"].state is AgentState.SIGNED_OUT


def test_a_transfer_written_after_the_next_entry_closes_the_talk_and_not_the_wait() -> None:
    floor = floor_of(
        ev.CallEntered(DAY, "c", "q"),
        ev.CallAnswered(DAY + 2, "c", "q", "a", 2.0),
        ev.CallEntered(DAY + 9, "c", "q"),
        ev.CallTransferred(DAY + 9, "c", "q", "a", TransferKind.BLIND, "7100", 2.0, 7.0),
    )
    snapshot = floor.snapshot(DAY + 10)
    assert [(w.call, w.entered_at) for w in snapshot.queues["q"].waiting] == [("c", DAY + 9)]
    assert not snapshot.talks
    assert (snapshot.queues["q"].counts.offered, snapshot.queues["q"].counts.transferred) == (2, 1)


def test_a_second_entry_closes_the_first_as_lost() -> None:
    floor = floor_of(ev.CallEntered(DAY, "c", "q"), ev.CallEntered(DAY + 30, "c", "q"))
    snapshot = floor.snapshot(DAY + 40)
    assert snapshot.queues["q"].counts.left_lost == 1
    assert snapshot.queues["q"].waiting[0].entered_at == DAY + 30
    assert misfits(floor) == {"entered twice": 1}


def test_lines_said_twice_change_nothing() -> None:
    stream: list[Event] = [
        ev.CallEntered(DAY, "c", "q"),
        ev.CallAnswered(DAY + 3, "c", "q", "a"),
        ev.CallCompleted(DAY + 9, "c", "q", "a"),
        ev.CallEntered(DAY + 10, "d", "q"),
        ev.CallAbandoned(DAY + 12, "d", "q"),
    ]
    once, twice = floor_of(*stream), floor_of(*(event for event in stream for _ in range(2)))
    again = floor_of(*stream, *stream)
    for floor in (twice, again):
        assert floor.snapshot(DAY + 20).day_counts == once.snapshot(DAY + 20).day_counts
        assert sum(misfits(floor).values()) == len(stream)


def test_an_answer_without_an_entry_is_shown_but_not_counted() -> None:
    floor = floor_of(ev.CallAnswered(DAY, "c", "q", "a"))
    snapshot = floor.snapshot(DAY + 5)
    assert snapshot.agents["a"].state is AgentState.ON_CALL
    assert snapshot.queues["q"].counts.answered == 0
    assert misfits(floor) == {"answer without entry": 1}


def test_a_second_ending_is_a_misfit() -> None:
    floor = floor_of(
        ev.CallEntered(DAY, "c", "q"),
        ev.CallLeft(DAY + 5, "c", "q", LeftHow.EMPTY),
        ev.CallAbandoned(DAY + 5, "c", "q"),
    )
    counts = floor.snapshot(DAY + 6).queues["q"].counts
    assert (counts.left_empty, counts.abandoned) == (1, 0)
    assert misfits(floor) == {"left without entry": 1}


def test_a_restart_loses_the_open_calls_of_its_feed_only_and_keeps_members() -> None:
    floor = Floor(RULES)
    floor.apply(ev.MemberAdded(DAY, "a", "q"), "one")
    floor.apply(ev.AgentPaused(DAY, "a", "q", "Lunch"), "one")
    for feed in ("one", "two"):
        floor.apply(ev.CallEntered(DAY + 1, f"w-{feed}", "q"), feed)
        floor.apply(ev.CallEntered(DAY + 1, f"t-{feed}", "q"), feed)
        floor.apply(ev.CallAnswered(DAY + 2, f"t-{feed}", "q", f"agent-{feed}"), feed)
    floor.apply(ev.SwitchRestarted(DAY + 3), "one")
    snapshot = floor.snapshot(DAY + 4)
    assert [w.call for w in snapshot.queues["q"].waiting] == ["w-two"]
    assert [t.call for t in snapshot.talks.values()] == ["t-two"]
    assert snapshot.agents["a"].state is AgentState.PAUSED
    assert snapshot.queues["q"].counts.left_restart == 1


def test_a_shared_name_is_told_apart_by_queue_membership() -> None:
    people = read_people("interface,name\nSIP/1,王芳\nSIP/2,王芳\n", "people.csv")
    floor = Floor(RULES, people)
    for event in (
        ev.MemberAdded(DAY, "SIP/1", "sales"),
        ev.MemberAdded(DAY, "SIP/2", "billing"),
        ev.CallEntered(DAY + 1, "c", "billing"),
        ev.CallAnswered(DAY + 2, "c", "billing", "王芳"),
    ):
        floor.apply(event, "log")
    agents = floor.snapshot(DAY + 3).agents
    assert (agents["SIP/1"].state, agents["SIP/2"].state) == (AgentState.AVAILABLE, AgentState.ON_CALL)


def test_a_name_that_stays_ambiguous_shows_as_a_person_of_its_own() -> None:
    people = read_people("interface,name\nSIP/1,王芳\nSIP/2,王芳\n", "people.csv")
    floor = Floor(RULES, people)
    for event in (
        ev.MemberAdded(DAY, "SIP/1", "q"),
        ev.MemberAdded(DAY, "SIP/2", "q"),
        ev.CallEntered(DAY + 1, "c", "q"),
        ev.CallAnswered(DAY + 2, "c", "q", "王芳"),
    ):
        floor.apply(event, "log")
    assert floor.snapshot(DAY + 3).agents["王芳"].state is AgentState.ON_CALL


def test_what_no_feed_can_tell_is_none_and_what_one_can_is_a_number() -> None:
    floor = floor_of(ev.MemberAdded(DAY, "a", "q"))
    assert floor.snapshot(DAY + 1).total.agents_by_state[AgentState.ON_HOLD] is None
    floor.give(frozenset({Fact.HOLD}))
    assert floor.snapshot(DAY + 1).total.agents_by_state[AgentState.ON_HOLD] == 0


def test_state_seconds_are_cut_at_the_edge_of_the_day() -> None:
    midnight = DAY + 86_400
    floor = floor_of(
        ev.MemberAdded(midnight - 100, "a", "q"),
        ev.AgentPaused(midnight + 50, "a", "q", "Lunch"),
    )
    snapshot = floor.snapshot(midnight + 60)
    assert snapshot.agent_counts["a", DAY].available_seconds == 100.0
    assert snapshot.agent_counts["a", midnight].available_seconds == 50.0


def test_a_stale_call_is_left_out_of_the_longest_wait() -> None:
    floor = floor_of(ev.CallEntered(DAY, "old", "q"), ev.CallEntered(DAY + 5 * 3600 - 30, "new", "q"))
    scope = floor.snapshot(DAY + 5 * 3600).queues["q"]
    assert figure_of(scope, "longest-wait").value == 30.0
    assert len(scope.waiting) == 2


def test_a_snapshot_does_not_change_when_the_floor_does() -> None:
    floor = floor_of(ev.CallEntered(DAY, "c", "q"))
    before = floor.snapshot(DAY + 1)
    floor.apply(ev.CallAbandoned(DAY + 2, "c", "q"), "log")
    after = floor.snapshot(DAY + 3)
    assert (len(before.waiting), before.day_counts["q", DAY].abandoned) == (1, 0)
    assert (len(after.waiting), after.day_counts["q", DAY].abandoned) == (0, 1)


@pytest.mark.parametrize(
    ("event", "topic"),
    [
        (ev.CallEntered(DAY, "c", "q"), Topic.QUEUES),
        (ev.MemberAdded(DAY, "a", "q"), Topic.AGENTS),
        (ev.Unrecognised(DAY, "QA"), Topic.FEEDS),
        (ev.Custom(DAY, "mood", "a", {"is": "steady"}), Topic.CUSTOM),
    ],
)
def test_apply_says_what_it_touched(event: Event, topic: Topic) -> None:
    assert topic in Floor(RULES).apply(event, "log")


def test_a_plugin_keeps_state_by_subject_and_forgets_it() -> None:
    floor = floor_of(ev.Custom(DAY, "mood", "a", {"is": "steady"}), ev.Custom(DAY, "mood", "b", {"is": "tired"}))
    assert floor.snapshot(DAY).custom["mood"]["b"] == {"is": "tired"}
    floor.apply(ev.Custom(DAY + 1, "mood", "b"), "log")
    assert set(floor.snapshot(DAY + 2).custom["mood"]) == {"a"}
