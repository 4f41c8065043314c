"""A file that is new and its writer's alone: what is there is never written over, and half a file is none."""

import os
from contextlib import suppress
from pathlib import Path

OWN = 0o600


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError where it is, OSError (with its name) for all else."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWN)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
    except OSError as error:  # a full disk names no file
        with suppress(OSError):
            file.unlink()
        raise OSError(error.errno, error.strerror, str(file)) from None
