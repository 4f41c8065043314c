"""What stands in a field at first, as a person would type it."""

from floorwatch.api import FloorSnapshot

NEAR_SECONDS = 11 * 3600.0
"""A time of day means the one nearest to now: beyond this the date is said too."""


def typed_moment(floor: FloorSnapshot, at: float) -> str:
    """The moment, to the second where it is not of a whole minute."""
    local = floor.rules.days.local(at)
    time = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return time if abs(at - floor.at) < NEAR_SECONDS else f"{local:%Y-%m-%d} {time}"


def is_known(floor: FloorSnapshot, agent: str) -> bool:
    """Whether a field for a person takes this id: whom only a roster names is not on the floor yet."""
    return agent in floor.agents or floor.people.person(agent) is not None
