"""A file of an older version becomes one of this; ours is the older one here, of a floorwatch after this one."""

from contextlib import closing
from pathlib import Path
from stat import S_IMODE
from threading import Barrier, Thread

import pytest

from floorwatch.journal.migration import Step
from floorwatch.journal.shapes import JournalError, UnusableJournalError
from floorwatch.journal.sqlite import SqliteJournal
from tests.journal.entries import NEXT, asked, entries_in, note
from tests.journal.writers import Writer
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def old(path: Path, journal: SqliteJournal) -> Path:
    journal.append([note(f"n{number}") for number in range(1, 101)])
    journal.close()
    return path


def names_as_newer(path: Path) -> list[str]:
    """The ids as the floorwatch after this one reads them, who migrates the file first."""
    with closing(SqliteJournal(path, NEXT)) as newer:
        return [entry.id for entry in newer.since(0)]


def test_an_older_file_is_copied_and_becomes_the_newer_one(old: Path) -> None:
    before = entries_in(old)
    with closing(SqliteJournal(old, NEXT)) as newer:
        assert newer.since(0) == before
        newer.append([note("after")])
    copy = old.with_name("floor.journal.bak-v1")
    assert entries_in(copy) == before
    assert S_IMODE(copy.stat().st_mode) == 0o600
    assert asked(old, "PRAGMA user_version") == [(2,)]
    assert asked(old, "SELECT name FROM floors") == [("Floor",)]
    assert not list(old.parent.glob("*.unfinished*"))


def test_entries_that_are_still_in_the_log_are_in_the_copy(path: Path, journal: SqliteJournal) -> None:
    journal.append([note("a")])
    names_as_newer(path)
    assert [entry.id for entry in entries_in(path.with_name("floor.journal.bak-v1"))] == ["a"]


def test_a_copy_never_takes_the_place_of_another(old: Path) -> None:
    for name in ("floor.journal.bak-v1", "floor.journal.bak-v1-2"):
        old.with_name(name).write_text("kept")
    old.with_name("floor.journal.bak-v1-3.unfinished").write_text("left by a kill")
    names_as_newer(old)
    assert old.with_name("floor.journal.bak-v1").read_text() == "kept"
    assert old.with_name("floor.journal.bak-v1-2").read_text() == "kept"
    assert len(entries_in(old.with_name("floor.journal.bak-v1-3"))) == 100


def test_a_new_file_is_copied_by_nobody(path: Path) -> None:
    with closing(SqliteJournal(path, NEXT)) as newer:
        newer.append([note("a")])
    assert not list(path.parent.glob("*.bak*"))


def test_two_who_migrate_at_once_do_it_once(old: Path) -> None:
    both, found = Barrier(2), []

    def read() -> None:
        both.wait(PATIENCE_SECONDS)
        found.append(len(names_as_newer(old)))

    threads = [Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert found == [100, 100]
    assert [file.name for file in old.parent.glob("*.bak*")] == ["floor.journal.bak-v1"]


def test_processes_that_migrate_at_once_lose_nothing(old: Path) -> None:
    writers = [Writer(old, f"{name}", 1, 30, "newer") for name in "abc"]
    assert [writer.finish()[-1] for writer in writers] == [30, 30, 30]
    assert len(names_as_newer(old)) == 190
    assert [file.name for file in old.parent.glob("*.bak*")] == ["floor.journal.bak-v1"]


def test_a_step_that_fails_leaves_the_file_as_it_was(old: Path, journal: SqliteJournal) -> None:
    broken: tuple[Step, ...] = (*NEXT, ("DROP TRIGGER entries_stay_as_they_are", "DROP TABLE nothing_of_that_name"))
    with pytest.raises(JournalError, match="cannot be used"):
        SqliteJournal(old, broken).since(0)  # which lets go of it
    assert len(journal.since(0)) == 100
    assert asked(old, "PRAGMA user_version") == [(1,)]


def test_an_older_floorwatch_that_has_it_open_stops_writing(path: Path, journal: SqliteJournal) -> None:
    journal.append([note("a")])
    newer = SqliteJournal(path, NEXT)
    newer.append([note("b")])
    with pytest.raises(UnusableJournalError, match="of version 2, and this floorwatch knows 1"):
        journal.append([note("c")])
    assert [entry.id for entry in newer.since(0)] == ["a", "b"]
    newer.close()
