"""The file of a journal: whose it is, who may read it, and what lies in its place."""

import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory

import pytest

from floorwatch.journal.shapes import JournalError, UnusableJournalError
from floorwatch.journal.sqlite import SqliteJournal
from tests.journal.entries import NEXT, asked, names_in, note

NOBODY = 65534


@pytest.fixture(params=[0o000, 0o022, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A folder of somebody without privileges, who we are meanwhile: the system's administrator may write anywhere."""
    with TemporaryDirectory() as name:
        if not os.getuid():
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield Path(name)
        Path(name).chmod(0o755)
        os.seteuid(os.getuid())


@pytest.mark.usefixtures("umask")
def test_only_this_person_may_read_what_was_made(tmp_path: Path) -> None:
    path = tmp_path / "share" / "floorwatch" / "floor.journal"
    journal = SqliteJournal(path)
    journal.append([note("a")])
    made = {file.relative_to(tmp_path).as_posix(): S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*")}
    journal.close()
    assert made == {
        "share": 0o700,
        "share/floorwatch": 0o700,
        "share/floorwatch/floor.journal": 0o600,
        "share/floorwatch/floor.journal-wal": 0o600,
        "share/floorwatch/floor.journal-shm": 0o600,
    }


def test_rights_that_were_given_stay(path: Path, journal: SqliteJournal) -> None:
    journal.append([note("a")])
    journal.close()
    path.chmod(0o660)
    path.parent.chmod(0o770)
    journal.append([note("b")])
    assert {S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o660}
    assert S_IMODE(path.parent.stat().st_mode) == 0o770


def test_reading_what_is_not_there_makes_nothing(path: Path, journal: SqliteJournal) -> None:
    assert list(journal.since(0)) == []
    assert journal.purge(["a"]) == 0
    journal.is_changed()
    assert not path.parent.exists()


def test_an_empty_file_is_an_empty_journal(path: Path, journal: SqliteJournal) -> None:
    path.parent.mkdir()
    path.touch()
    assert list(journal.since(0)) == []
    assert path.stat().st_size == 0
    journal.append([note("a")])
    assert names_in(path) == ["a"]


# --- what is no journal ----------------------------------------------------------------------------------------------


def _folder(path: Path) -> None:
    path.mkdir()


def _link(path: Path) -> None:
    path.symlink_to(path.with_name("other"))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _text(path: Path) -> None:
    path.write_text("1795300000|1.1|q|NONE|ENTERQUEUE||5550100|1\n" * 100)


def _short_text(path: Path) -> None:
    path.write_text("hello")


def _somebody_elses(path: Path) -> None:
    asked(path, "CREATE TABLE places (name TEXT)")


def _marked_as_somebody_elses(path: Path) -> None:
    asked(path, "PRAGMA application_id = 42")


def _newer(path: Path) -> None:
    with closing(SqliteJournal(path, NEXT)) as journal:
        journal.append([note("a")])


def _torn(path: Path) -> None:
    with closing(SqliteJournal(path)) as journal:
        journal.append([note(str(number)) for number in range(1_000)])
    with path.open("r+b") as file:
        file.seek(1_024)
        file.write(b"\xff" * (path.stat().st_size - 1_024))


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (_folder, "floor.journal is a folder; name a file in it"),
        (_link, "floor.journal is a link; name the file that it leads to, .*other, as the journal"),
        (_pipe, "floor.journal is not a file"),
        (_socket, "floor.journal is not a file"),
        (_text, "floor.journal is not a journal of floorwatch"),
        (_short_text, "floor.journal is not a journal of floorwatch"),
        (_somebody_elses, "floor.journal belongs to another program"),
        (_marked_as_somebody_elses, "floor.journal belongs to another program"),
        (_newer, "floor.journal is of version 2, and this floorwatch knows 1; use a newer floorwatch"),
        (_torn, "floor.journal is damaged; put a copy from before in its place"),
    ],
)
def test_what_is_no_journal_of_ours_is_refused_and_left_alone(
    path: Path, journal: SqliteJournal, put: Callable[[Path], None], said: str
) -> None:
    path.parent.mkdir()
    put(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(UnusableJournalError, match=said):
        journal.since(0)
    with pytest.raises(UnusableJournalError, match=said):
        journal.append([note("a")])
    assert journal.is_changed()
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    journal = SqliteJournal(tmp_path / "file" / "floor.journal")
    with pytest.raises(UnusableJournalError, match="a part of this path is a file"):
        journal.append([note("a")])


def test_a_folder_without_rights_to_write_is_said(nobodys: Path) -> None:
    nobodys.chmod(0o555)
    with closing(SqliteJournal(nobodys / "floor.journal")) as journal:
        assert list(journal.since(0)) == []
        with pytest.raises(JournalError, match="may not be written; allow it for its folder"):
            journal.append([note("a")])
        nobodys.chmod(0o755)
        assert journal.append([note("a")])[0].id == "a"


def test_a_file_without_rights_to_write_is_read_and_no_more(nobodys: Path) -> None:
    with closing(SqliteJournal(nobodys / "floor.journal")) as journal:
        journal.append([note("a")])
        journal.close()
        (nobodys / "floor.journal").chmod(0o400)
        assert [entry.id for entry in journal.since(0)] == ["a"]
        with pytest.raises(JournalError, match="may not be written"):
            journal.append([note("b")])
        for file in nobodys.iterdir():  # its log was made beside it with the same rights
            file.chmod(0o600)
        journal.append([note("b")])
        assert [entry.id for entry in journal.since(0)] == ["a", "b"]


def test_a_folder_that_may_not_be_looked_into_is_said(nobodys: Path) -> None:
    (nobodys / "closed").mkdir(mode=0o000)
    with pytest.raises(JournalError, match="may not be written; allow it for its folder"):
        SqliteJournal(nobodys / "closed" / "floor.journal").since(0)


# --- a file that changes under us ------------------------------------------------------------------------------------


def _deleted(path: Path) -> None:
    for file in path.parent.iterdir():
        file.unlink()


def _moved_away(path: Path) -> None:
    path.rename(path.with_name("kept"))


def _replaced(path: Path) -> None:
    with closing(SqliteJournal(path.with_name("new"))) as new:
        new.append([note("of another file")])
    path.with_name("new").rename(path)


@pytest.mark.parametrize("happens", [_deleted, _moved_away, _replaced])
def test_nothing_goes_into_a_file_that_is_gone(
    path: Path, journal: SqliteJournal, other: SqliteJournal, happens: Callable[[Path], None]
) -> None:
    last = journal.append([note("a"), note("b")])[-1]
    other.since(0)
    journal.is_changed()
    happens(path)
    assert journal.is_changed()
    with pytest.raises(JournalError, match="was deleted or replaced while it was in use"):
        journal.append([note("c")])
    (mine,) = journal.append([note("c")])
    with pytest.raises(JournalError, match="was deleted or replaced while it was in use"):
        other.since(last.seq)
    assert mine in other.since(0)
    assert "c" in names_in(path)


def test_a_new_file_counts_on_from_the_one_that_is_gone(
    path: Path, journal: SqliteJournal, other: SqliteJournal
) -> None:
    journal.append([note("a")])
    (unseen,) = other.append([note("b")])
    _deleted(path)
    with pytest.raises(JournalError, match="deleted"):
        journal.since(0)
    assert journal.append([note("c")])[0].seq > unseen.seq


def test_a_log_that_somebody_deleted_takes_nothing_with_it(path: Path, journal: SqliteJournal) -> None:
    journal.append([note("a")])
    path.with_name("floor.journal-wal").unlink()
    with pytest.raises(JournalError, match="deleted or replaced"):
        journal.append([note("b")])
    journal.append([note("b")])
    assert names_in(path) == ["a", "b"]


def test_closing_the_old_file_leaves_the_log_of_the_new_one(path: Path, journal: SqliteJournal) -> None:
    journal.append([note("a")])
    _deleted(path)
    with closing(SqliteJournal(path)) as new:
        new.append([note("b")])
        journal.close()
        assert path.with_name("floor.journal-wal").exists()
        new.append([note("c")])
        assert names_in(path) == ["b", "c"]


def test_a_file_without_a_write_ahead_log_gets_one(path: Path, journal: SqliteJournal) -> None:
    journal.append([note("a")])
    journal.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    journal.append([note("b")])
    assert asked(path, "PRAGMA journal_mode") == [("wal",)]
