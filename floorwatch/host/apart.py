"""An iterator that runs a guest's code, read in threads of its own: a call that does not come back ends the reading.

Rules
- A thread is made for `AT_ONCE` items and waited for: that costs 0.1 ms, and nothing is read before it is asked for.
- A thread that was left behind reads nothing more, should it come back, and touches nothing that others go on with.
"""

import threading
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from floorwatch.feeds.failing import FAILURES
from floorwatch.host.call_watch import CallWatch
from floorwatch.host.failure import Failure
from floorwatch.host.lane import GIVEN_UP_SECONDS
from floorwatch.host.patience import NotBackError
from floorwatch.host.stopping import stop

AT_ONCE = 2048
LOOK_SECONDS = 0.25

T = TypeVar("T")


def apart(
    items: Iterator[T], let_go: Callable[[], object] = lambda: None, patience_seconds: float = GIVEN_UP_SECONDS
) -> Iterator[T]:
    """The items. Where a call of a guest does not come back, NotBackError is raised once all that came before it is
    given; `let_go` is called then by the thread that was left behind, should it come back. Raises what the iterator
    raises; what nobody expects of it (KeyboardInterrupt) as NotBackError, too."""
    while True:
        some = _Some(items, let_go)
        why = some.wait(patience_seconds)
        found = some.taken()
        yield from found
        if why:
            raise NotBackError(why)
        if isinstance(some.error, FAILURES):
            raise some.error
        if some.error is not None:
            let_go()
            raise NotBackError(Failure.of(some.error).reason)
        if len(found) < AT_ONCE:
            return


class _Some(Generic[T]):
    """The next items, and the thread in which they are made."""

    def __init__(self, items: Iterator[T], let_go: Callable[[], object]) -> None:
        self._items = items
        self._let_go = let_go
        self._found: list[T] = []
        self._is_left = False
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="floorwatch-apart", daemon=True)

    def wait(self, patience_seconds: float) -> str:
        """Wait for all of them; why the thread was left behind, "" where it has ended."""
        watch = CallWatch(self._thread, patience_seconds)
        self._thread.start()
        while True:
            self._thread.join(LOOK_SECONDS)
            if not self._thread.is_alive():
                return ""
            if why := watch.look(LOOK_SECONDS):
                self._is_left = True
                stop(self._thread, _Some._take.__code__)
                return why

    def taken(self) -> list[T]:
        """Those that came."""
        return self._found.copy()

    def _run(self) -> None:
        try:
            self._take()
        except BaseException as error:  # noqa: BLE001  # plugin code: raised again where it is waited for
            self.error = error
        if self._is_left:
            self._let_go()

    def _take(self) -> None:
        for item in islice(self._items, AT_ONCE):
            if self._is_left:
                return
            self._found.append(item)
