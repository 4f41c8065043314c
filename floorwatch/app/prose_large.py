"""Tiles to be read from afar: the highest figures for which there is room, in columns that keep their place. Pure.

Rules
- Figures are never cut. Where all tiles do not fit at any size, the last ones go; where not even one does, they are
  drawn as other tiles are.
- All figures are of one size. Room is kept for one more digit than a small number has, and for the mark of a tone, so
  that nothing moves as figures change.
- The mark of a warning or an alarm stands behind the figure, as high as it is.
- Words, and signs without a large form, are written in ordinary letters in the middle.
"""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct
from rich.style import Style

from floorwatch.app.cells import cut, fit, said, width_of
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink, Lines, lines_of
from floorwatch.app.prose_digits import Size, sizes
from floorwatch.app.tones import MARKS
from floorwatch.spoken import NOTHING
from floorwatch.text import inert
from floorwatch.views import Align, Tile, Tiles, Tone

LEAST_LINES = 5
"""The lowest large figure, between its title and what it stands against."""
GAP_CELLS = 3
MARK_CELLS = 2
MOST_GAP_LINES = 4
WIDEST_WORDS = 20
"""Titles ask for so many cells at most; a longer one is cut where its figure leaves no more."""

_ONE_DIGIT = re.compile(r"^(\D*)(\d)(?!\d)")
_AS_WIDE_AS = {NOTHING: "00:00"}
"""What is not there has the room of what it stands for, which is a time more often than not."""


class Figure(Struct, frozen=True):
    """A tile as it is said at the moment."""

    title: str
    text: str
    tone: Tone
    against: str

    def width(self, size: Size) -> int:
        """The cells that it takes in this size, with room for what it may grow by."""
        roomy = _AS_WIDE_AS.get(self.text) or _ONE_DIGIT.sub(r"\g<1>0\g<2>", self.text)
        words = max(width_of(self.title), width_of(self.against))
        return max((size.width_of(roomy) or width_of(self.text)) + MARK_CELLS, min(words, WIDEST_WORDS))


class Grid(Struct, frozen=True):
    """Figures of one size in shelves: the cells of each column, and the blank lines between two shelves."""

    size: Size
    figures: Sequence[Figure]
    columns: tuple[int, ...]
    stands_against: bool
    gap_lines: int = 1

    @property
    def shelves(self) -> list[Sequence[Figure]]:
        """The figures from left to right, then down."""
        step = len(self.columns)
        return [self.figures[at : at + step] for at in range(0, len(self.figures), step)]

    @property
    def shelf_lines(self) -> int:
        """The lines of one shelf."""
        return self.size.lines + 1 + self.stands_against

    @property
    def lines(self) -> int:
        """All lines."""
        shelves = len(self.shelves)
        return shelves * self.shelf_lines + (shelves - 1) * self.gap_lines


def tiles_lines(view: Tiles, width: int, ink: Ink, height: int | None = None) -> Lines:
    """The tiles in `width` cells; large ones in at most `height` lines (None: as many as the largest figures take)."""
    figures = [_figure(tile, ink) for tile in view.tiles] if view.large and width > 0 else []
    for count in range(len(figures), 0, -1):
        for size in sizes(ink.glyphs):
            grid = _grid(figures[:count], size, width, height)
            if grid is not None:
                return list(_lines(grid, ink))
    return lines_of(view, width, ink)


def _figure(tile: Tile, ink: Ink) -> Figure:
    text, tone = said(tile.value, ink.now, ink.glyphs)
    return Figure(ink.glyphs.plain(inert(tile.title)), text, tone, ink.glyphs.plain(inert(tile.against)))


def _grid(figures: Sequence[Figure], size: Size, width: int, height: int | None) -> Grid | None:
    columns = _columns([figure.width(size) for figure in figures], width)
    if columns is None:
        return None
    grid = Grid(size, figures, columns, any(figure.against for figure in figures))
    if height is None:
        return grid
    shelves = len(grid.shelves)
    spare = height - shelves * grid.shelf_lines
    if spare < 0:
        return None
    gap = min(MOST_GAP_LINES, spare // (shelves - 1)) if shelves > 1 else 0
    return Grid(size, figures, columns, grid.stands_against, gap)


def _columns(widths: Sequence[int], width: int) -> tuple[int, ...] | None:
    """The cells of each column, in as few shelves as the width allows, and these about equally full."""
    for most in range(len(widths), 0, -1):
        for count in (ceil(len(widths) / ceil(len(widths) / most)), most):
            needed = [max(widths[at::count]) for at in range(count)]
            spare = width - sum(needed) - GAP_CELLS * (count - 1)
            if spare < 0:
                continue
            equal = (width + GAP_CELLS) // count
            if max(needed) + GAP_CELLS <= equal:
                return (equal,) * (count - 1) + (width - equal * (count - 1),)
            shares = [cells + GAP_CELLS + spare // count for cells in needed]
            return (*shares[:-1], width - sum(shares[:-1]))
    return None


def _lines(grid: Grid, ink: Ink) -> Iterator[list[Piece]]:
    for at, shelf in enumerate(grid.shelves):
        if at:
            yield from ([] for _line in range(grid.gap_lines))
        placed = list(zip(shelf, grid.columns, strict=False))
        yield [_words(figure.title, room, ink, Tone.CALM) for figure, room in placed]
        drawn = [_drawn(figure, grid.size, room, ink) for figure, room in placed]
        yield from ([piece for rows in drawn for piece in rows[line]] for line in range(grid.size.lines))
        if grid.stands_against:
            yield [_words(figure.against, room, ink, Tone.MUTED) for figure, room in placed]


def _words(text: str, room: int, ink: Ink, tone: Tone) -> Piece:
    return fit(cut(text, room - 1, ink.glyphs.cut), room, Align.LEFT), ink.palette.style(tone)


def _drawn(figure: Figure, size: Size, room: int, ink: Ink) -> list[list[Piece]]:
    """The figure and its mark, line by line, each of exactly `room` cells."""
    blank, words = ink.palette.style(Tone.CALM), ink.palette.style(figure.tone, bold=True)
    mark = MARKS.get(figure.tone, "")
    if size.width_of(figure.text) is None:
        written = fit(cut(figure.text + mark, room - 1, ink.glyphs.cut), room)
        return [[(written, words) if line == size.lines // 2 else (" " * room, blank)] for line in range(size.lines)]
    return [
        [(row, ink.palette.drawing(figure.tone)), *_marked(mark, room - width_of(row), words, blank)]
        for row in size.drawn(figure.text, ink.glyphs)
    ]


def _marked(mark: str, rest: int, style: Style, blank: Style) -> list[Piece]:
    if not mark:
        return [(" " * rest, blank)]
    return [(" ", blank), (mark, style), (" " * (rest - MARK_CELLS), blank)]
