"""The few signs beside plain text that the screen draws with, in two alphabets: block characters, and ASCII.

Rules
- Every sign is one cell wide. The block alphabet holds characters of ambiguous width, which a Chinese terminal may draw
  two cells wide: there the ASCII alphabet is used, and such characters inside texts are replaced by `plain`: signs by
  ones like them, "é" and "①" by what is in them. A letter of another alphabet stays: a name that stands a cell too far
  right can be read, one of question marks cannot.
- Marks that carry meaning (`!` `*` `+` `^` `v`) are ASCII in both alphabets.
"""

from functools import lru_cache
from unicodedata import combining, east_asian_width, normalize

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
        return text if not self.ascii or text.isascii() else "".join(map(_in_its_cell, text))


BLOCKS = Glyphs("…", "▸", "▾", "▴", "▾", " ▁▂▃▄▅▆▇█", "▐", "round", ascii=False)
ASCII = Glyphs(".", ">", "v", "^", "v", " .:-=+*#%@", "#", "ascii", ascii=True)

_LIKE = dict(
    zip(
        "—–‘’“”…·•×÷±≤≥→←↑↓│─█°★☆●○◎◆◇■□▲△▶▼▽◀√∞§",
        "--''\"\"...x/+<>><^v|-#o**ooo++##^^>vv<v8S",
        strict=True,
    )
)


@lru_cache(maxsize=4096)
def _in_its_cell(sign: str) -> str:
    """The sign, or what stands for it, where it would be two cells wide on a terminal of wide characters."""
    if sign.isascii() or east_asian_width(sign) != "A" or combining(sign):
        return sign
    within = _LIKE.get(sign) or normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return within or (sign if sign.isalpha() else "?")
