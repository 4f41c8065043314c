"""The day of a replay squeezed into a line of cells: who waited, came and was lost in each, and what happened. Pure.

Rules
- Of the minutes of a cell the most who waited count, and the mean of those who came: cells of one minute and of ten
  stand on one scale.
- A cell has the sign of the weightiest that happened in it, somebody's mark before all others; lost calls apart, as
  they stand in a line of their own where there is one.
- On a busy day something happens in every minute. Of each kind those cells have the sign in which most of it happened,
  a quarter of the line at most; where all are alike, all have it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from math import ceil

from msgspec import Struct

from floorwatch.app.chart_time import Span
from floorwatch.engine.desk import Mark, ReplayBar
from floorwatch.engine.keyframes.shapes import STRIP_SECONDS, Moment, MomentKind, Strip

MINUTE = 60.0
SIGNED_SHARE = 4
"""One cell in so many has a sign of one kind."""

_HAIR = 1e-6
"""A time of so many seconds is a whole one: times are sums of floats."""


class Sign(IntEnum):
    """What stands in a cell, the weightiest first."""

    MARK = 0
    ALERT = 1
    LOST = 2
    LATE = 3


SIGNS: Mapping[Sign, str] = {Sign.MARK: '"', Sign.ALERT: "!", Sign.LOST: "x", Sign.LATE: "^"}
"""ASCII in both alphabets, and none of them a level of a trend."""

_SIGN_OF = {MomentKind.ALERT: Sign.ALERT, MomentKind.LOST: Sign.LOST, MomentKind.LATE: Sign.LATE}


class Cells(Struct, frozen=True):
    """One figure a cell, and what happened by cell: the sign, and the moment to go to; `lost` has the moments of lost
    calls. `known` cells are of the strip; nothing is known of those behind."""

    waiting: Sequence[int]
    arrivals: Sequence[float]
    known: int
    signs: Mapping[int, tuple[Sign, float]]
    lost: Mapping[int, float]

    def target(self, cell: int) -> float | None:
        """The moment that the sign in this cell stands for; None where none stands there."""
        found = self.signs.get(cell)
        return self.lost.get(cell) if found is None else found[1]


def span_of_bar(bar: ReplayBar, cells: int) -> Span:
    """The bar's day across so many cells; a day of one moment is a minute."""
    return Span(bar.begins_at, max(bar.ends_at - bar.begins_at, MINUTE), max(cells, 1))


def cell_at(span: Span, at: float) -> int:
    """The cell of this moment; the first or the last for one beside the span."""
    # Multiplied first: a whole minute then stands in the cell that it begins.
    return max(0, min(int((at - span.start) * span.cells / span.seconds), span.cells - 1))


def moment_in(span: Span, cell: int) -> float:
    """The moment that a click on a cell means: the whole minute in it, where there is one, else its middle."""
    width = span.seconds / span.cells
    start = span.start + cell * width
    minute = ceil(start / MINUTE - _HAIR) * MINUTE
    return minute if minute < start + width and minute <= span.end else start + width / 2


def squeezed(bar: ReplayBar, span: Span) -> Cells:
    """The day in the cells of `span`."""
    waiting, arrivals, lost, known = [0] * span.cells, [0.0] * span.cells, Counter[int](), 0
    strip = bar.strip
    for cell, first, behind in _minutes_of(strip, span):
        known = cell + 1
        # The cells of a minute that is wider than one cell show it all; what was lost in it stands in the first.
        stop = max(behind, first + 1)
        waiting[cell] = max(strip.waiting[first:stop], default=0)
        arrivals[cell] = sum(strip.arrivals[first:stop]) / (stop - first)
        gone = sum(strip.lost[first:behind])
        if gone:
            lost[cell] = gone
    signs = _signs(bar.moments, bar.marks, lost, span)
    found = {cell: (sign, at) for sign in (Sign.LATE, Sign.ALERT, Sign.MARK) for cell, at in signs[sign].items()}
    return Cells(waiting, arrivals, known, found, signs[Sign.LOST])


def figures_at(strip: Strip, at: float) -> tuple[int, int, int] | None:
    """Who waited, came and was lost in the minute of this moment; None where nothing is known of it."""
    minute = int((at - strip.begins_at) // STRIP_SECONDS)
    if not 0 <= minute < len(strip.waiting):
        return None
    return strip.waiting[minute], strip.arrivals[minute], strip.lost[minute]


def _minutes_of(strip: Strip, span: Span) -> Iterator[tuple[int, int, int]]:
    """(cell, first minute, the one behind the last) of each cell of which the strip knows: first = behind where no
    minute begins in the cell, which is then within `first`."""
    minutes, width = len(strip.waiting), span.seconds / span.cells / STRIP_SECONDS
    begin = (span.start - strip.begins_at) / STRIP_SECONDS
    for cell in range(span.cells):
        first = ceil(begin + cell * width - _HAIR)
        behind = ceil(begin + (cell + 1) * width - _HAIR)
        if first < behind:
            if behind > 0 and first < minutes:
                yield cell, max(first, 0), min(behind, minutes)
        elif 0 < first <= minutes:
            yield cell, first - 1, first - 1


def _signs(
    moments: Iterable[Moment], marks: Iterable[Mark], lost: Mapping[int, int], span: Span
) -> Mapping[Sign, Mapping[int, float]]:
    """The cells that have a sign of each kind, with its moment: the first of that kind in the cell."""
    happened: dict[Sign, dict[int, float]] = {sign: {} for sign in Sign}
    counted: dict[Sign, Counter[int]] = {sign: Counter() for sign in Sign}
    start, end = span.start, span.end
    for moment in moments:
        if start <= moment.at <= end:
            cell, sign = cell_at(span, moment.at), _SIGN_OF[moment.kind]
            happened[sign].setdefault(cell, moment.at)
            counted[sign][cell] += 1
    counted[Sign.LOST] = Counter(lost)  # the strip knows of minutes whose moments are not known yet
    for mark in marks:
        if span.start <= mark.at <= span.end:
            happened[Sign.MARK].setdefault(cell_at(span, mark.at), mark.at)
    found: dict[Sign, Mapping[int, float]] = {Sign.MARK: happened[Sign.MARK]}
    for sign in (Sign.ALERT, Sign.LOST, Sign.LATE):
        cells = _most(counted[sign], span.cells // SIGNED_SHARE)
        found[sign] = {cell: happened[sign].get(cell, moment_in(span, cell)) for cell in cells}
    return found


def _most(counts: Mapping[int, int], room: int) -> Collection[int]:
    """The cells with the greatest counts, at most `room`: of equal counts all or none; all where the first are more."""
    if len(counts) <= room:
        return counts.keys()
    by_count: dict[int, list[int]] = {}
    for cell, count in counts.items():
        by_count.setdefault(count, []).append(cell)
    found: list[int] = []
    for count in sorted(by_count, reverse=True):
        if found and len(found) + len(by_count[count]) > room:
            break
        found += by_count[count]
    return found
