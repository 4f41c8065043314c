"""The journal in a file of SQLite, for every floorwatch on this machine; without a path, in memory.

Rules
- One transaction an append, on a write-ahead log that is synced before the append returns.
- The file is made at the first append. Which file lies there is looked at around every use: nothing is acknowledged
  that went into a file somebody had deleted or replaced.
- After a failure the connection is given up: the next use starts afresh.
- Not for a network disk: the processes share memory.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from floorwatch.feeds.jsonl import UNREADABLE, encode
from floorwatch.journal.migration import STEPS, Step, bring_up, version_of
from floorwatch.journal.place import identity_of, make_file, sync
from floorwatch.journal.shapes import Entry, JournalError, NewEntry
from floorwatch.journal.trouble import trouble_with
from floorwatch.model.events import AnyEvent
from floorwatch.words import _

PATIENCE_SECONDS = 2.0
"""How long another writer is waited for."""
PAGE_BYTES = 1_024
"""A note changes three or four pages, and each is summed and written whole: at the 99th percentile an append took
1.4 times a bare sync of a fast disk with these, 1.8 times with SQLite's usual 4,096."""
LOG_PAGES = 4_000
"""How long the log grows, 4 MiB, before an append carries it over into the file, which takes it 1 to 2 ms."""
APART = 1_000_000
"""How far above the last number that was seen a journal begins which takes the place of one that is gone: who has read
more of the old one than we have still reads all of the new one."""

_COLUMNS = "seq, id, at, author, CAST(event AS BLOB)"
_BY_ID = f"SELECT {_COLUMNS} FROM entries WHERE id = ?"
_AFTER = f"SELECT {_COLUMNS} FROM entries WHERE seq > ? ORDER BY seq LIMIT ?"
_INSERT = "INSERT INTO entries (id, at, author, event) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
_DELETE = "DELETE FROM entries WHERE id = ?"

_decode = msgspec.json.Decoder(AnyEvent).decode


