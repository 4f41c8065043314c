"""The app as far as it knows who writes: asked before anything is entered, and nobody after a while without a key.

Rules
- What is entered carries a name. While nobody writes, whatever would enter something asks who it is, once, and goes on.
- Locked is not blind: the dashboard goes on. What stood above it is closed; a form keeps what was typed.
- A key or a click is a sign of somebody; a mouse that moves is not, as a table that shakes moves it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from textual.app import App
from textual.events import Event, Key, MouseDown, MouseScrollDown, MouseScrollUp, Paste
from textual.notifications import SeverityLevel

from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.idle import Idle
from floorwatch.app.stage import Stage
from floorwatch.app.who_screen import WhoScreen
from floorwatch.extend.command import Toast
from floorwatch.text import inert
from floorwatch.views import Tone

TOUCHES = (Key, MouseDown, MouseScrollDown, MouseScrollUp, Paste)
_SEVERITY: Mapping[Tone, SeverityLevel] = {Tone.ALARM: "error", Tone.WARN: "warning"}


class WritingApp(App[None]):
    """An app at which somebody writes; subclasses make the `stage`."""

    stage: Stage

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._idle: Idle | None = None
        self._is_undoing = False

    def lock_after(self, seconds: float | None) -> None:
        """Lock the screen when nobody has touched it for so long; None, or 0: never."""
        if self._idle is not None:
            self._idle.stop()
        self._idle = Idle(seconds, self.lock) if seconds else None

    async def on_event(self, event: Event) -> None:
        """A sign of somebody keeps the screen from being locked."""
        if self._idle is not None and isinstance(event, TOUCHES) and not event.is_forwarded:
            self._idle.touched()
        await super().on_event(event)

    def begin_waiting(self) -> None:
        """Nobody may ever touch it: that counts from now on."""
        if self._idle is not None:
            self._idle.touched()

    def as_somebody(self, then: Callable[[], object]) -> None:
        """Do this once somebody writes here: at once, or after they said who they are."""
        if self.stage.desk.me:
            then()
        elif not isinstance(self.screen, WhoScreen):
            self.push_screen(WhoScreen(self.stage), partial(self._become, then=then))

    def lock(self) -> None:
        """Nobody writes here until somebody says who they are."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._become("")

    def tell(self, toast: Toast, seconds: float | None = None) -> None:
        """A short word, gone by itself."""
        severity = _SEVERITY.get(toast.tone, "information")
        self.notify(inert(toast.text), severity=severity, markup=False, timeout=seconds)

    def notify(self, message: str, **how: Any) -> None:
        """A short word of ours or of Textual's, in the signs that the terminal draws in one cell."""
        super().notify(self.stage.glyphs.plain(message), **how)

    def action_say_who(self) -> None:
        """Somebody else writes."""
        self.push_screen(WhoScreen(self.stage), self._become)

    def action_undo(self) -> None:
        """Take back what whoever writes entered last; a key held down takes back one thing."""
        if not self._is_undoing:
            self.as_somebody(self._begin_undoing)

    def _become(self, name: str | None, then: Callable[[], object] = lambda: None) -> None:
        """Show who writes at once; None: it was closed, and nothing changes."""
        if name is None:
            return
        self.stage.desk.become(name)
        for screen in self.screen_stack:
            if isinstance(screen, FloorScreen):
                screen.show_heading()
        then()

    def _begin_undoing(self) -> None:
        self._is_undoing = True
        self.run_worker(self._undo(), exit_on_error=True)

    async def _undo(self) -> None:
        try:
            for toast in await self.stage.desk.undo():
                self.tell(toast)
        finally:
            self._is_undoing = False
