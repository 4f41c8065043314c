"""What a table widget remembers between two views: order, cursor, what is closed, what is new, how wide figures grew.

Rules
- The cursor stays with its row's key; when the row goes, it stays at its place in the list. Until a person moves it, it
  stays on the first row, where the worst is.
- A row that changed and thereby sank below others, as one does that somebody took, has `sunk`: whoever shows it may let
  it go, so that what is urgent stays in sight.
- A row that equals the one before stays the same object, so that its drawn line is still good.
- What came since the last look is `fresh` until `look` is called; where most rows are new, none of them is news.
- Columns that stand right only grow (see `columns`), so that nothing moves while figures come and go.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from floorwatch.app.acts import Acts, with_key
from floorwatch.app.cells import age_text, width_of
from floorwatch.app.columns import GREATEST_GROWTH
from floorwatch.app.rows import Arranged, Shown, Sort, arrange, holds, next_sort
from floorwatch.text import LONGEST, inert
from floorwatch.views import Align, Cell, Column, Row, RowKind, Table
from floorwatch.words import _

OPEN_AT_FIRST = 200
"""Groups start open in a table of up to so many rows, closed in a larger one."""

MOST_WANTED = 80
"""A column of words is not made wider than this, however long they are."""

NO_TABLE = Table((), ())


class Listing:
    """The state behind one table; pure but for its own memory. `acts` are the commands that its cells may name."""

    def __init__(self, acts: Acts | None = None) -> None:
        self.acts = acts
        self.table = NO_TABLE
        self.arranged = Arranged()
        self.sort: Sort | None = None
        self.words = ""
        self.closed: set[str] = set()
        self.fresh: set[str] = set()
        self.cursor: str | None = None
        self.grown: list[int] = []
        self.wanted: list[int] = []
        self.replaced = False
        """Whether the last view moved columns."""
        self.sunk = False
        """Whether the row under the cursor changed with the last view, and stands below rows that it stood above."""
        self._rows: dict[str, Row] = {}
        self._places: dict[str, int] = {}
        self._groups: set[str] = set()
        self._met: set[str] = set()
        self._at = 0
        self._looked = False
        self._moved = False

    @property
    def body(self) -> tuple[Shown, ...]:
        """The rows that scroll, in order."""
        return self.arranged.body

    @property
    def at(self) -> int:
        """The place of the cursor in `body`, 0 when it is empty."""
        return self._at

    @property
    def current(self) -> Shown | None:
        """The row under the cursor."""
        return self.body[self._at] if self._at < len(self.body) else None

    @property
    def has_groups(self) -> bool:
        """Whether any row is a group."""
        return bool(self._groups)

    def show(self, table: Table, now: float) -> set[str]:
        """Take in a new view; keys of the rows that are new or differ."""
        other_columns = table.columns != self.table.columns
        if other_columns:
            self.grown = [column.width for column in table.columns]
            self.wanted = list(self.grown)
            self.sort = Sort.of(table.sort)
        known = self._rows
        changed = self._merge(table)
        self._welcome(changed - known.keys() if self._looked else set())
        if other_columns:
            changed = set(self._rows)
        self.replaced = self.grow((self._rows[key] for key in changed), now) or other_columns
        places, above = self._places, self._at
        self._arrange()
        self.sunk = self.cursor in changed and self.cursor in places and self._has_sunk(places, above)
        return changed

    def stay(self, at: int) -> None:
        """Let the row under the cursor go, and leave the cursor at this place, or the nearest there is."""
        self._place(at)

    def look(self) -> set[str]:
        """A person has looked: nothing is new any more. Keys of what was."""
        seen, self.fresh = self.fresh, set()
        return seen

    def grow(self, rows: Iterable[Row], now: float) -> bool:
        """Widen the columns of figures, and what flexing columns want, to hold these rows; whether any grew."""
        before = [*self.grown, *self.wanted]
        columns = self.table.columns
        right = [at for at, column in enumerate(columns) if column.align is not Align.LEFT]
        flexing = [at for at, column in enumerate(columns) if column.align is Align.LEFT and column.flex]
        for row in rows:
            have = len(row.cells)
            for at in right:
                if at < have and self.grown[at] < (width := _width(row.cells[at], now, self.acts)) <= GREATEST_GROWTH:
                    self.grown[at] = width
            for at in flexing:
                if at < have and self.wanted[at] <= (width := _width(row.cells[at], now, self.acts)) < MOST_WANTED:
                    self.wanted[at] = width + 1  # and its mark
        return before != [*self.grown, *self.wanted]

    def sort_by(self, column: Column) -> None:
        """Sort by this column: its natural way, then the other, then the panel's own order."""
        self.sort = next_sort(self.sort, column)
        self._arrange()

    def turn(self) -> None:
        """Sort the other way round."""
        if self.sort is not None:
            self.sort = Sort(self.sort.column, not self.sort.descending)
            self._arrange()

    def filter(self, words: str) -> None:
        """Show only the rows that hold all these words, with the cursor on one that does."""
        if words != self.words:
            self.words = words
            self._arrange()
            self._to_a_match(words.casefold().split())

    def _to_a_match(self, wanted: Sequence[str]) -> None:
        """From a group that is shown for what it holds to the first of that: Enter opens what was looked for."""
        at = self._at
        while at < len(self.body) - 1 and self.body[at].opened and not holds(self.body[at].row, wanted):
            at += 1
        if at != self._at:
            self.move_to(at)

    def open(self, key: str, opened: bool) -> bool:
        """Open or close a group; whether that changed anything."""
        if key not in self._groups or opened == (key not in self.closed):
            return False
        (self.closed.discard if opened else self.closed.add)(key)
        self._arrange()
        return True

    def open_all(self, opened: bool) -> None:
        """Open or close every group."""
        self.closed = set() if opened else set(self._groups)
        self._arrange()

    def move_to(self, at: int) -> None:
        """Put the cursor on the row at this place, or the nearest there is."""
        self._moved = True
        self._place(at)

    def _has_sunk(self, places: Mapping[str, int], above: int) -> bool:
        """Whether more of the rows that stood at these `places` are above the cursor than before; `above` were then."""
        gone = sum(1 for key, at in places.items() if at < above and key not in self._places)
        return self.sort is None and sum(1 for shown in self.body[: self._at] if shown.row.key in places) > above - gone

    def _place(self, at: int) -> None:
        self._at = max(0, min(at, len(self.body) - 1))
        self.cursor = self.body[self._at].row.key if self.body else None

    def move_to_key(self, key: str) -> bool:
        """Put the cursor on this row, opening the groups it stands in; whether it is there."""
        row = self._rows.get(key)
        if row is None:
            return False
        steps = 0
        while row is not None and row.parent is not None and steps < len(self._rows):
            self.open(row.parent, opened=True)
            row = self._rows.get(row.parent)
            steps += 1
        if key not in self._places:
            self.filter("")
        if key not in self._places:
            return False
        self.move_to(self._places[key])
        return True

    def place_of(self, key: str) -> int | None:
        """Where the row stands in `body`; None when it is not shown."""
        return self._places.get(key)

    def row(self, key: str) -> Row | None:
        """The row of this key, shown or not."""
        return self._rows.get(key)

    def _merge(self, table: Table) -> set[str]:
        rows: dict[str, Row] = {}
        changed: set[str] = set()
        again: dict[str, int] = {}
        for each in table.rows:
            row = each if each.key not in rows else replace(each, key=_another(each.key, rows, again))
            old = self._rows.get(row.key)
            if old is not None and (old is row or old == row):
                rows[row.key] = old
            else:
                rows[row.key] = row
                changed.add(row.key)
        if not all(isinstance(key, str) for key in rows):
            raise TypeError(_("a row's key is no text"))  # it goes on to other panels, to commands, into titles
        self._rows = rows
        self.table = replace(table, rows=tuple(rows.values()))
        return changed

    def _welcome(self, new: set[str]) -> None:
        """Mark what is new, and decide once for each new group whether it starts open."""
        groups = {key for key, row in self._rows.items() if row.kind is RowKind.GROUP}
        if len(self._rows) > OPEN_AT_FIRST:
            self.closed |= groups - self._met
        self._groups = groups
        self._met |= groups
        if 2 * len(new) <= len(self._rows):
            self.fresh.update(key for key in new if self._rows[key].kind is RowKind.PLAIN)
        self.fresh &= self._rows.keys()
        self._looked = True

    def _arrange(self) -> None:
        self.arranged = arrange(self.table, self.sort, self.words, self.closed)
        self._places = {shown.row.key: at for at, shown in enumerate(self.body)}
        kept = None if self.cursor is None else self._places.get(self.cursor)
        self._place(0 if not self._moved else self._at if kept is None else kept)


def _width(cell: Cell, now: float, acts: Acts | None) -> int:
    if cell.since is None:
        text = cell.text
    else:
        text = f"{cell.text[:LONGEST]} {cell.prefix}" if cell.text else cell.prefix
        text += age_text(now - cell.since)
    if cell.command:
        text, _tone = with_key(cell, text, cell.tone, acts)
    return len(text) if text.isascii() else width_of(inert(text))


def _another(key: str, taken: dict[str, Row], again: dict[str, int]) -> str:
    """A key for a second row of the same key, which a panel should not send: both are shown. `again` is how many there
    are of each so far: to count them at each would take minutes where 20,000 rows have one key."""
    count = again.get(key, 1) + 1
    while f"{key}#{count}" in taken:
        count += 1
    again[key] = count
    return f"{key}#{count}"
