"""Kill -9 at any moment: nothing that was acknowledged is lost, nothing doubled, and the next one goes on."""

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from floorwatch.journal.shapes import Entry
from floorwatch.journal.sqlite import SqliteJournal
from tests.journal.entries import NEXT, asked, names_in, note
from tests.journal.writers import Writer, kill_and_check

KILLS = 200
"""So many meet every step of an append; `FLOORWATCH_KILLS` of the benchmark `journal` kills more."""


@pytest.mark.slow
def test_kills_lose_no_acknowledged_entry_and_double_none(tmp_path: Path) -> None:
    path = tmp_path / "floor.journal"
    acknowledged = kill_and_check(path, KILLS, Random(4))
    last = acknowledged + 10
    Writer(path, "n", 1, last).finish()  # everything once more, whatever was there
    assert names_in(path) == [f"n{number}" for number in range(1, last + 1)]
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.slow
def test_others_who_have_it_open_read_on_while_writers_are_killed(tmp_path: Path) -> None:
    path, dice = tmp_path / "floor.journal", Random(5)
    reader = SqliteJournal(path)
    seen: list[Entry] = []
    acknowledged = 0
    for _ in range(20):
        acknowledged = max(acknowledged, Writer(path, "n", acknowledged + 1, 10**9).kill(dice))
        seen += reader.since(seen[-1].seq if seen else 0)
        assert [entry.id for entry in seen] == [f"n{number}" for number in range(1, len(seen) + 1)]
        assert len(seen) >= acknowledged
    reader.close()


@pytest.mark.slow
def test_a_kill_while_the_file_is_made_leaves_one_that_works(tmp_path: Path) -> None:
    dice = Random(6)
    for number in range(20):
        path = tmp_path / str(number) / "floor.journal"
        Writer(path, "n", 1, 10**9).kill_at_once(dice)
        assert Writer(path, "n", 1, 3).finish()[-1] == 3
        assert names_in(path)[:3] == ["n1", "n2", "n3"]


@pytest.mark.slow
def test_a_kill_in_the_middle_of_a_migration_leaves_it_usable(tmp_path: Path) -> None:
    dice = Random(7)
    for number in range(20):
        path = tmp_path / str(number) / "floor.journal"
        with closing(SqliteJournal(path)) as journal:
            journal.append([note(f"n{each}", "hard call " * 50) for each in range(1, 1_001)])
        Writer(path, "n", 1_001, 10**9, "newer").kill_at_once(dice)
        with closing(SqliteJournal(path, NEXT)) as newer:
            newer.append([note("last")])
            names = [entry.id for entry in newer.since(0)]
        assert names[:1_000] == [f"n{each}" for each in range(1, 1_001)]
        assert names[-1] == "last"
        for copy in path.parent.glob("*.bak-v1*"):
            if not copy.name.endswith(".unfinished"):
                assert asked(copy, "SELECT count(*) FROM entries") == [(1_000,)]
