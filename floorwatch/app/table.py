"""The table widget: gives keys and mouse to a `Listing`, drawn by its face."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp

from floorwatch.app.mouse import LEFT_BUTTON, WHEEL_LINES
from floorwatch.app.paint import LEAD_CELLS
from floorwatch.app.rows import Shown
from floorwatch.app.table_face import TableFace
from floorwatch.text import inert
from floorwatch.views import Align, Cell, Column, Explain, RowKind
from floorwatch.words import _

COLUMNS_NAMED = 6
"""Columns that are named to whoever asks for a figure where there is none."""


class FloorTable(TableFace, can_focus=True):
    """A table with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)"),
        Binding("down", "move(1)"),
        Binding("pageup", "page(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("home", "edge(0)"),
        Binding("end", "edge(1)"),
        Binding("left", "aside(-1)"),
        Binding("right", "aside(1)"),
        Binding("enter", "open"),
        Binding("s,f4", "sort"),
        Binding("S", "turn"),
        Binding("-,_", "open_all(0)"),
        Binding("+,=", "open_all(1)"),
    ]

    @property
    def home(self) -> str:
        """The panel that knows what stands behind the rows, where that is another one."""
        return self.listing.table.home

    @property
    def opens(self) -> bool:
        """Whether something stands behind each row."""
        return self.listing.table.opens

    @property
    def starts(self) -> bool:
        """Whether the cursor stands here at first."""
        return self.own.starts

    @property
    def searches(self) -> bool:
        """Whether its rows are not all there are, and the panel finds more."""
        return self.own.searches

    @property
    def explain(self) -> Explain | None:
        """How the figure under the cursor is made, where it says so."""
        cell = self._cell_under_cursor()
        return None if cell is None else cell.explain

    @property
    def explain_words(self) -> str:
        """What its panel says of the column, else which columns of the row are explained."""
        column, shown = self._current_column(), self.current
        if column is not None and column.about:
            about = inert(column.about)
            return _("{column}: {about}").format(column=inert(column.title), about=about) if column.title else about
        cells = () if shown is None else shown.row.cells
        titles = [
            inert(each.title)
            for each, cell in zip(self.listing.table.columns, cells, strict=False)
            if cell.explain is not None and each.title
        ]
        words = _("This is not a computed figure; on this row are {columns}.")
        return words.format(columns=", ".join(titles[:COLUMNS_NAMED])) if titles else ""

    @property
    def sought(self) -> str:
        """The words that its rows are filtered by."""
        return self.listing.words

    @property
    def found(self) -> int:
        """How many rows are shown, without the groups that they stand in."""
        return sum(shown.row.kind is RowKind.PLAIN for shown in self.listing.body)

    def filter(self, words: str) -> None:
        """Show only rows that hold all these words; "" shows all."""
        self._rearrange(lambda: self.listing.filter(words))

    def look(self) -> None:
        """A key was pressed: what was new is seen."""
        for key in self.listing.look():
            self._refresh_key(key)

    def go_to(self, key: str) -> bool:
        """Put the cursor on this row; whether it is there."""
        found = False

        def move() -> None:
            nonlocal found
            found = self.listing.move_to_key(key)

        self._rearrange(move)
        return found

    def has(self, key: str) -> bool:
        """Whether there is such a row, shown or not."""
        return self.listing.row(key) is not None

    def about(self, key: str) -> str:
        """What the row says that it is about."""
        row = self.listing.row(key)
        return "" if row is None else row.about

    def commands(self, key: str) -> Sequence[str]:
        """The commands that the row names."""
        row = self.listing.row(key)
        return () if row is None else row.commands

    @property
    def shown_command(self) -> str:
        """The command that the row under the cursor shows in a cell; "" where it shows none."""
        cells = self.current.row.cells if self.current is not None else ()
        return next((cell.command for cell in cells if cell.command), "")

    def words_of(self, key: str) -> str:
        """The row in a few words: its first texts, up to the first figure."""
        row = self.listing.row(key)
        if row is None:
            return inert(key)
        cells = zip(self.listing.table.columns, row.cells, strict=False)
        words = [cell.text for column, cell in cells if column.align is Align.LEFT and cell.text and not cell.badge]
        return inert(" ".join(words[:2]) or key)

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """The cursor goes up or down."""
        self._move_to(self.listing.at + by)

    def action_page(self, by: int) -> None:
        """The cursor goes a page up or down."""
        self._move_to(self.listing.at + by * max(1, self._room - 1))

    def action_edge(self, end: int) -> None:
        """The cursor goes to the first or the last row."""
        self._move_to(len(self.listing.body) - 1 if end else 0)

    def action_aside(self, by: int) -> None:
        """The cursor goes to the next figure; on the edge of a group it opens or closes it."""
        shown = self.current
        at_first = self._column_place() == 0
        if shown is not None and shown.opened is False and by > 0:
            self._open(shown, opened=True)
        elif shown is not None and shown.opened and by < 0 and at_first:
            self._open(shown, opened=False)
        elif shown is not None and shown.depth and by < 0 and at_first and shown.row.parent is not None:
            self.go_to(shown.row.parent)
        else:
            self._move_column(by)

    def action_open(self) -> None:
        """Open what the row stands for, or the group."""
        shown = self.current
        if shown is None:
            return
        if shown.opened is not None:
            self._open(shown, opened=not shown.opened)
        else:
            self.post_message(self.Opened(self, shown.row.key))

    def action_fold(self) -> None:
        """Open or close the group under the cursor, or the one that the row stands in."""
        shown = self.current
        if shown is not None and shown.opened is not None:
            self._open(shown, opened=not shown.opened)
        elif shown is not None and shown.depth and shown.row.parent is not None:
            self.go_to(shown.row.parent)
            self.action_fold()

    def action_open_all(self, opened: int) -> None:
        """Open or close every group."""
        self._rearrange(lambda: self.listing.open_all(bool(opened)))

    def action_sort(self) -> None:
        """Sort by the column of the cursor."""
        column = self._current_column()
        if column is not None:
            self._rearrange(lambda: self.listing.sort_by(column))

    def action_turn(self) -> None:
        """Sort the other way round."""
        self._rearrange(self.listing.turn)

    def on_click(self, event: Click) -> None:
        """A column title sorts; a row takes the cursor; a second click opens."""
        column = self._column_at(event.x)
        if event.y < self._head:
            if column is not None and event.button == LEFT_BUTTON:
                self._column = column.key
                self._rearrange(lambda: self.listing.sort_by(column))
            return
        at = self._top + event.y - self._head
        if event.y - self._head >= self._room or at >= len(self.listing.body):
            return
        shown = self.listing.body[at]
        if column is not None:
            self._column = column.key
        self._move_to(at)
        if event.button == LEFT_BUTTON and (event.chain == 2 or (shown.opened is not None and event.x < LEAD_CELLS)):
            self.action_open()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the rows and leaves the cursor."""
        event.stop()
        self._scroll(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the rows and leaves the cursor."""
        event.stop()
        self._scroll(-WHEEL_LINES)

    def _rearrange(self, change: Callable[[], None]) -> None:
        change()
        self._hold(follow=True)
        self.refresh()
        self.post_message(self.Arranged())
        self.post_message(self.Moved())

    def _open(self, shown: Shown, *, opened: bool) -> None:
        self._rearrange(lambda: self._open_now(shown.row.key, opened))

    def _open_now(self, key: str, opened: bool) -> None:
        self.listing.open(key, opened=opened)

    def _move_to(self, at: int) -> None:
        before, top = self.listing.cursor, self._top
        self.listing.move_to(at)
        self._hold(follow=True)
        if top != self._top:
            self.refresh()
        else:
            for key in filter(None, (before, self.listing.cursor)):
                self._refresh_key(key)
        self.post_message(self.Moved())

    def _scroll(self, by: int) -> None:
        top = self._top
        self._top = max(0, min(self._top + by, len(self.listing.body) - self._room))
        if top != self._top:
            self.refresh()

    def _move_column(self, by: int) -> None:
        placed = self._the_sheet().placed
        if placed:
            to = max(0, min(self._column_place() + by, len(placed) - 1))
            self._column = self.listing.table.columns[placed[to].index].key
            self.refresh_rows(0, self._head)
            if self.listing.cursor is not None:
                self._refresh_key(self.listing.cursor)

    def _column_at(self, x: int) -> Column | None:
        for placed in self._the_sheet().placed:
            if placed.x <= x <= placed.x + placed.width:
                return self.listing.table.columns[placed.index]
        return None

    def _cell_under_cursor(self) -> Cell | None:
        shown, index = self.current, self._column_index()
        return shown.row.cells[index] if shown is not None and index < len(shown.row.cells) else None
