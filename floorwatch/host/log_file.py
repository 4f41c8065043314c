"""A small file of a log, for reading afterwards: bounded in size, and of the person's own eyes only.

Rules
- The file is opened for each write: several floorwatches of one person may write to it. One of them turns it over,
  alone and after another look: a second turn right after the first would throw away all that was put aside.
- Nothing is made on disk before the first write. The first write that fails is the last: its reason is kept.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from floorwatch.computed import computed_once
from floorwatch.settings.own_folders import make_own
from floorwatch.words import _

FILE_BYTES = 1_000_000
"""A file that would grow larger becomes NAME.log.1, in the place of the one before it."""


class LogFile:
    """Written from any thread; never raises OSError. `where` is asked for its path at the first need of it."""

    def __init__(self, where: Callable[[], Path]) -> None:
        self._where = where
        self.trouble = ""
        self._lock = threading.Lock()

    @computed_once
    def path(self) -> Path:
        """Where it is, or would be."""
        return self._where()

    def write(self, text: str) -> None:
        """Add the text."""
        raw = text.encode("utf-8", "backslashreplace")
        with self._lock:
            if self.trouble:
                return
            try:
                self._turn_over(len(raw))
                self._append(raw)
            except OSError as error:
                said = _("{path} cannot be written ({why}): nothing more is written there until the next start")
                self.trouble = said.format(path=self.path, why=error.strerror)

    def _turn_over(self, more: int) -> None:
        if self._has_room(more):
            return
        with _alone_in(self.path.parent) as is_alone:
            if is_alone and not self._has_room(more):
                self.path.replace(self.path.with_name(f"{self.path.name}.1"))

    def _has_room(self, more: int) -> bool:
        try:
            return self.path.stat().st_size + more <= FILE_BYTES
        except FileNotFoundError:
            make_own(self.path.parent)
            return True

    def _append(self, raw: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(raw)


class LogFileApart(LogFile):
    """The same, written by a thread of its own: a disk that hangs holds up nobody who writes. What waits when the
    process ends is lost, unless somebody waits for it."""

    def __init__(self, where: Callable[[], Path]) -> None:
        super().__init__(where)
        self._waiting: SimpleQueue[str | threading.Event] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def write(self, text: str) -> None:
        """Add the text when there is time for it."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._go_on, name="own log", daemon=True)
            self._thread.start()
        self._waiting.put(text)

    def settle(self, patience_seconds: float) -> None:
        """Wait until everything is written, for no longer than this."""
        if self._thread is not None:
            done = threading.Event()
            self._waiting.put(done)
            done.wait(patience_seconds)

    def _go_on(self) -> None:
        while True:
            match self._waiting.get():
                case str() as text:
                    super().write(text)
                case done:
                    done.set()


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Whether no other floorwatch turns a file over in the folder meanwhile. Waits for nobody."""
    if sys.platform == "win32":  # a folder cannot be opened there, nor a file be renamed that another has open
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _is_locked_by_us(handle)
    finally:
        os.close(handle)


def _is_locked_by_us(handle: int) -> bool:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return not isinstance(error, BlockingIOError)  # some network drives know no locks: turned over all the same
    return True
