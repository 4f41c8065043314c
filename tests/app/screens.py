"""Driving the app in tests: a running app at a size, its screen as plain text, and waiting without sleeping."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from textual.pilot import Pilot

from floorwatch.app.floor_app import FloorApp
from floorwatch.app.glyphs import BLOCKS, Glyphs
from floorwatch.app.layout import LayoutSpec
from floorwatch.app.rest import come_to_rest, key_event
from floorwatch.app.table import FloorTable
from floorwatch.engine.desk import LayoutShow
from floorwatch.model.clock import VirtualClock
from tests.app.fake_floor import LAYOUT, FakeDesk
from tests.patience import PATIENCE_SECONDS


class Seen(NamedTuple):
    """A running app, with the desk behind it and the hands before it."""

    app: FloorApp
    desk: FakeDesk
    pilot: Pilot[None]

    @property
    def text(self) -> str:
        """What is on the screen."""
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return self.text.split("\n")

    def table(self, panel: int = 1) -> FloorTable:
        """The table of a panel of the dashboard, counted from 1."""
        table = self.app.dashboard.frames[panel - 1].table
        assert table is not None
        return table

    async def press(self, *keys: str) -> None:
        """Press keys and let the screen settle."""
        for key in keys:
            self.app.post_message(key_event(key))
            await self.settle()

    async def settle(self) -> None:
        """Let everything that is under way come to the screen, also what rests because it was painted just now."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await come_to_rest(self.app, self.pilot)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something; fails when it does not come."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true():
                await self.pilot.pause()

    async def pass_seconds(self, seconds: float) -> None:
        """Floor time goes on, and the beat falls."""
        clock = self.desk.clock
        assert isinstance(clock, VirtualClock)
        clock.move_to(clock.now() + seconds)
        self.app.stage.beat.beat()
        await self.settle()


@asynccontextmanager
async def seen(
    desk: FakeDesk | None = None,
    size: tuple[int, int] = (120, 36),
    *,
    theme: str = "dark",
    glyphs: Glyphs = BLOCKS,
    colour: bool = True,
    layout: LayoutSpec | LayoutShow = LAYOUT,
) -> AsyncIterator[Seen]:
    """The dashboard of the fake floor, running without a terminal."""
    desk = desk or FakeDesk()
    desk.looks.show(layout)
    app = FloorApp(desk, theme=theme, glyphs=glyphs, colour=colour)
    async with app.run_test(size=size, notifications=True) as pilot:
        found = Seen(app, desk, pilot)
        await found.until(desk.started.is_set)
        app.stage.beat.beat()
        await found.settle()
        yield found
    assert not desk.faults or desk.may_fault


def screen_text(app: FloorApp) -> str:
    """The screen as a person would type it: one line a line, blanks at the ends left out."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001  # Textual has no public way to read the screen
    return "\n".join(strip.text.rstrip() for strip in strips)
