"""The row of dates in a month grid: where it is, and which dates its cells mean.

Rules
- It is a run of at least seven dates in neighbouring cells, each the day after the one before, or the same day again
  (a day of two columns). Dates may be dates, day numbers of a spreadsheet, "4月1日", or days of the month alone.
- What is missing of a date comes from what stands above the row, then the sheet's name, then the file's; a month
  without a year is no date.
- A run from the 26th to the 25th is named for the month in which most of its days are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from floorwatch.api import folded, sheets

FEWEST_DAYS = 7

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN_MONTHS = (*"一二三四五六七八九十", "十一", "十二")
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Texts, compiled when the first document is read: 6 ms of patterns that a floor without one does not pay.
_WEEKDAY = rf"(?:星期|周|週|礼拜)?([{_WEEKDAYS}天])|({'|'.join(_ENGLISH_DAYS)})[a-z]*"
_BESIDE_DAY = r"(?:\s*\(?(?:(?:星期|周|週|礼拜)?[一二三四五六日天]|[a-z]{3,9})\)?)?"
_MONTH_DAY = rf"(\d{{1,2}})\s*[月/.-]\s*(\d{{1,2}})\s*[日号號]?{_BESIDE_DAY}"
_DAY = rf"(\d{{1,2}})\s*[日号號]?{_BESIDE_DAY}"
_YEAR_MONTH = r"(?<!\d)(20\d\d)\s*[年./_ -]?\s*(1[0-2]|0[1-9]|[1-9](?!\d))"
_YEAR = r"(?<!\d)(20\d\d)(?!\d)"
_MONTH = r"(?<!\d)(1[0-2]|0?[1-9])\s*月(?!\d)"
_HAN_MONTH = r"(十[一二]?|[一二三四五六七八九])月"
_ENGLISH_MONTH = rf"\b({'|'.join(_MONTHS)})[a-z]*\b"
_ANY_CASE = re.ASCII | re.IGNORECASE


class Said(Struct, frozen=True):
    """What is said of a date or a month; None for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class DayRow(Struct, frozen=True):
    """A row of dates: its columns in order, and what each says."""

    row: int
    columns: Sequence[tuple[int, Said]]


def day_rows(rows: Sequence[Sequence[sheets.Value]]) -> Iterator[DayRow]:
    """All rows of dates; one that says the same again in the same columns (weekdays made from dates) is left out."""
    kept: dict[sheets.Value, Said | None] = {}
    before: Sequence[tuple[int, Said]] = ()
    for number, row in enumerate(rows):
        found = _run([_said(value, kept) for value in row])
        if found and not _agrees(found, before):
            yield DayRow(number, found)
            before = found


def weekday_of(value: sheets.Value) -> int | None:
    """The weekday that a cell names, Monday 0; dates have theirs."""
    if isinstance(value, date | float) and not isinstance(value, bool):
        day = sheets.date_of(value)
        return None if day is None else day.weekday()
    found = re.fullmatch(_WEEKDAY, folded(sheets.plain(value))) if isinstance(value, str) else None
    if found is None:
        return None
    return _ENGLISH_DAYS.index(found[2]) if found[2] else _WEEKDAYS.index(found[1].replace("天", "日"))


def month_said(values: Iterable[sheets.Value]) -> Said:
    """The first year and the first month that are said in these cells."""
    year = month = None
    for value in values:
        found = _month_in(value)
        if found.month is not None and found.year is not None and month is None:
            return found
        year, month = year or found.year, month or found.month
    return Said(year=year, month=month)


def dates_of(found: DayRow, context: Said) -> Mapping[int, date | None] | None:
    """The date of each column (None: the month has no such day); None when the year or the month is not known."""
    first = found.columns[0][1]
    year, month = first.year, first.month
    if year is None:
        year = context.year
        if month is None:
            month = context.month
            if month is not None and year is not None and _is_of_month_before(found):
                year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        elif year is not None and _begins_year_before(found, context):
            year -= 1
    if year is None or month is None:
        return None
    dates: dict[int, date | None] = {}
    last = first.day
    for column, said in found.columns:
        if said.day is not None and last is not None and said.day < last:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        last = said.day
        dates[column] = _date(year, month, said.day)
    return dates


