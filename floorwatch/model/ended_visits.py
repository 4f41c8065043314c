"""Ended visits that are remembered for a while, to tell a doubled line from a new visit.

Rules
- They are remembered in two halves: taking the oldest out of one dict one by one costs ever more, since dicts keep the
  holes.
- A floor that was taken up finds those from before among the rows of the history. A look is taken at each entry, and is
  almost always answered by the call alone: only the numbers of the rows are put together beforehand.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from msgspec import Struct

from floorwatch.model.entities import CallKey
from floorwatch.model.history import Columns

CLOSED_KEPT = 4096
"""Ended visits remembered, at least: half an hour of a 1,000-seat floor."""

Span = tuple[float, float]
"""When a visit began, and when it ended."""


class KeptVisits(Struct, frozen=True, array_like=True):
    """Which rows of the history's visits are remembered: from the first one on, in the newer half from the second one
    on; and how many different visits the newer half has."""

    older: int
    newer: int
    count: int


class RowsRemembered:
    """The visits of these rows."""

    def __init__(self, visits: Columns[Any], first: int, upto: int) -> None:
        self._visits = visits
        self._first = first
        (self._calls,) = visits.cut(("call",), first, upto)
        self._last = dict(zip(self._calls, count(), strict=False))

    def get(self, key: CallKey) -> Span | None:
        """When the last visit of this call to this queue began and ended; None where there is none."""
        queue, call = key
        at = self._last.get(call)
        found = None if at is None else self._span(at, queue)
        return found if at is None or found is not None else self._earlier(self._calls[:at], key)

    def _earlier(self, calls: Sequence[str], key: CallKey) -> Span | None:
        """The last visit among these. Of a call that went on to another queue."""
        queue, call = key
        places = [at for at, each in enumerate(calls) if each == call]
        return next((found for at in reversed(places) if (found := self._span(at, queue)) is not None), None)

    def _span(self, at: int, queue: str) -> Span | None:
        row = self._first + at
        (found,), (entered,), (left,) = self._visits.cut(("queue", "entered_at", "left_at"), row, row + 1)
        return (entered, left) if found == queue else None


class _Half:
    """Visits remembered, by call and queue; those of the rows came before the others."""

    def __init__(self, rows: RowsRemembered | None = None, of_rows: int = 0) -> None:
        self._rows = rows
        self._added: dict[CallKey, Span] = {}
        self._more = of_rows
        """How many there are besides those that were added."""

    def __len__(self) -> int:
        return self._more + len(self._added)

    def get(self, key: CallKey) -> Span | None:
        found = self._added.get(key)
        return self._rows.get(key) if found is None and self._rows is not None else found

    def add(self, key: CallKey, span: Span) -> None:
        if self._rows is not None and key not in self._added and self._rows.get(key) is not None:
            self._more -= 1
        self._added[key] = span


class EndedVisits:
    """The last ended visits of a floor: `kept` of them, and up to as many again."""

    def __init__(self, kept: int = CLOSED_KEPT) -> None:
        self._kept = kept
        self._older, self._newer = _Half(), _Half()
        self._since = 0, 0
        """The row of the history's visits with which each half begins, the older first."""

    def add(self, key: CallKey, span: Span, row: int) -> None:
        """A visit ended, which becomes this row of the history."""
        self._newer.add(key, span)
        if len(self._newer) >= self._kept:
            self._older, self._newer = self._newer, _Half()
            self._since = self._since[1], row + 1

    def get(self, key: CallKey) -> Span | None:
        """When the last ended visit of this call to this queue began and ended; None when that is forgotten."""
        return self._newer.get(key) or self._older.get(key)

    def forget_rows(self, count: int) -> None:
        """The first rows of the history are gone: the others have smaller numbers now."""
        older, newer = self._since
        self._since = max(0, older - count), max(0, newer - count)

    def kept(self) -> KeptVisits:
        """Where they are found again."""
        return KeptVisits(*self._since, len(self._newer))

    def take_up(self, kept: KeptVisits, visits: Columns[Any]) -> None:
        """Go on from what was kept, with the history of then. Raises ValueError for rows that are not there."""
        if not (0 <= kept.older <= kept.newer <= len(visits) and kept.count >= 0):
            raise ValueError(f"visits {kept} of {len(visits)}")
        self._since = kept.older, kept.newer
        self._older = _Half(RowsRemembered(visits, kept.older, kept.newer))
        self._newer = _Half(RowsRemembered(visits, kept.newer, len(visits)), kept.count)
