"""The floor at one instant, frozen, and its figures by queue, group or whole: what panels, rules and reports read."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct

from floorwatch.computed import computed_once
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts, interval_of
from floorwatch.model.duty import NO_DUTY, Duty, Spell
from floorwatch.model.entities import Agent, AgentState, CallKey, Fact, MissedRing, Talk, Waiting
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.lost import LostCallers, lost_callers
from floorwatch.model.lost_rows import is_number
from floorwatch.model.past import NO_PAST, Past, PastVisit
from floorwatch.model.people import People
from floorwatch.model.service_level import Volume
from floorwatch.model.support import NO_SUPPORT, Support
from floorwatch.model.targets import FloorRules, Target
from floorwatch.model.weekday import WeekdayRead
from floorwatch.text import masked

GIVEN_BY: Mapping[AgentState, Fact] = {
    AgentState.RINGING: Fact.RINGING,
    AgentState.ON_HOLD: Fact.HOLD,
    AgentState.WRAP_UP: Fact.WRAP_UP,
    AgentState.FAULT: Fact.DEVICES,
    AgentState.PAUSED: Fact.PAUSES,
    AgentState.SIGNED_OUT: Fact.MEMBERS,
}
STAFFED = frozenset(
    {AgentState.ON_CALL, AgentState.ON_HOLD, AgentState.RINGING, AgentState.WRAP_UP, AgentState.AVAILABLE}
)


NOBODY = People()

T = TypeVar("T")


class FeedState(Struct, frozen=True):
    """What one feed has brought, as the fold saw it: the same live and in replay."""

    name: str
    lines: int = 0
    last_line_at: float | None = None
    rejected: Mapping[str, int] = {}
    unknown_events: Mapping[str, int] = {}
    misfits: Mapping[str, int] = {}
    first_line_at: float | None = None


class FloorSnapshot(Struct, frozen=True, dict=True, kw_only=True):
    """The whole floor at `at` (epoch seconds UTC). Mappings are not to be changed; `dict=True` holds what was computed.

    `day_counts` is keyed by (queue, start of the business day), `interval_counts` by (queue, start of the 15-minute
    interval), `agent_counts` by (agent, start of the business day); all starts are epoch seconds UTC. `alerts` are
    those up now, the most urgent first, `cleared_alerts` those of the business day that are over, in the order in which
    they were cleared; not `alerts_known`: there may be others, in a replay that is still being worked out.
    `missed_rings` are the last ones, oldest first. `spells` are each agent's presences of the last day and a half by
    the call feed, `presence.MOST_SPELLS` at most, in order, the last one running. `people` is the identity map. `me` is
    who looks: for panels that are for one person's eyes, and `focus` what they want to see alone: for panels that list
    people or queues. `past` is what has ended; `weekday` how many came on this weekday of an earlier week, None where
    no line of it is left.
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
    cleared_alerts: tuple[RaisedAlert, ...] = ()
    alerts_known: bool = True
    support: Support = NO_SUPPORT
    missed_rings: tuple[MissedRing, ...] = ()
    duty: Duty = NO_DUTY
    spells: Mapping[str, tuple[Spell, ...]] = {}
    people: People = NOBODY
    me: str = ""
    focus: Focus = NO_FOCUS
    past: Past = NO_PAST
    weekday: WeekdayRead | None = None

    @computed_once
    def day_start(self) -> float:
        """Start of the business day, epoch seconds UTC."""
        return self.rules.days.start_of(self.at)

    @property
    def queues(self) -> "Mapping[str, Scope]":
        """Every queue that was configured or seen, by name, in the order of `queue_names`."""
        return ScopeByQueue(self)

    @property
    def total(self) -> "Scope":
        """The whole floor."""
        return self._scope_of("total", self.queue_names, whole=True)

    @computed_once
    def shown_agents(self) -> Mapping[str, Agent]:
        """The agents who are in focus, by id: all of them where nothing is."""
        return self.agents if self.focus is NO_FOCUS else {a.id: a for a in self.agents.values() if self.shows(a)}

    @computed_once
    def shown_queues(self) -> tuple[str, ...]:
        """The queues that are in focus, in the order of `queue_names`."""
        return tuple(queue for queue in self.queue_names if self.focus.queue in ("", queue))

    def shows(self, agent: Agent) -> bool:
        """Whether the agent is in focus: of its team, and a member of its queue or on a call of it."""
        focus = self.focus
        if focus.team and agent.team != focus.team:
            return False
        return not focus.queue or agent.id in self.agents_by_queue.get(focus.queue, ())

    def scope(self, name: str, queues: tuple[str, ...]) -> "Scope":
        """A group of queues under a name of its own."""
        return self._scope_of(name, tuple(q for q in queues if q in self.queue_names))

    @computed_once
    def _figures(self) -> dict[tuple[tuple[str, ...], bool], dict[str, Any]]:
        return {}

    def _scope_of(self, name: str, queues: tuple[str, ...], *, whole: bool = False) -> "Scope":
        """These queues, all of which there are; `whole`: the whole floor, with who is in no queue."""
        return Scope(self, name, queues, whole=whole)

    def agent_today(self, agent: str) -> AgentCounts:
        """Counters of the agent for the business day (all zero before anything happened)."""
        return self.agent_counts.get((agent, self.day_start)) or AgentCounts()

    @computed_once
    def lost(self) -> LostCallers:
        """Callers whom nobody answered in a visit that ended on this business day: who is to be called back, and who
        was, or got through by themselves. Whoever waits without an end for too long does not wait again: no line said
        that they left."""
        waiting = {key: visit for key, visit in self.waiting.items() if not self.is_stale(visit)}
        return lost_callers(self.past, self.day_start, self.support.returned, waiting)

    def number_of(self, call: Waiting | Talk | PastVisit) -> str | None:
        """The caller's number as people may see it: masked, unless the floor's rules say otherwise. None where none is
        known; "anonymous" is none."""
        if self.rules.show_numbers:
            return call.caller
        return masked(call.caller) if is_number(call.caller) else None

    def is_stale(self, call: Waiting | Talk) -> bool:
        """Whether the call has had no end for longer than the stale limit."""
        began = call.entered_at if isinstance(call, Waiting) else call.since
        return self.at - (began or self.at) > self.rules.stale_after_seconds

    @computed_once
    def waiting_by_queue(self) -> Mapping[str, tuple[Waiting, ...]]:
        """Who waits in each queue, first come first."""
        found: defaultdict[str, list[Waiting]] = defaultdict(list)
        for waiting in sorted(self.waiting.values(), key=lambda w: w.order):
            found[waiting.queue].append(waiting)
        return {queue: tuple(waits) for queue, waits in found.items()}

    @computed_once
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


