"""Plugins dropped into a folder: which files are plugins, whether they may be trusted, and how they are imported.

Rules
- A folder with an __init__.py is a plugin, and so is a single .py file. Names in "." or "_" are passed over, and tests
  that stand beside what they test.
- Whoever can write to the folder can run code as the person who watches: what others may write is refused.
- Each is imported under a private name made from its path, so that two named alike do not collide and neither hides an
  installed module. Inside a package, imports of its own modules are relative.
"""

import hashlib
import importlib.util
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from floorwatch.host.own_group import is_own_group
from floorwatch.words import _

_PRIVATE = "_floorwatch_drop_in_"
_PASSED_OVER = (".", "_", "test_", "conftest.py")


def drop_in_folders(config_folder: Path | None, given: Sequence[Path]) -> tuple[Path, ...]:
    """Where to look: `plugins/` beside the configuration if it is there, then the folders that were given."""
    beside = () if config_folder is None else (config_folder / "plugins",)
    return (*(folder for folder in beside if folder.is_dir()), *given)


def plugins_in(path: Path) -> tuple[Path, ...]:
    """The plugins at `path`, by name: itself when it is one, else those directly in it. Raises OSError."""
    if _is_plugin(path):
        return (path,)
    inside = (entry for entry in path.iterdir() if not entry.name.startswith(_PASSED_OVER))
    return tuple(sorted(entry for entry in inside if _is_plugin(entry)))


def _is_plugin(path: Path) -> bool:
    try:
        return (path / "__init__.py").is_file() or (path.suffix == ".py" and not path.is_dir())
    except PermissionError:  # so that it is listed, with the reason, when it is loaded
        return True


def distrust(path: Path, *, deep: bool) -> str | None:
    """Why code at `path` must not be run (with what to do about it), or None. `deep` looks at all that is inside."""
    if sys.platform == "win32":  # rights there are lists, not modes; the home folder is the person's own by default
        return None
    for each in _inside(path) if deep else (path,):
        try:
            status = each.stat()
        except OSError as error:
            if each != path and not each.exists():  # an editor's lock file is a link to nowhere
                continue
            return _("{path} cannot be read: {why}").format(path=each, why=error.strerror)
        if status.st_uid not in (0, os.getuid()):
            return _("{path} belongs to another user (uid {uid}): copy it and own the copy").format(
                path=each, uid=status.st_uid
            )
        if _others_may_write(status):
            return _("others may write to {path} (mode {mode}): run chmod go-w on it").format(
                path=each, mode=f"{stat.S_IMODE(status.st_mode):o}"
            )
    return None


def _others_may_write(status: os.stat_result) -> bool:
    by_group = bool(status.st_mode & stat.S_IWGRP)
    return bool(status.st_mode & stat.S_IWOTH) or (by_group and not is_own_group(status.st_gid))


def _inside(path: Path) -> Iterator[Path]:
    yield path
    for folder, folders, files in os.walk(path):
        yield from (Path(folder, name) for name in (*folders, *files))


class _FromSource(SourceFileLoader):
    """Reads the source alone: a `__pycache__` beside a single file is not looked at by `distrust`, nor read here."""

    def path_stats(self, path: str) -> NoReturn:
        """What the import system asks before it reads compiled code, and goes without."""
        raise OSError(path)


def load_drop_in(path: Path) -> ModuleType:
    """Import the plugin at `path` anew. Raises whatever its code raises; nothing of it stays imported then."""
    name = private_name(path)
    is_package = path.is_dir()
    source = path / "__init__.py" if is_package else path
    spec = importlib.util.spec_from_file_location(
        name,
        source,
        loader=_FromSource(name, str(source)),
        submodule_search_locations=[str(path)] if is_package else None,
    )
    if spec is None or spec.loader is None:
        raise ImportError(_("{path} is not Python").format(path=path))
    _forget(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    # A __pycache__ made under a loose umask would make the folder untrusted at the next start.
    wrote_bytecode, sys.dont_write_bytecode = not sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except BaseException:  # a plugin may even exit on import: whatever it raised, no half of it stays behind
        _forget(name)
        raise
    finally:
        sys.dont_write_bytecode = not wrote_bytecode
    return module


def private_name(path: Path) -> str:
    """The module that the plugin at `path` is imported as."""
    digest = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]
    return f"{_PRIVATE}{digest}_" + re.sub(r"\W", "_", path.stem)


def _forget(name: str) -> None:
    for known in [module for module in sys.modules if module == name or module.startswith(name + ".")]:
        del sys.modules[known]
