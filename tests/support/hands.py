"""The hands of a supervisor, for tests: the app on a live floor with its journal, keys for it, and what it shows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.events import Paste
from textual.pilot import Pilot

from floorwatch.app.floor_app import FloorApp
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.rest import come_to_rest, key_event
from floorwatch.engine.session import Session
from floorwatch.model.support import Support
from tests.app.screens import screen_text
from tests.patience import PATIENCE_SECONDS
from tests.support.places import Place

MOST_TABLES = 4
"""Of one panel."""


class Hands:
    """A running app over a live session, and keys for it."""

    def __init__(self, app: FloorApp, session: Session, pilot: Pilot[None]) -> None:
        self.app = app
        self.session = session
        self._pilot = pilot

    @property
    def text(self) -> str:
        """What is on the screen."""
        return screen_text(self.app)

    @property
    def support(self) -> Support:
        """Seat support as this floor has it by now."""
        return self.session.station.floor.support

    async def press(self, *keys: str) -> None:
        """Press keys as fast as a slow line delivers them, and wait until all that they set going is done and shown."""
        for key in keys:
            self.app.post_message(key_event(key))
        for _key in keys:
            await self._pilot.pause(0)
        await self.until(lambda: self.session.is_settled, "what was set going is done")

    async def type(self, words: str) -> None:
        """Press the keys of these words, one by one."""
        await self.press(*("space" if sign == " " else sign for sign in words))

    async def paste(self, words: str) -> None:
        """Paste these words as a terminal does."""
        self.app.post_message(Paste(words))
        await self.press()

    async def until(self, claim: Callable[[], bool], what: str) -> None:
        """Wait until this is so."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await come_to_rest(self.app, self._pilot)
                while not claim():
                    await come_to_rest(self.app, self._pilot)
                await come_to_rest(self.app, self._pilot)
        except TimeoutError:
            raise AssertionError(f"in vain: {what}\n{self.text}") from None

    async def until_shown(self, words: str) -> None:
        """Wait until this is on the screen."""
        await self.until(lambda: words in self.text, words)

    async def go_to(self, panel: int, row: str) -> None:
        """Put the cursor on the row of this key, or on one that is about it, in a panel of the dashboard."""
        await self.press(str(panel))
        for _table in range(MOST_TABLES):
            if await self._go_down_to(row):
                return
            await self.press("shift+tab")
        raise AssertionError(f"there is no row {row}\n{self.text}")

    async def _go_down_to(self, row: str) -> bool:
        await self.press("home")
        before = None
        while not any(subject.row_key == row for subject in self.app.floor_screen.subjects()):
            here = self.app.floor_screen.subjects()[0].row_key
            if here == before:
                return False
            before = here
            await self.press("down")
        return True

    @property
    def form(self) -> FormScreen | None:
        """The form that is open, if any."""
        return self.app.screen if isinstance(self.app.screen, FormScreen) else None


@asynccontextmanager
async def at_work(place: Place, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Hands]:
    """The app on this floor, once its past was read, until the block ends."""
    session = place.session()
    app = FloorApp(session)
    async with app.run_test(size=size, notifications=True) as pilot:
        hands = Hands(app, session, pilot)
        await hands.until(lambda: not session.station.is_opening and session.is_settled, "the floor is read")
        yield hands
    if app.failure is not None:
        raise app.failure
