"""Any view as the lines of text that the screen shows of it: for tests, for documents, for what `y` copies.

Rules
- It is drawn by the painters of the widgets; what differs is what only a screen has: colour, cursor, scrolling.
- Everything is there: every row, every group open, every view of a stack at the height it asks for.
- It is total: any view at any width from 1 up gives lines of at most that width, without blanks at their ends.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from typing import assert_never

from floorwatch.app import heights
from floorwatch.app.chart import chart_lines
from floorwatch.app.form import form_lines
from floorwatch.app.glyphs import BLOCKS, Glyphs
from floorwatch.app.prose import MARGIN, Ink, Lines, lines_of, title_cells
from floorwatch.app.prose_large import tiles_lines
from floorwatch.app.seat_map import seat_map_lines
from floorwatch.app.table_lines import table_strips
from floorwatch.app.timeline import timeline_lines
from floorwatch.app.tones import Palette
from floorwatch.app.view_box import shown_parts
from floorwatch.views import Bars, Chart, Form, Notice, Part, SeatMap, Table, Text, Tiles, Timeline, View


def drawn(view: View, width: int, *, now: float, zone: tzinfo = UTC, glyphs: Glyphs = BLOCKS) -> list[str]:
    """The lines of `view` in `width` cells at floor time `now` (epoch seconds UTC), clock times on axes in `zone`.

    Marks stay, colours are gone; a blank line stands between two views of a stack, as on the screen.
    """
    parts = shown_parts(view)
    ink = ink_for(parts, now, zone, glyphs)
    lines: list[str] = []
    for gap, part in zip(gaps_of(parts), parts, strict=True):
        lines += [""] * gap
        lines += drawn_part(part, width, ink)
    return lines


def ink_for(parts: Sequence[Part], now: float, zone: tzinfo, glyphs: Glyphs) -> Ink:
    """What these views, one under another, are drawn with where there are no colours."""
    return Ink(Palette(None), glyphs, now, title_cells(parts), zone)


def gaps_of(parts: Sequence[Part]) -> list[int]:
    """Blank lines above each of these views."""
    return heights.gaps([isinstance(part, Bars) for part in parts])


def drawn_part(part: Part, width: int, ink: Ink) -> Iterator[str]:
    """The lines of one view that is not a stack."""
    return (text.rstrip() for text in _texts_of(part, width, ink))


def _texts_of(part: Part, width: int, ink: Ink) -> Iterator[str]:
    room = width - 2 * MARGIN
    match part:
        case Table():
            return (strip.text for strip in table_strips(part, width, ink))
        case SeatMap():
            return _joined(seat_map_lines(part, width, ink))
        case Timeline():
            return _joined(timeline_lines(part, width, ink))
        case Form():
            return _joined(form_lines(part, room, ink), MARGIN)
        case Chart():
            return _joined(chart_lines(part, room, ink), MARGIN)
        case Tiles():
            return _joined(tiles_lines(part, room, ink), MARGIN)
        case Bars() | Text() | Notice():
            return _joined(lines_of(part, room, ink), MARGIN)
        case _:
            assert_never(part)


def _joined(lines: Lines, indent: int = 0) -> Iterator[str]:
    return (" " * indent + "".join(text for text, _style in line) for line in lines)
