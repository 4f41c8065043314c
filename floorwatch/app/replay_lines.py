"""The lines of a replay's bar: the day as it is drawn once, and over it the cursor and what there is to say. Pure.

Rules
- Three lines are the axis with its signs, who waited, who came; two are the last two, signs among them; one is who
  waited.
- On the axis the labels of hours make room for marks and alerts. The cursor stands in every line, its time in one.
- What there is to say stands where the cursor is not, and is cut rather than that it covers the cursor. A problem for
  which there is no room is not cut: the key of the page that tells it stands there.
- What is not known yet is drawn as such, while it is still being read; what will never be known is left blank.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from math import ceil

from msgspec import Struct
from rich.style import Style

from floorwatch.app.cells import cut, width_of
from floorwatch.app.chart_signs import signs_of
from floorwatch.app.chart_time import Span, moments
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.paint import Piece
from floorwatch.app.replay_cells import SIGNS, Cells, Sign, cell_at
from floorwatch.app.tones import Ground, Palette
from floorwatch.engine.desk import ReplayBar
from floorwatch.text import inert
from floorwatch.views import Tone
from floorwatch.words import _

ALL_LINES = 3
WITH_SECONDS, MINUTES = "%H:%M:%S", "%H:%M"
SECONDS_FROM = 60
"""Columns from which the time at the cursor has its seconds."""
LEAST_SAID = 6
"""Cells in which saying something makes sense."""

_TONES = {Sign.ALERT: Tone.ALARM, Sign.LOST: Tone.WARN, Sign.LATE: Tone.NOTICE}

Inked = tuple[str, Style]
"""One cell."""


class BarInk(Struct, frozen=True, eq=False):
    """What a bar is drawn with."""

    palette: Palette
    glyphs: Glyphs
    zone: tzinfo


class Over(Struct, frozen=True):
    """Something that stands over a line from this cell on."""

    cell: int
    text: str
    style: Style

    @property
    def cells(self) -> set[int]:
        """The cells that it covers."""
        return {*range(self.cell, self.behind)}

    @property
    def behind(self) -> int:
        """The first cell behind it."""
        return self.cell + width_of(self.text)


class Said(Struct, frozen=True):
    """What there is to say, and what stands in its place where there is no room for all of it ("": as much as fits)."""

    words: str = ""
    short: str = ""


def day_lines(cells: Cells, span: Span, ink: BarInk, lines: int, *, reads: bool) -> Sequence[Sequence[Inked]]:
    """The day in so many lines (1 to 3), a cell a cell. `reads`: what is not known yet will be."""
    waiting = _trend(cells.waiting, ink, Tone.NOTICE)
    arrivals = _trend(cells.arrivals, ink, Tone.MUTED)
    if reads:
        unknown = _unknown(ink.glyphs), ink.palette.style(Tone.MUTED)
        for line in (waiting, arrivals):
            line[cells.known :] = [unknown] * (span.cells - cells.known)
    lost = dict.fromkeys(cells.lost, Sign.LOST)
    signs = {cell: sign for cell, (sign, _at) in cells.signs.items()}
    if lines == 1:
        _sign(waiting, lost | signs, ink)
        return [waiting]
    _sign(arrivals, lost, ink)
    if lines >= ALL_LINES:
        axis = [(" ", ink.palette.style(Tone.MUTED, Ground.REPLAY))] * span.cells
        _sign(axis, signs, ink, Ground.REPLAY)
        return [axis, waiting, arrivals]
    _sign(waiting, signs, ink)
    return [waiting, arrivals]


def labels_over(cells: Cells, span: Span, ink: BarInk) -> Sequence[Over]:
    """The hours on the axis, but where a sign is that is more than a long wait."""
    muted = ink.palette.style(Tone.MUTED, Ground.REPLAY)
    weighty = {cell for cell, (sign, _at) in cells.signs.items() if sign is not Sign.LATE}
    found = (Over(moment.cell, moment.label, muted) for moment in moments(span, ink.zone))
    return [each for each in found if each.behind <= span.cells and not weighty & each.cells]


def cursor_over(at: float, span: Span, ink: BarInk) -> Over:
    """The cursor as it stands in every line."""
    return Over(cell_at(span, at), ink.glyphs.plain("│"), _cursor_style(ink))


def time_over(at: float, cells: Cells, span: Span, ink: BarInk, columns: int) -> Over:
    """The time beside the cursor: behind it, unless there is no room, or there are more signs than in front of it."""
    text, cursor = clock(at, ink.zone, WITH_SECONDS if columns >= SECONDS_FROM else MINUTES), cell_at(span, at)
    behind, front = (Over(cell, text, _cursor_style(ink)) for cell in (cursor + 1, cursor - len(text)))
    if front.cell < 0:
        return behind
    hides_more = len(cells.signs.keys() & behind.cells) > len(cells.signs.keys() & front.cells)
    return front if hides_more or behind.behind > span.cells else behind


def sign_over(cells: Cells, cursor: Over) -> Over:
    """The cursor where a sign stands under it: the sign is seen, too."""
    found = cells.signs.get(cursor.cell)
    return cursor if found is None else Over(cursor.cell, SIGNS[found[0]], cursor.style)


def said_over(said: Said, taken: Iterable[Over], span: Span, ink: BarInk, *, on_axis: bool) -> Over | None:
    """The words at that end of the line which is farther from what is `taken`."""
    left = min(over.cell for over in taken)
    right = span.cells - max(over.behind for over in taken)
    room = max(left, right) - 1
    words = said.short if said.short and width_of(said.words) + 2 > room else said.words
    text = cut(f" {ink.glyphs.plain(words)} ", room, ink.glyphs.cut)
    if not words or room < LEAST_SAID:
        return None
    style = ink.palette.style(Tone.NOTICE, Ground.REPLAY if on_axis else Ground.TOTAL, bold=True)
    return Over(0 if left > right else span.cells - width_of(text), text, style)


def said_of(bar: ReplayBar, zone: tzinfo) -> Said:
    """What there is to say beside the day; nothing where all is known."""
    if bar.target is not None:
        time = clock(bar.target, zone, WITH_SECONDS if bar.target % 60 else MINUTES)
        return Said(_("going to {time} ...").format(time=time))
    if bar.problem:
        return Said(inert(bar.problem), _("problem: M"))
    if bar.read is not None:
        return Said(_("reading {share} %").format(share=f"{bar.read * 100:.0f}"))
    if bar.alerts is not None:
        return Said(_("alerts {share} %").format(share=f"{bar.alerts * 100:.0f}"))
    return Said()


def clock(at: float, zone: tzinfo, form: str = WITH_SECONDS) -> str:
    """`10:41:07` on the floor's clock."""
    return f"{datetime.fromtimestamp(at, zone):{form}}"


