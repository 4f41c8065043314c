"""Jobs for lanes, and where their results arrive; both are waited for."""

import threading
from queue import SimpleQueue
from typing import Any

from floorwatch.host.lane import Result, Returned
from tests.patience import PATIENCE_SECONDS


class Results:
    """Where results arrive, to be waited for."""

    def __init__(self) -> None:
        self._arrived: SimpleQueue[Result[Any]] = SimpleQueue()

    def __call__(self, result: Result[Any]) -> None:
        self._arrived.put(result)

    def next(self) -> Result[Any]:
        """The next result; fails the test when none comes."""
        return self._arrived.get(timeout=PATIENCE_SECONDS)

    def values(self, count: int) -> list[Any]:
        """The values of the next results."""
        results = [self.next() for _ in range(count)]
        return [result.value for result in results if isinstance(result, Returned)]


class Blocker:
    """A job that says when it began and ends when it is let go."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self._let_go = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self) -> str:
        self._thread = threading.current_thread()
        self.began.set()
        self._let_go.wait()
        return "blocker"

    def wait_until_it_began(self) -> None:
        """Fails the test when it does not."""
        assert self.began.wait(PATIENCE_SECONDS)

    def let_go(self) -> None:
        """Let the job end."""
        self._let_go.set()

    def join(self) -> None:
        """Wait for the end of the thread that ran the job."""
        assert self._thread is not None
        self._thread.join(PATIENCE_SECONDS)
