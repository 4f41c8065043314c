"""A view as plain text that can be pasted into a chat: what `y` copies."""

from collections.abc import Iterator

from floorwatch.app.cells import fit, said, width_of
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.prose import Ink, lines_of
from floorwatch.app.tones import MARKS, Palette
from floorwatch.app.view_box import parts_of
from floorwatch.text import inert
from floorwatch.views import Bars, Notice, Row, Table, Text, Tiles, View

COLUMNS = 100
"""Width to which prose is wrapped."""


def plain_text(title: str, view: View, now: float, glyphs: Glyphs) -> str:
    """Title and view, ages as of floor time `now`; marks kept, colours gone."""
    lines = [inert(title)]
    for part in parts_of(view):
        if isinstance(part, Table):
            lines += _table(part, now, glyphs)
        elif isinstance(part, Tiles | Bars | Text | Notice):
            ink = Ink(Palette(None), glyphs, now)
            lines += ["".join(text for text, _style in line) for line in lines_of(part, COLUMNS, ink)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(table: Table, now: float, glyphs: Glyphs) -> Iterator[str]:
    heads = [inert(column.title) for column in table.columns]
    grid = [heads, *(_words(row, len(heads), now, glyphs) for row in table.rows)]
    widths = [max(width_of(line[at]) for line in grid) for at in range(len(heads))]
    for line in grid:
        yield "  ".join(
            fit(text, width, column.align) for text, width, column in zip(line, widths, table.columns, strict=True)
        )
    if not table.rows and table.empty:
        yield inert(table.empty)
    if table.caption:
        yield inert(table.caption)


def _words(row: Row, count: int, now: float, glyphs: Glyphs) -> list[str]:
    said_cells = [said(cell, now, glyphs) for cell in row.cells[:count]]
    words = [text + MARKS.get(tone, "") for text, tone in said_cells]
    return words + [""] * (count - len(words))
