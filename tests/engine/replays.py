"""A replay that a test drives by hand: its clock runs by turns, nothing sleeps, and every pass is the test's."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path

import pytest
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from floorwatch.engine import reel as reeling
from floorwatch.engine.alerting import LogEntry
from floorwatch.engine.handover import HandOver
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.keyframes import folding_pass
from floorwatch.engine.keyframes.in_thread import ThreadBuilding
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.playing import Playing
from floorwatch.engine.reel import Reel
from floorwatch.engine.replay_bar import ScratchMarks
from floorwatch.engine.replay_clock import ReplayClock
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import timeline_of
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import VirtualClock
from floorwatch.model.duty import NO_DUTY
from floorwatch.model.minutes import last_intervals
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings
from floorwatch.views import Notice, View
from tests.patience import PATIENCE_SECONDS

MOST_PASSES = 20_000
"""More than any test's way takes: a replay that does not arrive is a mistake, and must not hang."""


class Replay:
    """A replay without panels: what it shows, and hands that move it. It stands at its beginning."""

    def __init__(self, tape: Tape, at: float | None = None) -> None:
        self.tape = tape
        self.turns, self.lanes = VirtualClock(0.0), Lanes(monotonic)
        self.clock = ReplayClock(tape.begins_at if at is None else at, self.turns.now)
        self.ruling = Ruling(rules_asked(tape.house), self.lanes, tape.house.settings.alerts.every_seconds)
        self.reel = Reel(tape, self.clock, self.ruling)
        self.station = Station(
            tape.house.floor(), HandOver(), self.reel, self.reel.rules, Shows([], self.lanes, monotonic)
        )
        self.reel.lead(self.station)
        self.hands = Playing(self.reel, self.clock.now(), ScratchMarks(), self._never)
        self.hands.pause()
        self.hands.begin()

    async def settle(self) -> FloorSnapshot:
        """Go on until nothing is left to be done; the floor then."""
        for _pass in range(MOST_PASSES):
            more = await self.station.advance()
            self.reel.pass_over()
            is_there = self.reel.target is None and not self.station.is_behind
            if not more and is_there and (self.clock.rate == inf or self.station.reached() >= self.clock.now()):
                return self.station.floor.snapshot(self.station.reached())
        raise AssertionError(f"it does not come to {self.reel.target or self.clock.now()}")

    async def seek(self, at: float) -> FloorSnapshot:
        """Go to a moment."""
        self.hands.seek(at)
        return await self.settle()

    async def run(self, rate: float, turns: int) -> FloorSnapshot:
        """Let it run at a rate for so many seconds of the host's time, as fast as it goes for so many passes."""
        await self.settle()
        self.hands.set_rate(rate)
        self.hands.resume()
        for _turn in range(turns):
            if rate < inf:
                self.turns.move_to(self.turns.now() + 1.0)
                await self.settle()
            else:
                await self.station.advance()
                self.reel.pass_over()
        self.hands.pause()
        return await self.settle()

    @property
    def log(self) -> Sequence[LogEntry]:
        """What was raised and cleared up to where it is."""
        return self.reel.rules.log

    def close(self) -> None:
        """Let go of the tape and of the lanes."""
        self.lanes.close()
        self.tape.close()

    async def _never(self, panel: str, at: float) -> View:
        return Notice(f"{panel} {at}")


class Seen(Struct, frozen=True, eq=False):
    """The floors of some moments, and the alert log at the end."""

    floors: dict[float, FloorSnapshot]
    log: Sequence[LogEntry]


@contextmanager
def frames_every(entries: int) -> Iterator[None]:
    """Keyframes at so many entries, so that a small recording has a few; and nobody goes on further than that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding_pass, "FRAME_EVERY", entries)
        patch.setattr(reeling, "FRAME_EVERY", entries)
        yield


def plain(house: House, recording: Path) -> Tape:
    """The recording without an index."""
    return PlainTape(timeline_of(house, {"recording": FeedSettings(str(recording))}))


def indexed(house: House, recording: Path) -> Tape:
    """The recording with its keyframes, all of them built: in a thread, since whoever asks may be on a loop."""
    building = ThreadBuilding(house, recording)
    building.start()
    assert building.wait(PATIENCE_SECONDS)
    tape = IndexedTape(house, recording)
    assert tape.refresh().is_whole
    return tape


def with_replay(tape: Tape, act: Callable[[Replay], Awaitable[Seen]]) -> Seen:
    """What the act sees of a replay of this tape, which is closed then."""

    async def acted() -> Seen:
        replay = Replay(tape)
        try:
            return await act(replay)
        finally:
            replay.close()

    return asyncio.run(acted())


def at_moments(tape: Tape, moments: Sequence[float]) -> Seen:
    """The floors of these moments, gone to one after another."""

    async def look(replay: Replay) -> Seen:
        floors = {moment: await replay.seek(moment) for moment in moments}
        return Seen(floors, replay.log)

    return with_replay(tape, look)


def views(floor: FloorSnapshot, house: House, me: str = "") -> dict[str, View]:
    """What every panel of the house shows of this floor."""
    seen = replace(floor, me=me)
    panels = {name: declared.thing for name, declared in house.catalogue.panels.items()}
    return {name: panel.build(seen, panel.options_type()) for name, panel in panels.items()}


def differences(one: FloorSnapshot, other: FloorSnapshot, house: House) -> list[str]:
    """By name, what differs of two floors: parts of them, interval tables, views of panels."""
    found = [
        name
        for name in FloorSnapshot.__struct_fields__
        if name not in {"duty", "rules", "people"} and getattr(one, name) != getattr(other, name)
    ]
    if to_builtins(one.duty) != to_builtins(other.duty):
        found.append("duty")
    elif replace(one, duty=NO_DUTY) != replace(other, duty=NO_DUTY) and not found:
        found.append("something else")
    scopes = zip((*one.queues.values(), one.total), (*other.queues.values(), other.total), strict=True)
    found += ["intervals" for mine, theirs in scopes if last_intervals(mine, 12) != last_intervals(theirs, 12)]
    mine, theirs = views(one, house), views(other, house)
    return found + [f"panel {name}" for name in mine if mine[name] != theirs[name]]
