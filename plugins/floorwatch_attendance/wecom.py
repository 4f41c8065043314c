"""WeCom's export of punches (上下班打卡): by month, a column for each day; or by day, a line for each person and day.

Rules
- The title has no year (`统计时间:03-01 ～ 03-31`): it is that of 制表时间, or the one before where the period would be
  ahead of it. The weekdays that the sheet names must be those of the dates; where they are not, the one year near by
  that fits is taken, else the sheet is refused.
- A day cell holds its punches, `08:38、18:00`; one is a punch without its counterpart, and `--` is none.
- 工号 is often `--`: 账号 is who somebody is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, _n, duty, events, sheets
from floorwatch_attendance.punches import Gathered

_ROWS_OF_TITLE = 8
_PERIOD = re.compile(
    r"统计时间\s*:\s*(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?\s*(?:~|-|—|至|到)+\s*(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})"
)
_MADE = re.compile(r"制表时间\s*:\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})")
_DAY = re.compile(
    r"(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})[日号]?\s*(?:\(?(?:星期|周)?([一二三四五六日天])\)?)?"
)
_CLOCK = re.compile(r"(?:次日\s*)?\d{1,2}:\d{2}(?::\d{2})?")
_WEEKDAYS = "一二三四五六日"
_YEARS_BACK = 6  # after as many years at most the weekdays of a month come again, so that more would tell nothing
_LONGEST_PERIOD_DAYS = 366
_HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ["姓名"],
    "account": ["账号", "帐号", "賬號"],
    "employee": ["工号", "工號"],
    "team": ["部门", "部門", "所属部门"],
    "day": ["时间", "日期", "打卡日期"],
}
_OF_PUNCHES = ("打卡时间", "打卡时间记录", "打卡記錄")
_OUTERMOST = ("最早", "最晚")


class WeComPunches(DocumentFormat):
    """The workbook, or the table that was made of it."""

    name = "wecom"
    title = "WeCom punches"

    def sniff(self, document: Document) -> float:
        """Its title, and the columns of names."""
        try:
            heads = sheets.tables_of(document.raw, rows=_ROWS_OF_TITLE)
        except sheets.SheetError:
            return 0.0
        return 0.95 if any(_title(sheet) is not None and _headed(sheet) is not None for sheet in heads) else 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:  # noqa: ARG002  # there are no options
        """All punches. Raises RejectDocument for what is no such sheet, and for a year that cannot be told."""
        those = sheets.tables_of(document.raw)
        found = [(title, table) for sheet in those if (title := _title(sheet)) and (table := _headed(sheet))]
        if not found:
            raise RejectDocument(_("No sheet has a title with 统计时间 and a line of headings with 姓名 and 账号."))
        gathered = Gathered(document)
        periods = [_read_sheet(title, table, gathered) for title, table in found]
        first, last = min(first for first, _last in periods), max(last for _first, last in periods)
        return gathered.reading(self.title, (first.isoformat(), last.isoformat()))


class _Title(Struct, frozen=True):
    """What the title says: the period's ends as (year or None, month, day), and when the sheet was made."""

    first: tuple[int | None, int, int]
    last: tuple[int | None, int, int]
    made: date | None

    def period(self, year: int) -> tuple[date, date] | None:
        """The period if it ends in this year; None where there is no such date, or where it would be absurdly long."""
        try:
            last = date(self.last[0] or year, self.last[1], self.last[2])
            first_year = self.first[0] or (last.year if self.first[1:] <= self.last[1:] else last.year - 1)
            first = date(first_year, self.first[1], self.first[2])
        except ValueError:
            return None
        return (first, last) if first <= last <= first + timedelta(days=_LONGEST_PERIOD_DAYS) else None

    def years(self) -> Sequence[int]:
        """The years in which it may end, the likeliest first; none when nothing says it."""
        if self.last[0] is not None:
            return [self.last[0]]
        if self.made is None:
            return []
        likely = self.made.year if self.last[1:] <= (self.made.month, self.made.day) else self.made.year - 1
        return [likely, *(likely - back for back in range(1, _YEARS_BACK)), likely + 1]


class _Columns(Struct, frozen=True):
    """The columns of days: (column, month or None, day, weekday or None)."""

    said: Sequence[tuple[int, int | None, int, int | None]]

    def dates(self, first: date, last: date) -> Mapping[int, date]:
        """The date of each within the period: the next one of that day."""
        found: dict[int, date] = {}
        day = first
        for column, month, number, _weekday in self.said:
            while day <= last and (day.day != number or month not in (None, day.month)):
                day += timedelta(days=1)
            if day > last:
                break
            found[column] = day
        return found

    def fit(self, dates: Mapping[int, date]) -> bool:
        """Whether the weekdays that stand with them are those of the dates."""
        return all(
            weekday is None or column not in dates or dates[column].weekday() == weekday
            for column, _month, _day, weekday in self.said
        )


