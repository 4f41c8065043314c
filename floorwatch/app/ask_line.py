"""One line that asks for a few words, above the bar of a replay: what it asks, what is typed, below it what is wrong.

Rules
- Enter hands over what was typed; where that is wrong it is said, and what was typed stays. Esc closes it.
- The floor above it stays as it is, and goes on.
"""

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Click, Resize
from textual.screen import ModalScreen
from textual.widgets import Input

from floorwatch.app.cells import width_of
from floorwatch.app.field_line import FieldInput
from floorwatch.app.saying import Saying
from floorwatch.app.stage import Stage
from floorwatch.text import inert
from floorwatch.views import Tone

LONGEST = 200


class Question(NamedTuple):
    """What is asked, and who takes the answer: `take` says what is wrong with it, "" where nothing is. `hint` stands in
    the line while nothing is typed, `text` at first."""

    asks: str
    take: Callable[[str], str]
    hint: str = ""
    text: str = ""


class AskLine(ModalScreen[None]):
    """Asks one question; once the answer is right the line is gone."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on"),
        Binding("escape", "close"),
    ]

    def __init__(
        self,
        stage: Stage,
        question: Question,
        below: Callable[[], int],
        on_gone: Callable[[], None] = lambda: None,
    ) -> None:
        """`below` says how many lines stand below it; `on_gone` is called when it is gone, however that came."""
        super().__init__()
        self.stage = stage
        self._take = question.take
        self._below = below
        self._on_gone = on_gone
        plain = stage.glyphs.plain
        asks, hint = plain(question.asks), plain(question.hint)
        self._asks = Saying(stage, f" {asks}", Tone.NOTICE)
        self._asks.styles.width = width_of(asks) + 2
        self._line = FieldInput(question.text, hint, compact=True, max_length=LONGEST, select_on_focus=True)
        self._mistake = Saying(stage, hides=True)
        self._box = Vertical(Horizontal(self._asks, self._line), self._mistake)

    def compose(self) -> ComposeResult:
        """Above what stands below."""
        self._fit()
        yield self._box

    def on_mount(self) -> None:
        """Let it be typed."""
        self.set_focus(self._line)

    def on_unmount(self) -> None:
        """Closed by a person, or with everything that stood above the floor."""
        self._on_gone()

    def on_resize(self, _event: Resize) -> None:
        """Stay above the bar, which has the number of lines that the new size gives once its screen knows it."""
        self.call_after_refresh(self._fit)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong is being mended."""
        event.stop()
        self._mistake.say("")

    def on_click(self, event: Click) -> None:
        """A click beside it closes it."""
        if not self._box.region.contains_point(event.screen_offset):
            self.action_close()

    def action_go_on(self) -> None:
        """Take what was typed."""
        mistake = inert(self._take(self._line.value))
        if mistake:
            self._mistake.say(f" {self.stage.glyphs.plain(mistake)}", Tone.WARN)
        else:
            self.dismiss()

    def action_close(self) -> None:
        """Do nothing."""
        self.dismiss()

    def _fit(self) -> None:
        self._box.styles.margin = (0, 0, self._below(), 0)
