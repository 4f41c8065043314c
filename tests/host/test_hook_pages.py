"""The page of each hook: its example is a plugin without a mistake, its test passes on it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from floorwatch.host.catalogue import Core, PluginState, catalogue_of
from floorwatch.host.declarations import SHAPES, Shape
from tests.host.drop_in_files import drop, found_in

PAGES = Path(__file__).resolve().parents[2] / "docs" / "plugins" / "hooks"
BLOCK = re.compile(r"^## [^\n]*`(?P<file>\w+\.py)`\n.*?^```python\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)


def page_of(shape: Shape) -> str:
    return (PAGES / f"{shape.hook.removeprefix('floorwatch_').replace('_', '-')}.md").read_text(encoding="utf-8")


def files_of(shape: Shape) -> dict[str, str]:
    """The example and its test, by file name."""
    return {found["file"]: found["code"] for found in BLOCK.finditer(page_of(shape))}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.hook)
def test_the_example_of_a_hook_is_a_sound_plugin(tmp_path: Path, shape: Shape) -> None:
    example, test = files_of(shape).items()
    drop(tmp_path, *example)

    (entry,) = catalogue_of(found_in(tmp_path).values(), Core()).plugins

    assert entry.problems == ()
    assert entry.state is PluginState.LOADED
    assert len(getattr(entry, shape.field)) == 1
    assert f"`{shape.protocol.__name__}`" in page_of(shape)
    assert test[0] == f"test_{example[0]}"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.hook)
def test_a_page_says_when_where_what_and_what_goes_wrong(shape: Shape) -> None:
    page = page_of(shape)

    assert "| | when | in which thread |" in page
    assert "**Returns**" in page
    assert "\n## Common mistakes\n" in page


@pytest.mark.slow
def test_the_tests_of_the_examples_pass(tmp_path: Path) -> None:
    for shape in SHAPES:
        for file, code in files_of(shape).items():
            drop(tmp_path, file, code)

    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    assert ran.returncode == 0, ran.stdout
