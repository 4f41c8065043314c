"""A plugin that was written for another version of the API is refused politely, before any of its hooks is called."""

from pathlib import Path
from types import ModuleType

import pytest

from floorwatch.api import API_VERSION
from floorwatch.engine.entries import entries_of
from floorwatch.engine.house import build_house
from floorwatch.host.written_for import refusal
from floorwatch.settings import Settings
from tests.host.drop_in_files import COMMAND_OF_1_0, drop, the_one_in


def module(stated: object) -> ModuleType:
    """A module that states this."""
    made = ModuleType("mine")
    vars(made)["FLOORWATCH_API"] = stated
    return made


@pytest.mark.parametrize("stated", ["1", "1.0", "1.3", None])
def test_the_same_major_version_and_no_newer_minor_is_taken(stated: str | None) -> None:
    assert refusal(module(stated), "1.3") is None


@pytest.mark.parametrize(
    ("stated", "todo"),
    [("2", "update floorwatch"), ("1.4", "update floorwatch"), ("0.9", "update the plugin"), ("10", "update floor")],
)
def test_another_version_is_refused_with_both_and_what_to_do(stated: str, todo: str) -> None:
    said = refusal(module(stated), "1.3")

    assert said is not None
    assert said.startswith(f"it is written for floorwatch API {stated}, and this floorwatch has 1.3: {todo}")


@pytest.mark.parametrize("stated", [1, 1.0, "", "one", "1.2.3", "1.", "-1"])
def test_a_version_that_is_none_is_refused_with_how_to_write_it(stated: object) -> None:
    said = refusal(module(stated), "1.3")

    assert said is not None
    assert said.endswith('write the version as text, FLOORWATCH_API = "1"')


def test_a_refused_plugin_is_listed_with_its_version_and_its_hooks_are_not_called(tmp_path: Path) -> None:
    source = (
        "import floorwatch.api as api\nFLOORWATCH_API = '9.1'\n@api.hookimpl\ndef floorwatch_panels():\n    1 / 0\n"
    )
    drop(tmp_path, "mine/__init__.py", source)

    found = the_one_in(tmp_path)

    assert (found.module, found.api) == (None, "9.1")
    assert found.error is not None
    assert found.error.reason.startswith("mine/__init__.py:2: it is written for floorwatch API 9.1")


def test_a_package_may_state_it_for_a_module_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drop(tmp_path, "stating_outside/__init__.py", "FLOORWATCH_API = '7'\n")
    drop(tmp_path, "stating_outside/plugin.py", "VALUE = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    from importlib import import_module

    said = refusal(import_module("stating_outside.plugin"))

    assert said is not None
    assert said.startswith("stating_outside/__init__.py:1: ")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("from floorwatch.api import Tabel\n", "ImportError: there is no 'Tabel' in floorwatch.api"),
        ("import floorwatch.api as api\n\napi.Tabel\n", "AttributeError: there is no 'Tabel' in floorwatch.api"),
    ],
)
def test_a_name_that_the_api_has_not_is_answered_with_version_and_nearest(
    tmp_path: Path, source: str, said: str
) -> None:
    drop(tmp_path, "mine.py", source)

    found = the_one_in(tmp_path)

    assert found.error is not None
    assert found.error.reason.startswith(f"{said} {API_VERSION}; did you mean 'Table'? (mine.py:")


def test_a_name_that_is_like_no_other_may_be_of_another_version(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", "from floorwatch.api import qqqqqqq\n")

    found = the_one_in(tmp_path)

    assert found.error is not None
    assert "the plugin may be written for another version of it (mine.py:1)" in found.error.reason


def test_a_command_of_api_1_0_that_inherits_nothing_lacks_only_what_came_later_and_is_taken(tmp_path: Path) -> None:
    house = build_house(Settings(), plugin_folders=[drop(tmp_path, "mine.py", COMMAND_OF_1_0)])

    (mine,) = [entry for entry in house.catalogue.plugins if entry.name == "mine"]
    assert mine.problems == ()
    assert entries_of(house.catalogue.commands)["greet"].quick is False
