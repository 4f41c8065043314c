"""Keyframes built by a process of its own, so that the screen has this one to itself.

Rules
- The child is this same program with the same words in front: configuration, people, plugins and language are ours.
- It lives no longer than this process, however this one ends: it reads from a pipe that closes when we are gone. Ctrl+c
  and a closed terminal are for us alone: it has no terminal.
- What it says on stderr goes into a file that has no name: nobody need read it while it works.
- There is no limit below which a thread would do: alert rules remember what they saw last, and those of this process
  are asked about another moment at the same time.
"""

import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from floorwatch.words import _

FOR_PARENT = "--for-parent"
"""The option of `floorwatch index` that makes a run of it our child."""

_FROM_US = "floorwatch: "
_LAST_BYTES = 4096


class ChildBuilding:
    """`Building` of shapes, by `floorwatch index`. `words` stand before the command: what was asked for of all of
    floorwatch, as `cli.wishes.as_words` gives it."""

    def __init__(self, words: Sequence[str], recording: str | os.PathLike[str]) -> None:
        self._command = (*words, "index", FOR_PARENT, "--", str(Path(recording).absolute()))
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: threading.Thread | None = None
        self._is_stopped = False
        self._problem = ""

    @property
    def problem(self) -> str:
        """Why it has ended before its time; "" while it works, and when it is done."""
        return self._problem

    def start(self) -> None:
        """Begin to build, unless that is being done."""
        if self._watcher is not None and self._watcher.is_alive() and not self._is_stopped:
            return
        self._is_stopped, self._problem = False, ""
        try:
            process, said = _started(self._command)
        except OSError as error:
            self._problem = _("keyframes cannot be built: {reason}").format(reason=error.strerror)
            return
        self._process = process
        self._watcher = threading.Thread(target=self._watch, args=(process, said), name="keyframes", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Nobody needs it any more. Does not wait."""
        self._is_stopped = True
        if self._process is not None:
            self._process.terminate()

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended; False when that takes longer."""
        if self._watcher is not None:
            self._watcher.join(seconds)
        return self._watcher is None or not self._watcher.is_alive()

    def _watch(self, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
        """Wait for the child, so that nothing of it is left, and hear why it ended."""
        with process, said:
            status = process.wait()
            if process is self._process and not self._is_stopped and status != 0:
                self._problem = _last_line(said) or _("no keyframes: status {status}").format(status=status)


def _started(words: Sequence[str]) -> "tuple[subprocess.Popen[bytes], IO[bytes]]":
    """Floorwatch with these words, and the file with what it says. Raises OSError where no process can be started."""
    if not sys.executable:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    # Not `-m floorwatch`, which would look for modules in the current folder first: whose that is, nobody knows.
    code = f"import sys; sys.path[:] = {sys.path!r}; from floorwatch.__main__ import main; sys.exit(main())"
    command = (sys.executable, "-P", "-c", code, *words)
    said = tempfile.TemporaryFile()  # noqa: SIM115  # as long as the child
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
    except OSError:
        said.close()
        raise
    return process, said


def _last_line(said: IO[bytes]) -> str:
    """The last line that a child said, without our name in front."""
    size = said.seek(0, os.SEEK_END)
    said.seek(max(0, size - _LAST_BYTES))
    lines = said.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "").removeprefix(_FROM_US)
