"""The floor at one instant, frozen: what panels, rules, reports and `state` read."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.counts import AgentCounts, QueueCounts
from floorwatch.model.entities import Agent, CallKey, Fact, Talk, Waiting
from floorwatch.model.scope import Scope
from floorwatch.model.targets import FloorRules


class FeedState(Struct, frozen=True):
    """What one feed has brought, as the fold saw it: the same live and in replay."""

    name: str
    lines: int = 0
    last_line_at: float | None = None
    rejected: Mapping[str, int] = {}
    unknown_events: Mapping[str, int] = {}
    misfits: Mapping[str, int] = {}


class FloorSnapshot(Struct, frozen=True, dict=True, kw_only=True):
    """The whole floor at `at` (epoch seconds UTC). Mappings are not to be changed; `dict=True` holds what was computed.

    `day_counts` is keyed by (queue, start of the business day), `interval_counts` by (queue, start of the 15-minute
    interval), `agent_counts` by (agent, start of the business day); all starts are epoch seconds UTC.
    """

    at: float
    rules: FloorRules
    gives: frozenset[Fact] = frozenset()
    waiting: Mapping[CallKey, Waiting] = {}
    talks: Mapping[CallKey, Talk] = {}
    agents: Mapping[str, Agent] = {}
    queue_names: tuple[str, ...] = ()
    day_counts: Mapping[tuple[str, float], QueueCounts] = {}
    interval_counts: Mapping[tuple[str, float], QueueCounts] = {}
    agent_counts: Mapping[tuple[str, float], AgentCounts] = {}
    feeds: Mapping[str, FeedState] = {}
    custom: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
    alerts: tuple[RaisedAlert, ...] = ()

    @cached_property
    def day_start(self) -> float:
        """Start of the business day, epoch seconds UTC."""
        return self.rules.days.start_of(self.at)

    @cached_property
    def queues(self) -> Mapping[str, Scope]:
        """Every queue that was configured or seen, by name, in the order of `queue_names`."""
        return {name: Scope(self, name, (name,)) for name in self.queue_names}

    @cached_property
    def total(self) -> Scope:
        """The whole floor."""
        return Scope(self, "total", self.queue_names, whole=True)

    def scope(self, name: str, queues: tuple[str, ...]) -> Scope:
        """A group of queues under a name of its own."""
        return Scope(self, name, tuple(q for q in queues if q in self.queues))

    def agent_today(self, agent: str) -> AgentCounts:
        """Counters of the agent for the business day (all zero before anything happened)."""
        return self.agent_counts.get((agent, self.day_start)) or AgentCounts()

    def is_stale(self, call: Waiting | Talk) -> bool:
        """Whether the call has had no end for longer than the stale limit."""
        began = call.entered_at if isinstance(call, Waiting) else call.since
        return self.at - (began or self.at) > self.rules.stale_after_seconds

    @cached_property
    def waiting_by_queue(self) -> Mapping[str, tuple[Waiting, ...]]:
        """Who waits in each queue, first come first."""
        found: defaultdict[str, list[Waiting]] = defaultdict(list)
        for waiting in sorted(self.waiting.values(), key=lambda w: w.order):
            found[waiting.queue].append(waiting)
        return {queue: tuple(waits) for queue, waits in found.items()}

    @cached_property
    def agents_by_queue(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the members of each queue, and of whoever talks for it."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for agent in self.agents.values():
            for queue, place in agent.queues.items():
                if place.member is not False:
                    found[queue][agent.id] = None
            for queue, _call in agent.calls:
                found[queue][agent.id] = None
        return {queue: tuple(ids) for queue, ids in found.items()}
