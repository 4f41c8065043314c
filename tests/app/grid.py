"""What a terminal shows after what was written to it: as much of one as Textual needs, for tests on a pty."""

import re

from rich.cells import get_character_cell_size

_SEQUENCE = re.compile(
    r"\x1b(?:\[(?P<words>[0-9;?<>=$ ]*)(?P<act>[@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[^\[\]PX^_])"
)


class Grid:
    """A screen of so many columns and rows; `feed` it what was written."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._cells = [[" "] * columns for _row in range(rows)]
        self._x = self._y = 0

    @property
    def lines(self) -> list[str]:
        """The lines, without blanks at their ends."""
        return ["".join(row).rstrip() for row in self._cells]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    def feed(self, written: bytes) -> "Grid":
        """Draw it."""
        text, at = written.decode("utf-8", "replace"), 0
        while at < len(text):
            found = _SEQUENCE.match(text, at) if text[at] == "\x1b" else None
            if found is not None:
                self._act(found["act"], found["words"] or "")
                at = found.end()
            else:
                self._put(text[at])
                at += 1
        return self

    def _act(self, act: str | None, words: str) -> None:
        if act in ("H", "f"):
            y, x = (*(int(each or "1") for each in words.split(";")), 1)[:2]
            self._x, self._y = x - 1, y - 1
        elif act == "J":
            self._cells = [[" "] * self._columns for _row in range(self._rows)]
        elif act == "K" and self._y < self._rows:
            self._cells[self._y][self._x :] = [" "] * (self._columns - self._x)

    def _put(self, sign: str) -> None:
        if sign == "\r":
            self._x = 0
        elif sign == "\n":
            self._y += 1
            self._x = 0
        elif sign.isprintable():
            width = get_character_cell_size(sign)
            if self._y < self._rows and self._x + width <= self._columns:
                self._cells[self._y][self._x : self._x + width] = [sign, *[""] * (width - 1)]
            self._x += width
