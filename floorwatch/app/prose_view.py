"""The widget for what is read and not moved in: lines that scroll, repainted where they differ.

Rules
- What is longer than its place scrolls; a chart and large tiles are drawn lower instead, down to the least that still
  is one.
- Lines are laid out once for a view at a size, and again when an age in it says something else.
"""

from collections.abc import Sequence
from functools import reduce
from typing import ClassVar, TypeAlias

from textual.binding import Binding, BindingType
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.strip import Strip

from floorwatch.app.chart import LEAST_LINES as LEAST_CHART_LINES
from floorwatch.app.chart import NO_AXES, Axes, axes_of, chart_height, chart_lines
from floorwatch.app.heights import Want
from floorwatch.app.mouse import WHEEL_LINES
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.part_view import PartView
from floorwatch.app.prose import MARGIN, Ink, Lines, lines_of, runs, title_cells
from floorwatch.app.prose_large import LEAST_LINES as LEAST_LARGE_LINES
from floorwatch.app.prose_large import tiles_lines
from floorwatch.app.stage import Stage
from floorwatch.views import Bars, Chart, Notice, Text, Tiles

Prose: TypeAlias = Tiles | Bars | Chart | Text | Notice

LEAST_LINES = 3
"""Lines of prose that are of use to a reader; it scrolls."""


class ProseView(PartView, can_focus=True):
    """Prose on the screen. `show` takes the next view."""

    TAKES = (Tiles, Bars, Chart, Text, Notice)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_by(-1)"),
        Binding("down", "scroll_by(1)"),
        Binding("pageup", "page(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("home", "scroll_by(-100000)"),
        Binding("end", "scroll_by(100000)"),
    ]

    def __init__(self, stage: Stage, view: Prose) -> None:
        super().__init__(stage)
        self._view = view
        self._lines: Lines | None = None
        self._laid_size = Size()
        self._top = 0
        self._title_cells = 0
        """What the titles of the trends around it take, so that their bars stand under one another."""
        self._charts: Sequence[Chart] = ()
        """The charts of its stack, whose clocks shall stand under one another."""

    @property
    def title_cells(self) -> int:
        """What its title takes, where it is a trend."""
        return title_cells([self._view])

    def align(self, cells: int) -> None:
        """Let the bars of a trend begin behind so many cells for its title."""
        if cells != self._title_cells:
            self._title_cells = cells
            self.restyle()

    @property
    def chart(self) -> Chart | None:
        """What it shows, where that is a chart."""
        return self._view if isinstance(self._view, Chart) else None

    def align_charts(self, charts: Sequence[Chart]) -> None:
        """Let a chart leave room for the axes of all these, of which it is one."""
        if self.chart is None or charts == self._charts:
            return
        width = self.size.width - 2 * MARGIN
        before, self._charts = self._axes(width), charts
        if before != self._axes(width):
            self.restyle()

    def show(self, view: Prose) -> None:
        """The next view; a change in height asks for a new layout."""
        if view == self._view:
            return
        self._view = view
        before, after = self._relay()
        self._refresh_differing(before, after)
        if len(before) != len(after):
            self.refresh(layout=True)
        self.stage.beat.wake()

    def tick(self, now: float) -> float | None:  # noqa: ARG002  # the lines are laid out anew, at the desk's own time
        """Repaint the lines whose ages say something else."""
        if not self.on_screen or not runs(self._view):
            return None
        self._refresh_differing(*self._relay())
        return 1.0

    def restyle(self) -> None:
        """The palette changed."""
        self._lines = None
        self.refresh()

    def on_resize(self) -> None:
        """Another width wraps anew."""
        self._scroll(0)

    def action_scroll_by(self, by: int) -> None:
        """Move the lines."""
        self._scroll(by)

    def action_page(self, by: int) -> None:
        """Move by a screenful."""
        self._scroll(by * max(1, self.size.height - 1))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move the lines."""
        event.stop()
        self._scroll(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move the lines."""
        event.stop()
        self._scroll(-WHEEL_LINES)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """As many lines as it has."""
        return self.want(width).lines

    def want(self, width: int) -> Want:
        """As many lines as it has; a trend is the first to be left out."""
        room, ink = width - 2 * MARGIN, self._ink()
        if isinstance(self._view, Chart):
            lines = max(1, chart_height(self._view, room, ink))
            return Want(lines, min(lines, LEAST_CHART_LINES))
        if isinstance(self._view, Tiles):
            lines = max(1, len(tiles_lines(self._view, room, ink)))
            return Want(lines, min(lines, LEAST_LARGE_LINES if self._view.large else LEAST_LINES))
        lines = max(1, len(lines_of(self._view, room, ink)))
        return Want(lines, min(lines, LEAST_LINES), isinstance(self._view, Bars))

    def render_line(self, y: int) -> Strip:
        """The line at `y`, exactly as wide as the widget."""
        width = self.size.width
        lines = self._the_lines()
        at = self._top + y
        pieces: Sequence[Piece] = lines[at] if at < len(lines) else ()
        blank = self.ground_style()
        return strip_of([(" " * MARGIN, blank), *pieces], width, blank)

    def _ink(self) -> Ink:
        return Ink(self.palette, self.stage.glyphs, self.stage.desk.now(), self._title_cells, self.stage.desk.zone)

    def _laid(self, size: Size) -> Lines:
        room = size.width - 2 * MARGIN
        if isinstance(self._view, Chart):
            return chart_lines(self._view, room, self._ink(), size.height, self._axes(room))
        if isinstance(self._view, Tiles):
            return tiles_lines(self._view, room, self._ink(), size.height)
        return lines_of(self._view, room, self._ink())

    def _axes(self, width: int) -> Axes:
        if len(self._charts) < 2:  # its own are found when it is drawn
            return NO_AXES
        ink = self._ink()
        return reduce(Axes.beside, (axes_of(chart, width, ink) for chart in self._charts))

    def _the_lines(self) -> Lines:
        if self._lines is None or self._laid_size != self.size:
            self._laid_size = self.size  # it may be painted at its new size before it is told of it
            self._lines = self._laid(self._laid_size)
        return self._lines

    def _relay(self) -> tuple[Lines, Lines]:
        before = self._the_lines()
        self._lines = None
        return before, self._the_lines()

    def _refresh_differing(self, before: Lines, after: Lines) -> None:
        for y in range(self.size.height):
            at = self._top + y
            if before[at : at + 1] != after[at : at + 1]:
                self.refresh_rows(y)

    def _scroll(self, by: int) -> None:
        last = max(0, len(self._the_lines()) - self.size.height)
        top = max(0, min(self._top + by, last))
        if top != self._top:
            self._top = top
            self.refresh()
