"""One row of a table as a strip of exactly the table's width. Pure, and total: any row draws something.

Rules
- A row is a lead (what is new, the mark of the row's own tone, the sign of a group), then its columns with their gaps.
- The name of a group flows over the empty cells behind it, and begins a cell further left than the rows below.
- The mark of a cell's tone stands right behind a word and in the gap behind a figure.
"""

import itertools
from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from floorwatch.app.acts import Acts, with_key
from floorwatch.app.cells import cut, fit, said, width_of
from floorwatch.app.columns import Placed
from floorwatch.app.glyphs import FRESH_MARK, Glyphs
from floorwatch.app.rows import Shown, Sort
from floorwatch.app.tones import MARKS, Ground, Palette
from floorwatch.text import inert
from floorwatch.views import Align, Cell, Column, Row, RowKind, Tone

NOTHING = Cell()
LEAD_CELLS = 3


class Sheet(Struct, frozen=True):
    """What the rows of a table have in common at one width; `acts` None: nobody knows the commands."""

    columns: tuple[Column, ...]
    placed: tuple[Placed, ...]
    width: int
    palette: Palette
    glyphs: Glyphs
    acts: Acts | None = None


class Look(Struct, frozen=True):
    """How one row stands out: under the cursor (and in which column), new since the last look."""

    cursor: bool = False
    column: int | None = None
    fresh: bool = False


Piece = tuple[str, Style]


def strip_of(pieces: Sequence[Piece], width: int, rest: Style) -> Strip:
    """Pieces as a strip of exactly `width` cells: cut or filled up with blanks in the style `rest`."""
    segments: list[Segment] = []
    used = 0
    for text, style in pieces:
        kept = cut(text, width - used)
        if kept:
            segments.append(Segment(kept, style))
            used += width_of(kept)
    if used < width:
        segments.append(Segment(" " * (width - used), rest))
    return Strip(segments, width)


def paint_row(sheet: Sheet, shown: Shown, look: Look, now: float) -> Strip:
    """The row at floor time `now`."""
    row = shown.row
    apart = row.kind is not RowKind.PLAIN
    ground = Ground.ROW if look.cursor else Ground.TOTAL if apart else Ground.PLAIN
    blank = sheet.palette.blank(row.tone, ground)
    pieces = [(_lead(sheet, shown, look), sheet.palette.style(row.tone, ground, bold=True))]
    flow = _flow(sheet, row) if row.kind is RowKind.GROUP else 0
    if flow:
        pieces += _flowing(sheet, row, look, flow, ground)
    for placed in sheet.placed[flow:]:
        cell = row.cells[placed.index] if placed.index < len(row.cells) else NOTHING
        text, tone = said(cell, now, sheet.glyphs)
        if cell.command:
            text, tone = with_key(cell, text, tone, sheet.acts)
        mark = MARKS.get(tone, "")
        tone = row.tone if tone is Tone.CALM else tone
        here = look.column == placed.index
        align = sheet.columns[placed.index].align
        # A word has its mark right behind it where the column has room for both, a figure has it in the gap.
        behind = align is Align.LEFT and not cell.badge and width_of(text) < placed.width
        if cell.badge and not here:
            pieces += _badge(sheet, placed, text, tone, blank)
        else:
            style = sheet.palette.style(tone, Ground.CELL if here else ground, bold=apart or look.fresh)
            pieces.append((fit(text + mark if behind else text, placed.width, align, sheet.glyphs.cut), style))
        if mark and not behind:
            pieces += [(mark, sheet.palette.style(tone, ground, bold=True)), (" " * (placed.gap - 1), blank)]
        else:
            pieces.append((" " * placed.gap, blank))
    return strip_of(pieces, sheet.width, blank)


def _flow(sheet: Sheet, row: Row) -> int:
    """How many columns the name of a group takes: its own, and the empty ones behind it."""
    cells = [row.cells[placed.index] if placed.index < len(row.cells) else NOTHING for placed in sheet.placed]
    if not cells or not cells[0].text or cells[0].badge or cells[0].command:
        return 0
    empty = itertools.takewhile(lambda cell: not (cell.text or cell.command) and cell.since is None, cells[1:])
    return 1 + sum(1 for _cell in empty)


def _flowing(sheet: Sheet, row: Row, look: Look, flow: int, ground: Ground) -> list[Piece]:
    """The name of a group over the columns it takes, from the last cell of the lead on."""
    first, last = sheet.placed[0], sheet.placed[flow - 1]
    cell = row.cells[first.index]
    here = look.column in [placed.index for placed in sheet.placed[:flow]]
    tone = row.tone if cell.tone is Tone.CALM else cell.tone
    text = cut(sheet.glyphs.plain(inert(cell.text)), last.x + last.width - first.x + 1, sheet.glyphs.cut)
    rest = last.x + last.width + last.gap - first.x + 1 - width_of(text)
    return [
        (text, sheet.palette.style(tone, Ground.CELL if here else ground, bold=True)),
        (" " * rest, sheet.palette.blank(row.tone, ground)),
    ]


def paint_head(sheet: Sheet, sort: Sort | None, column: int | None) -> Strip:
    """The titles of the columns; the one that sorts carries its direction, the one of the cursor is underlined."""
    plain = sheet.palette.style(Tone.CALM, Ground.HEAD)
    pieces: list[Piece] = [(" " * LEAD_CELLS, plain)]
    for placed in sheet.placed:
        of = sheet.columns[placed.index]
        style = plain + _UNDERLINE if placed.index == column else plain
        sign = ""
        if sort is not None and sort.column == of.key:
            sign = sheet.glyphs.descending if sort.descending else sheet.glyphs.ascending
        title = sheet.glyphs.plain(inert(of.title))
        text = fit(title, placed.width, of.align)
        pieces += [(text, style), ((sign or " ").ljust(placed.gap), plain)]
    return strip_of(pieces, sheet.width, plain)


_UNDERLINE = Style(underline=True)


def ages_of(sheet: Sheet, cells: Sequence[Cell], now: float) -> tuple[tuple[str, Tone], ...]:
    """What the running cells of a row say now, for finding out whether the row must be painted again."""
    return tuple(said(cell, now, sheet.glyphs) for cell in cells if cell.since is not None)


def _lead(sheet: Sheet, shown: Shown, look: Look) -> str:
    """Three cells: new, mark, a blank; for a group, which is never new, sign and mark, and its name follows at once."""
    mark = MARKS.get(shown.row.tone, " ")
    if shown.opened is not None:
        sign = sheet.glyphs.opened if shown.opened else sheet.glyphs.closed
        return sign + mark + ("" if _flow(sheet, shown.row) else " ")
    return (FRESH_MARK if look.fresh else " ") + mark + " "


def _badge(sheet: Sheet, placed: Placed, text: str, tone: Tone, blank: Style) -> list[Piece]:
    """A letter in the middle of a coloured block three cells wide, where there is room for it."""
    letter = cut(text, placed.width)
    block = f" {letter} " if width_of(letter) + 2 <= placed.width else letter
    missing = placed.width - width_of(block)
    align = sheet.columns[placed.index].align
    before = {Align.LEFT: 0, Align.RIGHT: missing, Align.CENTER: missing // 2}[align]
    return [(" " * before, blank), (block, sheet.palette.badge(tone)), (" " * (missing - before), blank)]
