"""A folder of one process: private while it lives, gone when it ends, however that was."""

import stat
import subprocess
import sys
from pathlib import Path

from floorwatch.engine.own_folder import OwnFolder

PREFIX = "floorwatch-test-"


def test_it_is_its_users_alone_and_goes_with_everything_in_it(tmp_path: Path) -> None:
    folder = OwnFolder(PREFIX, tmp_path)
    path = folder.path()
    (path / "file").write_bytes(b"numbers of callers")

    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert folder.path() == path
    folder.remove()
    assert [*tmp_path.iterdir()] == []
    folder.remove()


def test_none_is_made_before_it_is_needed(tmp_path: Path) -> None:
    OwnFolder(PREFIX, tmp_path).remove()

    assert [*tmp_path.iterdir()] == []


def test_what_a_process_that_was_killed_has_left_is_removed_by_the_next(tmp_path: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from floorwatch.engine.own_folder import OwnFolder\n"
        f"folder = OwnFolder({PREFIX!r}, Path(sys.argv[1])); (folder.path() / 'file').touch(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    folder = OwnFolder(PREFIX, tmp_path)

    assert [*tmp_path.iterdir()] == [left]
    assert [folder.path()] == [*tmp_path.iterdir()]
    folder.remove()


def test_what_another_still_uses_is_left_alone(tmp_path: Path) -> None:
    one, other = OwnFolder(PREFIX, tmp_path), OwnFolder(PREFIX, tmp_path)
    used = one.path()

    assert other.path() != used
    assert used.is_dir()
    one.remove()
    other.remove()


def test_a_link_that_has_such_a_name_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    parent = tmp_path / "parent"
    parent.mkdir()
    (parent / f"{PREFIX}link").symlink_to(elsewhere)
    folder = OwnFolder(PREFIX, parent)
    folder.path()
    folder.remove()

    assert (elsewhere / "precious").exists()
    assert (parent / f"{PREFIX}link").is_symlink()