def _title(sheet: sheets.Sheet) -> _Title | None:
    text = "\n".join(sheets.plain(value) for row in sheet.rows[:_ROWS_OF_TITLE] for value in dict.fromkeys(row))
    period, made = _PERIOD.search(text), _MADE.search(text)
    if period is None:
        return None
    ends = [int(part) if part else None for part in period.groups()]
    return _Title(
        (ends[0], ends[1] or 0, ends[2] or 0),
        (ends[3], ends[4] or 0, ends[5] or 0),
        sheets.date_of("-".join(made.groups())) if made else None,
    )


def _headed(sheet: sheets.Sheet) -> sheets.Headed | None:
    return sheets.headed(
        sheet.rows, _HEADINGS, lambda there: "name" in there and ("account" in there or "day" in there)
    )


def _read_sheet(title: _Title, table: sheets.Headed, gathered: Gathered) -> tuple[date, date]:
    """Read one sheet; its period. Raises RejectDocument when its year cannot be told."""
    is_by_day = "day" in table.places
    columns = _Columns([] if is_by_day else list(_day_columns(table)))
    period, dates = _dated(title, columns, gathered)
    punched = _punch_columns(table) if is_by_day else []
    singles = 0
    for number, cells in table.entries():
        who = _who(cells)
        if who is None:
            continue
        if is_by_day:
            day = sheets.date_of(cells.get("day"), period[1].year)
            cells_by_day = [(day, punched)] if day is not None else []
        else:
            cells_by_day = [(day, [column]) for column, day in dates.items()]
        gathered.rows += bool(cells_by_day)
        for day, those in cells_by_day:
            said = [(sheets.cell_name(number, column), sheets.plain(table.rows[number][column])) for column in those]
            singles += _read_day(gathered, who, day, said) == 1
    if singles:
        said_of = _n("{n} day has one punch alone.", "{n} days have one punch alone.", singles)
        gathered.remarks.append(said_of.format(n=singles))
    return period


def _dated(title: _Title, columns: _Columns, gathered: Gathered) -> tuple[tuple[date, date], Mapping[int, date]]:
    """The period, and the date of each column, in the year that fits. Raises RejectDocument."""
    years = title.years()
    for year in years:
        period = title.period(year)
        dates = columns.dates(*period) if period is not None else {}
        if period is not None and columns.fit(dates):
            if year != years[0]:
                gathered.remarks.append(
                    _("By 制表时间 the year were {year}; the weekdays are those of {other}.").format(
                        year=years[0], other=year
                    )
                )
            return period, dates
    if not years:
        raise RejectDocument(_("The title has no year, and there is no 制表时间 that would tell it."))
    raise RejectDocument(_("The weekdays of the sheet fit no year near its 制表时间."))


def _day_columns(table: sheets.Headed) -> Iterator[tuple[int, int | None, int, int | None]]:
    """The columns whose headings are days, with the weekday beside the day or in the line below."""
    heads = table.rows[table.row]
    below = table.rows[table.row + 1] if table.row + 1 < len(table.rows) else heads
    taken = set(table.places.values())
    for column, value in enumerate(heads):
        found = None if column in taken else _DAY.fullmatch(_day_text(value))
        if found is None or not 1 <= int(found[3]) <= 31:
            continue
        weekday = found[4] or sheets.plain(below[column]).removeprefix("星期").removeprefix("周")
        is_weekday = len(weekday) == 1 and weekday in _WEEKDAYS + "天"
        number = _WEEKDAYS.index(weekday.replace("天", "日")) if is_weekday else None
        yield column, int(found[2]) if found[2] else None, int(found[3]), number


def _day_text(value: sheets.Value) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else sheets.plain(value)


def _punch_columns(table: sheets.Headed) -> Sequence[int]:
    """Where a line of one day has its punches: in all columns of that heading (in the line of headings or the one
    below), else in the day's first and last."""
    lines = table.rows[table.row : table.row + 2]
    for words in (*([word] for word in reversed(_OF_PUNCHES)), list(_OUTERMOST)):
        found = [
            column
            for column in range(len(table.headings))
            if any(sheets.heading_of(line[column]) in words for line in lines)
        ]
        if found:
            return found
    return []


def _who(cells: Mapping[str, sheets.Value]) -> duty.Who | None:
    """Whom a line is about: `--` stands for what is not known."""
    said = {field: sheets.plain(cells.get(field)) for field in ("name", "account", "employee", "team")}
    known = {field: word for field, word in said.items() if word.strip("-")}
    key = known.get("account") or known.get("employee") or known.get("name")
    return duty.Who(key, **known) if key else None


def _read_day(gathered: Gathered, who: duty.Who, day: date, said: Sequence[tuple[str, str]]) -> int:
    """Note the punches of a day; how many. One that is earlier than the one before it is of the next day."""
    zone, before, moments = gathered.document.days.zone, timedelta(), set()
    for cell, text in said:
        for word in _CLOCK.findall(text):
            clock = sheets.clock_of(word)
            if clock is None:
                gathered.refuse(cell, _("“{text}” is no time of day").format(text=word), text)
                continue
            if clock < before and clock < timedelta(days=1):
                clock += timedelta(days=1)
            before = clock
            at = sheets.epoch_of(day, clock, zone)
            if at not in moments:
                moments.add(at)
                gathered.add(who, at, day.isoformat())
    if not moments:
        gathered.people.setdefault(who.key, who)
    return len(moments)
