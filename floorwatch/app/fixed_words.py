"""What stands fixed in a form, in as few lines as it takes: agent, seat, state, call of the moment it was opened.

Rules
- Values stand beside each other with a dot in between; a line is broken between them. One that is wider than a line
  goes on in the next: a name is never cut.
- Titles stand before the values, muted, where two lines hold everything with them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.geometry import Size
from textual.strip import Strip

from floorwatch.app.cells import width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.prose import Ink, Lines, wrapped
from floorwatch.app.stage import Stage
from floorwatch.text import inert
from floorwatch.views import Tone

DOT = " · "
TITLED_LINES = 2
"""A terminal in the hand has no room for more."""


class Fixed(NamedTuple):
    """A title, and the words that stand fixed."""

    title: str
    words: str


class FixedWords(Drawn):
    """Shows what `say` was given last; with nothing to say it is not there."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._fixed: Sequence[Fixed] = ()
        self.display = False

    def say(self, fixed: Sequence[Fixed]) -> None:
        """This stands fixed."""
        if fixed != self._fixed:
            self._fixed = fixed
            self.display = bool(fixed)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """As many lines as the words take."""
        return max(1, len(self._laid(width)))

    def render_line(self, y: int) -> Strip:
        """The line at `y`."""
        lines = self._laid(self.size.width)
        return strip_of(lines[y] if y < len(lines) else [], self.size.width, self.ground_style())

    def _laid(self, width: int) -> Lines:
        return fixed_lines(self._fixed, width, Ink(self.palette, self.stage.glyphs, 0.0)) if width > 0 else []


def fixed_lines(fixed: Sequence[Fixed], width: int, ink: Ink) -> Lines:
    """The lines, each of at most `width` cells."""
    muted, bold = ink.palette.style(Tone.MUTED), ink.palette.style(Tone.CALM, bold=True)
    plain = [Fixed(*(ink.glyphs.plain(inert(text)) for text in each)) for each in fixed]
    bare: list[list[Piece]] = [[(each.words, bold)] for each in plain]
    titles = [[(f"{each.title} ", muted)] if each.title else [] for each in plain]
    titled = [[*title, *pieces] for title, pieces in zip(titles, bare, strict=True)]
    dot = (ink.glyphs.plain(DOT), muted)
    lines = list(_broken(titled, dot, width))
    return lines if len(lines) <= TITLED_LINES else list(_broken(bare, dot, width))


def _broken(items: Sequence[Sequence[Piece]], dot: Piece, width: int) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for pieces in items:
        if line and _cells([*line, dot, *pieces]) > width:
            yield line
            line = []
        line += [dot, *pieces] if line else pieces
        if _cells(line) > width:
            *whole, line = wrapped(line, width)
            yield from whole
    if line:
        yield line


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(width_of(text) for text, _style in pieces)
