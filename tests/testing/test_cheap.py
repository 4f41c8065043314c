"""What the kit costs whoever does not use it: modules loaded, not time."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from floorwatch import testing

PLUGIN = "floorwatch.testing.fixture"


def loaded_by(statement: str, before: str = "") -> set[str]:
    """The modules that a statement loads, beyond those that `before` did."""
    program = f"import sys\n{before}\nhad = set(sys.modules)\n{statement}\nprint(*set(sys.modules) - had)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_the_fixture_comes_by_the_door_of_pytest_plugins() -> None:
    (entry,) = entry_points(group="pytest11", name="floorwatch")

    assert entry.value == PLUGIN


def test_the_pytest_plugin_loads_nothing_but_pytest() -> None:
    assert loaded_by(f"import {PLUGIN}", before="import pytest") == {"floorwatch", "floorwatch.testing", PLUGIN}


def test_importing_the_kit_loads_nothing_else_of_ours_or_of_others() -> None:
    loaded = {module for module in loaded_by("import floorwatch.testing") if not stands_in_python(module)}

    assert loaded == {"floorwatch", "floorwatch.testing"}


def stands_in_python(module: str) -> bool:
    """Whether the module comes with Python."""
    return module.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("name", [name for name in testing.__all__ if not name.startswith(("check_", "Conf"))])
def test_no_name_of_the_kit_loads_textual_or_pandas(name: str) -> None:
    loaded = {module.partition(".")[0] for module in loaded_by(f"from floorwatch.testing import {name}")}

    assert not loaded & {"textual", "pandas", "numpy", "watchdog", "pytest"}


@pytest.mark.parametrize("name", testing.__all__)
def test_every_name_that_is_promised_is_there(name: str) -> None:
    assert getattr(testing, name) is not None


def test_a_name_that_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'kitt'"):
        _ = testing.kitt
