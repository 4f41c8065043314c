"""A floor screen over a real log, with the machine's clock in the test's hands: it is set, and the screen looked at."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from floorwatch.app.floor_app import FloorApp
from floorwatch.engine.alerting import LogEntry
from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.ruling import Ruling
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.clock import VirtualClock
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import load_settings
from tests.engine.small_floor import log_lines
from tests.support.hands import Hands

NOON = 1_795_435_200.0
"""2026-11-23 12:00 UTC, a Monday."""

HOUR = 3600.0
STEP_SECONDS = 10.0
"""Of time that runs: nothing beside a leap, and two instants of the rules."""

CONFIG = """
[floor]
zone = "{zone}"
me = "Ada"
[journal]
url = "memory:"
[alerts]
every_seconds = 5
[screen]
layout = [["queue-status", "callers"], ["needs-you", "agents"]]
[feeds.queue_log]
path = "queue_log"
format = "asterisk-queue-log"
"""

_NEGATIVE = re.compile(r"-\d+:\d\d|-\d+ ?(?:s|min|h)\b")


class Clocked(Hands):
    """The screen, its log and its clock."""

    log: Path
    clock: VirtualClock
    asked: list[float]

    @property
    def snapshot(self) -> FloorSnapshot:
        """The floor that is on the screen."""
        snapshot = self.session.station.snapshot
        assert snapshot is not None
        return snapshot

    @property
    def alert_log(self) -> tuple[LogEntry, ...]:
        """What was raised and cleared."""
        rules = self.session.station._rules  # noqa: SLF001  # a session says what is up, not what was
        assert isinstance(rules, Ruling)
        return rules.log

    @property
    def header(self) -> str:
        """The first lines of the screen."""
        return "\n".join(self.text.split("\n")[:2])

    def says(self, *words: str, at: float | None = None) -> None:
        """The switch writes these lines, by the machine's clock or at another time of its own."""
        write(self.log, self.clock.now() if at is None else at, *words)

    async def set(self, at: float) -> None:
        """Somebody sets the machine's clock, or it wakes at this time; the next look is waited for."""
        self.clock.move_to(at)
        await self.until(lambda: abs(self.snapshot.at - at) < 1, f"the screen is at {at:.0f}")

    async def passes(self, seconds: float) -> None:
        """Time runs on, some seconds at a time, and the floor looks after each."""
        until = self.clock.now() + seconds
        while self.clock.now() < until:
            self.clock.move_to(min(self.clock.now() + STEP_SECONDS, until))
            self.session.station.wake()
            await self.until(lambda: not self.session.station.is_behind, "all is asked for that is due")
        self.app.stage.beat.beat()
        await self.until(lambda: self.session.is_settled, "it has come to rest")

    def ages_below_nothing(self) -> Iterator[str]:
        """Ages on the screen that have not begun."""
        yield from (found[0] for found in _NEGATIVE.finditer(self.text))


def write(log: Path, at: float, *words: str) -> None:
    """Lines of a switch, all written at this moment."""
    with log.open("ab") as file:
        file.write(log_lines(*((at, each) for each in words)))


def house_of(folder: Path, zone: str = "UTC") -> House:
    """The house of a configuration in this folder."""
    config = folder / "floorwatch.toml"
    config.write_text(CONFIG.format(zone=zone), encoding="utf-8")
    return build_house(load_settings(config), only_bundled=True)


@asynccontextmanager
async def clocked(folder: Path, at: float = NOON, zone: str = "UTC") -> AsyncIterator[Clocked]:
    """Two people, one of whom talks for ten minutes; a caller who waits for one."""
    log, clock = folder / "queue_log", VirtualClock(at)
    write(log, at - HOUR, *(f"NONE|support|PJSIP/200{number}|ADDMEMBER|" for number in (1, 2)))
    write(log, at - 610, "c1|support|NONE|ENTERQUEUE||5550001|1")
    write(log, at - 600, "c1|support|PJSIP/2001|CONNECT|10|c1b|5")
    write(log, at - 60, "c2|support|NONE|ENTERQUEUE||5550002|1")
    house = house_of(folder, zone)
    session = live_session(house, house.settings.feeds, clock=clock)
    app = FloorApp(session)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        hands = Clocked(app, session, pilot)
        hands.log, hands.clock, hands.asked = log, clock, []
        rules = session.station._rules  # noqa: SLF001  # which instants are asked for is told to nobody
        assert isinstance(rules, Ruling)
        ask = rules.ask

        async def asked(floor: FloorSnapshot) -> tuple[RaisedAlert, ...]:
            hands.asked.append(floor.at)
            return await ask(floor)

        rules.ask = asked  # type: ignore[method-assign]
        await hands.until(lambda: not session.station.is_opening and session.is_settled, "the floor is read")
        yield hands
    if app.failure is not None:
        raise app.failure
