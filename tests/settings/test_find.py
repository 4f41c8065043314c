from pathlib import Path

import pytest

from floorwatch.settings import find_config, journal_file, usual_places


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """The working folder, the user's configuration and the machine's, none of them made yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "machine"))
    return tmp_path / "work", tmp_path / "user" / "floorwatch", tmp_path / "machine" / "floorwatch"


def written(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "floorwatch.toml"
    file.write_text("")
    return file


def test_without_any_file_there_is_no_configuration(homes: tuple[Path, Path, Path]) -> None:
    assert find_config(None, homes[0], {}) is None


def test_the_floor_s_own_file_comes_before_the_user_s_before_the_machine_s(homes: tuple[Path, Path, Path]) -> None:
    work, user, machine = homes
    if user not in {place.parent for place in usual_places(work)}:
        pytest.skip("this system has its own configuration folders")
    for folder in (machine, user, work / "config"):
        file = written(folder)
        assert find_config(None, work, {}) == file


def test_a_named_file_wins_even_where_it_is_missing(homes: tuple[Path, Path, Path]) -> None:
    work = homes[0]
    written(work / "config")
    env = {"FLOORWATCH_CONFIG": "elsewhere.toml"}
    assert find_config(None, work, env) == Path("elsewhere.toml")
    assert find_config(Path("named.toml"), work, env) == Path("named.toml")
    assert find_config(None, work, {"FLOORWATCH_CONFIG": ""}) == work / "config" / "floorwatch.toml"


def test_the_journal_lies_in_the_user_s_data_folder_and_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    assert journal_file().name == "journal.db"
    assert not journal_file().parent.exists()
