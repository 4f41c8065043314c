"""Who writes here: a line for a name, completed from those who may write.

Rules
- What is typed is the name, also a new one; a known name typed in other letters (`WANG`) is the known one.
- Enter takes the marked line of the list, else what was typed. Nothing typed is no name.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Input

from floorwatch.app.field_line import FieldInput
from floorwatch.app.form_screen import FormBox
from floorwatch.app.key_words import KeyWord, KeyWords
from floorwatch.app.pick_list import Pick, PickList
from floorwatch.app.saying import Saying
from floorwatch.app.stage import Stage
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _

WIDEST = 56
CHROME_LINES = 5
"""Lines of the box that are no names: its border, the one typed in, what it says, its keys."""

MOST_NAMES = 60
LONGEST_NAME = 60


class WhoScreen(ModalScreen[str]):
    """Gives the name; nothing where it was closed without one."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take"),
        Binding("tab", "complete"),
        Binding("down", "move(1)"),
        Binding("up", "move(-1)"),
        Binding("escape", "close"),
    ]

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self._authors = [name for each in stage.desk.authors() if (name := _plain(each))]
        self._offered: Sequence[str] = ()
        self._line = FieldInput("", stage.glyphs.plain(_("name")), compact=True, max_length=LONGEST_NAME)
        self._list = PickList(stage)
        self._said = Saying(stage)
        self._keys = KeyWords(stage)
        self._box = FormBox(self._line, self._list, self._said, self._keys)
        self.set_class(stage.glyphs.ascii, "-ascii")

    def compose(self) -> ComposeResult:
        """The box, with everyone in it."""
        self._fit(self.app.size.width, self.app.size.height)
        self._offer()
        me = _plain(self.stage.desk.me)
        if me:
            self._said.say(_("Now {name} writes here.").format(name=me), Tone.MUTED)
        else:
            self._said.say(_("Nobody writes here now."), Tone.NOTICE)
        yield self._box

    def on_mount(self) -> None:
        """Let it be typed."""
        self._box.border_title = Content(_("Who are you?"))
        self.set_focus(self._line)

    def on_resize(self, event: Resize) -> None:
        """Stay on the terminal."""
        self._fit(event.size.width, event.size.height)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what completes it."""
        event.stop()
        self._offer()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line."""
        event.stop()
        self.action_take()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A name was clicked."""
        event.stop()
        self.dismiss(self._offered[event.at])

    def action_take(self) -> None:
        """The marked name, or the one that was typed."""
        typed = _plain(self._line.value)
        if self._list.marked is not None:
            self.dismiss(self._offered[self._list.marked])
        elif typed:
            known = (name for name in self._authors if name.casefold() == typed.casefold())
            self.dismiss(next(known, typed))
        else:
            self._said.say(_("Write a name, or choose one with the arrows."), Tone.WARN)

    def action_complete(self) -> None:
        """The marked name, or the first, into the line."""
        if self._offered:
            self._line.value = self._offered[self._list.marked or 0]
            self._line.cursor_position = len(self._line.value)

    def action_move(self, by: int) -> None:
        """Mark the next name, or the one before; above the first stands no mark."""
        self._list.move(by)
        self._tell_keys()

    def action_close(self) -> None:
        """Stay who we are."""
        self.dismiss()

    def _offer(self) -> None:
        self._offered = fitting(_plain(self._line.value), self._authors)
        self._list.offer([Pick(name) for name in self._offered])
        self._tell_keys()

    def _tell_keys(self) -> None:
        enter = _("take it") if self._list.marked is not None else _("that is me")
        self._keys.tell(
            [
                KeyWord("enter", enter, "enter"),
                KeyWord("esc", _("close"), "escape"),
                KeyWord("tab", _("complete"), "tab"),
            ]
        )

    def _fit(self, columns: int, rows: int) -> None:
        self._box.styles.width = min(WIDEST, columns)
        self._list.most = max(1, min(8, rows - CHROME_LINES))
        self._list.refresh(layout=True)


def fitting(typed: str, names: Sequence[str]) -> Sequence[str]:
    """The names that hold all of these words, those that begin so first; none where the name itself was typed."""
    whole, words = typed.casefold(), typed.casefold().split()
    found = [name for name in dict.fromkeys(names) if all(word in name.casefold() for word in words)]
    if [name.casefold() for name in found] == [whole]:
        return ()
    return sorted(found, key=lambda name: not name.casefold().startswith(whole))[:MOST_NAMES]


def _plain(name: str) -> str:
    return " ".join(inert(name).split())
