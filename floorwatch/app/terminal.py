"""What kind of terminal this is: whether it reads UTF-8, how wide it draws what may be wide, how many colours it has.

Rules
- A Chinese terminal may draw characters of ambiguous width (blocks, borders) two cells wide; every column behind such a
  character would then stand one cell too far right. One that does not read UTF-8 draws a cell for every byte.
- The terminal itself is asked, by drawing something and asking where the cursor is. One that does not answer is taken
  for one of today: it reads UTF-8 and draws narrow.
- Asking and hearing are apart: what is imported in between costs the terminal's way there and back nothing.
- An answer that comes too late is a report of the cursor's place to Textual, and never a key.
"""

import os
import re
import select
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

CHINESE, BORDER = "中中", "─"
"""Four cells in UTF-8, six where bytes are drawn one by one or in pairs (Latin-1, GBK); one cell or two."""
PROBE = f"\r{CHINESE}\x1b[6n\r{BORDER}\x1b[6n"
BYTES_DRAWN = 6

ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")
ANSWERS = 2
LONGEST_ANSWER = 64
NEAR_SECONDS, FAR_SECONDS = 0.05, 0.3
"""For each piece of the answer, over a line of this machine and over SSH."""


class Drawing(Struct, frozen=True):
    """How the terminal draws: characters of ambiguous width two cells wide, and UTF-8 at all."""

    wide: bool = False
    utf8: bool = True


class NotUtf8Error(Exception):
    """The terminal draws the bytes of UTF-8 one by one: no name and no border could be read."""


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
            os.write(target, PROBE.encode())

    def hear(self, patience_seconds: float = NEAR_SECONDS) -> Drawing:
        """How it draws. Blocks for at most `patience_seconds` for every piece of the answer."""
        if self._before is None:
            return Drawing()
        import termios

        try:
            columns = self._columns(patience_seconds)
            os.write(self._target, b"\r\x1b[K")
        finally:
            termios.tcsetattr(self._source, termios.TCSANOW, self._before)
        names, border = (*columns, 0, 0)[:ANSWERS]
        return Drawing(wide=border > 1 + len(BORDER), utf8=names < 1 + BYTES_DRAWN)

    def _columns(self, patience_seconds: float) -> list[int]:
        """The columns that the terminal answers with, counted from 1; as many as it does answer."""
        heard, found = b"", list[int]()
        while len(heard) < LONGEST_ANSWER and select.select([self._source], [], [], patience_seconds)[0]:
            heard += os.read(self._source, LONGEST_ANSWER)
            found = [int(column) for column in ANSWER.findall(heard)]
            if len(found) >= ANSWERS:
                break
        return found[:ANSWERS]


def patience_in(env: Mapping[str, str]) -> float:
    """How long to wait for an answer: a line to another machine is slower."""
    return FAR_SECONDS if env.get("SSH_CONNECTION") else NEAR_SECONDS


def has_few_colours() -> bool:
    """Whether the terminal has 16 colours, by its environment, as Textual will find it."""
    from rich.console import Console
    from textual.constants import COLOR_SYSTEM

    system: Any = COLOR_SYSTEM
    return Console(color_system=system, force_terminal=True).color_system == "standard"
