"""Who an id of the roster is, also of somebody whom no feed has shown yet: most of those who could come are at home."""

from floorwatch.api import FloorSnapshot, _, roster, spoken

name_of = roster.name_of
"""The name; the id where nobody knows one."""


def who(floor: FloorSnapshot, agent: str) -> str:
    """Name and number ("李娜 1007")."""
    name = name_of(floor, agent)
    number = spoken.number_of(agent, name)
    return _("{name} {number}").format(name=name, number=number) if number and number != name else name
