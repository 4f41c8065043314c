"""Whose seat is whose: who sits there now, who is signed in beside them, whose else it is.

Rules
- Several people on one seat: whoever is signed in sits there, of several whoever came last to what they do. Others who
  are signed in stand beside it; who is signed out is named at the seat and not drawn a second time.
- A seat of the people file is a seat, though nobody was seen in it yet: the room does not grow as people come.
"""

from math import inf

from msgspec import Struct

from floorwatch.api import Agent, AgentState, FloorSnapshot

_PRESENCE = {AgentState.SIGNED_OUT: 0, AgentState.UNKNOWN: 1}
_SIGNED_IN = 2


class Desk(Struct, frozen=True):
    """A seat ("" for a person of none). `agent` sits there (None: nobody), `beside` are signed in and have the same
    seat, `others` the names of further people whose it is."""

    seat: str
    agent: Agent | None = None
    beside: tuple[Agent, ...] = ()
    others: tuple[str, ...] = ()


def desks_of(floor: FloorSnapshot, *, hide_signed_out: bool) -> dict[str, Desk]:
    """Every seat that anybody has, by name."""
    agents: dict[str, list[Agent]] = {}
    for agent in floor.agents.values():
        if agent.seat:
            agents.setdefault(agent.seat, []).append(agent)
    unseen: dict[str, list[str]] = {}
    for person in floor.people:
        if person.seat and person.id not in floor.agents:
            unseen.setdefault(person.seat, []).append(person.name)
    return {
        seat: _desk(seat, agents.get(seat, []), unseen.get(seat, []), hide_signed_out=hide_signed_out)
        for seat in agents.keys() | unseen.keys()
    }


def _desk(seat: str, agents: list[Agent], unseen: list[str], *, hide_signed_out: bool) -> Desk:
    if len(agents) == 1 and not unseen and not (hide_signed_out and agents[0].state is AgentState.SIGNED_OUT):
        return Desk(seat, agents[0])  # nearly all of a thousand
    order = sorted(agents, key=_presence, reverse=True)
    drawn = [each for each in order if each.state is not AgentState.SIGNED_OUT]
    if not drawn and not hide_signed_out:
        drawn = order[:1]
    others = [each.name for each in order if each not in drawn]
    return Desk(seat, drawn[0] if drawn else None, tuple(drawn[1:]), (*others, *unseen))


def _presence(agent: Agent) -> tuple[int, float, str]:
    since = -inf if agent.since is None else agent.since
    return _PRESENCE.get(agent.state, _SIGNED_IN), since, agent.id
