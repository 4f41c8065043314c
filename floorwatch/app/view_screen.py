"""A screen with one view on it: a row's detail, an explanation, the keys, a plugin's text. `esc` goes back.

Rules
- A live view is built again when the floor changes: one building at a time, and a rest between two, so that a burst of
  changes costs a few builds a second and the newest state always wins.
- A row of its table may open another such screen.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable

from floorwatch.app.desk import PanelShow
from floorwatch.app.floor_screen import Build, FloorScreen
from floorwatch.app.frame import PanelFrame
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.views import View

REST_SECONDS = 0.25


class ViewScreen(FloorScreen):
    """Shows what `build` gives under `title`; `opens` makes the screen that a row of it opens."""

    def __init__(
        self,
        stage: Stage,
        title: str,
        build: Build,
        *,
        opens: "Callable[[str], ViewScreen] | None" = None,
        live: bool = True,
    ) -> None:
        super().__init__(stage, above=True)
        self.heading_text = title
        self._build = build
        self._opens = opens
        self._live = live
        self._frame = PanelFrame(stage, title)
        self._frame.show_panel(PanelShow(title, title))
        self._busy = False
        self._again = False
        self._building: asyncio.Task[None] | None = None
        self._built = False

    @property
    def frames(self) -> Sequence[PanelFrame]:
        """The one frame."""
        return (self._frame,)

    def catch_up(self, changed: frozenset[str] | None) -> None:  # noqa: ARG002  # a detail may read anything
        """Build the view again, after the one under way."""
        if self._built and not self._live:
            return
        if self._busy:
            self._again = True
            return
        found = self._build()
        if isawaitable(found):
            self._busy = True
            self._building = asyncio.get_running_loop().create_task(self._await(found))
        else:
            self._busy = self._live
            self._show(found)

    def step_back(self) -> None:
        """To the screen below."""
        self.dismiss()

    def on_floor_table_opened(self, event: FloorTable.Opened) -> None:
        """Open the row's own screen."""
        event.stop()
        if self._opens is not None:
            self.app.push_screen(self._opens(event.key))

    async def _await(self, found: Awaitable[View]) -> None:
        view = await found
        if self.is_attached:
            self._show(view)

    def _show(self, view: View) -> None:
        self._built = True
        self._frame.show_panel(PanelShow(self.heading_text, self.heading_text, view))
        if self._live:
            asyncio.get_running_loop().call_later(REST_SECONDS, self._rested)

    def _rested(self) -> None:
        self._busy = False
        if self._again and self.is_attached:
            self._again = False
            self.catch_up(None)
