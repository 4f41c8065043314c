"""One field of a form on the screen: its title, what stands in it, beside it a hint or what is wrong, under it the list
of what completes it.

Rules
- In a field of words what is typed is text; only keys that no text has (arrows, tab, enter) do anything else.
- The marked line of the list is what enter and tab take. Of people the first is marked at once, as it must be one of
  them; of words none is, as others are taken too.
- Where there is no room beside it, the hint stands under the field that has the cursor, and a mistake under its field.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key, Paste
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from floorwatch.app.cells import width_of
from floorwatch.app.choice_line import ChoiceLine
from floorwatch.app.form import hint_of, need_of, reading_of, time_reading, typed_text
from floorwatch.app.pick_list import Pick, PickList
from floorwatch.app.saying import Saying
from floorwatch.app.stage import Stage
from floorwatch.engine.desk import Suggestion
from floorwatch.text import inert, without_unseen
from floorwatch.views import ChoiceField, Field, PersonField, TimeField, Tone
from floorwatch.words import _

IDEOGRAPHIC_SPACE = "\u3000"
MOST_SUGGESTIONS = 60
LONGEST_WORD = 80
"""Characters that a name or an answer to be completed has at most: of what is longer nobody is asked at every key."""

GAP_CELLS = 1
"""Between title and value; the style sheet has the same."""


class FieldInput(Input):
    """A line to type in. What is pasted in several lines stands in one, and an input method's wide blank is a blank."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # At once, and not by a message: the next key may be here already, and is for the next field.
        Binding("enter", "screen.go_on"),
    ]
    cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """All of it, not the first line only."""
        event.stop()
        event.prevent_default()
        self.replace(typed_text(event.text), *self.selection)

    def on_key(self, event: Key) -> None:
        """Textual takes a selector of a variation as a sign, and a wide blank not."""
        sign = event.character or ""
        if sign == IDEOGRAPHIC_SPACE or without_unseen(sign) != sign:
            event.stop()
            event.prevent_default()
            if sign == IDEOGRAPHIC_SPACE:
                self.replace(" ", *self.selection)


