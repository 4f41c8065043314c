"""The app as far as commands go: their forms are opened and sent, what they answer is shown, what was not sent is kept.

Rules
- What a command has to say is shown when its form is gone. Where it was not done as wished, what was typed stays a
  draft; the next sending of it is something new.
- What could not be saved is said in the tone of an alarm: nobody shall walk away from a note that is nowhere.
- A command that asks for another is followed, but not round and round.
- A form asks who writes before it opens: a draft is somebody's. What has no form is done, and asks only where it would
  enter something: a panel may be looked at by nobody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from textual.events import Event, Key, Paste

from floorwatch.app.drafts import Draft, Drafts
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.form import asking_title, subject_for, title_of
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.form_view import FormView
from floorwatch.app.key_order import KeyOrder
from floorwatch.app.subject import Subject
from floorwatch.app.writing_app import WritingApp
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.text import inert
from floorwatch.views import PersonField, Tone
from floorwatch.words import _, _n

FAILING = frozenset({Tone.WARN, Tone.ALARM})
"""Tones of what a command says when it did not do all of it: what was typed is then kept."""

MOST_ASKS = 8
"""Commands in a row that go on with another one without a person in between."""

MOST_NAMED = 3
OFFER_SECONDS = 15.0


class Doing(NamedTuple):
    """A command that is to be done: for which row, by which name it is entered, with which form and what was filled in
    there; `asks` commands led to it."""

    entry: CommandEntry
    subject: Subject
    name: str
    form: FormScreen | None = None
    filled: Mapping[str, str] | None = None
    asks: int = 0


class CommandingApp(WritingApp):
    """An app that does commands; subclasses make the stage and bring panels to the front."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.drafts = Drafts()
        self._draft_troubles: list[str] = []
        self._offered: set[str] = set()
        self._key_order = KeyOrder(self)

    async def on_event(self, event: Event) -> None:
        """Keys and pastes come one after the other."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self._key_order.take(event, super().on_event)
        else:
            await super().on_event(event)

    # For subclasses

    @property
    def floor_screen(self) -> FloorScreen:
        """The topmost screen of ours: a palette or a toast may cover it."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, FloorScreen))

    def open_panel(self, panel: str, row_key: str | None = None) -> None:
        """Bring a panel to the front, and open a row of it."""

    # Commands

    def action_run_command(self, name: str) -> None:
        """A command's own key."""
        self.run_command(name)

    def run_command(self, name: str, subject: Subject | None = None) -> None:
        """Do it for this row (the one under the cursor); first, ask for what it must be told."""
        entry = self._command(name)
        if entry is not None:
            self.begin_command(entry, subject or subject_for(entry, self.floor_screen.subjects()))

    def begin_command(
        self,
        entry: CommandEntry,
        subject: Subject,
        values: Mapping[str, str] | None = None,
        start: str = "",
        asks: int = 0,
    ) -> None:
        """Open its form with `values`, at the field `start`; without fields, do it. `asks` led here."""

        def open_form() -> None:
            self.push_screen(FormScreen(self.stage, entry, subject, self.drafts, values=values, start=start))

        if entry.fields:
            self.as_somebody(open_form)
        else:
            self._do_soon(Doing(entry, subject, self.stage.desk.new_doing(), asks=asks))

    def on_form_view_wanted(self, event: FormView.Wanted) -> None:
        """Enter on a form in a view: the form itself, with what the view fills in."""
        wrong = what_is_wrong(event.form)
        entry = None if wrong else self._command(event.form.command)
        if wrong:
            self.floor_screen.say(_("This form cannot be filled in. {wrong}").format(wrong=wrong))
        if entry is not None:
            entry = replace(entry, fields=entry.fields or event.form.fields)
            subject = subject_for(entry, self.floor_screen.subjects())
            self.begin_command(entry, subject, event.form.values, event.field)

    def on_form_screen_sent(self, event: FormScreen.Sent) -> None:
        """A form was filled in."""
        form = event.form
        self._do_soon(Doing(form.entry, form.subject, form.opening.doing, form, event.filled))

    def _command(self, name: str) -> CommandEntry | None:
        entry = self._entry(name)
        if entry is None:
            self.floor_screen.say(_("There is no command {name}.").format(name=inert(name)))
        return entry

    def _entry(self, name: str) -> CommandEntry | None:
        return next((each for each in self.stage.desk.commands() if each.name == name), None)

    def _do_soon(self, doing: Doing) -> None:
        self._key_order.hold()
        self.run_worker(self._do_and_let_go(doing), exit_on_error=True)

    async def _do_and_let_go(self, doing: Doing) -> None:
        try:
            await self._do(doing)
        finally:
            self._key_order.let_go()

    async def _do(self, doing: Doing) -> None:
        subject, form = doing.subject, doing.form
        answer = await self.stage.desk.run_command(
            doing.entry.name, subject.panel, subject.row_key, doing.filled, doing.name
        )
        if isinstance(answer, Refused):
            if answer.needs_me and form is None:
                self.as_somebody(partial(self._do_soon, doing))
            else:
                self._tell_refused(doing.entry, form, answer)
            return
        if form is not None:
            failed = any(isinstance(outcome, Toast) and outcome.tone in FAILING for outcome in answer)
            (form.opening.rename if failed else form.opening.forget)()
            form.done()
        # What asks for a person comes last: a panel that is brought to the front would close it.
        for outcome in sorted(answer, key=lambda outcome: isinstance(outcome, Ask)):
            match outcome:
                case Toast():
                    self.tell(outcome)
                case Open(panel=opened, row_key=key):
                    self.open_panel(opened, key)
                case Ask():
                    self._go_on_with(outcome, subject, doing.asks + 1)

    def _go_on_with(self, ask: Ask, subject: Subject, asks: int) -> None:
        entry = self._command(ask.command)
        if entry is None:
            return
        if asks > MOST_ASKS:
            said = _("{command} leads to itself again and again: it was stopped.")
            self.tell(Toast(said.format(command=entry.title), Tone.ALARM))
            return
        if ask.row_key is not None and ask.row_key != subject.row_key:
            subject = Subject(subject.panel, ask.row_key, self._words_of(ask.row_key), (entry.name,))
        self.begin_command(entry, subject, ask.values, asks=asks)

    def _words_of(self, row_key: str) -> str:
        """A row in a few words: as it is shown somewhere, else what is known of a person, else its key."""
        plain = inert(row_key)
        screens = [screen for screen in reversed(self.screen_stack) if isinstance(screen, FloorScreen)]
        shown = (part.words_of(row_key) for screen in screens for frame in screen.frames for part in frame.holders)
        found = next((words for words in shown if words and words != plain), "")
        kind, colon, name = row_key.partition(":")
        if not found and kind == "agent":
            people = self.stage.desk.suggest(PersonField(name="", title=""), name)
            found = next((each.words for each in people if each.text == name), "")
        return inert(found) or (inert(name) if colon else plain)

    def _tell_refused(self, entry: CommandEntry, form: FormScreen | None, refused: Refused) -> None:
        """In the form; where it was closed meanwhile, or there was none, as a word."""
        if form is not None and form.is_attached:
            form.refused(refused)
            return
        if refused.is_unsaved and form is not None:
            form.opening.keep_unless_newer(form.texts)
        tone = Tone.ALARM if refused.is_unsaved else Tone.WARN
        said = _("{command} was not saved: {mistake}") if refused.is_unsaved else _("{command}: {mistake}")
        for mistake in refused.mistakes.values():
            self.tell(Toast(said.format(command=entry.title, mistake=mistake), tone))

    # What was not sent

    def keep_drafts_in(self, folder: Path) -> None:
        """Keep what was not sent in this folder, and have again what was left there."""
        from floorwatch.app.draft_shelf import DraftShelf

        try:
            shelf = DraftShelf(folder)
        except OSError as error:
            self._tell_draft_trouble(str(error))
            return
        self.drafts = Drafts(shelf.found, shelf)
        self.drafts.on_trouble = self._tell_draft_trouble
        self._draft_troubles += shelf.unread

    def offer_drafts(self) -> None:
        """Say once to whoever writes what they have not sent, and how it comes back."""
        for trouble in self._draft_troubles:
            self.tell(Toast(trouble, Tone.WARN))
        self._draft_troubles.clear()
        me = self.stage.desk.me
        unsent = [] if not me or me in self._offered else list(self._unsent())
        if unsent:
            self._offered.add(me)
            said = _n("Not sent: {names} - ctrl+p, Unsent", "{n} not sent: {names} - ctrl+p, Unsent", len(unsent))
            names = ", ".join(title for title, _draft, _entry in unsent[:MOST_NAMED])
            self.tell(Toast(said.format(n=len(unsent), names=names), Tone.NOTICE), OFFER_SECONDS)

    def unsent(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """What whoever writes has typed and not sent: a title, and what opens it again."""
        return [
            (asking_title(replace(entry, title=title)), partial(self.begin_command, entry, _subject_of(draft)))
            for title, draft, entry in self._unsent()
        ]

    def _unsent(self) -> Iterator[tuple[str, Draft, CommandEntry]]:
        for draft in self.drafts.by(self.stage.desk.me):
            entry = self._entry(draft.command)
            if entry is not None and entry.fields:
                yield title_of(entry, _subject_of(draft)), draft, entry

    def _tell_draft_trouble(self, why: str) -> None:
        said = _("What is typed and not sent is lost if floorwatch ends now: {why}").format(why=why)
        if self.is_running:
            self.tell(Toast(said, Tone.WARN))
        else:
            self._draft_troubles.append(said)

    def _become(self, name: str | None, then: Callable[[], object] = lambda: None) -> None:
        super()._become(name, then)
        self.offer_drafts()


def _subject_of(draft: Draft) -> Subject:
    return Subject(draft.panel, draft.row_key, draft.words, (draft.command,))
