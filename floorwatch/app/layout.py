"""Which panels stand where, and which form that takes on a terminal of a given size. Pure.

Rules
- A layout is rows of panels with weights. A wide terminal shows the grid; at 80 columns the same panels stand one under
  another; a small one (fewer than 60 columns or 24 rows) shows one panel at a time.
- The order of panels, and so of `tab` and of the digits, is that of reading: the same in every form.
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

GRID_COLUMNS = 110
SMALL_COLUMNS, SMALL_ROWS = 60, 24
LEAST_STACKED_ROWS = 6
"""Lines a panel needs when panels stand one under another; with less for each, one is shown at a time."""


class Form(StrEnum):
    """How the panels of a layout are shown."""

    GRID = "grid"
    STACKED = "stacked"
    SINGLE = "single"


class Place(Struct, frozen=True):
    """One panel of a row and its share of the width."""

    panel: str
    weight: int = 1


class LayoutRow(Struct, frozen=True):
    """Panels side by side and their share of the height."""

    places: tuple[Place, ...]
    weight: int = 1


class LayoutSpec(Struct, frozen=True):
    """The rows of a dashboard, top to bottom."""

    rows: tuple[LayoutRow, ...]

    @staticmethod
    def of(rows: Iterable[Iterable[str]]) -> "LayoutSpec":
        """Rows of panel names; "agents:2" gives a panel the weight 2, a row weighs as much as its `rows` entry says:
        the first name may be "*3" for a row of weight 3. Raises ValueError on a weight that is no number above 0."""
        return LayoutSpec(tuple(_row([*names]) for names in rows))

    @property
    def panels(self) -> tuple[str, ...]:
        """Every panel once, in the order of reading."""
        return tuple(dict.fromkeys(place.panel for row in self.rows for place in row.places))


def form_for(columns: int, rows: int, panels: int) -> Form:
    """The form for a terminal of this size."""
    if columns < SMALL_COLUMNS or rows < SMALL_ROWS:
        return Form.SINGLE
    if columns >= GRID_COLUMNS:
        return Form.GRID
    return Form.STACKED if rows - 3 >= LEAST_STACKED_ROWS * panels else Form.SINGLE


def _row(names: list[str]) -> LayoutRow:
    weight = _weight(names.pop(0)[1:]) if names and names[0].startswith("*") else 1
    return LayoutRow(tuple(_place(name) for name in names), weight)


def _place(name: str) -> Place:
    panel, _colon, weight = name.partition(":")
    return Place(panel, _weight(weight) if weight else 1)


def _weight(text: str) -> int:
    weight = int(text) if text.isdecimal() else 0
    if weight < 1:
        raise ValueError(f"a weight in a layout is a whole number above 0, not {text!r}")
    return weight
