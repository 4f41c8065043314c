"""How what people typed is shown: in one line of a cell, or whole, however long it is."""

from textwrap import wrap

from floorwatch.api import Cell, Line, Text, _

LINE = 400
"""Characters of one piece of a long text: the screen shows no more than 500 of any."""


def without_words() -> str:
    """What stands for a question that was not typed."""
    return _("asks for help")


def in_one_line(text: str) -> str:
    """The text as a cell takes it."""
    return " ".join(text.split())


def in_lines(text: str) -> Text:
    """The whole text, however long."""
    lines = (piece for line in text.splitlines() for piece in wrap(line, LINE) or [""])
    return Text(tuple(Line((Cell(piece),)) for piece in lines))
