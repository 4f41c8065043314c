"""Whose team somebody is in, by whoever knows it."""

from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.names import of_documents


def team_of(floor: FloorSnapshot, agent: str) -> str | None:
    """The team by the people file, else by the call feed, else by the document that names somebody whom the people file
    does not know."""
    person = floor.people.person(agent)
    if person is not None and person.team:
        return person.team
    known = floor.agents.get(agent)
    if known is not None and known.team:
        return known.team
    who = of_documents(floor, agent)
    return (who.team or None) if who is not None else None


def shows(floor: FloorSnapshot, agent: str) -> bool:
    """Whether the person of this id is in focus, also where only a document knows them: of its team, and a member of
    its queue or on a call of it."""
    focus = floor.focus
    if not is_in_team(floor, agent, focus.team or None):
        return False
    return not focus.queue or agent in floor.agents_by_queue.get(focus.queue, ())


def is_in_team(floor: FloorSnapshot, agent: str, team: str | None) -> bool:
    """Whether somebody is in this team; None is the whole floor."""
    return team is None or team_of(floor, agent) == team