class SqliteJournal:
    """A journal in one file, or in memory. Nothing is touched before the first use."""

    def __init__(self, path: Path | None, steps: Sequence[Step] = STEPS) -> None:
        """In memory where `path` is None. `steps` are the versions of a file that this journal knows."""
        self._url = "memory:" if path is None else f"sqlite:{path}"
        self._path = None if path is None else path.absolute()
        self._log = None if self._path is None else self._path.with_name(f"{self._path.name}-wal")
        self._steps = steps
        self._connection: sqlite3.Connection | None = None
        self._files: object = None  # which are open: the file and its log
        self._highest = 0
        self._writings = 0
        self._asked: object = None

    @property
    def url(self) -> str:
        """What it was opened by."""
        return self._url

    def append(self, entries: Sequence[NewEntry]) -> Sequence[Entry]:
        """The entries as they stand in the journal, durable. Raises JournalError."""
        if not entries:
            return []
        rows = [_row(entry) for entry in entries]
        with self._guarded():
            connection = self._opened() or self._made()
            self._begin(connection)
            new = connection.executemany(_INSERT, rows).rowcount
            found = [_entry(connection.execute(_BY_ID, row[:1]).fetchone()) for row in rows]
            connection.execute("COMMIT")
            if not new:
                self._sync_log()
        self._writings += 1
        self._highest = max(self._highest, *(entry.seq for entry in found))
        return found

    def since(self, seq: int, most: int = 10_000) -> Sequence[Entry]:
        """The entries after `seq` in their order, at most so many. Raises JournalError."""
        with self._guarded():
            connection = self._opened()
            found = [] if connection is None else [_entry(row) for row in connection.execute(_AFTER, (seq, most))]
        if found:
            self._highest = max(self._highest, found[-1].seq)
        return found

    def is_changed(self) -> bool:
        """Whether there may be something new, from here or from others, since this was last asked. Never raises."""
        state = self._state()
        changed = state is None or state != self._asked
        self._asked = state
        return changed

    def purge(self, ids: Collection[str]) -> int:
        """Delete these entries for good, in the file and in its log; how many there were. Raises JournalError."""
        with self._guarded():
            connection = self._opened()
            if connection is None:
                return 0
            self._begin(connection)
            purged = connection.executemany(_DELETE, [(each,) for each in ids]).rowcount
            connection.execute("COMMIT")
            self._writings += 1
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy == 1:
                said = _(
                    "{path}: the entries are deleted, but another program keeps what they said in {log}; try again"
                )
                raise JournalError(said.format(path=self._path, log=self._log), _("locked"))
        return max(0, purged)

    def close(self) -> None:
        """Let go of the file; what is in memory is gone. Another use opens it again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # Closing carries the log over into the file; where that fails, the next who opens it does.
            with suppress(sqlite3.Error):
                connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What is raised in between ends the connection, and comes out as a JournalError with its sentence."""
        try:
            yield
            self._check_place()
        except BaseException as error:  # a connection that anything interrupted is in no known state; raised again
            self._give_up()
            if isinstance(error, UnicodeDecodeError):  # SQLite names what is damaged in the file's own rotten bytes
                raise trouble_with(self._path, _damaged()) from error
            if isinstance(error, sqlite3.Error | OSError):
                raise trouble_with(self._path, error) from error
            raise

    def _opened(self) -> sqlite3.Connection | None:
        """The connection; None where nobody has written anything yet."""
        if self._connection is not None:
            self._check_place()
            return self._connection
        if self._path is None or (file := identity_of(self._path)) is None:
            return None
        connection = _connect(self._path)
        try:
            version = version_of(connection, self._path, self._steps)
        except BaseException:  # nobody else knows of the connection yet, to close it; raised again
            connection.close()
            raise
        if not version:
            connection.close()
            return None
        return self._prepared(connection, file)

    def _made(self) -> sqlite3.Connection:
        """The connection to a file that is made now, or was by somebody else a moment ago."""
        if self._path is None:
            return self._prepared(_connect(None), None)
        make_file(self._path)
        file = identity_of(self._path)
        return self._prepared(_connect(self._path), file)

    def _prepared(self, connection: sqlite3.Connection, file: object) -> sqlite3.Connection:
        try:
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # for a file with nothing in it, and no other
            _log_ahead(connection)
            # `fullfsync` is what macOS calls a sync that the disk itself takes part in.
            for pragma in ("synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
            if version_of(connection, self._path, self._steps) < len(self._steps):
                bring_up(connection, self._path, self._steps, self._highest and self._highest + APART)
            log = self._log and identity_of(self._log)
        except BaseException:  # nobody else knows of the connection yet, to close it; raised again
            connection.close()
            raise
        self._connection, self._files = connection, (file, log)
        return connection

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Begin to write. Raises UnusableJournalError where a newer floorwatch has migrated the file meanwhile."""
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] > len(self._steps):
            version_of(connection, self._path, self._steps)

    def _check_place(self) -> None:
        """Raise JournalError when the file or its log is not the one that is open: cheap, two looks at a folder."""
        if self._path is None or self._log is None or self._connection is None:
            return
        if (identity_of(self._path), identity_of(self._log)) != self._files:
            said = _("{path} was deleted or replaced while it was in use; what is there now is used from here on")
            raise JournalError(said.format(path=self._path), _("file replaced"))

    def _give_up(self) -> None:
        if self._path is not None:
            self.close()
        elif self._connection is not None:
            self._connection.rollback()

    def _sync_log(self) -> None:
        """Entries that stood there may have been written by somebody who was killed before the disk had them."""
        if self._log is not None:
            with suppress(FileNotFoundError):
                sync(self._log)

    def _state(self) -> object:
        """What changes with every writing; None where that cannot be told. Takes about 5 µs."""
        try:
            if self._connection is None:
                is_nothing = self._path is None or identity_of(self._path) is None
                return self._writings if is_nothing else None
            self._check_place()
            return self._writings, self._connection.execute("PRAGMA data_version").fetchone()
        except (JournalError, sqlite3.Error, OSError):
            return None


def _connect(path: Path | None) -> sqlite3.Connection:
    """A connection that commits by itself. It makes no file: SQLite would let everybody read it."""
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    place = f"{path.as_uri()}?mode=rw"
    return sqlite3.connect(place, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Give the file its write-ahead log; one in memory has none. Raises sqlite3.OperationalError.

    SQLite does not wait here for others who do the same. To lock the whole file does wait, and one of them is then
    through. Of six processes that made one file within a millisecond none needed a second round.
    """
    for _attempt in range(20):
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
            return
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")


def _row(entry: NewEntry) -> tuple[str, float, str, str]:
    return _storable(entry.id), entry.at, _storable(entry.author), encode(entry.event).decode()


def _storable(text: str) -> str:
    """`text` with U+FFFD for a lone surrogate, which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _entry(row: Any) -> Entry:
    seq, name, at, author, raw = row
    if not (isinstance(name, str) and isinstance(at, float) and isinstance(author, str) and isinstance(raw, bytes)):
        raise _damaged()  # SQLite itself does not look whether a page that rotted still has what its table says
    try:
        return Entry(seq, name, at, author, _decode(raw))
    except UNREADABLE:
        return Entry(seq, name, at, author, None)


def _damaged() -> sqlite3.DatabaseError:
    """What SQLite raises where it sees the damage itself."""
    error = sqlite3.DatabaseError("an entry is not what it should be")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
