"""A live floor with a way into its past, for tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.in_thread import ThreadBuilding
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.session import Session
from floorwatch.engine.today import TapeOf
from floorwatch.engine.two_times import TwoTimes, two_times
from floorwatch.model.snapshot import FloorSnapshot
from tests.engine.pens import house_of_pens
from tests.engine.small_floor import Changes, log_lines, queue_log

BACK = 300.0


def tape_of(house: House, recording: Path) -> Tape:
    return IndexedTape(house, recording, ThreadBuilding(house, recording))


class Both:
    """A desk of two times at work, and the log of its floor."""

    def __init__(self, desk: TwoTimes, log: Path, changes: Changes) -> None:
        self.desk, self.log, self.changes = desk, log, changes

    @property
    def live(self) -> Session:
        return self.desk.live

    async def go_back(self, seconds: float = BACK) -> None:
        assert await self.desk.travel().go_back(seconds) == ""
        assert self.desk.travel().is_away

    async def write(self, *lines: tuple[float, str]) -> None:
        """Write lines to the log, and wait for the live floor to have them."""
        before = self.floor_of(self.live).feeds["queue_log"].lines
        with self.log.open("ab") as file:
            file.write(log_lines(*lines))
        await self.changes.until(lambda: self.floor_of(self.live).feeds["queue_log"].lines == before + len(lines))

    @staticmethod
    def floor_of(session: Session) -> FloorSnapshot:
        floor = session.station.snapshot
        assert floor is not None
        return floor

    @property
    def shown(self) -> FloorSnapshot:
        floor = self.desk.heading().snapshot
        assert floor is not None
        return floor

    async def settled(self) -> None:
        await self.changes.until(lambda: self.live.is_settled)


@asynccontextmanager
async def watched(folder: Path, tape_of: TapeOf = tape_of) -> AsyncIterator[Both]:
    """A floor on which c1 came ten minutes ago and left seven minutes ago, and c2 came a minute ago."""
    house, an_hour_ago = house_of_pens(folder, "Li", "memory:")
    now = an_hour_ago + 3600
    log = folder / "queue_log"
    feeds = {
        "queue_log": queue_log(
            log,
            (now - 1800, "NONE|support|PJSIP/2001|ADDMEMBER|"),
            (now - 1800, "NONE|support|PJSIP/2002|ADDMEMBER|"),
            (now - 600, "c1|support|NONE|ENTERQUEUE||5550001234|1"),
            (now - 420, "c1|support|NONE|ABANDON|1|1|180"),
            (now - 60, "c2|support|NONE|ENTERQUEUE||5550001235|1"),
        )
    }
    desk, changes = two_times(house, feeds, tape_of), Changes()
    task = asyncio.create_task(desk.start(changes))
    both = Both(desk, log, changes)
    await changes.until(lambda: not desk.live.station.is_opening and desk.live.is_settled)
    yield both
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def waiting(floor: FloorSnapshot) -> set[str]:
    return {call for _queue, call in floor.waiting}
