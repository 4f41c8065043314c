"""Whether floorwatch would load a plugin is found out by its own tests, and not first on the floor."""

from pathlib import Path

import pytest

from floorwatch.conformance import ConformanceError, check_plugin, examine_plugin
from floorwatch.host.drop_in import load_drop_in
from tests.host.drop_in_files import drop, panel_plugin

SOUND = panel_plugin("mine")


def test_a_sound_plugin_loads(tmp_path: Path) -> None:
    assert examine_plugin(load_drop_in(drop(tmp_path, "mine.py", SOUND))).passed


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ("def floorwatch_panels", "def floorwatch_pannels", "did you mean floorwatch_panels?"),
        ("@hookimpl\n", "", "is not marked: put @hookimpl above it"),
        ("@hookimpl\n", 'FLOORWATCH_API = "9"\n\n\n@hookimpl\n', "written for"),
    ],
)
def test_what_would_not_load_is_said_with_what_to_do(tmp_path: Path, said: str, instead: str, why: str) -> None:
    assert said in SOUND
    plugin = load_drop_in(drop(tmp_path, "mine.py", SOUND.replace(said, instead)))

    with pytest.raises(ConformanceError, match="loads without a problem") as raised:
        check_plugin(plugin)

    assert why in str(raised.value)