class ScopeByQueue(Mapping[str, "Scope"]):
    """The queues of a floor, each as its figures."""

    def __init__(self, floor: FloorSnapshot) -> None:
        self._floor = floor

    def __getitem__(self, queue: str) -> "Scope":
        if queue not in self._floor.queue_names:
            raise KeyError(queue)
        return self._floor._scope_of(queue, (queue,))  # noqa: SLF001  # of this module

    def __iter__(self) -> Iterator[str]:
        return iter(self._floor.queue_names)

    def __len__(self) -> int:
        return len(self._floor.queue_names)


class figure_of_scope(computed_once[T]):  # noqa: N801  # written as a decorator, like `property`
    """A figure that every scope of the same queues shares. The floor keeps it, but no scope: two that keep each other
    would stay, with all that the floor holds, until Python's cycle collector comes by, twenty of them a second."""

    def _kept_by(self, instance: Any) -> dict[str, Any]:
        figures: dict[str, Any] = instance._figures  # noqa: SLF001  # the decorator of this one class
        return figures


class Scope:
    """The figures of `queues` at the snapshot's moment, computed once a snapshot, at first asking. `whole`: they are
    the whole floor's, with the agents who are in no queue."""

    def __init__(self, floor: FloorSnapshot, name: str, queues: tuple[str, ...], *, whole: bool = False) -> None:
        self.floor = floor
        self.name = name
        self.queues = queues
        self.whole = whole
        self._figures = floor._figures.setdefault((queues, whole), {})  # noqa: SLF001  # kept for scopes alone

    @figure_of_scope
    def target(self) -> Target:
        """The promise of the one queue; for several, the floor's own."""
        rules = self.floor.rules
        return rules.target(self.queues[0]) if len(self.queues) == 1 else rules.default

    @figure_of_scope
    def waiting(self) -> tuple[Waiting, ...]:
        """Everyone who waits, first come first; those of earlier days and stale ones too."""
        by_queue = self.floor.waiting_by_queue
        if len(self.queues) == 1:
            return by_queue.get(self.queues[0], ())
        return tuple(sorted((w for q in self.queues for w in by_queue.get(q, ())), key=lambda w: w.order))

    @figure_of_scope
    def longest_waiting(self) -> Waiting | None:
        """The caller who has waited longest, stale ones left out."""
        fresh = self.floor.at - self.floor.rules.stale_after_seconds
        return min((w for w in self.waiting if w.entered_at >= fresh), key=lambda w: w.entered_at, default=None)

    @figure_of_scope
    def counts(self) -> QueueCounts:
        """Counters of the business day."""
        return self.counts_since(self.floor.day_start)

    def counts_since(self, day_start: float) -> QueueCounts:
        """Counters of the business day that starts at `day_start`."""
        return self._sum(self.floor.day_counts, day_start)

    def interval(self, start: float) -> QueueCounts:
        """Counters of the 15-minute interval that starts at `start`."""
        return self._sum(self.floor.interval_counts, start)

    def recent(self, count: int) -> tuple[QueueCounts, ...]:
        """Counters of the last `count` intervals, the running one last."""
        last = interval_of(self.floor.at)
        return tuple(self.interval(last - INTERVAL_SECONDS * back) for back in reversed(range(count)))

    def lately(self, count: int) -> Volume:
        """The letters of METRICS.md for whoever entered in the last `count` intervals: W and W_T are theirs."""
        total = QueueCounts()
        for each in self.recent(count):
            total.add(each)
        last = interval_of(self.floor.at)
        return self._volume(total, last - INTERVAL_SECONDS * (count - 1), last + INTERVAL_SECONDS)

    @figure_of_scope
    def volume(self) -> Volume:
        """The letters of METRICS.md for the business day: W and W_T count the entries of that day."""
        return self._volume(self.counts, self.floor.day_start, self.floor.rules.days.end_of(self.floor.day_start))

    @figure_of_scope
    def agents(self) -> tuple[Agent, ...]:
        """Members of these queues and whoever talks for them, each once; for the whole floor, everyone."""
        if self.whole:
            return tuple(self.floor.agents.values())
        ids = dict.fromkeys(a for q in self.queues for a in self.floor.agents_by_queue.get(q, ()))
        return tuple(self.floor.agents[a] for a in ids)

    @figure_of_scope
    def agents_by_state(self) -> Mapping[AgentState, int | None]:
        """How many agents are in each state; None for a state that no feed here can tell."""
        count = Counter(agent.state for agent in self.agents)
        gives = self.floor.gives
        return {
            state: count[state] if count[state] or GIVEN_BY.get(state) in (None, *gives) else None
            for state in AgentState
        }

    @figure_of_scope
    def staffed(self) -> int:
        """Agents who take calls now: available, ringing, talking, on hold or in wrap-up."""
        return sum(agent.state in STAFFED for agent in self.agents)

    @figure_of_scope
    def free(self) -> int:
        """Agents who could take a call at once."""
        return sum(agent.state is AgentState.AVAILABLE for agent in self.agents)

    def _volume(self, counts: QueueCounts, since: float, until: float) -> Volume:
        """With those who came between the two and wait. A switch whose clock is ahead brings callers of tomorrow."""
        floor = self.floor
        came = [visit for visit in self.waiting if since <= visit.entered_at < until]
        late = sum(floor.at - visit.entered_at > floor.rules.target(visit.queue).seconds for visit in came)
        return Volume.of(counts, len(came), late)

    def _sum(self, counts: Mapping[tuple[str, float], QueueCounts], start: float) -> QueueCounts:
        found = [c for q in self.queues if (c := counts.get((q, start))) is not None]
        if len(found) == 1:
            return found[0]
        total = QueueCounts()
        for each in found:
            total.add(each)
        return total
