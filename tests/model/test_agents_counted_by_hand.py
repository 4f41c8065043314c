"""Agents whose every state, second and row was worked out by hand, in one queue and in several."""

import pytest

from floorwatch.model import events as ev
from floorwatch.model.counts import AgentCounts
from floorwatch.model.duty import Presence, Spell
from floorwatch.model.entities import Agent, AgentState, Membership, MissedRing, Topic
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from tests.model.by_hand import DAY, figures, floor_of, misfits, rows

NINE = DAY + 9 * 3600
AGENT = {Topic.AGENTS, Topic.QUEUES}
ALL = AGENT | {Topic.CALLS}
PEOPLE = "name,interface,number,seat,team\nAnn Lee,SIP/1,1001,A1,blue\nBo Li,SIP/2,1002,B2,red\n"
TWINS = "name,interface,number\nJo Ray,SIP/1,1001\nJo Ray,SIP/2,1002\n"


def agent_after(*stream: Event, agent: str = "amy") -> Agent:
    return floor_of(stream).snapshot(NINE + 3000).agents[agent]


def test_a_membership_says_whether_it_began_paused_and_when() -> None:
    added = agent_after(ev.MemberAdded(NINE, "amy", "s"), ev.MemberAdded(NINE + 1, "amy", "t", paused=True))
    assert added.queues == {"s": Membership(True), "t": Membership(True, True, None, NINE + 1)}
    assert (added.state, added.since) == (AgentState.AVAILABLE, NINE)


def test_who_joins_or_signs_in_is_at_work_since_the_first_time_of_the_day() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "amy", "s"), ev.MemberAdded(NINE + 60, "amy", "t")])
    floor.apply(ev.AgentSignedIn(NINE + 70, "bob"), "log")
    floor.apply(ev.AgentSignedOut(NINE + 80, "bob"), "log")
    floor.apply(ev.AgentSignedIn(NINE + 90, "bob"), "log")
    snapshot = floor.snapshot(NINE + 100)
    assert [snapshot.agent_today(name).signed_in_at for name in ("amy", "bob")] == [NINE, NINE + 70]
    assert snapshot.agents["bob"].queues == {"": Membership(True)}


def test_who_signs_out_leaves_what_was_implied_and_stays_where_a_line_said_so() -> None:
    agent = agent_after(
        ev.MemberAdded(NINE, "amy", "s", paused=True),
        ev.AgentPaused(NINE + 1, "amy", "t"),
        ev.AgentSignedIn(NINE + 2, "amy"),
        ev.WrapUpStarted(NINE + 3, "amy"),
        ev.AgentSignedOut(NINE + 4, "amy"),
    )
    gone = Membership(member=False)
    assert agent.queues == {"s": Membership(True, True, None, NINE), "t": gone, "": gone}
    assert agent.wrap_up_since is None


def test_a_pause_has_its_reason_and_its_first_moment_and_ends_with_the_membership() -> None:
    stream: list[Event] = [
        ev.MemberAdded(NINE, "amy", "s"),
        ev.AgentPaused(NINE + 10, "amy", "s", "Lunch"),
        ev.AgentPaused(NINE + 20, "amy", "s", "Training"),
    ]
    assert agent_after(*stream).queues["s"] == Membership(True, True, "Training", NINE + 10)
    assert agent_after(*stream, ev.AgentResumed(NINE + 30, "amy", "s")).queues["s"] == Membership(True)
    removed = agent_after(*stream, ev.MemberRemoved(NINE + 30, "amy", "s"))
    assert (removed.queues["s"], removed.state) == (Membership(member=False), AgentState.SIGNED_OUT)
    implied = agent_after(*stream, ev.MemberRemoved(NINE + 30, "amy", "s"), ev.AgentPaused(NINE + 40, "amy", "s"))
    assert implied.queues["s"] == Membership(None, True, None, NINE + 40)