def _is_of_month_before(found: DayRow) -> bool:
    days = [said.day or 0 for _column, said in found.columns]
    turn = next((place for place in range(1, len(days)) if days[place] < days[place - 1]), 0)
    return turn > 0 and turn <= len(days) - turn


def _begins_year_before(found: DayRow, context: Said) -> bool:
    """December in front of the January that the title names with its year."""
    return found.columns[0][1].month == 12 and found.columns[-1][1].month == 1 and context.month == 1


def _date(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 0)
    except ValueError:
        return None


def _said(value: sheets.Value, kept: dict[sheets.Value, Said | None]) -> Said | None:
    if value is None or isinstance(value, bool):
        return None
    if value not in kept:
        kept[value] = _read(value)
    return kept[value]


def _read(value: sheets.Value) -> Said | None:
    day = sheets.date_of(value)
    if day is not None:
        return Said(day.year, day.month, day.day)
    if isinstance(value, float):
        return Said(day=int(value)) if value in range(1, 32) else None
    if not isinstance(value, str) or len(value) > 20:
        return None
    text = sheets.plain(value)
    if (found := re.fullmatch(_MONTH_DAY, text, _ANY_CASE)) and 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31:
        return Said(month=int(found[1]), day=int(found[2]))
    if (found := re.fullmatch(_DAY, text, _ANY_CASE)) and 1 <= int(found[1]) <= 31:
        return Said(day=int(found[1]))
    return None


def _run(row: Sequence[Said | None]) -> Sequence[tuple[int, Said]]:
    """The longest run of days in a row of cells, if it is long enough."""
    best: list[tuple[int, Said]] = []
    run: list[tuple[int, Said]] = []
    for column, said in enumerate(row):
        if said is None or not run or not _follows(run[-1][1], said):
            run = []
        if said is not None:
            run.append((column, said))
        if len(run) > len(best):
            best = run
    return best if len({(said.month, said.day) for _column, said in best}) >= FEWEST_DAYS else []


def _follows(before: Said, said: Said) -> bool:
    if before == said:
        return True
    if (before.year is None) != (said.year is None) or (before.month is None) != (said.month is None):
        return False
    if before.day is None or said.day is None:
        return False
    if before.year is not None and before.month is not None and said.year is not None and said.month is not None:
        days = date(said.year, said.month, said.day) - date(before.year, before.month, before.day)
        return days == timedelta(days=1)
    if said.day == before.day + 1:
        return before.month == said.month
    next_month = before.month is None or said.month == before.month % 12 + 1
    return said.day == 1 and before.day >= 28 and next_month


def _agrees(found: Sequence[tuple[int, Said]], before: Sequence[tuple[int, Said]]) -> bool:
    return len(found) == len(before) and all(
        column == other and said.day == earlier.day
        for (column, said), (other, earlier) in zip(found, before, strict=True)
    )


def _month_in(value: sheets.Value) -> Said:
    if isinstance(value, date | datetime):
        return Said(value.year, value.month)
    if not isinstance(value, str):
        return Said()
    text = folded(sheets.plain(value))
    if found := re.search(_YEAR_MONTH, text, re.ASCII):
        return Said(int(found[1]), int(found[2]))
    year = re.search(_YEAR, text, re.ASCII)
    return Said(int(year[1]) if year else None, _month_alone(text))


def _month_alone(text: str) -> int | None:
    if found := re.search(_MONTH, text, re.ASCII):
        return int(found[1])
    if found := re.search(_HAN_MONTH, text):
        return _HAN_MONTHS.index(found[1]) + 1
    if found := re.search(_ENGLISH_MONTH, text):
        return _MONTHS.index(found[1]) + 1
    return None
