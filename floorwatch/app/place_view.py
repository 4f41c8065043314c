"""What the widgets of a seat map and of a timeline share: their shelves, keys, mouse and scrolling.

Rules
- What a subclass draws is lines that scroll, told apart by `_content`: a line is painted again when that differs.
- It scrolls itself, like a table: caption, axis and the line about the cursor stand still.
- The cursor shows while the widget has the keys, and so does the line about it.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Offset
from textual.strip import Strip

from floorwatch.app.heights import Want
from floorwatch.app.mouse import LEFT_BUTTON, WHEEL_LINES
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.part_view import PartView
from floorwatch.app.places import Shelves, shelved, told, worded
from floorwatch.app.prose import Ink
from floorwatch.app.stage import Stage
from floorwatch.views import Cell, Explain, SeatMap, Timeline, Tone

LEAST_LINES = 4
"""Lines of a map or a timeline that are of use: it scrolls."""

LEAST_FIRST_LINES = 10
"""The same of one where the cursor starts: what the page is about."""

LONGEST_REST = 3600.0
"""Seconds between two ticks: a panel may say that something changes in eternity."""


class PlaceView(PartView, can_focus=True):
    """Places with a cursor. Subclasses hold them, say what stands in a line, and move the cursor."""

    HAS_CURSOR = True
    AXIS: ClassVar[int] = 0
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(0, -1)"),
        Binding("down", "go(0, 1)"),
        Binding("left", "go(-1, 0)"),
        Binding("right", "go(1, 0)"),
        Binding("pageup", "page(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("home", "edge(-1)"),
        Binding("end", "edge(1)"),
        Binding("enter", "open"),
    ]

    def __init__(self, stage: Stage, part: SeatMap | Timeline | None = None) -> None:
        super().__init__(stage)
        self._top = 0
        self._fresh: frozenset[str] = frozenset()
        """Keys of the lines or seats on which something is new since the last look."""
        self._view: SeatMap | Timeline | None = None
        if part is not None:
            self.show(part)

    def show(self, view: Any) -> None:
        """The next view of the same places: repaints the lines, or the cells, that differ."""
        if view is self._view:
            return
        before, standing, is_first = self._contents(), self._standing, self._view is None
        marked = self._accept(view)
        self._view = view
        if not is_first:
            self._fresh = marked | {key for key in self._fresh if self.has(key)}
        self._find_cursor()
        if self._hold(follow=False) or standing != self._standing:
            self.refresh()
        else:
            self._refresh_differing(before)
        self.stage.beat.wake()

    def go_to(self, key: str) -> bool:
        """Put the cursor on this; whether it is there."""
        if not self.has(key):
            return False
        self._moved(lambda: self._take(key))
        return True

    # For subclasses

    def _accept(self, view: Any) -> frozenset[str]:
        """Hold this view from now on; the keys on which it has something new."""
        raise NotImplementedError

    def _find_cursor(self) -> None:
        """Keep the cursor on what it was on, or near there."""
        raise NotImplementedError

    def _take(self, key: str) -> None:
        """Put the cursor on this, which is there."""
        raise NotImplementedError

    @property
    def _standing(self) -> object:
        """What moves or changes every line when it differs."""
        raise NotImplementedError

    def _count(self, width: int) -> int:
        """How many lines scroll at this width."""
        raise NotImplementedError

    def _content(self, at: int) -> Any:
        """What stands in the line `at` of those that scroll: it is painted again when this differs."""
        raise NotImplementedError

    def _body(self, at: int, ink: Ink) -> Sequence[Piece]:
        """The line `at` of those that scroll."""
        raise NotImplementedError

    def _axis(self, ink: Ink) -> Sequence[Piece]:  # noqa: ARG002  # for those with an axis
        """The line above them."""
        return ()

    def _about(self) -> Sequence[Cell]:
        """What is said of what the cursor is on."""
        raise NotImplementedError

    def _empty(self) -> str:
        """The kind word where there is nothing."""
        raise NotImplementedError

    def _cursor_lines(self) -> range:
        """The lines that the cursor is in."""
        raise NotImplementedError

    def _cursor_cell(self) -> int:
        """The cell in which what the cursor is on begins."""
        raise NotImplementedError

    def _step(self, across: int, down: int) -> None:
        """Move the cursor to the next thing in this direction; down by so many lines or tracks."""
        raise NotImplementedError

    def _far(self, direction: int) -> None:
        """Move the cursor to the first (-1) or last thing in its line."""
        raise NotImplementedError

    def _put(self, x: int, at: int) -> bool:
        """Move the cursor to what stands at this cell of this line; whether anything does."""
        raise NotImplementedError

    def _hold_across(self) -> bool:
        """Keep the cursor in sight from left to right; whether that moved what is shown."""
        return False

    # Drawing

    def want(self, width: int) -> Want:
        """Every line, and the one about the cursor."""
        caption = bool(self._view and self._view.caption)
        lines = caption + self.AXIS + max(1, self._count(width)) + 1
        return Want(lines, min(lines, LEAST_FIRST_LINES if self.starts else LEAST_LINES), starts=self.starts)

    def render_line(self, y: int) -> Strip:
        """The line at `y`, exactly as wide as the widget."""
        width, shelves, ink = self.size.width, self._shelves, self._ink()
        at = y - shelves.head
        count = self._count(width)
        pieces: Sequence[Piece] = ()
        if y < shelves.caption:
            pieces = worded(self._view.caption if self._view else "", width, ink, heading=True)
        elif at < 0:
            pieces = self._axis(ink)
        elif not count:
            pieces = worded(self._empty(), width, ink) if at == 0 else ()
        elif at < shelves.room and self._top + at < count:
            return self._with_bar(self._body(self._top + at, ink), at)
        elif at == self._about_line and shelves.about and self.has_focus:
            pieces = told(self._about(), ink)
        return strip_of(pieces, width, self.ground_style())

    def _with_bar(self, pieces: Sequence[Piece], at: int) -> Strip:
        """The line with, in its last cell, where we are when there is more than fits."""
        width, blank = self.size.width, self.ground_style()
        if not self._scrolls:
            return strip_of(pieces, width, blank)
        sign, style = (self.stage.glyphs.thumb, self.palette.style(Tone.MUTED)) if at in self._bar else (" ", blank)
        return Strip([*strip_of(pieces, width - 1, blank), Segment(sign, style)], width)

    @property
    def _bar(self) -> range:
        room, count = self._shelves.room, self._count(self.size.width)
        size = max(1, room * room // count)
        first = round((room - size) * self._top / (count - room))
        return range(first, first + size)

    @property
    def _scrolls(self) -> bool:
        return 0 < self._shelves.room < self._count(self.size.width)

    @property
    def _shelves(self) -> Shelves:
        caption = bool(self._view and self._view.caption)
        return shelved(self.size.height, max(1, self._count(self.size.width)), caption=caption, axis=self.AXIS)

    @property
    def _about_line(self) -> int:
        """Where the line about the cursor stands, counted from the first that scrolls: right under the last."""
        return min(self._shelves.room, max(1, self._count(self.size.width)))

    def _ink(self) -> Ink:
        desk = self.stage.desk
        return Ink(self.palette, self.stage.glyphs, desk.now(), zone=desk.zone)

    # What is in sight

    def _contents(self) -> list[Any]:
        """What stands in each line in sight."""
        last = min(self._count(self.size.width), self._top + self._shelves.room)
        return [self._content(at) for at in range(self._top, last)]

    def _refresh_line(self, y: int, before: Any, after: Any) -> None:  # noqa: ARG002  # for those who know cells
        """Paint a line again that shows something else."""
        self.refresh_rows(y)

    def _refresh_differing(self, before: Sequence[Any]) -> None:
        """Paint the lines again that show something else than before."""
        after = self._contents()
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self._refresh_line(self._shelves.head + at, old, new)
        self._refresh_about()

    def _refresh_about(self) -> None:
        if self.has_focus and self._shelves.about:
            self.refresh_rows(self._shelves.head + self._about_line)

    def _refresh_cursor(self) -> None:
        shelves = self._shelves
        for at in self._cursor_lines():
            if 0 <= at - self._top < shelves.room:
                self.refresh_rows(shelves.head + at - self._top)
        self._refresh_about()

    def _next_tick(self, due: Sequence[float]) -> float | None:
        """Seconds until the first of what is due; an age in the line about the cursor is painted now and due next."""
        if self.has_focus and any(cell.since is not None for cell in self._about()):
            self._refresh_about()
            due = (*due, 1.0)
        return max(1.0, min(LONGEST_REST, *due)) if due else None

    def _hold(self, *, follow: bool) -> bool:
        """Keep the window within the lines, and over the cursor where it must be seen; whether it moved."""
        top, room = self._top, self._shelves.room
        lines = self._cursor_lines()
        if follow and room and lines:
            self._top = max(min(self._top, lines.start), lines.stop - room)
        self._top = max(0, min(self._top, self._count(self.size.width) - room))
        return (follow and self._hold_across()) or top != self._top

    # Keys and mouse

    @property
    def cursor_at(self) -> Offset:
        """Where what the cursor is on begins, in its last line; the edge nearest to it where it is out of sight."""
        shelves = self._shelves
        line = max(self._cursor_lines(), default=0) - self._top
        cell = max(0, min(self._cursor_cell(), self.size.width - 1))
        return Offset(cell, shelves.head + max(0, min(line, shelves.room - 1)))

    @property
    def home(self) -> str:
        """The panel that knows what stands behind it, where that is another one."""
        return "" if self._view is None else self._view.home

    @property
    def opens(self) -> bool:
        """Whether something stands behind what the cursor is on."""
        return self._view is not None and self._view.opens and self.row_key is not None

    @property
    def explain(self) -> Explain | None:
        """How the first figure in the line about it is made that says so."""
        return next((cell.explain for cell in self._about() if cell.explain is not None), None)

    def look(self) -> None:
        """A key was pressed: what was new is seen."""
        if self._fresh:
            self._fresh = frozenset()
            self.refresh()

    def on_focus(self) -> None:
        """The cursor shows."""
        self._hold(follow=True)
        self.refresh()
        self.stage.beat.wake()

    def on_blur(self) -> None:
        """The cursor hides."""
        self.refresh()

    def on_resize(self) -> None:
        """Another size holds others; it may have been painted already, before it was told."""
        self._hold(follow=self.has_focus)
        self.refresh()

    def action_go(self, across: int, down: int) -> None:
        """The cursor goes to the next thing in this direction."""
        self._moved(lambda: self._step(across, down))

    def action_page(self, by: int) -> None:
        """The cursor goes a page up or down."""
        self._moved(lambda: self._step(0, by * max(1, self._shelves.room - 1)))

    def action_edge(self, direction: int) -> None:
        """The cursor goes to the first or last thing in its line."""
        self._moved(lambda: self._far(direction))

    def action_open(self) -> None:
        """Open what stands behind it."""
        if self.row_key is not None:
            self.post_message(self.Opened(self, self.row_key))

    def on_click(self, event: Click) -> None:
        """What is clicked has the cursor; a second click opens it."""
        at = event.y - self._shelves.head
        found = False

        def put() -> None:
            nonlocal found
            found = self._put(event.x, self._top + at)

        if 0 <= at < self._shelves.room and self._top + at < self._count(self.size.width):
            self._moved(put)
        if found and event.chain == 2 and event.button == LEFT_BUTTON:
            self.action_open()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the lines and leaves the cursor."""
        event.stop()
        self._scroll(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the lines and leaves the cursor."""
        event.stop()
        self._scroll(-WHEEL_LINES)

    def _scroll(self, by: int) -> None:
        top = self._top
        self._top = max(0, min(self._top + by, self._count(self.size.width) - self._shelves.room))
        if top != self._top:
            self.refresh()

    def _moved(self, move: Callable[[], None]) -> None:
        self._refresh_cursor()
        move()
        if self._hold(follow=True):
            self.refresh()
        else:
            self._refresh_cursor()
        self.stage.beat.wake()
        self.post_message(self.Moved())
