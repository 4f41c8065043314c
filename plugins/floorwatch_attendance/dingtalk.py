"""DingTalk's attendance report (考勤报表): the shift, punches, results and requests of every person and day.

Rules
- Read are 每日统计 (shifts, results, approved requests) and 原始记录 (punches); without the latter, the punches of the
  former. 月度汇总 and 打卡时间 say the same again, and are named as not read.
- How the rows are read is told in `dingtalk_rows`, the cells in `dingtalk_cells`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, events, sheets
from floorwatch_attendance.dingtalk_cells import is_break
from floorwatch_attendance.dingtalk_rows import DAILY, RAW, Rows, daily_table, raw_table

_PERIOD = re.compile(r"统计日期\s*:\s*(\d{4}-\d{1,2}-\d{1,2})\s*(?:至|到|~|-)\s*(\d{4}-\d{1,2}-\d{1,2})")
_ROWS_OF_TITLE = 8


class DingTalkOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`breaks`: the hours of a break that the sheet does not say, by the shift's name or hours ("*": every shift).
    `shifts`: whether the sheet's shifts are the roster; not where another document is."""

    breaks: Mapping[str, str] = {}
    shifts: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError for a break that is no hours."""
        for shift, hours in self.breaks.items():
            if not is_break(hours):
                said = _("breaks.{shift}: `{hours}` is not hours like `12:00-13:30`")
                raise ValueError(said.format(shift=shift, hours=hours))


class DingTalkReport(DocumentFormat):
    """The workbook as DingTalk exports it."""

    name = "dingtalk"
    title = "DingTalk attendance report"
    options_type = DingTalkOptions

    def sniff(self, document: Document) -> float:
        """The names of its sheets."""
        names = sheets.sheet_names(document.raw)
        if DAILY in names:
            return 0.95
        return 0.8 if RAW in names else 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        """All that it says. Raises RejectDocument for what has neither of the two sheets."""
        names = sheets.sheet_names(document.raw)
        found = {each.name: each for each in sheets.sheets_of(document.raw, [n for n in names if n in (DAILY, RAW)])}
        daily, raw = daily_table(found.get(DAILY)), raw_table(found.get(RAW))
        if daily is None and raw is None:
            said = _("There is no sheet {daily} with 姓名, 日期 and 班次, nor {raw} with 姓名, 打卡时间 and 打卡结果.")
            raise RejectDocument(said.format(daily=DAILY, raw=RAW))
        rows = Rows(document, options.breaks)
        if daily is not None:
            rows.read_daily(daily, found[DAILY].unvalued, with_shifts=options.shifts, with_punches=raw is None)
        if raw is not None:
            rows.read_raw(raw, found[RAW].unvalued)
        if others := [name for name in names if name not in found]:
            rows.remarks.append(
                _("Not read, because it says the same again: {sheets}.").format(sheets=", ".join(others))
            )
        return rows.reading(self.title, _period(found.values()))


def _period(those: Iterable[sheets.Sheet]) -> tuple[str, str] | None:
    """The period that a title says."""
    for sheet in those:
        for row in sheet.rows[:_ROWS_OF_TITLE]:
            said = _PERIOD.search(sheets.plain(row[0])) if row else None
            first, last = (sheets.date_of(said[1]), sheets.date_of(said[2])) if said is not None else (None, None)
            if first is not None and last is not None and first <= last:
                return first.isoformat(), last.isoformat()
    return None
