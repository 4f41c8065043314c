"""A recording with its keyframes, for the tests of tapes: built once, lent to each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.indexed import IndexedTape
from tests.keyframes.tapes import Kept, tape_of


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("built"))


@pytest.fixture
def kept(built: Kept, tmp_path: Path) -> Kept:
    return built.lent(tmp_path)


@pytest.fixture
def whole(kept: Kept) -> Iterator[IndexedTape]:
    kept.place.write_bytes(kept.whole)
    tape = tape_of(kept)
    assert tape.refresh().is_whole
    yield tape
    tape.close()
