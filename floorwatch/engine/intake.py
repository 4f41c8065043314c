"""Threads that bring lines in: one a feed, which drains, decodes and hands over, and never touches the floor.

Rules
- A feed is drained when it is woken and at least once a second, whatever its wake-up does.
- A guest's feed that does not come back is given up by whoever looks after it (`GuestIntakes`), and says so.
- What fails in a feed is its own: the thread goes on at the next beat, and the feed's health says why. In this thread
  nobody asks to leave: `sys.exit()` in a plugin's feed is a failure as any other, and would end the thread in silence.
"""

import threading
from collections.abc import Callable, Sequence
from math import inf, nextafter
from typing import Generic, Protocol, TypeVar

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.failure import Failure
from floorwatch.host.stopping import stop
from floorwatch.model.clock import Clock

HEARTBEAT_SECONDS = 1.0
BATCH_LINES = 2048

Entry = TypeVar("Entry")
Given_co = TypeVar("Given_co", covariant=True)


class Drained(Protocol[Given_co]):
    """What an intake drains: a feed."""

    name: str
    health: FeedHealth

    def drain(self, now: float, limit: int) -> Sequence[Given_co]:
        """What is due at `now`, in order."""
        ...

    @property
    def caught_up(self) -> bool:
        """Whether that was all."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class Intake(Generic[Entry]):
    """Drains one feed in a daemon thread of its own; `decode` runs in it too."""

    def __init__(
        self,
        feed: Drained[Entry],
        decode: Callable[[Sequence[Entry]], Sequence[Decoded]],
        clock: Clock,
        hand_over: HandOver,
        beat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self.feed = feed
        self._decode = decode
        self._clock = clock
        self._hand_over = hand_over
        self._beat_seconds = beat_seconds
        self._woken = threading.Event()
        self._past_given = threading.Event()
        self._stopped = False
        self._given_up = ""
        self._thread = threading.Thread(target=self._run, name=f"intake {feed.name}", daemon=True)

    @property
    def thread(self) -> threading.Thread:
        """The thread of its own."""
        return self._thread

    def start(self) -> None:
        """Begin draining."""
        self._thread.start()

    def give_up(self, why: str) -> None:
        """The thread is in a guest's call that does not come back: leave it behind. Nothing more comes of the feed, and
        its health says why."""
        self._stopped, self._given_up = True, why
        self._say(why)
        stop(self._thread, Intake._drained.__code__)
        self._past_given.set()

    def wait_for_past(self, seconds: float) -> bool:
        """Wait, in another thread, until all that was there at first is handed over; False when that takes longer."""
        return self._past_given.wait(seconds)

    def wake(self) -> None:
        """There may be something to drain; callable from any thread."""
        self._woken.set()

    def stop(self) -> None:
        """Ask the thread to end, which closes the feed. Does not wait."""
        self._stopped = True
        self._woken.set()

    def _run(self) -> None:
        while not self._stopped:
            now = self._clock.now()
            decoded, is_all = self._drained(now)
            complete_to = now if is_all else nextafter(decoded[-1].received_at, -inf)
            if not self._stopped:
                self._hand_over.put(Batch(self.feed.name, decoded, complete_to))
            if is_all:
                self._past_given.set()
                self._woken.wait(self._beat_seconds)
                self._woken.clear()
        self._close()
        if self._given_up:  # the feed may have said since that all is well
            self._say(self._given_up)

    def _drained(self, now: float) -> tuple[Sequence[Decoded], bool]:
        """What came, and whether that is all there is for now."""
        decoded: Sequence[Decoded] = ()
        try:
            decoded = self._decode(self.feed.drain(now, BATCH_LINES))
            return decoded, self.feed.caught_up or not decoded
        except BaseException as error:  # noqa: BLE001  # a feed may be a plugin's, and files fail in many ways: say it and try again
            self._fail(error)
            return decoded, True

    def _close(self) -> None:
        try:
            self.feed.close()
        except BaseException as error:  # noqa: BLE001  # as above; the traceback of a thread would be written over the screen
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        self._say(self._given_up or Failure.of(error).reason)

    def _say(self, reason: str) -> None:
        self.feed.health.state = "failed"
        self.feed.health.reason = reason
