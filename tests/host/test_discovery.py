"""Plugins are found by three doors, and one that fails is one name with its reason."""

import json
import os
import py_compile
import signal
import struct
import sys
from importlib.metadata import EntryPoint
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from floorwatch.host import discovery
from floorwatch.host.builtin import checkout_plugins, plugin_name, reach
from floorwatch.host.discovery import Origin, Wanted, discover, unknown_names
from floorwatch.host.drop_in import drop_in_folders
from floorwatch.host.own_group import is_own_group, is_private
from tests.host.drop_in_files import discovered, drop, found_in, panel_plugin, the_one_in


def test_a_single_file_and_a_folder_are_plugins(tmp_path: Path) -> None:
    drop(tmp_path, "one_file.py", panel_plugin("one"))
    drop(tmp_path, "a_folder/__init__.py", "from .inside import VALUE\n__version__ = '1.2'\n")
    drop(tmp_path, "a_folder/inside.py", "VALUE = 7\n")
    drop(tmp_path, "_private.py", "raise RuntimeError\n")
    drop(tmp_path, "README.md", "read me\n")
    drop(tmp_path, "pictures/no_code.txt", "none\n")

    found = found_in(tmp_path)

    assert set(found) == {"one-file", "a-folder"}
    assert all(each.error is None and each.module is not None for each in found.values())
    assert found["a-folder"].version == "1.2"
    assert found["a-folder"].where == str(tmp_path / "a_folder")


def test_a_given_path_may_be_the_plugin_itself(tmp_path: Path) -> None:
    folder = drop(tmp_path, "mine/__init__.py", panel_plugin("mine")).parent
    file = drop(tmp_path, "other.py", panel_plugin("other"))

    assert set(found_in(folder, file)) == {"mine", "other"}


def test_drop_ins_named_alike_do_not_collide_and_the_second_is_greyed(tmp_path: Path) -> None:
    drop(tmp_path / "a", "mine.py", "WHO = 'first'\n")
    drop(tmp_path / "b", "mine.py", "WHO = 'second'\n")

    found = [each for each in discover(Wanted((tmp_path / "a", tmp_path / "b")), float, ()) if each.name == "mine"]

    assert [getattr(each.module, "WHO", None) for each in found] == ["first", None]
    assert found[1].error is not None
    assert str(tmp_path / "a") in found[1].error.reason


def test_a_drop_in_hides_no_installed_module(tmp_path: Path) -> None:
    drop(tmp_path, "json.py", "MINE = True\n")

    assert hasattr(the_one_in(tmp_path).module, "MINE")
    assert not hasattr(json, "MINE")
    assert sys.modules["json"] is json


def test_a_folder_given_twice_is_read_once(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", panel_plugin("mine"))

    found = [each for each in discover(Wanted((tmp_path, tmp_path)), float, ()) if each.name == "mine"]

    assert len(found) == 1


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import no_such_module_at_all\n", "ModuleNotFoundError: No module named 'no_such_module_at_all' (bad.py:1)"),
        ("x = 1\nraise ValueError('boom\\x1b[31m\\nmore')\n", "ValueError: boom\ufffd[31m (bad.py:2)"),
        ("import sys\nsys.exit(3)\n", "SystemExit: 3 (bad.py:2)"),
        ("def broken(:\n", "SyntaxError: invalid syntax (bad.py:1)"),
        ("class E(Exception):\n    def __str__(self):\n        1 / 0\nraise E\n", "E (bad.py:4)"),
    ],
)
def test_a_failing_import_is_a_reason_and_a_traceback_and_costs_no_other(
    tmp_path: Path, source: str, reason: str
) -> None:
    drop(tmp_path, "bad.py", source)
    drop(tmp_path, "good.py", panel_plugin("good"))

    found = found_in(tmp_path)

    assert found["good"].error is None
    assert found["bad"].module is None
    assert found["bad"].error is not None
    assert found["bad"].error.reason == reason
    assert "bad.py" in found["bad"].error.traceback


