"""Where a fault needs less of the machine than the tests have: a small disk, no more file watches. In a process of its
own, so that nobody else is short of them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]

SMALL_DISK = 'mount -t tmpfs -o size=2m none "$1" && shift && exec "$@"'
"""Two megabytes, seen by this process alone."""

NO_WATCHES = 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"'
"""A user whose file watches are all taken."""


@cache
def can_have(script: str) -> bool:
    """Whether this machine lets us have that: a container or a hardened kernel may not."""
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-Urm", "sh", "-c", script, "sh", *(["/mnt"] if script == SMALL_DISK else []), "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def confined(script: str, *words: object) -> list[str]:
    """The command of a process in name spaces of its own, in which the script was run before."""
    return ["unshare", "-Urm", "sh", "-c", script, "sh", *map(str, words)]


def told(command: Sequence[str]) -> dict[str, Any]:
    """What such a process says at its end."""
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "plugins")))},
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def python(module: str, *words: object) -> list[str]:
    """The command that runs a module of these tests."""
    return [sys.executable, "-m", module, *map(str, words)]
