"""A `floorwatch` process on the stage: what it says, line after line, and the signals that it is sent."""

import json
import os
import queue
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from floorwatch.engine.system_clock import monotonic
from tests.patience import PATIENCE_SECONDS
from tests.warm import NOTHING, WarmProcess


class WatchProcess:
    """`floorwatch --config CONFIG WORDS`, which prints a state as a line of JSON every now and then."""

    def __init__(self, config: Path, words: Sequence[object]) -> None:
        said, complained = os.pipe(), os.pipe()
        with NOTHING.open("rb") as nothing:
            command = ("floorwatch", "--config", config, "--no-plugins", *words)
            self.process = WarmProcess(command, (nothing.fileno(), said[1], complained[1]), Path.cwd())
        os.close(said[1])
        os.close(complained[1])
        self._stdout, self._stderr = os.fdopen(said[0], "rb"), os.fdopen(complained[0], "rb")
        self.complaints: list[str] = []
        self._said: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=read, daemon=True) for read in (self._listen, self._hear)]
        for thread in self._threads:
            thread.start()

    def state(self) -> dict[str, Any]:
        """The next state that it prints, from now on: what it printed before is passed over."""
        while not self._said.empty():
            self._next(PATIENCE_SECONDS)
        return self._next(PATIENCE_SECONDS)

    def until(self, claim: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        """The first state from now on of which the claim holds."""
        end = monotonic() + PATIENCE_SECONDS
        state = self.state()
        while not claim(state):
            assert monotonic() < end, f"in vain: {what}\n{state}"
            state = self._next(PATIENCE_SECONDS)
        return state

    def until_lines(self, number: int) -> dict[str, Any]:
        """The first state in which so many lines have been read in all its feeds."""
        return self.until(lambda state: sum(feed["lines"] for feed in state["feeds"].values()) >= number, f"{number}")

    def stop(self) -> None:
        """SIGSTOP: it stands still until `go_on`."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """SIGCONT."""
        self.process.send_signal(signal.SIGCONT)

    def leave(self, number: int = signal.SIGTERM) -> int:
        """Tell it to leave; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def close(self) -> None:
        """End it, however that goes (kill -9); may be called twice."""
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
        self._stdout.close()
        self._stderr.close()

    def _next(self, seconds: float) -> dict[str, Any]:
        state = self._said.get(timeout=seconds)
        assert state is not None, f"it ended with {self.process.wait()}: {''.join(self.complaints)}"
        return state

    def _listen(self) -> None:
        for line in self._stdout:
            if line.endswith(b"\n"):  # the last one of a process that was killed may be torn
                self._said.put(json.loads(line))
        self._said.put(None)

    def _hear(self) -> None:
        self.complaints += (line.decode() for line in self._stderr)
