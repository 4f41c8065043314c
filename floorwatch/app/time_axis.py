"""Time across a line of cells: which cell a moment stands in, and the times of the local clock above. Pure.

Rules
- A label begins in the cell of its moment, which is a round one on the local clock; labels never touch.
- Now is a stroke with its time beside it; labels make room for it.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from math import isfinite

from msgspec import Struct
from rich.style import Style

from floorwatch.app.chart_time import Span, moment_text, moments
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink
from floorwatch.app.tones import Ground
from floorwatch.spoken import DAY_SECONDS, NOTHING
from floorwatch.views import Tone


class Scale(Struct, frozen=True):
    """The span from `start` up to `end` (epoch seconds) over so many `cells`."""

    start: float
    end: float
    cells: int

    @staticmethod
    def of(start: float, end: float, cells: int) -> "Scale | None":
        """A scale that can be drawn, or None."""
        span = end - start
        return Scale(start, end, cells) if cells > 0 and isfinite(span) and span > 0 else None

    @property
    def span(self) -> float:
        """Seconds of all cells."""
        return self.end - self.start

    def position(self, at: float) -> float:
        """How many cells lie before this moment, within the span."""
        return min(max((at - self.start) / self.span, 0.0), 1.0) * self.cells

    def cell(self, at: float | None) -> int | None:
        """The cell in which this moment is; None outside the span."""
        if at is None or not self.start <= at <= self.end:
            return None
        return min(int(self.position(at)), self.cells - 1)


def now_sign(ink: Ink) -> str:
    """The stroke that stands for now."""
    return ink.glyphs.plain("│")


def moment_words(at: float, scale: Scale | None, zone: tzinfo) -> str:
    """`10:40` on the local clock, with its day where the span is longer than one; `-` for what no calendar holds."""
    text = moment_text(at, zone) or NOTHING
    if text == NOTHING or scale is None or scale.span <= DAY_SECONDS:
        return text
    return f"{datetime.fromtimestamp(at, zone):%m-%d} {text}"


def axis_pieces(scale: Scale | None, lead: int, now: float | None, ink: Ink) -> list[Piece]:
    """The axis as one line, with `lead` cells in front of the span; `now` is on it where it is in the span."""
    muted = ink.palette.style(Tone.MUTED)
    pieces: list[Piece] = [(" " * lead, muted)]
    if scale is None:
        return pieces
    done = 0
    for cell, text, style in sorted(_labels(scale, now, ink), key=lambda label: label[0]):
        pieces += [(" " * (cell - done), muted), (text, style)]
        done = cell + len(text)
    return pieces


def _labels(scale: Scale, now: float | None, ink: Ink) -> Iterator[tuple[int, str, Style]]:
    """(cell, text, style) of each label: now first, and then those that do not touch it."""
    taken = range(0)
    if now is not None and (now_cell := scale.cell(now)) is not None:
        first, text = _now_label(scale, now, now_cell, ink)
        taken = range(first, first + len(text))
        yield first, text, ink.palette.style(Tone.NOTICE, Ground.PLAIN, bold=True)
    for moment in moments(Span(scale.start, scale.span, scale.cells), ink.zone):
        last = moment.cell + len(moment.label)
        # A blank stands on both sides of now.
        is_free = not taken or last < taken.start or moment.cell > taken.stop
        if is_free and last <= scale.cells:
            yield moment.cell, moment.label, ink.palette.style(Tone.MUTED)


def _now_label(scale: Scale, now: float, cell: int, ink: Ink) -> tuple[int, str]:
    """The stroke with its time on the side that has room for it."""
    sign, text = now_sign(ink), "" if scale.span > DAY_SECONDS else moment_text(now, ink.zone)
    if cell + 1 + len(text) <= scale.cells:
        return cell, sign + text
    return (cell - len(text), text + sign) if cell >= len(text) else (cell, sign)
