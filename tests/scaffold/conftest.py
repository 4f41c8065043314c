"""Fixtures of the scaffold's tests: an environment of an author's own, in which things may be installed."""

import os
import subprocess
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Shell: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

_FLOORWATCH = '#!/bin/sh\nexec "$(dirname "$0")/python" -m floorwatch "$@"\n'
_PATIENCE_SECONDS = 300


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Run a line as an author would paste it, in a folder: `python` and `floorwatch` are those of a new environment
    that sees all that is installed here. Nothing is looked for on a network."""
    environment = _environment(tmp_path / "environment", tmp_path / "home")

    def run(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )

    return run


def _environment(place: Path, home: Path) -> dict[str, str]:
    """A new environment beside the one that runs this, and the variables that lead into it."""
    venv.create(place, with_pip=False, symlinks=True)
    paths = sysconfig.get_paths(vars={"base": str(place), "platbase": str(place)})
    here = sysconfig.get_path("purelib")
    Path(paths["purelib"], "beside.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
    program = Path(paths["scripts"], "floorwatch")
    program.write_text(_FLOORWATCH, encoding="utf-8")
    program.chmod(0o755)
    home.mkdir()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "FLOORWATCH_", "PYTEST_"))
    }
    kept.pop("PYTHONPATH", None)
    return {
        **kept,
        "PATH": f"{paths['scripts']}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # as pip reads it: no isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
