"""The keys that act on a screen above the floor, with a word each, in one line; a click presses one."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.events import Click
from textual.strip import Strip

from floorwatch.app.cells import width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.footer import Footer
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.stage import Stage
from floorwatch.views import Tone


class KeyWord(NamedTuple):
    """A key as it is written, its word, Textual's name for it."""

    shown: str
    word: str
    name: str


class KeyWords(Drawn):
    """Shows the keys that `tell` was given last; the last ones are left out where there is no room."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._keys: Sequence[KeyWord] = ()
        self._spots: list[tuple[int, int, str]] = []

    def tell(self, keys: Sequence[KeyWord]) -> None:
        """These keys act from now on."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one line."""
        pieces: list[Piece] = []
        self._spots, x = [], 0
        for key in self._keys:
            word = self.stage.glyphs.plain(key.word)
            width = width_of(key.shown) + 1 + width_of(word)
            if y or x + width > self.size.width:
                break
            self._spots.append((x, x + width, key.name))
            pieces += [
                (key.shown, self.palette.style(Tone.NOTICE, bold=True)),
                (f" {word}  ", self.palette.style(Tone.MUTED)),
            ]
            x += width + 2
        return strip_of(pieces, self.size.width, self.ground_style())

    def on_click(self, event: Click) -> None:
        """Press the key under the mouse."""
        for first, last, name in self._spots:
            if first <= event.x < last:
                self.post_message(Footer.Pressed(name))
