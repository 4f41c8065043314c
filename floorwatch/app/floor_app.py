"""The app: one desk on one terminal. It holds the stage and the stack of screens, and tells the top one what changed.

Rules
- What was quiet is shown at once when it changes, and at most thirty times a second in a burst, each panel by itself;
  the heading, which every event on the floor changes, five times.
- A new alarm calls once, where the desk allows it. What was there at the start does not.
- A failure of the desk ends the app and is kept in `failure`, to be raised where the terminal is whole again.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextvars import Context, copy_context
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Event, Key, Resize
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen

from floorwatch.app.dashboard import Dashboard
from floorwatch.app.difference import OnTerminal
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.footer import Footer
from floorwatch.app.form import asking_title, subject_for
from floorwatch.app.glyphs import BLOCKS, Glyphs
from floorwatch.app.haste import Haste
from floorwatch.app.keys import keys_of, textual_name
from floorwatch.app.laid_out_app import LaidOutApp
from floorwatch.app.moments_page import MomentsPage
from floorwatch.app.notifying import Newcomers, call_for
from floorwatch.app.page import Page
from floorwatch.app.panel_screen import PanelScreen
from floorwatch.app.row_menu import Choice, RowMenu
from floorwatch.app.stage import Stage
from floorwatch.app.themes import COLOURS, DARK, FEW, textual_theme
from floorwatch.app.tones import Palette
from floorwatch.app.view_screen import ViewScreen
from floorwatch.engine.desk import HEADING, Desk
from floorwatch.host.guests import are_there_any
from floorwatch.host.streams import hear_guests
from floorwatch.settings.values import Notify
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _, _n

BURST_SECONDS = 1 / 30
HEADING_BURST_SECONDS = 1 / 5
SETTLED_SECONDS = 0.05
"""A size that has not changed for so long."""
HEADING_WAITS_SECONDS = 0.010
"""The heading changes before the panels of the same snapshot are built: painted together they cost half."""
MOST_NAMED = 3
"""Plugins with problems that are named at the start; the plugin screen has them all."""


def _our_commands() -> type[Provider]:
    from floorwatch.app.palette_commands import FloorCommands

    return FloorCommands


class FloorApp(LaidOutApp):
    """The screen of one desk."""

    CSS_PATH = Path(__file__).with_name("floor_app.tcss")
    ALLOW_SELECT = False
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_our_commands}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "leave", show=False, system=True, priority=True)]

    def __init__(
        self,
        desk: Desk,
        *,
        theme: str = DARK,
        glyphs: Glyphs = BLOCKS,
        colour: bool = True,
        few_colours: bool = False,
        on_shown: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(ansi_color=None if colour else True)
        self.animation_level = "none"
        self._colour = colour
        self._few_colours = few_colours
        self._on_shown = on_shown
        self._changed: set[str] = set()
        self._resting: set[str] = set()
        self._coming: asyncio.Handle | None = None
        self._heading_waits: asyncio.TimerHandle | None = None
        self._loop_context: Context | None = None
        self._is_sized = False
        self._settling: asyncio.TimerHandle | None = None
        self._newcomers = Newcomers()
        self.haste = Haste(desk.make_way)
        self._terminal = OnTerminal()
        self._calls_by = Notify.BELL
        self._desk_task: asyncio.Task[None] | None = None
        self.failure: BaseException | None = None
        self.stage = Stage(desk, self._palette(theme), glyphs, self._open)
        self.set_class(glyphs.ascii, "-ascii")
        for name in COLOURS:
            self.register_theme(textual_theme(name, few=few_colours))
        self.theme = theme

    # What it is made of

    def get_default_screen(self) -> Screen[object]:
        """The dashboard."""
        return Dashboard(self.stage)  # type: ignore[return-value]  # Screen is invariant in its result

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without the one that turns the 16 colours into others: we use none, and it would copy every line."""
        return [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Textual hands over here what it has painted."""
        super()._display(screen, self._terminal.least(renderable))
        if not self._key_order.is_busy:
            self.stage.desk.go_on()

    def _fatal_error(self) -> None:
        """Leave. Textual would show the values of every variable on the way, callers' numbers among them: whoever runs
        the app says what was wrong, where the terminal is whole again."""
        self.failure = self.failure or self._exception
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        """Bind the commands' keys, and begin once the first screen is painted."""
        if are_there_any():  # Textual has put its own streams in the place of those that were there
            hear_guests()
        for name, key in keys_of(self.stage.desk.commands()).items():
            self.bind(key, f"run_command({name!r})", show=False)
        self._loop_context = copy_context()
        self.haste.bind(asyncio.get_running_loop())
        self.begin_waiting()
        self.call_after_refresh(self._begin)

    def call_by(self, how: Notify) -> None:
        """New alarms call somebody in this way; by the bell, where nothing is said."""
        self._calls_by = how

    # Changes

    def changed(self, panels: frozenset[str]) -> None:
        """These panels changed (the desk calls this)."""
        self._changed |= panels
        self._show_soon()
        if HEADING in panels and not self._exit:
            self._ring()  # at once, also while the heading rests

    @property
    def is_at_rest(self) -> bool:
        """Whether all keys have led where they lead, and all that the desk said has changed is drawn."""
        soon = (self._coming, self._heading_waits, self._settling)
        return not (any(soon) or self._changed or self._key_order.is_busy)

    def hurry(self) -> None:
        """Draw now what changed so soon after it was drawn that it rests."""
        self._resting.clear()
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
            self.heed_looks()
        loop, panels = asyncio.get_running_loop(), due - {HEADING}
        loop.call_later(BURST_SECONDS, self._rested, panels, context=self._loop_context)
        if HEADING in due:
            loop.call_later(HEADING_BURST_SECONDS, self._rested, frozenset({HEADING}), context=self._loop_context)

    def _rested(self, panels: frozenset[str]) -> None:
        self._resting -= panels
        self._show_soon()

    def _ring(self) -> None:
        heading = self.stage.desk.heading()
        new = self._newcomers.among(heading.present or heading)
        if new and self.stage.desk.may_ring:
            wall = self.stage.desk.looks.layout.wall
            self.write_to_terminal(call_for(new, heading.floor, self._calls_by, self._through, nameless=wall))

    def _begin(self) -> None:
        self._on_shown()
        self._tell_of_plugins()
        self.offer_drafts()
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

    def on_resize(self, _event: Resize) -> None:
        """Draw all of it again once the size has settled, also where it is as before: the terminal has cut off what it
        showed at a size in between, which the system did not tell, or which was gone before it was drawn."""
        if self._settling is not None:
            self._settling.cancel()
        if self._is_sized:  # the first size is the one to begin with
            loop = asyncio.get_running_loop()
            self._settling = loop.call_later(SETTLED_SECONDS, self._draw_again, context=self._loop_context)
        self._is_sized = True

    def _draw_again(self) -> None:
        self._settling = None
        if not self._exit and self.screen_stack:
            self.screen.refresh()

    def on_footer_pressed(self, event: Footer.Pressed) -> None:
        """A word of the footer was clicked."""
        self.simulate_key(textual_name(event.key))

    def action_leave(self) -> None:
        """Leave, asking nothing."""
        self.exit()

    def action_command_palette(self) -> None:
        """Textual's palette, in our words; not above a form or a menu, which have the keys until they are closed."""
        from textual.command import CommandPalette

        if not self.screen.is_modal:
            self.push_screen(CommandPalette(placeholder=_("What do you want to do?")))

    def action_moments(self) -> None:
        """The moments and marks of a replay's day."""
        if self.floor_screen.replay() is not None:
            self.push_screen(MomentsPage(self.stage))

    def on_floor_screen_menu_wanted(self, event: FloorScreen.MenuWanted) -> None:
        """What can be done with the row under the cursor."""
        if event.screen is not self.screen:
            return
        choices = list(self._choices(event.screen))
        if choices:
            self.push_screen(RowMenu(self.stage, event.screen.subjects()[0].words, choices, event.at), self._run_choice)
        else:
            event.screen.say(_("There is nothing to do on this row."))

    def _open(self, page: Page) -> None:
        self.push_screen(ViewScreen(self.stage, page))

    def open_panel(self, panel: str, row_key: str | None = None) -> None:
        """Bring a panel to the front, one that the layout does not show on a page of its own; and open a row of it."""
        if self.dashboard.shows(panel):
            self._go_down_to(self.dashboard)
            self.dashboard.open_row(panel, row_key)
            return
        page = self._page_of(panel)
        if page is None:
            self.floor_screen.say(_("There is no panel {panel}.").format(panel=inert(panel)))
        elif row_key is not None:
            page.open_row(row_key)

    def _page_of(self, panel: str) -> PanelScreen | None:
        """The page of this panel, where it is open already or there is such a panel."""
        for screen in self.screen_stack:
            if isinstance(screen, PanelScreen) and screen.panel == panel:
                self._go_down_to(screen)
                return screen
        show = self.stage.desk.open_panel(panel)
        if show is None:
            return None
        page = PanelScreen(self.stage, show, self.dashboard.frames)
        self.push_screen(page)
        return page

    def _go_down_to(self, screen: FloorScreen) -> None:
        while self.floor_screen is not screen:
            self.pop_screen()

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

    def _choices(self, screen: FloorScreen) -> Iterator[Choice]:
        """The lines of the row's menu: what Enter does, then the commands of the row and of what stands around it; of
        each, those with a key of their own first, which are wanted most: there are digits for nine."""
        page = screen.page_under_cursor()
        if page is not None:
            yield Choice(_("Open"), _("enter"), "enter", partial(self._open, page))
        commands = self.stage.desk.commands()
        keys = keys_of(commands)
        offered = set()
        for subject in screen.subjects():
            for entry in sorted(commands, key=lambda entry: entry.name not in keys):
                if entry.name not in offered and subject.takes(entry):
                    offered.add(entry.name)
                    shown = inert(entry.key) if entry.name in keys else ""
                    run = partial(self.begin_command, entry, subject_for(entry, screen.subjects()))
                    yield Choice(asking_title(entry), shown, keys.get(entry.name, ""), run)

    def _palette(self, theme: str) -> Palette:
        colours = (FEW if self._few_colours else COLOURS)[theme]
        return Palette(colours if self._colour else None, few=self._few_colours)
