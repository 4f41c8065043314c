"""Plugins that were installed: found by their entry points, and a torn or half removed package costs no other."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from floorwatch.host.discovery import Origin, Wanted, discover
from tests.host.drop_in_files import discovered, drop


def test_an_entry_point_is_loaded_and_timed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drop(tmp_path, "outside_one.py", "__version__ = '3'\n")
    monkeypatch.syspath_prepend(tmp_path)

    found = discovered(Wanted(), EntryPoint("outside-one", "outside_one", "floorwatch"))["outside-one"]

    assert found.origin is Origin.INSTALLED
    assert found.module is sys.modules["outside_one"]
    assert found.version == "3"
    assert found.import_seconds == 1.0


def test_one_failing_entry_point_costs_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drop(tmp_path, "outside_bad.py", "import sys\nsys.exit('no licence')\n")
    drop(tmp_path, "outside_two.py", "")
    monkeypatch.syspath_prepend(tmp_path)

    found = discovered(
        Wanted(),
        EntryPoint("bad", "outside_bad", "floorwatch"),
        EntryPoint("gone", "outside_gone", "floorwatch"),
        EntryPoint("good", "outside_two", "floorwatch"),
        EntryPoint("twin", "outside_two", "floorwatch"),
    )

    assert found["good"].error is None
    reasons = {name: each.error.reason for name, each in found.items() if each.error is not None}
    assert reasons["bad"] == "SystemExit: no licence (outside_bad.py:2)"
    nowhere = "its entry point leads nowhere (ModuleNotFoundError: No module named 'outside_gone')"
    assert reasons["gone"] == f"outside_gone: {nowhere}: install it again, or uninstall it"
    assert reasons["twin"] == "outside_two: is the same module as plugin good: remove one of the two"


def test_an_installed_distribution_is_found_with_its_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drop(tmp_path, "outside_three.py", "")
    drop(tmp_path, "outside_three-4.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: outside-three\nVersion: 4.5\n")
    drop(tmp_path, "outside_three-4.5.dist-info/entry_points.txt", "[floorwatch]\nthree = outside_three\n")
    monkeypatch.syspath_prepend(tmp_path)

    (found,) = [each for each in discover(Wanted(), float) if each.name == "three"]

    assert (found.version, found.where) == ("4.5", "outside-three (outside_three)")


@pytest.mark.parametrize(
    "torn", ["[floorwatch]\nno equals sign\n", b"[floorwatch]\nname = \xff\n"], ids=["line", "bytes"]
)
def test_torn_metadata_of_one_package_is_named_and_costs_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, torn: str | bytes
) -> None:
    drop(tmp_path, "outside_four.py", "")
    for name in ("torn", "whole"):
        drop(tmp_path, f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    drop(tmp_path, "whole-1.dist-info/entry_points.txt", "[floorwatch]\nwhole = outside_four\n")
    points = tmp_path / "torn-1.dist-info" / "entry_points.txt"
    points.write_bytes(torn if isinstance(torn, bytes) else torn.encode())
    monkeypatch.syspath_prepend(tmp_path)

    found = {each.name: each for each in discover(Wanted(), float)}

    assert found["whole"].error is None
    error = found["torn"].error
    assert error is not None
    assert error.reason.startswith(f"torn in {tmp_path}: its entry points cannot be read (")
    assert error.reason.endswith("): install it again, or uninstall it")
    assert {each.origin for each in discover(Wanted(only_bundled=True), float)} == {Origin.BUNDLED}


def test_a_half_uninstalled_package_is_a_plugin_that_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drop(tmp_path, "half-1.dist-info/entry_points.txt", "[floorwatch]\nhalf = outside_half\n")
    monkeypatch.syspath_prepend(tmp_path)

    (found,) = [each for each in discover(Wanted(), float) if each.name == "half"]

    assert (found.where, found.version) == ("outside_half", "")
    assert found.error is not None
