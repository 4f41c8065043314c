"""The app as far as layouts go: which dashboard is at the bottom, how another one comes, and walls.

Rules
- What stands above the dashboard is closed where a person chose another layout; where the configuration brought it, it
  waits until nothing stands above: nobody shall lose what they are writing.
- On a quiet wall nothing pops up, and the key that wakes it does nothing else.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from textual.events import Event, Key, MouseDown
from textual.geometry import Offset

from floorwatch.app.dashboard import Dashboard
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.keeping import KeepingApp
from floorwatch.app.row_menu import Choice, RowMenu
from floorwatch.app.wall import ANY_MOMENT
from floorwatch.engine.desk import LayoutShow, Reload
from floorwatch.model.focus import NO_FOCUS
from floorwatch.text import inert
from floorwatch.words import _


class LaidOutApp(KeepingApp):
    """An app with a dashboard at the bottom."""

    _reload: Reload | None = None

    @property
    def dashboard(self) -> Dashboard:
        """The screen at the bottom."""
        return next(screen for screen in self.screen_stack if isinstance(screen, Dashboard))

    def wear(self, theme: str) -> None:
        """Change the colours."""

    def use_layout(self, name: str) -> None:
        """Show this layout; what stands above the dashboard is closed."""
        looks = self.stage.desk.looks
        looks.use(name)
        self.close_above()
        self._lay_out()
        if looks.layout.team and looks.focus == NO_FOCUS:
            said = _("The people file knows no team of whoever writes here (i says who): everybody is shown.")
            self.floor_screen.say(said)

    def close_above(self) -> None:
        """Nothing stands above the dashboard any more."""
        self._close_down_to(self.dashboard)

    def _close_down_to(self, screen: FloorScreen) -> None:
        while self.screen is not screen:
            self.pop_screen()

    def heed_looks(self) -> None:
        """Show what the configuration says now, once nothing stands above the dashboard."""
        looks = self.stage.desk.looks
        if looks.reload is not None and looks.reload is not self._reload:
            self._reload = looks.reload
            self.dashboard.touched()
            if self.theme != looks.reload.theme:
                self.wear(looks.reload.theme)
            self.tell(looks.reload.toast)
        dashboard = self.dashboard
        if self.screen is dashboard and not dashboard.is_typed_into and looks.layout != dashboard.layout_shown:
            self._lay_out()

    def _lay_out(self) -> None:
        dashboard = self.dashboard
        dashboard.show_heading()
        dashboard.call_next(dashboard.lay_out)

    def action_layouts(self) -> None:
        """A list of the layouts."""
        looks = self.stage.desk.looks
        now = next(at for at, each in enumerate(looks.layouts) if each.name == looks.layout.name)
        choices = [*self._layout_choices()]
        at = Offset(0, self.dashboard.header_lines - 1)
        self.push_screen(RowMenu(self.stage, _("Layouts"), choices, at, marked=now), self._run_choice)

    def _layout_choices(self) -> Iterator[Choice]:
        looks = self.stage.desk.looks
        for each in looks.layouts:
            word = _("shown now") if each.name == looks.layout.name else ""
            yield Choice(inert(each.title), word, "", partial(self.use_layout, each.name))

    def _run_choice(self, choice: Choice | None) -> None:
        if choice is not None:
            choice.run()

    # Walls

    async def on_event(self, event: Event) -> None:
        """Whoever touches a quiet wall wakes it first."""
        if isinstance(event, Key | MouseDown) and not event.is_forwarded and self._is_asleep_for(event):
            return
        await super().on_event(event)

    def _is_asleep_for(self, event: Key | MouseDown) -> bool:
        """Whether all that this did was to wake somebody's wall."""
        dashboard = next((screen for screen in self.screen_stack if isinstance(screen, Dashboard)), None)
        if dashboard is None or not dashboard.touched():
            return False
        return not (isinstance(event, Key) and event.key in ANY_MOMENT)

    def notify(self, message: str, **how: Any) -> None:
        """Say it, but not on a wall at which nobody is."""
        dashboard = next((screen for screen in self.screen_stack if isinstance(screen, Dashboard)), None)
        if dashboard is None or not dashboard.is_quiet:
            super().notify(message, **how)

    def on_dashboard_fell_quiet(self) -> None:
        """Nobody is there: what stands above the wall is closed; a form keeps what was typed."""
        self.close_above()

    def on_dashboard_turn_over(self) -> None:
        """On to the next page of the wall, or to the next wall."""
        dashboard = self.dashboard
        if not dashboard.is_quiet or dashboard.turn_page():
            return
        following = next_wall(self.stage.desk.looks.layouts, dashboard.layout_shown)
        if following.name == dashboard.layout_shown.name:
            dashboard.begin_again()
        else:
            self.use_layout(following.name)


def next_wall(layouts: Sequence[LayoutShow], now: LayoutShow) -> LayoutShow:
    """The wall behind this one, the first behind the last."""
    walls = [each for each in layouts if each.wall]
    names = [each.name for each in walls]
    return walls[(names.index(now.name) + 1) % len(walls)] if now.name in names else now
