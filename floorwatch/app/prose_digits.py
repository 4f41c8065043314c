"""Large figures: digits and the signs among them, 3 to 10 lines high, from blocks or from plain characters.

Rules
- A figure is drawn whole or not at all: text with a sign that has no large form is no large figure.
- All digits of a size are equally wide, so that nothing moves when a figure changes.
- Rows of a form are written as they are seen: `#` is drawn, `.` is blank.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from floorwatch.app.glyphs import Glyphs

Form = Sequence[str]

LOW: Mapping[str, Form] = {
    "0": ("###", "#.#", "#.#", "#.#", "###"),
    "1": (".#.", "##.", ".#.", ".#.", "###"),
    "2": ("###", "..#", "###", "#..", "###"),
    "3": ("###", "..#", ".##", "..#", "###"),
    "4": ("#.#", "#.#", "###", "..#", "..#"),
    "5": ("###", "#..", "###", "..#", "###"),
    "6": ("###", "#..", "###", "#.#", "###"),
    "7": ("###", "..#", "..#", ".#.", ".#."),
    "8": ("###", "#.#", "###", "#.#", "###"),
    "9": ("###", "#.#", "###", "..#", "###"),
    ":": (".", "#", ".", "#", "."),
    ".": (".", ".", ".", ".", "#"),
    "%": ("#.#", "..#", ".#.", "#..", "#.#"),
    "-": ("...", "...", "###", "...", "..."),
    "+": ("...", ".#.", "###", ".#.", "..."),
    "~": ("....", ".#.#", "#.#.", "....", "...."),
    "?": ("###", "..#", ".##", "...", ".#."),
    "/": ("..#", "..#", ".#.", "#..", "#.."),
    " ": (".", ".", ".", ".", "."),
}
"""Five rows: with a point half a line high, three lines; with a line, five; with two, ten."""

HIGH: Mapping[str, Form] = {
    "0": (".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."),
    "1": ("..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."),
    "2": (".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"),
    "3": (".###.", "#...#", "....#", "..##.", "....#", "#...#", ".###."),
    "4": ("#...#", "#...#", "#...#", "#####", "....#", "....#", "....#"),
    "5": ("#####", "#....", "####.", "....#", "....#", "#...#", ".###."),
    "6": (".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."),
    "7": ("#####", "....#", "....#", "...#.", "..#..", "..#..", "..#.."),
    "8": (".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."),
    "9": (".###.", "#...#", "#...#", ".####", "....#", "....#", ".###."),
    ":": (".", ".", "#", ".", "#", ".", "."),
    ".": (".", ".", ".", ".", ".", ".", "#"),
    "%": ("#...#", "#...#", "...#.", "..#..", ".#...", "#...#", "#...#"),
    "-": ("....", "....", "....", "####", "....", "....", "...."),
    "+": (".....", "..#..", "..#..", "#####", "..#..", "..#..", "....."),
    "~": (".....", ".....", ".#...", "#.#.#", "...#.", ".....", "....."),
    "?": (".###.", "#...#", "....#", "..##.", "..#..", ".....", "..#.."),
    "/": ("....#", "....#", "...#.", "..#..", ".#...", "#....", "#...."),
    " ": ("..", "..", "..", "..", "..", "..", ".."),
}

WIRES: Mapping[str, Form] = {
    "0": (" _ ", "| |", "|_|"),
    "1": ("   ", "  |", "  |"),
    "2": (" _ ", " _|", "|_ "),
    "3": (" _ ", " _|", " _|"),
    "4": ("   ", "|_|", "  |"),
    "5": (" _ ", "|_ ", " _|"),
    "6": (" _ ", "|_ ", "|_|"),
    "7": (" _ ", "  |", "  |"),
    "8": (" _ ", "|_|", "|_|"),
    "9": (" _ ", "|_|", " _|"),
    ":": (" ", ".", "."),
    ".": (" ", " ", "."),
    "%": ("   ", "o/ ", "/o "),
    "-": ("   ", " _ ", "   "),
    "+": ("   ", "_|_", " | "),
    "~": ("    ", " /\\/", "    "),
    "?": (" _ ", " _|", " . "),
    "/": ("   ", " / ", "/  "),
    " ": (" ", " ", " "),
}
"""Three lines of plain characters: where there are no half blocks, points would be too coarse for them."""


class Size(Struct, frozen=True):
    """Figures of so many `lines`; each point of their forms is `cells` wide, and one or two lines high, or half of
    one."""

    lines: int
    forms: Mapping[str, Form]
    cells: int

    def width_of(self, text: str) -> int | None:
        """The cells that `text` takes; None where a sign of it has no large form."""
        if not text or any(sign not in self.forms for sign in text):
            return None
        return self.cells * (sum(len(self.forms[sign][0]) for sign in text) + len(text) - 1)

    def drawn(self, text: str, glyphs: Glyphs) -> list[str]:
        """`text`, for which there is a width, in lines of exactly that width."""
        forms = [self.forms[sign] for sign in text]
        if self.forms is WIRES:
            return [" ".join(row) for row in zip(*forms, strict=True)]
        rows = [".".join(row) for row in zip(*forms, strict=True)]
        if each := self.lines // len(rows):
            full = "#" if glyphs.ascii else "█"
            lines = ["".join(self.cells * (full if point == "#" else " ") for point in row) for row in rows]
            return [line for line in lines for _again in range(each)]
        rows.append("." * len(rows[0]))
        return ["".join(map(_two_in_one, upper, lower)) for upper, lower in zip(rows[::2], rows[1::2], strict=True)]


def _two_in_one(upper: str, lower: str) -> str:
    return {"##": "█", "#.": "▀", ".#": "▄"}.get(upper + lower, " ")


_TALL = (Size(10, LOW, 3), Size(7, HIGH, 2), Size(5, LOW, 2))
_BLOCKS = (*_TALL, Size(3, LOW, 1))
_ASCII = (*_TALL, Size(3, WIRES, 1))


def sizes(glyphs: Glyphs) -> Sequence[Size]:
    """The sizes that this alphabet can draw, the highest first."""
    return _ASCII if glyphs.ascii else _BLOCKS
