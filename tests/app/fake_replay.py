"""A replay and a way into the past without an engine: what tests of the screen drive, and note what was asked."""

import asyncio
from collections.abc import Callable, Sequence
from math import sin

from msgspec.structs import replace

from floorwatch.engine.desk import Mark, ReplayBar, Stop
from floorwatch.engine.keyframes.shapes import Moment, MomentKind, Strip
from floorwatch.engine.moments import going_to
from floorwatch.model.clock import FloorDays, VirtualClock
from floorwatch.views import Cell, Column, Row, Table, View
from tests.app import fake_views as views

HOUR = 3600.0
OPENS_AT, CLOSES_AT = views.DAY_START + 8 * HOUR, views.DAY_START + 18 * HOUR
MINUTES = int((CLOSES_AT - OPENS_AT) / 60)

ALERT = Moment(views.DAY_START + 10.5 * HOUR + 5, MomentKind.ALERT, "queue:support")
LATER_ALERT = Moment(views.DAY_START + 14 * HOUR + 125, MomentKind.ALERT, "agent:6500")
LOST = Moment(views.DAY_START + 12 * HOUR + 17, MomentKind.LOST, "queue:sales")
LATE = Moment(views.DAY_START + 15 * HOUR, MomentKind.LATE, "queue:sales")
MOMENTS = (ALERT, LOST, LATER_ALERT, LATE)


def strip_of_day(minutes: int = MINUTES) -> Strip:
    """A day with a crowd at half past ten and a smaller one at two; two callers were lost at noon."""
    waiting = [max(0, round(9 - abs(at - 150) / 4), round(5 - abs(at - 362) / 5)) for at in range(minutes)]
    arrivals = [max(0, round(4 + 4 * sin(at / 90))) for at in range(minutes)]
    lost = [2 if at == 240 else 0 for at in range(minutes)]
    return Strip(OPENS_AT, arrivals, waiting, lost)


BAR = ReplayBar(OPENS_AT, CLOSES_AT, views.START, strip_of_day(), MOMENTS)


class FakeReplay:
    """A replay's clock that notes what was asked of it. `shows` is the bar but for its time and its marks; `said` is
    what it says of the place that it stops at."""

    def __init__(self, clock: VirtualClock, on_change: Callable[[], None]) -> None:
        self.paused = False
        self.rate = 8.0
        self.came_from: float | None = None
        self.shows = BAR
        self.marks: tuple[Mark, ...] = ()
        self.said = ""
        self.may_mark = True
        self.asked: list[tuple[object, ...]] = []
        self.sought: list[float] = []
        self._on_change = on_change
        self._clock = clock

    def pause(self) -> None:
        """Stand still."""
        self.paused = True

    def resume(self) -> None:
        """Run on."""
        self.paused = False

    def set_rate(self, rate: float) -> None:
        """Run at this rate."""
        self.rate = rate

    def step(self, seconds: float) -> None:
        """Jump."""
        self._clock.move_to(self._clock.now() + seconds)
        self._on_change()

    def seek(self, at: float) -> None:
        """Go there, within the day."""
        self.sought.append(at)
        self.came_from = self._clock.now()
        self._clock.move_to(max(self.shows.begins_at, min(at, self.shows.ends_at)))
        self._on_change()

    def go_to(self, text: str) -> str:
        """Go to this time, unless it is beside the day."""
        at = going_to(text, FloorDays(views.ZONE), self._clock.now())
        if isinstance(at, str):
            return at
        if at < self.shows.begins_at:
            return "The recording begins at 08:00:00."
        if at > self.shows.ends_at:
            return "The recording ends at 18:00:00."
        self.seek(at)
        return ""

    def stop_at(self, stop: Stop, *, back: bool = False) -> str:
        """Note it; to a full minute or a moment it goes."""
        self.asked.append(("stop", stop, back))
        now = self._clock.now()
        places: Sequence[float] = [each.at for each in self.shows.moments]
        if stop is Stop.MINUTE:
            places = [now // 60 * 60 + away for away in (-60.0, 0.0, 60.0)]
        found = [at for at in places if (at < now if back else at > now)]
        if found:
            self.seek(found[-1] if back else found[0])
        return self.said

    def bar(self) -> ReplayBar:
        """The same day always."""
        return replace(self.shows, at=self._clock.now(), marks=self.marks)

    def mark(self, word: str) -> str:
        """Mark this moment, where it may."""
        if not self.may_mark:
            return "The disk is full."
        self.marks = (*self.marks, Mark(self._clock.now(), word, "王芳"))
        return ""

    def unmark(self, at: float) -> str:
        """Take it away."""
        self.marks = tuple(mark for mark in self.marks if mark.at != at)
        return ""

    async def changed_since(self, panel: str, at: float) -> View:
        """One row."""
        self.asked.append(("changed", panel, at))
        columns = (Column("row", "row", 12), Column("before", "before", 8), Column("now", "now", 8))
        return Table(columns, (Row("support", (Cell("support"), Cell("2"), Cell("5"))),))


class FakeTravel:
    """A way into the past of a fake desk, which `go` takes there and `back` brings back."""

    def __init__(self, go: Callable[[float], None], back: Callable[[], None]) -> None:
        self.is_away = False
        self.refusal = ""
        self.returned = 0
        self.opens = asyncio.Event()
        """The past is there once this is set."""
        self.opens.set()
        self._go, self._back = go, back

    async def go_back(self, seconds: float) -> str:
        """Go there, unless that is refused."""
        await self.opens.wait()
        if not self.refusal:
            self.is_away = True
            self._go(seconds)
        return self.refusal

    def return_to_now(self) -> None:
        """Come back, or give up the way there."""
        self.returned += 1
        if self.is_away:
            self.is_away = False
            self._back()
