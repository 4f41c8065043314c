"""The few signs beside plain text that the screen draws with, in two alphabets: block characters, and ASCII.

Rules
- Every sign is one cell wide. The block alphabet holds characters of ambiguous width, which a Chinese terminal may draw
  two cells wide: there the ASCII alphabet is used, and the same characters inside texts are replaced by `plain`.
- Marks that carry meaning (`!` `*` `+` `^` `v`) are ASCII in both alphabets.
"""

from msgspec import Struct

ALARM_MARK = "!"
WARN_MARK = "*"
FRESH_MARK = "+"
RISING, FALLING = "^", "v"


class Glyphs(Struct, frozen=True):
    """One alphabet. `levels` draws a trend from nothing to full; `border` names a Textual border."""

    cut: str
    closed: str
    opened: str
    ascending: str
    descending: str
    levels: str
    thumb: str
    border: str
    ascii: bool

    def plain(self, text: str) -> str:
        """`text` in this alphabet: characters of ambiguous width are replaced where they would not fit their cell."""
        return text if not self.ascii or text.isascii() else text.translate(_TO_ASCII)


BLOCKS = Glyphs("…", "▸", "▾", "▴", "▾", " ▁▂▃▄▅▆▇█", "▐", "round", ascii=False)
ASCII = Glyphs(".", ">", "v", "^", "v", " .:-=+*#%@", "#", "ascii", ascii=True)

_TO_ASCII = str.maketrans("—–‘’“”…·•×÷±≤≥→←↑↓│─█", "--''\"\"...x/+<>><^v|-#")
