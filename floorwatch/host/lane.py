"""One daemon thread per plugin, with a one-slot mailbox per job: plugin code runs here and hurts nobody else.

Rules
- A newer job with the same key takes the place of one that has not begun; different keys take turns.
- A job that does not come back holds up its own plugin only. After `GIVEN_UP_SECONDS` it is given up, and told to have
  failed: its lane is left behind, the plugin gets a new one. A loop in Python can be stopped from outside, a thread
  that sleeps cannot.
- What was given up rests before it is begun again, each time for longer; and a plugin with `MOST_STUCK` threads that
  never came back gets no more, until somebody asks for it: months of hanging must not be months of threads.
- Nothing ever waits for these threads to end. (A ThreadPoolExecutor would, at exit.)
- Lanes take turns, and the screen is before them (`turns`).
- `on_done` is called in the lane's thread, once for each job that ran in a lane not left behind; of a job that was
  replaced nothing more is heard.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from floorwatch.host.failure import Failure
from floorwatch.host.stopping import stop, whereabouts
from floorwatch.host.turns import Turns
from floorwatch.words import _

GIVEN_UP_SECONDS = 5.0
"""A job that takes longer is given up: a panel of 1,000 seats is built in 15 ms."""
GIVEN_UP_AGAIN_SECONDS = 1.0
"""One that was given up before, and is tried again."""
MOST_A_LOOK_SECONDS = 2.0
"""No more than this counts between two looks, which come once a second: while a process was stopped nobody worked."""
SHORTEST_REST_SECONDS, LONGEST_REST_SECONDS = 10.0, 300.0
"""Of what was given up once, and many times in a row."""
MOST_STUCK = 3
"""Threads of one plugin that may be stuck at once."""

T = TypeVar("T")


class Returned(Struct, Generic[T], frozen=True):
    """A job came back with a value after `seconds`."""

    value: T
    seconds: float


class Raised(Struct, frozen=True):
    """A job raised after `seconds`."""

    failure: Failure
    seconds: float


Result: TypeAlias = Returned[T] | Raised


class Running(Struct, frozen=True):
    """The job that a lane is busy with, and since when by the monotonic clock."""

    key: Hashable
    since: float


class _Job(Struct, frozen=True):
    function: Callable[[], Any]
    on_done: Callable[[Result[Any]], None]


class Lane:
    """The thread of one plugin. It starts with the first job; any thread may submit."""

    def __init__(self, plugin: str, monotonic: Callable[[], float], turns: Turns | None = None) -> None:
        """`turns` are those of the lanes beside it (None: there are none)."""
        self.plugin = plugin
        self._monotonic = monotonic
        self._turns = turns or Turns(monotonic)
        self._mailbox: dict[Hashable, _Job] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._running: Running | None = None
        self._job: _Job | None = None
        self._open = True

    @property
    def running(self) -> Running | None:
        """What the lane is busy with now."""
        return self._running

    @property
    def is_alive(self) -> bool:
        """Whether the thread exists still; a lane that was left behind ends with its job, if that ever ends."""
        return self._thread is not None and self._thread.is_alive()

    def submit(self, key: Hashable, function: Callable[[], T], on_done: Callable[[Result[T]], None]) -> None:
        """Have `function` called in turn and its result told to `on_done`. Does nothing in a lane left behind."""
        self._post({key: _Job(function, on_done)})

    def abandon(self) -> None:
        """Leave the lane behind: whatever runs is not heard of again, what had not begun never runs."""
        self._leave()

    def successor(self) -> "Lane":
        """Leave this lane behind; the jobs that had not begun go on in the new one."""
        lane = Lane(self.plugin, self._monotonic, self._turns)
        lane._post(self._leave())
        self._stop()
        return lane

    def excuse(self, seconds: float) -> None:
        """So much of the time was not its own; no job began later than now."""
        with self._changed:
            if self._running is not None:
                since = min(self._running.since + seconds, self._monotonic())
                self._running = Running(self._running.key, since)

    def give_up(self) -> tuple["Lane", Hashable, Failure] | None:
        """Leave this lane behind for the job that it is busy with, which is told that it failed; the new lane, the key
        of the job, and why. None where it is not busy after all."""
        with self._changed:
            running, job, thread = self._running, self._job, self._thread
            if running is None or job is None or thread is None:
                return None
            place = whereabouts(thread)
            waiting, self._mailbox, self._open = self._mailbox, {}, False
        self._stop()
        seconds = self._monotonic() - running.since
        said = _("does not come back: given up after {seconds:.0f} s").format(seconds=seconds)
        failure = Failure(f"{said} ({place})" if place else said)
        job.on_done(Raised(failure, seconds))
        lane = Lane(self.plugin, self._monotonic, self._turns)
        lane._post(waiting)
        return lane, running.key, failure

    def _stop(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            stop(self._thread, Lane._called.__code__)

    def _leave(self) -> dict[Hashable, _Job]:
        with self._changed:
            self._open = False
            waiting, self._mailbox = self._mailbox, {}
            self._changed.notify()
        return waiting

    def _post(self, jobs: dict[Hashable, _Job]) -> None:
        with self._changed:
            if not self._open or not jobs:
                return
            self._mailbox.update(jobs)  # a key that waits already keeps its turn
            if not self.is_alive:
                self._thread = threading.Thread(target=self._work, name=f"floorwatch-lane-{self.plugin}", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _work(self) -> None:
        while self._work_once():
            pass

    def _work_once(self) -> bool:
        """Run the next job; False when the lane is closed. An idle lane is not in here, so it holds no snapshot."""
        job = self._take()
        if job is None:
            return False
        self._turns.take(job)
        result = self._called(job.function)
        if not self._open:  # what others wait with must not be touched by a thread in which anything may be raised
            return False
        self._turns.give(job)
        with self._changed:
            self._running = self._job = None
            is_wanted = self._open
        if is_wanted:
            job.on_done(result)
        return is_wanted

    def _take(self) -> _Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._mailbox or not self._open)
            if not self._open:
                return None
            key = next(iter(self._mailbox))
            self._running = Running(key, self._monotonic())
            self._job = self._mailbox.pop(key)
            return self._job

    def _called(self, function: Callable[[], Any]) -> Result[Any]:
        began = self._monotonic()
        try:
            value = function()
        except BaseException as error:  # noqa: BLE001  # plugin code: sys.exit() in a job must end the job, not the lane
            return Raised(Failure.of(error), self._monotonic() - began)
        return Returned(value, self._monotonic() - began)


class _Rest(Struct, frozen=True):
    """What was given up so often in a row, why, and until when it rests."""

    times: int
    failure: Failure
    until: float


class Lanes:
    """The lanes of all plugins, by plugin name; used from one thread (the event loop's)."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._turns = Turns(monotonic)
        self._lanes: dict[str, Lane] = {}
        self._left_behind: list[Lane] = []
        self._pardoned: dict[str, int] = {}
        self._rests: dict[tuple[str, Hashable], _Rest] = {}
        self._looked_at = monotonic()

    def submit(
        self, plugin: str, key: Hashable, function: Callable[[], T], on_done: Callable[[Result[T]], None]
    ) -> None:
        """Have `function` called in the plugin's lane and its result told to `on_done`, in that lane's thread; of what
        is not begun because it rests, at once."""
        refusal = self._refusal(plugin, key)
        if refusal is not None:
            on_done(Raised(refusal, 0.0))
            return
        if plugin not in self._lanes:
            self._lanes[plugin] = Lane(plugin, self._monotonic, self._turns)
        self._lanes[plugin].submit(key, function, on_done)

    def _refusal(self, plugin: str, key: Hashable) -> Failure | None:
        rest = self._rests.get((plugin, key))
        if rest is not None and self._monotonic() < rest.until:
            return rest.failure
        stuck = self.left_behind(plugin)
        if stuck < MOST_STUCK + self._pardoned.get(plugin, 0):
            return None
        return Failure(_("{n} of its threads never came back: it is left alone until F5").format(n=stuck))

    def running(self, plugin: str) -> Running | None:
        """What the plugin is busy with now."""
        lane = self._lanes.get(plugin)
        return None if lane is None else lane.running

    def busy_seconds(self, plugin: str) -> float:
        """For how long the plugin has been busy with one job; 0 when it is not."""
        running = self.running(plugin)
        return 0.0 if running is None else self._monotonic() - running.since

    def give_up_overdue(self) -> None:
        """Give up every job that takes too long. To be called once a second: what passed beyond that is held against
        nobody, since the process was stopped, or the machine slept."""
        now = self._monotonic()
        stopped, self._looked_at = now - self._looked_at - MOST_A_LOOK_SECONDS, now
        for plugin, lane in list(self._lanes.items()):
            if stopped > 0.0:
                lane.excuse(stopped)
            running = lane.running
            if running is None or self._monotonic() - running.since <= self._patience_with(plugin, running.key):
                continue
            given_up = lane.give_up()
            if given_up is not None:
                self._lanes[plugin], key, failure = given_up
                self._leave_behind(lane)
                self._have_rest((plugin, key), failure)

    def _patience_with(self, plugin: str, key: Hashable) -> float:
        return GIVEN_UP_AGAIN_SECONDS if (plugin, key) in self._rests else GIVEN_UP_SECONDS

    def make_way(self) -> None:
        """Somebody waits for the screen: begin nothing for a moment, until `go_on`. Any thread."""
        self._turns.make_way()

    def go_on(self) -> None:
        """They wait no longer."""
        self._turns.go_on()

    def restart(self, plugin: str) -> None:
        """Give the plugin a new lane; what runs in the old one is not heard of again, what waited goes on."""
        old = self._lanes.get(plugin)
        if old is not None:
            self._lanes[plugin] = old.successor()
            self._leave_behind(old)

    def pardon(self, plugin: str) -> None:
        """Somebody wants it to be tried again, whatever was."""
        self._pardoned[plugin] = self.left_behind(plugin)
        self._rests = {key: rest for key, rest in self._rests.items() if key[0] != plugin}

    def left_behind(self, plugin: str) -> int:
        """How many threads of the plugin are stuck in a job that was given up: each may still eat processor time."""
        return sum(lane.plugin == plugin and lane.is_alive for lane in self._left_behind)

    def close(self) -> None:
        """Let idle threads end, without waiting for any; leaving the process does not need it."""
        for lane in self._lanes.values():
            lane.abandon()
        self._lanes.clear()

    def _leave_behind(self, lane: Lane) -> None:
        self._left_behind = [each for each in (*self._left_behind, lane) if each.is_alive]

    def _have_rest(self, key: tuple[str, Hashable], failure: Failure) -> None:
        now = self._monotonic()
        # What has rested for as long again is forgotten: keys of single questions come only once.
        self._rests = {key: each for key, each in self._rests.items() if now < each.until + LONGEST_REST_SECONDS}
        times = self._rests[key].times + 1 if key in self._rests else 1
        rest = min(LONGEST_REST_SECONDS, SHORTEST_REST_SECONDS * 2.0 ** min(times - 1, 10))
        self._rests[key] = _Rest(times, failure, now + rest)
