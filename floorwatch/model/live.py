"""The floor's moving part: what the folds change. Entries are frozen and replaced, counters grow in place.

Rules
- Only the folds (`fold_...`) change a `Live`, and only `Floor.apply` calls the folds.
- What does not fit is a misfit: counted by feed and kind, never dropped silently and never fatal.
- An agent's word in a feed becomes an id here: by the people map, a shared name by queue membership, else as it stands.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence, Set
from copy import copy
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.agent_state import state_of
from floorwatch.model.bases import Differs
from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts, interval_of
from floorwatch.model.duty_book import DutyBook, KeptDuty
from floorwatch.model.ended_visits import EndedVisits, KeptVisits
from floorwatch.model.entities import Agent, AgentState, CallKey, Membership, MissedRing, Talk, Waiting
from floorwatch.model.entry_log import EntryLog, KeptEntries
from floorwatch.model.history import History, Lengths
from floorwatch.model.ledger import Ledger, count_name
from floorwatch.model.people import People
from floorwatch.model.presence import KeptPresences, Presences
from floorwatch.model.readings import Readings
from floorwatch.model.support_book import KeptSupport, SupportBook
from floorwatch.model.targets import FloorRules
from floorwatch.model.things import Source
from floorwatch.model.weekday import WeekdayRead

MISSED_KEPT = 256
"""Rings in vain that are remembered one by one: the last minutes of a floor where everything goes wrong at once."""

LONGEST_SPELL_SECONDS = 62 * 86_400.0
"""No more of a spell counts: with a damaged time it lasts for decades, each day of which has counters of its own."""

EVERY_QUEUE = ""
"""The place of an agent whose feed speaks of no queue: signed in or paused everywhere."""

# By name: in Python 3.11 to look a member up on its enum costs ten times as much, and these stand in the hot path.
_FAULT, _ON_HOLD, _ON_CALL, _RINGING, _WRAP_UP, _PAUSED, _AVAILABLE, _OUT, _UNKNOWN = AgentState

_AT_THE_PHONES = frozenset({_ON_HOLD, _ON_CALL, _RINGING, _WRAP_UP, _AVAILABLE})
"""Between these nothing changes of where somebody is: most changes of state cost no look at it."""


class Period(Struct, frozen=True, eq=False, gc=False):
    """One interval of one queue, and the counters that a call which entered in it counts in: day's, interval's."""

    day_key: tuple[str, float]
    interval_key: tuple[str, float]
    both: tuple[QueueCounts, QueueCounts]


class KeptLive(Struct, frozen=True):
    """A `Live` as plain values, and the first rows of a history; of what mostly stays as it is what differs from a base
    there. What is in it is the floor's own: it is written down at once, or taken up once."""

    lengths: Lengths
    waiting: Sequence[Waiting]
    talks: Sequence[Talk]
    agents: Differs[str, Agent]
    queues: Sequence[str]
    closed: KeptVisits
    ringing: Mapping[CallKey, Sequence[str]]
    last_talk: Differs[str, tuple[str, float]]
    day_counts: dict[tuple[str, float], QueueCounts]
    interval_counts: Differs[tuple[str, float], QueueCounts]
    agent_counts: Differs[tuple[str, float], AgentCounts]
    feeds: Mapping[str, Ledger]
    custom: Mapping[str, Mapping[str, Mapping[str, Any]]]
    entries: KeptEntries
    support: KeptSupport
    duty: KeptDuty
    presences: KeptPresences
    weekday: WeekdayRead | None
    missed_rings: Sequence[MissedRing]
    order: int
    today: tuple[float, float]


