"""Whether a journal could be written now, found out without writing into it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from floorwatch.journal.opening import MEMORY, SQLITE
from floorwatch.journal.trouble import trouble_with

PATIENCE_SECONDS = 2.0


def file_of(url: str) -> Path | None:
    """The file of a journal on this machine; None for one in memory, or of another kind."""
    if url == MEMORY or "://" in url:
        return None
    return Path(url.removeprefix(SQLITE)).expanduser().absolute()


def try_to_write(file: Path) -> None:
    """Take the lock of a journal that is there, as an append does, and let it go. Raises JournalError with what stands
    in the way."""
    try:
        place = f"{file.as_uri()}?mode=rw"
        with closing(sqlite3.connect(place, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except (sqlite3.Error, OSError) as error:
        raise trouble_with(file, error) from error
