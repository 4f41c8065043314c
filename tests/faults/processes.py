"""A `floorwatch` process on the stage: what it says, line after line, and the signals that it is sent."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from floorwatch.engine.system_clock import monotonic

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0


class WatchProcess:
    """`floorwatch --config CONFIG WORDS`, which prints a state as a line of JSON every now and then."""

    def __init__(self, config: Path, words: Sequence[object]) -> None:
        paths = os.pathsep.join((str(ROOT), str(ROOT / "plugins")))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "floorwatch", "--config", str(config), "--no-plugins", *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
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
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def _next(self, seconds: float) -> dict[str, Any]:
        state = self._said.get(timeout=seconds)
        assert state is not None, f"it ended with {self.process.wait()}: {''.join(self.complaints)}"
        return state

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # the last one of a process that was killed may be torn
                self._said.put(json.loads(line))
        self._said.put(None)

    def _hear(self) -> None:
        assert self.process.stderr is not None
        self.complaints += (line.decode() for line in self.process.stderr)