def test_a_pause_of_no_queue_is_one_of_all_that_the_agent_is_in() -> None:
    stream: list[Event] = [ev.MemberAdded(NINE, "amy", queue) for queue in "stu"]
    stream += [ev.MemberRemoved(NINE + 1, "amy", "u"), ev.AgentPaused(NINE + 2, "amy", None, "Lunch")]
    paused = Membership(True, True, "Lunch", NINE + 2)
    assert agent_after(*stream).queues == {"s": paused, "t": paused, "u": Membership(member=False)}
    assert agent_after(ev.AgentPaused(NINE, "amy")).queues == {"": Membership(None, True, None, NINE)}


def test_the_reason_of_a_pause_everywhere_is_the_latest_one_and_of_two_at_once_the_first() -> None:
    def paused(*whens: float) -> str | None:
        pauses = [ev.AgentPaused(NINE + at, "amy", f"q{n}", f"reason {n}") for n, at in enumerate(whens)]
        return agent_after(*pauses).pause_reason

    assert paused(1, 2, 3) == "reason 2"
    assert paused(3, 3, 3) == "reason 0"


def test_every_second_of_a_spell_counts_once_for_its_state() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "amy", "s")])
    for turn in (0, 1000):
        at = NINE + turn
        floor.apply(ev.CallEntered(at + 10, f"c{turn}", "s"), "log")
        floor.apply(ev.CallRang(at + 20, f"c{turn}", "s", "amy"), "log")
        floor.apply(ev.CallAnswered(at + 23, f"c{turn}", "s", "amy"), "log")
        floor.apply(ev.CallHeld(at + 40, f"c{turn}", "s", "amy"), "log")
        floor.apply(ev.CallResumed(at + 45, f"c{turn}", "s", "amy"), "log")
        floor.apply(ev.CallCompleted(at + 100, f"c{turn}", "s", "amy"), "log")
        floor.apply(ev.WrapUpStarted(at + 107, "amy", "s"), "log")
        floor.apply(ev.WrapUpEnded(at + 120, "amy", "s"), "log")
        floor.apply(ev.AgentPaused(at + 130, "amy", "s", "Lunch"), "log")
        floor.apply(ev.AgentResumed(at + 430, "amy", "s"), "log")
    snapshot = floor.snapshot(NINE + 2000)
    counts = snapshot.agent_today("amy")
    assert figures(counts) == {
        "answered": 2, "ended": 2, "talk_seconds": 154.0, "signed_in_at": NINE,
        "available_seconds": 20.0 + 7.0 + 10.0 + 590.0 + 7.0 + 10.0, "on_call_seconds": 144.0, "on_hold_seconds": 10.0,
        "ringing_seconds": 6.0, "wrap_up_seconds": 26.0, "paused_seconds": 600.0,
    }  # fmt: skip
    assert snapshot.queues["s"].counts.wrap_seconds == 26.0
    assert rows(floor, "wraps") == [
        ("s", "amy", NINE + 10, NINE + 107, NINE + 120),
        ("s", "amy", NINE + 1010, NINE + 1107, NINE + 1120),
    ]
    assert rows(floor, "spells")[-3:] == [
        ("amy", "wrap_up", None, NINE + 1107, NINE + 1120),
        ("amy", "available", None, NINE + 1120, NINE + 1130),
        ("amy", "paused", "Lunch", NINE + 1130, NINE + 1430),
    ]


def test_after_call_work_without_a_talk_counts_in_the_queue_that_the_line_names() -> None:
    floor = floor_of([ev.WrapUpStarted(NINE, "amy"), ev.WrapUpEnded(NINE + 5, "amy", "s")])
    floor.apply(ev.WrapUpStarted(NINE + 6, "bob"), "log")
    floor.apply(ev.WrapUpEnded(NINE + 16, "bob"), "log")
    floor.apply(ev.WrapUpStarted(NINE + 30, "cat"), "log")
    floor.apply(ev.WrapUpEnded(NINE + 20, "cat", "s"), "log")
    snapshot = floor.snapshot(NINE + 60)
    assert figures(snapshot.queues["s"].counts) == {"wrap_seconds": 5.0}
    assert rows(floor, "wraps") == [("s", "amy", NINE, NINE, NINE + 5), ("s", "cat", NINE + 30, NINE + 30, NINE + 20)]
    assert [agent.wrap_up_since for agent in snapshot.agents.values()] == [None, None, None]


