"""Who is on duty, in whose team, how many of them were visited, and for how long nobody was with somebody.

Rules
- On duty is who is not signed out. Of whom nobody knows whether they are signed in, those whom today's lines name.
- A visit counts for the business day in which it was.
- A person has a team by the plugin's settings or, failing that, as an agent of the floor.
"""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import Agent, AgentState, FloorSnapshot, ratio, spoken
from floorwatch_seat_support.limits import Limits


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


def alone_since(floor: FloorSnapshot, agent: Agent) -> float | None:
    """Since their last visit, else since they came; of whom nobody saw come, since the state that they are in began.
    None: nobody knows."""
    visit = floor.support.visits.get(agent.id)
    came = floor.agent_today(agent.id).signed_in_at or agent.since
    if visit is None or visit.at > floor.at:
        return came if visit is None else None
    return visit.at if came is None else max(visit.at, came)


def long_alone(floor: FloorSnapshot, seconds: float) -> Iterator[tuple[float, str]]:
    """Those on duty with whom nobody was for so long: since when, and their ids."""
    visits, now = floor.support.visits, floor.at
    for agent in floor.agents.values():
        visit = visits.get(agent.id)
        # Whoever was visited since has not been alone for longer: on a floor that is walked these are most.
        if (visit is None or now - visit.at >= seconds) and is_on_duty(floor, agent):
            since = alone_since(floor, agent)
            if since is not None and now - since >= seconds:
                yield since, agent.id


def coverage(floor: FloorSnapshot, team: str | None = None) -> Coverage:
    """How far the floor, or one team, has been walked today."""
    there = on_duty(floor, team)
    return Coverage(sum(visited_today(floor, agent.id) for agent in there), len(there))


def team_of(floor: FloorSnapshot, person: str, limits: Limits) -> str | None:
    """The team of a person by the name under which they write; None: the whole floor is theirs."""
    if not limits.my_team or not person:
        return None
    if person in limits.teams:
        return limits.teams[person] or None
    named = {each.team for each in floor.agents.values() if person in _names(each)}
    return named.pop() if len(named) == 1 else None


def _names(agent: Agent) -> tuple[str, ...]:
    number = spoken.number_of(agent.id, agent.name)
    return (agent.id, agent.name, number) if number else (agent.id, agent.name)
