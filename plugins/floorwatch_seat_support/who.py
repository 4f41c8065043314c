"""Who an id of seat support is: seat, name and number, also of somebody whom no feed has shown yet."""

from floorwatch.api import Agent, FloorSnapshot, _, spoken


def who(floor: FloorSnapshot, agent: str, seat: str | None = None) -> str:
    """Seat and name ("A07 李娜"). `seat` is where they were; without any, where they are now."""
    known = floor.agents.get(agent) or floor.people.person(agent)
    place = seat or (None if known is None else known.seat)
    name = agent if known is None else known.name
    return f"{place} {name}" if place else name


def who_in_full(floor: FloorSnapshot, agent: str) -> str:
    """Seat, name and number."""
    digits, name = number(floor, agent), who(floor, agent)
    return _("{name} {number}").format(name=name, number=digits) if digits and digits != name else name


def number(floor: FloorSnapshot, agent: str) -> str:
    """What tells namesakes apart; "" where the id is only the name again."""
    known = floor.agents.get(agent) or floor.people.person(agent)
    return spoken.number_of(agent, agent if known is None else known.name)


def agent_called(floor: FloorSnapshot, word: str) -> str:
    """The id of the only agent of this id, name or number; the word itself where nobody or more than one is called so:
    the fold asks the people file again."""
    if word in floor.agents:
        return word
    wanted = word.strip().casefold()
    found = [each.id for each in floor.agents.values() if wanted in _words(each)]
    return found[0] if len(found) == 1 else word


def _words(agent: Agent) -> tuple[str, str]:
    return agent.name.casefold(), spoken.number_of(agent.id, agent.name).casefold()
