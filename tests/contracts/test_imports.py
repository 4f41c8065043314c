"""What is loaded at run time: the heavy libraries stay out of start-up, whatever the static contracts say."""

import subprocess
import sys

import pytest

HEAVY = {"textual", "pandas", "numpy", "watchdog", "sqlite3"}


def modules_loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after the statement."""
    program = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("module", ["floorwatch.api", "floorwatch.__main__", "floorwatch.bundled"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    loaded = modules_loaded_by(f"import {module}")

    assert not loaded & HEAVY
    assert "floorwatch" in loaded


def test_the_api_and_the_kit_load_nothing_but_what_data_and_hooks_need() -> None:
    api = modules_loaded_by("import floorwatch.api")
    kit = modules_loaded_by("import floorwatch.testing")

    assert not api & (HEAVY | {"pydantic", "typer", "rich", "asyncio", "tomllib", "sqlite3"})
    assert api - modules_loaded_by("pass") - set(sys.stdlib_module_names) == {
        "floorwatch", "msgspec", "pluggy", "typing_extensions"
    }  # fmt: skip
    assert not kit & {"msgspec", "pluggy", "pytest"}


def test_version_is_answered_without_any_dependency() -> None:
    loaded = modules_loaded_by("sys.argv = ['floorwatch', '--version']\nfrom floorwatch.__main__ import main\nmain()")

    assert not loaded & (HEAVY | {"typer", "pydantic", "msgspec", "pluggy"})


def test_plugins_load_no_heavy_library_with_themselves() -> None:
    plugins = (
        "floorwatch_asterisk, floorwatch_queue_status, floorwatch_needs_you, floorwatch_agents, floorwatch_seat_support"
    )

    assert not modules_loaded_by(f"import {plugins}") & HEAVY
