"""A snapshot shows what was folded up to then, keeps it, and is given again as it is where nothing was touched."""

from collections.abc import Callable
from copy import deepcopy

from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.alerts import Alert, RaisedAlert
from floorwatch.model.entities import AgentState, Fact, Topic
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.history import History
from floorwatch.model.ledger import NAMES_KEPT, OTHERS
from floorwatch.model.past import NO_PAST, Past, PastRing, PastState, PastTalk, PastVisit
from floorwatch.model.readings import Readings
from floorwatch.model.weekday import WeekdayRead
from tests.model.by_hand import DAY, RULES, figures, floor_of, rows

NINE = DAY + 9 * 3600
EVERYTHING = frozenset(Topic)


def busy(agents: int = 3) -> list[Event]:
    """A call of everyone, talks, pauses and rings; then everyone else goes."""
    stream: list[Event] = []
    for number in range(agents):
        name, at = f"a{number}", NINE + 10.0 * number
        stream += [
            ev.MemberAdded(at, name, "s"),
            ev.CallEntered(at + 1, f"c{number}", f"q{number % 97}"),
            ev.CallAnswered(at + 3, f"c{number}", f"q{number % 97}", name),
            ev.CallCompleted(at + 9, f"c{number}", f"q{number % 97}", name),
            ev.AgentPaused(at + 10, name, None, "Lunch"),
        ]
    return stream


def test_what_was_not_touched_is_the_very_same_and_what_was_is_a_copy() -> None:
    floor = floor_of(busy())
    first = floor.snapshot(NINE + 100)
    again = floor.snapshot(NINE + 101)
    for name in ("waiting", "talks", "agents", "day_counts", "interval_counts", "agent_counts", "spells"):
        assert getattr(again, name) is getattr(first, name), name
    floor.apply(ev.CallEntered(NINE + 102, "x", "q0"), "log")
    later = floor.snapshot(NINE + 103)
    assert (later.agents is first.agents, later.spells is first.spells) == (True, True)
    assert (dict(first.waiting), [*later.waiting]) == ({}, [("q0", "x")])
    assert (first.queues["q0"].counts.offered, later.queues["q0"].counts.offered) == (1, 2)
    assert later.day_counts["q1", DAY] is first.day_counts["q1", DAY]
    floor.apply(ev.AgentResumed(NINE + 104, "a0"), "log")
    last = floor.snapshot(NINE + 105)
    assert last.agents is not first.agents
    assert (first.agents["a0"].state, last.agents["a0"].state) == (AgentState.PAUSED, AgentState.AVAILABLE)
    assert last.waiting is later.waiting
    assert last.agent_counts["a1", DAY] is first.agent_counts["a1", DAY]


def test_topics_are_those_touched_since_the_last_snapshot() -> None:
    floor = Floor(RULES)
    assert floor.touched() == frozenset()
    touches: list[Callable[[], None]] = [
        lambda: floor.set_me("Ada"),
        lambda: floor.set_focus(Focus("blue")),
        lambda: floor.give(frozenset({Fact.HOLD})),
        lambda: floor.take_up(floor.kept(Readings()), History(), Readings()),
    ]
    for touch in touches:
        touch()
        assert floor.touched() == EVERYTHING
        floor.snapshot(NINE)
        assert floor.touched() == frozenset()
    floor.set_me("Ada")
    floor.set_focus(Focus("blue"))
    assert floor.touched() == frozenset()
    floor.take("log", NINE, [ev.CallEntered(NINE, "c", "s")])
    assert floor.touched() == {Topic.CALLS, Topic.QUEUES, Topic.FEEDS}


def test_who_looks_at_what_and_what_feeds_give_is_in_the_snapshot() -> None:
    floor = Floor(RULES, gives=frozenset({Fact.CALLS}), queues=("z", "b"))
    floor.give(frozenset({Fact.HOLD}))
    floor.set_me("Ada")
    floor.set_focus(Focus("blue"))
    floor.apply(ev.CallEntered(NINE, "c", "m"), "log")
    floor.apply(ev.CallEntered(NINE, "c", "b"), "log")
    floor.apply(ev.CallEntered(NINE, "c", "a"), "log")
    snapshot = floor.snapshot(NINE)
    assert (snapshot.me, snapshot.focus, snapshot.gives) == ("Ada", Focus("blue"), frozenset({Fact.CALLS, Fact.HOLD}))
    assert snapshot.queue_names == ("z", "b", "a", "m")
    floor.set_focus(Focus())
    assert floor.snapshot(NINE).focus is NO_FOCUS


