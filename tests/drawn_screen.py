"""What a terminal shows after it was written to: its cells, with the colours that each was drawn in.

Rules
- It knows what our screen writes: places, steps to the right, colours, an emptied screen; of the rest, nothing.
- A sign that is two cells wide leaves "" in the second one; a sign drawn over one half of it empties the other.
- A sequence that is not whole yet waits for what comes next.
"""

import re
from collections.abc import Callable, Sequence

from rich.cells import get_character_cell_size

_SEQUENCE = re.compile(
    r"\x1b(?:\[([0-9;?<>=$ ]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[=>()][0-9A-B]?)"
)
_BLANK = (" ", ())

Look = tuple[str, ...]
"""The codes that were in force, in a fixed order: attributes, colour, ground."""


class DrawnScreen:
    """A terminal of so many columns and rows, on which a sign is as wide as `width_of` says."""

    def __init__(self, columns: int, rows: int, width_of: Callable[[str], int] = get_character_cell_size) -> None:
        self._width_of = width_of
        self.cells: list[list[tuple[str, Look]]] = [[_BLANK] * columns for _ in range(rows)]
        self._x = self._y = 0
        self._look: dict[str, str] = {}
        self._drawn_in: Look = ()
        self._rest = ""

    def write(self, text: str) -> None:
        """Draw it."""
        text, self._rest = self._rest + text, ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self._put(text[at])
                at += 1
                continue
            found = _SEQUENCE.match(text, at)
            if found is None:
                self._rest = text[at:]
                return
            self._obey(found[1] or "", found[2] or "")
            at = found.end()

    def line(self, y: int) -> str:
        """The words of a line."""
        return "".join(sign for sign, _look in self.cells[y])

    @property
    def lines(self) -> Sequence[str]:
        """The words of every line."""
        return [self.line(y) for y in range(len(self.cells))]

    def _put(self, sign: str) -> None:
        if sign == "\n":
            self._y = min(self._y + 1, len(self.cells) - 1)
        elif sign == "\r":
            self._x = 0
        elif sign >= " " and (width := self._width_of(sign)):
            for step in range(width):
                self._set(self._x + step, sign if step == 0 else "")
            self._x += width
        elif sign >= " " and self._x:
            at = self._x - 1 if self.cells[self._y][self._x - 1][0] else self._x - 2
            before, look = self.cells[self._y][at]
            self.cells[self._y][at] = (before + sign, look)

    def _set(self, x: int, sign: str) -> None:
        line = self.cells[self._y]
        if x >= len(line):
            return
        if not line[x][0] and sign:  # the second half of a wide sign
            line[x - 1] = _BLANK
        if x + 1 < len(line) and not line[x + 1][0]:
            line[x + 1] = _BLANK
        line[x] = (sign, self._drawn_in)

    def _obey(self, numbers: str, letter: str) -> None:
        match letter:
            case "H":
                row, _semicolon, column = numbers.partition(";")
                self._y, self._x = int(row or 1) - 1, int(column or 1) - 1
            case "G":
                self._x = int(numbers or 1) - 1
            case "C":
                self._x += int(numbers or 1)
            case "J":
                self.cells = [[_BLANK] * len(line) for line in self.cells]
            case "m":
                self._colour(numbers.split(";"))
                self._drawn_in = tuple(self._look[kind] for kind in sorted(self._look))
            case _:
                pass

    def _colour(self, codes: list[str]) -> None:
        while codes:
            code = codes.pop(0)
            if code in {"", "0"}:
                self._look.clear()
            elif code in {"38", "48"}:
                count = 4 if codes[0] == "2" else 2
                self._look["colour" if code == "38" else "ground"] = ";".join([code, *codes[:count]])
                del codes[:count]
            elif code in {"39", "49"}:
                self._look.pop("colour" if code == "39" else "ground", None)
            elif 30 <= int(code) <= 37 or 90 <= int(code) <= 97:
                self._look["colour"] = code
            elif 40 <= int(code) <= 47 or 100 <= int(code) <= 107:
                self._look["ground"] = code
            else:
                self._look[f"attribute {code}"] = code
