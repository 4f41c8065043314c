"""Calls into a plugin's code: what it returned, or how it failed and where; and what it asked beside its arguments.

Rules
- A call runs in a thread of its own, as in the host's lanes: one that does not come back is given up, with the line it
  is stuck on.
- A place is the plugin's own: frames of floorwatch and of Python's library are passed over.
- A library that the plugin uses may do as it likes while it is imported, and may read files of its own; asked by the
  plugin for the time or for chance, it answers for the plugin.
"""

import gc
import os
import random
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any, Generic, TypeVar

from msgspec import Struct

from floorwatch.engine.system_clock import monotonic, worked
from floorwatch.host.failure import Failure
from floorwatch.host.place import short_place
from floorwatch.words import _

PATIENCE_SECONDS = 20.0
"""How long one call may take before it is given up. The host gives up much sooner."""
_BUSY_MACHINE = 10
"""Times as long it may take where others have the processors meanwhile."""
_AT_REST = 0.05
"""Share of the time in which whoever waits for something works, at most."""

LAST_FRAMES = 4
"""Frames of the plugin's files that are shown of an exception, the innermost last."""

_LOOK_SECONDS = 0.25

_OURS = str(Path(__file__).parents[1]) + os.sep
_LIBRARY = str(Path(os.__file__).parent) + os.sep
_PACKAGES = ("site-packages", "dist-packages")
_PLACED = re.compile(r"^(?P<why>.*) \((?P<where>[^()]*:\d+)\)$", re.DOTALL)

T = TypeVar("T")


class Failed(Struct, frozen=True):
    """A call that raised: what, where in the plugin, and its last lines there."""

    why: str
    where: str = ""
    trace: tuple[str, ...] = ()


class StuckError(Exception):
    """A call that does not come back; nothing more can be asked of this thing."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.why)
        self.failed = failed


class _Call(Generic[T]):
    """One call on its way."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self.value: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.value = self._function()
        except BaseException as error:  # noqa: BLE001  # plugin code: a sys.exit() in it must not end the checks
            self.error = error


def called(function: Callable[[], T], patience: float = PATIENCE_SECONDS) -> T | Failed:
    """What the call returns, or how it failed. Raises StuckError when it does not come back."""
    call = _Call(function)
    thread = threading.Thread(target=call.run, name="floorwatch-conformance", daemon=True)
    thread.start()
    began = monotonic()
    thread.join(patience)
    while thread.is_alive():
        passed, worked_seconds = monotonic() - began, worked(thread.native_id or 0)
        # Of one that has ended meanwhile nobody says how long it worked.
        if is_over(passed, worked_seconds, patience) and thread.is_alive():
            raise StuckError(_stuck(thread, patience))
        thread.join(_LOOK_SECONDS)
    if call.error is not None:
        return failed_by(call.error)
    return call.value  # type: ignore[return-value]  # it returned, so the value is its own


def is_over(passed: float, worked_seconds: float | None, patience: float) -> bool:
    """Whether a call is to be given up that began `passed` seconds ago: one that works has its patience in time of a
    processor, one that waits for something in time of a clock."""
    if worked_seconds is None or passed >= patience * _BUSY_MACHINE:
        return True
    return worked_seconds >= patience or worked_seconds < passed * _AT_REST


def failed_by(error: BaseException) -> Failed:
    """The exception as a failure with its place in the plugin."""
    reason = Failure.of(error).reason
    placed = _PLACED.match(reason)
    entered = [frame for frame in traceback.extract_tb(error.__traceback__) if is_plugins(frame.filename)]
    home = str(Path(entered[0].filename).parent) if entered else ""
    frames = [frame for frame in entered if frame.filename.startswith(home)]  # not those of libraries it calls
    trace = tuple(
        f"{short_place(frame.filename, frame.lineno or 0)}, {frame.name}: {frame.line}"
        for frame in frames[-LAST_FRAMES:]
    )
    return Failed(reason, "", trace) if placed is None else Failed(placed["why"], placed["where"], trace)


def _stuck(thread: threading.Thread, patience: float) -> Failed:
    said = _("does not come back: given up after {seconds:g} s").format(seconds=patience)
    frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001  # Python's only way to ask where a thread is
    inmost = "" if frame is None else short_place(frame.f_code.co_filename, frame.f_lineno)
    return Failed(said, place_in(frame) or inmost)


@lru_cache(maxsize=4096)  # asked of every frame on the stack at every read of a noted floor
def is_plugins(file: str) -> bool:
    """Whether this file of code is a plugin's: neither ours nor Python's."""
    if file.startswith((_OURS, "<")):
        return False
    return not file.startswith(_LIBRARY) or any(f"{os.sep}{folder}{os.sep}" in file for folder in _PACKAGES)


