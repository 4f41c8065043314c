"""The command `floorwatch`, also `python -m floorwatch`: answers `--version` at once and leaves the rest to the cli."""

import errno
import io
import os
import sys
from contextlib import suppress
from types import TracebackType
from typing import NoReturn

from floorwatch import __version__

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})


def main() -> int:
    """Run the command line in `sys.argv`; return the exit status (0 fine, 1 the work failed, 2 wrong usage). Does not
    return where a plugin from elsewhere was loaded: Python would wait for its threads, and call what it left behind."""
    try:
        status = command_line()
    except Exception as error:  # told as Python would tell it, and raised again where nothing keeps Python from ending
        if not _are_there_guests():
            raise
        sys.excepthook(type(error), error, error.__traceback__)
        status = 1
    if _are_there_guests():
        _end(status)
    return status


def _are_there_guests() -> bool:
    guests = sys.modules.get("floorwatch.host.guests")
    return guests is not None and bool(guests.are_there_any())


def _end(status: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def command_line() -> int:
    """The same, for a process that goes on."""
    _ready_streams()
    sys.excepthook = _crashed
    try:
        status = _status()
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on (`| head`): fine, and nothing is to be said at the exit either
        _write_no_more()
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _write_no_more()
        from floorwatch.words import _

        said = _("floorwatch: nothing more can be written ({why}): make room, and run it again")
        sys.stderr.write(said.format(why=error.strerror) + "\n")
        return 1
    return status


def _status() -> int:
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"floorwatch {__version__}\n")
        return 0
    from floorwatch.cli import main as run  # typer and what the commands stand on, some 100 ms

    return run()


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from floorwatch.cli.crashing import told  # nothing of it is wanted before

    told(kind, error, trace)


def _ready_streams() -> None:
    """Streams that take every word: a name that the terminal's encoding has not is written as `\\u5f20`, and what was
    closed (`>&-`) takes it too."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()


def _nowhere() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # as long as the process


def _write_no_more() -> None:
    """What is left in the stream must not fail once more when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
