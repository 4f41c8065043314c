"""Where keyframes are kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.place import MOST_KEPT, make_room, place_of

NOBODY = 65_534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere; as nobody it may not."""
    is_root = os.getuid() == 0
    if is_root:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)


@pytest.fixture
def read_only(tmp_path: Path) -> Path:
    """A folder in which nothing can be made."""
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o555)
    return folder


def test_keyframes_stand_beside_their_recording(tmp_path: Path) -> None:
    assert place_of(tmp_path / "day.floorlog") == tmp_path / "day.floorlog.keyframes"


def test_where_nothing_can_be_written_they_go_to_the_users_cache(read_only: Path, nobodys_folders: Path) -> None:
    with as_nobody():
        place, other = place_of(read_only / "a.floorlog"), place_of(read_only / "b.floorlog")
        assert place == place_of(read_only / "." / "a.floorlog")
    assert place.parent == other.parent == nobodys_folders / "cache" / "floorwatch" / "keyframes"
    assert place != other


def test_a_link_to_a_recording_has_the_keyframes_of_the_recording(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "day.floorlog")
    assert place_of(tmp_path / "link") == place_of(tmp_path / "day.floorlog")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file to somebody else")
def test_what_somebody_else_keeps_there_is_left_alone(tmp_path: Path, nobodys_folders: Path) -> None:
    theirs = tmp_path / "day.floorlog.keyframes"
    theirs.write_bytes(b"theirs")
    assert place_of(tmp_path / "day.floorlog") == theirs
    os.chown(theirs, NOBODY, NOBODY)
    assert place_of(tmp_path / "day.floorlog").is_relative_to(nobodys_folders)


def test_in_the_cache_those_used_longest_ago_go(read_only: Path) -> None:
    with as_nobody():
        places = [place_of(read_only / f"{number}.floorlog") for number in range(MOST_KEPT + 3)]
    for number, place in enumerate(places):
        make_room(place)
        place.write_bytes(b"")
        os.utime(place, (number, number))
    assert sorted(places[0].parent.iterdir()) == sorted(places[-MOST_KEPT:])


def test_beside_a_recording_nothing_is_cleared_away(tmp_path: Path) -> None:
    places = [place_of(tmp_path / f"{number}.floorlog") for number in range(MOST_KEPT + 3)]
    for place in places:
        make_room(place)
        place.write_bytes(b"")
    assert sorted(tmp_path.iterdir()) == sorted(places)
