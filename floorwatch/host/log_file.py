"""A small file of a plugin's log, for reading afterwards: bounded in size, and of the person's own eyes only.

Rules
- The file is opened for each write: several floorwatches of one person may write to it, and one of them turns it over.
- Nothing is made on disk before the first write. The first write that fails is the last: its reason is kept.
"""

import os
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from floorwatch.words import _

FILE_BYTES = 1_000_000
"""A file that would grow larger becomes NAME.log.1, in the place of the one before it."""


class LogFile:
    """Written from any thread; never raises OSError. `where` is asked for its path at the first need of it."""

    def __init__(self, where: Callable[[], Path]) -> None:
        self._where = where
        self.trouble = ""
        self._lock = threading.Lock()

    @cached_property
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
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return
        if size + more > FILE_BYTES:
            self.path.replace(self.path.with_name(f"{self.path.name}.1"))

    def _append(self, raw: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(raw)