class Live:
    """State of the floor as of the last event."""

    def __init__(self, rules: FloorRules, people: People) -> None:
        self.rules = rules
        self.people = people
        self.waiting: dict[CallKey, Waiting] = {}
        self.talks: dict[CallKey, Talk] = {}
        self.agents: dict[str, Agent] = {}
        self.queues: dict[str, dict[int, Period]] = {}
        self._closed = EndedVisits()
        self.ringing: dict[CallKey, dict[str, None]] = {}
        """Whose telephones ring for a call, in order: the spells that end with the ringing are rows in that order."""
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
        self.support = SupportBook()
        self.duty = DutyBook(people)
        self.entries = EntryLog(self.support, self.duty)
        self.presences = Presences()
        self.history.things.sources = self._sources()
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
        known = self.interval_counts.get(interval_key)  # after a floor was taken up shared with others: see _own_counts
        interval = self.interval_counts[interval_key] = QueueCounts() if known is None else copy(known)
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
            counts = self._today[agent] = self._own_counts((agent, start))
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
        return self._own_counts((agent, start))

    def _own_counts(self, key: tuple[str, float]) -> AgentCounts:
        """These counters, to be added to. A copy: those that nobody touched since a floor was taken up are shared with
        its snapshots."""
        known = self.agent_counts.get(key)
        counts = self.agent_counts[key] = AgentCounts() if known is None else copy(known)
        return counts

    def misfit(self, feed: str, kind: str) -> None:
        """Count an event that does not fit the floor."""
        count_name(self.feeds[feed].misfits, kind)

    def remember_closed(self, key: CallKey, entered_at: float, left_at: float) -> None:
        """Keep the span of an ended visit, the next row of the history, for a while."""
        self._closed.add(key, (entered_at, left_at), len(self.history.visits))

    def closed(self, key: CallKey) -> tuple[float, float] | None:
        """When the last ended visit of this call to this queue began and ended; None when that is forgotten."""
        return self._closed.get(key)

    # --- what is let go (`forgetting`) ---

    def go_on_with(self, history: History) -> None:
        """This history, which holds the last rows of the one before, in its place."""
        self._closed.forget_rows(len(self.history.visits) - len(history.visits))
        self.history = history

    def forget_counts(self, before: float) -> None:
        """Counters of days and intervals that began before this moment."""
        for counts in (self.day_counts, self.interval_counts, self.agent_counts):
            for key in [key for key in counts if key[1] < before]:
                del counts[key]
        for queue, periods in self.queues.items():
            kept = {at: each for at, each in periods.items() if min(each.day_key[1], each.interval_key[1]) >= before}
            self.queues[queue] = kept
        self.touched_periods = {each for each in self.touched_periods if each.day_key in self.day_counts}
        self._touched_agents = {key for key in self.take_touched_agents() if key in self.agent_counts}
        if self._today_span[0] < before:
            self._today, self._today_span = {}, (0.0, 0.0)

    def forget_agents(self, agents: Set[str]) -> None:
        """These agents were never here. Who is meant by a word is found again."""
        for agent in agents:
            del self.agents[agent]
            self.last_talk.pop(agent, None)
        self.presences.forget(agents)
        self._ids.clear()

    def forget_queues(self, queues: Set[str]) -> None:
        """These queues were never here."""
        for queue in queues:
            del self.queues[queue]
            self._queue_names.pop(queue, None)

    # --- as plain values ---

    def kept(self, readings: Readings) -> KeptLive:
        """All of it. What can be found again is left out: who is meant by a word, the counters of today."""
        things, bases, today = self.history.things, self.history.bases, self._today_span[0]
        things.gather()
        return KeptLive(
            waiting=tuple(self.waiting.values()),
            talks=tuple(self.talks.values()),
            agents=bases.differs("agents", self.agents, lambda _id, agent: (agent.since or 0.0) < today),
            queues=tuple(self.queues),
            closed=self._closed.kept(),
            ringing={key: tuple(agents) for key, agents in self.ringing.items()},
            last_talk=bases.differs("last_talk", self.last_talk, lambda _agent, last: last[1] < today),
            day_counts=self.day_counts,
            interval_counts=bases.differs("interval_counts", self.interval_counts, lambda key, _own: key[1] < today),
            agent_counts=bases.differs("agent_counts", self.agent_counts, lambda key, _own: key[1] < today),
            feeds=self.feeds,
            custom=self.custom,
            entries=self.entries.kept(things),
            support=self.support.kept(bases),
            duty=self.duty.kept(things, readings),
            presences=self.presences.kept(bases, today),
            weekday=self.weekday,
            missed_rings=tuple(self.missed_rings),
            order=self.order,
            today=self._today_span,
            lengths=self.history.lengths(),  # last: bases may have been laid
        )

    def take_up(self, kept: KeptLive, history: History, readings: Readings) -> None:
        """Go on from what was kept, with the first rows of a complete history; nothing was folded before. Raises
        LookupError and ValueError where the history, or a reading, is not there."""
        self.history = history.upto(kept.lengths)
        self.history.things.sources = self._sources()
        self.waiting = {(each.queue, each.call): each for each in kept.waiting}
        self.talks = {(each.queue, each.call): each for each in kept.talks}
        self.queues = {name: {} for name in kept.queues}
        self._queue_names = {name: name for name in kept.queues}
        self._closed.take_up(kept.closed, self.history.visits)
        self.ringing = {key: dict.fromkeys(agents) for key, agents in kept.ringing.items()}
        things, bases = history.things, history.bases
        self.agents = bases.whole("agents", kept.agents)
        self.last_talk = bases.whole("last_talk", kept.last_talk)
        self.day_counts = dict(kept.day_counts)
        self.interval_counts = bases.whole("interval_counts", kept.interval_counts)
        self.agent_counts = bases.whole("agent_counts", kept.agent_counts)
        self.feeds.update(kept.feeds)
        self.custom = dict(kept.custom)
        self.entries.take_up(kept.entries, things)
        self.support.take_up(kept.support, bases)
        self.duty.take_up(kept.duty, things, readings)
        self.presences.take_up(kept.presences, bases)
        self.weekday = kept.weekday
        self.missed_rings.extend(kept.missed_rings)
        self.order = kept.order
        self._today_span = kept.today

    def _sources(self) -> tuple[Source, ...]:
        """Where things stand that a history numbers."""
        return self.support, self.duty, self.entries, self.presences

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
        start = max(start, at - LONGEST_SPELL_SECONDS)
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
