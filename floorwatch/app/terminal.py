"""What kind of terminal this is: whether it draws characters of ambiguous width (blocks, borders) two cells wide.

Rules
- A Chinese terminal may do so; every column behind such a character would then stand one cell too far right.
- The terminal itself is asked, by drawing one and asking where the cursor is. One that does not answer draws narrow.
- Asking and hearing are apart: what is imported in between costs the terminal's way there and back nothing.
"""

import os
import re
import select
from typing import Any

PROBE = "─"
ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")
LONGEST_ANSWER = 64


class Question:
    """A question to the terminal behind two file descriptors; `hear` must follow, and leaves the line as it was.

    On what is no terminal, and on Windows, whose terminals draw narrow, nothing is asked.
    """

    def __init__(self, source: int = 0, target: int = 1) -> None:
        self._source, self._target = source, target
        self._before: list[Any] | None = None  # as termios gives it
        try:
            import termios
            import tty
        except ImportError:
            return
        if os.isatty(source) and os.isatty(target):
            self._before = termios.tcgetattr(source)
            tty.setcbreak(source, termios.TCSANOW)
            os.write(target, f"\r{PROBE}\x1b[6n".encode())

    def hear(self, patience_seconds: float = 0.05) -> bool:
        """Whether characters of ambiguous width are two cells wide. Blocks for at most `patience_seconds` for every
        piece of the answer; one that comes later is a key that nothing is bound to."""
        if self._before is None:
            return False
        import termios

        try:
            column = self._column(patience_seconds)
            os.write(self._target, b"\r\x1b[K")
        finally:
            termios.tcsetattr(self._source, termios.TCSANOW, self._before)
        return column is not None and column > 1 + len(PROBE)

    def _column(self, patience_seconds: float) -> int | None:
        """The column that the terminal answers with, counted from 1; None when it does not answer."""
        heard = b""
        while len(heard) < LONGEST_ANSWER and select.select([self._source], [], [], patience_seconds)[0]:
            heard += os.read(self._source, LONGEST_ANSWER)
            if found := ANSWER.search(heard):
                return int(found.group(1))
        return None
