"""The page of hooks names every hook, and each of its examples is a plugin without a mistake."""

import re
from pathlib import Path

import pytest

from floorwatch.host.catalogue import Core, PluginState, catalogue_of
from floorwatch.host.declarations import SHAPES, Shape
from floorwatch.host.hooks import HOOKS
from tests.host.drop_in_files import drop, found_in

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "hooks.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_hook_has_its_section_in_order() -> None:
    assert tuple(SECTIONS) == HOOKS


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.hook)
def test_the_example_of_a_hook_is_a_sound_plugin(tmp_path: Path, shape: Shape) -> None:
    section = SECTIONS[shape.hook]
    (example,) = re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    drop(tmp_path, "example.py", example)

    (entry,) = catalogue_of(found_in(tmp_path).values(), Core()).plugins

    assert entry.problems == ()
    assert entry.state is PluginState.LOADED
    assert len(getattr(entry, shape.field)) == 1
    assert f"`{shape.protocol.__name__}`" in section
