"""What is read and not moved in: tiles, small trends, text, and one sentence in place of a view."""

from msgspec import Struct

from floorwatch.views.cells import Cell, Tone


class Tile(Struct, frozen=True):
    """A large figure with its name and what it stands against ("of 812", "80/20")."""

    title: str
    value: Cell
    against: str = ""


class Tiles(Struct, frozen=True):
    """Figures side by side, wrapped to the width. `large` ones are as high as there is room, to be read from afar."""

    tiles: tuple[Tile, ...]
    large: bool = False


class Bars(Struct, frozen=True):
    """A small trend: one bar a value (None: nothing known there), scaled to `top` (None: the largest)."""

    title: str
    values: tuple[float | None, ...]
    top: float | None = None
    caption: str = ""
    tone: Tone = Tone.NOTICE


class Line(Struct, frozen=True):
    """A line of text in pieces, each with its tone."""

    cells: tuple[Cell, ...]


class Text(Struct, frozen=True):
    """Lines to read; they wrap."""

    lines: tuple[Line, ...]

    @staticmethod
    def of(text: str, tone: Tone = Tone.CALM) -> "Text":
        """Plain lines in one tone."""
        return Text(tuple(Line((Cell(line, tone),)) for line in text.split("\n")))


class Notice(Struct, frozen=True):
    """One sentence in place of a view: an empty floor, a missing fact, a feed not yet read."""

    text: str
    tone: Tone = Tone.MUTED
