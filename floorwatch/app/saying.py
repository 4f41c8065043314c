"""A few words on a screen above the floor: a title, a hint, what is wrong. They wrap, and take the lines they need."""

from textual.geometry import Size
from textual.strip import Strip

from floorwatch.app.drawn import Drawn
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.prose import Ink, Lines, lines_of
from floorwatch.app.stage import Stage
from floorwatch.views import Cell, Line, Text, Tone


class Saying(Drawn):
    """Shows what `say` was given last; with nothing to say it is one blank line, or not there where it may hide."""

    def __init__(self, stage: Stage, text: str = "", tone: Tone = Tone.CALM, *, hides: bool = False) -> None:
        super().__init__(stage)
        self.text = text
        self._tone = tone
        self._hides = hides
        if hides:
            self.display = bool(text)

    def say(self, text: str, tone: Tone = Tone.CALM) -> None:
        """Say this from now on."""
        if (text, tone) == (self.text, self._tone):
            return
        before = self._laid(self.size.width)
        self.text, self._tone = text, tone
        if self._hides:
            self.display = bool(text)
        self.refresh(layout=len(before) != len(self._laid(self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """As many lines as the words take."""
        return max(1, len(self._laid(width)))

    def render_line(self, y: int) -> Strip:
        """The line at `y`."""
        lines = self._laid(self.size.width)
        pieces: list[Piece] = lines[y] if y < len(lines) else []
        return strip_of(pieces, self.size.width, self.ground_style())

    def _laid(self, width: int) -> Lines:
        ink = Ink(self.palette, self.stage.glyphs, self.stage.desk.now())
        return lines_of(Text((Line((Cell(self.text, self._tone),)),)), width, ink)
