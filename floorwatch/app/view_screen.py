"""A screen with one view on it: a row's detail, an explanation, the keys, a plugin's text. `esc` goes back.

Rules
- A live view is built again when the floor changes: one building at a time, and a rest between two, so that a burst of
  changes costs a few builds a second and the newest state always wins.
- A row of its tables may open another such screen; `tab` goes from table to table.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from inspect import isawaitable

from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.frame import PanelFrame
from floorwatch.app.page import Page
from floorwatch.app.part_view import PartView
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject, subjects_of
from floorwatch.engine.desk import PanelShow
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.views import Notice, Tone, View

REST_SECONDS = 0.25


class ViewScreen(FloorScreen):
    """Shows one page."""

    def __init__(self, stage: Stage, page: Page) -> None:
        super().__init__(stage, above=True)
        self._page = page
        self._frame = PanelFrame(stage, page.title, home=page.about[0].panel)
        self._frame.show_panel(PanelShow(page.title, page.title))
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
        if self._built and not self._page.live:
            return
        if self._busy:
            self._again = True
            return
        found = self._begun()
        if isawaitable(found):
            self._busy = True
            self._building = asyncio.get_running_loop().create_task(self._await(found))
        else:
            self._busy = self._page.live
            self._show(found)

    def step_back(self) -> None:
        """To the screen below."""
        self.dismiss()

    def page_behind(self, part: PartView, key: str) -> Page | None:
        """The row's own page."""
        return self._page.opens(part, key)

    def subjects(self) -> Sequence[Subject]:
        """The row under the cursor, and the row that the page is about."""
        about, holder = self._page.about, self._frame.holder
        key = None if holder is None else holder.row_key
        if holder is None or key is None:
            return about
        return (*subjects_of(about[0].panel, holder, key, holder.words_of(key)), *about)

    def _begun(self) -> View | Awaitable[View]:
        try:
            return self._page.build()
        except FAILURES as error:  # plugin code: to explain a figure is to compute it
            return Notice(Failure.of(error).reason, Tone.WARN)

    def on_unmount(self) -> None:
        """Wait for nothing."""
        if self._building is not None:
            self._building.cancel()

    async def _await(self, found: Awaitable[View]) -> None:
        view = await found
        if self.is_attached:
            self._show(view)

    def _show(self, view: View) -> None:
        self._built = True
        self._frame.show_panel(PanelShow(self._page.title, self._page.title, view))
        self.tell_footer()
        if self._page.live:
            asyncio.get_running_loop().call_later(REST_SECONDS, self._rested)

    def _rested(self) -> None:
        self._busy = False
        if self._again and self.is_attached:
            self._again = False
            self.catch_up(None)
