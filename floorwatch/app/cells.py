"""Text in terminal cells: ages, cutting and padding to an exact width, what a cell says at a moment.

Rules
- Every function is total: any text, any width from 0 up, draws something of exactly that width.
- Text is made inert here, the one place that every view passes on its way to the screen.
- A wide character that would be cut in half becomes a blank.
"""

from math import isfinite

from rich.cells import cell_len, get_character_cell_size

from floorwatch.app.glyphs import Glyphs
from floorwatch.spoken import NOTHING, duration
from floorwatch.text import LONGEST, inert
from floorwatch.views import Align, Cell, Tone


def age_text(seconds: float) -> str:
    """A duration that runs: what has not begun yet is `0:00`, and what a plugin got from a division by zero is `-`."""
    return duration(max(0.0, seconds)) if isfinite(seconds) else NOTHING


def width_of(text: str) -> int:
    """How many cells `text` takes; it must be inert."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int, sign: str = "") -> str:
    """`text` in at most `width` cells; `sign` (one cell) takes the last one where something was cut."""
    if width_of(text) <= width:
        return text
    room = width - len(sign) if width > len(sign) else width
    used = 0
    for at, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > room:
            return text[:at] + (sign if width > len(sign) else "")
    return text


def fit(text: str, width: int, align: Align = Align.LEFT, sign: str = "") -> str:
    """`text` in exactly `width` cells."""
    if width <= 0:
        return ""
    shown = cut(text, width, sign)
    missing = width - width_of(shown)
    match align:
        case Align.LEFT:
            return shown + " " * missing
        case Align.RIGHT:
            return " " * missing + shown
        case Align.CENTER:
            return " " * (missing // 2) + shown + " " * (missing - missing // 2)


def said(cell: Cell, now: float, glyphs: Glyphs) -> tuple[str, Tone]:
    """What the cell says at floor time `now`, and in which tone: an age takes the last step that it has reached."""
    if cell.since is None:
        text = cell.text
        if len(text) < 200 and text.isascii() and text.isprintable():
            return text, cell.tone
        return glyphs.plain(inert(text)), cell.tone
    age = now - cell.since
    tone = cell.tone
    for seconds, step in cell.steps:
        if age >= seconds:
            tone = step
    text = cell.prefix + age_text(age)
    if cell.text:
        text = f"{cell.text[:LONGEST]} {text}"
    return glyphs.plain(inert(text)), tone
