"""A replay session: a clock that is steered, and a tape that is read to it.

Rules
- Floor time is known only up to where the tape has been read: rules are asked and panels are built at that time, so the
  numbers are the same at any rate.
- What a moment looks like does not depend on how one came to it.
- What somebody enters here goes to a journal that is gone with the session, and stands at its moment: going back and
  forth again shows it there.
"""

import asyncio
from collections.abc import Callable

from msgspec import Struct

from floorwatch.engine.handover import HandOver
from floorwatch.engine.house import House, rules_asked, slots_of
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.playing import Playing
from floorwatch.engine.reel import Reel
from floorwatch.engine.replay_bar import KeepsMarks, ScratchMarks
from floorwatch.engine.replay_clock import ReplayClock
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.session import Session, Source
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.view_difference import difference
from floorwatch.host.lane import Lanes
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Notice, Tone, View
from floorwatch.words import _


class Driven(Struct, frozen=True, eq=False):
    """What moves a replay when it is not the machine's time: a clock that somebody else lets run, lanes that somebody
    else closes, and the host's patience, a monotonic clock."""

    clock: ReplayClock
    lanes: Lanes
    patience: Callable[[], float]


def replay_session(
    house: House,
    tape: Tape,
    at: float | None,
    rate: float,
    driven: Driven | None = None,
    marks: KeepsMarks | None = None,
) -> Session:
    """A session over a tape, from `at` on (None: where the tape begins). Whoever opened the tape closes it. Marks are
    gone with the session where nobody says where they are kept. Raises ValueError unless the rate is above 0."""
    first, last = tape.span
    start = min(max(tape.begins_at if at is None else at, first), last)
    is_its_own = driven is None
    driven = driven or Driven(ReplayClock(start, monotonic, rate), Lanes(monotonic), monotonic)
    lanes, patience = driven.lanes, driven.patience
    reel = Reel(tape, driven.clock, _ruling(house, lanes))
    shows = Shows(slots_of(house), lanes, patience)
    station = _station(house, reel, shows, patience)
    playing = Playing(reel, start, marks or ScratchMarks(), _Comparing(house, reel, lanes).changed)
    source = Source(
        playing,
        playing.begin,
        playing.health,
        playing.label,
        may_ring=False,
        control=playing,
        on_entered=playing.on_entered,
        end=lanes.close if is_its_own else lambda: None,
        journal=_("notes here are not kept"),
    )
    session = Session(house, station, lanes, source)
    playing.by = lambda: session.me
    return session


class _Comparing:
    """Compares what a panel shows with what it showed at an earlier moment of the same replay."""

    def __init__(self, house: House, reel: Reel, lanes: Lanes) -> None:
        self._house = house
        self._reel = reel
        self._lanes = lanes

    async def changed(self, panel: str, at: float) -> View:
        """What of this panel is other than it was; a notice where that cannot be told."""
        station = self._reel.station
        slot = station.shows.slot(panel)
        if slot is None or slot.view is None or slot.built_at is None:
            return Notice(_("This panel shows nothing yet."))
        after, after_at = slot.view, slot.built_at
        floor = await self._floor_at(at)
        if floor is None:
            return Notice(_("That moment is not known yet: the recording is still being read."), Tone.WARN)
        before = await station.shows.view_of(panel, floor)
        return difference(before, after, at, after_at, self._house.rules.days.zone)

    async def _floor_at(self, at: float) -> FloorSnapshot | None:
        """The floor of that moment, as whoever looks sees it; None where it is not known, or cannot be read."""
        clock = ReplayClock(at, lambda: 0.0)
        clock.pause()
        reel = Reel(self._reel.tape, clock, _ruling(self._house, self._lanes), self._reel.entered)
        if at > reel.end() or not reel.tape.span[0] <= at:
            return None
        station = _station(self._house, reel, Shows([], self._lanes, monotonic), monotonic)
        station.become(self._reel.station.me)
        station.look_at(self._reel.station.focus)
        reel.go(at)
        while reel.target is not None and not reel.problem:
            await station.advance()
            reel.pass_over()
            await asyncio.sleep(0)
        return None if reel.problem else station.floor.snapshot(at)


def _ruling(house: House, lanes: Lanes) -> Ruling:
    return Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)


def _station(house: House, reel: Reel, shows: Shows, patience: Callable[[], float]) -> Station:
    """A station that is led by the reel; its floor comes with the tape."""
    station = Station(house.floor(), HandOver(), reel, reel.rules, shows, patience)
    reel.lead(station)
    return station
