"""Time across a line of cells: which cell a moment stands in, and the times of the local clock above. Pure.

Rules
- A label begins in the cell of its moment, which is a round one on the local clock; labels never touch.
- Now is a stroke with its time beside it; labels make room for it.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from rich.style import Style

from floorwatch.app.chart_time import Span, moment_text, moments
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink
from floorwatch.app.tones import Ground
from floorwatch.spoken import DAY_SECONDS, NOTHING
from floorwatch.views import Tone


def now_sign(ink: Ink) -> str:
    """The stroke that stands for now."""
    return ink.glyphs.plain("│")


def moment_words(at: float, span: Span | None, zone: tzinfo) -> str:
    """`10:40` on the local clock, with its day where the span is longer than one; `-` for what no calendar holds."""
    text = moment_text(at, zone) or NOTHING
    if text == NOTHING or span is None or span.seconds <= DAY_SECONDS:
        return text
    return f"{datetime.fromtimestamp(at, zone):%m-%d} {text}"


def axis_pieces(span: Span | None, lead: int, now: float | None, ink: Ink) -> list[Piece]:
    """The axis as one line, with `lead` cells in front of the span; `now` is on it where it is in the span."""
    muted = ink.palette.style(Tone.MUTED)
    pieces: list[Piece] = [(" " * lead, muted)]
    if span is None:
        return pieces
    done = 0
    for cell, text, style in sorted(_labels(span, now, ink), key=lambda label: label[0]):
        pieces += [(" " * (cell - done), muted), (text, style)]
        done = cell + len(text)
    return pieces


def _labels(span: Span, now: float | None, ink: Ink) -> Iterator[tuple[int, str, Style]]:
    """(cell, text, style) of each label: now first, and then those that do not touch it."""
    taken = range(0)
    if now is not None and (now_cell := span.cell_of(now)) is not None:
        first, text = _now_label(span, now, now_cell, ink)
        taken = range(first, first + len(text))
        yield first, text, ink.palette.style(Tone.NOTICE, Ground.PLAIN, bold=True)
    for moment in moments(span, ink.zone):
        last = moment.cell + len(moment.label)
        # A blank stands on both sides of now.
        is_free = not taken or last < taken.start or moment.cell > taken.stop
        if is_free and last <= span.cells:
            yield moment.cell, moment.label, ink.palette.style(Tone.MUTED)


def _now_label(span: Span, now: float, cell: int, ink: Ink) -> tuple[int, str]:
    """The stroke with its time on the side that has room for it."""
    sign, text = now_sign(ink), "" if span.seconds > DAY_SECONDS else moment_text(now, ink.zone)
    if cell + 1 + len(text) <= span.cells:
        return cell, sign + text
    return (cell - len(text), text + sign) if cell >= len(text) else (cell, sign)