def frames_from(frame: FrameType | None) -> Iterator[FrameType]:
    """The frame, the one that called it, and so on."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def place_in(frame: FrameType | None) -> str:
    """The innermost line of a plugin among a frame and its callers; "" when there is none.

    A call begins in a thread of ours, so whoever asked for the check is not among them.
    """
    for each in frames_from(frame):
        if is_plugins(each.f_code.co_filename):
            return short_place(each.f_code.co_filename, each.f_lineno)
    return ""


class Asked(Struct, frozen=True):
    """Something beside its arguments that a plugin's code asked: which function, what to do instead, where."""

    what: str
    instead: str
    where: str


def watched(function: Callable[[], T], asked: list[Asked]) -> Callable[[], T]:
    """The function, which adds to `asked` each clock, chance, file or screen that the plugin's own lines ask."""

    def note(frame: FrameType, event: str, arg: Any) -> None:
        # Python asks this at each call and each return: a look at the name alone leaves a third of the time.
        if event == "c_call" and arg.__name__ in _OF_INTEREST:
            _note(frame, arg, asked)

    def run() -> T:
        collects = gc.isenabled()
        gc.disable()  # others' callbacks on the collector (Hypothesis times it) would count as the plugin's asking
        sys.setprofile(note)
        try:
            return function()
        finally:
            sys.setprofile(None)
            if collects:
                gc.enable()

    return run


_CLOCKS = frozenset(
    {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "now", "utcnow"}
)
_BETWEEN = ("random.py", "pathlib.py", f"pathlib{os.sep}__init__.py", "uuid.py", "secrets.py")
"""Modules of Python's library through which a plugin asks for chance and files."""

_IMPORTING = "<frozen importlib"
_SHARED_CHANCE: object = getattr(random.random, "__self__", None)
"""What `random.choice` and its like draw from. Of a `Random` of the plugin's own only the seed could be chance, and
that shows as unequal answers."""
_CHANCES = frozenset({"random", "getrandbits", "seed", "getstate", "setstate"})


_OF_INTEREST = _CLOCKS | _CHANCES | {"today", "sleep", "urandom", "open", "print", "input"}
"""Names of the built-in functions that `_instead` looks at."""


def _note(frame: FrameType, arg: Any, asked: list[Asked]) -> None:
    instead = _instead(arg)
    if instead is None:
        return
    by: FrameType | None = None
    for each in frames_from(frame):
        file = each.f_code.co_filename
        if is_plugins(file):
            by = each
        elif file.startswith(_IMPORTING) or (by is None and not file.endswith(_BETWEEN)):
            return  # what a module does as it is imported; and a log looks at the clock too, and may
    if by is not None and (place := _asking_place(frame, by, _is_of_files(arg))) is not None:
        asked.append(Asked(_named(arg), instead, place))


def _asking_place(frame: FrameType, outermost: FrameType, is_of_files: bool) -> str | None:
    """The innermost line of the plugin itself, whose home is that of the outermost; None where only a library of its
    read a file."""
    home = str(Path(outermost.f_code.co_filename).parent)
    entered = [each for each in frames_from(frame) if is_plugins(each.f_code.co_filename)]
    own = next(each for each in entered if each.f_code.co_filename.startswith(home))
    if is_of_files and own is not entered[0]:
        return None
    return short_place(own.f_code.co_filename, own.f_lineno)


def _is_of_files(function: Any) -> bool:
    return getattr(function, "__name__", "") == "open"


def _instead(function: Any) -> str | None:
    """What to do instead of calling this built-in function; None for one that may be called."""
    name, owner = getattr(function, "__name__", ""), getattr(function, "__self__", None)
    if isinstance(owner, type) and issubclass(owner, date) and name in {"now", "utcnow", "today"}:
        return _("the moment is the floor's or the line's own")
    module = getattr(function, "__module__", None)
    if module == "time" and name == "sleep":
        return _("nothing may be waited for: the floor comes by itself")
    if module == "time" and name in _CLOCKS:
        return _("the moment is the floor's or the line's own")
    if owner is _SHARED_CHANCE or (name == "urandom" and module in {"posix", "nt"}):
        return _("equal floors must give equal answers")
    if name == "open" and module in {"io", "_io", "posix", "nt"}:
        return _("read files in the hook, when the plugin is asked for its declarations")
    if name in {"print", "input"} and module == "builtins":
        return _("the terminal is the host's: use the plugin's log")
    return None


def _named(function: Any) -> str:
    owner = getattr(function, "__self__", None)
    if isinstance(owner, type):
        return f"{owner.__name__}.{function.__name__}"
    if isinstance(owner, random.Random):
        return f"random.{function.__name__}"
    return f"{function.__module__.lstrip('_')}.{function.__name__}"
