"""What the project promises about its own files: no addresses, no machine paths, plugins declared, nothing too long."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from floorwatch import __version__
from floorwatch.bundled import bundled

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("floorwatch/**/*.py"), *ROOT.glob("plugins/**/*.py")])
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Each has a letter in brackets, or this file would find itself.
ADDRESSES = re.compile(
    rb"py[p]i[.]org|python[h]osted|--(extra-)?index[-]url [^\s-]|--find[-]links [^\s-]", re.IGNORECASE
)
MACHINE_PATHS = re.compile(rb"(?<![\w.$}/~-])/(wor[k]|roo[t]|opt/py[p]i)/")


def project() -> dict[str, Any]:
    """Return pyproject.toml as a tree."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def files_of_the_project() -> list[Path]:
    """Return what git tracks or would track; nothing outside a checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def pins(name: str) -> Iterator[tuple[str, str]]:
    """Yield (requirement, its hashes) for each pinned line of a requirements file."""
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    for line in lines:
        if line and not line.lstrip().startswith("#"):
            requirement, _, hashes = line.partition("--hash")
            yield requirement.strip(), hashes


def functions_of(source: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield each function and method of a file, nested ones too."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("forbidden", [ADDRESSES, MACHINE_PATHS], ids=["addresses", "machine-paths"])
def test_no_file_names_a_package_index_or_a_path_of_one_machine(forbidden: re.Pattern[bytes]) -> None:
    found = [str(file.relative_to(ROOT)) for file in files_of_the_project() if forbidden.search(file.read_bytes())]

    assert found == []


def test_every_plugin_folder_is_an_entry_point_and_every_entry_point_a_folder() -> None:
    folders = {folder.name for folder in (ROOT / "plugins").iterdir() if (folder / "__init__.py").is_file()}
    entry_points = project()["project"]["entry-points"]["floorwatch"]

    assert entry_points == {name.removeprefix("floorwatch_").replace("_", "-"): name for name in folders}


def test_every_bundled_plugin_is_under_the_import_contracts() -> None:
    entry_points = set(project()["project"]["entry-points"]["floorwatch"].values())
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}

    assert set(project()["tool"]["importlinter"]["root_packages"]) == {"floorwatch"} | entry_points
    assert set(contracts["plugins"]["source_modules"]) == entry_points
    assert set(contracts["plugins-apart"]["modules"]) == entry_points


def test_installed_version_is_the_version_of_the_package() -> None:
    assert metadata.version("floorwatch") == __version__


@pytest.mark.parametrize("kind", ["config", "sample_feeds"])
def test_bundled_folder_is_found_and_holds_files(kind: Any) -> None:
    assert any(file.is_file() for file in bundled(kind).rglob("*"))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    loose = [requirement for requirement, hashes in pins(name) if "==" not in requirement or "sha256:" not in hashes]

    assert loose == []


def test_runtime_pins_are_the_same_for_developers() -> None:
    names = {re.split(r"[=; ]", requirement)[0] for requirement, _ in pins("requirements.txt")}
    runtime = {requirement.partition(" ;")[0] for requirement, _ in pins("requirements.txt")}
    developer = {requirement.partition(" ;")[0] for requirement, _ in pins("requirements-dev.txt")}

    assert runtime <= developer
    assert {re.split(r"[>=]", dependency)[0] for dependency in project()["project"]["dependencies"]} <= names


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_file_is_one_idea_and_its_functions_fit_on_a_screen(source: Path) -> None:
    lines = len(source.read_text(encoding="utf-8").splitlines())
    functions = functions_of(source)
    long = {
        node.name: size for node in functions if (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert lines <= LONGEST_FILE
    assert long == {}


def test_every_module_begins_with_what_it_is_for() -> None:
    silent = [
        str(source.relative_to(ROOT)) for source in SOURCES if not ast.get_docstring(ast.parse(source.read_bytes()))
    ]

    assert silent == []
