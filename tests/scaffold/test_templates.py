"""Every template, as a package and as a single file, is what an author may expect: tested, typed, tidy, installable."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.host.catalogue import Core, PluginState, catalogue_of
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.scaffold.written import package, single, write
from tests.host.drop_in_files import found_in
from tests.scaffold.conftest import Shell

NAMES = {kind: (Names(f"q{kind.value[0:2]}"), Names(f"so-{'long' * 7}-{kind.value[0:2]}99")) for kind in Kind}
"""The shortest and the longest: a line that fits with the one may not with the other."""

pytestmark = pytest.mark.slow


def written(folder: Path, number: int = 0) -> Iterator[Path]:
    """Every kind, as a package each and as single files in one folder."""
    for kind in Kind:
        names = NAMES[kind][number]
        write(package(kind, names), folder / names.name)
        yield folder / names.name
    for kind in Kind:
        write(single(kind, NAMES[kind][number]), folder / "single")
    yield folder / "single"


def ran(*command: object, folder: Path) -> None:
    """Run a tool as an author would, in a folder of the author's."""
    words = [sys.executable, "-m", *map(str, command)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", range(len(Kind) + 1), ids=[*Kind, "single"])
def test_its_tests_pass_at_once(tmp_path: Path, number: int) -> None:
    folder = [*written(tmp_path)][number]

    ran("pytest", "-q", "-p", "no:cacheprovider", "--rootdir", folder, folder, folder=tmp_path)


@pytest.mark.parametrize("number", [0, 1], ids=["short-name", "long-name"])
def test_it_is_tidy(tmp_path: Path, number: int) -> None:
    for folder in written(tmp_path, number):
        ran("ruff", "check", "--no-cache", "--extend-select", "I", ".", folder=folder)
        ran("ruff", "format", "--no-cache", "--line-length", "120", "--check", ".", folder=folder)


def test_its_types_are_strict(tmp_path: Path) -> None:
    *packages, singles = written(tmp_path)
    cache = tmp_path / "types"

    ran("mypy", "--strict", "--cache-dir", cache, singles, folder=tmp_path)
    for folder in packages:
        ran("mypy", "--cache-dir", cache, ".", folder=folder)


def test_its_folder_may_be_dropped_as_it_is(tmp_path: Path) -> None:
    *packages, singles = written(tmp_path)
    found = [each for folder in (*packages, singles) for each in found_in(folder).values()]

    entries = catalogue_of(found[: len(packages)], Core()).plugins

    assert [entry.name for entry in entries] == [NAMES[kind][0].name for kind in sorted(Kind)]
    assert {entry.state for entry in entries} == {PluginState.LOADED}
    assert [each.error for each in found] == [None] * 2 * len(Kind)


def test_it_can_be_installed_and_is_found(tmp_path: Path, shell: Shell) -> None:
    *packages, _singles = written(tmp_path)

    installed = shell(f"python -m pip install {' '.join(f'./{folder.name}' for folder in packages)}", tmp_path)
    listed = shell("floorwatch plugins list", tmp_path)

    assert installed.returncode == 0, installed.stdout + installed.stderr
    rows = [row.split()[:5] for row in listed.stdout.splitlines()]
    for kind in Kind:
        assert [NAMES[kind][0].name, "0.1.0", "1", "installed", "loaded"] in rows
