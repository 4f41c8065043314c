"""Who is at the telephones, paused or gone, for the last day and a half: the call feed's own witness of attendance.

Rules
- At the telephones is whoever is available, rings, talks, holds or wraps up; paused is by reason; out is signed out.
- A telephone that fails hides nothing: it counts what would be without it. An unknown state tells nothing: the spell
  before it ends, and none begins.
- Presences that touch and are the same are one spell; one without length is none. No spell begins before the one before
  it has ended, whatever the switch's clock does.
- Of the days before the watch began only memberships and pauses are folded: their spells have no calls, and a pause
  that waited for the end of a call begins when it was asked for.
- Spells that ended more than `KEPT_SECONDS` before a new one begins are forgotten: events alone decide, no clock.
"""

from collections import deque
from collections.abc import Mapping
from typing import TypeAlias

from floorwatch.model.duty import Presence, Spell
from floorwatch.model.entities import Agent, AgentState, CallKey, Talk

KEPT_SECONDS = 36 * 3600.0

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


class Presences:
    """The spells of every agent as of the last event."""

    def __init__(self) -> None:
        self._running: dict[str, Running] = {}
        self._ended: dict[str, deque[Spell]] = {}
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

    def snapshot(self, agents: Mapping[str, Agent], talks: Mapping[CallKey, Talk]) -> Mapping[str, tuple[Spell, ...]]:
        """By agent, in order; the last one runs. `agents` is a copy of the floor's own, kept: whoever has not changed
        since the last snapshot shares with it."""
        before, last = self._last_agents, self._last
        fresh = {
            key: (*self._ended.get(key, ()), *self._lasting(agent, talks))
            for key, agent in agents.items()
            if before.get(key) is not agent and (key in self._running or key in self._ended)
        }
        if fresh:
            self._last = {**last, **fresh}
        self._last_agents = agents
        return self._last

    def _lasting(self, agent: Agent, talks: Mapping[CallKey, Talk]) -> tuple[Spell, ...]:
        running = self._running.get(agent.id)
        if running is None:
            return ()
        presence, reason, start, is_implied = running
        return (Spell(presence, start, None, reason, _call(agent, presence, start, talks), is_implied),)

    def _end(self, agent: Agent, running: Running, at: float) -> None:
        presence, reason, start, is_implied = running
        del self._running[agent.id]
        if at <= start:
            return
        ended = self._ended.setdefault(agent.id, deque())
        ended.append(Spell(presence, start, at, reason, _call(agent, presence, start, {}), is_implied))
        while (ended[0].end or at) < at - KEPT_SECONDS:
            ended.popleft()

    def _begun(self, agent: Agent, presence: Presence, reason: str | None, at: float) -> Running:
        """The new spell, or the last one again where the new one only goes on with it."""
        is_implied = all(place.member is None for place in agent.queues.values())
        ended = self._ended.get(agent.id)
        last = ended[-1] if ended else None
        if ended is None or last is None or last.end is None or last.end < at:
            return presence, reason, at, is_implied
        if last.presence is presence and last.reason == reason:
            ended.pop()
            return presence, reason, last.start, last.is_implied
        return presence, reason, last.end, is_implied


def _call(
    agent: Agent, presence: Presence, start: float, talks: Mapping[CallKey, Talk]
) -> tuple[float, float | None] | None:
    """The last call under way in a spell at the telephones that began at `start`."""
    if presence is not _PHONES:
        return None
    under_way = [talks[key].since for key in agent.calls if key in talks]
    if under_way:
        return max(under_way), None
    last = agent.last_talk
    if last is None or last.since is None or last.ended_at <= start:
        return None
    return last.since, last.ended_at
