"""What stands on the terminal, and the least that must be written for something else to stand there.

Rules
- Textual paints a line of a widget anew as a whole, and says the whole style of every piece: nine tenths of what it
  writes are colours that stand there already. Of what it paints anew only the cells that differ are written, and of a
  style only what differs from the one before.
- What was written is kept by piece: a piece is where a line of a widget begins on a line of the terminal. Where the
  pieces of a line are others than before, nothing is known of that line, and it is written as it comes.
- Behind what terminals draw in different widths the place is said anew: whatever it takes there, no column moves.
- A whole screen is always written whole: that is how a terminal that was resized, or in which something else has
  written, shows what it should.
- Nothing is known to stand there before it was handed to the terminal (`render_segments`).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias, TypeVar
from unicodedata import category, east_asian_width

from rich.cells import get_character_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

NO_STYLE = Style()

EMOJI = 0x1F000
"""From here on a symbol is a small picture, more often than not."""
_DOUBTFUL = frozenset({"Co", "Cn"})

Pieces: TypeAlias = dict[int, Strip]
"""What stands on one line, by the column where it begins."""

T = TypeVar("T")
_Glyph: TypeAlias = tuple[str, Style]
"""One cell: what is drawn in it ("" in the second half of a wide sign), and how."""


class OnTerminal:
    """What one terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._lines: dict[int, Pieces] = {}
        self._inks: dict[Style, tuple[str, str, str]] = {}
        self._inks_of = ""

    def least(self, update: T) -> "T | Least":
        """The same update, which writes less."""
        return Least(self, update) if isinstance(update, LayoutUpdate | ChopsUpdate) else update

    def write(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> str:
        """The signs that make the terminal show `update`, which it shows from now on."""
        pen = Pen(self._inks_for(console), console)
        if isinstance(update, LayoutUpdate):
            self._write_all(update, pen)
        else:
            for y, x1, x2 in update.spans:
                self._write_span(y, x1, x2, update.chops[y], pen)
        return pen.written()

    def _write_all(self, update: LayoutUpdate, pen: "Pen") -> None:
        self._lines.clear()
        for y, strips in enumerate(update.strips, update.region.y):
            pieces = self._lines[y] = {}
            x = update.region.x
            for strip in strips:
                pieces[x] = strip
                pen.put(x, y, cells_of(strip))
                x += strip.cell_length

    def _write_span(self, y: int, x1: int, x2: int, chops: Mapping[int, Strip | None], pen: "Pen") -> None:
        """Every piece of the line that lies in these columns, or partly."""
        known = self._lines.get(y, {})
        if known.keys() - chops.keys():
            known = {}
        known = self._lines[y] = {**known}
        for x, strip in chops.items():
            if strip is None or x >= x2 or x + strip.cell_length <= x1:
                continue
            before = known.get(x)
            known[x] = strip
            if before is None or before.cell_length != strip.cell_length:
                pen.put(x, y, cells_of(strip))
            elif before is not strip:
                _put_differing(before, strip, x, y, pen)

    def _inks_for(self, console: Console) -> dict[Style, tuple[str, str, str]]:
        colours = console.color_system or ""
        if colours != self._inks_of:
            self._inks, self._inks_of = {}, colours
        return self._inks


class Least(CompositorUpdate):
    """An update that is compared when it is written, and not before: some never are."""

    def __init__(self, terminal: OnTerminal, update: LayoutUpdate | ChopsUpdate) -> None:
        self._terminal = terminal
        self._update = update

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As Textual's own would be drawn; nothing is known to stand anywhere for it."""
        yield from self._update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        """What is to be written."""
        return self._terminal.write(self._update, console)


class Pen:
    """Writes cells one after the other, and says a place or a style where it is not the one it has. It begins, as
    Textual's own writing ends, without a style."""

    def __init__(self, inks: dict[Style, tuple[str, str, str]], console: Console) -> None:
        self._inks = inks
        self._console = console
        self._out: list[str] = []
        self._at = (-1, -1)
        self._style = NO_STYLE
        self._ink = ("", "", "")

    def put(self, x: int, y: int, glyphs: Iterable[_Glyph]) -> None:
        """Draw these cells from here on."""
        if self._at != (x, y):
            at, on = self._at
            self._out.append(f"\x1b[{x - at}C" if on == y and x > at else f"\x1b[{y + 1};{x + 1}H")
        in_doubt = False
        for sign, style in glyphs:
            if in_doubt and sign:
                self._out.append(f"\x1b[{x + 1}G")
                in_doubt = False
            if style is not self._style:
                self._dip(style)
            if sign.isascii() or is_drawn_alike(sign):
                self._out.append(sign)
            else:
                in_doubt = True
                self._out.append(f"{' ' * get_character_cell_size(sign[0])}\x1b[{x + 1}G{sign}")
            x += 1
        self._at = (-1, -1) if in_doubt else (x, y)

    def written(self) -> str:
        """Everything; the pen has no style again."""
        if any(self._ink):
            self._out.append("\x1b[0m")
        return "".join(self._out)

    def _dip(self, style: Style) -> None:
        """Say what is different in this style."""
        self._style = style
        before, self._ink = self._ink, self._ink_of(style)
        if self._ink == before:
            return
        (bold, colour, ground), (old_bold, old_colour, old_ground) = self._ink, before
        if old_bold and bold != old_bold:
            self._out.append(f"\x1b[{';'.join(['0', *filter(None, self._ink)])}m")
            return
        codes = [
            bold if bold != old_bold else "",
            (colour or "39") if colour != old_colour else "",
            (ground or "49") if ground != old_ground else "",
        ]
        self._out.append(f"\x1b[{';'.join(filter(None, codes))}m")

    def _ink_of(self, style: Style) -> tuple[str, str, str]:
        ink = self._inks.get(style)
        if ink is None:
            plain = style.without_color.update_link(None)
            colour, ground = Style(color=style.color), Style(bgcolor=style.bgcolor)
            ink = self._inks[style] = (self._codes(plain), self._codes(colour), self._codes(ground))
        return ink

    def _codes(self, style: Style) -> str:
        """As Textual says them."""
        return Strip([Segment("x", style)]).render(self._console).partition("x")[0].removeprefix("\x1b[")[:-1]


@lru_cache(maxsize=4096)
def is_drawn_alike(sign: str) -> bool:
    """Whether every terminal gives what stands in a cell the same width. They do not agree on marks, on emoji, on signs
    for private use and on letters that are joined to others: behind those, the place is said anew."""
    if len(sign) > 1:
        return False
    kind = category(sign)
    return (
        kind[0] != "M"
        and kind not in _DOUBTFUL
        and not (kind == "So" and (ord(sign) >= EMOJI or east_asian_width(sign) == "W"))
    )


def cells_of(strip: Strip) -> Iterator[_Glyph]:
    """The strip cell by cell: as many as it is wide."""
    for text, style, _control in strip:
        ink = style or NO_STYLE
        if text.isascii():
            yield from [(sign, ink) for sign in text]
        else:
            yield from _wide_cells(text, ink)


def _wide_cells(text: str, ink: Style) -> list[_Glyph]:
    """A wide sign takes two cells; what takes none (an accent) is drawn with the sign before it."""
    cells: list[_Glyph] = []
    for sign in text:
        match get_character_cell_size(sign):
            case 0:
                at = next((at for at in range(len(cells) - 1, -1, -1) if cells[at][0]), None)
                if at is not None:
                    cells[at] = (cells[at][0] + sign, ink)
            case 1:
                cells.append((sign, ink))
            case _:
                cells += [(sign, ink), ("", ink)]
    return cells


def _put_differing(before: Strip, strip: Strip, x: int, y: int, pen: Pen) -> None:
    old, new = [*cells_of(before)], [*cells_of(strip)]
    if len(old) != len(new):  # a text whose width is not the sum of its signs'
        pen.put(x, y, new)
        return
    for start, end in _runs(old, new):
        pen.put(x + start, y, new[start:end])


def _runs(old: list[_Glyph], new: list[_Glyph]) -> Iterator[tuple[int, int]]:
    """From and up to which cells differ, no wide sign cut in half."""
    differ = [was != now for was, now in zip(old, new, strict=True)]
    if not any(differ):
        return
    for at, (sign, _style) in enumerate(new[:-1]):
        if differ[at] and not (sign.isascii() or is_drawn_alike(sign)):
            spill = range(at + 1, min(at + 1 + len(sign), len(new)))  # two cells, and one more for each mark on it
            for behind in spill:
                differ[behind] = True  # it may have been drawn over that one
    halves = [at for at, (was, now) in enumerate(zip(old, new, strict=True)) if at and not (was[0] and now[0])]
    for at in (*halves, *reversed(halves)):  # forward and back: of two signs that overlap, both are drawn
        if differ[at] or differ[at - 1]:
            differ[at] = differ[at - 1] = True
    edges = [0, *(at for at, (one, next_one) in enumerate(pairwise(differ), 1) if one != next_one), len(differ)]
    yield from ((start, end) for start, end in pairwise(edges) if differ[start])
