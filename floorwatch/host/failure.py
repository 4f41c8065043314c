"""What went wrong in a plugin, as a value: one line for the person at the screen, the traceback for the author.

Rules
- The exception itself is never kept: its frames would hold snapshots alive.
- Making a failure never raises, whatever the exception's own `__str__` does.
- A secret in the exception's message (an address with the key in it) is not shown; what may be the number of a caller
  is masked, and all of it is inert.
"""

import importlib
import os
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from msgspec import Struct

from floorwatch.host.api_hint import api_hint
from floorwatch.host.concealed import without_secrets
from floorwatch.host.place import short_place
from floorwatch.text import whole_without_numbers, without_numbers

LONGEST_TRACEBACK = 20_000
"""Characters kept, the end first: the end names the line that raised."""

_OURS = (
    str(Path(__file__).parents[1]) + os.sep,
    str(Path(importlib.__file__).parent) + os.sep,
    str(Path(threading.__file__)),
    "<",  # frozen importlib, generated code
)


class Failure(Struct, frozen=True):
    """`reason` is one line, inert and naming the plugin's file and line where known. `traceback` may be empty."""

    reason: str
    traceback: str = ""

    @staticmethod
    def of(error: BaseException) -> "Failure":
        """The failure that this exception means."""
        place, said = _place(error), _said(error)
        text = without_secrets("".join(traceback.format_exception(error)))
        lines = map(whole_without_numbers, text[-LONGEST_TRACEBACK:].splitlines())
        return Failure(f"{said} ({place})" if place else said, "".join(f"{line}\n" for line in lines))


def _said(error: BaseException) -> str:
    """The exception in one line, without its module: a drop-in's is a private name."""
    name = type(error).__name__
    try:
        message = str(error.msg if isinstance(error, SyntaxError) else error)
        first = api_hint(error) or message.strip().partition("\n")[0]
    except Exception:  # noqa: BLE001  # plugin code: its own __str__
        first = ""
    return without_numbers(without_secrets(f"{name}: {first}" if first else name))


def _place(error: BaseException) -> str:
    """Where in the plugin it happened: the innermost frame in the folder through which its code was entered."""
    if isinstance(error, SyntaxError) and error.filename:
        return short_place(error.filename, error.lineno or 1)
    return place_among(_frames(error.__traceback__))


def place_among(frames: Sequence[tuple[str, int]]) -> str:
    """The innermost of these places (file and line, the outermost first) in the folder through which a plugin's code
    was entered; "" where all of them are ours."""
    theirs = [place for place in frames if not place[0].startswith(_OURS)]
    if not theirs:
        return ""
    home = str(Path(theirs[0][0]).parent)
    return short_place(*[place for place in theirs if place[0].startswith(home)][-1])


def _frames(trace: TracebackType | None) -> list[tuple[str, int]]:
    return [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
