"""A box that holds one view, whatever it is, and takes the next one: in place where it is of the same shape.

Rules
- The views of a stack stand at their own height, the trends of a table close under it; a table that stands last takes
  what is left. Who shrinks and who goes where lines are short is said in `heights`.
- A blank line stands between two views where there is room for all of them.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from textual.containers import Vertical
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import AwaitMount, Widget

from floorwatch.app import heights
from floorwatch.app.form_view import FormView
from floorwatch.app.heights import Want
from floorwatch.app.part_view import PartView
from floorwatch.app.prose import title_cells
from floorwatch.app.prose_view import ProseView
from floorwatch.app.seat_map_view import SeatMapView
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.app.timeline_view import TimelineView
from floorwatch.views import Notice, Part, Stack, View

WIDGETS: Sequence[type[PartView]] = (FloorTable, FormView, SeatMapView, TimelineView, ProseView)
"""The widgets that show views; each says which it takes."""

MOST_PARTS = 40
"""Views of one stack that are shown; a stack nested in itself a thousand times ends here."""


def parts_of(view: View) -> Iterator[Part]:
    """The views of a stack, however deep, top to bottom; any other view alone."""
    if isinstance(view, Stack):
        for each in view.views:
            yield from parts_of(each)
    else:
        yield view


class SharedLines(Layout):
    """Textual's way to ask a box where its widgets stand."""

    name = "shared-lines"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002  # Textual's signature
    ) -> ArrangeResult:
        """One under another; what is left out has no place."""
        parent.pre_layout(self)
        y, placed = 0, []
        shown = [child for child in children if isinstance(child, PartView)]
        found = lines_of(shown, size)
        if isinstance(parent, ViewBox):
            parent.arranged = size, found
        for widget, (gap, lines) in zip(shown, found, strict=True):
            y += gap
            if lines:
                placed.append(WidgetPlacement(Region(0, y, size.width, lines), NULL_OFFSET, NULL_SPACING, widget))
            y += lines
        return placed


_SHARED = SharedLines()


def lines_of(widgets: Sequence[PartView], size: Size) -> list[tuple[int, int]]:
    """(blank lines above, lines) of each widget in a box of this size."""
    wants = [widget.want(size.width) for widget in widgets]
    lines = heights.parts(wants, size.height)
    gaps = heights.gaps([want.extra for want in wants])
    spare = size.height - sum(lines)
    if spare < sum(gaps):
        gaps = [0] * len(gaps)
    if widgets and not wants[-1].extra:
        lines[-1] += spare - sum(gaps)
    return list(zip(gaps, lines, strict=True))


class ViewBox(Vertical):
    """Shows a view; `holder` is the part with the cursor, `table` the same where it is a table."""

    def __init__(self, stage: Stage, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, classes=classes)
        self.stage = stage
        self.view: View | None = None
        self._shown: list[PartView] = []
        self._dimmed = False
        self._refocus = False
        self.arranged: tuple[Size, list[tuple[int, int]]] = Size(), []
        """The room that its views had when last laid out, and what they took of it."""

    @property
    def layout(self) -> Layout:
        """Ours, whatever the style sheet says: Textual takes only its own by name."""
        return _SHARED

    @property
    def table(self) -> FloorTable | None:
        """The part with the cursor where it is a table: what can be filtered, sorted and folded."""
        holder = self.holder
        return holder if isinstance(holder, FloorTable) else None

    @property
    def holder(self) -> PartView | None:
        """The part with the focus, else the last that takes a cursor, which is the large one; None without any."""
        holders = self.holders
        return next((part for part in holders if part.has_focus), holders[-1] if holders else None)

    @property
    def holders(self) -> Sequence[PartView]:
        """Every part that takes a cursor, top to bottom."""
        return [widget for widget in self._shown if widget.HAS_CURSOR]

    @property
    def target(self) -> Widget | None:
        """What takes the focus for this box."""
        return self.holder or (self._shown[-1] if self._shown else None)

    @property
    def widgets(self) -> tuple[PartView, ...]:
        """Everything drawn in here, top to bottom."""
        return tuple(self._shown)

    def show(self, view: View, *, dimmed: bool = False) -> None:
        """Show this from now on; dimmed when it is no longer true."""
        if view is not self.view:
            self.view = view
            parts = list(islice(parts_of(view), MOST_PARTS)) or [Notice("")]
            if not self._in_place(parts):
                self._replace(parts)
            self._rearrange()
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            for widget in self._shown:
                widget.set_dimmed(dimmed)

    def want(self, width: int) -> Want:
        """The lines that its views need at this width, without those that are the first to go."""
        wants = [want for widget in self._shown if not (want := widget.want(width)).extra]
        return Want(sum(want.lines for want in wants), sum(want.least for want in wants))

    def on_table_face_arranged(self) -> None:
        """Rows came, went, opened or closed."""
        self._rearrange()

    def _rearrange(self) -> None:
        """Ask for a new layout where heights would differ."""
        size, lines = self.arranged
        if size and lines_of(self._shown, size) != lines:
            for widget in self._shown[:1]:  # Textual lays a box out anew when a child asks, not when it asks itself
                widget.refresh(repaint=False, layout=True)

    def _in_place(self, parts: list[Part]) -> bool:
        if len(parts) != len(self._shown):
            return False
        pairs = list(zip(self._shown, parts, strict=True))
        if not all(isinstance(part, widget.TAKES) for widget, part in pairs):
            return False
        for widget, part in pairs:
            widget.show(part)
        return True

    def _replace(self, parts: list[Part]) -> None:
        if any(widget.has_focus for widget in self._shown):
            # Textual would send the focus to a neighbour, who may be replaced at the same moment.
            self._refocus = True
            self.screen.set_focus(None)
        for widget in self._shown:
            widget.remove()
        self._shown = [self._made(part) for part in parts]
        holders = self.holders
        titles = title_cells(parts)
        for widget in self._shown:
            widget.dimmed = self._dimmed
            if isinstance(widget, ProseView):
                widget.title_cells = titles
                widget.can_focus = not holders
        if self.is_attached:
            self.call_after_refresh(self._give_focus_back, self.mount(*self._shown))

    async def _give_focus_back(self, mounted: AwaitMount) -> None:
        """The widget with the focus was replaced: its successor has it, unless the person went elsewhere meanwhile."""
        await mounted
        if self._refocus and self.is_attached and self.screen.focused is None:
            self.screen.set_focus(self.target)
        self._refocus = False

    def compose(self) -> Iterator[Widget]:
        """What was shown before the box was mounted."""
        yield from self._shown

    def _made(self, part: Part) -> PartView:
        kind = next(kind for kind in WIDGETS if isinstance(part, kind.TAKES))
        return kind(self.stage, part)
