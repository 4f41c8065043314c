"""Keyframes built by a thread of this process: for tests, and for whoever has no command line to start a child with.

Rules
- The house is nobody else's: alert rules remember what they saw last, and are asked here beside everything else.
- It rests between two steps, so that whoever else works in this process finds it willing.
"""

import os
import threading
from pathlib import Path

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.place import place_of
from floorwatch.feeds.failing import FAILURES

REST_SECONDS = 0.001


class ThreadBuilding:
    """`Building` of shapes, in a daemon thread; the keyframes stand at `out`, where they belong unless it is given."""

    def __init__(self, house: House, recording: str | os.PathLike[str], out: Path | None = None) -> None:
        self._house = house
        self._recording = os.fspath(recording)
        self._out = out
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.problem = ""
        """Why it has ended before its time; "" while it works, and when it is done."""

    def start(self) -> None:
        """Begin to build, unless that is being done."""
        if self._thread is None or not self._thread.is_alive():
            self.problem, self._stopped = "", threading.Event()
            self._thread = threading.Thread(target=self._run, args=(self._stopped,), name="keyframes", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Nobody needs it any more. Does not wait."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended; False when that takes longer."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _run(self, stopped: threading.Event) -> None:
        def told(_share: float) -> None:
            if stopped.wait(REST_SECONDS):
                raise _StoppedError

        try:
            build(self._house, self._recording, self._out or place_of(self._recording), told)
        except _StoppedError:
            pass
        except (
            FAILURES
        ) as error:  # decoders of plugins run here, and a thread's traceback would be written over the screen
            self.problem = str(error) or type(error).__name__


class _StoppedError(Exception):
    """Nobody needs it any more."""
