from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.journal.sqlite import SqliteJournal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "floorwatch" / "floor.journal"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(path)
    yield opened
    opened.close()


@pytest.fixture
def other(path: Path) -> Iterator[SqliteJournal]:
    """The same file, open once more."""
    opened = SqliteJournal(path)
    yield opened
    opened.close()
