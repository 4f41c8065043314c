"""A box that holds one view, whatever it is, and takes the next one: each part in place where it is of the same kind.

Rules
- What cannot be shown stands there as words that say why, until the next view; the parts around it go on.
- The views of a stack stand at their own height, the trends of a table close under it; a table that stands last takes
  what is left. Who shrinks and who goes where lines are short is said in `heights`.
- A blank line stands between two views where there is room for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec.structs import replace
from textual.containers import Vertical
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import AwaitMount, Widget

from floorwatch.app import heights
from floorwatch.app.form_view import FormView
from floorwatch.app.heights import Want, settled
from floorwatch.app.part_view import PartView
from floorwatch.app.prose_view import ProseView
from floorwatch.app.seat_map_view import SeatMapView
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.app.timeline_view import TimelineView
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.host.failure import Failure
from floorwatch.views import Notice, Part, Stack, View
from floorwatch.words import _

WIDGETS: Sequence[type[PartView]] = (FloorTable, FormView, SeatMapView, TimelineView, ProseView)
"""The widgets that show views; each says which it takes."""

MOST_PARTS = 40
"""Views of one stack that are shown."""

MOST_STACKS = 400
"""Stacks that are opened to find them: a stack nested in itself ends here."""


def shown_parts(view: View) -> list[Part]:
    """The views of a stack, however deep, top to bottom, as many as are shown; any other view alone.

    Total: what is no view, or a stack that holds none, stands among them as it is.
    """
    parts: list[Part] = []
    waiting: list[Any] = [view]
    for _stack in range(MOST_STACKS):
        while waiting and not _is_open(waiting[-1]):
            parts.append(waiting.pop())
        if not waiting or len(parts) >= MOST_PARTS:
            return parts[:MOST_PARTS]
        waiting.extend(reversed(waiting.pop().views[:MOST_PARTS]))
    return [*parts, cast("Part", view)]


def _is_open(part: object) -> bool:
    return isinstance(part, Stack) and isinstance(part.views, tuple | list)


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
        if isinstance(parent, ViewBox):  # those that it shows, in its order: what was replaced is a child for a moment
            shown = [widget for widget in parent.widgets if widget in shown]
        found = lines_of(shown, size, parent.held if isinstance(parent, ViewBox) else {})
        if isinstance(parent, ViewBox):
            parent.arranged = size, found
            parent.held = {widget: lines for widget, (_gap, lines) in zip(shown, found, strict=True)}
        for widget, (gap, lines) in zip(shown, found, strict=True):
            y += gap
            if lines:
                placed.append(WidgetPlacement(Region(0, y, size.width, lines), NULL_OFFSET, NULL_SPACING, widget))
            y += lines
        return placed


_SHARED = SharedLines()


def lines_of(widgets: Sequence[PartView], size: Size, held: Mapping[PartView, int]) -> list[tuple[int, int]]:
    """(blank lines above, lines) of each widget in a box of this size. A table keeps the lines that it has held until
    it needs a few less: rows come and go, and what stands below shall not dance."""
    wants = [widget.want(size.width) for widget in widgets]
    wants = [
        replace(want, lines=settled(held.get(widget), want.lines)) if widget.HAS_CURSOR else want
        for widget, want in zip(widgets, wants, strict=True)
    ]
    lines = heights.parts(wants, size.height, next((at for at, each in enumerate(widgets) if each.has_focus), None))
    gaps = heights.gaps([want.extra for want in wants])
    spare = size.height - sum(lines)
    if spare < sum(gaps):
        gaps = [0] * len(gaps)
    if widgets and not wants[-1].extra:
        lines[_last_of(lines)] += spare - sum(gaps)
    return list(zip(gaps, lines, strict=True))


def _matched(widgets: Sequence[PartView], parts: Sequence[Part]) -> list[PartView | None]:
    """For each part the widget that shows it from now on: its own place's where that can, counted from the top and then
    from the end, so that what comes or goes above a table leaves the table alone."""
    many = min(len(widgets), len(parts))
    top = next((at for at in range(many) if not _takes(widgets[at], parts[at])), many)
    rest = many - top
    below = next((at for at in range(rest) if not _takes(widgets[-1 - at], parts[-1 - at])), rest)
    middle = widgets[top : len(widgets) - below]
    gap = len(parts) - top - below
    between = [middle[at] if at < len(middle) else None for at in range(gap)]
    return [*widgets[:top], *between, *widgets[len(widgets) - below :]]


def _takes(widget: PartView, part: Part) -> bool:
    return widget.failure is None and isinstance(part, widget.TAKES)


def _last_of(lines: Sequence[int]) -> int:
    """Who takes what is left: the last, or where the last ones were left out, the first of those."""
    at = len(lines) - 1
    while at and not lines[at] and not lines[at - 1]:
        at -= 1
    return at


class ViewBox(Vertical):
    """Shows a view; `holder` is the part with the cursor, `table` the same where it is a table."""

    def __init__(self, stage: Stage, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, classes=classes)
        self.stage = stage
        self.view: View | None = None
        self.title = ""
        self._parts: list[Part] = []
        self._shown: list[PartView] = []
        """A widget for each part."""
        self._failures: dict[PartView, Failure] = {}
        self._dimmed = False
        self._refocus: int | None = None
        """The place of the widget that had the focus and was replaced."""
        self.held: Mapping[PartView, int] = {}
        """The lines of each widget when last laid out."""
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
        """The part with the focus, else the one where the view starts, else the last that takes a cursor, which is the
        large one; None without any."""
        holders = self.holders
        starts = next((part for part in holders if part.starts), holders[-1] if holders else None)
        return next((part for part in holders if part.has_focus), starts)

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

    @property
    def failure(self) -> Failure | None:
        """What is wrong with the first of its views that cannot be shown."""
        return next((self._failures[widget] for widget in self._shown if widget in self._failures), None)

    def show(self, view: View, *, dimmed: bool = False) -> None:
        """Show this from now on; dimmed when it is no longer true."""
        if view is not self.view:
            self.view = view
            self._take(shown_parts(view) or [Notice("")])
            self._rearrange()
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            for widget in self._shown:
                widget.set_dimmed(dimmed)

    def on_part_view_failed(self, event: PartView.Failed) -> None:
        """A view could not be painted, or not be moved in."""
        event.stop()
        self._excuse_failures()

    def failed(self, failure: Failure) -> None:
        """One of its views cannot be shown; for subclasses, who know whose it is."""

    def want(self, width: int) -> Want:
        """The lines that its views need at this width, without those that are the first to go."""
        wants = [want for widget in self._shown if not (want := widget.want(width)).extra]
        return Want(sum(want.lines for want in wants), sum(want.least for want in wants))

    def on_descendant_focus(self) -> None:
        """The keys went to a part that may have been left out."""
        self._rearrange()

    def on_descendant_blur(self) -> None:
        """The keys went elsewhere."""
        self._rearrange()

    def on_table_face_arranged(self) -> None:
        """Rows came, went, opened or closed."""
        self._rearrange()

    def _rearrange(self) -> None:
        """Ask for a new layout where heights would differ."""
        size, lines = self.arranged
        if size and lines_of(self._shown, size, self.held) != lines:
            for widget in self._shown[:1]:  # Textual lays a box out anew when a child asks, not when it asks itself
                widget.refresh(repaint=False, layout=True)

    def _take(self, parts: list[Part]) -> None:
        """Show these, each in the place of the one before where its widget can."""
        before = self._shown
        self._parts = parts
        self._shown = list(map(self._next, _matched(before, parts), parts))
        gone = [widget for widget in before if widget not in self._shown]
        new = [widget for widget in self._shown if widget not in before]
        self._failures = {widget: why for widget, why in self._failures.items() if widget not in gone}
        self._excuse_failures()
        prose = [widget for widget in self._shown if isinstance(widget, ProseView)]
        charts = [each.chart for each in prose if each.chart is not None]
        for widget in prose:
            widget.align(max(each.title_cells for each in prose))
            widget.align_charts(charts)
        has_cursor = bool(self.holders)
        idle = [widget for widget in prose if has_cursor and widget in before]
        self._exchange(
            gone, new, next((at for at, old in enumerate(before) if old.has_focus and old in gone + idle), None)
        )
        for widget in prose:
            widget.can_focus = not has_cursor

    def _next(self, widget: PartView | None, part: Part) -> PartView:
        if widget is not None and _takes(widget, part):
            widget.show(part)
            return widget
        kind = next((kind for kind in WIDGETS if isinstance(part, kind.TAKES)), None)
        made = ProseView(self.stage, Notice("")) if kind is None else kind(self.stage, part)
        if kind is None:
            made.fail(TypeError(_("this is no view")))
        made.dimmed = self._dimmed
        return made

    def _exchange(self, gone: list[PartView], new: list[PartView], focused: int | None) -> None:
        """Take out and bring in; the widget at `focused` had the focus, and goes or takes none any more."""
        if focused is not None:
            # Textual would send the focus to a neighbour, who may be replaced at the same moment.
            self._refocus = focused
            self.screen.set_focus(None)
        for widget in gone:
            widget.remove()
        if self.is_attached and (new or focused is not None):
            self.call_after_refresh(self._give_focus_back, self.mount(*new))

    async def _give_focus_back(self, mounted: AwaitMount) -> None:
        """Its successor has the focus, unless the person went elsewhere meanwhile."""
        await mounted
        at, self._refocus = self._refocus, None
        if at is not None and self.is_attached and self.screen.focused is None:
            successor = self._shown[at] if at < len(self._shown) else None
            self.screen.set_focus(successor if successor in self.holders else self.target)

    def _excuse_failures(self) -> None:
        """Say in the place of what failed what is wrong with it."""
        for widget, part in zip(self._shown, self._parts, strict=True):
            if widget.failure is not None and widget not in self._failures:
                wrong = what_is_wrong(part) or widget.failure.reason
                self._failures[widget] = Failure(wrong, widget.failure.traceback)
                widget.excuse_with(_("{panel} cannot be shown. {wrong}").format(panel=self.title, wrong=wrong))
                self.failed(self._failures[widget])

    def compose(self) -> Iterator[Widget]:
        """What was shown before the box was mounted."""
        yield from self._shown
