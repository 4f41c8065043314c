"""What a panel can show: data that says tone, not colour; widths, not padding; keys, not positions.

Rules
- A view is a frozen value. The host draws it, keeps the cursor, and repaints only what differs from the last one.
- Text is what a person reads. The host makes it inert before it is drawn; nothing in it is parsed as markup.
- Widths are terminal cells: a Chinese name is twice as wide as it is long.
- An age is given as the instant it began (`Cell.age`): the host lets it tick without a rebuild.
"""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from floorwatch.views.cells import Align, Cell, Explain, Tone
from floorwatch.views.charts import Axis, Chart, Level, Series, SeriesForm
from floorwatch.views.forms import (
    ChoiceField,
    Field,
    FixedField,
    Form,
    Known,
    Option,
    PersonField,
    TextField,
    TimeField,
)
from floorwatch.views.places import Mark, Seat, SeatMap, Stretch, Timeline, Track
from floorwatch.views.prose import Bars, Line, Notice, Text, Tile, Tiles
from floorwatch.views.tables import Column, Row, RowKind, Table

Part: TypeAlias = Table | Tiles | Bars | Chart | SeatMap | Timeline | Text | Form | Notice
"""A view that is not a stack of others."""


class Stack(Struct, frozen=True):
    """Views one under another; the last table, map or timeline takes what height is left."""

    views: tuple["View", ...]


View: TypeAlias = Table | Tiles | Bars | Chart | SeatMap | Timeline | Text | Form | Notice | Stack
VIEWS = (Table, Tiles, Bars, Chart, SeatMap, Timeline, Text, Form, Notice, Stack)
"""The same, to ask whether something is one."""


def parts_of(view: View) -> Iterator[Part]:
    """The views of a stack, however deep, top to bottom; any other view alone."""
    if isinstance(view, Stack):
        for each in view.views:
            yield from parts_of(each)
    else:
        yield view


__all__ = [
    "VIEWS", "Align", "Axis", "Bars", "Cell", "Chart", "ChoiceField", "Column", "Explain", "Field", "FixedField",
    "Form", "Known", "Level", "Line", "Mark", "Notice", "Option", "Part", "PersonField", "Row", "RowKind", "Seat",
    "SeatMap", "Series", "SeriesForm", "Stack", "Stretch", "Table", "Text", "TextField", "Tile", "Tiles", "TimeField",
    "Timeline", "Tone", "Track", "View", "parts_of",
]  # fmt: skip
