"""What is said when floorwatch itself goes wrong: where, and what; nothing of it alive, no number of a caller in it."""

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from floorwatch import __version__
from floorwatch.host import own_log
from floorwatch.host.concealed import without_secrets
from floorwatch.host.log_file import LogFileApart
from floorwatch.settings.find import own_log_file
from floorwatch.text import without_numbers
from floorwatch.words import _


def crash_lines(error: BaseException) -> list[str]:
    """The traceback as Python gives it, made inert."""
    lines = without_secrets("".join(traceback.format_exception(error))).splitlines()
    return [*map(without_numbers, lines), _("floorwatch: this is a mistake of floorwatch's own: please report it")]


@contextmanager
def noted(floor: str) -> Iterator[None]:
    """Keep floorwatch's own log while this lasts: when `floor` was opened and left, how, and all between."""
    own_log.keep_in(LogFileApart(own_log_file))
    threading.excepthook = thread_told
    own_log.note(f"{floor}: opened by floorwatch {__version__}, process {os.getpid()}")
    try:
        yield
    except BaseException as error:  # noted, and raised again
        own_log.note(f"{floor}: left by {type(error).__name__}", grave=isinstance(error, Exception))
        raise
    else:
        own_log.note(f"{floor}: left")
    finally:
        own_log.settle()


def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """In place of Python's own way (`sys.excepthook`): what ends the process."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    own_log.crashed(error)
    own_log.settle()
    _say(error)


def thread_told(ended: threading.ExceptHookArgs) -> None:
    """The same (`threading.excepthook`): what ends a thread, beside a screen or not."""
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        own_log.crashed(ended.exc_value)
        _say(ended.exc_value)


def _say(error: BaseException) -> None:
    if sys.stderr is not None:
        sys.stderr.write("".join(f"{line}\n" for line in crash_lines(error)))
