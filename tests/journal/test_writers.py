"""Several processes on one journal: nothing lost, nothing doubled, everybody in their own order."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from floorwatch.journal.sqlite import SqliteJournal
from tests.journal.entries import names_in
from tests.journal.writers import Writer

EACH = 60


@pytest.mark.slow
def test_four_writers_lose_and_double_nothing(path: Path) -> None:
    with ExitStack() as writing:
        for writer in [writing.enter_context(Writer(path, name, 1, EACH)) for name in "abcd"]:
            assert writer.finish()[-1] == EACH
    names = names_in(path)
    assert Counter(names) == Counter(f"{name}{number}" for name in "abcd" for number in range(1, EACH + 1))
    for prefix in "abcd":
        own = [int(name[1:]) for name in names if name[0] == prefix]
        assert own == sorted(own)


@pytest.mark.slow
def test_writers_of_the_same_entries_write_each_once(path: Path) -> None:
    with ExitStack() as writing:
        for writer in [writing.enter_context(Writer(path, "n", 1, EACH)) for _ in range(3)]:
            assert writer.finish()[-1] == EACH
    assert names_in(path) == [f"n{number}" for number in range(1, EACH + 1)]


@pytest.mark.slow
def test_a_writer_that_is_killed_again_and_again_disturbs_no_other(path: Path) -> None:
    acknowledged, dice = 0, Random(8)
    with Writer(path, "b", 1, 4 * EACH) as one, Writer(path, "c", 1, 4 * EACH) as other:
        for _ in range(10):
            acknowledged = max(acknowledged, Writer(path, "a", acknowledged + 1, 10**9).kill(dice))
        assert [each.finish()[-1] for each in (one, other)] == [4 * EACH, 4 * EACH]
    counted = Counter(names_in(path))
    assert set(counted.values()) == {1}
    assert counted.keys() >= {f"a{number}" for number in range(1, acknowledged + 1)}
    assert sum(name[0] in "bc" for name in counted) == 8 * EACH


def test_what_another_process_wrote_is_there_at_once(path: Path, journal: SqliteJournal) -> None:
    assert list(journal.since(0)) == []
    journal.is_changed()
    Writer(path, "n", 1, 5).finish()
    assert journal.is_changed()
    assert [entry.id for entry in journal.since(0)] == ["n1", "n2", "n3", "n4", "n5"]
