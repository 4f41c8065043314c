"""A switch that writes to a floor's log: lines of the floor's next hour, as fast as it is told, in a thread."""

import threading
from pathlib import Path
from time import time

from tests.bench.busy_floor import BusyFloor, at_time

BEAT_SECONDS = 0.02


class Switch:
    """`per_second` lines a second from `start` to `stop`, the floor's own lines with the time of their writing."""

    def __init__(self, floor: BusyFloor, per_second: float) -> None:
        self._floor = floor
        self._per_second = per_second
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="switch", daemon=True)
        self.written = 0

    def __enter__(self) -> "Switch":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        began = time()
        with self._floor.log.open("ab", buffering=0) as log:
            while not self._stopped.wait(BEAT_SECONDS):
                due = int((time() - began) * self._per_second)
                lines = self._floor.to_come[self.written : due]
                self.written += len(lines)
                log.write(b"".join(at_time(line, time()) for line in lines))


def append(log: Path, line: bytes) -> None:
    """One line, at once."""
    with log.open("ab", buffering=0) as file:
        file.write(line)
