"""One timer for all running clocks on the screen; it rests when nothing runs.

Rules
- A widget that shows an age joins; it is asked to `tick` when a second of floor time has passed, and answers how many
  floor seconds later what it shows will change next (None: nothing runs).
- Beats fall on whole floor seconds, where ages change, and never more often than four times a second of real time.
- While floor time stands still (a paused replay) there is no beat. Where it has jumped there is one at once.
"""

import asyncio
from math import floor
from typing import Protocol

from floorwatch.engine.desk import Desk

SHORTEST_SECONDS = 0.25
JUMP_SECONDS = 1.0
"""Floor time that is so far from where it should be by its pace has jumped."""
_JUST_AFTER = 0.002
"""Past the whole second by this much, so that a clock of milliseconds has surely turned."""


class Ticking(Protocol):
    """Something that shows ages."""

    def tick(self, now: float) -> float | None:
        """Repaint what `now` changes; floor seconds until the next change, None when nothing runs."""
        ...


class Beat:
    """Asks its members to tick, and schedules itself by what they answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._members: dict[Ticking, None] = {}
        self._handle: asyncio.TimerHandle | None = None
        self._beaten = (0.0, 0.0)
        """Floor time and the loop's time of the last beat."""
        self.runs_seconds = False
        """Whether anything changed every second when last asked: only then does the header's clock show seconds."""

    @property
    def runs(self) -> bool:
        """Whether a beat is due."""
        return self._handle is not None

    def join(self, member: Ticking) -> None:
        """Ask this one too, from now on."""
        self._members[member] = None
        self.wake()

    def leave(self, member: Ticking) -> None:
        """Ask this one no more."""
        self._members.pop(member, None)

    def wake(self) -> None:
        """Something new may be running: beat at the next whole second, whatever was due later."""
        self._schedule(1.0)

    def follow(self) -> None:
        """Floor time may have jumped: then beat at once, as ages on the screen are those of another moment."""
        (at, when), pace = self._beaten, self._pace()
        passed = (asyncio.get_running_loop().time() - when) * pace
        has_moved = abs(self._desk.now() - at - passed)
        # Where time stands, what was drawn by the last beat would stay beside what is drawn now.
        if has_moved >= max(JUMP_SECONDS, passed) or (pace == 0 and has_moved > 0):
            self.stop()
            self.beat()

    def beat(self) -> None:
        """Let every member tick now, and come again when the first of them changes."""
        self._handle = None
        now = self._desk.now()
        self._beaten = now, asyncio.get_running_loop().time()
        due = self._ask(now)
        runs_seconds = any(seconds <= 1.0 for seconds in due)
        if runs_seconds != self.runs_seconds:
            self.runs_seconds = runs_seconds
            due = self._ask(now)
        if due:
            self._schedule(min(due))

    def stop(self) -> None:
        """No more beats."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _ask(self, now: float) -> list[float]:
        return [seconds for member in list(self._members) if (seconds := member.tick(now)) is not None]

    def _schedule(self, floor_seconds: float) -> None:
        pace = self._pace()
        if pace <= 0:
            self.stop()
            return
        now = self._desk.now()
        until_whole = floor(now + floor_seconds + 1e-6) - now
        delay = max(SHORTEST_SECONDS, until_whole / pace) + _JUST_AFTER
        loop = asyncio.get_running_loop()
        if self._handle is not None:
            if self._handle.when() <= loop.time() + delay:
                return
            self._handle.cancel()
        self._handle = loop.call_later(delay, self.beat)

    def _pace(self) -> float:
        """Floor seconds a real second."""
        control = self._desk.replay_control()
        if control is None:
            return 1.0
        return 0.0 if control.paused else control.rate
