"""What a failing disk or database means to the person at the screen: what, where, and what to do.

Rules
- Whether trying again can help is the class: a JournalError may pass, an UnusableJournalError does not.
"""

import errno
import sqlite3
from pathlib import Path

from floorwatch.journal.shapes import JournalError, UnusableJournalError
from floorwatch.words import _


def trouble_with(path: Path | None, error: sqlite3.Error | OSError) -> JournalError:
    """The error to raise. `path` None is the journal in memory."""
    where = _("the journal in memory") if path is None else str(path)
    if isinstance(error, OSError):
        return _passing(_kind_of(error), where, error.strerror or str(error))
    # The low byte is the kind, the rest the detail. An error of the sqlite3 module itself has no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    match code:
        case sqlite3.SQLITE_NOTADB:
            said = _("{path} is not a journal of floorwatch; name another file as the journal")
            return UnusableJournalError(said.format(path=where), _("not a journal"))
        case sqlite3.SQLITE_CORRUPT:
            said = _("{path} is damaged; put a copy from before in its place, and keep this one")
            return UnusableJournalError(said.format(path=where), _("damaged"))
        case _:
            return _passing(code, where, str(error))


def _passing(code: int, where: str, problem: str) -> JournalError:
    said, word = _words_of(code)
    return JournalError(said.format(path=where, problem=problem), word)


def _words_of(code: int) -> tuple[str, str]:
    """What is said of a kind of error, and in two words."""
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            said = _("{path} is locked by another program for more than two seconds; close that program, or try again")
            return said, _("locked")
        case sqlite3.SQLITE_FULL:
            said = _("there is no room left for {path}; free some space on its disk, then try again")
            return said, _("disk is full")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            said = _(
                "{path} may not be written; allow it for its folder and the files there that begin with its name,"
                " then try again"
            )
            return said, _("may not be written")
        case sqlite3.SQLITE_CANTOPEN:
            said = _(
                "{path} cannot be opened; allow reading and writing for its folder and the files there that begin with"
                " its name (in a folder that a group shares: chmod 2770 for the folder), then try again"
            )
            return said, _("cannot be opened")
        case sqlite3.SQLITE_IOERR:
            return _("the disk failed for {path} ({problem}); look after the disk, then try again"), _("disk failed")
        case _:
            return _("{path} cannot be used ({problem}); try again, or name another journal"), _("cannot be used")


def _kind_of(error: OSError) -> int:
    """SQLite's word for what the system refused."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return sqlite3.SQLITE_FULL
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return sqlite3.SQLITE_READONLY
        case errno.EIO:
            return sqlite3.SQLITE_IOERR
        case _:
            return sqlite3.SQLITE_ERROR
