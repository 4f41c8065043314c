"""Files and folders that one process holds, and others see that; it lets go when it closes them, or dies.

Where the system or the drive knows no locks, nothing is held, and nothing is seen.
"""

import os
import sys
from pathlib import Path


def hold(handle: int) -> bool:
    """Hold an open file or folder; False where somebody else does."""
    if sys.platform == "win32":
        return True
    import fcntl  # nothing of it is there on Windows

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some network drives know no locks
        return True
    return True


def share(handle: int) -> bool:
    """Hold an open file or folder beside others who `share` it; False where somebody holds it alone."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def is_held(path: Path) -> bool:
    """Whether somebody holds what is at this path, here or in another process. False when nothing is there."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not share(handle)
    finally:
        os.close(handle)
