"""The floor at an instant as plain data: what `floorwatch state --json` prints. Its keys are stable (docs/state.md).

Rules
- What the feed cannot give, and 0/0, is null.
- Caller numbers are masked unless asked for; every word from a feed is made inert.
"""

from collections.abc import Mapping
from typing import Any

from floorwatch.engine.support_state import support_state
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.duty import DocumentState
from floorwatch.model.entities import Agent, Talk, Waiting
from floorwatch.model.events import LeftHow
from floorwatch.model.live import EVERY_QUEUE
from floorwatch.model.metrics import figure_of
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.model.snapshot import FeedState, FloorSnapshot, Scope
from floorwatch.model.support import Support
from floorwatch.text import inert, masked

State = dict[str, Any]


def state_of_floor(floor: FloorSnapshot, health: Mapping[str, FeedHealth], *, unmasked: bool = False) -> State:
    """Everything about the floor at `floor.at`. `health` adds what only the host knows: rotations and possible loss."""
    return {
        "at": floor.at,
        "feeds": {inert(name): _feed(floor, name, health.get(name)) for name in {**floor.feeds, **health} if name},
        "queues": {inert(name): _scope(scope, unmasked) for name, scope in floor.queues.items()},
        "total": _scope(floor.total, unmasked),
        "agents": {inert(agent.id): _agent(agent, floor.support) for agent in floor.agents.values()},
        "calls": _calls(floor),
        "alerts": [_alert(raised, floor) for raised in floor.alerts],
        "support": support_state(floor),
        "documents": {inert(source): _document(each) for source, each in floor.duty.documents.items()},
    }


def rejected_of(feed: FeedState, health: FeedHealth | None) -> Mapping[str, int]:
    """What the decoder refused, and what never was a line: too long, damaged, torn. By reason."""
    return feed.rejected if health is None else {**health.rejected, **feed.rejected}


def _feed(floor: FloorSnapshot, name: str, health: FeedHealth | None) -> State:
    feed = floor.feeds.get(name) or FeedState(name)
    return {
        "lines": feed.lines,
        "rejected": {inert(reason): count for reason, count in rejected_of(feed, health).items()},
        "unknown_events": {inert(event): count for event, count in feed.unknown_events.items()},
        "misfits": dict(feed.misfits),
        "rotations": None if health is None else health.rotations,
        "possible_loss": None if health is None else health.possible_loss,
        "last_line_at": feed.last_line_at,
    }


def _scope(scope: Scope, unmasked: bool) -> State:
    counts = scope.counts
    return {
        "waiting": len(scope.waiting),
        "longest_wait_seconds": figure_of(scope, "longest-wait").value,
        "callers": [_caller(waiting, place, unmasked) for place, waiting in enumerate(scope.waiting, 1)],
        "offered": counts.offered,
        "answered": counts.answered,
        "abandoned": counts.abandoned,
        "left": {how.value: counts.left_by(how) for how in LeftHow},
        "completed": counts.completed + counts.transferred,
        "service_level": {name: level.of(scope.volume) for name, level in SERVICE_LEVELS.items()},
        "answer_rate": figure_of(scope, "answer-rate").value,
        "asa_seconds": figure_of(scope, "asa").value,
        "talk_seconds_mean": figure_of(scope, "talk").value,
        "aht_seconds": figure_of(scope, "aht").value,
        "agents": {state.value: count for state, count in scope.agents_by_state.items()},
    }


def _caller(waiting: Waiting, place: int, unmasked: bool) -> State:
    number = waiting.caller if waiting.caller is None or unmasked else masked(waiting.caller)
    return {
        "call": inert(waiting.call),
        "entered_at": waiting.entered_at,
        "position": place,
        "caller": None if number is None else inert(number),
    }


def _agent(agent: Agent, support: Support) -> State:
    visit = support.visits.get(agent.id)
    return {
        "name": inert(agent.name),
        "seat": agent.seat and inert(agent.seat),
        "team": agent.team and inert(agent.team),
        "state": agent.state.value,
        "since": agent.since,
        "visited_at": None if visit is None else visit.at,
        "calls": [inert(call) for _queue, call in agent.calls],
        "queues": {
            inert(queue): {
                "member": place.member,
                "paused": place.paused,
                "pause_reason": place.pause_reason and inert(place.pause_reason),
            }
            for queue, place in agent.queues.items()
            if queue != EVERY_QUEUE
        },
    }


def _calls(floor: FloorSnapshot) -> list[State]:
    waiting = (
        _call(w, None, "stale" if floor.is_stale(w) else "waiting", w.entered_at) for w in floor.waiting.values()
    )
    talks = (_call(talk, talk.agent, _talk_state(floor, talk), talk.since) for talk in floor.talks.values())
    return [*waiting, *talks]


def _call(call: Waiting | Talk, agent: str | None, state: str, since: float) -> State:
    return {
        "call": inert(call.call),
        "queue": inert(call.queue),
        "agent": agent and inert(agent),
        "state": state,
        "since": since,
    }


def _talk_state(floor: FloorSnapshot, talk: Talk) -> str:
    if floor.is_stale(talk):
        return "stale"
    return "talking" if talk.held_since is None else "on_hold"


def _document(document: DocumentState) -> State:
    return {
        "title": inert(document.title),
        "period": None if document.period is None else [inert(date) for date in document.period],
        "rows": document.rows,
        "people": document.people,
        "shifts": document.shifts,
        "punches": document.punches,
        "unmatched": [inert(who.name or who.key) for who in document.unmatched],
        "refused": {inert(why): count for why, count in document.refusals.items()},
        "unknown_codes": {inert(code): count for code, count in document.unknown_codes.items()},
        "remarks": [inert(remark) for remark in document.remarks],
        "read_at": document.read_at,
        "refused_at": document.refused_at,
        "why": inert(document.why),
    }


def _alert(raised: RaisedAlert, floor: FloorSnapshot) -> State:
    alert = raised.alert
    seen_to, snooze = floor.support.seen_to(raised), floor.support.snooze_of(raised, floor.at)
    return {
        "id": inert(raised.id),
        "rule": raised.rule,
        "subject": inert(alert.subject),
        "text": inert(alert.text),
        "tone": alert.tone.value,
        "since": alert.since,
        "raised_at": raised.raised_at,
        "playbook": inert(alert.playbook),
        "owner": None if seen_to is None else inert(seen_to.owner),
        "snoozed_until": None if snooze is None else snooze.until,
    }
