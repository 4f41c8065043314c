"""Opens the demo in a terminal of its own, waits until words are on it, and leaves: `open_in_demo.py PROGRAM WORD...`.

Rules
- The terminal is a pseudo-terminal of the standard library: what runs is what a person would start.
- Words that do not come within the patience fail, with what the terminal had shown.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE_SECONDS = 60.0
ROWS, COLUMNS = 50, 160
_ESCAPES = re.compile(
    r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[P^_].*?\x1b\\|[()][0-9A-B]|[=>78DEHMNOZc])", re.DOTALL
)


def open_in_demo(floorwatch: str, words: list[str]) -> str | None:
    """Start the demo, leave it once all words were shown; what was shown instead, or None when all is well."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", COLUMNS=str(COLUMNS), LINES=str(ROWS))
        os.execv(floorwatch, [floorwatch, "demo"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    shown, missing = b"", set(words)
    until = time.monotonic() + PATIENCE_SECONDS
    while missing and time.monotonic() < until:
        chunk = _read(terminal)
        if chunk is None:
            break
        shown += chunk
        text = _ESCAPES.sub("", shown.decode("utf-8", "replace"))
        missing = {word for word in missing if word not in text}
    text = _ESCAPES.sub("", shown.decode("utf-8", "replace"))
    status = _leave(child, terminal)
    if missing:
        return f"the demo did not show {sorted(missing)}; it showed:\n{text[-4000:]}"
    return None if status == 0 else f"the demo ended with status {status}"


def _read(terminal: int) -> bytes | None:
    """What came within a second; None when the terminal was closed."""
    if not select.select([terminal], [], [], 1.0)[0]:
        return b""
    try:
        return os.read(terminal, 65536) or None
    except OSError:  # Linux says so when the other end has gone
        return None


def _leave(child: int, terminal: int) -> int:
    """Press q as a person would, read what is said at the end, and return the exit status."""
    os.write(terminal, b"q")
    until = time.monotonic() + PATIENCE_SECONDS
    while _read(terminal) is not None:
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    said = open_in_demo(sys.argv[1], sys.argv[2:])
    sys.exit(said)
