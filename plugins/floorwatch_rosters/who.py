"""Who an id of the roster is, also of somebody whom no feed has shown yet: most of those who could come are at home."""

from floorwatch.api import FloorSnapshot, _, spoken


def name_of(floor: FloorSnapshot, agent: str) -> str:
    """The name; the id where nobody knows one."""
    known, person = floor.agents.get(agent), floor.people.person(agent)
    if known is not None and known.name != agent:
        return known.name
    return agent if person is None else person.name


def who(floor: FloorSnapshot, agent: str) -> str:
    """Name and number ("李娜 1007")."""
    name = name_of(floor, agent)
    number = spoken.number_of(agent, name)
    return _("{name} {number}").format(name=name, number=number) if number and number != name else name
