"""The station: folds what the intakes hand over, asks the rules on their grid, and has panels built; on the event loop.

Rules
- Folding is capped per pass, so that a burst never delays a key press; what is left is folded in the next pass.
- Floor time only goes forward. A line that arrives after the rules were asked for an instant is stamped just after it:
  the order of the fold is the order of the recording, whatever threads do.
- Where the clock of a live floor leaps (it was set, or the machine slept), floor time goes on from where it is then: no
  instant in between is asked for, and what the feeds tell of that time is folded before the next one is.
- Before a rule instant everything received up to it is folded; nothing later is.
- A pass follows a wake-up at once when it is quiet, and `BUSY_SECONDS` after the last one when it is not.
- What people entered is stamped when it comes, whatever the clock of its writer said, and moves no time while the past
  is folded: an entry of months ago, or of tomorrow, leaves the lines of today where they are. So it is with documents,
  which are read now and speak of any day.
- A floor that is led (a replay's) is folded no further than its pace lets it, and is not shown on the way to a moment
  that somebody asked for. Gone on with from a keyframe, it goes on exactly as one that came there by folding.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from math import inf, nextafter

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.alerting import grid_instants
from floorwatch.engine.collector import leave_the_day_alone
from floorwatch.engine.decoding import Decoded, fold, received_by
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.handover import Batch
from floorwatch.engine.pace import AsItComes, FloorTime, Given, Pace
from floorwatch.engine.ruling import Rules
from floorwatch.engine.shows import Shows
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.watch_began import begins_watch
from floorwatch.model.entities import Topic
from floorwatch.model.floor import Floor
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.snapshot import FloorSnapshot

FOLD_SECONDS = 0.010
BUSY_SECONDS = 0.030
OPENING_SECONDS = 0.25
"""While the past is folded, every picture of it costs time that the day is waiting for: four a second show progress."""
RESTING_SECONDS = 0.5
"""While nobody sees the panels, pictures are for whoever enters something, and for what is said of it elsewhere."""

LOOK_EVERY = 32

CATCH_UP_SECONDS = 5.0
"""From a leap of the clock to the next rule instant, at least: the feeds are drained once a second, and until then a
floor that slept shows calls that ended long ago."""


class Begin(Struct, frozen=True):
    """How far a floor was folded that is gone on with: up to and with `at`, watched since `watched_since` (None: not
    yet). Instants before `instant` need not be looked at: what is up then is not asked for."""

    at: float = -inf
    watched_since: float | None = None
    instant: float = -inf


FROM_NOTHING = Begin()


class Station:
    """One floor with everything that moves it. `on_change` is told panel names, and "" when the heading changed;
    `on_pass` is called at least once a second, whether anything came or not; `on_watch` when the past is folded.
    `has_leapt` is asked whether floor time does not run on from where it was; None: it always does, as where it is led.
    """

    def __init__(
        self,
        floor: Floor,
        given: Given,
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
        self.on_watch: Callable[[], None] = leave_the_day_alone
        self.has_leapt: Callable[[], bool] | None = None
        self._given = given
        self._time = time
        self._rules = rules
        self._patience = patience
        self._pace: Pace = AsItComes()
        self._pending: deque[Decoded] = deque()
        self._marks: deque[tuple[int, Callable[[], None]]] = deque()  # whom to tell once so many items are folded
        self._came = self._done = 0  # items that came to be folded, and that were
        self.me = ""
        self.focus = NO_FOCUS
        self._next_at = inf  # the rule instant that comes next; inf until the watch begins
        self._folded_at = -inf  # floor time that has been folded to
        self._latest = -inf  # when the latest of what was folded was received: of the past, which has no order, too
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
        self._given.notify(wake)
        while True:
            more = await self.advance()
            self._pace.pass_over()
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
        """Floor time up to which everything has been folded and the rules were asked: the moment that can be shown. It
        never steps back while the floor goes on."""
        known = max(self._time.known(), self._folded_at)
        if self._folded_at == -inf or not self.is_behind:
            return known
        # What is left to be done begins there: up to then the floor was shown already, maybe long after its last entry.
        before = nextafter(self.left_at, -inf) if self._next_at < inf else -inf
        return max(self._folded_at, min(known, before))

    @property
    def is_settled(self) -> bool:
        """Whether everything that came is folded, and every panel that it touched was built and asks for nothing."""
        unseen = self.snapshot is None or bool(self._touched or self.floor.touched())
        on_the_way = self._pace.is_on_the_way or not self._rules.is_known
        return not (unseen or on_the_way or self.is_behind or self.shows.is_busy)

    @property
    def is_behind(self) -> bool:
        """Whether something is there to be folded now, or an instant to be asked for."""
        return self._has_due() or self._next_at <= self._time.known()

    @property
    def folded_to(self) -> float:
        """Floor time of the latest that was folded or asked for; -inf: of nothing yet."""
        return max(self._folded_at, self._latest)

    @property
    def left_at(self) -> float:
        """Floor time of the first that came and is left to be done, an entry or an instant; inf: nothing is."""
        return min(self._next_at, self._pending[0].received_at) if self._pending else self._next_at

    def _has_due(self) -> bool:
        return bool(self._pending) and self._pending[0].received_at <= self._pace.due()

    def look(self) -> FloorSnapshot:
        """The floor as of now, for whoever looks at it besides the panels, and takes nothing from them."""
        self._touched |= self.floor.touched()
        return self.floor.snapshot(self.reached())

    def wake(self) -> None:
        """Look again now: the clock was moved, or a panel shall be tried again."""
        self._woken.set()

    def be_led(self, pace: Pace) -> None:
        """Fold and show by this pace from now on."""
        self._pace = pace

    def restart(self, floor: Floor, given: Given, begin: Begin = FROM_NOTHING) -> None:
        """Go on with another floor: a replay goes to another moment."""
        self._given.notify(lambda: None)
        self.floor, self._given = floor, given
        floor.set_me(self.me)
        floor.set_focus(self.focus)
        self._pending.clear()
        self._done = self._came
        self._tell_folded()
        self._next_at, self._folded_at, self._stamp_from, self._latest = inf, begin.at, begin.at, begin.at
        if begin.watched_since is not None:
            self._asked(max(begin.watched_since, nextafter(max(begin.at, begin.instant), -inf)))
        self._touched = set(Topic)
        self._rules.begin(floor, -inf if begin.watched_since is None else begin.at)
        given.notify(self._notify)
        self.wake()

    def leap(self) -> None:
        """Another moment is reached that somebody asked for: it is shown at once, and nothing from before any more."""
        self._touched = set(Topic)
        self._shown_at = -inf
        self.shows.anew()

    def become(self, me: str) -> None:
        """This person looks at the floor from now on, and at the one that takes its place after a step back."""
        self.me = me
        self.floor.set_me(me)
        self.wake()

    def look_at(self, focus: Focus) -> None:
        """This alone is shown from now on, also of a floor that takes this one's place."""
        self.focus = focus
        self.floor.set_focus(focus)
        self.wake()

    def take(self, batch: Batch, then: Callable[[], None] | None = None) -> None:
        """Take in what did not come through an intake, before what is not due yet; `then` is called on the loop once
        all of it is folded, or has gone with its floor."""
        later = self._later()
        self._add(batch)
        self._pending.extend(later)
        if then is not None:
            self._marks.append((self._came, then))
            self._tell_folded()
        self._came += len(later)
        self.wake()

    def stamped(self, items: Iterable[Decoded]) -> list[Decoded]:
        """What people entered, as received now: after all that has come, and after the last instant at which the rules
        were asked. So stamped it is folded at that very time."""
        due = self._pace.due()
        came = next((item.received_at for item in reversed(self._pending) if item.received_at <= due), -inf)
        now = max(self._time.known(), self._stamp_from, came)
        return [replace(item, received_at=now) for item in items]

    def _later(self) -> list[Decoded]:
        """Take back what has come before its time: a replay was stopped in the midst of it."""
        due, later = self._pace.due(), []
        while self._pending and self._pending[-1].received_at > due:
            later.append(self._pending.pop())
        self._came -= len(later)
        return later[::-1]

    async def advance(self) -> bool:
        """One pass: fold what is there and ask the rules on the way. True when the pass was cut short."""
        stop_at = self._patience() + FOLD_SECONDS
        if self.has_leapt is not None and self.has_leapt():
            self._go_on_from(self._time.known())
        while True:
            if not self._pending:
                self._take()
            folded = self._fold_some()
            if folded:
                self._done += folded
                self._tell_folded()
            else:
                if self._next_at > (inf if self._has_due() else self._time.known()):
                    return False
                await self._ask(self._next_at)
            if self._patience() >= stop_at:
                return True

    def _fold_some(self) -> int:
        """Fold the first few that are due before the next rule instant, or at it; how many."""
        pending, left, due = self._pending, LOOK_EVERY, self._pace.due()
        while left and pending and pending[0].received_at <= min(self._next_at, due):
            item = pending.popleft()
            self._fold(item)
            left -= 1
            if item.is_document:  # which may hold as much as 30,000 lines
                break
        return LOOK_EVERY - left

    def _take(self) -> None:
        while not self._pending and (batch := self._given.take()) is not None:
            self._add(batch)
            self._time.complete(batch.source, batch.complete_to)

    def _add(self, batch: Batch) -> None:
        items = batch.items
        if self.has_leapt is not None and batch.complete_to > (now := self._time.known()):
            items = received_by(items, now)  # it was on its way when the clock was set back
        self._pending.extend(items)
        self._came += len(items)

    def _go_on_from(self, now: float) -> None:
        """The clock has leapt to `now`. Of a leap back, what was received later was received now."""
        self._pending = deque(received_by(self._pending, now))
        self._folded_at, self._stamp_from = min(self._folded_at, now), min(self._stamp_from, now)
        self._latest = min(self._latest, now)
        self.floor.set_back(now)
        if self._next_at < inf:
            self._asked(now + CATCH_UP_SECONDS)
        self.leap()

    def _tell_folded(self) -> None:
        while self._marks and self._marks[0][0] <= self._done:
            self._marks.popleft()[1]()

    def _fold(self, item: Decoded) -> None:
        self._latest = max(self._latest, item.received_at)
        if self._next_at == inf and (item.feed == JOURNAL or item.is_document):
            fold(self.floor, item)
            self.on_folded(item)
            return
        if item.received_at < self._stamp_from:
            item = replace(item, received_at=self._stamp_from)
        self._folded_at = self._stamp_from = item.received_at
        fold(self.floor, item)
        if self._next_at == inf and begins_watch(item):
            self._begin_watch(item.received_at)
        self.on_folded(item)

    async def _ask(self, instant: float) -> None:
        floor = self.floor

        def look() -> FloorSnapshot:
            self._touched |= floor.touched()
            return floor.snapshot(instant)

        await self._rules.hold_up(floor, instant, look)
        if floor is not self.floor:  # a replay went elsewhere meanwhile: this was an instant of the other floor
            return
        self._asked(instant)
        self._folded_at = max(self._folded_at, instant)
        self._stamp_from = max(self._stamp_from, nextafter(instant, inf))

    def _begin_watch(self, at: float) -> None:
        """The past is folded: rules are asked from here on."""
        self.on_watch()
        self._asked(at)

    def _asked(self, at: float) -> None:
        """The rules need not be asked again before the next instant after `at`."""
        every = self._rules.every_seconds
        self._next_at = next(grid_instants(at, at + 2 * every, every))

    def _show(self) -> None:
        if self._pace.is_on_the_way:
            return
        now = self._patience()
        touched = self.floor.touched() | self._touched | self._day_over()
        if touched:
            self.shows.touch(touched)
        if not touched and self.shows.due_at() > now and self.snapshot is not None:
            return
        if now - self._shown_at < self._rest_seconds:
            self._touched |= touched
            return
        self._shown_at = now
        # A moment on the way to the one that is asked for: all of it will be shown again once that is reached.
        self._touched = set(Topic) if self.is_behind else set()
        self.snapshot = self.floor.snapshot(self.reached())
        self.shows.build(self.snapshot)
        self.on_change(frozenset({""}))

    def _day_over(self) -> Set[Topic]:
        """Everything, where what was shown last is of a day that is over: after it nothing may happen for hours."""
        shown = self.snapshot
        return set(Topic) if shown and self.reached() >= shown.rules.days.end_of(shown.at) else frozenset[Topic]()

    @property
    def _rest_seconds(self) -> float:
        if self.shows.is_resting:
            return RESTING_SECONDS
        return BUSY_SECONDS if self._next_at < inf or self.snapshot is None else OPENING_SECONDS

    async def _until_due(self) -> None:
        """Wait for a wake-up, the next rule instant, or a panel that is due; at least once a second."""
        seconds = self._pace.rest_seconds
        if not self._pace.is_on_the_way:
            due_at = -inf if self._touched or self.floor.touched() else self.shows.due_at()
            # Never before `_show` would show it: a panel that is due in the meantime must not make this loop spin.
            seconds = min(seconds, max(due_at, self._shown_at + self._rest_seconds) - self._patience())
        if seconds > 0:
            try:
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
            except TimeoutError:
                pass
        self._woken.clear()
