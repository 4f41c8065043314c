"""The floor as it stands: rows of seats, and the way a person walks through them.

Rules
- A walk follows the rows as they stand, every second one back: nobody walks to the far end and back for the next row.
- A row's direction is the grid's, whoever sits there today: a walk does not turn round because a row is empty.
- Seats that no grid shows come after it, by name, the numbers in them counted as numbers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

EMPTY = "."
"""A place without a seat: a pillar, a gap, an aisle across."""

_NUMBERS = re.compile(r"(\d{1,18})")
"""Of more digits Python makes a number slowly, of thousands not at all; a name may be any text."""


class Grid(Struct, frozen=True, dict=True):
    """Rows of seats from front to back, each from left to right; "" where there is none. An empty row is an aisle."""

    rows: tuple[tuple[str, ...], ...] = ()

    @staticmethod
    def of(text: str) -> "Grid":
        """A grid drawn in text: a line a row, names apart by blanks, "." for no seat, an empty line for an aisle.

        Raises ValueError for a seat that stands in it twice.
        """
        lines = [
            tuple("" if word == EMPTY else word for word in line.split()) for line in text.strip("\n").splitlines()
        ]
        grid = Grid(tuple(lines))
        if twice := sorted(seat for seat, times in Counter(grid.seats).items() if times > 1):
            raise ValueError(", ".join(twice))
        return grid

    @property
    def seats(self) -> tuple[str, ...]:
        """Every seat in the order of the rows."""
        return tuple(seat for row in self.rows for seat in row if seat)

    def walk(self, seats: Iterable[str]) -> Mapping[str, int]:
        """The place of each of these seats on the way through the floor, from 0."""
        wanted = set(seats)
        rows = [[seat for seat in row if seat] for row in self.rows]
        way = [seat for at, row in enumerate(row for row in rows if row) for seat in (row[::-1] if at % 2 else row)]
        known = set(way)
        order = [seat for seat in way if seat in wanted] + sorted(
            wanted - known, key=lambda seat: (by_number(seat), seat)
        )
        return {seat: place for place, seat in enumerate(order)}


def by_number(seat: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts A2 before A10."""
    parts = _NUMBERS.split(seat)  # every second one is a number
    return tuple((1, part) if at % 2 == 0 else (0, int(part)) for at, part in enumerate(parts))


NO_GRID = Grid()
