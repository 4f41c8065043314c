"""The versions of a journal's file, and how one becomes the next.

Rules
- A version is its place in `STEPS`: a new file takes every step, an older one those that it lacks.
- An older file is copied first, beside itself; a copy never takes the place of another.
- All steps are one transaction of one process; whoever waited for it finds nothing left to do. Killed in the middle,
  the file is as it was.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from floorwatch.journal.place import make_file, sync
from floorwatch.journal.shapes import UnusableJournalError
from floorwatch.words import _

Step: TypeAlias = Sequence[str]
"""The statements that make the next version."""

APPLICATION = int.from_bytes(b"flwj")
"""What SQLite's header says of whose file it is."""

STEPS: tuple[Step, ...] = (
    (
        """
        CREATE TABLE entries (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            at REAL NOT NULL,
            author TEXT NOT NULL,
            event TEXT NOT NULL
        )
        """,
        """
        CREATE TRIGGER entries_stay_as_they_are BEFORE UPDATE ON entries
        BEGIN SELECT raise(ABORT, 'an entry of the journal stays as it is'); END
        """,
    ),
)
"""AUTOINCREMENT: the number of an entry that was purged is never given again."""

# One statement, one moment: somebody may be making the file between two.
_HEADER = """
    SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
        EXISTS (SELECT 1 FROM sqlite_master)
"""


def version_of(connection: sqlite3.Connection, path: Path | None, steps: Sequence[Step]) -> int:
    """The version of the file, 0 for one without anything in it. Raises UnusableJournalError where it is no journal,
    or one of a newer version, and sqlite3.Error."""
    application, version, is_used = connection.execute(_HEADER).fetchone()
    if application == APPLICATION:
        if version <= len(steps):
            return int(version)
        said = _("{path} is of version {version}, and this floorwatch knows {known}; use a newer floorwatch")
        raise UnusableJournalError(said.format(path=path, version=version, known=len(steps)), _("of a newer version"))
    if application or version or is_used:
        said = _("{path} belongs to another program; name another file as the journal")
        raise UnusableJournalError(said.format(path=path), _("not a journal"))
    return 0


def bring_up(connection: sqlite3.Connection, path: Path | None, steps: Sequence[Step], above: int = 0) -> None:
    """Make it the version of these steps; a new file numbers its entries from above `above`.

    `connection` commits by itself and is in no transaction. Raises UnusableJournalError, sqlite3.Error and OSError.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection, path, steps)
        if version and version < len(steps) and path is not None:
            _copy(path, version)
        for step in steps[version:]:
            for statement in step:
                connection.execute(statement)
        if above and not version:
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('entries', ?)", (above,))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:  # whatever stopped it, the file stays as it was; raised again
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _copy(path: Path, version: int) -> None:
    """Copy what is committed, whole or not at all. Nobody else is here: the caller holds the journal's writing lock."""
    copy = _free_name(path, version)
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    make_file(unfinished)
    # A reader of its own: SQLite copies nothing through a connection that is writing.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.rename(copy)
    sync(path.parent)


def _free_name(path: Path, version: int) -> Path:
    name = path.with_name(f"{path.name}.bak-v{version}")
    number = 2
    while name.exists():
        name = path.with_name(f"{path.name}.bak-v{version}-{number}")
        number += 1
    return name
