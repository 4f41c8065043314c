"""What is saved from the screen: new files, their owner's alone, in the folder that was named."""

import stat
from pathlib import Path

import pytest

from floorwatch.engine.save_folder import MOST_ALIKE, SaveFolder


def test_the_first_file_makes_the_folder_for_its_owner_alone(tmp_path: Path) -> None:
    saved = SaveFolder(tmp_path / "deep" / "floorwatch").save("floorwatch-agents.csv", b"a,b\n")
    assert saved == tmp_path / "deep" / "floorwatch" / "floorwatch-agents.csv"
    assert saved.read_bytes() == b"a,b\n"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert stat.S_IMODE(saved.parent.stat().st_mode) == 0o700


def test_nothing_is_written_over(tmp_path: Path) -> None:
    folder = SaveFolder(tmp_path)
    names = [folder.save("a.svg", bytes([at])).name for at in range(3)]
    assert names == ["a.svg", "a-2.svg", "a-3.svg"]
    assert (tmp_path / "a.svg").read_bytes() == b"\0"


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere")
    assert SaveFolder(tmp_path).save("a.csv", b"x").name == "a-2.csv"
    assert not (tmp_path / "elsewhere").exists()


def test_a_name_leads_to_no_other_folder(tmp_path: Path) -> None:
    saved = SaveFolder(tmp_path / "in").save("../../out.csv", b"x")
    assert saved == tmp_path / "in" / "out.csv"


def test_of_too_many_of_one_name_the_last_is_refused(tmp_path: Path) -> None:
    folder = SaveFolder(tmp_path)
    for _each in range(MOST_ALIKE):
        folder.save("a.txt", b"")
    with pytest.raises(FileExistsError):
        folder.save("a.txt", b"")


def test_a_folder_that_cannot_be_is_said_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError) as told:
        SaveFolder(tmp_path / "file" / "in").save("a.txt", b"")
    assert str(tmp_path / "file") in str(told.value.filename)


def test_a_user_without_a_home_is_told() -> None:
    with pytest.raises(OSError, match="no home folder"):
        SaveFolder(None).save("a.txt", b"")
