"""A whole table as the strips that its widget paints, every row of it; and what the widget shares with that."""

from collections.abc import Iterator

from textual.strip import Strip

from floorwatch.app.cells import cut
from floorwatch.app.columns import place
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.listing import Listing
from floorwatch.app.paint import LEAD_CELLS, Look, Sheet, paint_head, paint_row, strip_of
from floorwatch.app.prose import Ink
from floorwatch.app.tones import Ground, Palette
from floorwatch.text import inert
from floorwatch.views import Table, Tone

BAR_CELLS = 1
"""Right of the rows: where in the list we are."""

CAPTION_INDENT = 1


def sheet_of(listing: Listing, width: int, palette: Palette, glyphs: Glyphs) -> Sheet:
    """What the rows of this table have in common in `width` cells."""
    columns = listing.table.columns
    placed = place(columns, listing.grown, listing.wanted, width - LEAD_CELLS, LEAD_CELLS)
    return Sheet(columns, placed, width, palette, glyphs, listing.acts)


def worded(words: str, width: int, palette: Palette, glyphs: Glyphs, ground: Ground = Ground.PLAIN) -> Strip:
    """A line in words: the caption (on `Ground.HEAD`), or the kind word on an empty table."""
    heading = ground is Ground.HEAD
    style = palette.style(Tone.CALM if heading else Tone.MUTED, ground, bold=heading)
    indent = " " * (CAPTION_INDENT if heading else LEAD_CELLS)
    said = cut(glyphs.plain(inert(words)), max(0, width - len(indent)), glyphs.cut)
    return strip_of([(indent + said, style)], width, style)


def table_strips(table: Table, width: int, ink: Ink) -> Iterator[Strip]:
    """Caption, titles, every row with all groups open, totals; each line at most `width` cells."""
    listing = Listing()
    listing.show(table, ink.now)
    listing.open_all(opened=True)
    if table.caption:
        yield worded(table.caption, width, ink.palette, ink.glyphs, Ground.HEAD)
    sheet = sheet_of(listing, max(0, width - BAR_CELLS), ink.palette, ink.glyphs)
    if any(column.title for column in table.columns):
        yield paint_head(sheet, listing.sort, None)
    if not listing.body:
        yield worded(table.empty, width, ink.palette, ink.glyphs)
    for shown in (*listing.body, *listing.arranged.totals):
        yield paint_row(sheet, shown, Look(), ink.now)
