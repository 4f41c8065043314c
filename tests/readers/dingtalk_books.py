"""Workbooks in the shape of DingTalk's attendance report: titles, two lines of merged headings, everything as text."""

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # nor has this

WHO = ("姓名", "考勤组", "部门", "工号", "职位", "UserId")
PAIRS = tuple(f"{way}{number}打卡{what}" for number in "123" for way in ("上班", "下班") for what in ("时间", "结果"))
DAILY = (*WHO, "日期", "workDate", "班次", *PAIRS, "关联的审批单", "迟到时长", "请假")
LEAVES = ("事假(小时)", "年假(天)")
RAW = (*WHO, "考勤日期", "考勤时间", "打卡时间", "打卡结果", "打卡设备")
CHINA = dt.timezone(dt.timedelta(hours=8))
WEEKDAYS = "一二三四五六日"

Row = Mapping[str, object]


def person(name: str = "王小明", number: str = "1001", team: str = "一组") -> dict[str, object]:
    """Somebody as every row names them."""
    return {"姓名": name, "工号": number, "UserId": f"u{number}", "部门": team}


def day(date: str, shift: str, who: Mapping[str, object] | None = None, **cells: object) -> dict[str, object]:
    """A row of 每日统计; `cells` by heading."""
    when = dt.date.fromisoformat(date)
    midnight = dt.datetime.combine(when, dt.time(), CHINA).timestamp()
    return {
        **(who or person()),
        "日期": f"{when:%y-%m-%d} 星期{WEEKDAYS[when.weekday()]}",
        "workDate": f"{midnight * 1000:.0f}",
        "班次": shift,
        **cells,
    }


def punch(
    date: str, at: str, result: str = "正常", who: Mapping[str, object] | None = None, **cells: object
) -> dict[str, object]:
    """A row of 原始记录."""
    when = dt.date.fromisoformat(date)
    named = {"考勤日期": f"{when:%y-%m-%d} 星期{WEEKDAYS[when.weekday()]}", "打卡时间": at, "打卡结果": result}
    return {**(who or person()), **named, "打卡设备": "考勤机", **cells}


def report(daily: Sequence[Row] | None = None, raw: Sequence[Row] | None = None, others: Sequence[str] = ()) -> bytes:
    """The workbook's bytes."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        for name in others:
            book.add_worksheet(name).write_string(0, 0, name)
        if raw is not None:
            sheet = book.add_worksheet("原始记录")
            sheet.merge_range(0, 0, 0, len(RAW) - 1, "原始记录 统计日期：2026-05-01 至 2026-05-31")
            _write(sheet, 2, RAW, raw)
        if daily is not None:
            sheet = book.add_worksheet("每日统计")
            sheet.merge_range(0, 0, 0, len(DAILY) - 1, "每日汇总 统计日期：2026-05-01 至 2026-05-31")
            _write_merged(sheet, daily)
    return made.getvalue()


def _write_merged(sheet: Worksheet, rows: Sequence[Row]) -> None:
    """Headings of one column over both lines; 请假 over its kinds."""
    _write(sheet, 3, DAILY, rows)
    last = len(DAILY) - 1
    for column, heading in enumerate(DAILY[:last]):
        sheet.merge_range(2, column, 3, column, heading)
    sheet.merge_range(2, last, 2, last + len(LEAVES) - 1, DAILY[last])
    for place, kind in enumerate(LEAVES):
        sheet.write_string(3, last + place, kind)


def _write(sheet: Worksheet, line: int, headings: Sequence[str], rows: Sequence[Row]) -> None:
    for column, heading in enumerate(headings):
        sheet.write_string(line, column, heading)
    for number, row in enumerate(rows, start=line + 1):
        for column, heading in enumerate(headings):
            value = row.get(heading)
            if isinstance(value, float | int):
                sheet.write_number(number, column, value)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, column, value, value="")
            elif value is not None:
                sheet.write_string(number, column, str(value))
