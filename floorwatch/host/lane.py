"""One daemon thread per plugin, with a one-slot mailbox per job: plugin code runs here and hurts nobody else.

Rules
- A newer job with the same key takes the place of one that has not begun; different keys take turns.
- A job that does not come back holds up its own plugin only. No thread can be stopped from outside: such a lane is left
  behind and the plugin gets a new one.
- Nothing ever waits for these threads to end. (A ThreadPoolExecutor would, at exit.)
- `on_done` is called in the lane's thread, once for each job that ran in a lane not left behind; of a job that was
  replaced nothing more is heard.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from floorwatch.host.failure import Failure

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

    def __init__(self, plugin: str, monotonic: Callable[[], float]) -> None:
        self.plugin = plugin
        self._monotonic = monotonic
        self._mailbox: dict[Hashable, _Job] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._running: Running | None = None
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
        lane = Lane(self.plugin, self._monotonic)
        lane._post(self._leave())
        return lane

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
        result = self._called(job.function)
        with self._changed:
            self._running = None
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
            return self._mailbox.pop(key)

    def _called(self, function: Callable[[], Any]) -> Result[Any]:
        began = self._monotonic()
        try:
            value = function()
        except BaseException as error:  # noqa: BLE001  # plugin code: sys.exit() in a job must end the job, not the lane
            return Raised(Failure.of(error), self._monotonic() - began)
        return Returned(value, self._monotonic() - began)


class Lanes:
    """The lanes of all plugins, by plugin name; used from one thread (the event loop's)."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lanes: dict[str, Lane] = {}
        self._left_behind: list[Lane] = []

    def submit(
        self, plugin: str, key: Hashable, function: Callable[[], T], on_done: Callable[[Result[T]], None]
    ) -> None:
        """Have `function` called in the plugin's lane and its result told to `on_done`, in that lane's thread."""
        if plugin not in self._lanes:
            self._lanes[plugin] = Lane(plugin, self._monotonic)
        self._lanes[plugin].submit(key, function, on_done)

    def running(self, plugin: str) -> Running | None:
        """What the plugin is busy with now."""
        lane = self._lanes.get(plugin)
        return None if lane is None else lane.running

    def busy_seconds(self, plugin: str) -> float:
        """For how long the plugin has been busy with one job; 0 when it is not."""
        running = self.running(plugin)
        return 0.0 if running is None else self._monotonic() - running.since

    def restart(self, plugin: str) -> None:
        """Give the plugin a new lane; what runs in the old one is not heard of again, what waited goes on."""
        old = self._lanes.get(plugin)
        if old is not None:
            self._lanes[plugin] = old.successor()
            self._left_behind = [lane for lane in (*self._left_behind, old) if lane.is_alive]

    def left_behind(self, plugin: str) -> int:
        """How many threads of the plugin are stuck in a job that was given up: each may still eat processor time."""
        return sum(lane.plugin == plugin and lane.is_alive for lane in self._left_behind)

    def close(self) -> None:
        """Let idle threads end, without waiting for any; leaving the process does not need it."""
        for lane in self._lanes.values():
            lane.abandon()
        self._lanes.clear()