def test_a_ring_in_vain_is_missed_by_who_let_it_ring_and_refused_at_nought() -> None:
    floor = floor_of([ev.CallEntered(NINE, "c", "s"), ev.CallRang(NINE + 1, "c", "s", "amy")])
    for at, ring_ms in ((5, 4000), (6, 0), (7, 0), (8, None)):
        assert floor.apply(ev.RingMissed(NINE + at, "c", "s", "amy", ring_ms), "log") == ALL
    floor.apply(ev.CallRang(NINE + 9, "c", "s", "bob"), "log")
    assert floor.apply(ev.RingCancelled(NINE + 10, "c", "s", "bob", 1500), "log") == ALL
    floor.apply(ev.CallRang(NINE + 9, "c", "s", "cat"), "log")
    assert floor.apply(ev.AnswerDropped(NINE + 10, "c", "s", "cat"), "log") == ALL
    snapshot = floor.snapshot(NINE + 20)
    assert [figures(snapshot.agent_today(name)) for name in ("amy", "bob", "cat")] == [
        {"missed_rings": 4, "refused_rings": 2, "ringing_seconds": 4.0},
        {"ringing_seconds": 1.0},
        {"ringing_seconds": 1.0},
    ]
    assert rows(floor, "rings") == [
        ("s", "c", "amy", "missed", NINE + 5, 4000.0),
        ("s", "c", "amy", "missed", NINE + 6, 0.0),
        ("s", "c", "amy", "missed", NINE + 7, 0.0),
        ("s", "c", "amy", "missed", NINE + 8, None),
        ("s", "c", "bob", "cancelled", NINE + 10, 1500.0),
    ]
    assert snapshot.missed_rings == tuple(MissedRing("amy", "s", NINE + at) for at in (5, 6, 7, 8))
    assert {agent.ringing for agent in snapshot.agents.values()} == {()}
    assert {agent.state for agent in snapshot.agents.values()} == {AgentState.AVAILABLE}


def test_a_telephone_that_stops_ringing_rings_on_for_the_other_call() -> None:
    stream: list[Event] = [ev.CallEntered(NINE, call, "s") for call in ("c1", "c2")]
    stream += [ev.CallRang(NINE + 1, call, "s", "amy") for call in ("c1", "c2", "c2")]
    ringing = agent_after(*stream)
    assert (ringing.ringing, ringing.queues) == ((("s", "c1"), ("s", "c2")), {"s": Membership()})
    missed = agent_after(*stream, ev.RingMissed(NINE + 2, "c1", "s", "amy", 1000))
    assert (missed.ringing, missed.state) == ((("s", "c2"),), AgentState.RINGING)


def test_a_queue_is_known_as_soon_as_anything_is_said_of_it() -> None:
    said: list[Event] = [
        ev.MemberAdded(NINE, "amy", "a"),
        ev.MemberRemoved(NINE, "amy", "b"),
        ev.AgentPaused(NINE, "amy", "c"),
        ev.AgentResumed(NINE, "amy", "d"),
        ev.RingMissed(NINE, "x", "e", "amy"),
        ev.RingCancelled(NINE, "x", "f", "amy"),
        ev.CallAnswered(NINE, "x", "g", "amy"),
    ]
    assert floor_of(said).snapshot(NINE).queue_names == tuple("abcdefg")


def test_a_telephone_fails_since_the_first_word_of_it() -> None:
    stream: list[Event] = [
        ev.MemberAdded(NINE, "amy", "s"),
        ev.DeviceFailed(NINE + 1, "amy", "unavailable"),
        ev.DeviceFailed(NINE + 9, "amy", "invalid"),
    ]
    failed = agent_after(*stream)
    assert (failed.fault_since, failed.fault_reason, failed.state) == (NINE + 1, "invalid", AgentState.FAULT)
    restored = agent_after(*stream, ev.DeviceRestored(NINE + 10, "amy"))
    assert (restored.fault_since, restored.fault_reason, restored.since) == (None, None, NINE + 10)


