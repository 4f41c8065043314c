"""A box that holds one view, whatever it is, and takes the next one: in place where it is of the same shape."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from textual.containers import Vertical
from textual.events import Resize
from textual.widget import AwaitMount, Widget

from floorwatch.app.prose_view import ProseView
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.views import Bars, Notice, Stack, Table, Text, Tiles, View

Part: TypeAlias = Table | Tiles | Bars | Text | Notice
LOW_BOX = 7
"""With fewer lines than this, what stands beside a table is left out."""
MOST_PARTS = 40
"""Views of one stack that are shown; a stack nested in itself a thousand times ends here."""


def parts_of(view: View) -> Iterator[Part]:
    """The views of a stack, however deep, top to bottom; any other view alone."""
    if isinstance(view, Stack):
        for each in view.views:
            yield from parts_of(each)
    else:
        yield view


class ViewBox(Vertical):
    """Shows a view; the table that takes the cursor is `table`."""

    def __init__(self, stage: Stage, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, classes=classes)
        self.stage = stage
        self.view: View | None = None
        self._shown: list[FloorTable | ProseView] = []
        self._dimmed = False
        self._refocus = False

    @property
    def table(self) -> FloorTable | None:
        """The table with the focus, else the last one, which is the large one; None without any."""
        tables = [widget for widget in self._shown if isinstance(widget, FloorTable)]
        return next((table for table in tables if table.has_focus), tables[-1] if tables else None)

    @property
    def target(self) -> Widget | None:
        """What takes the focus for this box."""
        return self.table or (self._shown[-1] if self._shown else None)

    @property
    def widgets(self) -> tuple[FloorTable | ProseView, ...]:
        """Everything drawn in here, top to bottom."""
        return tuple(self._shown)

    def show(self, view: View, *, dimmed: bool = False) -> None:
        """Show this from now on; dimmed when it is no longer true."""
        if view is not self.view:
            self.view = view
            parts = list(islice(parts_of(view), MOST_PARTS)) or [Notice("")]
            if not self._in_place(parts):
                self._replace(parts)
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            for widget in self._shown:
                widget.set_dimmed(dimmed)

    def on_resize(self, event: Resize) -> None:
        """In a low box the table has all the lines."""
        table = self.table
        for widget in self._shown:
            widget.display = table is None or isinstance(widget, FloorTable) or event.size.height >= LOW_BOX

    def _in_place(self, parts: list[Part]) -> bool:
        if len(parts) != len(self._shown):
            return False
        for widget, part in zip(self._shown, parts, strict=True):
            match widget, part:
                case FloorTable(), Table():
                    widget.show(part)
                case ProseView(), Tiles() | Bars() | Text() | Notice():
                    widget.show(part)
                case _:
                    return False
        return True

    def _replace(self, parts: list[Part]) -> None:
        if any(widget.has_focus for widget in self._shown):
            # Textual would send the focus to a neighbour, who may be replaced at the same moment.
            self._refocus = True
            self.screen.set_focus(None)
        for widget in self._shown:
            widget.remove()
        self._shown = [self._made(part) for part in parts]
        tables = [widget for widget in self._shown if isinstance(widget, FloorTable)]
        filling = tables[-1] if tables else self._shown[-1] if self._shown else None
        for widget in self._shown:
            widget.set_class(widget is filling, "-filling")
            widget.dimmed = self._dimmed
            if tables and isinstance(widget, ProseView):
                widget.can_focus = False
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

    def _made(self, part: Part) -> FloorTable | ProseView:
        return FloorTable(self.stage, part) if isinstance(part, Table) else ProseView(self.stage, part)
