"""Visits of one day that nobody answered, by caller, as the history grows: what `lost` makes callers to call back of.

Rules
- One caller is one number; where no number is known, or one that is none ("anonymous"), one call. A call keeps its
  caller in whatever queue it goes on to. Two switches may name two calls alike: a call is its feed's.
- Whoever is answered later, in any queue, got through: later is what the history has later.
- A visit that was transferred out of its queue is not lost: the caller went on.
- Read row by row as the history grows, for all windows of it, in any thread; what is handed out never changes.
"""

from bisect import bisect_left
from collections.abc import Iterable
from math import inf
from typing import TypeAlias

from msgspec import Struct

from floorwatch.model.rows import Rows, Word

LEAST_DIGITS = 3
"""A number has so many at least: "anonymous", "unknown" and "0" are one word for many callers."""

DAYS_KEPT = 3

VisitRow: TypeAlias = tuple[str, str, str, Word, str, Word, float, float, float]
"""A row of the history's visits: feed, queue, call, caller, outcome, agent, entered_at, left_at, wait_seconds."""


class LostRows(Struct, frozen=True):
    """Rows of one caller, in order: all that were lost and not answered since, or those before the one `answered`."""

    rows: tuple[VisitRow, ...]
    answered: VisitRow | None = None


class _Spell:
    """Visits of one caller that were lost, one after another, up to one that was answered: each with its row."""

    __slots__ = ("answered_in", "lost", "rows")

    def __init__(self, row: int, visit: VisitRow) -> None:
        self.lost = [visit]
        self.rows = [row]
        self.answered_in = inf
        """The row with which they got through."""

    def upto(self, rows: int) -> LostRows | None:
        """As of so many rows; None where nothing was lost yet, or they had got through."""
        if self.rows[0] >= rows or self.answered_in < rows:
            return None
        return LostRows(tuple(self.lost[: bisect_left(self.rows, rows)]))


class _Caller:
    """Whoever was lost at least once today; only the last of the spells goes on."""

    __slots__ = ("spells",)

    def __init__(self) -> None:
        self.spells: list[_Spell] = []

    def lose(self, row: int, visit: VisitRow) -> None:
        """One more."""
        if self.spells and self.spells[-1].answered_in == inf:
            self.spells[-1].lost.append(visit)
            self.spells[-1].rows.append(row)
        else:
            self.spells.append(_Spell(row, visit))


class _Day:
    """The visits from `since` up to `until`, as far as the row `upto`: any window up to there finds its own in it."""

    def __init__(self, since: float, upto: int, until: float = inf) -> None:
        self.since = since
        self.until = until
        self.upto = upto
        self._callers: list[_Caller] = []
        self._of_number: dict[str, _Caller] = {}
        self._of_call: dict[tuple[str, str], _Caller] = {}
        self._through: list[LostRows] = []
        self._through_in: list[int] = []
        self._found: tuple[int, tuple[LostRows, ...]] = (0, ())

    def grow(self, visits: Rows) -> "_Day":
        """Read what this window shows and was not read yet."""
        if len(visits) > self.upto:
            self._read(enumerate(visits.after(self.upto), self.upto))
            self.upto = len(visits)
        return self

    def found(self, rows: int) -> tuple[LostRows, ...]:
        """The callers as of so many rows, `upto` at most; those that are read meanwhile are not looked at."""
        known, found = self._found
        if known != rows:
            lost = (spell.upto(rows) for caller in self._callers[:] for spell in caller.spells[:])
            through = self._through[: bisect_left(self._through_in, rows)]
            found = (*(each for each in lost if each is not None), *through)
            self._found = (rows, found)
        return found

    def _read(self, rows: Iterable[tuple[int, VisitRow]]) -> None:
        for row, visit in rows:
            outcome = visit[4]
            if not self.since <= visit[7] < self.until:
                continue
            if outcome == "answered":
                caller = self._known(visit)
                if caller is not None and caller.spells[-1].answered_in == inf:
                    spell = caller.spells[-1]
                    self._through.append(LostRows(tuple(spell.lost), visit))
                    self._through_in.append(row)
                    spell.answered_in = row
            elif outcome != "transferred":
                self._caller(visit).lose(row, visit)

    def _known(self, visit: VisitRow) -> _Caller | None:
        feed, _queue, call, number, *_rest = visit
        return self._of_call.get((feed, call)) or (None if number is None else self._of_number.get(number))

    def _caller(self, visit: VisitRow) -> _Caller:
        feed, _queue, call, number, *_rest = visit
        caller = self._known(visit)
        if caller is None:
            caller = _Caller()
            self._callers.append(caller)
        self._of_call[feed, call] = caller
        if number is not None and is_number(number):
            self._of_number.setdefault(number, caller)
        return caller


class LostLedger:
    """The days that were asked for last, as far as they were read: once for each of those who ask at the same time."""

    def __init__(self) -> None:
        self._resting: list[dict[float, _Day]] = []
        """Those that nobody reads now: taking them out of a list, and putting them back, is done by one thread."""

    def found(self, visits: Rows, since: float, until: float = inf) -> tuple[LostRows, ...]:
        """The callers with visits that ended unanswered from `since` up to `until`. What ended before some moment of
        the past is read anew for whoever asks."""
        if until < inf:
            return _Day(since, visits.first_since(since), until).grow(visits).found(len(visits))
        try:
            days = self._resting.pop()
        except IndexError:
            days = {}
        day = days.pop(since, None) or _Day(since, visits.first_since(since))
        days[since] = day.grow(visits)
        if len(days) > DAYS_KEPT:
            del days[next(iter(days))]
        self._resting.append(days)
        return day.found(len(visits))


def is_number(number: Word) -> bool:
    """Whether a caller's number tells them from others."""
    return number is not None and sum(map(str.isdigit, number)) >= LEAST_DIGITS