def test_a_line_counts_in_its_feed_with_its_times_and_why_it_was_refused() -> None:
    floor = Floor(RULES)
    floor.take("log", NINE, [])
    floor.take("log", NINE + 5, [], "no time")
    floor.take("log", NINE + 6, [], "no time")
    floor.take("log", NINE + 7, [ev.Unrecognised(NINE, "N" * 70)], "too short")
    floor.take("other", NINE + 9, [ev.Unrecognised(NINE, "N")])
    feeds = floor.snapshot(NINE + 10).feeds
    assert (feeds["log"].lines, feeds["log"].first_line_at, feeds["log"].last_line_at) == (4, NINE, NINE + 7)
    assert (feeds["log"].rejected, feeds["log"].unknown_events) == ({"no time": 2, "too short": 1}, {"N" * 64: 1})
    assert (feeds["other"].lines, feeds["other"].unknown_events) == (1, {"N": 1})
    floor.set_back(NINE + 8)
    feeds = floor.snapshot(NINE + 8).feeds
    assert [feeds[name].last_line_at for name in ("log", "other")] == [NINE + 7, NINE + 8]


def test_names_that_a_feed_makes_up_fill_no_memory_and_all_are_counted() -> None:
    floor = floor_of([ev.Unrecognised(NINE, f"N{number}") for number in range(NAMES_KEPT + 50)])
    floor.apply(ev.Unrecognised(NINE, "N0"), "log")
    unknown = floor.snapshot(NINE).feeds["log"].unknown_events
    assert (len(unknown), unknown[OTHERS], unknown["N0"]) == (NAMES_KEPT + 1, 50, 2)
    assert sum(unknown.values()) == NAMES_KEPT + 51


def test_a_plugins_own_state_is_kept_by_name_and_subject_until_it_is_forgotten() -> None:
    floor = floor_of([ev.Custom(NINE, "mood", name, {"is": name}) for name in ("amy", "bob")])
    floor.apply(ev.Custom(NINE, "other", "amy", {}), "log")
    before = floor.snapshot(NINE).custom
    assert floor.apply(ev.Custom(NINE, "mood", "amy", None), "log") == {Topic.CUSTOM}
    floor.apply(ev.Custom(NINE, "mood", "nobody", None), "log")
    assert before == {"mood": {"amy": {"is": "amy"}, "bob": {"is": "bob"}}, "other": {"amy": {}}}
    assert floor.snapshot(NINE).custom == {"mood": {"bob": {"is": "bob"}}, "other": {"amy": {}}}


def test_the_switch_may_reload_and_the_watch_begin_without_touching_anything() -> None:
    floor = floor_of(busy())
    before = floor.snapshot(NINE + 100)
    assert floor.apply(ev.SwitchReloaded(NINE + 100), "log") == frozenset()
    assert floor.apply(ev.WatchBegan(NINE + 100), "log") == frozenset()
    assert floor.snapshot(NINE + 100) == before


def test_a_reading_of_an_earlier_week_is_of_one_business_day() -> None:
    read = WeekdayRead(at=NINE, date="2026-11-14", compared_with=DAY, step_seconds=300, arrivals={"s": (1, 2)})
    floor = Floor(RULES)
    assert floor.apply(read, "log") == {Topic.QUEUES}
    assert floor.snapshot(NINE).weekday is read
    assert floor.snapshot(DAY + 86_400).weekday is None


def test_alerts_are_held_up_and_over_as_they_are_said_to_be() -> None:
    first, second = (RaisedAlert("late", Alert(f"agent:{n}", "late"), NINE) for n in range(2))
    over = replace(second, cleared_at=NINE)
    floor = Floor(RULES)
    floor.hold_alerts((first,), (over,), known=False)
    assert floor.touched() == {Topic.ALERTS}
    snapshot = floor.snapshot(NINE)
    assert (snapshot.alerts, snapshot.cleared_alerts, snapshot.alerts_known) == ((first,), (over,), False)
    floor.hold_alerts((first,), (over,), known=False)
    floor.set_alerts((first,), NINE + 5)
    assert floor.touched() == frozenset()
    floor.hold_alerts((first,), (over,))
    floor.set_alerts((), NINE - 5)
    assert floor.touched() == {Topic.ALERTS}
    assert floor.snapshot(NINE).cleared_alerts == (over, replace(first, cleared_at=NINE))
    assert [each.cleared_at for each in floor.snapshot(DAY + 86_400).cleared_alerts] == []


def test_an_alert_cleared_as_the_day_begins_is_of_that_day() -> None:
    floor = Floor(RULES)
    alerts = tuple(RaisedAlert("late", Alert(f"agent:{n}", "late"), NINE) for n in range(3))
    floor.set_alerts(alerts, NINE)
    for left, at in ((2, DAY + 86_399), (1, DAY + 86_400), (0, DAY + 86_401)):
        floor.set_alerts(alerts[:left], at)
    assert [each.alert.subject for each in floor.snapshot(DAY + 86_402).cleared_alerts] == ["agent:1", "agent:0"]


