"""The form of a command over the floor: what must be filled in before it can be done.

Rules
- Enter goes on to the next field and sends on the last; ctrl+s and F12 send from anywhere. Nothing is sent twice.
- What cannot be taken is said beside its field; the text stays, and the first wrong field has the cursor.
- `esc` closes, first the list under the field. What was typed is kept for the next opening, until it was done.
"""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import ModalScreen

from floorwatch.app.cells import cut
from floorwatch.app.field_line import FieldLine
from floorwatch.app.form import Drafts, beginnings, fields_of, left_out_words, title_cells, title_of
from floorwatch.app.key_words import KeyWord, KeyWords
from floorwatch.app.saying import Saying
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.text import inert
from floorwatch.views import TimeField, Tone
from floorwatch.words import _

WIDEST = 100
NARROW_BELOW = 72
"""Columns under which a hint stands under its field."""

CHROME_LINES = 5
"""Lines of the box that are no fields: its border, a blank one, what it says, its keys."""


class FormBox(Vertical):
    """The box that the form stands in."""


class FormFields(VerticalScroll, inherit_bindings=False, can_focus=False):
    """The fields, as many as fit; keys go through to the form."""


class FormScreen(ModalScreen[None]):
    """One command's form. It asks to be sent by `Sent`; `refused` and `done` are the answers."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on"),
        Binding("tab", "next_field(1)"),
        Binding("shift+tab", "next_field(-1)"),
        Binding("down", "move(1)"),
        Binding("up", "move(-1)"),
        Binding("ctrl+s,f12", "send"),
        Binding("escape", "close"),
    ]

    class Sent(Message):
        """A person wants it done with this."""

        def __init__(self, form: "FormScreen", filled: Mapping[str, str]) -> None:
            super().__init__()
            self.form = form
            self.filled = filled

    def __init__(
        self,
        stage: Stage,
        entry: CommandEntry,
        subject: Subject,
        drafts: Drafts,
        *,
        values: Mapping[str, str] | None = None,
        start: str = "",
    ) -> None:
        """`values` (of a form in a view) count more than what the command fills in itself; what was typed before counts
        most. The cursor begins in the field `start`."""
        super().__init__()
        self.stage = stage
        self.entry = entry
        self.subject = subject
        self._drafts = drafts
        self._values = values or {}
        self._start = start
        fields = fields_of(entry.fields)
        draft = drafts.of(entry.name, subject.row_key)
        self._began = beginnings(fields, self._values)
        now = beginnings(fields, self._values, draft)
        self._lines = [FieldLine(stage, field, now[field.name]) for field in fields]
        self._fields = FormFields(*self._lines)
        self._said = Saying(stage)
        self._keys = KeyWords(stage)
        self._box = FormBox(self._fields, self._said, self._keys)
        self._is_sending = False
        self._is_done = False
        self._asking: asyncio.Task[None] | None = None
        self.set_class(stage.glyphs.ascii, "-ascii")
        if left_out := left_out_words(entry.fields):
            self._said.say(left_out, Tone.WARN)
        elif draft:
            self._said.say(_("What was typed here before and not sent is here again."), Tone.NOTICE)

    def compose(self) -> ComposeResult:
        """The box, in its form for this terminal."""
        self._fit(self.app.size.width, self.app.size.height)
        yield self._box

    def on_mount(self) -> None:
        """Put the cursor in its field, and ask the command what it would fill in."""
        start = next((line for line in self._lines if line.field.name == self._start), None)
        self._go_to(start or next(iter(self._lines), None))
        self._asking = asyncio.get_running_loop().create_task(self._prefill())
        self.stage.beat.join(self)

    def on_unmount(self) -> None:
        """Wait for nothing."""
        self.stage.beat.leave(self)
        if self._asking is not None:
            self._asking.cancel()

    def on_resize(self, event: Resize) -> None:
        """Take the form for this size."""
        self._fit(event.size.width, event.size.height)

    def on_screen_resume(self) -> None:
        """What was done while something else stood above closes now."""
        if self._is_done:
            self.dismiss()

    def tick(self, now: float) -> float | None:  # noqa: ARG002  # the desk reads times by its own clock
        """A time like "+15m" is read anew every second."""
        running = [line for line in self._lines if isinstance(line.field, TimeField) and line.text.strip()]
        for line in running:
            line.say()
        return 1.0 if running else None

    # The answers

    def refused(self, refused: Refused) -> None:
        """It cannot be taken: say what is wrong where it is wrong."""
        self._is_sending = False
        mistakes = dict(refused.mistakes)
        wrong = []
        for line in self._lines:
            line.refuse(mistakes.pop(line.field.name, ""))
            if line.mistake:
                wrong.append(line)
        rest = " ".join(inert(mistake) for mistake in mistakes.values() if mistake)
        self._said.say(rest or _("Nothing was done yet: something is missing or wrong."), Tone.WARN)
        self._go_to(next(iter(wrong), None) or self._current or next(iter(self._lines), None))

    def done(self) -> None:
        """It was done: close."""
        self._is_done = True
        if self.is_active:
            self.dismiss()

    # Keys

    def action_go_on(self) -> None:
        """Take the marked line of the list; else on to the next field, and from the last one send."""
        line = self._current
        if line is not None and line.is_marked:
            line.take_marked()
        elif line is not None and line is not self._lines[-1]:
            self._go_to(self._lines[self._lines.index(line) + 1])
        else:
            self.action_send()

    def action_next_field(self, by: int) -> None:
        """Take the marked line of the list; else the next field, round and round."""
        line = self._current
        if line is not None and line.is_marked and by > 0:
            line.take_marked()
        elif self._lines:
            at = -1 if line is None else self._lines.index(line)
            self._go_to(self._lines[(at + by) % len(self._lines)])

    def action_move(self, by: int) -> None:
        """Up and down the list under the field, which down opens; without one, from field to field."""
        line = self._current
        if line is None:
            self._go_to(next(iter(self._lines), None))
        elif line.is_listing or (by > 0 and line.open_list()):
            line.move_mark(by)
            self._tell_keys()
        else:
            at = self._lines.index(line) + by
            if 0 <= at < len(self._lines):
                self._go_to(self._lines[at])

    def action_send(self) -> None:
        """Have it done; not while it is being done."""
        if self._is_sending or self._is_done:
            return
        self._is_sending = True
        self._said.say(_("Sending..."), Tone.NOTICE)
        self.post_message(self.Sent(self, {line.field.name: line.text for line in self._lines}))

    def action_close(self) -> None:
        """Close the list under the field, or the form."""
        line = self._current
        if line is not None and line.is_listing:
            line.close_list()
            self._tell_keys()
        else:
            self.dismiss()

    # What happens in it

    def on_input_submitted(self) -> None:
        """Enter in a line that is typed in."""
        self.action_go_on()

    def on_field_line_typed(self, event: FieldLine.Typed) -> None:
        """Keep what was typed."""
        event.stop()
        typed = {line.field.name: line.text for line in self._lines if line.text != self._began[line.field.name]}
        self._drafts.keep(self.entry.name, self.subject.row_key, typed)
        self._tell_keys()
        self.stage.beat.wake()

    def on_descendant_focus(self) -> None:
        """Another field has the cursor."""
        self._retitle()
        self.call_after_refresh(self._show_current)
        self._tell_keys()

    async def _prefill(self) -> None:
        """What the command itself fills in stands where nobody typed meanwhile."""
        subject = self.subject
        found = await self.stage.desk.prefill(self.entry.name, subject.panel, subject.row_key)
        fields = [line.field for line in self._lines]
        began = beginnings(fields, found, self._values)
        for line in self._lines:
            name = line.field.name
            if line.text == self._began[name] != began[name]:
                line.put(began[name])
            self._began[name] = began[name]

    @property
    def _current(self) -> FieldLine | None:
        return next((line for line in self._lines if line.holds_cursor), None)

    def _go_to(self, line: FieldLine | None) -> None:
        if line is not None:
            self.set_focus(line.target)

    def _show_current(self) -> None:
        """The whole field in sight, with its list."""
        line = self._current
        if line is not None:
            line.scroll_visible(animate=False)

    def _tell_keys(self) -> None:
        line = self._current
        is_last = bool(self._lines) and line is self._lines[-1]
        onward = _("send") if is_last else _("next")
        enter = _("take it") if line is not None and line.is_marked else onward
        self._keys.tell(
            [
                KeyWord("enter", enter, "enter"),
                KeyWord("ctrl+s", _("send"), "ctrl+s"),
                KeyWord("esc", _("close"), "escape"),
            ]
        )

    def _fit(self, columns: int, rows: int) -> None:
        width = min(WIDEST, columns)
        inner = max(1, width - 4)
        is_narrow = columns < NARROW_BELOW
        titles = title_cells([line.field for line in self._lines], inner)
        for line in self._lines:
            line.fit(titles, is_narrow=is_narrow)
        self._box.styles.width = width
        self._fields.styles.max_height = max(1, rows - CHROME_LINES)
        self._retitle()

    def _retitle(self) -> None:
        """The command and its row above; below, which of the fields has the cursor."""
        room = max(1, min(WIDEST, self.app.size.width) - 6)
        glyphs = self.stage.glyphs
        self._box.border_title = Content(cut(glyphs.plain(title_of(self.entry, self.subject)), room, glyphs.cut))
        line = self._current
        at = 1 if line is None else self._lines.index(line) + 1
        self._box.border_subtitle = Content(_("{at} of {all}").format(at=at, all=len(self._lines)))
