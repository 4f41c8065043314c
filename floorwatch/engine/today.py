"""The tape of the business day so far, for whoever looks back from a live floor.

Rules
- It is made when somebody wants to look back, not before: from the recording of the day where one is kept, else from
  the feeds' own files, in a folder of this process alone.
- It stays open for `KEPT_SECONDS` after it was last looked at, and its keyframes go on being built: who looks back
  again meanwhile sees a moment that is on it at once. What has come since is not on it: for that it is made anew, while
  the live floor is on the screen. It is not made anew in the background while the old one is shown: whoever looks at
  that would pay for it with the processor, and their moment would not be another.
- Everything that takes long runs in a thread of its own, which nobody waits for when floorwatch ends.
"""

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct

from floorwatch.engine import day_recorder
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.own_folder import OwnFolder
from floorwatch.engine.today_written import GivenUpError, Wanted, copy_kept, write_today
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.clock import Clock
from floorwatch.model.events import WeekdayRead
from floorwatch.settings import FeedSettings
from floorwatch.words import _

PREFIX = "floorwatch-past-"
RECORDING = "today.floorlog"
KEPT_SECONDS = 120.0

Told = Callable[[float], None]
T = TypeVar("T")


class TapeOf(Protocol):
    """Opens the tape of a recording."""

    def __call__(self, house: House, recording: Path) -> Tape:
        """The tape. Raises FeedError."""
        ...


class _Made(Struct, frozen=True, eq=False):
    """A tape of the day up to `until`: of a copy of the recording that is `kept`, or written out (None)."""

    tape: Tape
    until: float
    kept: Path | None

    def has(self, at: float, now: float) -> bool:
        """Whether this moment is on it, and it is of use still."""
        return at <= self.until <= now <= self.until + KEPT_SECONDS and not self.tape.refresh().problem


class Today:
    """Gives the tape of today, which stays its own. Asked on the loop."""

    def __init__(self, house: House, feeds: Mapping[str, FeedSettings], clock: Clock, tape_of: TapeOf) -> None:
        self._house, self._feeds, self._clock, self._tape_of = house, feeds, clock, tape_of
        self._folder = OwnFolder(PREFIX)
        self._numbers = count(1)
        self._made: _Made | None = None
        self._forgetting: asyncio.TimerHandle | None = None

    async def tape(self, at: float, weekday: WeekdayRead | None, told: Told) -> Tape:
        """A tape with the moment `at` on it. `told` hears, on the loop, how much of it is written, 0..1. Raises
        FeedError and SettingsError. Cancelled, it stops soon."""
        self._remember()
        now = self._clock.now()
        if self._made is None or not self._made.has(at, now):
            self.forget()
            try:
                self._made = await self._make(Wanted(self._house, self._feeds, now, weekday), told)
            except OSError as error:
                raise FeedError(_("today cannot be written out: {reason}").format(reason=error)) from None
        return self._made.tape

    @property
    def kept(self) -> Path | None:
        """The recording that is kept of the day, where the tape is a copy of it."""
        return None if self._made is None else self._made.kept

    def leave_alone(self) -> None:
        """Nobody looks at it now: it stays for a while, and goes."""
        self._remember()
        self._forgetting = asyncio.get_running_loop().call_later(KEPT_SECONDS, self.forget)

    def forget(self) -> None:
        """Remove what was made."""
        self._remember()
        made, self._made = self._made, None
        if made is not None:
            made.tape.close()
        self._folder.remove()

    def _remember(self) -> None:
        if self._forgetting is not None:
            self._forgetting.cancel()
        self._forgetting = None

    async def _make(self, wanted: Wanted, told: Told) -> _Made:
        """Write it, and open it. Raises OSError besides."""
        # Made here and not in the thread: where the floor ends meanwhile, none is made behind its back.
        recording = self._folder.path() / str(next(self._numbers)) / RECORDING
        loop, given_up = asyncio.get_running_loop(), threading.Event()

        def tell(share: float) -> None:
            with suppress(RuntimeError):  # the loop has closed: nobody is there to be told
                loop.call_soon_threadsafe(told, share)

        def make() -> _Made:
            recording.parent.mkdir(mode=0o700)
            kept = self._recording_kept()
            if kept is None:
                write_today(wanted, recording, tell, given_up)
            else:
                copy_kept(kept, recording, wanted.now)
            return _Made(self._tape_of(self._house, recording), wanted.now, kept)

        try:
            return await _apart(make, lambda made: made.tape.close())
        finally:
            given_up.set()

    def _recording_kept(self) -> Path | None:
        """The recording that is kept of today, where it is one of what is watched."""
        is_of_these = self._feeds == self._house.settings.feeds
        return day_recorder.today(self._house, self._clock) if is_of_these else None


async def _apart(work: Callable[[], T], drop: Callable[[T], object]) -> T:
    """What the work gives, done in a daemon thread: `asyncio.to_thread` would be waited for at the end. Where nobody
    waits for it any longer, `drop` is given it."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[T] = loop.create_future()

    def give(result: T) -> None:
        if found.done():
            drop(result)
        else:
            found.set_result(result)

    def fail(error: BaseException) -> None:
        if not found.done():
            # A SystemExit that is raised in the loop would end it, and nobody asked for that.
            found.set_exception(
                error if isinstance(error, Exception) else RuntimeError(f"{type(error).__name__}: {error}")
            )

    def run() -> None:
        with suppress(GivenUpError, RuntimeError):  # the loop may have closed
            try:
                result = work()
            except GivenUpError:
                raise
            except FAILURES as error:  # not swallowed: it is raised where the work is awaited
                loop.call_soon_threadsafe(fail, error)
            else:
                loop.call_soon_threadsafe(give, result)

    threading.Thread(target=run, name="past", daemon=True).start()
    return await found
