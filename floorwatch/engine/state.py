"""The floor at an instant as plain data: what `floorwatch state --json` prints. Its keys are stable (docs/state.md).

Rules
- What the feed cannot give, and 0/0, is null.
- Caller numbers are masked unless asked for; every word from a feed is made inert.
- Names that are equal then are still told apart: the second is `name (2)`, wherever it stands. Counts of reasons and
  words that are equal then are added up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.feed_watch import FeedReport
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
from floorwatch.roster import silent_since
from floorwatch.text import inert, masked

State = dict[str, Any]


class _Keys(Struct, frozen=True):
    """The inert names of queues, agents and feeds, each for one of them."""

    queues: Mapping[str, str]
    agents: Mapping[str, str]
    feeds: Mapping[str, str]

    def queue(self, name: str) -> str:
        return self.queues.get(name) or inert(name)

    def agent(self, name: str) -> str:
        return self.agents.get(name) or inert(name)

    def subject(self, subject: str) -> str:
        """What an alert is about: a kind and a name, as "agent:1007"."""
        kind, _colon, name = subject.partition(":")
        keys = {"queue": self.queues, "agent": self.agents, "feed": self.feeds}.get(kind, {})
        return f"{kind}:{keys[name]}" if name in keys else inert(subject)


def state_of_floor(
    floor: FloorSnapshot, health: Mapping[str, FeedHealth], *, unmasked: bool = False, followed: bool = False
) -> State:
    """Everything about the floor at `floor.at`. `health` adds what only the host knows: rotations and possible loss,
    and of feeds that are `followed` how they are read."""
    agents = floor.agents.values()
    queues = chain(floor.queues, (queue for agent in agents for queue in agent.queues))
    feeds = _told_apart(name for name in (*floor.feeds, *health) if name)
    keys = _Keys(_told_apart(queues), _told_apart(agent.id for agent in agents), feeds)
    documents = _told_apart(floor.duty.documents)
    return {
        "at": floor.at,
        "feeds": {key: _feed(floor, name, health.get(name), followed) for name, key in feeds.items()},
        "queues": {keys.queue(name): _scope(scope, unmasked) for name, scope in floor.queues.items()},
        "total": _scope(floor.total, unmasked),
        "agents": {keys.agent(agent.id): _agent(agent, floor.support, keys) for agent in agents},
        "calls": _calls(floor, keys),
        "alerts": [_alert(raised, floor, keys) for raised in floor.alerts],
        "support": support_state(floor, keys.agent),
        "documents": {documents[source]: _document(each) for source, each in floor.duty.documents.items()},
    }


def rejected_of(feed: FeedState, health: FeedHealth | None) -> Mapping[str, int]:
    """What the decoder refused, and what never was a line: too long, damaged, torn. By reason."""
    return feed.rejected if health is None else {**health.rejected, **feed.rejected}


def _told_apart(names: Iterable[str]) -> Mapping[str, str]:
    """A key for each name: itself made inert, and where that is another one's key, with a number behind it. Who is
    called so to the letter has the name."""
    known = dict.fromkeys(names)
    keys = {name: name for name in known if inert(name) == name}
    taken = set(keys)
    for name in known:
        if name not in keys:
            said = inert(name)
            keys[name] = next(key for key in chain([said], (f"{said} ({n})" for n in count(2))) if key not in taken)
            taken.add(keys[name])
    return keys


def _added_up(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by inert word."""
    added: Counter[str] = Counter()
    for word, number in counts.items():
        added[inert(word)] += number
    return dict(added)


def _feed(floor: FloorSnapshot, name: str, health: FeedHealth | None, followed: bool) -> State:
    feed = floor.feeds.get(name) or FeedState(name)
    report = FeedReport(name, floor.at, health or FeedHealth(name), feed, silent_since=silent_since(floor, name))
    return {
        "lines": feed.lines,
        "rejected": _added_up(rejected_of(feed, health)),
        "unknown_events": _added_up(feed.unknown_events),
        "misfits": dict(feed.misfits),
        "rotations": None if health is None else health.rotations,
        "possible_loss": None if health is None else health.possible_loss,
        "last_line_at": report.last_line_at,
        "age_seconds": report.age_seconds,
        "silent": report.is_silent,
        **_how_it_is_read(health if followed else None),
    }


def _how_it_is_read(health: FeedHealth | None) -> State:
    """The host's own observations, which nobody can make of what is read once, or in a replay."""
    if health is None:
        return dict.fromkeys(("state", "reason", "polling", "lag_seconds", "bytes_left"))
    return {
        "state": health.state,
        "reason": inert(health.reason),
        "polling": health.polling,
        "lag_seconds": health.lag_seconds,
        "bytes_left": health.bytes_left,
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


def _agent(agent: Agent, support: Support, keys: _Keys) -> State:
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
            keys.queue(queue): {
                "member": place.member,
                "paused": place.paused,
                "pause_reason": place.pause_reason and inert(place.pause_reason),
            }
            for queue, place in agent.queues.items()
            if queue != EVERY_QUEUE
        },
    }


def _calls(floor: FloorSnapshot, keys: _Keys) -> list[State]:
    waiting = (
        _call(w, None, "stale" if floor.is_stale(w) else "waiting", w.entered_at, keys) for w in floor.waiting.values()
    )
    talks = (_call(talk, talk.agent, _talk_state(floor, talk), talk.since, keys) for talk in floor.talks.values())
    return [*waiting, *talks]


def _call(call: Waiting | Talk, agent: str | None, state: str, since: float, keys: _Keys) -> State:
    return {
        "call": inert(call.call),
        "queue": keys.queue(call.queue),
        "agent": agent and keys.agent(agent),
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
        "refused": _added_up(document.refusals),
        "unknown_codes": _added_up(document.unknown_codes),
        "remarks": [inert(remark) for remark in document.remarks],
        "read_at": document.read_at,
        "refused_at": document.refused_at,
        "why": inert(document.why),
    }


def _alert(raised: RaisedAlert, floor: FloorSnapshot, keys: _Keys) -> State:
    alert = raised.alert
    seen_to, snooze = floor.support.seen_to(raised), floor.support.snooze_of(raised, floor.at)
    return {
        "id": inert(replace(raised, alert=replace(alert, subject=keys.subject(alert.subject))).id),
        "rule": raised.rule,
        "subject": keys.subject(alert.subject),
        "text": inert(alert.text),
        "tone": alert.tone.value,
        "since": alert.since,
        "raised_at": raised.raised_at,
        "playbook": inert(alert.playbook),
        "owner": None if seen_to is None else inert(seen_to.owner),
        "snoozed_until": None if snooze is None else snooze.until,
    }
