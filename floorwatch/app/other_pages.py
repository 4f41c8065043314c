"""The panels that do not fit beside those that are seen, in one line: their digits and titles; a click opens one."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.cells import cut, width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.stage import Stage
from floorwatch.views import Tone

TITLE_CELLS = 16


class Elsewhere(NamedTuple):
    """A panel on another page: its digit and its title."""

    number: int
    title: str


class OtherPages(Drawn):
    """`tell` takes what is on other pages; without any it is not there."""

    class Chosen(Message):
        """A title was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._others: Sequence[Elsewhere] = ()
        self._spots: list[tuple[int, int, int]] = []

    def tell(self, others: Sequence[Elsewhere]) -> None:
        """These panels are on other pages."""
        if others != self._others:
            self._others = others
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one line; titles become shorter where not all of them fit."""
        pieces: list[Piece] = [(" ", self.ground_style())]
        self._spots, x = [], 1
        room = (self.size.width - 1) // max(1, len(self._others))
        for other in self._others if y == 0 else ():
            number, glyphs = f"{other.number} ", self.stage.glyphs
            longest = max(3, min(TITLE_CELLS, room - width_of(number) - 2))
            title = cut(glyphs.plain(other.title), longest, glyphs.cut)
            width = width_of(number) + width_of(title)
            pieces += [
                (number, self.palette.style(Tone.NOTICE, bold=True)),
                (f"{title}  ", self.palette.style(Tone.MUTED)),
            ]
            self._spots.append((x, x + width, other.number))
            x += width + 2
        return strip_of(pieces, self.size.width, self.ground_style())

    def on_click(self, event: Click) -> None:
        """Go to the panel under the mouse."""
        for first, last, number in self._spots:
            if first <= event.x < last:
                self.post_message(self.Chosen(number))
