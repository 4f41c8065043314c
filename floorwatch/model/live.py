"""The floor's moving part: what the folds change. Entries are frozen and replaced, counters grow in place.

Rules
- Only the folds (`fold_...`) change a `Live`, and only `Floor.apply` calls the folds.
- What does not fit is a misfit: counted by feed and kind, never dropped silently and never fatal.
- An agent's word in a feed becomes an id here: by the people map, a shared name by queue membership, else as it stands.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Set
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts, interval_of
from floorwatch.model.duty_book import DutyBook
from floorwatch.model.entities import Agent, AgentState, CallKey, Membership, MissedRing, Talk, Waiting
from floorwatch.model.entry_log import EntryLog
from floorwatch.model.history import History
from floorwatch.model.people import People
from floorwatch.model.presence import Presences
from floorwatch.model.support_book import SupportBook
from floorwatch.model.targets import FloorRules
from floorwatch.model.weekday import WeekdayRead

CLOSED_KEPT = 4096
"""Ended visits remembered, at least, to tell a doubled line from a new visit: half an hour of a 1,000-seat floor.
In two halves: taking the oldest out of one dict one by one costs ever more, since dicts keep the holes."""

MISSED_KEPT = 256
"""Rings in vain that are remembered one by one: the last minutes of a floor where everything goes wrong at once."""

EVERY_QUEUE = ""
"""The place of an agent whose feed speaks of no queue: signed in or paused everywhere."""

# By name: in Python 3.11 to look a member up on its enum costs ten times as much, and these stand in the hot path.
_FAULT, _ON_HOLD, _ON_CALL, _RINGING, _WRAP_UP, _PAUSED, _AVAILABLE, _SIGNED_OUT, _UNKNOWN = AgentState

_AT_THE_PHONES = frozenset({_ON_HOLD, _ON_CALL, _RINGING, _WRAP_UP, _AVAILABLE})
"""Between these nothing changes of where somebody is: most changes of state cost no look at it."""


class Ledger(Struct):
    """What one feed has brought."""

    lines: int = 0
    first_line_at: float | None = None
    last_line_at: float | None = None
    rejected: dict[str, int] = field(default_factory=dict)
    unknown_events: dict[str, int] = field(default_factory=dict)
    misfits: dict[str, int] = field(default_factory=dict)


class Period(Struct, frozen=True, eq=False, gc=False):
    """One interval of one queue, and the counters that a call which entered in it counts in: day's, interval's."""

    day_key: tuple[str, float]
    interval_key: tuple[str, float]
    both: tuple[QueueCounts, QueueCounts]


class Live:
    """State of the floor as of the last event."""

    def __init__(self, rules: FloorRules, people: People) -> None:
        self.rules = rules
        self.people = people
        self.waiting: dict[CallKey, Waiting] = {}
        self.talks: dict[CallKey, Talk] = {}
        self.agents: dict[str, Agent] = {}
        self.queues: dict[str, dict[int, Period]] = {}
        self._closed: dict[CallKey, tuple[float, float]] = {}
        self._closed_before: dict[CallKey, tuple[float, float]] = {}
        self.ringing: dict[CallKey, set[str]] = {}
        self.last_talk: dict[str, tuple[str, float]] = {}
        self.day_counts: dict[tuple[str, float], QueueCounts] = {}
        self.interval_counts: dict[tuple[str, float], QueueCounts] = {}
        self.agent_counts: dict[tuple[str, float], AgentCounts] = {}
        self.touched_periods: set[Period] = set()
        self._touched_agents: set[tuple[str, float]] = set()
        self._touched_today: set[str] = set()
        self.feeds: defaultdict[str, Ledger] = defaultdict(Ledger)
        self.custom: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        self.history = History()
        self.entries = EntryLog()
        self.support = SupportBook()
        self.duty = DutyBook(people)
        self.presences = Presences()
        self.weekday: WeekdayRead | None = None
        self.missed_rings: deque[MissedRing] = deque(maxlen=MISSED_KEPT)
        self.order = 0
        self._ids: dict[str, str] = {}
        self._queue_names: dict[str, str] = {}
        self._today: dict[str, AgentCounts] = {}
        self._today_span = (0.0, 0.0)

    # --- counting ---

    def counts(self, queue: str, entered_at: float) -> tuple[QueueCounts, QueueCounts]:
        """The counters of the day and of the interval in which a call entered; both are marked as touched."""
        index = int(entered_at // INTERVAL_SECONDS)
        periods = self.queues.get(queue)
        if periods is None:
            periods = self.queues[queue] = {}
        period = periods.get(index)
        if period is None:
            period = periods[index] = self._period(queue, entered_at)
        self.touched_periods.add(period)
        return period.both

    def _period(self, queue: str, entered_at: float) -> Period:
        day_key = (queue, self.rules.days.start_of(entered_at))
        interval_key = (queue, interval_of(entered_at))
        day = self.day_counts.setdefault(day_key, QueueCounts())
        interval = self.interval_counts.setdefault(interval_key, QueueCounts())
        return Period(day_key, interval_key, (day, interval))

    def see_queue(self, queue: str) -> str:
        """Make the queue known to the floor; its name as the one string that all of history shares."""
        name = self._queue_names.get(queue)
        if name is None:
            name = self._queue_names[queue] = queue
            self.queues.setdefault(queue, {})
        return name

    def agent_day(self, agent: str, at: float) -> AgentCounts:
        """The agent's counters of the business day that holds `at`, marked as touched."""
        start, end = self._today_span
        if not start <= at < end:
            return self._agent_other_day(agent, at)
        counts = self._today.get(agent)
        if counts is None:
            counts = self._today[agent] = self.agent_counts.setdefault((agent, start), AgentCounts())
        self._touched_today.add(agent)
        return counts

    def take_touched_agents(self) -> Set[tuple[str, float]]:
        """Keys of the agents' counters that were touched since the last time this was asked."""
        start = self._today_span[0]
        touched = self._touched_agents | {(agent, start) for agent in self._touched_today}
        self._touched_agents.clear()
        self._touched_today.clear()
        return touched

    def _agent_other_day(self, agent: str, at: float) -> AgentCounts:
        """The counters of another day than that of the last event; a later day becomes the one looked up fast."""
        start = self.rules.days.start_of(at)
        if start >= self._today_span[1]:
            self._touched_agents |= self.take_touched_agents()
            self._today_span = (start, self.rules.days.end_of(at))
            self._today = {}
        self._touched_agents.add((agent, start))
        return self.agent_counts.setdefault((agent, start), AgentCounts())

    def misfit(self, feed: str, kind: str) -> None:
        """Count an event that does not fit the floor."""
        misfits = self.feeds[feed].misfits
        misfits[kind] = misfits.get(kind, 0) + 1

    def remember_closed(self, key: CallKey, entered_at: float, left_at: float) -> None:
        """Keep the span of an ended visit for a while: until as many again have ended twice."""
        self._closed[key] = (entered_at, left_at)
        if len(self._closed) >= CLOSED_KEPT:
            self._closed, self._closed_before = {}, self._closed

    def closed(self, key: CallKey) -> tuple[float, float] | None:
        """When the last ended visit of this call to this queue began and ended; None when that is forgotten."""
        return self._closed.get(key) or self._closed_before.get(key)

    # --- who is who ---

    def agent_id(self, word: str, queue: str | None) -> str:
        """The id behind a feed's word for an agent, in the context of a queue."""
        known = self._ids.get(word)
        if known is not None:
            return known
        found = self.people.id_of(word)
        if found is None and self.people.candidates(word):
            return self._shared_name(word, queue)
        return self._ids.setdefault(word, found or word)

    def agent(self, word: str, queue: str | None) -> Agent:
        """The agent behind a feed's word; one not seen before comes onto the floor in state `unknown`."""
        key = self._ids.get(word) or self.agent_id(word, queue)
        agent = self.agents.get(key)
        if agent is None:
            person = self.people.person(key)
            agent = Agent(key, word) if person is None else Agent(key, person.name, person.seat, person.team)
            self.agents[key] = agent
        return agent

    def _shared_name(self, word: str, queue: str | None) -> str:
        """One of several people of this name: the only member of the queue, else the only one who ever was, else the
        name as it stands, which shows as a person of its own."""
        places = {key: self._place(key, queue) for key in self.people.candidates(word)}
        members = [key for key, place in places.items() if place is not None and place.member is not False]
        if len(members) == 1:
            return members[0]
        known = [key for key, place in places.items() if place is not None]
        return known[0] if not members and len(known) == 1 else word

    def _place(self, agent: str, queue: str | None) -> Membership | None:
        found = self.agents.get(agent)
        return None if found is None or queue is None else found.queues.get(queue)

    # --- an agent's state ---

    def put(self, agent: Agent, at: float) -> None:
        """Store the changed agent; if that is another state than before, the old spell ends at `at`."""
        before = self.agents[agent.id]
        state, reason = state_of(agent, self.talks)
        if state is before.state and reason == before.pause_reason:
            self.agents[agent.id] = agent
            if state is _FAULT:
                self._see(agent, state, reason, at)
            return
        self._end_spell(before, at)
        self.agents[agent.id] = replace(agent, state=state, pause_reason=reason, since=at)
        if not (state in _AT_THE_PHONES and before.state in _AT_THE_PHONES):
            self._see(agent, state, reason, at)

    def _see(self, agent: Agent, state: AgentState, reason: str | None, at: float) -> None:
        """Note where the agent is now; a telephone that fails hides it from nobody."""
        if state is _FAULT:
            state, reason = state_of(replace(agent, fault_since=None), self.talks)
        self.presences.change(agent, state, reason, at)

    def _end_spell(self, before: Agent, at: float) -> None:
        start = before.since
        if start is None or before.state is _UNKNOWN or at <= start:
            return
        self.history.spells.add((before.id, before.state._value_, before.pause_reason, start, at))
        first, last = self._today_span
        if start >= first and at <= last:
            _count_spell(self.agent_day(before.id, start), before.state, at - start)
            return
        while start < at:  # a spell is cut at the edges of business days
            edge = min(at, self.rules.days.end_of(start))
            _count_spell(self.agent_day(before.id, start), before.state, edge - start)
            start = edge


