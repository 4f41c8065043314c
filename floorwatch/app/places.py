"""What a seat map and a timeline share when they are drawn: who stands where in the widget, and the words below. Pure.

Rules
- From the top: the caption where there is room, the axis of times, the lines that scroll, what the cursor is on.
- Every function is total: whatever a plugin sends draws something that is no wider than it may be.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from floorwatch.app.cells import cut, said, width_of
from floorwatch.app.paint import Piece
from floorwatch.app.prose import MARGIN, Ink
from floorwatch.app.tones import MARKS, Ground
from floorwatch.text import inert
from floorwatch.views import Cell, Tone
from floorwatch.words import _

ROOMY = 7
"""Lines of a widget that shows its caption although not all of what is below fits."""


class Shelves(Struct, frozen=True):
    """How many lines stand where: `caption` and `axis` on top, `room` for what scrolls, `about` the cursor below."""

    caption: int
    axis: int
    room: int
    about: int

    @property
    def head(self) -> int:
        """Lines above those that scroll."""
        return self.caption + self.axis


def shelved(height: int, lines: int, *, caption: bool, axis: int = 0) -> Shelves:
    """Who gets which of `height` lines when `lines` would scroll: the caption is the first to go, then the axis."""
    about = int(height >= 2)
    axis = axis if height >= axis + 2 else 0
    spare = height - lines - axis - about
    has_caption = caption and (spare > 0 or (spare < 0 and height >= ROOMY))
    return Shelves(int(has_caption), axis, max(0, height - has_caption - axis - about), about)


def clipped(pieces: Iterable[Piece], width: int) -> list[Piece]:
    """The pieces in at most `width` cells."""
    kept: list[Piece] = []
    for text, style in pieces:
        shown = cut(text, width)
        if shown:
            kept.append((shown, style))
            width -= width_of(shown)
        if shown != text:
            break
    return kept


def worded(words: str, width: int, ink: Ink, *, heading: bool = False) -> list[Piece]:
    """A line in words: the caption (`heading`), or the kind word where there is nothing to draw."""
    tone, ground = (Tone.CALM, Ground.HEAD) if heading else (Tone.MUTED, Ground.PLAIN)
    style = ink.palette.style(tone, ground, bold=heading)
    line = " " * MARGIN + ink.glyphs.plain(inert(words))
    return clipped([(cut(line, width, ink.glyphs.cut), style)], width)


def told(cells: Sequence[Cell], ink: Ink) -> list[Piece]:
    """The line about what the cursor is on: its cells with a blank between, marks behind those that carry one."""
    pieces: list[Piece] = []
    for cell in cells:
        text, tone = said(cell, ink.now, ink.glyphs)
        if text:
            style = ink.palette.badge(tone) if cell.badge else ink.palette.style(tone)
            pieces += [(" " * MARGIN, ink.palette.style(Tone.CALM)), (text + MARKS.get(tone, ""), style)]
    return pieces


def distinct(keys: Iterable[str]) -> Iterator[str]:
    """The keys, each once: a second one of the same name, which a panel should not send, is `name#2`."""
    met: dict[str, int] = {}
    for key in keys:
        if not isinstance(key, str):
            raise TypeError(_("a key is no text"))  # it goes on to other panels, to commands, into titles
        name = key
        while name in met:
            met[key] += 1
            name = f"{key}#{met[key]}"
        met[name] = 1
        yield name
