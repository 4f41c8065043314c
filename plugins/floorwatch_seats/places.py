"""Where everybody is drawn: as the seats stand in the room, or a row a team. Nobody is drawn twice.

Rules
- The room is the floor's grid; below it, behind an aisle, stands whoever is nowhere in it. Without a grid the seats
  stand in rows by their letters, in order of their numbers.
- With one team or queue in focus the room keeps its shape: whoever else sits in it is drawn aside, and an empty seat is
  drawn as ever. By team, and below the room, others are left out: there is no shape to keep.
- Rows are wrapped as early as the height allows: narrow rows leave more cells for each seat.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import ceil

from msgspec import Struct

from floorwatch.api import Agent, AgentState, FloorSnapshot, _, by_number, spoken
from floorwatch_seats.desks import Desk, desks_of

A_ROW = (10, 12, 15, 20, 25, 30, 40, 50)
"""How many stand in a row before it is wrapped: the first of these that keeps the map low enough."""

LEAST_ROWS = 12
"""So many rows fit a terminal in the hand."""

SEATS_A_ROW = 20
"""A large floor is looked at on a large screen: it may have a row for every so many seats."""

_NUMBERED = re.compile(r"(.*?)\d+", re.DOTALL)

Group = tuple[str, Sequence[Desk]]
"""Desks that stand in a row, with its title."""


class Place(Struct, frozen=True):
    """A desk at its place. `is_aside`: out of focus, and drawn for the shape of the room."""

    row: int
    column: int
    desk: Desk
    is_aside: bool = False


class Places(Struct, frozen=True):
    """All of them, with a title for each row."""

    places: tuple[Place, ...]
    titles: tuple[str, ...]


def by_team(floor: FloorSnapshot, *, hide_signed_out: bool) -> Places:
    """A row a team, wrapped where it is long, those of no team last."""
    teams: dict[str, list[Agent]] = {}
    for agent in floor.shown_agents.values():
        if not (hide_signed_out and agent.state is AgentState.SIGNED_OUT):
            teams.setdefault(agent.team or "", []).append(agent)
    order = sorted(teams, key=lambda team: (not team, natural(team)))
    unnamed = _("no team") if any(order) else ""
    groups = [(team or unnamed, in_order(teams[team])) for team in order]
    return in_rows(floor, groups, wrapped_at([len(desks) for _title, desks in groups]))


def by_room(floor: FloorSnapshot, *, hide_signed_out: bool) -> Places | None:
    """The room; None where nobody's seat is known."""
    desks = desks_of(floor, hide_signed_out=hide_signed_out)
    if not desks:
        return None
    shown = floor.shown_agents
    beside = [each for desk in desks.values() for each in desk.beside if each.id in shown]
    seatless = [
        each
        for each in shown.values()
        if not each.seat and not (hide_signed_out and each.state is AgentState.SIGNED_OUT)
    ]
    further = [(_("same seat"), in_order(beside)), (_("no seat"), in_order(seatless))]
    grid = floor.rules.grid
    if not grid.seats:
        groups = [*_by_letters(desks.values()), *further]
        return in_rows(floor, groups, wrapped_at([len(those) for _title, those in groups]))
    known = frozenset(grid.seats)
    elsewhere = (desk for seat, desk in desks.items() if seat not in known and _is_shown(floor, desk))
    below = [*_by_letters(elsewhere), *further]
    room = _room(floor, desks)
    return _joined(room, in_rows(floor, below, max(A_ROW[0], *map(len, grid.rows))))


def wrapped_at(sizes: Sequence[int]) -> int:
    """How many stand in a row, for groups of these sizes."""
    rows = max(LEAST_ROWS, sum(sizes) // SEATS_A_ROW)
    return next((most for most in A_ROW if sum(ceil(size / most) for size in sizes) <= rows), A_ROW[-1])


def in_order(agents: Iterable[Agent]) -> list[Desk]:
    """A desk for each of them, by seat and number."""
    return [Desk(agent.seat or "", agent) for agent in sorted(agents, key=_order)]


@lru_cache(maxsize=8192)
def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A key that puts A2 before A10. Kept, for the seats, teams and numbers of a floor stay the same."""
    return by_number(text)


def _order(agent: Agent) -> tuple[object, ...]:
    return not agent.seat, natural(agent.seat or ""), natural(spoken.number_of(agent.id, agent.name)), agent.id


def _is_shown(floor: FloorSnapshot, desk: Desk) -> bool:
    return desk.agent is not None and desk.agent.id in floor.shown_agents


def _room(floor: FloorSnapshot, desks: Mapping[str, Desk]) -> Places:
    rows = floor.rules.grid.rows
    places = tuple(
        _place(floor, row, column, desks.get(seat) or Desk(seat))
        for row, seats in enumerate(rows)
        for column, seat in enumerate(seats)
        if seat
    )
    return Places(places, tuple(_titles(rows)))


def _titles(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The letters that all seats of a row have in common, at the first of several rows that have them."""
    last = ""
    for seats in rows:
        letters = {_letters(seat) for seat in seats if seat}
        title = letters.pop() if len(letters) == 1 else ""
        yield "" if title == last else title
        last = title if any(seats) else last


def _by_letters(desks: Iterable[Desk]) -> list[Group]:
    """Desks by the letters of their seats; those whose letters nobody shares stand together."""
    found: dict[str, list[Desk]] = {}
    for desk in sorted(desks, key=lambda each: (natural(each.seat), each.seat)):
        found.setdefault(_letters(desk.seat), []).append(desk)
    alone = list(chain.from_iterable(those for those in found.values() if len(those) == 1))
    return [*((letters, those) for letters, those in found.items() if len(those) > 1), ("", alone)]


@lru_cache(maxsize=8192)
def _letters(seat: str) -> str:
    """What stands before the last number: "A" of A07, "2-B" of 2-B11, the seat itself where it has no number."""
    numbered = _NUMBERED.fullmatch(seat)
    return seat if numbered is None else numbered[1]


def in_rows(floor: FloorSnapshot, groups: Iterable[Group], most: int) -> Places:
    """The groups one under another, `most` in a row."""
    places: list[Place] = []
    titles: list[str] = []
    for title, desks in groups:
        for at, desk in enumerate(desks):
            if at % most == 0:
                titles.append("" if at else title)
            places.append(_place(floor, len(titles) - 1, at % most, desk))
    return Places(tuple(places), tuple(titles))


def _joined(room: Places, below: Places) -> Places:
    """What is nowhere in the room stands below it, behind an aisle."""
    if not below.places:
        return room
    first = len(room.titles) + 1
    moved = (Place(each.row + first, each.column, each.desk, each.is_aside) for each in below.places)
    return Places((*room.places, *moved), (*room.titles, "", *below.titles))


def _place(floor: FloorSnapshot, row: int, column: int, desk: Desk) -> Place:
    return Place(row, column, desk, desk.agent is not None and desk.agent.id not in floor.shown_agents)
