"""A program on a pseudo-terminal of its own: what it writes, when it does, and what it costs.

Rules
- Nobody waits for the reader: `settle` and `wait_for` read all the time, so that a program is never held up by us.
- What is waited for is what a person sees: the screen as it is drawn, or, to see that something was drawn anew, the
  words that were written since a mark. Of what stands there already a program writes only the cells that differ.
- The screen is drawn when somebody looks at it: while a program is measured, what it writes is only counted and kept.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from floorwatch.app.terminal import PROBE
from tests.drawn_screen import DrawnScreen

ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", PROBE.encode(): b"\x1b[1;5R\x1b[1;2R"}
"""What a terminal of today answers: it can paint a frame at once; the cursor stands behind two Chinese characters, then
behind one narrow sign."""

_CONTROL = re.compile(
    rb"\x1b(?:\[[0-9;?<>=$ ]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[=>()][0-9A-B]?)"
)
_PIECE = 1 << 16


class Terminal:
    """One program on a terminal of `size` (columns, rows). Ended by `close`."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (160, 45), env: Mapping[str, str] | None = None
    ) -> None:
        self.began = perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            _become(command, size, env or {})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.bytes_written = 0
        self.last_output_at = self.began
        self._recent = b""
        self._screen = DrawnScreen(*size)
        self._undrawn: list[bytes] = []
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")

    def fileno(self) -> int:
        """For `select`."""
        return self.fd

    def press(self, key: str) -> float:
        """Send a key; the instant at which it was sent. What came before is forgotten."""
        self._recent = b""
        now = perf_counter()
        os.write(self.fd, key.encode())
        return now

    def forget(self) -> None:
        """Look only at what comes from now on."""
        self._recent = b""

    def has_written(self, word: str) -> bool:
        """Whether `word` (a pattern) stands in what was read so far."""
        return re.search(word.encode(), self.words) is not None

    def shows(self, words: str) -> bool:
        """Whether a line of the screen holds these words (a pattern)."""
        for piece in self._undrawn:
            self._screen.write(self._decoder.decode(piece))
        self._undrawn.clear()
        return any(re.search(words, line) for line in self._screen.lines)

    def row(self, words: str) -> str:
        """The first line of the screen that holds these words (a pattern); "" where there is none."""
        self.shows(words)
        return next((line for line in self._screen.lines if re.search(words, line)), "")

    def wait_until_shown(self, words: str, seconds: float = 30.0) -> float:
        """The instant at which a line of the screen held these words (a pattern). Raises TimeoutError."""
        until = perf_counter() + seconds
        while not self.shows(words):
            if perf_counter() > until:
                raise TimeoutError(f"{words!r} was not shown within {seconds:g} s:\n" + "\n".join(self._screen.lines))
            self.read(until - perf_counter())
        return self.last_output_at

    def wait_for(self, word: str, seconds: float = 30.0) -> float:
        """The instant at which `word` (a pattern) stood in what was written. Raises TimeoutError."""
        until = perf_counter() + seconds
        while not self.has_written(word):
            if perf_counter() > until:
                last = self.words[-400:]
                raise TimeoutError(f"{word!r} was not written within {seconds:g} s; the last words were {last!r}")
            self.read(until - perf_counter())
        return self.last_output_at

    @property
    def words(self) -> bytes:
        """What was written since the last `press` or `forget`, without control sequences; the last 256 KiB of it."""
        return _CONTROL.sub(b"", self._recent)

    def settle(self, seconds: float) -> None:
        """Read for so long."""
        settle([self], seconds)

    def wait_until_quiet(self, seconds: float, at_most: float = 10.0) -> None:
        """Read until nothing was written for so long."""
        until = perf_counter() + at_most
        while self.read(seconds) and perf_counter() < until:
            pass

    def read(self, seconds: float = 0.0) -> bool:
        """Read once what is there, or comes within `seconds`; whether there was anything."""
        if not select.select([self.fd], [], [], max(0.0, seconds))[0]:
            return False
        try:
            piece = os.read(self.fd, _PIECE)
        except OSError:  # the program has ended
            return False
        self.last_output_at = perf_counter()
        self.bytes_written += len(piece)
        for question, answer in ANSWERS.items():
            if question in piece:
                os.write(self.fd, answer)
        self._recent = (self._recent + piece)[-4 * _PIECE :]
        self._undrawn.append(piece)
        return True

    def processor_seconds(self) -> float:
        """Processor time of all threads so far, to the microsecond."""
        return sum(int(_read(task / "schedstat").split()[0]) for task in Path(f"/proc/{self.pid}/task").iterdir()) / 1e9

    def private_mib(self) -> float:
        """Memory that nobody else shares, MiB."""
        return _rollup(self.pid, "Private_Clean", "Private_Dirty")

    def proportional_mib(self) -> float:
        """Memory with its part of what is shared, MiB."""
        return _rollup(self.pid, "Pss")

    def close(self) -> None:
        """End the program."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def settle(terminals: Iterable[Terminal], seconds: float) -> None:
    """Read from all of them for so long."""
    everyone, until = list(terminals), perf_counter() + seconds
    while (left := until - perf_counter()) > 0:
        for terminal in select.select(everyone, [], [], left)[0]:
            terminal.read()


def _become(command: Sequence[str], size: tuple[int, int], env: Mapping[str, str]) -> None:
    # Compiled code is kept, as it is wherever floorwatch is installed.
    unwanted = ("NO_COLOR", "TEXTUAL_FPS", "PYTHONDONTWRITEBYTECODE")
    plain = {name: value for name, value in os.environ.items() if name not in unwanted}
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    try:
        os.execvpe(command[0], list(command), {**plain, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env})
    finally:
        os._exit(127)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):  # a thread that has just ended
        return "0"


def _rollup(pid: int, *names: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return sum(found[name] for name in names) / 1024
