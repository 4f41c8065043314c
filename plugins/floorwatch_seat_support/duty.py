"""Who is on duty, in whose team, and how many of them were visited.

Rules
- On duty is who is not signed out. Of whom nobody knows whether they are signed in, those whom today's lines name.
- A visit counts for the business day in which it was.
- A person has a team by the plugin's settings or, failing that, as an agent of the floor.
"""

from collections.abc import Mapping

from msgspec import Struct

from floorwatch.api import Agent, AgentState, FloorSnapshot, ratio, spoken


class Coverage(Struct, frozen=True):
    """How many of those on duty were visited today."""

    visited: int
    on_duty: int

    @property
    def share(self) -> float | None:
        """The share, 0..1; None when nobody is on duty."""
        return ratio(self.visited, self.on_duty)


def on_duty(floor: FloorSnapshot, team: str | None = None) -> list[Agent]:
    """Everyone on duty, or those of one team."""
    return [each for each in floor.agents.values() if (team is None or each.team == team) and is_on_duty(floor, each)]


def is_on_duty(floor: FloorSnapshot, agent: Agent) -> bool:
    """Whether the agent is there to be visited."""
    if agent.state is AgentState.UNKNOWN:
        return (agent.id, floor.day_start) in floor.agent_counts
    return agent.state is not AgentState.SIGNED_OUT


def visited_today(floor: FloorSnapshot, agent: str) -> bool:
    """Whether anybody was with the agent today."""
    visit = floor.support.visits.get(agent)
    return visit is not None and visit.at >= floor.day_start


def coverage(floor: FloorSnapshot, team: str | None = None) -> Coverage:
    """How far the floor, or one team, has been walked today."""
    there = on_duty(floor, team)
    return Coverage(sum(visited_today(floor, agent.id) for agent in there), len(there))


def team_of(floor: FloorSnapshot, person: str, teams: Mapping[str, str]) -> str | None:
    """The team of a person by the name under which they write; None: the whole floor is theirs."""
    if not person or person in teams:
        return teams.get(person) or None
    named = {each.team for each in floor.agents.values() if person in _names(each)}
    return named.pop() if len(named) == 1 else None


def _names(agent: Agent) -> tuple[str, ...]:
    number = spoken.number_of(agent.id, agent.name)
    return (agent.id, agent.name, number) if number else (agent.id, agent.name)
