"""A folder of this process alone, for what holds numbers of callers and shall not outlive it.

Rules
- It is made when it is first needed, readable by its user alone (0700), where the system keeps what is temporary.
- It goes when whoever made it lets go of it. What a process that was killed has left, the next one removes: a folder of
  this user that nobody holds. Where nothing can be held (Windows), folders of others are left alone.
"""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from floorwatch.feeds.held import hold, is_held


class OwnFolder:
    """A folder whose name begins with `prefix`, in `parent` (None: where the system keeps what is temporary)."""

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        self._prefix = prefix
        self._parent = Path(tempfile.gettempdir()) if parent is None else parent
        self._path: Path | None = None
        self._handle: int | None = None

    def path(self) -> Path:
        """The folder; made now if it is not there yet, when what others left behind is removed too. Raises OSError."""
        if self._path is None:
            self._path = Path(tempfile.mkdtemp(prefix=self._prefix, dir=self._parent))
            if sys.platform != "win32":
                self._handle = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
                hold(self._handle)
            for left in self._left_behind(self._path):
                shutil.rmtree(left, ignore_errors=True)
        return self._path

    def remove(self) -> None:
        """Remove it with everything in it; nothing where it was never made. What is asked of it next makes another."""
        path, handle, self._path, self._handle = self._path, self._handle, None, None
        if path is not None:
            with suppress(OSError):
                # Under another name first: what still writes there would make files anew while it is emptied.
                path = path.rename(path.with_name(f"{path.name}-gone"))
            shutil.rmtree(path, ignore_errors=True)
        if handle is not None:
            os.close(handle)

    def _left_behind(self, ours: Path) -> Iterator[Path]:
        """Folders of this user that nobody holds; none where our own does not show as held."""
        if is_held(ours):
            for found in self._parent.glob(f"{self._prefix}*"):
                with suppress(OSError):
                    if _is_of_this_user(found) and not is_held(found):
                        yield found


def _is_of_this_user(folder: Path) -> bool:
    """Whether this user made it: where anybody may write, a name says nothing."""
    if sys.platform == "win32":
        return False
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
