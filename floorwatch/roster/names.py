"""Who somebody is by name, also whom no feed has shown and only a document knows."""

from collections.abc import Mapping

from floorwatch.model.duty import Duty, Who
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.kept import kept


def name_of(floor: FloorSnapshot, agent: str) -> str:
    """The name by the call feed, else by the people file, else by the document that names somebody whom the people file
    does not know; the id where nobody knows one."""
    known = floor.agents.get(agent)
    if known is not None and known.name != agent:
        return known.name
    person = floor.people.person(agent)
    if person is not None:
        return person.name
    who = of_documents(floor, agent)
    return who.name if who is not None and who.name else agent


def of_documents(floor: FloorSnapshot, agent: str) -> Who | None:
    """What a document says of somebody whom the people file does not know."""
    if floor.people.person(agent) is not None:
        return None
    duty = floor.duty
    return kept(duty, "named", None, lambda: _named(duty)).get(agent)


def _named(duty: Duty) -> Mapping[str, Who]:
    """Everybody whom only documents know, by the ids that they may have: the fold puts the source before a word that is
    somebody else's id."""
    found: dict[str, Who] = {}
    for source, who in duty.unmatched:
        for agent in (who.key, f"{source}/{who.key}"):
            before = found.get(agent)
            # One document knows the name, the next the team.
            found[agent] = who if before is None else _both(before, who)
    return found


def _both(one: Who, other: Who) -> Who:
    return Who(one.key, name=one.name or other.name, team=one.team or other.team)
