"""The day in a replay's bar as it is drawn for one width, once, and the strips of any moment made from it.

Rules
- In front of each line stands what it shows, with the figures of the minute where there is room for them.
- At both ends is a cell for the sign that there are other days.
"""

from collections.abc import Sequence

from textual.strip import Strip

from floorwatch.app.cells import fit
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.replay_cells import Cells, figures_at, moment_in, span_of_bar, squeezed
from floorwatch.app.replay_lines import (
    ALL_LINES,
    BarInk,
    Over,
    clock,
    cursor_over,
    day_lines,
    free_of,
    labels_over,
    pieces_of,
    said_of,
    said_over,
    sign_over,
    time_over,
)
from floorwatch.app.tones import Ground
from floorwatch.engine.desk import ReplayBar
from floorwatch.views import Tone
from floorwatch.words import _, _p

FIGURES_FROM, LEADS_FROM = 100, 70
"""Columns from which words in front of a line have the minute's figures with them, and from which there are words."""
FIGURES_CELLS, LEAD_CELLS = 18, 6
EDGE_CELLS = 1


class Day:
    """The bar's day in `columns` cells and so many lines."""

    def __init__(self, bar: ReplayBar, columns: int, lines: int, ink: BarInk) -> None:
        self._columns, self._ink = columns, ink
        self._has_figures = columns >= FIGURES_FROM
        self._lead = FIGURES_CELLS if self._has_figures else LEAD_CELLS if columns >= LEADS_FROM else 0
        self.span = span_of_bar(bar, columns - self._lead - 2 * EDGE_CELLS)
        self._cells: Cells = squeezed(bar, self.span)
        self._lines = day_lines(self._cells, self.span, ink, lines, reads=bar.read is not None)
        self._labels = labels_over(self._cells, self.span, ink)
        self._bar = bar

    def is_of(self, bar: ReplayBar, columns: int, lines: int) -> bool:
        """Whether it would be drawn the same for this."""
        own = self._bar
        return (
            (columns, lines) == (self._columns, len(self._lines))
            and own.strip is bar.strip
            and own.moments is bar.moments
            and (own.begins_at, own.ends_at, own.read is None) == (bar.begins_at, bar.ends_at, bar.read is None)
            and own.marks == bar.marks
        )

    def cell_under(self, x: int) -> int:
        """The cell of the day in this column: -1 and below in front of it, the number of cells and above behind."""
        return x - self._lead - EDGE_CELLS

    def moment_at(self, cell: int) -> float:
        """The moment of this cell: that of its sign, where it has one."""
        target = self._cells.target(cell)
        return moment_in(self.span, cell) if target is None else target

    def said(self, bar: ReplayBar) -> object:
        """What stands over the day at this moment: what is equal is drawn the same."""
        shown = figures_at(bar.strip, bar.at) if self._has_figures else None
        return self._cursor(bar), said_of(bar, self._ink.zone), shown, bar.earlier, bar.later

    def strips(self, bar: ReplayBar) -> list[Strip]:
        """The lines at this moment."""
        ink, has_axis = self._ink, len(self._lines) >= ALL_LINES
        cursor, time = self._cursor(bar)
        said = said_over(said_of(bar, ink.zone), (cursor, time), self.span, ink, on_axis=has_axis)
        taken = (time,) if said is None else (time, said)
        told = 0 if has_axis else len(self._lines) - 1
        found = []
        for y, (lead, line) in enumerate(zip(self._leads(bar), self._lines, strict=True)):
            ground = Ground.REPLAY if has_axis and y == 0 else Ground.PLAIN
            edge = ink.palette.style(Tone.NOTICE, ground, bold=True)
            overs = [cursor if y else sign_over(self._cells, cursor), *(taken if y == told else ())]
            if has_axis and y == 0:
                overs += free_of(self._labels, overs)
            pieces: list[Piece] = [
                (fit(lead, self._lead), ink.palette.style(Tone.MUTED, ground)),
                ("<" if bar.earlier else " ", edge),
                *pieces_of(line, overs),
                (">" if bar.later else " ", edge),
            ]
            found.append(strip_of(pieces, self._columns, ink.palette.style(Tone.CALM, ground)))
        return found

    def _cursor(self, bar: ReplayBar) -> tuple[Over, Over]:
        time = time_over(bar.at, self._cells, self.span, self._ink, self._columns)
        return cursor_over(bar.at, self.span, self._ink), time

    def _leads(self, bar: ReplayBar) -> Sequence[str]:
        """What stands in front of each line."""
        if not self._has_figures:
            words = ["", f" {_('wait')}", f" {_p('callers', 'came')}"] if self._lead else [""] * ALL_LINES
        else:
            figures = figures_at(bar.strip, bar.at)
            waiting, came, lost = ("-", "-", "-") if figures is None else map(str, figures)
            words = [
                f" {day_text(bar, self._ink)}",
                f" {_('most waiting {n}').format(n=waiting)}",
                f" {_('came {n}, lost {lost}').format(n=came, lost=lost)}",
            ]
        return [self._ink.glyphs.plain(each) for each in words[-len(self._lines) :]]


def day_text(bar: ReplayBar, ink: BarInk) -> str:
    """`2026-11-21`: the day on which the bar begins, on the floor's clock."""
    return clock(bar.begins_at, ink.zone, form="%Y-%m-%d")
