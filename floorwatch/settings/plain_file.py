"""A file that people wrote, read whole: never a pipe or a device, which would be waited for or have no end."""

import os
import stat
from pathlib import Path

from floorwatch.words import _


def read_plain(path: Path) -> bytes:
    """All bytes of the file; none of the system's empty device. Raises OSError, also for what is no file."""
    # Without O_NONBLOCK the very opening of a pipe waits for whoever writes into it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not (stat.S_ISREG(os.fstat(handle).st_mode) or os.path.realpath(path) == os.devnull):
            raise OSError(None, _("a pipe or a device, no file"))
        return file.read()
