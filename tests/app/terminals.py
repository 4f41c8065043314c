"""A real terminal for tests: a process on a pty of its own, keys for it, what it draws, and a line that drops."""

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20.0
_OWNED = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
"""Makes the pty the terminal of the process, so that the system hangs up when it goes, and becomes the command."""


class Terminal:
    """A process on a terminal; `drawn` is all it wrote so far."""

    def __init__(self, command: Sequence[str], size: tuple[int, int]) -> None:
        self._near, far = os.openpty()
        columns, rows = size
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.drawn = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWNED, *command],
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
            cwd=ROOT,
            env={**_environment(), "TERM": "xterm-256color", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"},
        )
        os.close(far)

    def type(self, keys: str) -> None:
        """Press these keys, all at once as a slow line delivers them."""
        os.write(self._near, keys.encode())

    def until(self, words: str, since: int = 0) -> int:
        """Wait until this is drawn behind the mark `since`; the mark of everything drawn until now."""
        end = time.monotonic() + PATIENCE_SECONDS
        while words.encode() not in self.drawn[since:]:
            left = end - time.monotonic()
            ready, _w, _x = select.select([self._near], [], [], max(0.0, left))
            assert ready, f"in vain: {words!r}"
            try:
                self.drawn += os.read(self._near, 1 << 16)
            except OSError as ended:
                said = self.drawn[-2000:].decode(errors="replace")
                raise AssertionError(f"the process ended before it drew {words!r}: {said}") from ended
        return len(self.drawn)

    def hang_up(self) -> None:
        """The line drops."""
        if self._near >= 0:
            os.close(self._near)
            self._near = -1

    def ended(self) -> int:
        """Its exit status, once it ended; whatever it still draws goes nowhere."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self._near >= 0 and self.process.poll() is None and time.monotonic() < end:
            ready, _w, _x = select.select([self._near], [], [], 0.05)
            try:
                self.drawn += os.read(self._near, 1 << 16) if ready else b""
            except OSError:
                break
        return self.process.wait(PATIENCE_SECONDS)


def _environment() -> dict[str, str]:
    """Ours without a size: a worker of pytest-xdist has one, which would stand above the terminal's own."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}


@contextmanager
def terminal(*command: str, size: tuple[int, int] = (120, 36)) -> Iterator[Terminal]:
    """The command on a terminal; it is gone at the end."""
    opened = Terminal(command, size)
    try:
        yield opened
    finally:
        opened.hang_up()
        opened.process.kill()
        opened.process.wait()
