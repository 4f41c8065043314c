"""The app: one desk on one terminal. It holds the stage and the stack of screens, and tells the top one what changed.

Rules
- What was quiet is shown at once when it changes, and at most thirty times a second in a burst, each panel by itself.
- A new alarm rings once, where the desk allows it. What was there at the start does not ring.
- A failure of the desk ends the app and is kept in `failure`, to be raised where the terminal is whole again.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import Context, copy_context
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Event, Key
from textual.filter import ANSIToTruecolor, LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen

from floorwatch.app.dashboard import Dashboard
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.footer import Footer
from floorwatch.app.form import Drafts, asking_title, subject_for
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.form_view import FormView
from floorwatch.app.glyphs import BLOCKS, Glyphs
from floorwatch.app.keys import keys_of
from floorwatch.app.layout import LayoutSpec
from floorwatch.app.page import Page
from floorwatch.app.row_menu import Choice, RowMenu
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject
from floorwatch.app.themes import COLOURS, DARK, textual_theme
from floorwatch.app.tones import Palette
from floorwatch.app.view_screen import ViewScreen
from floorwatch.engine.desk import HEADING, CommandEntry, Desk, Refused
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.extend.command import Open, Toast
from floorwatch.model.alerts import AlertTone
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _, _n

BURST_SECONDS = 1 / 30
HEADING_WAITS_SECONDS = 0.010
"""The heading changes before the panels of the same snapshot are built: painted together they cost half."""
FAILING = frozenset({Tone.WARN, Tone.ALARM})
"""Tones of what a command says when it did not do all of it: what was typed is then kept."""
MOST_NAMED = 3
"""Plugins with problems that are named at the start; the plugin screen has them all."""

_SEVERITY: dict[Tone, SeverityLevel] = {Tone.ALARM: "error", Tone.WARN: "warning"}


def _our_commands() -> type[Provider]:
    from floorwatch.app.palette_commands import FloorCommands

    return FloorCommands


class FloorApp(App[None]):
    """The screen of one desk."""

    CSS_PATH = Path(__file__).with_name("floor_app.tcss")
    ALLOW_SELECT = False
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_our_commands}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "leave", show=False, system=True)]

    def __init__(
        self,
        desk: Desk,
        layout: LayoutSpec,
        *,
        theme: str = DARK,
        glyphs: Glyphs = BLOCKS,
        colour: bool = True,
        on_shown: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(ansi_color=None if colour else True)
        self.animation_level = "none"
        self._colour = colour
        self._on_shown = on_shown
        self._layout_spec = layout
        self._changed: set[str] = set()
        self._resting: set[str] = set()
        self._coming: asyncio.Handle | None = None
        self._heading_waits: asyncio.TimerHandle | None = None
        self._loop_context: Context | None = None
        self._known_alarms: set[str] | None = None
        self._desk_task: asyncio.Task[None] | None = None
        self._drafts = Drafts()
        self.failure: BaseException | None = None
        self.stage = Stage(desk, self._palette(theme), glyphs, self._open)
        for name in COLOURS:
            self.register_theme(textual_theme(name))
        self.theme = theme

    # What it is made of

    def get_default_screen(self) -> Screen[object]:
        """The dashboard."""
        return Dashboard(self.stage, self._layout_spec)  # type: ignore[return-value]  # Screen is invariant in its result

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without the one that turns the 16 colours into others: we use none, and it would copy every line."""
        return [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]

    @property
    def floor_screen(self) -> FloorScreen:
        """The topmost screen of ours: a palette or a toast may cover it."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, FloorScreen))

    @property
    def dashboard(self) -> Dashboard:
        """The screen at the bottom."""
        return next(screen for screen in self.screen_stack if isinstance(screen, Dashboard))

    def on_mount(self) -> None:
        """Bind the commands' keys, and begin once the first screen is painted."""
        for name, key in keys_of(self.stage.desk.commands()).items():
            self.bind(key, f"run_command({name!r})", show=False)
        self._loop_context = copy_context()
        self.call_after_refresh(self._begin)

    # Changes

    def changed(self, panels: frozenset[str]) -> None:
        """These panels changed (the desk calls this)."""
        self._changed |= panels
        self._show_soon()

    def _show_soon(self) -> None:
        due, loop = self._changed - self._resting, asyncio.get_running_loop()
        if due - {HEADING}:
            if self._heading_waits is not None:
                self._heading_waits.cancel()
            if self._coming is None:
                self._coming = loop.call_soon(self._show_changes, context=self._loop_context)
        elif due and self._coming is None and self._heading_waits is None:
            self._heading_waits = loop.call_later(HEADING_WAITS_SECONDS, self._show_changes, context=self._loop_context)

    def _show_changes(self) -> None:
        self._coming = self._heading_waits = None
        due = frozenset(self._changed - self._resting)
        if not due or self._exit:
            return
        self._changed -= due
        self._resting |= due
        self.floor_screen.changed(due)
        if HEADING in due:
            self._ring()
        asyncio.get_running_loop().call_later(BURST_SECONDS, self._rested, due, context=self._loop_context)

    def _rested(self, panels: frozenset[str]) -> None:
        self._resting -= panels
        self._show_soon()

    def _ring(self) -> None:
        snapshot = self.stage.desk.heading().snapshot
        if snapshot is None:
            return
        alarms = {raised.id for raised in snapshot.alerts if raised.alert.tone is AlertTone.ALARM}
        new = alarms - (alarms if self._known_alarms is None else self._known_alarms)
        self._known_alarms = alarms | (self._known_alarms or set())
        if new and self.stage.desk.may_ring:
            self.bell()

    def _begin(self) -> None:
        self._on_shown()
        self._tell_of_plugins()
        task = asyncio.get_running_loop().create_task(self.stage.desk.start(self.changed))
        task.add_done_callback(self._begun)
        self._desk_task = task

    def _tell_of_plugins(self) -> None:
        """Say once that a plugin is missing something: whoever put it there looks at the screen, not at stderr."""
        rows = self.stage.desk.plugin_rows().rows
        ill = [row for row in rows if any(cell.tone in (Tone.WARN, Tone.ALARM) for cell in row.cells)]
        if ill:
            said = _n(
                "{n} plugin has problems: {names} - p tells", "{n} plugins have problems: {names} - p tells", len(ill)
            )
            names = ", ".join(row.key for row in ill[:MOST_NAMED])
            self.notify(inert(said.format(n=len(ill), names=names)), severity="warning", markup=False)

    def _begun(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and task.exception() is not None:
            self.failure = task.exception()
            self.exit(return_code=1)

    # What a person does

    async def on_event(self, event: Event) -> None:
        """A key pressed means that a person has looked."""
        if isinstance(event, Key) and not event.is_forwarded:
            for screen in self.screen_stack:
                if isinstance(screen, FloorScreen):
                    screen.look()
        await super().on_event(event)

    def on_footer_pressed(self, event: Footer.Pressed) -> None:
        """A word of the footer was clicked."""
        self.simulate_key(event.key)

    def action_leave(self) -> None:
        """Leave, asking nothing."""
        self.exit()

    def action_command_palette(self) -> None:
        """Textual's palette, in our words; not above a form or a menu, which have the keys until they are closed."""
        from textual.command import CommandPalette

        if not self.screen.is_modal:
            self.push_screen(CommandPalette(placeholder=_("What do you want to do?")))

    def action_run_command(self, name: str) -> None:
        """A command's own key."""
        self.run_command(name)

    def run_command(self, name: str, subject: Subject | None = None) -> None:
        """Do it for this row (the one under the cursor); first, ask for what it must be told."""
        entry = self._command(name)
        if entry is not None:
            self._begin_command(entry, subject or subject_for(entry, self.floor_screen.subjects()))

    def on_form_view_wanted(self, event: FormView.Wanted) -> None:
        """Enter on a form in a view: the form itself, with what the view fills in."""
        wrong = what_is_wrong(event.form)
        entry = None if wrong else self._command(event.form.command)
        if wrong:
            self.floor_screen.say(_("This form cannot be filled in. {wrong}").format(wrong=wrong))
        if entry is not None:
            entry = replace(entry, fields=entry.fields or event.form.fields)
            subject = subject_for(entry, self.floor_screen.subjects())
            self._begin_command(entry, subject, event.form.values, event.field)

    def on_form_screen_sent(self, event: FormScreen.Sent) -> None:
        """A form was filled in."""
        form = event.form
        self.run_worker(self._do(form.entry, form.subject, form, event.filled), exit_on_error=True)

    def on_floor_screen_menu_wanted(self, event: FloorScreen.MenuWanted) -> None:
        """What can be done with the row under the cursor."""
        if event.screen is not self.screen:
            return
        choices = list(self._choices(event.screen))
        if choices:
            self.push_screen(RowMenu(self.stage, event.screen.subjects()[0].words, choices, event.at), self._chosen)
        else:
            event.screen.say(_("There is nothing to do on this row."))

    def _open(self, page: Page) -> None:
        self.push_screen(ViewScreen(self.stage, page))

    def open_panel(self, panel: str, row_key: str | None = None) -> None:
        """Bring a panel to the front, and open a row of it."""
        while not isinstance(self.floor_screen, Dashboard):
            self.pop_screen()
        self.dashboard.open_row(panel, row_key)

    def wear(self, theme: str) -> None:
        """Change the colours."""
        self.stage.dress(self._palette(theme))
        self.theme = theme
        for screen in self.screen_stack:
            if isinstance(screen, FloorScreen):
                screen.restyle()

    def action_next_theme(self) -> None:
        """The next of our colours."""
        names = list(COLOURS)
        self.wear(names[(names.index(self.theme) + 1) % len(names)])

    def _command(self, name: str) -> CommandEntry | None:
        entry = next((each for each in self.stage.desk.commands() if each.name == name), None)
        if entry is None:
            self.floor_screen.say(_("There is no command {name}.").format(name=inert(name)))
        return entry

    def _begin_command(
        self, entry: CommandEntry, subject: Subject, values: Mapping[str, str] | None = None, start: str = ""
    ) -> None:
        if entry.fields:
            self.push_screen(FormScreen(self.stage, entry, subject, self._drafts, values=values, start=start))
        else:
            self.run_worker(self._do(entry, subject), exit_on_error=True)

    def _choices(self, screen: FloorScreen) -> Iterator[Choice]:
        """The lines of the row's menu: what Enter does, then the commands of the row and of what stands around it."""
        page = screen.page_under_cursor()
        if page is not None:
            yield Choice(_("Open"), _("enter"), "enter", partial(self._open, page))
        commands = self.stage.desk.commands()
        keys = keys_of(commands)
        offered = set()
        for subject in screen.subjects():
            for entry in commands:
                if entry.name not in offered and subject.takes(entry):
                    offered.add(entry.name)
                    shown = inert(entry.key) if entry.name in keys else ""
                    run = partial(self._begin_command, entry, subject)
                    yield Choice(asking_title(entry), shown, keys.get(entry.name, ""), run)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            choice.run()

    async def _do(
        self,
        entry: CommandEntry,
        subject: Subject,
        form: FormScreen | None = None,
        filled: Mapping[str, str] | None = None,
    ) -> None:
        answer = await self.stage.desk.run_command(entry.name, subject.panel, subject.row_key, filled)
        if isinstance(answer, Refused):
            self._tell_refused(entry, form, answer)
            return
        if form is not None:
            if not any(isinstance(outcome, Toast) and outcome.tone in FAILING for outcome in answer):
                self._drafts.keep(entry.name, subject.row_key, {})
            form.done()
        for outcome in answer:
            match outcome:
                case Toast(text=text, tone=tone):
                    self.notify(inert(text), severity=_SEVERITY.get(tone, "information"), markup=False)
                case Open(panel=opened, row_key=key):
                    self.open_panel(opened, key)

    def _tell_refused(self, entry: CommandEntry, form: FormScreen | None, refused: Refused) -> None:
        """In the form; where it was closed meanwhile, or there was none, as a word."""
        if form is not None and form.is_attached:
            form.refused(refused)
            return
        for mistake in refused.mistakes.values():
            said = _("{command}: {mistake}").format(command=entry.title, mistake=mistake)
            self.notify(inert(said), severity="warning", markup=False)

    def _palette(self, theme: str) -> Palette:
        return Palette(COLOURS[theme] if self._colour else None)
