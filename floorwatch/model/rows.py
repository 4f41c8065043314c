"""Rows of the history as of one moment, read by time, by word, or by both, while further rows come.

Rules
- A window knows how many rows were settled in the columns, and which waited: neither changes any more.
- Blocks of rows know their latest time: what ended long ago is skipped block by block, whatever order rows came in.
- An index by word grows when it is asked, by what settled since, and is shared by all windows, in any thread.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from typing import Any, TypeAlias

Word: TypeAlias = str | None
Column: TypeAlias = Sequence[Any]


BLOCK_ROWS = 512
"""Rows of a block, at least: a look back goes through the blocks of a day one by one."""


class Blocks:
    """The latest time of each block of settled rows."""

    def __init__(self) -> None:
        self._ends: array[int] = array("I")
        self._latest: array[float] = array("d")

    def add(self, start: int, end: int, latest: float) -> None:
        """The rows from `start`, the last end, up to `end` are a block, or belong to the last one while that is small.
        Times before ends: whoever reads meanwhile may find rows too young for a block, never too old."""
        before = self._ends[-2] if len(self._ends) > 1 else 0
        if self._ends and start - before < BLOCK_ROWS:
            self._latest[-1] = max(self._latest[-1], latest)
            self._ends[-1] = end
            return
        self._latest.append(latest)
        self._ends.append(end)

    def first_row(self, since: float, settled: int) -> int:
        """The first row of the first block that holds one of `since` or later; `settled` where none does."""
        first = 0
        for end, latest in zip(self._ends[:], self._latest[:], strict=False):
            if latest >= since:
                return min(first, settled)
            first = end
        return min(first, settled)


class Index:
    """The settled rows of each number of a column. One reader at a time makes it grow; others look through the rest."""

    def __init__(self) -> None:
        self._rows: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        self._upto = 0
        self._turn = [True]
        """Taken out by whoever makes it grow: taking the last one out of a list is done by one thread alone."""

    def rows(
        self, wanted: Callable[[int], bool] | int, column: Sequence[int], first: int, settled: int
    ) -> Sequence[Sequence[int]]:
        """The rows from `first` up to `settled` of this number, or of each for which `wanted` is true, in order."""
        self._grow(column, settled)
        upto = min(self._upto, settled)
        is_wanted = wanted if callable(wanted) else lambda code: code == wanted
        codes = filter(wanted, list(self._rows)) if callable(wanted) else [wanted]  # a copy: others make it grow
        indexed = [rows for code in codes if (rows := self._rows.get(code)) is not None]
        found = [rows[bisect_left(rows, first) : bisect_left(rows, upto)] for rows in indexed]
        start = max(first, upto)
        return [*found, [row for row, code in enumerate(column[start:settled], start) if is_wanted(code)]]

    def _grow(self, column: Sequence[int], settled: int) -> None:
        """A turn that failed half-way is not given back: the next one would write the same rows a second time."""
        try:
            self._turn.pop()
        except IndexError:
            return
        for row, found in enumerate(column[self._upto : settled], self._upto):
            self._rows[found].append(row)
        self._upto = max(self._upto, settled)
        self._turn.append(True)


class Kept:
    """Where the rows of a table stand: its columns, which of them hold numbers of words, and what finds rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        coded: Sequence[bool],
        words: Sequence[Word],
        code_of: Callable[[Word], int | None],
        blocks: Blocks,
        indices: dict[str, Index],
    ) -> None:
        self.columns = columns
        self.coded = coded
        self.words = words
        self.code_of = code_of
        self.blocks = blocks
        self.indices = indices

    def row(self, at: int) -> tuple[Any, ...]:
        """A settled row, its words as words."""
        words = self.words
        return tuple(
            words[column[at]] if coded else column[at] for column, coded in zip(self.columns, self.coded, strict=True)
        )

    def reversed(self, place: int, first: int, upto: int) -> Iterator[Any]:
        """One column of the settled rows from `first` up to `upto`, the last first, words as words."""
        found = reversed(self.columns[place][first:upto])
        return map(self.words.__getitem__, found) if self.coded[place] else found


