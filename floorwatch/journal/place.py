"""Where a journal lies: a file that this person alone may read, in a folder that is made with it.

Rules
- A link is refused: the folder of what it leads to may be open to others.
- An existing file is never opened from here: to close it again would drop every lock that this process has on it.
- The rights of a file that is there already are its owner's choice, and stay.
"""

import os
import stat
from pathlib import Path
from typing import TypeAlias

from floorwatch.journal.shapes import UnusableJournalError
from floorwatch.words import _

Identity: TypeAlias = tuple[int, int]
"""Device and inode: as long as it is held open, no other file has them."""


def identity_of(path: Path) -> Identity | None:
    """Which file lies there; None for none. Raises UnusableJournalError for what is no file, and OSError."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        said = _("{path}: a part of this path is a file, not a folder; name another journal")
        raise UnusableJournalError(said.format(path=path), _("not a journal")) from None
    if stat.S_ISREG(found.st_mode):
        return found.st_dev, found.st_ino
    raise UnusableJournalError(_what_else(path, found.st_mode), _("not a journal"))


def make_file(path: Path) -> None:
    """An empty file for this person alone, whatever the umask; one that is there stays as it is. Raises OSError."""
    _make_folder(path.parent)
    try:
        made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return
    try:
        os.fchmod(made, 0o600)
        os.fsync(made)
    finally:
        os.close(made)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make the names in a folder, or the bytes of a file without locks, durable. Raises OSError."""
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    folder.chmod(0o700)
    sync(folder.parent)


def _what_else(path: Path, mode: int) -> str:
    if stat.S_ISLNK(mode):
        said = _("{path} is a link; name the file that it leads to, {target}, as the journal")
        return said.format(path=path, target=os.path.realpath(path))
    if stat.S_ISDIR(mode):
        return _("{path} is a folder; name a file in it as the journal").format(path=path)
    return _("{path} is not a file; name another journal").format(path=path)
