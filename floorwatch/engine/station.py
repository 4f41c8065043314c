"""The station: folds what the intakes hand over, asks the rules on their grid, and has panels built; on the event loop.

Rules
- Folding is capped per pass, so that a burst never delays a key press; what is left is folded in the next pass.
- Floor time only goes forward. A line that arrives after the rules were asked for an instant is stamped just after it:
  the order of the fold is the order of the recording, whatever threads do.
- Before a rule instant everything received up to it is folded; nothing later is.
- A pass follows a wake-up at once when it is quiet, and `BUSY_SECONDS` after the last one when it is not.
- What people entered is stamped when it comes, whatever the clock of its writer said, and moves no time while the past
  is folded: an entry of months ago, or of tomorrow, leaves the lines of today where they are. So it is with documents,
  which are read now and speak of any day.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from math import inf, nextafter
from typing import Protocol

from msgspec.structs import replace

from floorwatch.engine.alerting import grid_instants
from floorwatch.engine.collector import leave_the_day_alone
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.shows import Shows
from floorwatch.engine.system_clock import monotonic
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.entities import Topic
from floorwatch.model.events import WatchBegan
from floorwatch.model.floor import Floor
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.snapshot import FloorSnapshot

FOLD_SECONDS = 0.010
BUSY_SECONDS = 0.030
OPENING_SECONDS = 0.25
"""While the past is folded, every picture of it costs time that the day is waiting for: four a second show progress."""
LOOK_EVERY = 32


class Rules(Protocol):
    """Whoever asks the alert rules."""

    every_seconds: float

    def reset(self) -> None:
        """Begin anew."""
        ...

    async def ask(self, floor: FloorSnapshot) -> tuple[RaisedAlert, ...]:
        """Ask every rule about this instant; the alerts that are up now."""
        ...


class FloorTime(Protocol):
    """How far floor time is known: up to here everything that came has been handed over."""

    def known(self) -> float:
        """Floor time, epoch seconds UTC."""
        ...

    def complete(self, source: str, to: float) -> None:
        """Everything of this source up to `to` has been taken in."""
        ...


class Station:
    """One floor with everything that moves it. `on_change` is told panel names, and "" when the heading changed;
    `on_pass` is called at least once a second, whether anything came or not."""

    def __init__(
        self,
        floor: Floor,
        hand_over: HandOver,
        time: FloorTime,
        rules: Rules,
        shows: Shows,
        patience: Callable[[], float] = monotonic,
    ) -> None:
        self.floor = floor
        self.shows = shows
        self.snapshot: FloorSnapshot | None = None
        self.on_change: Callable[[frozenset[str]], None] = lambda _panels: None
        self.on_folded: Callable[[Decoded], None] = lambda _decoded: None
        self.on_pass: Callable[[], None] = lambda: None
        self._hand_over = hand_over
        self._time = time
        self._rules = rules
        self._patience = patience
        self._pending: deque[Decoded] = deque()
        self._marks: deque[tuple[int, Callable[[], None]]] = deque()  # whom to tell once so many items are folded
        self._came = self._done = 0  # items that came to be folded, and that were
        self._me = ""
        self.focus = NO_FOCUS
        self._next_at = inf  # the rule instant that comes next; inf until the watch begins
        self._folded_at = -inf  # floor time that has been folded to
        self._stamp_from = -inf  # what comes from now on is not before this
        self._touched: set[Topic] = set(Topic)
        self._woken = asyncio.Event()
        self._shown_at = -inf
        self._notify: Callable[[], None] = self._woken.set
        shows.on_built = lambda panel: self.on_change(frozenset({panel}))

    async def run(self) -> None:
        """Go on until cancelled."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has closed: nobody is there to wake
                loop.call_soon_threadsafe(self._woken.set)

        self._notify = wake
        self._hand_over.notify(wake)
        while True:
            more = await self.advance()
            self.shows.watch_over()
            self._show()
            self.on_pass()
            if more:
                await asyncio.sleep(0)
            else:
                await self._until_due()

    @property
    def is_opening(self) -> bool:
        """Whether what was there before the watch is still being folded."""
        return self._next_at == inf

    def reached(self) -> float:
        """Floor time up to which everything has been folded and the rules were asked: the moment that can be shown."""
        known = max(self._time.known(), self._folded_at)
        return self._folded_at if self._is_behind() and self._folded_at > -inf else known

    @property
    def is_settled(self) -> bool:
        """Whether everything that came is folded, and every panel that it touched was built and asks for nothing."""
        unseen = self.snapshot is None or bool(self._touched or self.floor.touched())
        return not (unseen or self._is_behind() or self.shows.is_busy)

    def _is_behind(self) -> bool:
        return bool(self._pending) or self._next_at <= self._time.known()

    def wake(self) -> None:
        """Look again now: the clock was moved, or a panel shall be tried again."""
        self._woken.set()

    def restart(self, floor: Floor, hand_over: HandOver, time: FloorTime) -> None:
        """Go on with another floor from its beginning: a replay went back."""
        self._hand_over.notify(lambda: None)
        self.floor, self._hand_over, self._time = floor, hand_over, time
        floor.set_me(self._me)
        floor.set_focus(self.focus)
        self._pending.clear()
        self._done = self._came
        self._tell_folded()
        self._next_at, self._folded_at, self._stamp_from = inf, -inf, -inf
        self._touched = set(Topic)
        self._rules.reset()
        hand_over.notify(self._notify)
        self.wake()

    def become(self, me: str) -> None:
        """This person looks at the floor from now on, and at the one that takes its place after a step back."""
        self._me = me
        self.floor.set_me(me)
        self.wake()

    def look_at(self, focus: Focus) -> None:
        """This alone is shown from now on, also of a floor that takes this one's place."""
        self.focus = focus
        self.floor.set_focus(focus)
        self.wake()

    def take(self, batch: Batch, then: Callable[[], None] | None = None) -> None:
        """Take in what did not come through an intake; `then` is called on the loop once all of it is folded, or has
        gone with its floor."""
        self._add(batch)
        if then is not None:
            self._marks.append((self._came, then))
            self._tell_folded()
        self.wake()

    def stamped(self, items: Iterable[Decoded]) -> list[Decoded]:
        """What people entered, as received now: after all that has come, and after the last instant at which the rules
        were asked. So stamped it is folded at that very time."""
        came = self._pending[-1].received_at if self._pending else -inf
        now = max(self._time.known(), self._stamp_from, came)
        return [replace(item, received_at=now) for item in items]

    async def advance(self) -> bool:
        """One pass: fold what is there and ask the rules on the way. True when the pass was cut short."""
        stop_at = self._patience() + FOLD_SECONDS
        while True:
            if not self._pending:
                self._take()
            folded = self._fold_some()
            if folded:
                self._done += folded
                self._tell_folded()
            else:
                if self._next_at > (inf if self._pending else self._time.known()):
                    return False
                await self._ask(self._next_at)
            if self._patience() >= stop_at:
                return True

    def _fold_some(self) -> int:
        """Fold the first few that are due before the next rule instant, or at it; how many."""
        pending, left = self._pending, LOOK_EVERY
        while left and pending and pending[0].received_at <= self._next_at:
            item = pending.popleft()
            self._fold(item)
            left -= 1
            if item.is_document:  # which may hold as much as 30,000 lines
                break
        return LOOK_EVERY - left

    def _take(self) -> None:
        while not self._pending and (batch := self._hand_over.take()) is not None:
            self._add(batch)
            self._time.complete(batch.source, batch.complete_to)

    def _add(self, batch: Batch) -> None:
        self._pending.extend(batch.items)
        self._came += len(batch.items)

    def _tell_folded(self) -> None:
        while self._marks and self._marks[0][0] <= self._done:
            self._marks.popleft()[1]()

    def _fold(self, item: Decoded) -> None:
        if self._next_at == inf and (item.feed == JOURNAL or item.is_document):
            fold(self.floor, item)
            self.on_folded(item)
            return
        if item.received_at < self._stamp_from:
            item = replace(item, received_at=self._stamp_from)
        self._folded_at = self._stamp_from = item.received_at
        fold(self.floor, item)
        if self._next_at == inf and (item.line is None or not item.line.backfill) and _begins_watch(item):
            self._begin_watch(item.received_at)
        self.on_folded(item)

    async def _ask(self, instant: float) -> None:
        floor = self.floor
        self._touched |= floor.touched()
        alerts = await self._rules.ask(floor.snapshot(instant))
        if floor is not self.floor:  # a replay went back meanwhile: this was an instant of the other floor
            return
        floor.set_alerts(alerts, instant)
        self._asked(instant)
        self._folded_at = max(self._folded_at, instant)
        self._stamp_from = max(self._stamp_from, nextafter(instant, inf))

    def _begin_watch(self, at: float) -> None:
        """The past is folded: rules are asked from here on."""
        leave_the_day_alone()
        self._asked(at)

    def _asked(self, at: float) -> None:
        """The rules need not be asked again before the next instant after `at`."""
        every = self._rules.every_seconds
        self._next_at = next(grid_instants(at, at + 2 * every, every))

    def _show(self) -> None:
        now = self._patience()
        touched = self.floor.touched() | self._touched
        if touched:
            self.shows.touch(touched)
        if not touched and self.shows.due_at() > now and self.snapshot is not None:
            return
        if now - self._shown_at < self._rest_seconds:
            self._touched |= touched
            return
        self._shown_at = now
        # A moment on the way to the one that is asked for: all of it will be shown again once that is reached.
        self._touched = set(Topic) if self._is_behind() else set()
        self.snapshot = self.floor.snapshot(self.reached())
        self.shows.build(self.snapshot)
        self.on_change(frozenset({""}))

    @property
    def _rest_seconds(self) -> float:
        return BUSY_SECONDS if self._next_at < inf or self.snapshot is None else OPENING_SECONDS

    async def _until_due(self) -> None:
        """Wait for a wake-up, the next rule instant, or a panel that is due; at least once a second."""
        due_at = -inf if self._touched or self.floor.touched() else self.shows.due_at()
        # Never before `_show` would show it: a panel that is due in the meantime must not make this loop spin.
        seconds = min(1.0, max(due_at, self._shown_at + self._rest_seconds) - self._patience())
        if seconds > 0:
            try:
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
            except TimeoutError:
                pass
        self._woken.clear()


def _begins_watch(item: Decoded) -> bool:
    """Whether the rules are asked from this item on: from the marker, or from the first line that is not backfill."""
    return item.line is not None or any(isinstance(event, WatchBegan) for event in item.events)
