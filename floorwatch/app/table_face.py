"""How a table is drawn: a `Listing` line by line, and only the lines that differ.

Rules
- Lines, from the top: the caption where there is room for it, column titles, the rows that scroll, the totals.
- A drawn row is kept until the row, the width or the palette changes, or one of its ages says something else.
- The scroll position stays under updates; a focused cursor that was in sight stays in sight.
- It scrolls itself (no scroll bars of Textual's, no virtual size), so that head and totals stand still at no cost.
"""

from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.heights import Want
from floorwatch.app.listing import Listing
from floorwatch.app.paint import LEAD_CELLS, Look, Sheet, ages_of, paint_head, paint_row
from floorwatch.app.part_view import PartView
from floorwatch.app.rows import Shown
from floorwatch.app.stage import Stage
from floorwatch.app.table_lines import BAR_CELLS, sheet_of, worded
from floorwatch.app.tones import Ground
from floorwatch.views import Column, Row, RowKind, Table, Tone
from floorwatch.words import _

LEAST_ROWS = 2
"""Rows that a table shows before its titles and its caption."""

Painted = tuple[Shown, Look, tuple[tuple[str, Tone], ...], Strip]


class TableFace(PartView):
    """A `views.Table` on the screen. `show` takes the next one."""

    TAKES = (Table,)
    HAS_CURSOR = True

    class Arranged(Message):
        """Sort, filter or the number of rows changed: the frame says so."""

    def __init__(self, stage: Stage, table: Table | None = None) -> None:
        super().__init__(stage)
        self._own = Listing(stage.acts)
        self._own_top = 0
        self.listing = self._own
        """What is shown: its own rows, or those that were found in their place."""
        self._column: str | None = None
        self._top = 0
        self._sheet: Sheet | None = None
        self._painted: dict[str, Painted] = {}
        if table is not None:
            self.show(table)

    def show(self, table: Table) -> None:
        """The next view of the same thing: repaints the lines that differ."""
        if self.listing is not self._own:
            self._own.show(table, self.stage.desk.now())
            return
        before, top, bar, caption = self._lines(), self._top, self._bar, self.listing.table.caption
        at, in_sight = self.listing.at, self._is_in_sight()
        changed = self.listing.show(table, self.stage.desk.now())
        if in_sight and self.listing.sunk and not self._is_in_sight():
            self.listing.stay(at)
        for key in changed:
            self._painted.pop(key, None)
        if self.listing.replaced:
            self._forget_sheet()
        self._hold(follow=in_sight and self.has_focus)
        if len(self._painted) > 2 * len(self.listing.table.rows) + 100:
            self._painted.clear()
        if self._sheet is None or top != self._top:
            self.refresh()
        else:
            self._refresh_differing(before)
            if caption != table.caption:
                self.refresh_rows(0, self._head)
            if bar != self._bar:
                self.refresh(Region(self.size.width - 1, self._head, 1, self._room))
        self.post_message(self.Arranged())
        self.stage.beat.wake()

    def find(self, found: Table | None) -> None:
        """Show these rows in place of its own; None: its own again, as they were but for what came meanwhile."""
        if found is None and self.listing is self._own:
            return
        if self.listing is self._own:
            self._own_top = self._top
        self._top = self._own_top if found is None else 0
        self.listing = self._own
        if found is not None:
            self.listing = Listing(self.stage.acts)
            self.listing.show(found, self.stage.desk.now())
        self._forget_sheet()
        self._hold(follow=self.has_focus)
        self.refresh()
        self.post_message(self.Arranged())
        self.stage.beat.wake()

    @property
    def own(self) -> Table:
        """Its own view, whatever was found."""
        return self._own.table

    @property
    def current(self) -> Shown | None:
        """The row under the cursor."""
        return self.listing.current

    @property
    def row_key(self) -> str | None:
        """The key of the row under the cursor."""
        return self.listing.cursor

    @property
    def cursor_at(self) -> Offset:
        """Behind the lead of the row under the cursor; of the edge nearest to it where it was scrolled out of sight."""
        return Offset(LEAD_CELLS, self._head + max(0, min(self.listing.at - self._top, self._room - 1)))

    def on_focus(self) -> None:
        """The cursor shows."""
        self._hold(follow=True)
        self.refresh()

    def on_blur(self) -> None:
        """The cursor hides."""
        self.refresh()

    def on_resize(self) -> None:
        """Another height holds other rows; it may have been painted already, before it was told."""
        top = self._top
        self._hold(follow=self.has_focus)
        if top != self._top:
            self.refresh()

    def restyle(self) -> None:
        """The palette changed."""
        self._forget_sheet()
        self.refresh()

    def tick(self, now: float) -> float | None:
        """Repaint the rows in sight whose ages say something else."""
        if not self.on_screen:
            return None
        sheet = self._the_sheet()
        lines = list(enumerate(self._lines(), self._head))
        running = [(y, shown) for y, shown in lines if any(cell.since is not None for cell in shown.row.cells)]
        if self.listing.grow((shown.row for _y, shown in running), now):
            self.restyle()
        turned = [(y, shown) for y, shown in running if self._has_turned(sheet, shown, now)]
        for placed in sheet.placed:
            ys = [y for y, shown in turned if _runs_at(shown.row, placed.index)]
            if ys:
                self.refresh(Region(placed.x, ys[0], placed.width + placed.gap, ys[-1] - ys[0] + 1))
        return 1.0 if running else None

    def _has_turned(self, sheet: Sheet, shown: Shown, now: float) -> bool:
        painted = self._painted.get(shown.row.key)
        return painted is None or painted[2] != ages_of(sheet, shown.row.cells, now)

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """As many lines as it has, for a table that stands among other views."""
        return self.want(width).lines

    def render_line(self, y: int) -> Strip:
        """The line at `y`, exactly as wide as the widget."""
        if not self.size.width:
            return Strip([], 0)
        sheet = self._the_sheet()
        if y < self._head - self._titles:
            return self._said(self.listing.table.caption, Ground.HEAD)
        if y < self._head:
            return self._with_bar(paint_head(sheet, self.listing.sort, self._cursor_index()), -1)
        lines = self._lines()
        at = y - self._head
        if at < len(lines):
            return self._with_bar(self._painted_row(sheet, lines[at]), at)
        if self.listing.body or at != len(lines):
            return self.blank()
        words = self.listing.words
        return self._said(_("Nothing here matches {words}.").format(words=words) if words else self.listing.table.empty)

    def _said(self, words: str, ground: Ground = Ground.PLAIN) -> Strip:
        """A line in words: the caption, or the kind word on an empty table."""
        return worded(words, self.size.width, self.palette, self.stage.glyphs, ground)

    def _painted_row(self, sheet: Sheet, shown: Shown) -> Strip:
        now = self.stage.desk.now()
        key = shown.row.key
        cursor = self.has_focus and key == self.listing.cursor and shown.row.kind is not RowKind.TOTAL
        look = Look(cursor, self._cursor_index() if cursor else None, key in self.listing.fresh)
        ages = ages_of(sheet, shown.row.cells, now)
        painted = self._painted.get(key)
        if painted is not None and painted[0] == shown and painted[1] == look and painted[2] == ages:
            return painted[3]
        strip = paint_row(sheet, shown, look, now)
        self._painted[key] = (shown, look, ages, strip)
        return strip

    def _with_bar(self, strip: Strip, at: int) -> Strip:
        """The strip with the last cell: where in the list we are, when there is more than fits."""
        sign, style = " ", self.ground_style()
        if at in self._bar:
            sign, style = self.stage.glyphs.thumb, self.palette.style(Tone.MUTED)
        return Strip([*strip, Segment(sign, style)], self.size.width)

    @property
    def _bar(self) -> range:
        """The lines, counted from the first row, that show where in the list we are; none where all rows fit."""
        room, rows = self._room, len(self.listing.body)
        if not 0 < room < rows:
            return range(0)
        size = max(1, room * room // rows)
        first = round((room - size) * self._top / (rows - room))
        return range(first, first + size)

    def _the_sheet(self) -> Sheet:
        width = max(0, self.size.width - BAR_CELLS)
        if (
            self._sheet is None or self._sheet.width != width
        ):  # it may be painted at a new width before it is told of it
            self._forget_sheet()
            self._sheet = sheet_of(self.listing, width, self.palette, self.stage.glyphs)
        return self._sheet

    def _forget_sheet(self) -> None:
        self._sheet = None
        self._painted.clear()

    # Where things are

    def want(self, width: int) -> Want:  # noqa: ARG002  # a row is one line at any width
        """How many lines it has; rows that a filter or a search hides count, or it would shrink under one's hands."""
        totals = max(len(each.arranged.totals) for each in (self._own, self.listing))
        rows = max(len(each.body) + each.arranged.hidden for each in (self._own, self.listing))
        head = self._has_titles + bool(self.listing.table.caption)
        lines = head + max(1, rows) + totals
        return Want(lines, min(lines, head + LEAST_ROWS + totals), starts=self.own.starts)

    @property
    def _has_titles(self) -> bool:
        return any(column.title for column in self.listing.table.columns)

    @property
    def _least_rows(self) -> int:
        return min(LEAST_ROWS, max(1, len(self.listing.body)) + len(self.listing.arranged.totals))

    @property
    def _titles(self) -> int:
        """Lines of column titles: none in a table too low for them."""
        return int(self._has_titles and self.size.height >= min(3, self._least_rows + 1))

    @property
    def _head(self) -> int:
        """Lines above the rows."""
        has_caption = bool(self.listing.table.caption) and self.size.height >= self._has_titles + 1 + self._least_rows
        return self._titles + has_caption

    @property
    def _room(self) -> int:
        """Lines for the rows that scroll."""
        totals = len(self.listing.arranged.totals)
        free = self.size.height - self._head
        return free - totals if free - totals >= 1 else max(0, free)

    def _lines(self) -> list[Shown]:
        """The rows in sight, then the totals where they fit."""
        room = self._room
        rows = list(self.listing.body[self._top : self._top + room])
        if room < self.size.height - self._head:
            rows += self.listing.arranged.totals
        return rows

    def _is_in_sight(self) -> bool:
        return self._top <= self.listing.at < self._top + self._room

    def _hold(self, *, follow: bool) -> None:
        """Keep the window within the rows, and over the cursor where it must be seen."""
        room, rows = self._room, len(self.listing.body)
        if follow and room:
            self._top = min(max(self._top, self.listing.at - room + 1), self.listing.at)
        self._top = max(0, min(self._top, rows - room))

    def _refresh_differing(self, before: list[Shown]) -> None:
        """Repaint the cells that differ. An equal row stays the same object, which makes this cheap."""
        after = self._lines()
        for y in range(max(len(before), len(after)) + 1):
            old = before[y] if y < len(before) else None
            new = after[y] if y < len(after) else None
            if old is None or new is None or new.opened != old.opened or not _alike(old.row, new.row):
                self.refresh_rows(self._head + y)
            elif new.row is not old.row:
                self._refresh_cells(self._head + y, old.row, new.row)

    def _refresh_cells(self, y: int, old: Row, new: Row) -> None:
        differing = [
            placed
            for placed in self._the_sheet().placed
            if old.cells[placed.index : placed.index + 1] != new.cells[placed.index : placed.index + 1]
        ]
        if differing:
            first, last = differing[0], differing[-1]
            self.refresh(Region(first.x, y, last.x + last.width + last.gap - first.x, 1))

    def _refresh_key(self, key: str) -> None:
        at = self.listing.place_of(key)
        if at is not None and self._top <= at < self._top + self._room:
            self.refresh_rows(self._head + at - self._top)

    def _column_place(self) -> int:
        """Which of the shown columns the cursor is in."""
        placed = self._the_sheet().placed
        columns = self.listing.table.columns
        return next((at for at, each in enumerate(placed) if columns[each.index].key == self._column), 0)

    def _cursor_index(self) -> int | None:
        placed = self._the_sheet().placed
        return placed[self._column_place()].index if placed and self.has_focus else None

    def _current_column(self) -> Column | None:
        columns = self.listing.table.columns
        return columns[self._column_index()] if columns else None

    def _column_index(self) -> int:
        """The place of the cursor's column in the table. A key may come before the table was laid out: the first."""
        placed = self._the_sheet().placed
        return placed[self._column_place()].index if placed else 0


def _alike(old: Row, new: Row) -> bool:
    """Whether two rows differ in nothing but cells that keep to their columns: the name of a group does not."""
    same = (old.key, old.tone, old.kind) == (new.key, new.tone, new.kind)
    return old is new or (same and new.kind is not RowKind.GROUP)


def _runs_at(row: Row, index: int) -> bool:
    return index < len(row.cells) and row.cells[index].since is not None