class Rows:
    """The first rows of a table, as many as there were."""

    def __init__(
        self, kept: Kept, names: Sequence[str], time: str, settled: int, fresh: Sequence[tuple[Any, ...]], waiting: int
    ) -> None:
        self._kept = kept
        self._names = names
        self._time = names.index(time)
        self._settled = settled
        self._fresh = fresh
        self._waiting = waiting

    def __len__(self) -> int:
        return self._settled + self._waiting

    @property
    def settled_rows(self) -> int:
        """How many of them stand in columns: the first."""
        return self._settled

    @property
    def words(self) -> Sequence[Word]:
        """The words of the numbers in coded columns."""
        return self._kept.words

    def is_coded(self, column: str) -> bool:
        """Whether a column holds numbers of words."""
        return self._kept.coded[self._names.index(column)]

    def settled(self, column: str) -> Column:
        """A column as it stands: of the settled rows, and those that came since."""
        return self._kept.columns[self._names.index(column)]

    def all(self) -> Iterator[tuple[Any, ...]]:
        """Every row, in order."""
        yield from map(self._kept.row, range(self._settled))
        yield from self._unsettled()

    def since(self, since: float) -> Iterator[tuple[Any, ...]]:
        """Rows whose time is `since` or later, in order."""
        kept, time = self._kept, self._time
        times = kept.columns[time]
        for at in range(kept.blocks.first_row(since, self._settled), self._settled):
            if times[at] >= since:
                yield kept.row(at)
        yield from (row for row in self._unsettled() if row[time] >= since)

    def newest(self, since: float, columns: Sequence[str], wanted: Callable[..., bool]) -> Iterator[tuple[Any, ...]]:
        """Rows whose time is `since` or later and for which `wanted` is true of these columns, the last written first.

        Only rows that are wanted are put together: one of many thousands is looked at in a fraction of that time.
        """
        places = [self._names.index(column) for column in columns]
        for row in reversed([*self._unsettled()]):
            if row[self._time] >= since and wanted(*(row[place] for place in places)):
                yield row
        kept = self._kept
        first = kept.blocks.first_row(since, self._settled)
        values = [kept.reversed(place, first, self._settled) for place in (self._time, *places)]
        for at, (time, *found) in zip(range(self._settled - 1, first - 1, -1), zip(*values, strict=True), strict=True):
            if time >= since and wanted(*found):
                yield kept.row(at)

    def first_since(self, since: float) -> int:
        """The number of a row, counted from 0, before which nothing is of `since` or later by any of its times."""
        return self._kept.blocks.first_row(since, self._settled)

    def after(self, rows: int) -> Iterator[tuple[Any, ...]]:
        """What was written after so many rows, in order: what is to be added to what was counted of those."""
        kept, upto = self._kept, self._settled
        parts = (
            [kept.words[code] for code in column[rows:upto]] if coded else column[rows:upto]
            for column, coded in zip(kept.columns, kept.coded, strict=True)
        )
        yield from zip(*parts, strict=True)
        yield from self._fresh[max(0, rows - upto) : self._waiting]

    def of(self, column: str, wanted: Callable[[Word], bool] | str, since: float) -> Iterator[tuple[Any, ...]]:
        """Those of them with this word in a column that shares the vocabulary, or one for which `wanted` is true."""
        kept, time, place = self._kept, self._time, self._names.index(column)
        times = kept.columns[time]
        first = kept.blocks.first_row(since, self._settled)
        for at in self._settled_rows(column, place, wanted, first):
            if times[at] >= since:
                yield kept.row(at)
        for row in self._unsettled():
            found = row[place] == wanted if isinstance(wanted, str) else wanted(row[place])
            if found and row[time] >= since:
                yield row

    def _settled_rows(self, column: str, place: int, wanted: Callable[[Word], bool] | str, first: int) -> Iterator[int]:
        kept = self._kept
        index, numbers = kept.indices[column], kept.columns[place]
        if isinstance(wanted, str):
            known = kept.code_of(wanted)
            return iter(()) if known is None else merge(*index.rows(known, numbers, first, self._settled))
        return merge(*index.rows(lambda code: wanted(kept.words[code]), numbers, first, self._settled))

    def _unsettled(self) -> Iterator[tuple[Any, ...]]:
        return (self._fresh[at] for at in range(self._waiting))
