"""Where the C library keeps memory for the process, and gives it back.

Rules
- One heap for all threads: by itself glibc makes one for each, which keeps what its largest panel once took. One thread
  at a time runs Python here, so nobody waits for it.
- What is large has pages of its own and goes back to the system at once: by itself glibc takes more and more of it into
  the heap, which months of tables that grow and are let go then fill with holes.
- Other C libraries know neither word, and are left as they are.
"""

import ctypes
import os
from typing import Any

LARGE_BYTES = 128 * 1024
"""glibc's own first value: told to it, it stays."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # names and numbers of <malloc.h>


def keep_together() -> None:
    """For the process, from now on: to be called before there are threads."""
    setting = _of_c_library("mallopt")
    if setting is not None:
        for name, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, LARGE_BYTES), (_TRIM_THRESHOLD, LARGE_BYTES)):
            setting(name, value)


def give_back() -> None:
    """What was let go of goes back to the system, as 10 MiB of reading the day."""
    trim = _of_c_library("malloc_trim")
    if trim is not None:
        trim(0)


def _of_c_library(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None
