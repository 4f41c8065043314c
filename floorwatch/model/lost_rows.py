"""Visits of one day that nobody answered, by caller, as the history grows: what `lost` makes callers to call back of.

Rules
- One caller is one number; where no number is known, or one that is none ("anonymous"), one call. A call keeps its
  caller in whatever queue it goes on to. Two switches may name two calls alike: a call is its feed's.
- Whoever is answered later, in any queue, got through: later is what the history has later.
- A visit that was transferred out of its queue is not lost: the caller went on.
- Read row by row as the history grows, for all windows of it, in any thread; what is handed out never changes.
"""

from collections.abc import Iterable
from math import inf
from typing import TypeAlias

from msgspec import Struct

from floorwatch.model.rows import Rows, Word

LEAST_DIGITS = 3
"""A number has so many at least: "anonymous", "unknown" and "0" are one word for many callers."""

VisitRow: TypeAlias = tuple[str, str, str, Word, str, Word, float, float, float]
"""A row of the history's visits: feed, queue, call, caller, outcome, agent, entered_at, left_at, wait_seconds."""


class LostRows(Struct, frozen=True):
    """Rows of one caller, in order: all that were lost and not answered since, or those before the one `answered`."""

    rows: tuple[VisitRow, ...]
    answered: VisitRow | None = None


class _Caller:
    """Whoever was lost at least once today."""

    __slots__ = ("lost",)

    def __init__(self) -> None:
        self.lost: list[VisitRow] = []


class _Day:
    """The visits from `since` up to `until`, as far as the row `upto`."""

    def __init__(self, since: float, upto: int, until: float = inf) -> None:
        self.since = since
        self.until = until
        self.upto = upto
        self._callers: list[_Caller] = []
        self._of_number: dict[str, _Caller] = {}
        self._of_call: dict[tuple[str, str], _Caller] = {}
        self._through: list[LostRows] = []
        self._found: tuple[LostRows, ...] = ()

    def found(self, visits: Rows) -> tuple[LostRows, ...]:
        """The callers as of this window, which is not shorter than the last one."""
        if len(visits) > self.upto:
            self._read(visits.after(self.upto))
            self.upto = len(visits)
            waiting = (LostRows(tuple(each.lost)) for each in self._callers if each.lost)
            self._found = (*waiting, *self._through)
        return self._found

    def _read(self, rows: Iterable[VisitRow]) -> None:
        for row in rows:
            outcome = row[4]
            if not self.since <= row[7] < self.until:
                continue
            if outcome == "answered":
                caller = self._known(row)
                if caller is not None and caller.lost:
                    self._through.append(LostRows(tuple(caller.lost), row))
                    caller.lost.clear()
            elif outcome != "transferred":
                self._caller(row).lost.append(row)

    def _known(self, row: VisitRow) -> _Caller | None:
        feed, _queue, call, number, *_rest = row
        return self._of_call.get((feed, call)) or (None if number is None else self._of_number.get(number))

    def _caller(self, row: VisitRow) -> _Caller:
        feed, _queue, call, number, *_rest = row
        caller = self._known(row)
        if caller is None:
            caller = _Caller()
            self._callers.append(caller)
        self._of_call[feed, call] = caller
        if number is not None and is_number(number):
            self._of_number.setdefault(number, caller)
        return caller


class LostLedger:
    """The day that was asked for last, as far as it was read: once for each of those who ask at the same time."""

    def __init__(self) -> None:
        self._resting: list[_Day] = []
        """Those that nobody reads now: taking one out of a list, and putting it back, is done by one thread alone."""

    def found(self, visits: Rows, since: float, until: float = inf) -> tuple[LostRows, ...]:
        """The callers with visits that ended unanswered from `since` up to `until`. A look back, at a shorter window or
        an earlier day, is read anew for whoever asks."""
        if until < inf:
            return _Day(since, visits.first_since(since), until).found(visits)
        try:
            known = self._resting.pop()
        except IndexError:
            known = _Day(since, visits.first_since(since))
        goes_on = known.since == since and known.upto <= len(visits)
        day = known if goes_on else _Day(since, visits.first_since(since))
        found = day.found(visits)
        self._resting.append(max(day, known, key=lambda each: (each.since, each.upto)))
        return found


def is_number(number: Word) -> bool:
    """Whether a caller's number tells them from others."""
    return number is not None and sum(map(str.isdigit, number)) >= LEAST_DIGITS
