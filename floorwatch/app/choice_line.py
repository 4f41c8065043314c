"""The options of a choice beside each other, each with its letter or its digit; the chosen one stands in brackets.

Rules
- A letter or a digit chooses at once and goes on to the next field, full-width ones too. A digit chooses an option
  that has a letter as well, and never sends.
- Left and right go through all of them, the ends are ends.
- A choice that is not needed is taken back by backspace or delete.
"""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.cells import cut, width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.form import narrow, option_with
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.stage import Stage
from floorwatch.app.tones import Ground
from floorwatch.text import inert
from floorwatch.views import ChoiceField, Option, Tone

DIGITS = "123456789"


class Spot(NamedTuple):
    """Where an option stands: line, first cell, and its words with their brackets or blanks."""

    y: int
    x: int
    words: str


class ChoiceLine(Drawn, can_focus=True):
    """`chosen` is the value that was chosen, "" before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(digit, f"choose({digit})") for digit in DIGITS),
        Binding("left", "move(-1)"),
        Binding("right", "move(1)"),
        Binding("backspace,delete", "clear"),
    ]

    class Changed(Message):
        """Another option was chosen, or none."""

    def __init__(self, stage: Stage, field: ChoiceField, chosen: str = "") -> None:
        super().__init__(stage)
        self._field = field
        self.chosen = chosen

    def choose(self, value: str) -> None:
        """This one from now on; "" for none."""
        if value != self.chosen:
            before = self._lines(self.size.width)
            self.chosen = value
            self.refresh(layout=before != self._lines(self.size.width))
            self.post_message(self.Changed())

    async def on_key(self, event: Key) -> None:
        """The option with this letter."""
        sign = narrow(event.character)
        option = None if sign.isdigit() else option_with(self._field.options, sign)
        if option is not None:
            event.stop()
            event.prevent_default()
            await self._choose_and_go_on(option, sends=option.sends)

    async def action_choose(self, digit: int) -> None:
        """The option with this digit."""
        if digit <= len(self._field.options):
            await self._choose_and_go_on(self._field.options[digit - 1], sends=False)

    async def _choose_and_go_on(self, option: Option, *, sends: bool) -> None:
        self.choose(option.value)
        # At once, and not by a message: the next key may be here already, and is for the next field.
        await self.run_action(f"screen.chosen({sends})")

    def action_move(self, by: int) -> None:
        """The next option, or the one before."""
        options = self._field.options
        at = self._at
        to = (0 if by > 0 else len(options) - 1) if at is None else at + by
        if 0 <= to < len(options):
            self.choose(options[to].value)

    def action_clear(self) -> None:
        """None of them, where none is needed."""
        if not self._field.required:
            self.choose("")

    def on_click(self, event: Click) -> None:
        """The option under the mouse."""
        for at, spot in enumerate(self._spots(self.size.width)):
            if spot.y == event.y and spot.x <= event.x < spot.x + width_of(spot.words):
                self.choose(self._field.options[at].value)

    def on_focus(self) -> None:
        """The cursor shows."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor hides."""
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """As many lines as the options take."""
        return max(1, self._lines(width))

    def render_line(self, y: int) -> Strip:
        """The line at `y`."""
        pieces: list[Piece] = []
        for at, spot in enumerate(self._spots(self.size.width)):
            if spot.y == y:
                is_chosen = at == self._at
                ground = Ground.CELL if is_chosen and self.has_focus else Ground.ROW
                tone = Tone.CALM if is_chosen else Tone.MUTED
                pieces.append((spot.words, self.palette.style(tone, ground, bold=is_chosen)))
        return strip_of(pieces, self.size.width, self.ground_style(Ground.ROW))

    @property
    def _at(self) -> int | None:
        values = [option.value for option in self._field.options]
        return values.index(self.chosen) if self.chosen and self.chosen in values else None

    def _lines(self, width: int) -> int:
        return max((spot.y + 1 for spot in self._spots(width)), default=1)

    def _spots(self, width: int) -> Iterator[Spot]:
        x = y = 0
        for at, option in enumerate(self._field.options):
            title = self.stage.glyphs.plain(inert(option.title or option.value))
            sign = inert(option.key) or DIGITS[at : at + 1]
            words = cut(f"{sign} {title}" if sign else title, max(0, width - 2), self.stage.glyphs.cut)
            words = f"[{words}]" if at == self._at else f" {words} "
            if x and x + width_of(words) > width:
                x, y = 0, y + 1
            yield Spot(y, x, words)
            x += width_of(words)
