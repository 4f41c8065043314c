"""Tidy punches: a table with a line for each mark of a terminal, as CSV or XLSX.

Rules
- A line says who and when: a moment, or a date and a time of day each in its own column.
- Exact duplicates count once. Whether somebody came or left is not read: order and roster decide.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from msgspec import Struct

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, duty, events, sheets
from floorwatch_attendance.punches import Gathered

_ROWS_TO_SNIFF = 60
_MOMENTS = "打卡时间 打卡時間 考勤时间 考勤時間 刷卡时间 刷卡時間 签到时间"
_HEADINGS: Mapping[str, str] = {
    "at": f"at time punch punched_at punch_time timestamp datetime check_time clock_time {_MOMENTS} 日期时间 时间 時間",
    "date": "date day punch_date 日期 打卡日期 考勤日期 刷卡日期",
    "time": f"time clock punch_clock {_MOMENTS} 打卡时刻 时间 時間",
    "device": "device terminal machine sn 设备 設備 设备名称 考勤机 考勤機 打卡设备 机器号",
}
_OF_PUNCHES = f"punch punched_at punch_time check_time clock_time pin {_MOMENTS} 考勤号 打卡日期 打卡设备"
_OF_OTHERS = (
    "start end activity call callid uniqueid caller callerid queue talk wait event disposition userid workdate 主叫"
    " 被叫 班次 开始 结束"
)
FIELDS = (*sheets.WHO_HEADINGS, *_HEADINGS)
"""What columns may say."""


class PunchTableOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`columns`: the heading of each field. `sheets`: only these."""

    columns: Mapping[str, str] = {}
    sheets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a column that nobody knows."""
        sheets.check_columns(self.columns, FIELDS)


class PunchTable(DocumentFormat):
    """A table of punches."""

    name = "punch-table"
    title = "Table of punches"
    options_type = PunchTableOptions

    def sniff(self, document: Document) -> float:
        """Its headings, and none of other tables; without one that only punches have it stays in doubt."""
        try:
            those = sheets.tables_of(document.raw, rows=_ROWS_TO_SNIFF)
        except sheets.SheetError:
            return 0.0
        found = next((table for sheet in those if (table := _table(sheet, {})) is not None), None)
        if found is None or _any_of(_OF_OTHERS, found):
            return 0.0
        return 0.85 if _any_of(_OF_PUNCHES, found) else 0.3

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        """All punches of all tables. Raises RejectDocument when no line of headings says who and when."""
        wanted = sheets.tables_of(document.raw, options.sheets)
        tables = [(sheet.name, table) for sheet in wanted if (table := _table(sheet, options.columns)) is not None]
        if not tables:
            raise RejectDocument(
                _("No line of headings says who and when: pin, employee, account or name, and at. Map `columns`.")
            )
        gathered = Gathered(document)
        for name, table in tables:
            for number, cells in table.entries():
                gathered.rows += 1
                where = _("row {n}").format(n=number + 1)
                try:
                    _read_line(cells, gathered)
                except ValueError as error:
                    text = " ".join(map(sheets.plain, cells.values()))
                    gathered.refuse(f"{name}: {where}" if len(tables) > 1 else where, str(error), text)
        return gathered.reading(self.title)


def _any_of(words: str, table: sheets.Headed) -> bool:
    return any(sheets.heading_of(word) in table.headings for word in words.split())


def _suffices(there: Container[str]) -> bool:
    is_person = any(field in there for field in ("pin", "employee", "account", "name"))
    return is_person and ("at" in there or ("date" in there and "time" in there))


def _table(sheet: sheets.Sheet, columns: Mapping[str, str]) -> sheets.Headed | None:
    """The table of punches in this sheet. A column of times beside one of dates is a time of day."""
    names: dict[str, Sequence[str]] = {field: words.split() for field, words in _HEADINGS.items()}
    mapped = {**sheets.WHO_HEADINGS, **names, **{field: [name] for field, name in columns.items()}}
    of_clock = {field: words for field, words in mapped.items() if field != "at" or "at" in columns}
    with_date = sheets.headed(sheet.rows, of_clock, lambda there: "date" in there and _suffices(there))
    if with_date is not None:
        return with_date
    of_moment = {field: words for field, words in mapped.items() if field != "time" or "time" in columns}
    return sheets.headed(sheet.rows, of_moment, _suffices)


def _read_line(cells: Mapping[str, sheets.Value], gathered: Gathered) -> None:
    """Raises ValueError with why the line cannot be used."""
    said = {field: sheets.plain(cells[field]) for field in sheets.WHO_HEADINGS if field in cells}
    known = {field: word for field, word in said.items() if word.strip("-")}
    key = next((known[field] for field in ("employee", "account", "pin", "name") if field in known), None)
    if key is None:
        raise ValueError(_("nobody is named"))
    at = _moment(cells, gathered.document)
    gathered.add(duty.Who(key, **known), at, device=sheets.plain(cells.get("device")))


def _moment(cells: Mapping[str, sheets.Value], document: Document) -> float:
    zone = document.days.zone
    at = sheets.moment_of(cells.get("at"), zone)
    if at is not None:
        return at
    day, clock = sheets.date_of(cells.get("date")), sheets.clock_of(cells.get("time"))
    if day is not None and clock is not None:
        return sheets.epoch_of(day, clock, zone)
    at = sheets.moment_of(cells.get("time"), zone) if isinstance(cells.get("time"), str) else None
    if at is not None:
        return at
    text = " ".join(sheets.plain(cells[field]) for field in ("at", "date", "time") if field in cells)
    raise ValueError(_("“{text}” is no time like 2026-11-22 08:30").format(text=text))
