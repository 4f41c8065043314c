"""What guests print: into their own log, and never onto the terminal or into what a command writes.

Rules
- A stream asks whose code writes, and passes on what is our own. So it is at every time and in every thread: while
  a plugin is imported, in its hooks, in its panels, in threads of its own.
- What goes past Python (`os.write`, a child process, a library in C) is caught by `away_from_terminal`, while the
  screen is there: nobody can tell whose it is, so it is in a log of its own.
"""

import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from floorwatch.host.guests import AtWork, guest_in, see
from floorwatch.host.logbook import PREFIX
from floorwatch.words import _n

LONGEST_LINE = 500
MOST_WAITING = 200
"""Lines that are kept for a plugin whose log is not open yet: it is being imported."""
_PIECE = 1 << 16


class GuestStream:
    """A stream in front of another: what a guest writes goes into its log, all else where it went before."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """As of any stream."""
        guest = guest_in(sys._getframe(1))  # noqa: SLF001  # the caller is asked for, not us
        if guest is None:
            return self._stream.write(text)
        _PRINTED.add(guest, text)
        return len(text)

    def writelines(self, lines: Iterator[str]) -> None:
        """As of any stream."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stream)


class _Printed:
    """What guests have printed: line by line into their logs, once there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._torn: dict[str, str] = {}
        self._waiting: dict[str, deque[str]] = {}
        self._lines: dict[str, int] = {}
        self._open: set[str] = set()

    def begin(self, plugin: str) -> None:
        self._open.discard(plugin)
        for kept in (self._torn, self._waiting, self._lines):
            kept.pop(plugin, None)

    def add(self, guest: AtWork, text: str) -> None:
        with self._lock:
            *lines, rest = (self._torn.get(guest.plugin, "") + text).split("\n")
            self._torn[guest.plugin] = rest[-LONGEST_LINE:]
            count = self._lines[guest.plugin] = self._lines.get(guest.plugin, 0) + len(lines)
        if lines:
            said = _n(
                "printed {n} line ({place}): it is in its log",
                "printed {n} lines ({place}): they are in its log",
                count,
            )
            see(guest.plugin, "print", said.format(n=count, place=guest.place))
        for line in lines:
            self._tell(guest.plugin, line[:LONGEST_LINE])

    def open(self, plugin: str) -> None:
        self._open.add(plugin)
        for line in self._waiting.pop(plugin, ()):
            self._tell(plugin, line)

    def _tell(self, plugin: str, line: str) -> None:
        if plugin in self._open:
            logging.getLogger(PREFIX + plugin).info("printed: %s", line)
        else:
            self._waiting.setdefault(plugin, deque(maxlen=MOST_WAITING)).append(line)


_PRINTED = _Printed()


def hear_guests() -> None:
    """Stand in front of the streams that are there now; nothing where that is so already."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, GuestStream):
            setattr(sys, name, cast("TextIO", GuestStream(stream)))


def log_is_to_come(plugin: str) -> None:
    """The plugin is imported now, maybe once more: what it prints is kept until it has a log."""
    _PRINTED.begin(plugin)


def log_is_open(plugin: str) -> None:
    """The plugin has a log now: what it printed before goes there."""
    _PRINTED.open(plugin)


@contextmanager
def away_from_terminal(log: logging.Logger) -> Iterator[None]:
    """Within, only `sys.__stdout__` and `sys.__stderr__` lead to the terminal, to which a screen is drawn; what goes to
    the handles 1 and 2 goes into `log`. As before afterwards. Raises OSError where there are no handles left."""
    before = sys.__stdout__, sys.__stderr__
    kept = [os.dup(1), os.dup(2)]
    source, target = os.pipe()
    streams = [os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") for handle in kept]
    sys.__stdout__, sys.__stderr__ = streams  # type: ignore[misc]  # typeshed says final: Textual draws through them
    try:
        os.dup2(target, 1)
        os.dup2(target, 2)
        os.close(target)
        threading.Thread(target=_listen, args=(source, log), name="floorwatch-stray-output", daemon=True).start()
        yield
    finally:
        sys.__stdout__, sys.__stderr__ = before  # type: ignore[misc]  # as above
        for number, stream in zip((1, 2), streams, strict=True):
            with suppress(OSError, ValueError):
                stream.flush()
            os.dup2(stream.fileno(), number)
            # Not closed: the driver's writer may still hold it, and the process ends now.


def _listen(source: int, log: logging.Logger) -> None:
    rest = b""
    while piece := os.read(source, _PIECE):
        *lines, rest = (rest + piece).split(b"\n")
        rest = rest[-LONGEST_LINE:]
        for line in lines:
            log.warning("%s", line[:LONGEST_LINE].decode("utf-8", "replace"))
