"""Whom and what ctrl+p finds by name: people, queues, teams. Choosing one opens its page.

Rules
- All words typed stand in what is known of it: of a person seat, name and number, whatever their case and width.
- What is called exactly so comes before everything else in the palette, what only holds the words behind it.
"""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.model.entities import Agent
from floorwatch.model.people import Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.text import folded, inert
from floorwatch.words import _

BY_NAME, BY_PART = 1_000.0, 0.5
"""How well a place fits; what fits as a command lies between the two."""

MOST = 12


class Place(Struct, frozen=True):
    """A row and the panel in which it is at home; `words` is what a person reads, `kind` what it is, `score` how well
    it fits."""

    panel: str
    row_key: str
    words: str
    kind: str
    score: float


def places(floor: FloorSnapshot | None, query: str) -> list[Place]:
    """What the words mean, best first, `MOST` at most; nothing for no words."""
    wanted = folded(query).split()
    if floor is None or not wanted:
        return []
    found = sorted(_found(floor, wanted), key=lambda place: -place.score)
    return found[:MOST]


def _found(floor: FloorSnapshot, wanted: list[str]) -> Iterator[Place]:
    for queue in floor.queues:
        if score := _fit(wanted, (queue,)):
            yield Place("queue-status", f"queue:{queue}", inert(queue), _("queue"), score)
    for team in sorted({agent.team for agent in floor.agents.values() if agent.team}):
        if score := _fit(wanted, (team,)):
            yield Place("teams", f"team:{team}", _("team {team}").format(team=inert(team)), _("team"), score)
    everybody: list[Agent | Person] = list(floor.agents.values())
    everybody += [person for person in floor.people if person.id not in floor.agents]
    for one in everybody:
        if score := _fit(wanted, names := _names(one)):
            yield Place("agents", f"agent:{one.id}", inert(" ".join(names)), _("person"), score)


def _names(one: Agent | Person) -> tuple[str, ...]:
    known = (one.seat or "", one.name, one.id if one.id != one.name else "")
    return tuple(name for name in known if name)


def _fit(wanted: list[str], names: tuple[str, ...]) -> float:
    """0 where a word is missing."""
    own = [folded(name) for name in names]
    if " ".join(wanted) in own:
        return BY_NAME
    whole = " ".join(own)
    return BY_PART if all(word in whole for word in wanted) else 0.0
