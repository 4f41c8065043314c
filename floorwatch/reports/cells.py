"""How wide a text is, in the cells of a terminal or of a fixed-width font: reports do not wait for Textual to know."""

import unicodedata


def cells(text: str) -> int:
    """Cells that the text takes: two for a wide sign, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)
