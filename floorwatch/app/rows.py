"""Which rows of a table are shown, and in which order: sorting, filtering, groups that open and close. Pure.

Rules
- Totals stand apart, last whatever the sort. A filter does not touch them: they are totals of everything.
- Sorting is stable over the panel's own order, and sorts inside groups; what has no value comes last both ways.
- An age sorts by its length. Where a cell names no `sort`, a number or a time is read out of its text.
- A row whose `parent` is not there, or is its own ancestor, is shown as if it had none: no row is ever lost.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from math import isnan

from msgspec import Struct

from floorwatch.views import Align, Cell, Column, Row, RowKind, Table

_NUMBER = re.compile(r"[~!*+]*(-?\d+(?:[.,]\d+)?)\s*[%!*^v]*$")
_TIME = re.compile(r"~?(?:(\d+):)?(\d+):(\d\d)[!*^v]*$")
_NOTHING = frozenset({"", "-", "—", "?"})

SortValue = tuple[int, float, str]


class Sort(Struct, frozen=True):
    """By which column rows are sorted."""

    column: str
    descending: bool = False

    @staticmethod
    def of(text: str) -> "Sort | None":
        """`Table.sort` as a value: "key", "-key", or None for the panel's own order."""
        return Sort(text.lstrip("-"), text.startswith("-")) if text.lstrip("-") else None


class Shown(Struct, frozen=True):
    """A row in its place; `depth` counts the groups it stands in, `opened` is None for a row that is no group."""

    row: Row
    depth: int = 0
    opened: bool | None = None


class Arranged(Struct, frozen=True):
    """What is shown: the rows that scroll, and the totals that do not. `hidden` rows were filtered out."""

    body: tuple[Shown, ...] = ()
    totals: tuple[Shown, ...] = ()
    hidden: int = 0


def next_sort(sort: Sort | None, column: Column) -> Sort | None:
    """After another press on a column: its natural way (figures: largest first), the other way, the panel's order."""
    natural = Sort(column.key, descending=column.align is Align.RIGHT)
    if sort is None or sort.column != column.key:
        return natural
    return Sort(column.key, not natural.descending) if sort == natural else None


def arrange(table: Table, sort: Sort | None, words: str, closed: Collection[str]) -> Arranged:
    """The rows of `table` in their order; `words` must all be found in a row, `closed` are keys of closed groups."""
    plain = [row for row in table.rows if row.kind is not RowKind.TOTAL]
    totals = tuple(Shown(row) for row in table.rows if row.kind is RowKind.TOTAL)
    families = _families(_sorted(table, plain, sort))
    wanted = words.casefold().split()
    kept = _matching(families, wanted) if wanted else None
    body = tuple(_walk(families, kept, closed))
    return Arranged(body, totals, 0 if kept is None else len(plain) - len(kept))


def _sorted(table: Table, rows: list[Row], sort: Sort | None) -> list[Row]:
    at = None if sort is None else next((i for i, c in enumerate(table.columns) if c.key == sort.column), None)
    if sort is None or at is None:
        return rows
    valued = [(sort_value(row.cells[at]) if at < len(row.cells) else None, row) for row in rows]
    known = [pair for pair in valued if pair[0] is not None]
    known.sort(key=lambda pair: pair[0] or (0, 0.0, ""), reverse=sort.descending)
    return [row for _value, row in known] + [row for value, row in valued if value is None]


def sort_value(cell: Cell) -> SortValue | None:
    """What the cell sorts by, numbers before words; None when it holds nothing."""
    if cell.sort is not None:
        return (1, 0.0, cell.sort.casefold()) if isinstance(cell.sort, str) else _number(cell.sort)
    if cell.since is not None:
        return _number(-cell.since)
    text = cell.text.strip()
    if text in _NOTHING:
        return None
    if found := _TIME.match(text):
        hours, minutes, seconds = found.groups(default="0")
        return _number(int(hours) * 3600 + int(minutes) * 60 + int(seconds))
    if found := _NUMBER.match(text):
        return _number(float(found.group(1).replace(",", ".")))
    return (1, 0.0, text.casefold())


def _number(value: float) -> SortValue | None:
    return None if isnan(value) else (0, float(value), "")


Families = dict[str | None, list[Row]]


def _families(rows: Sequence[Row]) -> Families:
    """Rows by their parent's key; None holds those at the top. Cycles are cut where they are first met."""
    by_key = {row.key: row for row in rows}
    families: Families = {None: []}
    for row in rows:
        families.setdefault(row.parent if _is_rooted(row, by_key) else None, []).append(row)
    return families


def _is_rooted(row: Row, by_key: dict[str, Row]) -> bool:
    seen = {row.key}
    while row.parent is not None:
        parent = by_key.get(row.parent)
        if parent is None or parent.key in seen or parent.kind is not RowKind.GROUP:
            return False
        seen.add(parent.key)
        row = parent
    return True


def _matching(families: Families, wanted: Iterable[str]) -> set[str]:
    """Keys of the rows to keep: those that hold all words, their ancestors, and all that stands under a match."""
    wanted = list(wanted)
    kept: set[str] = set()

    def visit(row: Row, above: bool) -> bool:
        found = above or holds(row, wanted)
        below = [visit(child, found) for child in families.get(row.key, ())] if row.kind is RowKind.GROUP else []
        if found or any(below):
            kept.add(row.key)
            return True
        return False

    for row in families[None]:
        visit(row, above=False)
    return kept


def holds(row: Row, wanted: Sequence[str]) -> bool:
    """Whether the row has all these words, in small letters, in its cells."""
    text = " ".join(cell.text for cell in row.cells).casefold()
    return all(word in text for word in wanted)


def _walk(families: Families, kept: set[str] | None, closed: Collection[str]) -> Iterator[Shown]:
    stack = [(row, 0) for row in reversed(families[None])]
    while stack:
        row, depth = stack.pop()
        if kept is not None and row.key not in kept:
            continue
        opened = None
        if row.kind is RowKind.GROUP:
            opened = row.key not in closed or kept is not None
            if opened:
                stack.extend((child, depth + 1) for child in reversed(families.get(row.key, ())))
        yield Shown(row, depth, opened)
