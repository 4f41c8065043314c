"""How wide a text is, in the cells of a terminal or of a fixed-width font: reports do not wait for Textual to know."""

from unicodedata import category, east_asian_width

_JOINED = (range(0x1160, 0x1200), range(0xD7B0, 0xD7FC))
"""Vowels and ends of a Korean syllable that is written in pieces."""


def cells(text: str) -> int:
    """Cells that an inert text takes: two for a wide sign, none for what is drawn over the one before."""
    return len(text) if text.isascii() else sum(map(_size, text))


def _size(sign: str) -> int:
    if category(sign)[0] == "M" or any(ord(sign) in joined for joined in _JOINED):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1
