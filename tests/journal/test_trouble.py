"""A full disk, a failing one, a lock that is not let go: each said in its own words, nothing half done, and the next
append works."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from floorwatch.journal.migration import STEPS
from floorwatch.journal.shapes import Entry, JournalError
from floorwatch.journal.sqlite import SqliteJournal
from tests.journal.entries import names_in, note
from tests.patience import PATIENCE_SECONDS
from tests.warm import ROOT

LONG = "hard call " * 1_000
SMALL_DISK = (*STEPS[:-1], (*STEPS[-1], "PRAGMA max_page_count = 30"))
"""A file that is made by these finds no room for a 31st page, until it is opened anew."""


@pytest.fixture
def locker(path: Path, journal: SqliteJournal) -> Iterator[sqlite3.Connection]:
    """Somebody who writes, and does not come to an end."""
    journal.append([note("a")])
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


@pytest.mark.slow
def test_a_lock_that_is_not_let_go_is_said_and_waited_for_no_longer(
    journal: SqliteJournal, locker: sqlite3.Connection
) -> None:
    with pytest.raises(JournalError, match="is locked by another program for more than two seconds"):
        journal.append([note("b")])
    assert [entry.id for entry in journal.since(0)] == ["a"]
    locker.execute("ROLLBACK")
    journal.append([note("b")])
    assert [entry.id for entry in journal.since(0)] == ["a", "b"]


def test_a_lock_that_is_let_go_in_time_is_only_waited_for(journal: SqliteJournal, locker: sqlite3.Connection) -> None:
    goes_on = Event()
    found: list[Entry] = []

    def append() -> None:
        goes_on.set()
        found.extend(journal.append([note("b")]))

    thread = Thread(target=append)
    thread.start()
    assert goes_on.wait(PATIENCE_SECONDS)
    locker.execute("ROLLBACK")
    thread.join(PATIENCE_SECONDS)
    assert [entry.id for entry in found] == ["b"]


def test_a_full_disk_is_said_and_nothing_is_half_written(path: Path) -> None:
    with closing(SqliteJournal(path, SMALL_DISK)) as journal:
        journal.append([note("a")])
        many = [note(f"n{number}", LONG) for number in range(50)]
        with pytest.raises(JournalError, match=r"there is no room left for .*floor\.journal; free some space"):
            journal.append(many)
        assert [entry.id for entry in journal.since(0)] == ["a"]
        assert len(journal.append(many)) == 50
    assert names_in(path) == ["a", *(entry.id for entry in many)]


def test_a_full_journal_in_memory_keeps_what_it_has() -> None:
    with closing(SqliteJournal(None, SMALL_DISK)) as journal:
        journal.append([note("a")])
        with pytest.raises(JournalError, match="no room left for the journal in memory"):
            journal.append([note(f"n{number}", LONG) for number in range(50)])
        assert [entry.id for entry in journal.append([note("b")])] == ["b"]
        assert [entry.id for entry in journal.since(0)] == ["a", "b"]


def test_a_disk_that_refuses_a_write_is_said_and_the_next_append_works(path: Path) -> None:
    program = (  # the limit is a process's own, and its hard end cannot be raised again
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from floorwatch.journal.shapes import JournalError\n"
        "from floorwatch.journal.sqlite import SqliteJournal\n"
        "from tests.journal.entries import note\n"
        "journal = SqliteJournal(Path(sys.argv[1]))\n"
        "hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (80_000, hard))\n"
        "kept = []\n"
        "try:\n"
        "    for number in range(1_000):\n"
        "        kept.append(journal.append([note(f'n{number}', 'x' * 2_000)])[0].id)\n"
        "except JournalError as error:\n"
        "    print(error)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))\n"
        "kept.append(journal.append([note(f'n{number}')])[0].id)\n"
        "print(*kept)\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert not done.stderr
    said, kept = done.stdout.splitlines()
    assert "the disk failed for" in said
    assert names_in(path) == kept.split()
