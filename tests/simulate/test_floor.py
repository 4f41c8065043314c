"""What must hold on any simulated floor: nothing is lost, nobody does two things at once, equal plans are equal."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from typing import TypeVar

import pytest
from msgspec import json
from msgspec.structs import replace

from floorwatch.model.events import (
    AgentPaused,
    AgentResumed,
    AnswerDropped,
    AnyEvent,
    CallAbandoned,
    CallAnswered,
    CallCompleted,
    CallEntered,
    CallHeld,
    CallLeft,
    CallRang,
    CallResumed,
    CallTransferred,
    Event,
    LeftHow,
    MemberAdded,
    MemberRemoved,
    RingCancelled,
    RingMissed,
    TransferKind,
    WrapUpEnded,
    WrapUpStarted,
)
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import HOUR, Plan, Surge, queues_for

E = TypeVar("E", bound=Event)


def of(kind: type[E], events: list[Event]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def answer_rate(events: list[Event]) -> float:
    """A / (A + B + X)."""
    answered = len(of(CallAnswered, events))
    return answered / (answered + len(of(CallAbandoned, events)) + len(of(CallLeft, events)))


def test_equal_plans_give_equal_streams(day: Plan, events: list[Event]) -> None:
    assert list(simulate(replace(day))) == events


def test_another_seed_gives_another_stream(day: Plan, events: list[Event]) -> None:
    assert list(simulate(replace(day, seed=day.seed + 1))) != events


def test_the_stream_does_not_depend_on_the_hash_seed_of_the_process() -> None:
    script = (
        "import hashlib\n"
        "from floorwatch.simulate.output import lines\n"
        "from floorwatch.simulate.plan import Plan\n"
        "text = b''.join(line for _, line in lines(Plan(1795395600.0, 2.0, 20)))\n"
        "print(hashlib.sha256(text).hexdigest(), len(text))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(said) == 1
    assert not said.pop().startswith(hashlib.sha256(b"").hexdigest())


def test_a_longer_plan_begins_with_the_shorter_one(day: Plan, events: list[Event]) -> None:
    short = list(simulate(replace(day, hours=4.0)))

    assert short == [event for event in events if event.at < day.start + 4 * HOUR]


def test_time_never_goes_back_and_stays_within_the_plan(day: Plan, events: list[Event]) -> None:
    assert all(before.at <= after.at for before, after in pairwise(events))
    assert day.start <= events[0].at
    assert events[-1].at < day.end


def test_every_event_is_valid_native_json(events: list[Event]) -> None:
    assert all(json.decode(json.encode(event), type=AnyEvent) == event for event in events)


def test_everything_a_floor_does_happens(events: list[Event]) -> None:
    kinds = Counter(type(event) for event in events)

    for kind in (
        CallEntered, CallRang, RingMissed, RingCancelled, AnswerDropped, CallAnswered, CallHeld, CallResumed,
        CallCompleted, CallTransferred, CallAbandoned, CallLeft, MemberAdded, MemberRemoved, AgentPaused, AgentResumed,
        WrapUpStarted, WrapUpEnded,
    ):  # fmt: skip
        assert kinds[kind] > 0, kind
    assert {left.how for left in of(CallLeft, events)} >= {LeftHow.KEY}
    assert {transfer.kind for transfer in of(CallTransferred, events)} == set(TransferKind)
    assert {pause.reason for pause in of(AgentPaused, events)} >= {"Lunch", "Restroom", "Auto-Pause", "Floor walk"}
    assert any(call.position is not None and call.position > 3 for call in of(CallEntered, events))
    assert any(ring.ring_ms == 0 for ring in of(RingMissed, events))


@pytest.mark.parametrize("hours", [14.0, 3.6])
def test_every_caller_is_answered_or_gone_or_still_waiting(day: Plan, hours: float) -> None:
    waiting: dict[tuple[str, str], float] = {}
    talks: set[tuple[str, str, str]] = set()
    ends = Counter[str]()
    for event in simulate(replace(day, hours=hours)):
        match event:
            case CallEntered():
                assert (event.queue, event.call) not in waiting
                waiting[event.queue, event.call] = event.at
                ends["entered"] += 1
            case CallAbandoned() | CallLeft():
                assert event.wait_seconds == round(event.at - waiting.pop((event.queue, event.call)), 3)
                ends["gone"] += 1
            case CallAnswered():
                assert event.wait_seconds == round(event.at - waiting.pop((event.queue, event.call)), 3)
                assert (event.queue, event.call, event.agent) not in talks
                talks.add((event.queue, event.call, event.agent))
                ends["answered"] += 1
            case CallHeld() | CallResumed():
                assert (event.queue, event.call, event.agent) in talks
            case CallCompleted() | CallTransferred():
                talks.remove((event.queue, event.call, event.agent))
                ends["ended"] += 1
            case _:
                pass

    assert ends["entered"] == ends["answered"] + ends["gone"] + len(waiting)
    assert ends["answered"] == ends["ended"] + len(talks)
    assert bool(talks) is (hours < 14.0)


def test_only_signed_in_agents_who_are_not_paused_are_rung_and_answer(events: list[Event]) -> None:
    queues: dict[str, set[str]] = {}
    paused: set[str] = set()
    for event in events:
        match event:
            case MemberAdded():
                assert event.queue not in queues.setdefault(event.agent, set())
                queues[event.agent].add(event.queue)
            case MemberRemoved():
                queues[event.agent].remove(event.queue)
                paused.discard(event.agent)
            case AgentPaused():
                assert queues[event.agent]
                paused.add(event.agent)
            case AgentResumed():
                paused.remove(event.agent)
            case CallRang() | RingMissed() | AnswerDropped() | CallAnswered():
                assert event.queue in queues[event.agent]
                assert event.agent not in paused
            case _:
                pass
    assert not any(queues.values())
    assert not paused


def test_an_agent_does_one_thing_at_a_time(events: list[Event]) -> None:
    busy: dict[str, str] = {}
    for event in events:
        match event:
            case CallRang():
                assert event.agent not in busy
                busy[event.agent] = event.call
            case RingMissed() | RingCancelled() | AnswerDropped():
                assert busy.pop(event.agent, event.call) == event.call
            case CallAnswered() | CallCompleted() | CallTransferred():
                assert busy[event.agent] == event.call
            case WrapUpStarted():
                busy[event.agent] = "wrap-up"
            case WrapUpEnded():
                assert busy.pop(event.agent) == "wrap-up"
            case MemberRemoved():
                assert event.agent not in busy
            case _:
                pass
    assert not busy


def test_a_hold_begins_and_ends_within_its_talk(events: list[Event]) -> None:
    held: set[tuple[str, str]] = set()
    for event in events:
        match event:
            case CallHeld():
                held.add((event.call, event.agent))
            case CallResumed():
                held.remove((event.call, event.agent))
            case CallCompleted() | CallTransferred():
                assert (event.call, event.agent) not in held
            case _:
                pass
    assert not held


def test_a_transfer_into_a_queue_enters_again_with_the_same_call_and_is_sometimes_said_late(
    events: list[Event],
) -> None:
    visits = Counter(entered.call for entered in of(CallEntered, events))
    last: dict[str, Event] = {}
    orders = Counter[str]()
    for event in events:
        if isinstance(event, CallTransferred | CallEntered):
            before = last.get(event.call)
            if isinstance(event, CallTransferred) and isinstance(before, CallEntered) and visits[event.call] > 1:
                orders["late" if event.at - before.at < 1 else "in turn"] += 1
            last[event.call] = event

    assert max(visits.values()) > 1
    assert orders["late"] > 0
    assert orders["in turn"] > orders["late"]


@pytest.mark.parametrize("agents", [20, 60, 300])
def test_a_working_day_is_busy_but_sane_at_any_size(agents: int) -> None:
    events = list(simulate(Plan(1795395600.0, 9.0, agents)))
    waits = [answered.wait_seconds or 0.0 for answered in of(CallAnswered, events)]

    assert 0.90 <= answer_rate(events) <= 0.98
    assert 40 <= len(waits) / agents <= 70
    assert max(waits) > 60
    assert any((talk.talk_seconds or 0) > 300 for talk in of(CallCompleted, events))


def test_a_surge_makes_its_queue_wait() -> None:
    start = 1795395600.0
    surge = Surge("sales", 10 * HOUR, 1200.0, 3.0)
    plan = Plan(start, 2.0, 60, surges=(surge,))

    def waited(plan: Plan) -> float:
        answered = of(CallAnswered, list(simulate(plan)))
        late = [a.wait_seconds or 0.0 for a in answered if a.queue == "sales" and a.at > start + HOUR]
        return sum(late) / len(late)

    assert waited(plan) > 2 * waited(replace(plan, surges=()))


@pytest.mark.parametrize(("agents", "queues"), [(1, 1), (1, 9), (3, 2), (70, 12)])
def test_odd_sizes_run(agents: int, queues: int) -> None:
    plan = Plan(1795395600.0, 3.0, agents, queues_for(queues))
    answered = of(CallAnswered, list(simulate(plan)))

    assert answered
    assert {call.queue for call in answered} <= {queue.name for queue in plan.queues}


def test_a_plan_that_begins_at_night_waits_for_the_morning(day: Plan) -> None:
    midnight = day.start - 7 * HOUR
    events = list(simulate(replace(day, start=midnight + 1 * HOUR, hours=7.5)))

    assert type(events[0]).__name__ == "SwitchReloaded"
    assert events[1].at > midnight + 7.5 * HOUR


def test_two_days_follow_each_other(day: Plan) -> None:
    events = list(simulate(replace(day, agents=10, hours=48.0)))
    days = Counter(int((entered.at - day.start) // (24 * HOUR)) for entered in of(CallEntered, events))

    assert days[0] > 100
    assert days[1] > 100


def test_a_plan_that_begins_in_the_middle_of_the_day_is_staffed_within_a_minute(day: Plan) -> None:
    start = day.start + 7 * HOUR  # 14:00: every shift is under way
    signed_in = {added.agent for added in of(MemberAdded, list(simulate(replace(day, start=start, hours=1 / 60))))}

    assert len(signed_in) > 0.8 * day.agents
