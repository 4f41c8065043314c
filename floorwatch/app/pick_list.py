"""A short list to pick a line from: completions under a field, the menu of a row.

Rules
- The marked line is the one that is taken. It carries a sign, so that it shows without colour too.
- It takes no focus: the keys stay with whoever shows it, who moves the mark.
"""

from collections.abc import Sequence

from msgspec import Struct
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.cells import cut, fit, width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.mouse import LEFT_BUTTON
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.stage import Stage
from floorwatch.app.tones import Ground
from floorwatch.text import inert
from floorwatch.views import Tone

SIGN_CELLS = 2
GAP_CELLS = 2


class Pick(Struct, frozen=True):
    """One line: what it is, and a word beside it."""

    words: str
    beside: str = ""


class PickList(Drawn):
    """Lines of which at most one is marked; at most `most` are in sight at a time."""

    class Picked(Message):
        """A line was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, stage: Stage, picks: Sequence[Pick] = (), marked: int | None = None, *, most: int = 8) -> None:
        super().__init__(stage)
        self.picks: Sequence[Pick] = ()
        self.marked: int | None = None
        self.most = most
        self._top = 0
        self.offer(picks, marked)

    def offer(self, picks: Sequence[Pick], marked: int | None = None) -> None:
        """These lines from now on; none: it is not there."""
        self.picks = [Pick(self._plain(pick.words), self._plain(pick.beside)) for pick in picks]
        self._top = 0
        self.display = bool(picks)
        self._mark(marked)
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """The mark goes up or down. From the first line it goes up to none, and from none down to the first."""
        at = (-1 if self.marked is None else self.marked) + by
        self._mark(None if at < 0 else at)
        self.refresh()

    @property
    def cells(self) -> int:
        """The cells that the longest line takes."""
        beside = self._widest_beside
        return SIGN_CELLS + self._widest + (GAP_CELLS + beside if beside else 0) + 1

    @property
    def _widest(self) -> int:
        return max((width_of(pick.words) for pick in self.picks), default=0)

    @property
    def _widest_beside(self) -> int:
        return max((width_of(pick.beside) for pick in self.picks), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """A line for each, up to `most`."""
        return min(len(self.picks), self.most)

    def render_line(self, y: int) -> Strip:
        """The line at `y`."""
        at = self._top + y
        if at >= len(self.picks):
            return self.blank(Ground.TOTAL)
        pick, is_marked = self.picks[at], at == self.marked
        ground = Ground.CELL if is_marked else Ground.TOTAL
        sign = self.stage.glyphs.closed if is_marked else " "
        beside = cut(pick.beside, max(0, self.size.width // 2), self.stage.glyphs.cut)
        room = self.size.width - SIGN_CELLS - (self._widest_beside + GAP_CELLS if self._widest_beside else 0) - 1
        room = min(self._widest, max(room, self.size.width // 2 - SIGN_CELLS))
        style = self.palette.style(Tone.CALM, ground, bold=is_marked)
        pieces: list[Piece] = [(f"{sign} {fit(pick.words, room, sign=self.stage.glyphs.cut)}", style)]
        if beside:
            pieces += [
                (" " * GAP_CELLS, style),
                (beside, style if is_marked else self.palette.style(Tone.MUTED, ground)),
            ]
        return strip_of(pieces, self.size.width, style)

    def on_click(self, event: Click) -> None:
        """Take the line under the mouse."""
        at = self._top + event.y
        if event.button == LEFT_BUTTON and at < len(self.picks):
            event.stop()
            self.post_message(self.Picked(at))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the lines."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the lines."""
        event.stop()
        self._scroll(-1)

    def _mark(self, at: int | None) -> None:
        self.marked = None if at is None or not self.picks else min(at, len(self.picks) - 1)
        if self.marked is not None:
            self._top = min(max(self._top, self.marked - self._in_sight + 1), self.marked)

    @property
    def _in_sight(self) -> int:
        return max(1, self.size.height or min(len(self.picks), self.most))

    def _scroll(self, by: int) -> None:
        self._top = max(0, min(self._top + by, len(self.picks) - self._in_sight))
        self.refresh()

    def _plain(self, text: str) -> str:
        return self.stage.glyphs.plain(inert(text))
