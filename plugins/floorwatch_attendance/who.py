"""Who an id of attendance is: name, number, seat and team, also of somebody whom no feed has shown yet."""

from floorwatch.api import FloorSnapshot, _, roster, spoken

name_of = roster.name_of
"""The name; the id where nobody knows one."""


def who(floor: FloorSnapshot, agent: str) -> str:
    """Seat and name ("A07 李娜")."""
    seat, name = seat_of(floor, agent), name_of(floor, agent)
    return f"{seat} {name}" if seat else name


def who_in_full(floor: FloorSnapshot, agent: str) -> str:
    """Seat, name and number."""
    digits, name = number_of(floor, agent), who(floor, agent)
    return _("{name} {number}").format(name=name, number=digits) if digits and digits != name else name


def number_of(floor: FloorSnapshot, agent: str) -> str:
    """What tells namesakes apart; "" where the id is only the name again."""
    return spoken.number_of(agent, name_of(floor, agent))


def seat_of(floor: FloorSnapshot, agent: str) -> str:
    """Where they sit; "" where nobody knows."""
    known, person = floor.agents.get(agent), floor.people.person(agent)
    return (known.seat if known is not None else None) or (person.seat if person is not None else None) or ""


def team_of(floor: FloorSnapshot, agent: str) -> str:
    """The team; "" where nobody knows."""
    return roster.team_of(floor, agent) or ""
