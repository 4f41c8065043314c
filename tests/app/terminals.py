"""A real terminal for tests: a process on a pty of its own, keys for it, what it draws, and a line that drops.

Rules
- It answers what `answers` says, each question (the bytes that ask it) with its answer, and nothing else.
- It is read whenever somebody waits for it, and only then.
- A module of Python starts warm (tests/warm.py), unless it has an environment of its own or must be a cold one.
"""

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.drawn_screen import DrawnScreen
from tests.patience import PATIENCE_SECONDS
from tests.warm import WarmProcess

ROOT = Path(__file__).resolve().parents[2]
PATHS = f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"
QUIET_SECONDS = 0.5
_OWNED = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
"""Makes the pty the terminal of the process, so that the system hangs up when it goes, and becomes the command; ctrl+c
is heard, whatever whoever runs the tests ignores."""


class Terminal:
    """A process on a terminal; `drawn` is all it wrote so far. `env` stands above the environment that tests have."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int], env: Mapping[str, str] | None = None, cold: bool = False
    ) -> None:
        self._near, far = os.openpty()
        self.resize(*size)
        self.drawn = b""
        self.answers: dict[bytes, bytes] = {}
        environment = {**_environment(), "TERM": "xterm-256color", "PYTHONPATH": PATHS, **(env or {})}
        self.process: subprocess.Popen[bytes] | WarmProcess
        if command[:2] == (sys.executable, "-m") and not env and not cold:
            self.process = WarmProcess(command[2:], (far, far, far), ROOT, environment, owns_terminal=True)
        else:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _OWNED, *command],
                stdin=far,
                stdout=far,
                stderr=far,
                start_new_session=True,
                cwd=ROOT,
                env=environment,
            )
        os.close(far)

    def type(self, keys: str) -> None:
        """Press these keys, all at once as a slow line delivers them."""
        os.write(self._near, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Another size, of which the system tells the process (SIGWINCH)."""
        self._screen = DrawnScreen(columns, rows)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._on_screen = 0
        fcntl.ioctl(self._near, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, words: str, since: int = 0) -> int:
        """Wait until this is drawn behind the mark `since`; the mark of everything drawn until now."""
        return self.when(lambda: words.encode() in self.drawn[since:], words)

    def until_shown(self, words: str) -> int:
        """Wait until a line of the screen holds this, however it was drawn: of what stands there already only the cells
        that differ are drawn. The mark of everything drawn until now."""
        return self.when(lambda: any(words in line for line in self.lines()), words)

    def lines(self) -> Sequence[str]:
        """What the terminal shows of what was drawn so far."""
        self._screen.write(self._decoder.decode(self.drawn[self._on_screen :]))
        self._on_screen = len(self.drawn)
        return self._screen.lines

    def when(self, true: Callable[[], bool], words: str) -> int:
        """Wait until what is drawn makes this true, which is `words`; the mark of everything drawn until now."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not true():
            left = end - time.monotonic()
            ready, _w, _x = select.select([self._near], [], [], max(0.0, left))
            assert ready, f"in vain: {words!r}"
            try:
                self._read()
            except OSError as ended:
                said = self.drawn[-2000:].decode(errors="replace")
                raise AssertionError(f"the process ended before it drew {words!r}: {said}") from ended
        return len(self.drawn)

    def read_until_quiet(self) -> None:
        """Read on until nothing comes for a while."""
        while select.select([self._near], [], [], QUIET_SECONDS)[0]:
            self._read()

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
                if ready:
                    self._read()
            except OSError:
                break
        return self.process.wait(PATIENCE_SECONDS)

    def _read(self) -> None:
        mark = len(self.drawn)
        self.drawn += os.read(self._near, 1 << 16)
        for question, answer in self.answers.items():
            # A question may come in two pieces.
            if question in self.drawn[max(0, mark - len(question) + 1) :]:
                os.write(self._near, answer)


def _environment() -> dict[str, str]:
    """Ours without a size: a worker of pytest-xdist has one, which would stand above the terminal's own."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}


@contextmanager
def terminal(
    *command: str,
    size: tuple[int, int] = (120, 36),
    env: Mapping[str, str] | None = None,
    answers: Mapping[bytes, bytes] | None = None,
    cold: bool = False,
) -> Iterator[Terminal]:
    """The command on a terminal; it is gone at the end."""
    opened = Terminal(command, size, env, cold)
    opened.answers |= answers or {}
    try:
        yield opened
    finally:
        opened.hang_up()
        opened.process.kill()
        opened.process.wait()