def test_calls_made_count_and_settings_change_nothing_but_who_is_known() -> None:
    floor = floor_of([*[ev.OutboundCallEnded(NINE, f"o{n}", "amy", "s") for n in range(3)]])
    assert floor.apply(ev.PenaltyChanged(NINE, "bob", 3, "s"), "log") == AGENT
    assert floor.apply(ev.RingInUseChanged(NINE, "cat", True, None), "log") == AGENT
    snapshot = floor.snapshot(NINE + 1)
    assert figures(snapshot.agent_today("amy")) == {"outbound": 3}
    assert (list(snapshot.agents), snapshot.agents["bob"]) == (["amy", "bob", "cat"], Agent("bob", "bob"))


@pytest.mark.parametrize("word", ["SIP/1", "1001", "Ann Lee"])
def test_whatever_word_a_feed_has_for_somebody_it_is_the_person_of_the_people_file(word: str) -> None:
    floor = floor_of([ev.MemberAdded(NINE, word, "s")], people=read_people(PEOPLE))
    (agent,) = floor.snapshot(NINE).agents.values()
    assert (agent.name, agent.seat, agent.team) == ("Ann Lee", "A1", "blue")


def twin(*stream: Event) -> Floor:
    return floor_of([*stream, ev.CallEntered(NINE + 50, "c", "s"), ev.CallAnswered(NINE + 60, "c", "s", "Jo Ray")],
                    people=read_people(TWINS))  # fmt: skip


def who_talks(floor: Floor) -> str:
    return floor.snapshot(NINE + 99).talks["s", "c"].agent


def test_of_two_people_of_one_name_the_member_of_the_queue_is_meant_now_or_once() -> None:
    first, second = (read_people(TWINS).id_of(word) for word in ("SIP/1", "SIP/2"))
    assert first != second
    joins = [ev.MemberAdded(NINE, "SIP/1", "s"), ev.MemberAdded(NINE, "SIP/2", "s")]
    assert who_talks(twin(joins[1], ev.MemberAdded(NINE, "SIP/1", "t"))) == second
    assert who_talks(twin(*joins, ev.MemberRemoved(NINE + 1, "SIP/1", "s"))) == second
    assert who_talks(twin(joins[0], ev.MemberRemoved(NINE + 1, "SIP/1", "s"))) == first
    assert who_talks(twin(*joins)) == "Jo Ray"
    assert who_talks(twin(*joins, *[ev.MemberRemoved(NINE + 1, name, "s") for name in ("SIP/1", "SIP/2")])) == "Jo Ray"
    assert who_talks(twin()) == "Jo Ray"


@pytest.mark.parametrize(
    "event",
    [
        ev.MemberAdded(NINE + 2, "Jo Ray", "s"),
        ev.MemberRemoved(NINE + 2, "Jo Ray", "s"),
        ev.AgentPaused(NINE + 2, "Jo Ray", "s"),
        ev.AgentResumed(NINE + 2, "Jo Ray", "s"),
        ev.CallRang(NINE + 2, "c", "s", "Jo Ray"),
        ev.RingMissed(NINE + 2, "c", "s", "Jo Ray"),
        ev.RingCancelled(NINE + 2, "c", "s", "Jo Ray"),
        ev.AnswerDropped(NINE + 2, "c", "s", "Jo Ray"),
        ev.CallAnswered(NINE + 2, "c", "s", "Jo Ray"),
        ev.WrapUpStarted(NINE + 2, "Jo Ray", "s"),
        ev.WrapUpEnded(NINE + 2, "Jo Ray", "s"),
        ev.OutboundCallEnded(NINE + 2, "o", "Jo Ray", "s"),
        ev.PenaltyChanged(NINE + 2, "Jo Ray", 1, "s"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_whatever_is_said_of_a_name_in_a_queue_is_of_its_member_there(event: Event) -> None:
    floor = floor_of(
        [ev.MemberAdded(NINE, "SIP/2", "s"), ev.CallEntered(NINE + 1, "c", "s"), event], people=read_people(TWINS)
    )
    assert list(floor.snapshot(NINE + 3).agents) == ["1002"]


def test_a_spell_that_would_end_before_it_began_is_none() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "amy", "s"), ev.AgentPaused(NINE - 5, "amy", "s", "Lunch")])
    floor.apply(ev.AgentResumed(NINE - 5, "amy", "s"), "log")
    assert (rows(floor, "spells"), figures(floor.snapshot(NINE).agent_today("amy"))) == ([], {"signed_in_at": NINE})


