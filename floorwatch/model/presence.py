"""Who is at the telephones, paused or gone, for the last day and a half: the call feed's own witness of attendance.

Rules
- At the telephones is whoever is available, rings, talks, holds or wraps up; paused is by reason; out is signed out.
- A telephone that fails hides nothing: it counts what would be without it. An unknown state tells nothing: the spell
  before it ends, and none begins.
- Presences that touch and are the same are one spell; one without length is none. No spell begins before the one before
  it has ended, whatever the switch's clock does.
- Of the days before the watch began only memberships and pauses are folded: their spells have no calls, and a pause
  that waited for the end of a call begins when it was asked for.
- Spells that ended more than `KEPT_SECONDS` before a new one begins are forgotten, and the first of more than
  `MOST_SPELLS`: events alone decide, no clock. Of what was before, the call feed is no witness (`remembered_since`).
"""

from collections.abc import Mapping, Sequence, Set
from itertools import chain, repeat
from typing import TypeAlias

from msgspec import Struct

from floorwatch.model.bases import Bases, Differs
from floorwatch.model.duty import Presence, Spell
from floorwatch.model.entities import Agent, AgentState, CallKey, Talk
from floorwatch.model.things import SPELLS, Things

KEPT_SECONDS = 36 * 3600.0

MOST_SPELLS = 500
"""That ended, of one agent. Who pauses after each of twelve calls an hour has as many in two shifts of ten hours; more
comes of a switch that goes round in circles, or of a log that somebody floods."""

_PRESENCES: Mapping[AgentState, Presence | None] = {
    AgentState.ON_HOLD: Presence.PHONES,
    AgentState.ON_CALL: Presence.PHONES,
    AgentState.RINGING: Presence.PHONES,
    AgentState.WRAP_UP: Presence.PHONES,
    AgentState.AVAILABLE: Presence.PHONES,
    AgentState.PAUSED: Presence.PAUSED,
    AgentState.SIGNED_OUT: Presence.OUT,
    AgentState.UNKNOWN: None,
}
_PHONES = Presence.PHONES

Running: TypeAlias = tuple[Presence, str | None, float, bool]
"""Presence, reason of a pause, since when, and whether it is implied."""


class KeptPresences(Struct, frozen=True):
    """Presences of each agent as what differs from their bases: the one that runs, and those that ended."""

    running: Differs[str, Running]
    ended: Differs[str, tuple[Spell, ...]]


class Presences:
    """The spells of every agent as of the last event."""

    def __init__(self) -> None:
        self._running: dict[str, Running] = {}
        self._ended: dict[str, tuple[Spell, ...]] = {}
        self._last_agents: Mapping[str, Agent] = {}
        self._last: Mapping[str, tuple[Spell, ...]] = {}

    def change(self, agent: Agent, state: AgentState, reason: str | None, at: float) -> None:
        """The agent is in this state from now on; `agent` is as after the event that did it."""
        presence = _PRESENCES[state]
        running = self._running.get(agent.id)
        if running is not None:
            if running[0] is presence and running[1] == reason:
                return
            at = max(at, running[2])
            self._end(agent, running, at)
        if presence is not None:
            self._running[agent.id] = self._begun(agent, presence, reason, at)
        elif running is not None:
            del self._running[agent.id]

    def snapshot(self, agents: Mapping[str, Agent], talks: Mapping[CallKey, Talk]) -> Mapping[str, tuple[Spell, ...]]:
        """By agent, in order; the last one runs. `agents` is a copy of the floor's own, kept: whoever has not changed
        since the last snapshot shares with it."""
        before, last = self._last_agents, self._last
        fresh = dict[str, tuple[Spell, ...]]()
        for key, agent in agents.items():
            if before.get(key) is agent:
                continue
            ended, running = self._ended.get(key), self._running.get(key)
            if running is not None:
                presence, reason, start, is_implied = running
                spell = Spell(presence, start, None, reason, _call(agent, presence, start, talks), is_implied)
                fresh[key] = (*ended, spell) if ended else (spell,)
            elif ended or key in last:
                fresh[key] = ended or ()
        if fresh:
            self._last = {**last, **fresh}
        if not all(fresh.values()):  # what ran had no length, and nothing was before it
            self._last = {key: spells for key, spells in self._last.items() if spells}
        self._last_agents = agents
        return self._last

    def give(self, things: Things) -> None:
        """Have everything numbered that has ended."""
        things.kinds[SPELLS].gather(repeat(""), list(chain.from_iterable(self._ended.values())))

    def forget(self, agents: Set[str]) -> None:
        """Nothing was known of these."""
        for agent in agents:
            self._running.pop(agent, None)
            self._ended.pop(agent, None)

    def kept(self, bases: Bases, today: float) -> KeptPresences:
        """All of it, once its things were gathered; what ended before `today` is expected to stay."""
        return KeptPresences(
            bases.differs("running", self._running, lambda _agent, running: running[2] < today),
            bases.differs(
                "ended",
                self._ended,
                lambda _agent, those: not those or (those[-1].end or today) < today,
                of_things=True,
            ),
        )

    def take_up(self, kept: KeptPresences, bases: Bases) -> None:
        """Go on from what was kept. Raises LookupError and ValueError for bases that are not there."""
        self._running = bases.whole("running", kept.running)
        self._ended = bases.whole("ended", kept.ended)

    def _end(self, agent: Agent, running: Running, at: float) -> None:
        presence, reason, start, is_implied = running
        if at <= start:
            return
        spell = Spell(presence, start, at, reason, _call(agent, presence, start, {}), is_implied)
        ended = (*self._ended.get(agent.id, ()), spell)
        first = next(place for place, each in enumerate(ended) if not (each.end or at) < at - KEPT_SECONDS)
        self._ended[agent.id] = ended[max(first, len(ended) - MOST_SPELLS) :]

    def _begun(self, agent: Agent, presence: Presence, reason: str | None, at: float) -> Running:
        """The new spell, or the last one again where the new one only goes on with it."""
        is_implied = all(place.member is None for place in agent.queues.values())
        ended = self._ended.get(agent.id)
        last = ended[-1] if ended else None
        if ended is None or last is None or last.end is None or last.end < at:
            return presence, reason, at, is_implied
        if last.presence is presence and last.reason == reason:
            self._ended[agent.id] = ended[:-1]
            return presence, reason, last.start, last.is_implied
        return presence, reason, last.end, is_implied


def remembered_since(spells: Sequence[Spell], now: float) -> float:
    """From when on an agent of whom these spells are known at `now` has been seen without a gap; epoch seconds UTC."""
    since = now - KEPT_SECONDS
    return max(since, spells[0].start) if len(spells) >= MOST_SPELLS else since


def _call(
    agent: Agent, presence: Presence, start: float, talks: Mapping[CallKey, Talk]
) -> tuple[float, float | None] | None:
    """The last call under way in a spell at the telephones that began at `start`."""
    if presence is not _PHONES:
        return None
    if agent.calls and (under_way := [talks[key].since for key in agent.calls if key in talks]):
        return max(under_way), None
    last = agent.last_talk
    if last is None or last.since is None or last.ended_at <= start:
        return None
    return last.since, last.ended_at
