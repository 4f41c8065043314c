"""Processes of their own that start warm: forked from one that has loaded floorwatch already, which is half a second of
a processor less for each.

Rules
- What runs is `python -m MODULE WORDS`, with a folder, an environment, streams and a session of its own. Nothing of the
  tests is in it, and signals mean what they mean to Python, whatever whoever runs the tests ignores.
- What Python or a library reads once, as it starts or is imported, is as in the process that runs the tests. A test
  that is about that, about what is imported when, or about memory starts a cold process.
- The first process ends when the tests do, at whatever: its line to them closes.
"""

import fcntl
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from msgspec import Struct

from floorwatch.engine.house import build_house
from floorwatch.settings import Settings
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[1]
NOTHING = Path(os.devnull)
LOADED = (
    "floorwatch.app.run",
    "floorwatch.cli.program",
    "floorwatch.cli.straight",
    "floorwatch.engine.headless",
    "floorwatch.journal.opening",
    "tests.journal.entries",
)
"""What most processes of the tests import, with all that it imports itself."""
_LARGEST_ORDER = 1 << 18
_STREAMS = 3


class WarmProcess:
    """A process that was told to run a module; what `subprocess.Popen` says of one."""

    def __init__(
        self,
        words: Sequence[object],
        streams: tuple[int, int, int],
        folder: Path = ROOT,
        env: Mapping[str, str] | None = None,
        owns_terminal: bool = False,
    ) -> None:
        """`words` are the module and its arguments, `streams` the descriptors of what it reads, writes and complains
        to; `env` is that of the tests unless given. Whoever `owns_terminal` is hung up when the line of stdin drops."""
        order = {
            "words": [*map(str, words)],
            "folder": str(folder),
            "env": dict(os.environ if env is None else env),
            "owns_terminal": owns_terminal,
        }
        near, far = os.pipe()
        socket.send_fds(_first(), [json.dumps(order).encode()], [*streams, far])
        os.close(far)
        self.returncode: int | None = None
        self._told = os.fdopen(near, "rb", buffering=0)
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        """Its exit status, once it has ended."""
        return self._ended(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, waited for; raises TimeoutExpired."""
        status = self._ended(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("a warm process", timeout or 0.0)
        return status

    def send_signal(self, number: int) -> None:
        """Send it this signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended just now
                os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], seconds)[0]:
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode


class Ended(Struct, frozen=True):
    """What a process came to: its exit status, and all that it wrote."""

    status: int
    out: bytes
    err: bytes


def run(*words: object, folder: Path = ROOT, env: Mapping[str, str] | None = None) -> Ended:
    """Run a module (the first word) to its end, without anything to read."""
    with NOTHING.open("rb") as nothing, TemporaryFile() as out, TemporaryFile() as err:
        process = WarmProcess(words, (nothing.fileno(), out.fileno(), err.fileno()), folder, env)
        try:
            process.wait(PATIENCE_SECONDS)
        finally:
            process.kill()
        out.seek(0)
        err.seek(0)
        return Ended(process.wait(), out.read(), err.read())


@cache
def _first() -> socket.socket:
    """The line to the process from which all others are forked: one for each process that runs tests."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    paths = os.pathsep.join((str(ROOT), str(ROOT / "plugins")))
    with far:
        # It ends when `near` does, which is when this process ends: nobody has to wait for it.
        first = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "tests.warm", "0"],
            {**os.environ, "PYTHONPATH": paths},
            file_actions=[(os.POSIX_SPAWN_DUP2, far.fileno(), 0)],
            setsid=True,
        )
    assert first
    return near


# --- in the first process ---


def _forked(line: socket.socket) -> dict[str, Any]:
    """Fork a process for each order that comes; returns in those processes only, with what they were told."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    while True:
        order, fds, _flags, _from = socket.recv_fds(line, _LARGEST_ORDER, _STREAMS + 1)
        if not order:
            sys.exit()
        if os.fork() == 0:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            told = fds.pop()
            process = os.fork()
            if process:
                _keep(process, told, fds)
            os.close(told)
            wanted: dict[str, Any] = json.loads(order)
            _take_place(wanted, fds)
            return wanted
        for fd in fds:
            os.close(fd)


def _keep(process: int, told: int, fds: Sequence[int]) -> None:
    """Tell who this is, wait for its end, tell that, and end."""
    for fd in fds:
        os.close(fd)
    os.write(told, b"%d\n" % process)
    _process, status = os.waitpid(process, 0)
    os.write(told, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _take_place(wanted: Mapping[str, Any], fds: Sequence[int]) -> None:
    """Have the streams, the session, the folder, the environment and the signals of a process that has just begun."""
    os.setsid()
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)
    if wanted["owns_terminal"]:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  # as long as the process
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.path[0] = wanted["folder"]
    sys.argv = wanted["words"]


def _serve() -> None:
    """Load, then fork; each process that was forked runs its module here."""
    for name in LOADED:
        import_module(name)
    build_house(Settings(), only_bundled=True)  # imports the bundled plugins
    gc.collect()
    gc.freeze()
    wanted = _forked(socket.socket(fileno=os.dup(0)))
    runpy.run_module(wanted["words"][0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()
