"""Fault 13: an archive that is damaged, or cut off, is read up to there, once, and that is counted."""

import gzip
import os

import pytest

from floorwatch.feeds.reader import DAMAGED
from tests.faults.stage import Stage


@pytest.mark.parametrize("damage", ["cut", "corrupt"])
def test_fault_13_a_damaged_archive(stage: Stage, damage: str) -> None:
    stage.says(10_000)
    body = gzip.compress(stage.log.read_bytes())
    stage.log.unlink()
    # Appended to it: another archive that has no end, or no head.
    rest = gzip.compress(os.urandom(5_000))[:-4_000] if damage == "cut" else b"\xff" * 99
    stage.beside(".1.gz").write_bytes(body + rest)
    stage.says(5)
    followed = stage.follow()
    assert followed.lines[:10_000] == stage.said[:10_000]
    assert followed.lines[-5:] == stage.said[-5:]
    assert followed.health.rejected[DAMAGED] == 1
    assert stage.state()["feeds"]["queue_log"]["rejected"][DAMAGED] == 1


def test_fault_13_an_archive_that_is_cut_in_a_line(stage: Stage) -> None:
    stage.says(20_000)
    archive = stage.gzip(stage.rotate())
    os.truncate(archive, archive.stat().st_size // 2)
    stage.says(5)
    followed = stage.follow()
    read = len(followed.lines) - 5
    assert 5_000 < read < 15_000
    assert followed.lines[: read - 1] == stage.said[: read - 1]
    assert followed.lines[read:] == stage.said[-5:]
    assert followed.health.rejected[DAMAGED] == 1


@pytest.mark.parametrize("damage", ["cut", "corrupt"])
@pytest.mark.parametrize("said", [4, 60, 6000], ids=["a part of the head", "the head", "blocks"])
def test_fault_13_a_damaged_archive_of_what_was_read_gives_nothing_twice(stage: Stage, said: int, damage: str) -> None:
    stage.says(2)
    followed = stage.follow()
    stage.says(said)
    rotated = stage.rotate()
    stage.says(3)
    stage.pass_time(8)
    archive = stage.gzip(rotated)
    if damage == "cut":
        os.truncate(archive, archive.stat().st_size * 2 // 3)
    else:
        raw = archive.read_bytes()
        archive.write_bytes(raw[: len(raw) * 2 // 3] + b"\xff" * (len(raw) // 3))
    for _day in range(2):
        stage.rotate()
        stage.says(3)
        stage.pass_time(8)
    assert followed.lines == stage.said
    assert followed.health.possible_loss == 0


def test_fault_13_a_damaged_archive_that_nobody_has_read_is_read_up_to_the_damage(stage: Stage) -> None:
    stage.says(5)
    followed = stage.follow()
    stage.rotate()
    stage.says(60)
    archive = stage.gzip(stage.rotate())
    os.truncate(archive, archive.stat().st_size * 2 // 3)
    stage.says(3)
    stage.pass_time(8)
    read = len(followed.lines)
    assert followed.lines[-3:] == stage.said[-3:]
    assert followed.lines[: read - 4] == stage.said[: read - 4]
    assert 20 < read < 65
    assert followed.health.rejected[DAMAGED] == 1


def test_fault_13_a_damaged_archive_of_a_file_with_a_hole_gives_nothing_twice(stage: Stage) -> None:
    """Of such a file only what stood before the hole is known as its beginning."""
    stage.says(5)
    followed = stage.follow()
    stage.write(bytes(1_000_000))
    stage.says(60)
    rotated = stage.rotate()
    stage.says(2)
    stage.pass_time(8)
    archive = stage.gzip(rotated)
    os.truncate(archive, archive.stat().st_size // 2)
    stage.rotate()
    stage.says(2)
    stage.pass_time(8)
    assert followed.lines == stage.said
