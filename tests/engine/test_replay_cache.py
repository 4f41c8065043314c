"""What stays in the cache of logs that were written out, and what goes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorwatch.engine.replay_cache import HeldRecording, ReplayCache
from floorwatch.engine.written_out import Identity

NOW = 1_795_255_200.0
DAY = 86_400.0

Keep = Callable[..., HeldRecording]


def write(path: Path) -> None:
    """A recording of 1,000 bytes."""
    path.write_bytes(b"x" * 1000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "replays"


@pytest.fixture
def keep(folder: Path) -> Iterator[Keep]:
    """Have one in the cache, and look at it until the test is over, or it is let go."""
    held = []

    def recording(feeds: str, content: str = "1", now: float = NOW, most_bytes: int = 10_000) -> HeldRecording:
        held.append(ReplayCache(folder, most_bytes, 14).recording(Identity(feeds, content), "log", write, now))
        return held[-1]

    yield recording
    for each in held:
        each.let_go()


def names(folder: Path) -> list[str]:
    """What is in the cache."""
    return sorted(path.name for path in folder.iterdir())


def test_what_is_there_is_not_written_again(keep: Keep) -> None:
    first = keep("a").path.stat().st_ino

    assert keep("a").path.stat().st_ino == first


def test_of_the_same_feeds_the_last_content_stays(keep: Keep, folder: Path) -> None:
    keep("a").let_go()
    keep("b").let_go()
    keep("a", "2").let_go()

    assert names(folder) == ["a-2", "b-1"]


def test_what_was_not_used_for_long_goes(keep: Keep, folder: Path) -> None:
    keep("a", now=NOW - 20 * DAY).let_go()
    keep("b", now=NOW - 20 * DAY).let_go()
    keep("b", now=NOW - 10 * DAY).let_go()
    keep("c")

    assert names(folder) == ["b-1", "c-1"]


def test_the_longest_unused_goes_where_all_of_it_is_too_much(keep: Keep, folder: Path) -> None:
    for age, name in enumerate("abcd"):
        keep(name, now=NOW - age * 60).let_go()
    (folder / "a-1" / "log.floorlog.keyframes").write_bytes(b"x" * 500)

    keep("e", most_bytes=3000)

    assert names(folder) == ["a-1", "b-1", "e-1"]


def test_what_somebody_looks_at_stays(keep: Keep, folder: Path) -> None:
    looked_at = keep("a", now=NOW - 20 * DAY)
    keep("a", "2", most_bytes=0)

    assert names(folder) == ["a-1", "a-2"]
    looked_at.let_go()
    keep("b", most_bytes=0)
    assert names(folder) == ["a-2", "b-1"]


def test_what_could_not_be_written_is_not_there_and_is_tried_again(folder: Path, keep: Keep) -> None:
    def fail(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    with pytest.raises(OSError, match="No space left"):
        ReplayCache(folder).recording(Identity("a", "1"), "log", fail, NOW)

    assert keep("a").path.read_bytes() == b"x" * 1000


def test_a_part_that_a_killed_process_left_goes_and_one_that_is_being_written_stays(folder: Path, keep: Keep) -> None:
    (folder / "a-1").mkdir(parents=True)
    left, growing = (folder / "a-1" / f".log.floorlog.{process}" for process in (4_000_001, 4_000_002))
    for part, age in ((left, 3600), (growing, 1)):
        part.write_bytes(b"x" * 500)
        os.utime(part, (NOW - age, NOW - age))

    keep("a")

    assert names(folder / "a-1") == [".log.floorlog.4000002", "log.floorlog", "log.floorlog.ends"]


def test_a_cache_that_cannot_be_made_says_where(tmp_path: Path, folder: Path, keep: Keep) -> None:
    folder.write_text("a file of somebody's")

    with pytest.raises(OSError, match="replays"):
        keep("a")

    assert names(tmp_path) == ["replays"]
