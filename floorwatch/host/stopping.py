"""A job that does not come back: where it is, and the one way to end it from outside.

Rules
- Python can be told to raise in another thread. It does so between two steps of Python code: a loop ends, a thread that
  waits in the system (a sleep, a socket) or in a library in C goes on until that comes back.
- It is told only while the job's own code runs, by whoever has left that thread behind: what it may leave half done is
  the plugin's.
"""

import ctypes
import sys
import threading
from types import CodeType, FrameType

from floorwatch.host.failure import place_among


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
    told: int = ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(GivenUp))
    return told == 1


def _frame_of(thread: threading.Thread) -> FrameType | None:
    return sys._current_frames().get(thread.ident or 0)  # noqa: SLF001  # documented; there is no other way
