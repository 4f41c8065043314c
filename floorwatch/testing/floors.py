"""Floors to test on: `snapshot(*parts)` puts callers, agents, counters, feeds and alerts on a floor at one instant.

    floor = floors.snapshot(
        floors.caller("support", waited=102),
        floors.agent("1007", "李娜", AgentState.PAUSED, ago=1260, reason="Lunch", queues=["support"], seat="A07"),
        floors.talking("1004", "张伟", "support", 320, seat="B03"),
        floors.day("support", offered=402, answered=371),
    )

Rules
- Times are seconds before `NOW` (`ago`, `waited`, ...), so that a test says what a reader of the screen sees.
- Nothing is made up: a caller does not add to the counters, and a counter adds no caller.
- The same parts give an equal floor; two parts under one key are refused.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any, TypeAlias

import msgspec

from floorwatch.model.alerts import Alert, RaisedAlert
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts, interval_of
from floorwatch.model.entities import Agent, AgentState, Fact, Membership, Talk, Waiting
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.model.targets import FloorRules, Target

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 10, 2, 41, 7, tzinfo=UTC).timestamp()
"""10:41:07 on a Tuesday on the floor's wall."""

DAY_START = datetime(2026, 3, 10, tzinfo=ZONE).timestamp()
EVERY_FACT = frozenset(Fact)
QUEUE_LOG_FACTS = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES, Fact.ENDED_BY, Fact.MISSED_RINGS})
"""What an Asterisk queue log can tell: neither ringing nor hold, wrap-up or devices."""

Part: TypeAlias = Mapping[str, Mapping[Any, Any]]
"""Entries for the mappings of a snapshot, by the name of the field."""


def caller(queue: str, waited: float, *, call: str = "", number: str | None = None, feed: str = "queue_log") -> Part:
    """A caller who has waited `waited` seconds; the call is named after queue and wait unless it has a name."""
    call = call or f"{queue}-{waited:g}"
    visit = Waiting(call, queue, feed, NOW - waited, int(NOW - waited), number)
    return {"waiting": {(queue, call): visit}, "queues": {queue: None}}


def agent(  # noqa: PLR0913  # what may be said of an agent, all but three by name
    id: str,  # noqa: A002  # the entity's own word
    name: str = "",
    state: AgentState = AgentState.AVAILABLE,
    *,
    ago: float | None = 60.0,
    reason: str | None = None,
    queues: Sequence[str] | Mapping[str, Membership] = (),
    seat: str | None = None,
    team: str | None = None,
    today: AgentCounts | None = None,
) -> Part:
    """An agent whose state began `ago` seconds ago (None: before the feed began), a member of `queues`."""
    paused = state is AgentState.PAUSED
    since = None if ago is None else NOW - ago
    place = Membership(state is not AgentState.SIGNED_OUT, paused, reason, since if paused else None)
    places = queues if isinstance(queues, Mapping) else dict.fromkeys(queues, place)
    body = Agent(id, name or id, seat, team, state, since, reason if paused else None, queues=places)
    counted: Part = {} if today is None else {"agent_counts": {(id, DAY_START): today}}
    return {"agents": {id: body}, "queues": dict.fromkeys(places), **counted}


def talking(  # noqa: PLR0913  # what may be said of a talk, all but four by name
    id: str,  # noqa: A002  # the entity's own word
    name: str,
    queue: str,
    talked: float,
    *,
    waited: float | None = 9.0,
    held: float | None = None,
    number: str | None = None,
    seat: str | None = None,
    team: str | None = None,
    today: AgentCounts | None = None,
) -> Part:
    """An agent in a talk of `talked` seconds that waited `waited` before (None: no entry was seen), `held` on hold."""
    call = f"{queue}-{id}"
    since = NOW - talked
    entered = None if waited is None else since - waited
    talk = Talk(call, queue, "queue_log", id, since, entered, waited, number, None if held is None else NOW - held)
    state = AgentState.ON_CALL if held is None else AgentState.ON_HOLD
    part = agent(
        id, name, state, ago=talked if held is None else held, queues=[queue], seat=seat, team=team, today=today
    )
    body = msgspec.structs.replace(part["agents"][id], calls=((queue, call),))
    return {**part, "agents": {id: body}, "talks": {(queue, call): talk}}


def day(queue: str, **counters: float) -> Part:
    """Counters of the queue for the business day, by their names in `QueueCounts`."""
    return {"day_counts": {(queue, DAY_START): _counts(counters)}, "queues": {queue: None}}


def interval(queue: str, back: int = 0, **counters: float) -> Part:
    """Counters of the queue for the 15-minute interval `back` intervals ago (0: the running one)."""
    start = interval_of(NOW) - INTERVAL_SECONDS * back
    return {"interval_counts": {(queue, start): _counts(counters)}, "queues": {queue: None}}


def feed(name: str, *, silent: float | None = 0.0, lines: int = 100) -> Part:
    """A feed whose last line came `silent` seconds ago (None: it never brought one)."""
    return {"feeds": {name: FeedState(name, lines, None if silent is None else NOW - silent)}}


def raised(rule: str, alert: Alert, *, ago: float = 0.0) -> Part:
    """An alert that the host raised `ago` seconds ago and still holds up."""
    held = RaisedAlert(rule, alert, NOW - ago)
    return {"alerts": {held.id: held}}


def rules(default: Target | None = None, **targets: Target) -> FloorRules:
    """The rules of a floor in China, whose day starts at midnight; `targets` are the promises of single queues."""
    return FloorRules(FloorDays(ZONE, time(0, 0)), default or Target(), targets)


def snapshot(
    *parts: Part, at: float = NOW, rules: FloorRules | None = None, gives: frozenset[Fact] = EVERY_FACT
) -> FloorSnapshot:
    """The floor that holds all `parts`, at `at`. Queues stand in the order of their first naming.

    Raises ValueError that names the key when two parts claim it.
    """
    return added(FloorSnapshot(at=at, rules=rules or _RULES, gives=gives), *parts)


def added(floor: FloorSnapshot, *parts: Part) -> FloorSnapshot:
    """This floor with all `parts` on it too. Queues that are new stand last, in the order of their first naming.

    Raises ValueError that names the key when two claim it.
    """
    if not parts:
        return floor
    fields: dict[str, dict[Any, Any]] = {}
    for part in parts:
        for name, entries in part.items():
            held = fields.setdefault(name, dict(getattr(floor, name, {})) if name not in _LISTED else {})
            if name != "queues" and (twice := held.keys() & entries.keys()):
                raise ValueError(f"two parts of this floor are both {name} {sorted(twice)}: give one another name")
            held.update(entries)
    queues = dict.fromkeys(floor.queue_names) | fields.pop("queues", {})
    names = tuple(queue for queue in queues if queue)
    alerts = (*floor.alerts, *fields.pop("alerts", {}).values())
    return msgspec.structs.replace(floor, queue_names=names, alerts=alerts, **fields)


_LISTED = frozenset({"queues", "alerts"})
"""What a snapshot keeps in order and not by key."""

_RULES = rules()


def _counts(counters: Mapping[str, float]) -> QueueCounts:
    counts = QueueCounts()
    for name, number in counters.items():
        setattr(counts, name, number)  # refuses a name that is no counter
    return counts
