"""The live counters and the reports agree to the last digit, on any stream of events."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.extend.report import Span
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import QUEUE_FIELDS
from floorwatch.model.events import EndedBy, Event, LeftHow, TransferKind
from floorwatch.model.floor import Floor
from floorwatch.model.metrics import figure_of
from floorwatch.model.service_level import SERVICE_LEVELS, Volume
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules, Target
from floorwatch.reports.agents import STATES, AgentDays, agent_counts
from floorwatch.reports.counting import queue_counts, service_levels, share_of
from floorwatch.reports.frames import Frames, frames_of
from floorwatch.reports.intervals import Intervals

BERLIN = FloorDays(ZoneInfo("Europe/Berlin"), time(3, 30))
RULES = FloorRules(BERLIN, targets={"vip": Target(seconds=7.5, short_seconds=2.5, definition="positive")})
SPRING = datetime(2026, 3, 28, 22, tzinfo=UTC).timestamp()
"""The evening before the clocks go forward."""

ALL = Span(0.0, 1e12)
AGENT_FIELDS = (
    "answered", "ended", "ended_by_agent", "transferred", "missed_rings", "refused_rings", "talk_seconds",
    *(f"{state}_seconds" for state in STATES),
)  # fmt: skip

EXAMPLES = 40
"""A story that becomes frames costs 25 ms, with six reports 100."""

Maker = Callable[[float, str, str, str], Event]

CALLS: tuple[Maker, ...] = (
    lambda at, call, queue, _agent: events.CallEntered(at, call, queue),
    events.CallAnswered,
    lambda at, call, queue, _agent: events.CallAbandoned(at, call, queue),
    lambda at, call, queue, _agent: events.CallLeft(at, call, queue, LeftHow.TIMEOUT),
    lambda at, call, queue, _agent: events.CallLeft(at, call, queue, LeftHow.KEY, wait_seconds=3.3),
    lambda at, call, queue, agent: events.CallCompleted(at, call, queue, agent, EndedBy.AGENT),
    lambda at, call, queue, agent: events.CallCompleted(at, call, queue, agent, EndedBy.CALLER, talk_seconds=61.7),
    lambda at, call, queue, agent: events.CallTransferred(at, call, queue, agent, TransferKind.BLIND),
    events.CallHeld,
    events.CallResumed,
)
OTHERS: tuple[Maker, ...] = (
    events.CallRang,
    lambda at, call, queue, agent: events.RingMissed(at, call, queue, agent, 0),
    events.RingMissed,
    lambda at, call, queue, agent: events.RingCancelled(at, call, queue, agent, 1200),
    lambda at, _call, queue, agent: events.MemberAdded(at, agent, queue),
    lambda at, _call, queue, agent: events.MemberRemoved(at, agent, queue),
    lambda at, _call, _queue, agent: events.AgentPaused(at, agent, None, "Lunch"),
    lambda at, _call, queue, agent: events.AgentPaused(at, agent, queue),
    lambda at, _call, _queue, agent: events.AgentResumed(at, agent),
    lambda at, _call, queue, agent: events.WrapUpStarted(at, agent, queue),
    lambda at, _call, queue, agent: events.WrapUpEnded(at, agent, queue),
    lambda at, _call, _queue, agent: events.DeviceFailed(at, agent),
    lambda at, _call, _queue, agent: events.DeviceRestored(at, agent),
    lambda at, _call, _queue, _agent: events.SwitchRestarted(at),
)

steps = st.tuples(
    st.one_of(st.sampled_from(CALLS), st.sampled_from(CALLS), st.sampled_from(OTHERS)),
    st.one_of(st.floats(0, 40), st.floats(-1, 4000), st.just(0.0), st.just(30_000.7)),
    st.sampled_from(["c1", "c2", "c3", "c4"]),
    st.sampled_from(["support", "vip"]),
    st.sampled_from(["a1", "a2", "a3"]),
)


def played(story: list[tuple[Maker, float, str, str, str]]) -> tuple[FloorSnapshot, Frames]:
    """The floor after the story, as a snapshot and as frames."""
    floor = Floor(RULES)
    at = latest = SPRING
    for make, later, call, queue, agent in story:
        at += later
        latest = max(latest, at)
        floor.apply(make(at, call, queue, agent), "queue_log")
    snapshot = floor.snapshot(latest + 13.1)
    return snapshot, frames_of(floor.history, snapshot)


@settings(max_examples=EXAMPLES)
@given(st.lists(steps, max_size=90))
def test_counters_of_queues_are_equal_by_day_and_by_interval(story: list[tuple[Maker, float, str, str, str]]) -> None:
    snapshot, frames = played(story)

    for by, live in (("day", snapshot.day_counts), ("interval", snapshot.interval_counts)):
        reported = queue_counts(frames, by)
        assert {key: tuple(getattr(counts, name) for name in QUEUE_FIELDS) for key, counts in live.items()} == {
            key: tuple(row) for key, row in zip(reported.index, reported[list(QUEUE_FIELDS)].to_numpy(), strict=True)
        }


@settings(max_examples=EXAMPLES)
@given(st.lists(steps, max_size=90))
def test_counters_of_agents_are_equal_by_day(story: list[tuple[Maker, float, str, str, str]]) -> None:
    snapshot, frames = played(story)
    ended = {**frames, "spells": frames["spells"][~frames["spells"]["open"]]}

    reported = agent_counts(ended)
    by_key = dict(zip(reported.index, reported[list(AGENT_FIELDS)].to_numpy(), strict=True))
    for key, counts in snapshot.agent_counts.items():
        live = tuple(getattr(counts, name) for name in AGENT_FIELDS)
        assert live == (tuple(by_key.pop(key)) if any(live) else tuple(by_key.pop(key, live)))
    assert by_key == {}


@settings(max_examples=EXAMPLES)
@given(st.lists(steps, max_size=90))
def test_everyone_who_was_offered_is_accounted_for(story: list[tuple[Maker, float, str, str, str]]) -> None:
    _snapshot, frames = played(story)

    table = Intervals().build(frames, ALL)
    assert table["offered"].eq(table["answered"] + table["abandoned"] + table["left"] + table["waiting"]).all()


@settings(max_examples=EXAMPLES)
@given(st.lists(steps, max_size=90))
def test_service_levels_and_rates_of_the_day_are_those_on_screen(
    story: list[tuple[Maker, float, str, str, str]],
) -> None:
    snapshot, frames = played(story)
    today = queue_counts(frames, "day")
    today = today[today.index.get_level_values("start") == snapshot.day_start]
    levels = pd.DataFrame(service_levels(today), index=today.index)

    for queue, start in today.index:
        volume: Volume = snapshot.queues[queue].volume
        shown = {name: level.of(volume) for name, level in SERVICE_LEVELS.items()}
        found = levels.loc[(queue, start)]
        assert {name: None if pd.isna(found[name]) else found[name] for name in shown} == shown
    speeds = share_of(today["answered_wait_seconds"].to_numpy(), today["answered"].to_numpy())
    live = [figure_of(snapshot.queues[queue], "asa").value for queue, _start in today.index]
    assert [None if pd.isna(speed) else speed for speed in speeds] == live


@settings(max_examples=EXAMPLES // 2)
@given(st.lists(steps, max_size=80))
def test_reports_take_any_floor(story: list[tuple[Maker, float, str, str, str]]) -> None:
    _snapshot, frames = played(story)

    for report in (Intervals(15), Intervals(60), AgentDays()):
        assert list(report.build(frames, ALL).columns[:2])
        assert len(report.build(frames, Span(0.0, 1.0))) == 0