def test_the_past_is_read_as_of_its_moment_by_agent_by_outcome_and_by_call() -> None:
    floor = floor_of(busy(2))
    floor.apply(ev.CallEntered(NINE + 50, "c9", "s", "555"), "log")
    floor.apply(ev.RingMissed(NINE + 51, "c9", "s", "a0", 2500), "log")
    floor.apply(ev.RingMissed(NINE + 52, "c9", "s", "a0"), "log")
    floor.apply(ev.CallAbandoned(NINE + 60, "c9", "s"), "log")
    past = floor.snapshot(NINE + 61).past
    floor.apply(ev.CallEntered(NINE + 62, "c10", "s", "555"), "log")
    floor.apply(ev.CallAbandoned(NINE + 63, "c10", "s"), "log")
    lost = PastVisit("log", "s", "c9", "555", "abandoned", None, NINE + 50, NINE + 60, 10.0)
    talks = [
        PastTalk("log", f"q{n}", f"c{n}", f"a{n}", "completed", None, at + 1, at + 3, at + 9, 6.0, 0.0)
        for n, at in enumerate((NINE, NINE + 10))
    ]
    assert list(past.unanswered(0)) == list(past.visits(NINE + 60)) == list(past.visits_of("c9", None, 0)) == [lost]
    assert list(past.visits_of("?", "555", 0)) == [lost]
    assert list(past.visits_of("?", "anonymous", 0)) == []
    assert [visit.call for visit in past.visits(0)] == ["c0", "c1", "c9"]
    assert [visit.call for visit in past.answered_by("a1", 0)] == ["c1"]
    assert [visit.call for visit in past.newest(0, lambda queue, *_rest: queue != "q1")] == ["c9", "c0"]
    assert (list(past.talks(0)), list(past.talks(NINE + 15))) == (talks, talks[1:])
    assert list(past.talks_of("a1", 0)) == talks[1:]
    assert list(past.states_of("a0", NINE + 5)) == [
        PastState("a0", "on_call", None, NINE + 3, NINE + 9), PastState("a0", "available", None, NINE + 9, NINE + 10)
    ]  # fmt: skip
    assert list(past.rings_of("a0", 0)) == [
        PastRing("s", "c9", "a0", "missed", NINE + 51, 2.5), PastRing("s", "c9", "a0", "missed", NINE + 52, None)
    ]  # fmt: skip
    assert [len(past.lost(0, until)) for until in (NINE + 59, NINE + 60, NINE + 61)] == [0, 0, 1]
    assert past == past
    assert past != floor.snapshot(NINE + 70).past
    assert Past() == NO_PAST != past


def test_a_kept_floor_of_many_goes_on_as_the_first_one_did_through_several_bases() -> None:
    whole = Floor(RULES)
    stream = busy(700)
    for event in stream[:-300]:
        whole.apply(event, "log")
    readings = Readings()
    whole.kept(readings)
    for event in stream[-300:]:
        whole.apply(event, "log")
    midnight = DAY + 86_400
    whole.apply(ev.AgentResumed(midnight + 3600, "a1", "s"), "log")
    whole.kept(readings)
    whole.apply(ev.AgentPaused(midnight + 3700, "a1", "s", "Restroom"), "log")
    kept = deepcopy(whole.kept(readings))  # what is in it goes on with the floor
    for table in whole.history.tables.values():
        table.settle()
    second = Floor(RULES)
    second.take_up(kept, whole.history, readings)
    at = midnight + 4000
    assert second.snapshot(at) == whole.snapshot(at)
    for event in (ev.AgentResumed(at, "a1", "s"), ev.CallEntered(at, "c1", "q1"), ev.CallEntered(NINE, "d", "q1")):
        for floor in (whole, second):
            floor.apply(event, "log")
    assert second.snapshot(at + 1) == whole.snapshot(at + 1)
    assert figures(second.snapshot(at + 1).queues["q1"].counts_since(DAY))["offered"] == 9
    assert rows(second, "visits") == rows(whole, "visits")


def test_what_is_let_go_is_in_no_later_snapshot_and_nobody_goes_within_a_week() -> None:
    floor = floor_of([ev.MemberAdded(NINE, "zoe", "s"), ev.MemberRemoved(NINE + 1, "zoe", "s"), *busy()])
    floor.apply(ev.CallEntered(DAY + 86_400 * 3, "x", "q0"), "log")
    floor.snapshot(DAY + 86_400 * 3)

    def days_after(days: int) -> list[set[float]]:
        floor.forget(DAY + 86_400 * days)
        found = floor.snapshot(DAY + 86_400 * 3)
        return [
            {(start - DAY) // 86_400 for _name, start in counts}
            for counts in (found.day_counts, found.interval_counts, found.agent_counts)
        ]

    assert days_after(1) == [{0, 3}, {0, 3}, {0}]
    assert days_after(2) == [{3}, {3}, set()]
    assert floor.touched() == frozenset()
    floor.forget(DAY + 86_400 * 7)
    assert floor.touched() == EVERYTHING
    assert "zoe" in floor.snapshot(DAY + 86_400 * 7).agents
    floor.forget(DAY + 86_400 * 9)
    assert set(floor.snapshot(DAY + 86_400 * 9).agents) == {"a0", "a1", "a2"}


def test_a_row_too_many_of_anything_is_too_much() -> None:
    floor = floor_of(busy())
    assert not floor.holds_too_much
    floor.make_room()
    assert [len(floor.history.visits), floor.touched()] == [3, EVERYTHING]
