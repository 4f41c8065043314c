"""Whether a thread that runs a guest's code now and then is still in the same call of it.

Rules
- A call of a guest is one frame on the thread's stack. To read a long day takes many of them, however slow they are; a
  call that does not come back is the same one at every look.
- The guest pays nothing for it: nothing is counted or noted in the thread that is watched.
"""

import sys
import threading
from types import FrameType

from floorwatch.host.guests import outermost_guest
from floorwatch.host.stopping import whereabouts
from floorwatch.words import _

MOST_A_LOOK_SECONDS = 1.0
"""No more than this counts between two looks: a machine that slept, or a process that was stopped, did not wait."""


class CallWatch:
    """Looks at one thread again and again, and gives up a call that lasts for so many seconds."""

    def __init__(self, thread: threading.Thread, patience_seconds: float) -> None:
        self._thread = thread
        self._patience_seconds = patience_seconds
        self._call: FrameType | None = None
        self._seconds = 0.0

    def look(self, passed: float) -> str:
        """Why the call is to be given up, with its place; "" while it is not. So many seconds have passed since the
        look before."""
        call = self._call_now()
        is_the_same = call is not None and call is self._call
        self._seconds = self._seconds + min(passed, MOST_A_LOOK_SECONDS) if is_the_same else 0.0
        self._call = call
        if self._seconds < self._patience_seconds:
            return ""
        place = whereabouts(self._thread)
        said = _("does not come back: given up after {seconds:.0f} s").format(seconds=self._seconds)
        return f"{said} ({place})" if place else said

    def _call_now(self) -> FrameType | None:
        frames = sys._current_frames()  # noqa: SLF001  # documented; there is no other way
        return outermost_guest(frames.get(self._thread.ident or 0))
