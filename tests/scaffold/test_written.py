"""What is written of a new plugin: which files, under which names, with which rights, and never over anything."""

import ast
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from floorwatch.host.catalogue import Core, PluginState, catalogue_of
from floorwatch.scaffold.joined import joined
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.scaffold.written import TEMPLATES, ThereAlreadyError, package, single, write
from tests.host.drop_in_files import found_in
from tests.patience import PATIENCE_SECONDS

NAMES = Names("far-out")
FORMS = (package, single)


@pytest.fixture
def loose_umask() -> Iterator[None]:
    """New files may be written by the group, as on many machines."""
    before = os.umask(0o002)
    yield
    os.umask(before)


@pytest.mark.parametrize("kind", Kind)
def test_a_package_has_all_that_an_installer_and_a_reader_need(kind: Kind) -> None:
    files = {str(path) for path in package(kind, NAMES)}

    assert files >= {
        "README.md",
        "pyproject.toml",
        "far_out/__init__.py",
        f"far_out/{kind.inside}.py",
        "far_out/py.typed",
        f"tests/test_{kind.inside}.py",
    }


@pytest.mark.parametrize("kind", Kind)
def test_a_single_file_has_its_test_beside_it(kind: Kind) -> None:
    assert {PurePath("far_out.py"), PurePath("test_far_out.py")} <= set(single(kind, NAMES))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_left_of_the_stand_in(kind: Kind, form: type) -> None:
    stand_ins = [kind.stand_in, Names("my-plugin")]

    for path, text in form(kind, NAMES).items():
        for stand_in in stand_ins:
            for word in (stand_in.name, stand_in.module, stand_in.type_name, stand_in.title):
                assert word not in text
                assert word not in str(path)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", Kind)
def test_the_hook_brings_one_thing_under_the_name(kind: Kind, form: type, tmp_path: Path, loose_umask: None) -> None:
    write(form(kind, NAMES), tmp_path / "far-out")

    (entry,) = catalogue_of(found_in(tmp_path / "far-out").values(), Core()).plugins

    assert entry.problems == ()
    assert (entry.name, entry.state, entry.api) == ("far-out", PluginState.LOADED, "1")
    assert getattr(entry, kind.shelf) == ("far-out",)


def test_nobody_else_may_write_to_it_whatever_the_umask(tmp_path: Path, loose_umask: None) -> None:
    folder = tmp_path / "deep" / "down" / "far-out"
    write(package(Kind.PANEL, NAMES), folder)

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "deep").rglob("*")}

    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}


def test_it_may_still_be_used_as_a_drop_in_after_its_tests_ran(tmp_path: Path, loose_umask: None) -> None:
    folder = tmp_path / "far-out"
    folder.mkdir(mode=0o755)
    write({path: text for path, text in package(Kind.PANEL, NAMES).items() if path.parts[0] == "far_out"}, folder)
    (folder / "tests").mkdir(mode=0o755)
    conftest = package(Kind.PANEL, NAMES)[PurePath("tests/conftest.py")]
    (folder / "tests" / "conftest.py").write_text(conftest)
    (folder / "tests" / "test_it.py").write_text("def test_it():\n    import far_out\n")

    command = [sys.executable, "-m", "pytest", "-q", "-o", "pythonpath=.", "tests"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)

    assert ran.returncode == 0, ran.stdout
    assert found_in(folder)["far-out"].error is None


def test_nothing_is_written_when_one_of_the_files_is_there(tmp_path: Path) -> None:
    (tmp_path / "test_far_out.py").write_text("# dear to somebody\n")

    with pytest.raises(ThereAlreadyError, match=r"test_far_out\.py: is there already"):
        write(single(Kind.PANEL, NAMES), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["test_far_out.py"]
    assert (tmp_path / "test_far_out.py").read_text() == "# dear to somebody\n"


def test_what_was_begun_is_taken_back_when_it_cannot_be_finished(tmp_path: Path) -> None:
    files = {PurePath("new/first.py"): "", PurePath(f"new/{'n' * 300}.py"): ""}

    with pytest.raises(OSError, match="File name too long"):
        write(files, tmp_path / "far-out")

    assert list(tmp_path.iterdir()) == []


def test_what_an_installer_compiled_among_the_templates_is_not_written() -> None:
    paths = [path for kind in Kind for path in package(kind, NAMES)]

    assert not [path for path in paths if "__pycache__" in path.parts or path.suffix == ".pyc"]


def test_the_templates_are_no_project_of_their_own() -> None:
    assert not list(TEMPLATES.rglob("pyproject.toml"))


INSIDE = '''"""What it is."""

import re
from zlib import crc32

from floorwatch.api import Panel, _
from msgspec import Struct

LIMIT = 3


class Mine(Panel):
    """Mine."""
'''
HOOK = '''"""The door."""

from collections.abc import Sequence

from floorwatch.api import Panel, hookimpl

from .panel import Mine

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    return [Mine()]
'''
ONE = '''"""What it is."""

import re
from collections.abc import Sequence
from zlib import crc32

from floorwatch.api import Panel, _, hookimpl
from msgspec import Struct

FLOORWATCH_API = "1"

LIMIT = 3


class Mine(Panel):
    """Mine."""


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    return [Mine()]
'''


def test_two_files_become_one_with_each_import_once() -> None:
    assert joined(INSIDE, HOOK) == ONE
    ast.parse(ONE)
