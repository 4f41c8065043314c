"""Whoever has pressed a key waits for the screen, and for nothing else.

Rules
- Python lets a thread that computes go on for 5 ms before the next one has its turn, and a key takes several turns of
  the screen's thread: beside panels that are being built that comes to tens of milliseconds.
- So turns are short from the moment at which something comes from the terminal until a little after it was drawn. They
  are not short at all times: where many panels are built at once that costs half as much processor again.
- And until it is drawn no panel begins to be built, which nobody waits for as they wait for their key.
"""

import asyncio
import sys
from collections.abc import Callable

TURN_SECONDS = 0.0005
"""How long another thread goes on while a person waits."""

FOR_SECONDS = 0.15
"""After the last sign of them. What a key changes is drawn long before."""


class Haste:
    """Short turns for all threads of the process, for a while. `begin` may be called from any thread."""

    def __init__(self, make_way: Callable[[], None] = lambda: None) -> None:
        """`make_way` is called as soon as somebody waits, in the thread that says so."""
        self._make_way = make_way
        self._usual = sys.getswitchinterval()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.TimerHandle | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on: turns are as long as they are now once nobody waits."""
        self._loop, self._usual = loop, sys.getswitchinterval()

    def begin(self) -> None:
        """Somebody waits. Nothing before `bind`, and nothing once the loop is closed."""
        if self._loop is None or self._loop.is_closed():
            return
        self._make_way()
        sys.setswitchinterval(TURN_SECONDS)
        self._loop.call_soon_threadsafe(self._end_later)

    def end(self) -> None:
        """Nobody waits any longer."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        sys.setswitchinterval(self._usual)

    def _end_later(self) -> None:
        if self._loop is not None:
            if self._ending is not None:
                self._ending.cancel()
            self._ending = self._loop.call_later(FOR_SECONDS, self.end)
