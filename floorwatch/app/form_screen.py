"""The form of a command over the floor: what must be filled in before it can be done.

Rules
- Enter goes on to the next field and sends on the last; ctrl+s and F12 send from anywhere. In a quick form Enter sends
  from any field once nothing that is needed is missing, and else goes to what is. Nothing is sent twice.
- Nothing is sent before the command has filled in its part: what stands fixed is of the moment of the opening.
- What cannot be taken is said beside its field; the text stays, and the first wrong field has the cursor. What could
  not be saved is sent again by itself, the same by the same name, until somebody changes or closes it.
- `esc` closes, first the list under the field. What was typed is kept for the next opening, until it was done.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import ModalScreen

from floorwatch.app.cells import cut
from floorwatch.app.drafts import Drafts
from floorwatch.app.field_line import FieldLine
from floorwatch.app.fixed_words import FixedWords
from floorwatch.app.form import left_out_words, title_cells, title_of
from floorwatch.app.form_opening import Opening
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

AGAIN_SECONDS = 5.0
"""After which what could not be saved is tried again."""

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
        self.opening = Opening(stage.desk, entry, subject, drafts, values or {})
        self._start = start
        self._lines = [FieldLine(stage, field, self.opening.texts[field.name]) for field in self.opening.asked]
        self._fixed = FixedWords(stage)
        self._fixed.say(self.opening.fixed)
        self._fields = FormFields(self._fixed, *self._lines)
        self._said = Saying(stage)
        self._keys = KeyWords(stage)
        self._box = FormBox(self._fields, self._said, self._keys)
        self._is_sending = False
        self._is_done = False
        self._is_unsaved = False
        self._asking: asyncio.Task[None] | None = None
        self._then: Callable[[], None] | None = None
        self._again: asyncio.TimerHandle | None = None
        self.set_class(stage.glyphs.ascii, "-ascii")
        if left_out := left_out_words(entry.fields):
            self._said.say(left_out, Tone.WARN)
        elif self.opening.was_kept:
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
        self._drafts.opened(self.keep)

    def on_unmount(self) -> None:
        """Wait for nothing."""
        self.keep()
        self._drafts.closed(self.keep)
        self.stage.beat.leave(self)
        self._try_no_more()
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

    def keep(self) -> None:
        """Keep what was typed until it was done; of what was sent and not saved, all of it."""
        if not self._is_done:
            (self.opening.keep if self._is_unsaved else self.opening.keep_changed)(self.texts)

    # The answers

    def refused(self, refused: Refused) -> None:
        """It cannot be taken: say what is wrong where it is wrong. Where nothing is wrong with it, try again later."""
        self._is_sending = False
        self._is_unsaved = refused.is_unsaved
        if refused.is_unsaved:
            self._wait_to_save(refused)
            return
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

    def _wait_to_save(self, refused: Refused) -> None:
        why = " ".join(inert(mistake).rstrip(".") for mistake in refused.mistakes.values())
        said = _("Not saved yet: {why} - tried again every {n:g} s; esc keeps it as a draft")
        self._said.say(said.format(why=why, n=AGAIN_SECONDS), Tone.ALARM)
        self.keep()
        self._again = asyncio.get_running_loop().call_later(AGAIN_SECONDS, self.try_again)

    def try_again(self) -> None:
        """Send what could not be saved once more; nothing where nothing waits for that."""
        if self._again is not None:
            self._try_no_more()
            self._is_sending = True
            self._post()

    def _try_no_more(self) -> None:
        if self._again is not None:
            self._again.cancel()
            self._again = None

    # Keys

    def action_go_on(self) -> None:
        """Take the marked line of the list; else on to the next field, and from the last one send."""
        line = self._current
        if line is not None and line.is_marked:
            line.take_marked()
        elif self.entry.quick:
            self._when_filled(self._send_or_go_to_missing)
        elif line is not None and line is not self._lines[-1]:
            self._go_to(self._lines[self._lines.index(line) + 1])
        else:
            self.action_send()

    def action_chosen(self, sends: bool) -> None:
        """A letter or a digit chose an option: on to the next field; where the letter sends, send. Not what was typed
        another time: whoever presses two keys has not seen that it is here again."""
        line = self._current
        if sends and not self.opening.was_kept:
            self._when_filled(self._send_or_go_to_missing)
        elif line is not None and line is not self._lines[-1]:
            self._go_to(self._lines[self._lines.index(line) + 1])

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
        self._try_no_more()
        self._is_sending = True
        self._said.say(_("Sending..."), Tone.NOTICE)
        self._when_filled(self._post)

    def _post(self) -> None:
        self.post_message(self.Sent(self, self.opening.filled(self.texts)))

    def _send_or_go_to_missing(self) -> None:
        missing = self._missing
        if missing is None:
            self.action_send()
            return
        if missing is self._current:
            self._said.say(_("{field} is still needed.").format(field=inert(missing.field.title)), Tone.WARN)
        self._go_to(missing)

    def _when_filled(self, act: Callable[[], None]) -> None:
        """Once the command has filled in its part, which comes a moment after the form."""
        if self.opening.is_filled:
            act()
        else:
            self._then = act

    def action_close(self) -> None:
        """Close the list under the field, or the form."""
        line = self._current
        if line is not None and line.is_listing:
            line.close_list()
            self._tell_keys()
        else:
            self.dismiss()

    # What happens in it

    def on_field_line_typed(self, event: FieldLine.Typed) -> None:
        """Keep what was typed."""
        event.stop()
        if self._again is not None:
            self._try_no_more()
            self._said.say(_("Not saved yet. It was changed: send it again."), Tone.WARN)
        self.keep()
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
        before = {line: self.opening.began(line.field) for line in self._lines}
        self.opening.fill_in(found)
        for line, began in before.items():
            if line.text == began != self.opening.began(line.field):
                line.put(self.opening.began(line.field))
        self._fixed.say(self.opening.fixed)
        self._tell_keys()
        then, self._then = self._then, None
        if then is not None:
            then()

    @property
    def texts(self) -> Mapping[str, str]:
        """What stands in the fields, by name."""
        return {line.field.name: line.text for line in self._lines}

    @property
    def _missing(self) -> FieldLine | None:
        """The first field that is needed and empty."""
        return next((line for line in self._lines if line.field.required and not line.text.strip()), None)

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
        sends = self._missing is None if self.entry.quick else not self._lines or line is self._lines[-1]
        onward = _("send") if sends else _("next")
        enter = _("take it") if line is not None and line.is_marked else onward
        send, close = KeyWord("ctrl+s", _("send"), "ctrl+s"), KeyWord("esc", _("close"), "escape")
        between = [KeyWord("tab", _("next"), "tab"), close, send] if self.entry.quick else [send, close]
        self._keys.tell([KeyWord("enter", enter, "enter"), *between])

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
        where = _("{at} of {all}").format(at=at, all=len(self._lines)) if self._lines else ""
        self._box.border_subtitle = Content(where)
