"""Which panels stand where, and which form that takes on a terminal of a given size. Pure.

Rules
- A layout is rows of panels with weights. A wide terminal shows the grid; at 80 columns the same panels stand one under
  another; a small one (fewer than 60 columns or 24 rows) shows one panel at a time.
- What does not fit so that it is of use stands on further pages of the same form, which hold about as much each. How
  much fits depends on the terminal alone: a panel does not move to another page because its rows come and go.
- The order of panels, and so of `tab` and of the digits, is that of reading: the same in every form.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from floorwatch.settings.layout import LayoutSpec

GRID_COLUMNS = 110
SMALL_COLUMNS, SMALL_ROWS = 60, 24
LEAST_STACKED_ROWS = 6
"""Lines that a panel needs when panels stand one under another."""
MOST_STACKED = 4
"""Panels one under another: on a high terminal, more lines for each are of more use than more panels."""
LEAST_GRID_ROWS = 8
"""Lines that a row of the grid needs, its borders included."""

T = TypeVar("T")


class Form(StrEnum):
    """How the panels of a layout are shown."""

    GRID = "grid"
    STACKED = "stacked"
    SINGLE = "single"


def form_for(columns: int, rows: int) -> Form:
    """The form for a terminal of this size."""
    if columns < SMALL_COLUMNS or rows < SMALL_ROWS:
        return Form.SINGLE
    return Form.GRID if columns >= GRID_COLUMNS else Form.STACKED


def pages_for(form: Form, layout: LayoutSpec, lines: int) -> list[list[str]]:
    """The panels that are seen together, page by page, where the panels have so many lines."""
    match form:
        case Form.SINGLE:
            return [[panel] for panel in layout.panels]
        case Form.STACKED:
            return _even(layout.panels, min(MOST_STACKED, lines // LEAST_STACKED_ROWS))
        case Form.GRID:
            rows = _even(layout.rows, lines // LEAST_GRID_ROWS)
            return [[place.panel for row in page for place in row.places] for page in rows]


def _even(things: Sequence[T], most: int) -> list[list[T]]:
    """Runs of at most so many things, as few as possible and about as long as each other."""
    count = max(1, -(-len(things) // max(1, most)))
    ends = [-(-len(things) * number // count) for number in range(count + 1)]
    return [[*things[first:end]] for first, end in pairwise(ends)]


__all__ = ["Form", "LayoutSpec", "form_for", "pages_for"]
