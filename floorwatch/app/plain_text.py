"""A view as plain text that can be pasted into a chat: what `y` copies."""

from collections.abc import Iterator
from datetime import UTC, tzinfo

from msgspec.structs import replace

from floorwatch.app.cells import fit, said, width_of
from floorwatch.app.drawing import drawn_part, gaps_of, ink_for
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.prose import MARGIN
from floorwatch.app.tones import MARKS
from floorwatch.app.view_box import shown_parts
from floorwatch.text import inert
from floorwatch.views import Cell, Row, Table, Tiles, View

COLUMNS = 100
"""Cells to which everything but a table is drawn; the words of a table are never cut."""


def plain_text(title: str, view: View, now: float, glyphs: Glyphs, zone: tzinfo = UTC) -> str:
    """Title and view, ages as of floor time `now`, clock times in `zone`; marks kept, colours gone."""
    lines = [inert(title)]
    parts = shown_parts(view)
    ink = ink_for(parts, now, zone, glyphs)
    for gap, part in zip(gaps_of(parts), parts, strict=True):
        lines += [""] * gap
        if isinstance(part, Table):
            lines += _table(part, now, glyphs)
            continue
        if isinstance(part, Tiles):
            part = replace(part, large=False)  # noqa: PLW2901  # who reads it elsewhere wants figures, not drawings
        lines += (line.removeprefix(" " * MARGIN) for line in drawn_part(part, COLUMNS, ink))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(table: Table, now: float, glyphs: Glyphs) -> Iterator[str]:
    if table.caption:
        yield inert(table.caption)
    heads = [inert(column.title) for column in table.columns]
    grid = [heads, *(_words(row, len(heads), now, glyphs) for row in table.rows)]
    widths = [max(width_of(line[at]) for line in grid) for at in range(len(heads))]
    for line in grid if any(heads) else grid[1:]:
        yield "  ".join(
            fit(text, width, column.align) for text, width, column in zip(line, widths, table.columns, strict=True)
        )
    if not table.rows and table.empty:
        yield inert(table.empty)


def _words(row: Row, count: int, now: float, glyphs: Glyphs) -> list[str]:
    # What a key does at this screen is nothing to whoever reads it elsewhere.
    said_cells = [said(Cell() if cell.command else cell, now, glyphs) for cell in row.cells[:count]]
    words = [text + MARKS.get(tone, "") for text, tone in said_cells]
    return words + [""] * (count - len(words))
