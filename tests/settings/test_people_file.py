from pathlib import Path

import pytest

from floorwatch.settings import SettingsError, load_people


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_is_read_in_the_encoding_a_spreadsheet_saved_it_in(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("接口,姓名,工号\r\nX/1,林小雨,7\r\n".encode(encoding))
    people = load_people(file)
    assert people.id_of("林小雨") == "7"
    assert people.problems == ()


def test_problems_name_the_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("interface,name\nX/1,Ada\nX/1,Bo\n")
    assert load_people(file).problems[0].startswith(f"{file}:3: the interface X/1 is already that of line 2")


def test_no_file_is_nobody() -> None:
    assert len(load_people(None)) == 0


@pytest.mark.parametrize("content", [None, b"\xff\xff\xff"], ids=["missing", "binary"])
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "people.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"people\.csv: "):
        load_people(file)