def test_nothing_of_a_failed_import_stays_imported(tmp_path: Path) -> None:
    before = set(sys.modules)
    drop(tmp_path, "half/__init__.py", "from . import inside\nraise ValueError\n")
    drop(tmp_path, "half/inside.py", "")

    found_in(tmp_path)

    assert [name for name in set(sys.modules) - before if "half" in name] == []


def test_the_person_can_interrupt_a_slow_import(tmp_path: Path) -> None:
    pressed = "import os, signal, threading\nos.kill(os.getpid(), signal.SIGINT)\nthreading.Event().wait(60)\n"
    drop(tmp_path, "slow.py", pressed)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` has it ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            found_in(tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_plugin_that_raises_as_if_the_person_had_is_a_failed_one(tmp_path: Path) -> None:
    drop(tmp_path, "leaves.py", "raise KeyboardInterrupt\n")

    error = the_one_in(tmp_path).error

    assert error is not None
    assert "it raised KeyboardInterrupt" in error.reason


def test_an_import_that_does_not_come_back_is_given_up_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "PATIENCE_SECONDS", 0.05)
    drop(tmp_path, "stuck.py", "import threading\n\nthreading.Event().wait(60)\n")
    drop(tmp_path, "good.py", "")

    found = found_in(tmp_path)

    assert found["stuck"].error is not None
    assert found["stuck"].error.reason.endswith("does not come back: given up after 0 s (stuck.py:3)")
    assert found["good"].error is None


def give_to_a_group_of_others(path: Path) -> None:
    """Let it belong to a group that is not the person's own; where that cannot be, nothing can be tested."""
    others = [gid for gid in (*os.getgroups(), 65534) if not is_own_group(gid)]
    try:
        os.chown(path, -1, others[0])
    except OSError:
        pytest.skip("nobody may give a file to another group here")


@pytest.mark.parametrize(
    ("group", "private"),
    [
        ((1000, "ann", ()), True),
        ((1000, "ann", ("ann",)), True),
        ((1000, "ann", ("bob",)), False),
        ((1000, "staff", ()), False),
        ((1001, "ann", ()), False),
    ],
)
def test_only_the_group_that_a_person_has_alone_is_their_own(
    group: tuple[int, str, tuple[str, ...]], private: bool
) -> None:
    assert is_private("ann", 1000, group) is private


def test_compiled_code_beside_a_single_file_is_not_read(tmp_path: Path) -> None:
    path = drop(tmp_path, "mine.py", panel_plugin("mine"))
    compiled = Path(cache_from_source(str(path)))
    compiled.parent.mkdir()
    py_compile.compile(str(drop(tmp_path / "other", "mine.py", "raise RuntimeError")), str(compiled))
    status = path.stat()
    stamped = struct.pack("<LLL", 0, int(status.st_mtime), status.st_size)
    compiled.write_bytes(compiled.read_bytes()[:4] + stamped + compiled.read_bytes()[16:])

    assert the_one_in(tmp_path).error is None


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_a_file_that_others_may_write_is_refused_with_what_to_do(tmp_path: Path, mode: int) -> None:
    path = drop(tmp_path, "mine/__init__.py", "")
    inside = drop(tmp_path, "mine/deep/inside.py", "")
    if is_own_group(inside.stat().st_gid):
        give_to_a_group_of_others(inside)
    inside.chmod(mode)

    found = the_one_in(tmp_path)

    assert found.module is None
    assert found.error is not None
    assert f"inside.py (mode {mode:o})" in found.error.reason
    assert "chmod go-w" in found.error.reason
    assert path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_nothing_is_loaded_from_a_folder_that_others_may_write(tmp_path: Path) -> None:
    folder = drop(tmp_path / "plugins", "mine.py", "raise RuntimeError").parent
    folder.chmod(0o777)

    found = the_one_in(folder)

    assert found.error is not None
    assert f"others may write to {folder} (mode 777)" in found.error.reason


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="only root can give files away")
def test_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    path = drop(tmp_path, "mine.py", panel_plugin("mine"))
    os.chown(path, 65534, -1)

    found = the_one_in(tmp_path)

    assert found.error is not None
    assert "belongs to another user (uid 65534)" in found.error.reason


def test_an_editors_dangling_lock_is_no_reason_to_refuse(tmp_path: Path) -> None:
    drop(tmp_path, "mine/__init__.py", panel_plugin("mine"))
    (tmp_path / "mine" / ".#__init__.py").symlink_to("me@host.1234")

    assert the_one_in(tmp_path).error is None


def test_importing_a_drop_in_leaves_nothing_beside_it(tmp_path: Path) -> None:
    drop(tmp_path, "mine/__init__.py", "from . import inside\n")
    drop(tmp_path, "mine/inside.py", "")
    writes_bytecode = not sys.dont_write_bytecode

    found_in(tmp_path)

    assert not list(tmp_path.rglob("__pycache__"))
    assert (not sys.dont_write_bytecode) == writes_bytecode


@pytest.mark.parametrize("name", ["missing", "empty", "loop.py"])
def test_a_folder_without_a_plugin_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.py").symlink_to("loop.py")

    found = the_one_in(tmp_path / name)

    assert found.module is None
    assert found.error is not None
    assert str(tmp_path / name) in found.error.reason


def test_a_name_that_settings_could_not_say_is_refused(tmp_path: Path) -> None:
    drop(tmp_path, "9 lives!.py", "raise RuntimeError\n")

    found = the_one_in(tmp_path)

    assert found.error is not None
    assert "no name for a plugin" in found.error.reason


def test_a_disabled_plugin_is_listed_and_not_imported(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", "raise RuntimeError\n")

    found = found_in(tmp_path, disabled=frozenset({"mine"}))["mine"]

    assert found.disabled
    assert found.error is None
    assert found.module is None


def test_a_misspelt_disabled_name_is_said(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", "")

    said = unknown_names({"mien", "mine"}, found_in(tmp_path))

    assert said == {"mien": "there is no plugin 'mien'; did you mean 'mine'?"}


def test_no_plugins_loads_the_bundled_ones_only(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", "raise RuntimeError\n")

    found = discovered(Wanted((tmp_path,), only_bundled=True), EntryPoint("gone", "outside_gone", "floorwatch"))

    assert {each.origin for each in found.values()} == {Origin.BUNDLED}


def test_bundled_plugins_come_first_and_once_with_or_without_metadata() -> None:
    without = [each.name for each in discover(Wanted(), float, ())]
    with_metadata = [each.name for each in discover(Wanted(), float) if each.origin is Origin.BUNDLED]

    assert without == with_metadata == sorted(set(without))


def test_a_stranger_s_plugins_folder_beside_an_installed_package_is_not_ours(tmp_path: Path) -> None:
    drop(tmp_path, "plugins/floorwatch_fake/__init__.py", "")

    assert checkout_plugins(tmp_path / "floorwatch") == ()
    drop(tmp_path, "pyproject.toml", "")
    assert checkout_plugins(tmp_path / "floorwatch") == (tmp_path / "plugins" / "floorwatch_fake",)


def test_a_folder_is_put_on_the_path_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))

    reach(tmp_path)
    reach(tmp_path)

    assert sys.path.count(str(tmp_path)) == 1


def test_the_folder_beside_the_configuration_is_one_by_default(tmp_path: Path) -> None:
    given = tmp_path / "given"

    assert drop_in_folders(tmp_path, [given]) == (given,)
    (tmp_path / "plugins").mkdir()
    assert drop_in_folders(tmp_path, [given]) == (tmp_path / "plugins", given)
    assert drop_in_folders(None, []) == ()


def test_a_module_s_name_is_its_plugin_s() -> None:
    assert plugin_name("floorwatch_queue_status") == "queue-status"