class FieldLine(Vertical):
    """A field; `text` is what stands in it."""

    class Typed(Message):
        """A person changed what stands in it."""

        def __init__(self, line: "FieldLine") -> None:
            super().__init__()
            self.line = line

    def __init__(self, stage: Stage, field: Field, text: str) -> None:
        super().__init__()
        self.stage = stage
        self.field = field
        self.mistake = ""
        self._text = text
        self._known: list[Suggestion] = []
        self._suggestions: list[Suggestion] = []
        self._title = Saying(stage)
        self._beside = Saying(stage)
        self._below = Saying(stage, hides=True)
        self._list = PickList(stage)
        self._value: ChoiceLine | FieldInput
        if isinstance(field, ChoiceField):
            self._value = ChoiceLine(stage, field, text)
        else:
            self._value = FieldInput(text, stage.glyphs.plain(need_of(field)), compact=True, select_on_focus=False)
        self._is_narrow = False
        self._cells = 0

    def compose(self) -> ComposeResult:
        """The line, and what may stand under it."""
        yield Horizontal(self._title, self._value, self._beside)
        yield self._below
        yield self._list

    def on_mount(self) -> None:
        """Say what it takes."""
        self._title.styles.width = self._cells
        self._ask()
        self.say()
        if isinstance(self._value, FieldInput):
            self.watch(self._value, "cursor_position", self.say, init=False)

    # What stands in it

    @property
    def text(self) -> str:
        """What stands in it, as typed."""
        return self._value.chosen if isinstance(self._value, ChoiceLine) else self._value.value

    def put(self, text: str) -> None:
        """Let this stand in it: no person typed it."""
        self._text = text
        if isinstance(self._value, ChoiceLine):
            self._value.choose(text)
        else:
            self._value.value = text
            self._value.cursor_position = len(text)
        self._ask()
        self.say()

    def refuse(self, mistake: str) -> None:
        """This is wrong with it."""
        self.mistake = inert(mistake)
        self.close_list()
        self.say()

    def fit(self, title_cells: int, *, is_narrow: bool) -> None:
        """Take the form for this width."""
        self._is_narrow = is_narrow
        self._cells = title_cells - GAP_CELLS
        self._title.styles.width = title_cells - GAP_CELLS
        self._beside.display = not is_narrow
        self.say()

    def say(self) -> None:
        """Its title, and what stands beside or under it at this moment."""
        glyphs = self.stage.glyphs
        lead = glyphs.closed if self.holds_cursor else " "
        self._title.say(f"{lead} {inert(self.field.title)}", Tone.NOTICE if self.holds_cursor else Tone.CALM)
        words, tone = hint_of(self.field, self.text, self.mistake, self._reading())
        words = (tone is Tone.MUTED and self._place()) or words
        is_told_below = self._is_narrow and (self.holds_cursor or tone is Tone.WARN)
        self._below.say(words if is_told_below else "", tone)
        self._beside.say("" if self._is_narrow else words, tone)

    # Its cursor

    @property
    def holds_cursor(self) -> bool:
        """Whether keys go to it."""
        return self._value.has_focus

    def take_cursor(self) -> None:
        """Let keys go to it."""
        self._value.focus()

    @property
    def target(self) -> Widget:
        """The widget that takes the keys."""
        return self._value

    # The list under it

    @property
    def is_listing(self) -> bool:
        """Whether the list is open."""
        return bool(self._suggestions)

    @property
    def is_marked(self) -> bool:
        """Whether a line of the list is the one to take."""
        return self.is_listing and self._list.marked is not None

    def open_list(self) -> bool:
        """Offer what completes what stands in it; whether there is anything."""
        typed = self.text.strip()
        others = any(each.text != typed for each in self._known)
        self._suggestions = self._known if others else []
        marked = 0 if isinstance(self.field, PersonField) and typed else None
        self._list.offer([_pick_of(each) for each in self._suggestions], marked)
        return self.is_listing

    def close_list(self) -> None:
        """Offer nothing."""
        if self._suggestions:
            self._suggestions = []
            self._list.offer(())

    def move_mark(self, by: int) -> None:
        """Mark the next line of the list, or the one before; above the first stands no mark."""
        self._list.move(by)

    def take_marked(self) -> None:
        """Let the marked line stand in the field."""
        if self._list.marked is not None and self._suggestions:
            self._take(self._suggestions[self._list.marked])

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A line of the list was clicked."""
        event.stop()
        if event.at < len(self._suggestions):
            self._take(self._suggestions[event.at])

    # What happens to it

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what completes it, while a person types."""
        event.stop()
        if self.text != self._text:
            self._note_typed()
            if self.holds_cursor and self.text.strip():
                self.open_list()
            else:
                self.close_list()

    def on_choice_line_changed(self, event: ChoiceLine.Changed) -> None:
        """Another option was chosen."""
        event.stop()
        if self.text != self._text:
            self._note_typed()

    def on_descendant_focus(self) -> None:
        """The cursor came."""
        self.say()

    def on_descendant_blur(self) -> None:
        """The cursor went."""
        self.close_list()
        self.say()

    def _note_typed(self) -> None:
        self._text = self.text
        self.mistake = ""
        self._ask()
        self.say()
        self.post_message(self.Typed(self))

    def _take(self, suggestion: Suggestion) -> None:
        self.close_list()
        if isinstance(self._value, FieldInput):
            self._value.value = typed_text(suggestion.text)
            self._value.cursor_position = len(self._value.value)
            self.take_cursor()
        self._note_typed()

    def _ask(self) -> None:
        """What the floor knows that completes it, at this moment."""
        asks = not isinstance(self.field, ChoiceField | TimeField) and len(self.text) <= LONGEST_WORD
        self._known = list(self.stage.desk.suggest(self.field, self.text))[:MOST_SUGGESTIONS] if asks else []

    def _place(self) -> str:
        """Where the cursor is in a text that is longer than its line; "" while all of it is in sight."""
        value = self._value
        if not isinstance(value, FieldInput) or not value.has_focus or width_of(value.value) < value.size.width:
            return ""
        return _("{at} of {all} characters").format(at=value.cursor_position, all=len(value.value))

    def _reading(self) -> str:
        desk = self.stage.desk
        if isinstance(self.field, TimeField):
            return time_reading(self.text, desk.zone, desk.now())
        return inert(reading_of(self.text, self._known)) if self.text.strip() else ""


def _pick_of(suggestion: Suggestion) -> Pick:
    return Pick(suggestion.text, suggestion.words if suggestion.words != suggestion.text else "")
