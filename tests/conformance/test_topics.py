"""Which topics tell that a field of the floor has changed: the fold itself is asked, event by event."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pytest

from floorwatch.conformance.floors import LARGE_AT, ZONE, samples, timeline_of_sample
from floorwatch.conformance.noting import TOLD_BY
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Shift, Tick
from floorwatch.model.entities import AgentState, Topic
from floorwatch.model.events import Event
from floorwatch.model.floor import FOLDS, Floor
from floorwatch.model.live import Live
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import Plan, queues_for

AT = 1_773_108_000.0
NOT_FOLDED = {"at", "rules", "people", "gives", "alerts", "cleared_alerts", "alerts_known", "me", "focus", "past"}
"""Changed by time, never (two), by a feed that joins (every topic), by the host (alerts; `me` and `focus`, every
topic), and by whatever ends (`past`, of which each part has other topics)."""

Changes = dict[str, list[frozenset[Topic]]]


def state_of(live: Live) -> dict[str, Any]:
    """A copy of what a snapshot takes from the live floor."""
    return {
        "waiting": dict(live.waiting),
        "talks": dict(live.talks),
        "agents": dict(live.agents),
        "queue_names": sorted(live.queues),
        "day_counts": {key: repr(counts) for key, counts in live.day_counts.items()},
        "interval_counts": {key: repr(counts) for key, counts in live.interval_counts.items()},
        "agent_counts": {key: repr(counts) for key, counts in live.agent_counts.items()},
        "feeds": {name: repr(ledger) for name, ledger in live.feeds.items()},
        "custom": dict(live.custom),
        "support": live.support.snapshot(),
        "duty": live.duty.snapshot(),
        "spells": live.presences.snapshot(dict(live.agents), live.talks),
        "missed_rings": list(live.missed_rings),
        "weekday": live.weekday,
    }


def changes_by(happened: Iterable[Event]) -> Changes:
    """For each field, the topics that were touched whenever it changed. Each event is a line of its own."""
    live = Live(FloorRules(FloorDays()), People())
    changes: Changes = {}
    before = state_of(live)
    for event in happened:
        live.feeds["switch"].lines += 1
        touched = FOLDS[type(event)](live, event, "switch") | {Topic.FEEDS}  # as `Floor.take` says of every line
        after = state_of(live)
        for field, value in after.items():
            if value != before[field]:
                changes.setdefault(field, []).append(touched)
        before = after
    return changes


def a_bit_of_everything() -> Iterator[Event]:
    """Every fold, and what the usual stream never shows: a caller who leaves while a telephone rings."""
    queue, agent = "q", "1007"
    yield events.CallEntered(AT, "c", "first named by a call")
    yield events.MemberAdded(AT, agent, queue)
    for number, leave in enumerate(
        (
            events.CallAbandoned(AT + 5, "c0", queue),
            events.CallLeft(AT + 15, "c1", queue, events.LeftHow.KEY),
            events.CallEntered(AT + 25, "c2", queue),
        )
    ):
        yield events.CallEntered(AT + number * 10, f"c{number}", queue)
        yield events.CallRang(AT + number * 10 + 1, f"c{number}", queue, agent)
        yield leave
    yield events.WrapUpStarted(AT + 40, "new", "never seen")
    yield events.WrapUpEnded(AT + 50, "new", "never seen")
    yield events.AgentSignedIn(AT + 51, "x")
    yield events.AgentPaused(AT + 52, "x", None, "Lunch")
    yield events.AgentResumed(AT + 53, "x", None)
    yield events.PenaltyChanged(AT + 54, "y", 1)
    yield events.OutboundCallEnded(AT + 55, "o", "z")
    yield events.CallAnswered(AT + 60, "no entry", "other", "z")
    yield events.CallHeld(AT + 61, "no entry", "other", "z")
    yield events.CallResumed(AT + 62, "no entry", "other", "z")
    yield events.CallRang(AT + 63, "c2", queue, "w")
    yield events.RingMissed(AT + 64, "c2", queue, "w", 0)
    yield events.AnswerDropped(AT + 65, "c2", queue, "w")
    yield events.DeviceFailed(AT + 66, "w")
    yield events.DeviceRestored(AT + 67, "w")
    yield events.Custom(AT + 68, "notes", "agent:w", {"a": 1})
    yield events.Unrecognised(AT + 69, "WHAT")
    yield events.MemberRemoved(AT + 70, agent, queue)
    yield events.AgentSignedOut(AT + 71, "x")
    yield events.SwitchReloaded(AT + 72)
    yield events.SwitchRestarted(AT + 73)
    yield events.HelpRequested(AT + 74, id="h", agent="1007")
    yield events.HelpTaken(AT + 75, id="t", by="Ada", help="h")
    yield events.EntryUndone(AT + 76, id="u", by="Ada", entry="t")
    yield events.NoteTaken(AT + 77, id="n", by="Ada", kind=events.NoteKind.PRAISE, agent="1007")
    yield events.WalkBegan(AT + 78, id="w", by="Ada")
    yield events.AlertAcknowledged(AT + 79, id="a", by="Ada", alert="x", owner="Ada")
    yield events.WeekdayRead(AT + 79.5, date="2026-03-03", compared_with=AT, step_seconds=300, arrivals={queue: (1,)})
    yield from a_bit_of_duty()


def a_bit_of_duty() -> Iterator[Event]:
    """Every fold of attendance and rosters that tells them apart."""
    yield events.DocumentRead(AT + 80, document="d", shifts=(Shift("s", "1007", "2026-03-10"),))
    yield events.LeaveRequested(AT + 81, id="l", by="Ada", agent="1007", start=AT, end=AT + 1)
    yield events.RequestTicked(AT + 82, id="r", by="Ada", request="l", tick=Tick.HEAD)
    yield events.AgentTold(AT + 83, id="told", by="Ada", about="l", agent="1007")
    yield events.EntryUndone(AT + 84, id="v", by="Ada", entry="told")
    yield events.DocumentRefused(AT + 84.5, document="d", why="torn")
    yield events.DocumentGone(AT + 85, document="d")


def sample_events(number: int) -> Iterator[Event]:
    return (event for decoded in timeline_of_sample(samples()[number]).entries() for event in decoded.events)


def every_change() -> Changes:
    plan = Plan(LARGE_AT, 1.0, 40, queues_for(3), zone=ZONE)
    streams = (a_bit_of_everything(), islice(sample_events(0), 1500), sample_events(1), simulate(plan))
    found: Changes = {}
    for stream in streams:
        for field, touched in changes_by(stream).items():
            found.setdefault(field, []).extend(touched)
    return found


@pytest.fixture(scope="module")
def changes() -> Changes:
    return every_change()


def test_every_field_has_its_topics() -> None:
    assert TOLD_BY.keys() | NOT_FOLDED == set(FloorSnapshot.__struct_fields__)
    assert TOLD_BY["alerts"] == (Topic.ALERTS,)


@pytest.mark.parametrize("field", sorted(TOLD_BY.keys() - NOT_FOLDED))
def test_a_field_never_changes_without_each_of_its_topics(field: str, changes: Changes) -> None:
    assert changes[field]
    for topic in TOLD_BY[field]:
        assert all(topic in touched for touched in changes[field])


@pytest.mark.parametrize("field", sorted(TOLD_BY.keys() - NOT_FOLDED))
def test_no_other_topic_would_do(field: str, changes: Changes) -> None:
    others = set(Topic) - set(TOLD_BY[field]) - ({Topic.FEEDS} if field != "feeds" else set())

    for topic in others:
        assert any(topic not in touched for touched in changes[field])


def test_a_telephone_stops_ringing_on_the_next_snapshot_when_the_caller_gives_up() -> None:
    floor = Floor(FloorRules(FloorDays()))
    for event in (
        events.MemberAdded(AT, "1007", "q"),
        events.CallEntered(AT, "c", "q"),
        events.CallRang(AT, "c", "q", "1007"),
    ):
        floor.take("switch", AT, (event,))
    assert floor.snapshot(AT).agents["1007"].state is AgentState.RINGING

    floor.take("switch", AT + 5, (events.CallAbandoned(AT + 5, "c", "q"),))

    assert floor.snapshot(AT + 5).agents["1007"].state is AgentState.AVAILABLE
