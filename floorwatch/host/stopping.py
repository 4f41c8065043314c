"""A job that does not come back: where it is, and the one way to end it from outside.

Rules
- Python can be told to raise in another thread. It does so between two steps of Python code: a loop ends, a thread that
  waits in the system (a sleep, a socket) or in a library in C goes on until that comes back.
- It is told only while the job's own code runs, by whoever has left that thread behind: what it may leave half done is
  the plugin's.
- Until a thread that was told takes it, Python 3.11 keeps all threads looking for it, and one whose calls are profiled
  or traced goes round for ever at its next function. So we take one ourselves at once: that ends the search, and the
  other thread finds its own when it comes back.
"""

import ctypes
import sys
import threading
from types import CodeType, FrameType

from floorwatch.host.failure import place_among

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
    return is_told


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


def _tell(thread: int, error: type[BaseException]) -> bool:
    told: int = ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
    return told == 1


def _frame_of(thread: threading.Thread) -> FrameType | None:
    return sys._current_frames().get(thread.ident or 0)  # noqa: SLF001  # documented; there is no other way
