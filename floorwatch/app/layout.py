"""Which panels stand where, and which form that takes on a terminal of a given size. Pure.

Rules
- A layout is rows of panels with weights. A wide terminal shows the grid; at 80 columns the same panels stand one under
  another; a small one (fewer than 60 columns or 24 rows) shows one panel at a time.
- The order of panels, and so of `tab` and of the digits, is that of reading: the same in every form.
"""

from enum import StrEnum

from floorwatch.settings.layout import LayoutSpec

GRID_COLUMNS = 110
SMALL_COLUMNS, SMALL_ROWS = 60, 24
LEAST_STACKED_ROWS = 6
"""Lines a panel needs when panels stand one under another; with less for each, one is shown at a time."""


class Form(StrEnum):
    """How the panels of a layout are shown."""

    GRID = "grid"
    STACKED = "stacked"
    SINGLE = "single"


def form_for(columns: int, rows: int, panels: int) -> Form:
    """The form for a terminal of this size."""
    if columns < SMALL_COLUMNS or rows < SMALL_ROWS:
        return Form.SINGLE
    if columns >= GRID_COLUMNS:
        return Form.GRID
    return Form.STACKED if rows - 3 >= LEAST_STACKED_ROWS * panels else Form.SINGLE


__all__ = ["Form", "LayoutSpec", "form_for"]