def test_a_spell_over_midnight_counts_in_both_days_and_a_later_day_begins_anew() -> None:
    midnight = DAY + 86_400
    floor = floor_of([ev.MemberAdded(midnight - 100, "amy", "s"), ev.AgentPaused(midnight + 40, "amy", "s")])
    counts = floor.snapshot(midnight + 50).agent_counts
    assert {key[1]: each.available_seconds for key, each in counts.items()} == {DAY: 100.0, midnight: 40.0}
    floor.apply(ev.AgentResumed(midnight + 90, "amy", "s"), "log")
    floor.apply(ev.OutboundCallEnded(DAY + 10, "o", "amy"), "log")
    later = floor.snapshot(midnight + 95)
    assert later.agent_counts["amy", DAY].outbound == 1
    assert later.agent_today("amy") == AgentCounts(available_seconds=40.0, paused_seconds=50.0)


def test_counters_of_agents_of_both_days_are_in_the_snapshot_that_follows() -> None:
    midnight = DAY + 86_400
    floor = floor_of([ev.OutboundCallEnded(midnight - 10, "o1", "amy")])
    floor.snapshot(midnight - 5)
    floor.apply(ev.OutboundCallEnded(midnight - 4, "o2", "amy"), "log")
    floor.apply(ev.OutboundCallEnded(midnight - 3, "o3", "bob"), "log")
    floor.apply(ev.OutboundCallEnded(midnight + 1, "o4", "bob"), "log")
    floor.apply(ev.OutboundCallEnded(midnight - 2, "o5", "cat"), "log")
    floor.apply(ev.OutboundCallEnded(midnight + 86_400, "o6", "cat"), "log")
    found = floor.snapshot(midnight + 86_500).agent_counts
    assert {key: counts.outbound for key, counts in found.items()} == {
        ("amy", DAY): 2, ("bob", DAY): 1, ("bob", midnight): 1, ("cat", DAY): 1, ("cat", midnight + 86_400): 1
    }  # fmt: skip


def test_where_somebody_is_has_no_gap_and_no_overlap() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "amy", "s"), ev.AgentPaused(NINE + 10, "amy", "s", "Lunch")])
    floor.apply(ev.AgentPaused(NINE + 15, "amy", "s", "Training"), "log")
    floor.apply(ev.AgentResumed(NINE + 20, "amy", "s"), "log")
    floor.apply(ev.AgentPaused(NINE + 20, "amy", "s", "Lunch"), "log")
    floor.apply(ev.AgentResumed(NINE + 25, "amy", "s"), "log")
    floor.apply(ev.MemberRemoved(NINE + 40, "amy", "s"), "log")
    floor.apply(ev.MemberAdded(NINE + 35, "amy", "s"), "log")
    assert floor.snapshot(NINE + 50).spells["amy"] == (
        Spell(Presence.PHONES, NINE, NINE + 10),
        Spell(Presence.PAUSED, NINE + 10, NINE + 15, "Lunch"),
        Spell(Presence.PAUSED, NINE + 15, NINE + 20, "Training"),
        Spell(Presence.PAUSED, NINE + 20, NINE + 25, "Lunch"),
        Spell(Presence.PHONES, NINE + 25, None),
    )
    assert misfits(floor.snapshot(NINE + 51)) == {}
