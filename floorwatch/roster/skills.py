"""What somebody can do: the skills of the people file, else the queues that they have been in."""

from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.text import folded


def skills_of(floor: FloorSnapshot, agent: str) -> frozenset[str]:
    """Skills, folded; empty where nobody knows any. A queue that somebody has left counts: whoever is off duty has left
    them all."""
    person = floor.people.person(agent)
    if person is not None and person.skills:
        return frozenset(map(folded, person.skills))
    known = floor.agents.get(agent)
    return frozenset() if known is None else frozenset(map(folded, known.queues))


def lacks_skill(floor: FloorSnapshot, agent: str, instead_of: str, queue: str | None = None) -> bool:
    """Whether somebody cannot do the other's work: that of `queue` alone where it is named, else all of it."""
    wanted = frozenset({folded(queue)}) if queue else skills_of(floor, instead_of)
    return bool(wanted) and not wanted <= skills_of(floor, agent)
