"""A panel that the layout does not show, on a page of its own: a walk, the notes, a queue of questions.

Rules
- It is built while its page is open, above other pages too, and no longer.
- Every key does here what it does on the dashboard; `esc` goes back to where one was.
"""

from collections.abc import Sequence

from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.frame import PanelFrame
from floorwatch.app.layout import Form, form_for
from floorwatch.app.stage import Stage
from floorwatch.engine.desk import PanelShow


class PanelScreen(FloorScreen):
    """The page of one panel; `others` are the panels in which a row may be at home that it has not itself."""

    def __init__(self, stage: Stage, show: PanelShow, others: Sequence[PanelFrame]) -> None:
        super().__init__(stage, above=True)
        self.panel = show.panel
        self._frame = PanelFrame(stage, show.panel)
        self._frame.show_panel(show)
        self._others = others

    @property
    def frames(self) -> Sequence[PanelFrame]:
        """The one frame."""
        return (self._frame,)

    @property
    def homes(self) -> Sequence[PanelFrame]:
        """Its own rows first."""
        return (self._frame, *self._others)

    def catch_up(self, changed: frozenset[str] | None) -> None:
        """Show the panel where it changed."""
        if changed is None or self.panel in changed:
            show = self.stage.desk.shown(self.panel)
            if show is not None:
                self._frame.show_panel(show)

    def fit(self, columns: int, rows: int) -> None:
        """Without borders where there is no room to spare."""
        super().fit(columns, rows)
        self._frame.set_bare(form_for(columns, rows) is not Form.GRID)

    def step_back(self) -> None:
        """To the screen below."""
        self.dismiss()

    def open_row(self, key: str) -> None:
        """What stands behind a row of it, which need not be there yet."""
        self.open_behind(self._frame, key)

    def on_unmount(self) -> None:
        """Build it no longer; unless it was opened again before this page was gone."""
        screens = self.app.screen_stack
        if not any(isinstance(each, PanelScreen) and each.panel == self.panel and each is not self for each in screens):
            self.stage.desk.close_panel(self.panel)
