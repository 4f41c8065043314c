"""Lines of the screen as an SVG picture: what is seen, in the colours of the theme, for a report or a chat.

Rules
- Every run of characters is held to the cells that it takes on the screen: a font of another width moves no column.
- The picture is whole in itself: it names no font to fetch and no place to fetch from.
- Its text is text: it can be searched and copied. It is inert, so that XML can hold all of it.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from msgspec import Struct
from rich.cells import get_character_cell_size
from rich.color import blend_rgb
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.strip import Strip

from floorwatch.text import inert

CELL, LINE, SIZE, RISE, MARGIN = 8.4, 17.0, 14, 13.0, 8.0
"""Width of a cell, height of a line, size of the letters, their foot below the top of the line, the rim; in pixels."""

FADED = 0.5
"""Of a dim letter's colour, what is left above its ground."""


class Paper(Struct, frozen=True):
    """The colours of what has none of its own."""

    front: ColorTriplet
    ground: ColorTriplet

    @staticmethod
    def of(calm: Style) -> "Paper":
        """Those of what is calm; black on white where there are no colours."""
        if calm.color is None or calm.bgcolor is None:
            return Paper(ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255))
        return Paper(calm.color.get_truecolor(), calm.bgcolor.get_truecolor())


class _Run(Struct, frozen=True):
    """Characters of one width and one look, from cell `x` on."""

    x: int
    cells: int
    text: str
    style: Style


def svg(title: str, lines: Sequence[Strip], calm: Style) -> str:
    """The lines as a picture, on the paper of a style; `title` is read out and shown by a pointer."""
    paper = Paper.of(calm)
    columns = max((strip.cell_length for strip in lines), default=0)
    width, height = columns * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    body = "\n".join(piece for y, strip in enumerate(lines) for piece in _line(y, strip, paper))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" font-family="monospace" font-size="{SIZE}">\n<title>{_text(title)}</title>\n'
        f'<rect width="100%" height="100%" fill="{paper.ground.hex}"/>\n{body}\n</svg>\n'
    )


def _line(y: int, strip: Strip, paper: Paper) -> Iterator[str]:
    """Grounds first: a letter may reach over the edge of its cell."""
    runs = list(_runs(strip))
    top = MARGIN + y * LINE
    for run in runs:
        _front, ground = _colours(run.style, paper)
        if ground != paper.ground:
            x, width = MARGIN + run.x * CELL, run.cells * CELL
            yield f'<rect x="{x:g}" y="{top:g}" width="{width:g}" height="{LINE:g}" fill="{ground.hex}"/>'
    for run in runs:
        if run.text.strip():
            yield _letters(run, top + RISE, paper)


def _letters(run: _Run, foot: float, paper: Paper) -> str:
    front, _ground = _colours(run.style, paper)
    look = f' fill="{front.hex}"'
    if run.style.bold:
        look += ' font-weight="bold"'
    if run.style.underline:
        look += ' text-decoration="underline"'
    return (
        f'<text x="{MARGIN + run.x * CELL:g}" y="{foot:g}" textLength="{run.cells * CELL:g}"'
        f' lengthAdjust="spacingAndGlyphs" xml:space="preserve"{look}>{_text(run.text)}</text>'
    )


def _runs(strip: Strip) -> Iterator[_Run]:
    x = 0
    for text, style, control in strip:
        if control:
            continue
        for _wide, signs in groupby(text, lambda sign: get_character_cell_size(sign) > 1):
            letters = "".join(signs)
            cells = sum(map(get_character_cell_size, letters))
            if cells:
                yield _Run(x, cells, letters, style or Style.null())
            x += cells


def _colours(style: Style, paper: Paper) -> tuple[ColorTriplet, ColorTriplet]:
    """Of the letters and of their ground, as a terminal mixes them."""
    front = paper.front if style.color is None or style.color.is_default else style.color.get_truecolor()
    ground = paper.ground if style.bgcolor is None or style.bgcolor.is_default else style.bgcolor.get_truecolor()
    if style.reverse:
        front, ground = ground, front
    return (blend_rgb(ground, front, FADED) if style.dim else front), ground


def _text(text: str) -> str:
    return escape(inert(text))
