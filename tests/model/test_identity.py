"""O = A + B + X + W over any stream of events whatever, in every queue, interval and day."""

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import QUEUE_FIELDS, QueueCounts, interval_of
from floorwatch.model.events import Event, LeftHow, TransferKind
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules

DAY = 1_795_219_200.0
CALLS, QUEUES, AGENTS = st.sampled_from("cdefg"), st.sampled_from(["sales", "support"]), st.sampled_from("ab")
AT = st.floats(DAY, DAY + 2 * 86_400)
WAIT = st.none() | st.floats(0, 600)

EVENTS = st.one_of(
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallAnswered, AT, CALLS, QUEUES, AGENTS, WAIT),
    st.builds(ev.CallCompleted, AT, CALLS, QUEUES, AGENTS),
    st.builds(ev.CallTransferred, AT, CALLS, QUEUES, AGENTS, st.sampled_from(TransferKind)),
    st.builds(ev.CallAbandoned, AT, CALLS, QUEUES, st.none(), WAIT),
    st.builds(ev.CallLeft, AT, CALLS, QUEUES, st.sampled_from(LeftHow), st.none(), WAIT),
    st.builds(ev.CallRang, AT, CALLS, QUEUES, AGENTS),
    st.builds(ev.RingMissed, AT, CALLS, QUEUES, AGENTS, st.none() | st.integers(0, 20_000)),
    st.builds(ev.CallHeld, AT, CALLS, QUEUES, AGENTS),
    st.builds(ev.CallResumed, AT, CALLS, QUEUES, AGENTS),
    st.builds(ev.MemberAdded, AT, AGENTS, QUEUES, st.booleans()),
    st.builds(ev.MemberRemoved, AT, AGENTS, QUEUES),
    st.builds(ev.AgentPaused, AT, AGENTS, st.none() | QUEUES, st.none() | st.just("Lunch")),
    st.builds(ev.AgentResumed, AT, AGENTS, st.none() | QUEUES),
    st.builds(ev.WrapUpStarted, AT, AGENTS),
    st.builds(ev.WrapUpEnded, AT, AGENTS),
    st.builds(ev.SwitchRestarted, AT),
)
STREAMS = st.lists(EVENTS, max_size=80)


def folded(stream: list[Event]) -> Floor:
    floor = Floor(FloorRules(FloorDays()))
    for event in stream:
        floor.apply(event, "log")
    return floor


@settings(max_examples=300)
@given(STREAMS, st.booleans())
def test_offered_is_answered_and_abandoned_and_left_and_waiting(stream: list[Event], in_order: bool) -> None:
    floor = folded(sorted(stream, key=lambda event: event.at) if in_order else stream)
    snapshot = floor.snapshot(DAY + 2 * 86_400)
    waiting = list(snapshot.waiting.values())
    for (queue, day), counts in snapshot.day_counts.items():
        still = sum(w.queue == queue and FloorDays().start_of(w.entered_at) == day for w in waiting)
        assert counts.offered == counts.answered + counts.abandoned + counts.left + still
    for (queue, start), counts in snapshot.interval_counts.items():
        still = sum(w.queue == queue and interval_of(w.entered_at) == start for w in waiting)
        assert counts.offered == counts.answered + counts.abandoned + counts.left + still


@settings(max_examples=200)
@given(STREAMS)
def test_the_intervals_of_a_day_add_up_to_the_day(stream: list[Event]) -> None:
    snapshot = folded(stream).snapshot(DAY + 2 * 86_400)
    for (queue, day), counts in snapshot.day_counts.items():
        total = QueueCounts()
        for (other, start), part in snapshot.interval_counts.items():
            if other == queue and FloorDays().start_of(start) == day:
                total.add(part)
        for field in QUEUE_FIELDS:
            assert abs(getattr(total, field) - getattr(counts, field)) < 1e-6, field


@settings(max_examples=200)
@given(STREAMS, st.lists(st.integers(0, 80), max_size=6))
def test_snapshots_on_the_way_change_nothing(stream: list[Event], stops: list[int]) -> None:
    straight, stopping = folded(stream), Floor(FloorRules(FloorDays()))
    for place, event in enumerate(stream):
        stopping.apply(event, "log")
        if place in stops:
            stopping.snapshot(event.at)
    end = DAY + 2 * 86_400
    assert stopping.snapshot(end) == straight.snapshot(end)


@settings(max_examples=200)
@given(STREAMS)
def test_agents_and_talks_point_at_each_other(stream: list[Event]) -> None:
    snapshot = folded(stream).snapshot(DAY + 2 * 86_400)
    for key, talk in snapshot.talks.items():
        assert key in snapshot.agents[talk.agent].calls
    for agent in snapshot.agents.values():
        assert all(snapshot.talks[key].agent == agent.id for key in agent.calls)
        assert all(key in snapshot.waiting for key in agent.ringing)
