"""Days that are not what the calendar says, from the file that [duty] `overrides` names.

Rules
- A line is a day, a span of days or a month, what it is, and a word for people: `2026-10-01..2026-10-07,off,holiday`.
- `work` and `off` hold for each day of it. `peak` is the peak period of its month, in place of the rule's; `no-peak`
  says of whole months that they have none.
- Blank lines, lines that begin with `#` and a first line that names the columns are skipped.
- Every mistake is told, with its line; two lines may not say different things of one day or month.
"""

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from floorwatch.spreadsheet_text import lines_of
from floorwatch.text import folded, inert
from floorwatch.words import _

WORK, OFF, PEAK, NO_PEAK = "work", "off", "peak", "no-peak"
_WHAT = {
    **dict.fromkeys(("work", "上班", "工作", "班"), WORK),
    **dict.fromkeys(("off", "rest", "休息", "放假", "休"), OFF),
    **dict.fromkeys(("peak", "征期", "徵期"), PEAK),
    **dict.fromkeys(("no-peak", "no peak", "非征期", "非徵期"), NO_PEAK),
}
_COLUMNS = ("date", "日期")
_BETWEEN = re.compile(r"\s*(?:\.\.|~|至)\s*")
_DAY = re.compile(r"(2\d{3})[-/年](\d{1,2})[-/月](\d{1,2})日?")
_MONTH = re.compile(r"(2\d{3})[-/年](\d{1,2})月?")
MOST_DAYS = 366


class DutyDays(Struct, frozen=True):
    """What the file says: whether a date is worked, and the peak period of a month (None: it has none)."""

    days: Mapping[str, bool] = {}
    peaks: Mapping[str, tuple[str, str] | None] = {}


def read_duty_days(text: str, source: str) -> tuple[DutyDays, list[str]]:
    """What a CSV text of `date,what,word` says, and its mistakes as sentences that begin with "source:line"."""
    reading = _Reading(source)
    for number, line in enumerate(lines_of(text), start=1):
        if line.strip() and not line.startswith("#"):
            reading.take(number, line)
    return DutyDays(reading.days, reading.peaks), reading.mistakes


class _Reading:
    """One pass over the file: what was said, by which line, and what is wrong."""

    def __init__(self, source: str) -> None:
        self.days: dict[str, bool] = {}
        self.peaks: dict[str, tuple[str, str] | None] = {}
        self.mistakes: list[str] = []
        self._source = source
        self._said: dict[str, tuple[int, object]] = {}
        self._has_begun = False

    def take(self, number: int, line: str) -> None:
        is_first, self._has_begun = not self._has_begun, True
        try:
            when, what = _fields(line)
            if not (is_first and when in _COLUMNS):
                self._keep(number, _days(when), what)
        except ValueError as wrong:
            self.mistakes.append(inert(f"{self._source}:{number}: {wrong}"))

    def _keep(self, number: int, span: tuple[date, date], what: str) -> None:
        kind = _WHAT.get(what)
        if kind is None:
            raise ValueError(_("what is {what!r}? write work, off, peak or no-peak").format(what=what))
        if kind in (WORK, OFF):
            for day in _each(span):
                self._say(number, day.isoformat(), kind == WORK)
                self.days[day.isoformat()] = kind == WORK
            return
        for first, last in _by_month(span):
            if kind == NO_PEAK and (first.day, last.day) != (1, _length(last)):
                said = _("no-peak is said of whole months: write {month:%Y-%m}, or the days that are one, as peak")
                raise ValueError(said.format(month=first))
            period = (first.isoformat(), last.isoformat()) if kind == PEAK else None
            self._say(number, f"{first:%Y-%m}", period)
            self.peaks[f"{first:%Y-%m}"] = period

    def _say(self, number: int, of: str, word: object) -> None:
        line, before = self._said.setdefault(of, (number, word))
        if before != word:
            raise ValueError(_("line {line} says otherwise of {day}; keep one of them").format(line=line, day=of))


def _fields(line: str) -> tuple[str, str]:
    """When and what, in one width and case."""
    delimiter = max(",;\t", key=line.count)
    try:
        fields = [folded(field).strip() for field in next(csv.reader([line], delimiter=delimiter, strict=True))]
    except csv.Error as error:
        raise ValueError(_("this line cannot be read ({why}); check its quotes").format(why=error)) from None
    if len(fields) < 2:
        raise ValueError(_("write a date and what it is, such as 2026-10-01,off"))
    return fields[0], fields[1]


def _days(text: str) -> tuple[date, date]:
    """First and last day of "2026-10-01", "2026-10-01..2026-10-07" or "2026-10". Raises ValueError."""
    ends = [_ends(part) for part in _BETWEEN.split(text)]
    first, last = ends[0][0], ends[-1][1]
    if len(ends) > 2 or last < first:
        raise ValueError(_("{text!r} is no span of days; write 2026-10-01..2026-10-07").format(text=text))
    if (last - first).days >= MOST_DAYS:
        raise ValueError(_("{text!r} is longer than a year; check the dates").format(text=text))
    return first, last


def _ends(text: str) -> tuple[date, date]:
    try:
        if found := _DAY.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return day, day
        if found := _MONTH.fullmatch(text):
            first = date(int(found[1]), int(found[2]), 1)
            return first, first.replace(day=_length(first))
    except ValueError:
        pass
    raise ValueError(_("{text!r} is no date; write 2026-10-01, 2026-10-01..2026-10-07 or 2026-10").format(text=text))


def _each(span: tuple[date, date]) -> Iterator[date]:
    return (span[0] + timedelta(days=day) for day in range((span[1] - span[0]).days + 1))


def _by_month(span: tuple[date, date]) -> Iterator[tuple[date, date]]:
    """The span's part of each month."""
    first, end = span
    while first <= end:
        last = min(end, first.replace(day=_length(first)))
        yield first, last
        first = last + timedelta(days=1)


def _length(month: date) -> int:
    return monthrange(month.year, month.month)[1]