def _count_spell(counts: AgentCounts, state: AgentState, seconds: float) -> None:
    if state is _ON_CALL:
        counts.on_call_seconds += seconds
    elif state is _AVAILABLE:
        counts.available_seconds += seconds
    elif state is _PAUSED:
        counts.paused_seconds += seconds
    elif state is _WRAP_UP:
        counts.wrap_up_seconds += seconds
    elif state is _RINGING:
        counts.ringing_seconds += seconds
    elif state is _ON_HOLD:
        counts.on_hold_seconds += seconds


def state_of(agent: Agent, talks: Mapping[CallKey, Talk]) -> tuple[AgentState, str | None]:
    """The state by precedence (METRICS.md), and the reason when it is a pause."""
    if agent.fault_since is not None:
        return _FAULT, None
    if agent.calls:
        for key in agent.calls:
            if (talk := talks.get(key)) is None or talk.held_since is None:
                return _ON_CALL, None
        return _ON_HOLD, None
    if agent.ringing:
        return _RINGING, None
    if agent.wrap_up_since is not None:
        return _WRAP_UP, None
    return _duty_of(agent.queues)


def _duty_of(queues: Mapping[str, Membership]) -> tuple[AgentState, str | None]:
    """Paused when paused in every membership, available in any other; signed out when all memberships have ended."""
    if not queues:
        return _UNKNOWN, None
    latest = None
    for place in queues.values():
        if place.member is False:
            continue
        if not place.paused:
            return _AVAILABLE, None
        if latest is None or (place.paused_since or 0.0) > (latest.paused_since or 0.0):
            latest = place
    return (_SIGNED_OUT, None) if latest is None else (_PAUSED, latest.pause_reason)
