"""Tiles, bars, text and notices as lines of styled pieces, wrapped to a width in cells. Pure, and total.

Rules
- An alarm or a warning carries its mark: behind a figure, in front of a sentence or of a line in one piece.
- Words break at blanks, Chinese anywhere but in front of what closes (a comma, a full stop, a bracket) and behind what
  opens; a word longer than the line is cut into lines. Indents of text are kept.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, tzinfo
from typing import assert_never

from msgspec import Struct
from rich.cells import get_character_cell_size
from rich.style import Style

from floorwatch.app.cells import cut, fit, said, width_of
from floorwatch.app.chart_scale import known
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.paint import Piece
from floorwatch.app.tones import MARKS, Palette
from floorwatch.spoken import NOTHING
from floorwatch.text import inert
from floorwatch.views import Align, Bars, Cell, Line, Notice, Part, Text, Tile, Tiles, Tone

MARGIN = 1
"""Blanks at both sides of what is read, and of places."""

LEAST_TILE = 9
WIDEST_BAR = 3
TILE_GAP = 3
LONGEST_LINES = 5_000
"""Lines of one view that are ever laid out."""

_WORDS = re.compile("[ ]+|[（［《“‘]?(?:[!-~]+|.)[，。、；：？！）］》”’]*", re.DOTALL)

Lines = list[list[Piece]]


class Ink(Struct, frozen=True):
    """What a view is drawn with at a moment: styles, alphabet, floor time and the `zone` of the clock on its axes;
    titles of trends take `title_cells`."""

    palette: Palette
    glyphs: Glyphs
    now: float
    title_cells: int = 0
    zone: tzinfo = UTC


def lines_of(view: Tiles | Bars | Text | Notice, width: int, ink: Ink) -> Lines:
    """The view in lines of at most `width` cells."""
    if width <= 0:
        return []
    match view:
        case Tiles():
            return _tiles(view.tiles, width, ink)
        case Bars():
            return _bars(view, width, ink)
        case Text():
            return _text(view.lines, width, ink)
        case Notice():
            return _text([Line((Cell(each, view.tone),)) for each in view.text.split("\n")], width, ink)
        case _:
            assert_never(view)


def title_cells(parts: Iterable[Part]) -> int:
    """The cells that the titles of the trends among these views take, so that their bars stand under one another."""
    return max((width_of(inert(part.title)) for part in parts if isinstance(part, Bars)), default=0)


def runs(view: Part) -> bool:
    """Whether anything in it is a running age."""
    match view:
        case Tiles():
            return any(tile.value.since is not None for tile in view.tiles)
        case Text():
            return any(cell.since is not None for line in view.lines for cell in line.cells)
        case _:
            return False


def _tiles(tiles: Sequence[Tile], width: int, ink: Ink) -> Lines:
    lines: Lines = []
    for shelf in _shelves(tiles, width, ink):
        for row in range(3):
            lines.append([piece for tile, room in shelf for piece in _tile_row(tile, room, row, ink)])
        lines.append([])
    return lines[:-1] if lines else []


def _shelves(tiles: Sequence[Tile], width: int, ink: Ink) -> Iterator[list[tuple[Tile, int]]]:
    shelf: list[tuple[Tile, int]] = []
    used = 0
    for tile in tiles:
        texts = (tile.title, said(tile.value, ink.now, ink.glyphs)[0] + "!", tile.against)
        room = min(width, max(LEAST_TILE, *(width_of(inert(text)) for text in texts)) + TILE_GAP)
        if shelf and used + room > width:
            yield shelf
            shelf, used = [], 0
        shelf.append((tile, room))
        used += room
    if shelf:
        yield shelf


def _tile_row(tile: Tile, room: int, row: int, ink: Ink) -> list[Piece]:
    muted = ink.palette.style(Tone.MUTED)
    if row != 1:
        text = ink.glyphs.plain(inert(tile.title if row == 0 else tile.against))
        return [(fit(text, room, Align.LEFT, ink.glyphs.cut), muted)]
    text, tone = said(tile.value, ink.now, ink.glyphs)
    figure = cut(text + MARKS.get(tone, ""), room, ink.glyphs.cut)
    blank = " " * (room - width_of(figure))
    return [(figure, ink.palette.style(tone, bold=True)), (blank, muted)]


def _bars(bars: Bars, width: int, ink: Ink) -> Lines:
    """One line: the title, the bars, and what of the caption still fits; a sign for nothing where nothing is known."""
    muted = ink.palette.style(Tone.MUTED)
    title = ink.glyphs.plain(inert(bars.title))
    cells = min(max(width_of(title), ink.title_cells), width // 2)
    lead = fit(title, cells, sign=ink.glyphs.cut) + " " if cells else ""
    room = width - width_of(lead)
    strip = _levels(bars, room, min(WIDEST_BAR, room // 3 // max(1, len(bars.values))), ink.glyphs)
    unknown = all(known(value) is None for value in bars.values)
    caption = ink.glyphs.plain(inert(bars.caption or (NOTHING if unknown else "")))
    tail = cut(f" {caption}" if caption else "", room - width_of(strip), ink.glyphs.cut)
    return [[(lead, muted), (strip, ink.palette.drawing(bars.tone)), (tail, muted)]]


def _levels(bars: Bars, room: int, wide: int, glyphs: Glyphs) -> str:
    """A sign a value, `wide` cells where there is room, the newest kept; nothing known is a blank, nothing there the
    lowest sign."""
    values = [known(value) for value in bars.values[-room:]] if room > 0 else []
    top = known(bars.top) or 0.0
    if top <= 0:
        top = max((value for value in values if value is not None), default=0.0)
    steps = len(glyphs.levels) - 2

    def sign(value: float | None) -> str:
        if value is None:
            return glyphs.levels[0]
        if value <= 0 or top <= 0:
            return glyphs.levels[1]
        return glyphs.levels[1 + max(1, min(steps, round(min(1.0, value / top) * steps)))]

    return "".join(sign(value) * max(1, wide) for value in values)


def _text(lines: Sequence[Line], width: int, ink: Ink) -> Lines:
    laid: Lines = []
    for line in lines:
        laid += wrapped([_piece(cell, ink, alone=len(line.cells) == 1) for cell in line.cells], width)
        if len(laid) >= LONGEST_LINES:
            break
    return laid


def _piece(cell: Cell, ink: Ink, *, alone: bool) -> Piece:
    text, tone = said(cell, ink.now, ink.glyphs)
    mark = MARKS.get(tone, "") if text else ""
    if mark:
        text = f"{mark} {text}" if alone else text + mark
    return text, ink.palette.badge(tone) if cell.badge else ink.palette.style(tone)


def wrapped(pieces: Sequence[Piece], width: int) -> Lines:
    """Pieces in lines of at most `width` cells, broken between words."""
    lines: Lines = [[]]
    used = 0
    for word, style in _words(pieces, width):
        size = width_of(word)
        if used + size > width and used:
            lines.append([])
            used = 0
            if word.isspace():
                continue
        lines[-1].append((word, style))
        used += size
    return lines


def _words(pieces: Sequence[Piece], width: int) -> Iterator[tuple[str, Style]]:
    """Words, blanks and single wide characters, with the signs that stay with them, none wider than `width`."""
    for text, style in pieces:
        for found in _WORDS.finditer(text):
            yield from ((part, style) for part in _parts(found.group(), width))


def _parts(word: str, width: int) -> Iterator[str]:
    """The word, cut up where it is longer than a line; what is wider than a line is left out."""
    if width_of(word) <= width:
        yield word
        return
    part, used = "", 0
    for character in word:
        size = get_character_cell_size(character)
        if size > width:
            continue
        if used + size > width:
            yield part
            part, used = "", 0
        part, used = part + character, used + size
    yield part
