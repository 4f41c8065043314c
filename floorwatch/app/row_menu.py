"""The menu of the row under the cursor: what can be done with it, by a digit, by its own key, or with the arrows."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.geometry import Offset
from textual.screen import ModalScreen

from floorwatch.app.cells import cut, width_of
from floorwatch.app.choice_line import DIGITS
from floorwatch.app.pick_list import Pick, PickList
from floorwatch.app.stage import Stage
from floorwatch.text import inert

BORDER_CELLS = 2
LEAST_CELLS = 16


class Choice(Struct, frozen=True):
    """One line of a menu: its words, its key as it is written and as Textual names it ("": none), what it does."""

    title: str
    shown: str
    key: str
    run: Callable[[], object]


class RowMenu(ModalScreen[Choice]):
    """Gives the choice that was made; the caller runs it when the floor has the keys again."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)"),
        Binding("down", "move(1)"),
        Binding("home", "move(-1000)"),
        Binding("end", "move(1000)"),
        Binding("enter", "take"),
        Binding("escape,m,f12", "close"),
        *(Binding(digit, f"choose({digit})") for digit in DIGITS),
    ]

    def __init__(self, stage: Stage, title: str, choices: Sequence[Choice], at: Offset, *, marked: int = 0) -> None:
        """`at` is where on the terminal the row stands; the menu stands under it, or above where there is no room.
        `marked` is the line that Enter takes at first."""
        super().__init__()
        self.stage = stage
        self._title = stage.glyphs.plain(inert(title))
        self._choices = choices
        self._at = at
        self._list = PickList(stage, [_pick_of(number, each) for number, each in enumerate(choices)], marked)
        self._box = Vertical(self._list)
        self.set_class(stage.glyphs.ascii, "-ascii")

    def compose(self) -> ComposeResult:
        """The box at the row."""
        self._fit(self.app.size.width, self.app.size.height)
        yield self._box

    def on_resize(self, event: Resize) -> None:
        """Stay on the terminal."""
        self._fit(event.size.width, event.size.height)

    def on_key(self, event: Key) -> None:
        """A command's own key does it too."""
        for at, choice in enumerate(self._choices):
            if choice.key == event.key and choice.key != "enter":
                event.stop()
                event.prevent_default()
                self._choose(at)
                return

    def on_click(self, event: Click) -> None:
        """A click beside the menu closes it."""
        if not self._box.region.contains_point(event.screen_offset):
            self.action_close()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A line was clicked."""
        event.stop()
        self._choose(event.at)

    def action_move(self, by: int) -> None:
        """Mark the next line, or the one before."""
        marked = self._list.marked or 0
        self._list.move(max(by, -marked))

    def action_take(self) -> None:
        """The marked line."""
        self._choose(self._list.marked or 0)

    def action_choose(self, digit: int) -> None:
        """The line with this digit."""
        self._choose(digit - 1)

    def action_close(self) -> None:
        """Do nothing."""
        self.dismiss()

    def _choose(self, at: int) -> None:
        if at < len(self._choices):
            self.dismiss(self._choices[at])

    def _fit(self, columns: int, rows: int) -> None:
        wanted = max(LEAST_CELLS, self._list.cells, width_of(self._title) + 4)
        width = min(columns, wanted + BORDER_CELLS)
        lines = max(1, min(len(self._choices), rows - BORDER_CELLS))
        height = lines + BORDER_CELLS
        below = self._at.y + 1
        y = below if below + height <= rows else max(0, self._at.y - height)
        self._list.most = lines
        self._list.styles.height = lines
        self._box.styles.width, self._box.styles.height = width, height
        self._box.styles.offset = (max(0, min(self._at.x, columns - width)), min(y, max(0, rows - height)))
        glyphs = self.stage.glyphs
        self._box.border_title = Content(cut(self._title, max(0, width - 4), glyphs.cut)) if self._title else None


def _pick_of(number: int, choice: Choice) -> Pick:
    digit = DIGITS[number] if number < len(DIGITS) else " "
    return Pick(f"{digit} {choice.title}", choice.shown)
