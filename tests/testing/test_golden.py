"""Golden views: written on demand, compared always, the difference said."""

import subprocess
import sys
from pathlib import Path

import pytest

from floorwatch.testing import Kit
from floorwatch.testing.golden import GoldenViews
from tests.testing.small_plugins import Room

TEST = """
import pytest
from floorwatch.api import Panel, Text
from floorwatch.testing import Kit

class Hello(Panel):
    name = "hello"
    title = "Hello"
    def build(self, floor, options):
        return Text.of("hello 王芳")

@pytest.mark.parametrize("width", [20, 40])
def test_hello(floorwatch: Kit, width: int) -> None:
    floorwatch.golden(floorwatch.show(Hello()), width=width)
"""


def views(tmp_path: Path, *, update: bool = False) -> GoldenViews:
    """The golden views of a test of the name `test_it`."""
    return GoldenViews(tmp_path / "test_panel.py", "test_it", update=update)


def test_a_missing_view_is_said_with_what_it_would_be(tmp_path: Path) -> None:
    with pytest.raises(AssertionError) as missing:
        views(tmp_path).compare("hello\n", None)

    said = str(missing.value)
    assert "golden/test_panel/test_it.txt" in said
    assert "pytest --floorwatch-update" in said
    assert said.endswith("hello\n")
    assert list(tmp_path.iterdir()) == []


def test_a_view_is_written_on_demand_and_holds_from_then_on(tmp_path: Path) -> None:
    views(tmp_path, update=True).compare("hello 王芳\n", None)

    file = tmp_path / "golden" / "test_panel" / "test_it.txt"
    assert file.read_bytes() == "hello 王芳\n".encode()
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    views(tmp_path).compare("hello 王芳\n", None)


def test_a_difference_is_shown_line_by_line(tmp_path: Path) -> None:
    views(tmp_path, update=True).compare("one\ntwo\n", None)

    with pytest.raises(AssertionError) as difference:
        views(tmp_path).compare("one\nthree\n", None)
    assert "-two\n+three" in str(difference.value)


@pytest.mark.parametrize(
    ("name", "file"), [("a view", "a-view"), ("../../etc", "etc"), ("王芳", "王芳"), ("x[1]", "x-1")]
)
def test_a_name_becomes_a_file_of_its_own_folder(tmp_path: Path, name: str, file: str) -> None:
    views(tmp_path, update=True).compare("hello\n", name)

    assert [each.name for each in (tmp_path / "golden" / "test_panel").iterdir()] == [f"{file}.txt"]


def test_one_name_is_used_once(tmp_path: Path) -> None:
    golden = views(tmp_path, update=True)
    golden.compare("hello\n", None)

    with pytest.raises(ValueError, match="has a golden view 'test_it' already"):
        golden.compare("other\n", None)
    with pytest.raises(ValueError, match="no name for a file"):
        golden.compare("other\n", "...")


def test_the_flag_writes_them_and_two_workers_agree(tmp_path: Path) -> None:
    (tmp_path / "test_hello.py").write_text(TEST, encoding="utf-8")

    assert pytest_in(tmp_path).returncode == 1
    assert pytest_in(tmp_path, "--floorwatch-update", "-n", "2").returncode == 0
    assert pytest_in(tmp_path, "-n", "2").returncode == 0
    assert sorted(each.name for each in (tmp_path / "golden" / "test_hello").iterdir()) == [
        "test_hello-20.txt",
        "test_hello-40.txt",
    ]


def test_a_view_of_this_very_test_is_as_it_was_kept(floorwatch: Kit) -> None:
    floorwatch.golden(floorwatch.show(Room()), width=40)


def pytest_in(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A run of pytest as an author starts it."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
