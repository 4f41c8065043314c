"""The real app on a test's floor, without a terminal: what is on the screen, and the keys of a person.

Rules
- Behind it is a real session: plugins' lanes, alerting, commands. Only its clock stands still until the test moves it.
- A key returns when everything it set going has come to the screen.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, rules_asked, slots_of
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.session import Session, Source
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import VirtualClock
from floorwatch.model.entities import Fact
from floorwatch.testing.floors import Part
from floorwatch.testing.told import FloorWithParts, watched

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from floorwatch.app.floor_app import FloorApp

PATIENCE_SECONDS = 60.0


class Stage(Struct, frozen=True, eq=False):
    """What a screen is made of: a house, what happened on its floor, what was put beside it, what it can tell."""

    house: House
    played: Sequence[Decoded]
    parts: tuple[Part, ...]
    gives: frozenset[Fact]
    clock: VirtualClock


class _ClockTime:
    """Floor time as the test's clock says it: everything up to there has come."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock

    def known(self) -> float:
        return self._clock.now()

    def complete(self, source: str, to: float) -> None:
        pass


class Screen:
    """A running app. `pilot` is Textual's own, `app` the app, for what is not here."""

    def __init__(self, app: "FloorApp", pilot: "Pilot[None]", session: Session, coming: "_Coming") -> None:
        self.app = app
        self.pilot = pilot
        self.session = session
        self._coming = coming

    @property
    def text(self) -> str:
        """What is on the screen, blanks at the ends of lines left out; each line ends with a line end."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001  # Textual has no public way to read a screen
        return "".join(f"{strip.text.rstrip()}\n" for strip in strips)

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return self.text.splitlines()

    async def press(self, *keys: str) -> None:
        """Press keys ("enter", "down", "x", "ctrl+p") and let everything come to the screen."""
        from floorwatch.app.rest import press

        async with asyncio.timeout(PATIENCE_SECONDS):
            await press(self.app, self.pilot, keys, self._is_done)

    async def type(self, text: str) -> None:
        """Press the keys of a text, one by one."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def pass_seconds(self, seconds: float) -> None:
        """Floor time goes on by so much; what the shift says of that time happens."""
        self._coming.pass_seconds(seconds)
        await self.settle()
        self.app.stage.beat.beat()
        await self.settle()

    async def settle(self) -> None:
        """Let everything that is under way come to the screen. Raises TimeoutError when something never comes back."""
        from floorwatch.app.rest import come_to_rest

        async with asyncio.timeout(PATIENCE_SECONDS):
            await come_to_rest(self.app, self.pilot, self._is_done)

    def _is_done(self) -> bool:
        at_work = not all(worker.is_finished for worker in self.app.workers)
        return (
            self.session.is_settled
            and not at_work
            and not any(each.is_seeking for each in self.app.floor_screen.frames)
        )


@asynccontextmanager
async def screen_of(stage: Stage, size: tuple[int, int], *, ascii_only: bool, theme: str) -> AsyncIterator[Screen]:
    """The app on this stage, running at this size, gone at the end."""
    from floorwatch.app.floor_app import FloorApp
    from floorwatch.app.glyphs import ASCII, BLOCKS

    lanes = Lanes(monotonic)
    session, coming = _session(stage, lanes)
    glyphs = ASCII if ascii_only else BLOCKS
    app = FloorApp(session, theme=theme, glyphs=glyphs)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            screen = Screen(app, pilot, session, coming)
            await screen.settle()
            app.stage.beat.beat()
            await screen.settle()
            yield screen
    finally:
        lanes.close()
    if app.failure is not None:
        raise app.failure


def _session(stage: Stage, lanes: Lanes) -> tuple[Session, "_Coming"]:
    house = stage.house
    floor = FloorWithParts(house.rules, house.people, stage.gives, list(house.settings.queues))
    floor.parts = stage.parts
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    shows = Shows(slots_of(house), lanes, monotonic)
    station = Station(floor, HandOver(), _ClockTime(stage.clock), ruling, shows)
    coming = _Coming(station, stage)
    health = [FeedHealth(name, state="ok") for name in dict.fromkeys(each.feed for each in stage.played) if name]
    source = Source(stage.clock, coming.bring, lambda: health, lambda: "TEST", may_ring=False)
    return Session(house, station, lanes, source), coming


class _Coming:
    """What the shift has yet to bring onto the floor."""

    def __init__(self, station: Station, stage: Stage) -> None:
        self._station = station
        self._clock = stage.clock
        self._entries = deque(watched(stage.played, stage.clock.now()))

    def bring(self) -> None:
        """What happened up to the clock's time."""
        now = self._clock.now()
        due = []
        while self._entries and self._entries[0].received_at <= now:
            due.append(self._entries.popleft())
        self._station.take(Batch("", due, now))

    def pass_seconds(self, seconds: float) -> None:
        """The clock goes on, and what happens meanwhile comes."""
        self._clock.move_to(self._clock.now() + seconds)
        self.bring()
