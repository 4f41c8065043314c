"""A real replay session, played by a clock that only the test moves: what it shows at given moments, at any rate.

Rules
- Each question plays the recording anew, from its first line to the last moment that is asked for.
- The replay's clock goes on by `rate` floor seconds a turn; then it stands until all of that is folded and shown. The
  host's patience is measured by turns too, so that nothing waits for time and each turn shows the same.
- The session runs in a thread of its own, on a loop of its own, so that a test need not be asynchronous.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from msgspec.structs import replace

from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.replay_clock import ReplayClock
from floorwatch.engine.replaying import Driven, replay_session
from floorwatch.engine.session import Session
from floorwatch.engine.shows import Slot
from floorwatch.engine.timeline import Timeline
from floorwatch.extend.panel import Panel
from floorwatch.extend.rule import AlertRule
from floorwatch.host.lane import Lanes
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.clock import VirtualClock
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing.declared import asked, options_given, sound
from floorwatch.testing.house import Given, Wishes
from floorwatch.testing.mistakes import RefusedError
from floorwatch.testing.shown import Shown
from floorwatch.testing.wall import Time, Wall

T = TypeVar("T")

PATIENCE_SECONDS = 60.0
"""How long a session may be busy with one question: longer means that something in it does not come back."""

_TURN_SECONDS = 1.0
_REST_SECONDS = 0.05
"""More than the host rests between two pictures."""


class Playback:
    """A recording, or the kit's own shift, as a replay at `rate` floor seconds a second shows it."""

    def __init__(self, timeline: Callable[[Wishes, float], Timeline], wall: Wall, rate: float, wishes: Wishes) -> None:
        if not rate > 0:
            raise ValueError(f"a replay runs forward: the rate must be above 0, not {rate}")
        self.rate = rate
        self._timeline = timeline
        self._wall = wall
        self._wishes = wishes

    def floor(self, at: Time) -> FloorSnapshot:
        """The floor that the replay has come to at this moment."""
        return self.floors(at)[0]

    def floors(self, *moments: Time) -> list[FloorSnapshot]:
        """The same at several moments, in ascending order, of one replay."""

        async def look(session: Session, at: float) -> FloorSnapshot:
            return session.station.floor.snapshot(at)

        return self._looked(self._wishes, moments, look)

    def show(self, panel: Panel, *, at: Time, **options: Any) -> Shown:
        """What the panel shows when the replay has come to this moment, having been built on the way there."""
        return self.shows(panel, at, **options)[0]

    def shows(self, panel: Panel, *moments: Time, **options: Any) -> list[Shown]:
        """The same at several moments, in ascending order, of one replay. Raises RefusedError."""
        name = sound(Panel, panel)
        options_given(panel.options_type, options, f"panels.{name}")

        async def look(session: Session, at: float) -> Shown:
            (slot,) = session.station.shows.slots
            session.retry(name)
            await _until(lambda: (slot.built_at == at and not slot.is_out) or _failed(slot))
            if _failed(slot) or slot.view is None:
                raise RefusedError([f"{name}: {slot.health.reason}"])
            return Shown(slot.view, at, session.zone)

        return self._looked(self._with(panels=[(panel, options)]), moments, look)

    def alerts(self, rule: AlertRule, at: Time, **options: Any) -> tuple[RaisedAlert, ...]:
        """The alerts of this rule that the host holds up at this moment."""
        name = asked(rule, options).name

        async def look(session: Session, at: float) -> tuple[RaisedAlert, ...]:
            raised = session.station.floor.snapshot(at).alerts
            return tuple(each for each in raised if each.rule == name)

        return self._looked(self._with(rules=[*self._wishes.rules, (rule, options)]), [at], look)[0]

    def _with(
        self, panels: Sequence[tuple[Panel, Given]] = (), rules: Sequence[tuple[AlertRule, Given]] = ()
    ) -> Wishes:
        return replace(self._wishes, panels=panels, rules=rules or self._wishes.rules)

    def _looked(
        self, wishes: Wishes, moments: Sequence[Time], look: Callable[[Session, float], Awaitable[T]]
    ) -> list[T]:
        wanted = sorted(self._wall.at(moment) for moment in moments)
        timeline = self._timeline(wishes, max(wanted, default=0.0))
        return _apart(self._played(timeline, wanted, look))

    async def _played(
        self, timeline: Timeline, moments: Sequence[float], look: Callable[[Session, float], Awaitable[T]]
    ) -> list[T]:
        first = self._first(timeline, moments)
        turns = VirtualClock(0.0)
        clock = ReplayClock(first, turns.now, self.rate)
        lanes = Lanes(turns.now)
        tape, driven = PlainTape(timeline), Driven(clock, lanes, turns.now)
        session = replay_session(timeline.house, tape, first, self.rate, driven)
        async with asyncio.timeout(PATIENCE_SECONDS):
            running = asyncio.create_task(session.start(lambda _changed: None))
            try:
                found = []
                for moment in moments:
                    await _come_to(session, clock, turns, moment)
                    found.append(await look(session, moment))
                return found
            finally:
                running.cancel()
                with suppress(asyncio.CancelledError):
                    await running
                lanes.close()

    def _first(self, timeline: Timeline, moments: Sequence[float]) -> float:
        first, last = timeline.first_at(), timeline.last_at()
        if first is None or last is None:
            raise ValueError("there is nothing to replay: load a recording, or say what happens")
        for moment in moments:
            if not first <= moment <= last:
                span = f"{self._wall.spelt(first)} to {self._wall.spelt(last)}"
                raise ValueError(f"{self._wall.spelt(moment)} is not in this replay, which lasts from {span}")
        return first


async def _come_to(session: Session, clock: ReplayClock, turns: VirtualClock, moment: float) -> None:
    """Let the replay run up to the moment, turn by turn, as at a screen; then it stands, and the host has rested."""
    await _settled(session, clock, turns)
    while (left := moment - clock.now()) > 0:
        clock.resume()
        turns.move_to(turns.now() + min(_TURN_SECONDS, left / clock.rate))
        if left <= clock.rate * _TURN_SECONDS:
            clock.move_to(moment)  # not past it by the smallest part of a second
        await _settled(session, clock, turns)
    turns.move_to(turns.now() + _REST_SECONDS)


async def _settled(session: Session, clock: ReplayClock, turns: VirtualClock) -> None:
    """Let everything up to the clock's time be folded, and be shown: floor time stands, the host's patience ends."""
    clock.pause()
    station = session.station
    station.wake()
    while not station.is_settled or station.reached() < clock.now():
        if not any(slot.is_out for slot in station.shows.slots):  # what is being built must not seem slow
            turns.move_to(turns.now() + _REST_SECONDS)
            station.wake()
        await asyncio.sleep(0)


async def _until(claim: Callable[[], bool]) -> None:
    while not claim():  # noqa: ASYNC110  # what is waited for tells nobody
        await asyncio.sleep(0)


def _failed(slot: Slot) -> bool:
    return slot.health.backoff_until is not None


def _apart(work: Coroutine[Any, Any, T]) -> T:
    """The result of the work, done in a thread with a loop of its own: the caller may be on a loop, or on none."""
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        with _kept(failed):
            found.append(asyncio.run(work))

    thread = threading.Thread(target=run, name="floorwatch-playback")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


@contextmanager
def _kept(failed: list[BaseException]) -> Iterator[None]:
    try:
        yield
    except BaseException as error:  # noqa: BLE001  # handed to the thread that waits, where it is raised again
        failed.append(error)
