"""The documents that the plugin attendance reads, held against everything that a document format promises."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types

from floorwatch.testing import check_document_format
from floorwatch_attendance.dingtalk import DingTalkReport
from floorwatch_attendance.formats import formats
from floorwatch_attendance.tidy import PunchTable
from floorwatch_attendance.wecom import WeComPunches
from floorwatch_attendance.zkteco import AttendanceLog

MOMENTS = ((7, "08:56:02"), (12, "08:58:40"), (7, "18:03:11"))
LOG = "".join(f"{pin:>9}\t2026-03-10 {moment}\t1\t0\t1\t0\r\n" for pin, moment in MOMENTS)
TABLE = "工号,姓名,打卡时间\n1007,李娜,2026-03-10 08:56\n1007,李娜,2026-03-10 18:03\n"
WHO = ("姓名", "工号", "UserId", "部门")
DAYS = [str(day) for day in range(1, 32)]


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of texts."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


DINGTALK = workbook({
    "每日统计": [
        ["每日汇总 统计日期：2026-03-10 至 2026-03-10"], ["报表生成时间：2026-03-11 09:00"],
        [*WHO, "日期", "workDate", "班次", "上班1打卡时间", "上班1打卡结果", "关联的审批单"],
        [""],
        ["李娜", "1007", "u1007", "一组", "26-03-10 星期二", "1773072000000", "早 09:00-18:00", "08:56", "正常", ""],
    ],
    "原始记录": [
        ["原始记录 统计日期：2026-03-10 至 2026-03-10"], ["报表生成时间：2026-03-11 09:00"],
        [*WHO, "考勤日期", "考勤时间", "打卡时间", "打卡结果", "打卡设备"],
        ["李娜", "1007", "u1007", "一组", "26-03-10 星期二", "2026-03-10 09:00", "2026-03-10 08:56", "正常", "考勤机"],
    ],
})  # fmt: skip
WECOM = workbook({
    "上下班打卡_月报": [
        ["上下班打卡"], ["统计时间:03-01 ～ 03-31     制表时间:2026-04-01 10:02(UTC+8)"],
        ["姓名", "账号", "部门", "工号", *DAYS], ["", "", "", "", *("日一二三四五六"[day % 7] for day in range(31))],
        ["李娜", "lina", "一组", "--", "--", "08:38、18:00", *["--"] * 29],
    ]
})  # fmt: skip


def test_every_format_of_the_plugin_is_checked_here() -> None:
    assert {type(each) for each in formats()} == {AttendanceLog, PunchTable, DingTalkReport, WeComPunches}


def test_the_terminals_log_holds_every_claim() -> None:
    check_document_format(AttendanceLog(), LOG.encode())


def test_the_punch_table_holds_every_claim() -> None:
    check_document_format(PunchTable(), TABLE.encode())


def test_the_dingtalk_report_holds_every_claim() -> None:
    check_document_format(DingTalkReport(), DINGTALK)


def test_the_wecom_sheet_holds_every_claim() -> None:
    check_document_format(WeComPunches(), WECOM)