def free_of(overs: Iterable[Over], taken: Sequence[Over]) -> list[Over]:
    """Those of `overs` that neither touch nor overlap what is taken."""
    return [each for each in overs if all(each.behind < it.cell or it.behind < each.cell for it in taken)]


def pieces_of(line: Sequence[Inked], overs: Iterable[Over]) -> list[Piece]:
    """A line with what stands over it, which does not overlap."""
    pieces: list[Piece] = []
    done = 0
    for over in sorted(overs, key=lambda over: over.cell):
        pieces += _runs(line[done : over.cell])
        pieces.append((over.text, over.style))
        done = over.behind
    return pieces + _runs(line[done:])


def _runs(line: Sequence[Inked]) -> list[Piece]:
    """Cells of one style as one piece."""
    return [("".join(text for text, _style in run), style) for style, run in groupby(line, key=lambda cell: cell[1])]


def _trend(values: Sequence[float], ink: BarInk, tone: Tone) -> list[Inked]:
    levels, style = ink.glyphs.levels, ink.palette.drawing(tone)
    scale = (len(levels) - 1) / (max(values, default=0) or 1)
    return [(levels[min(ceil(value * scale), len(levels) - 1)], style) for value in values]


def _sign(line: list[Inked], signs: Mapping[int, Sign], ink: BarInk, ground: Ground = Ground.PLAIN) -> None:
    for cell, sign in signs.items():
        line[cell] = SIGNS[sign], _sign_style(sign, ink.palette, ground)


def _sign_style(sign: Sign, palette: Palette, ground: Ground) -> Style:
    """A mark is somebody's own: it stands out from what the floor did."""
    return palette.badge(Tone.NOTICE) if sign is Sign.MARK else palette.style(_TONES[sign], ground, bold=True)


def _cursor_style(ink: BarInk) -> Style:
    return ink.palette.style(Tone.CALM, Ground.CELL, bold=True)


def _unknown(glyphs: Glyphs) -> str:
    """In ASCII not that of charts, which is a level of a trend."""
    return "_" if glyphs.ascii else signs_of(glyphs).unknown
