"""docs/plugins/testing.md: its code is one test file that passes, and it names all that can be said and asked."""

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from floorwatch import testing
from floorwatch.testing import Kit, Lines, Moment, Playback, Reject, Screen, Shown, floors

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "plugins" / "testing.md").read_text(encoding="utf-8")
CODE = "\n\n".join(re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", PAGE, flags=re.MULTILINE | re.DOTALL))
SAID = {word for span in SPANS for word in re.findall(r"\w+", span)}
"""Every word that stands in code outside of the examples."""

OURS = {"played", "happening"}
KINDS = [Kit, Lines, Moment, Playback, Reject, Screen, Shown]
PARTS = [
    each
    for name, each in vars(floors).items()
    if inspect.isfunction(each) and each.__module__ == floors.__name__ and not name.startswith("_")
]


def public(kind: type) -> dict[str, object]:
    """What a class and those above it offer, by name, and the fields of a Struct."""
    named = {name: member for each in reversed(kind.__mro__) for name, member in vars(each).items()}
    return {name: member for name, member in named.items() if not name.startswith("_") and name not in OURS}


def test_the_code_of_the_page_passes_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n", encoding="utf-8")
    (tmp_path / "test_page.py").write_text(CODE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--floorwatch-update"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout
    assert (tmp_path / "golden" / "test_page" / "test_it_looks_as_it_did.txt").is_file()


def test_every_name_of_the_kit_is_told() -> None:
    assert set(testing.__all__) - SAID == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_everything_that_can_be_said_and_asked_is_told(kind: type) -> None:
    assert set(public(kind)) - SAID == set()


@pytest.mark.parametrize("kind", [Kit, Moment], ids=lambda kind: kind.__name__)
def test_everything_that_can_be_given_by_name_is_told(kind: type) -> None:
    methods = {name: inspect.signature(each) for name, each in public(kind).items() if inspect.isfunction(each)}
    given = {
        f"{name}({given.name}=)"
        for name, signature in methods.items()
        for given in signature.parameters.values()
        if given.kind is given.KEYWORD_ONLY and given.name not in SAID
    }

    assert given == set()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_part_has_its_row_as_it_is_called(part: Callable[..., object]) -> None:
    assert f"| `{called(part)}` |" in PAGE


def called(function: Callable[..., object]) -> str:
    """A function with its arguments: by place, then by name."""
    marks: dict[object, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    given = [
        f"{marks.get(each.kind, '')}{each.name}{'=' if each.kind is each.KEYWORD_ONLY else ''}"
        for each in inspect.signature(function).parameters.values()
    ]
    return f"{function.__name__}({', '.join(given)})"
