"""A job that does not come back: where it is, and the one way to end it from outside.

Rules
- Python can be told to raise in another thread. It does so between two steps of Python code: a loop ends, a thread that
  waits in the system (a sleep, a socket) or in a library in C goes on until that comes back.
- It is told only while the job's own code runs, by whoever has left that thread behind: what it may leave half done is
  the plugin's.
- Until a thread that was told takes it, Python 3.11 keeps all threads looking for it, and one whose calls are profiled
  or traced goes round for ever at its next function. So we take one ourselves at once: that ends the search, and the
  other thread finds its own when it comes back.
- One that sleeps on and is woken by a signal would begin the search again: what it has not taken soon is taken back.
"""

import ctypes
import sys
import threading
from types import CodeType, FrameType

from floorwatch.host.failure import place_among

TAKEN_BACK_SECONDS = 2.0
"""A loop takes what it is told in milliseconds, one that sleeps between its steps when it wakes."""
TAKES_BACK = "floorwatch-take-back"
"""The name of the thread that waits for that."""

_STEPS = 1000
"""Of Python code, after each of which it looks whether there is something to take: the first is enough."""


class GivenUp(BaseException):  # raised where plugins catch Exception, and told to nobody
    """Raised in the thread of a job that was given up."""


def whereabouts(thread: threading.Thread) -> str:
    """The place in the plugin where the thread is now ("my_panel.py:12"); "" where that is not to be told."""
    frames: list[tuple[str, int]] = []
    frame = _frame_of(thread)
    while frame is not None:
        frames.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return place_among(frames[::-1])


def stop(thread: threading.Thread, outermost: CodeType) -> bool:
    """Have GivenUp raised in the thread, if it is somewhere inside of `outermost`; whether it was told."""
    frame = _frame_of(thread)
    if frame is None or frame.f_code is outermost or thread.ident is None:
        return False
    while frame is not None and frame.f_code is not outermost:
        frame = frame.f_back
    if frame is None:
        return False
    is_told = _tell(thread.ident, GivenUp)
    _end_the_search()
    if is_told:
        later = threading.Timer(TAKEN_BACK_SECONDS, _take_back, (thread,))
        later.name, later.daemon = TAKES_BACK, True
        later.start()
    return is_told


def _take_back(thread: threading.Thread) -> None:
    if thread.is_alive() and thread.ident is not None:
        _tell(thread.ident, None)
        _end_the_search()


class _FoundError(BaseException):
    """Raised in our own thread, by itself."""


def _end_the_search() -> None:
    """Tell this thread something, and let it take it."""
    try:
        _tell(threading.get_ident(), _FoundError)
        for _step in range(_STEPS):
            pass
    except _FoundError:
        return


def _tell(thread: int, error: type[BaseException] | None) -> bool:
    what = None if error is None else ctypes.py_object(error)
    told: int = ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
    return told == 1


def _frame_of(thread: threading.Thread) -> FrameType | None:
    return sys._current_frames().get(thread.ident or 0)  # noqa: SLF001  # documented; there is no other way
