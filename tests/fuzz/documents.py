"""A small whole document of each bundled format, made here, and what it can be made into."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

import msgspec

from floorwatch.api import Document, DocumentFormat
from floorwatch.model.clock import FloorDays
from floorwatch_attendance.dingtalk import DingTalkReport
from floorwatch_attendance.tidy import PunchTable
from floorwatch_attendance.wecom import WeComPunches
from floorwatch_attendance.zkteco import AttendanceLog
from floorwatch_rosters.calendar_file import CalendarFile
from floorwatch_rosters.month_grid import MonthGrid
from floorwatch_rosters.tidy import RosterTable
from tests.feeds.workbooks import workbook
from tests.fuzz.mutation import worse, worse_archive
from tests.readers import dingtalk_books
from tests.readers.readings import SHANGHAI

READ_AT = 1_775_500_000.0
FIRST = date(2026, 4, 1)


class Sample(NamedTuple):
    """A document that its format reads whole."""

    fmt: DocumentFormat
    make: Callable[[], bytes]
    options: Mapping[str, Any] = {}

    @property
    def is_archive(self) -> bool:
        """Whether it is a workbook, whose parts can be hurt one by one."""
        return self.make().startswith(b"PK")


@cache
def month_grid() -> bytes:
    heads = ["姓名", *(FIRST + timedelta(days=n) for n in range(9))]
    people: list[list[object]] = [
        ["张　三", *["早"] * 9],
        ["李娜", *["夜", "休", "?", None, 1.5, "早", "早", "早", "中"]],
        [None] * 10,
    ]
    return workbook({"排班表": [["2026年4月"], heads, ["", *"三四五六日一二三四"], *people]}, merged=["A1:C1"])


@cache
def dingtalk() -> bytes:
    return dingtalk_books.report(
        [
            dingtalk_books.day("2026-05-01", "早班 08:30-17:30", 上班1打卡时间="08:29", 上班1打卡结果="正常"),
            dingtalk_books.day("2026-05-02", "4班次17点 17:00-次日01:30", 下班1打卡时间="次日 01:31", 迟到时长="3"),
        ],
        [
            dingtalk_books.punch("2026-05-01", "2026-05-01 08:29"),
            dingtalk_books.punch("2026-05-01", "17:31", "打卡无效:外"),
        ],
    )


@cache
def wecom() -> bytes:
    days = [FIRST + timedelta(days=n) for n in range(30)]
    return workbook({
        "上下班打卡_月报": [
            ["上下班打卡"], ["统计时间:04-01 ～ 04-30     制表时间:2026-05-01 10:02(UTC+8)"],
            ["姓名", "账号", "部门", "工号", *(day.day for day in days)], [*[None] * 4,
            *("一二三四五六日"[day.weekday()] for day in days)],
            ["张三", "zs", "一组", "--", "08:38、18:00", "--", "08:30", *["--"] * 27],
        ]
    })  # fmt: skip


def attendance_log() -> bytes:
    punches = ("2026-03-30 08:30:00", "2026-03-30 17:31:07", "2026-03-31 08:29:59", "2026-03-31 08:29:59")
    return b"".join(f"{7:>9}\t{at}\t1\t0\t1\t0\r\n".encode() for at in punches) + bytes(40) + b":40\t1\t0\t1\t0\r\n"


def punch_table() -> bytes:
    return "姓名,工号,打卡时间,设备\n张 三,1001,2026-03-30 08:30,前门\n李四,--,1774830600,\n".encode()


def punch_workbook() -> bytes:
    return workbook({"P": [["pin", "date", "time"], ["7", date(2026, 3, 30), "08:30"], [8, date(2026, 3, 31), 0.5]]})


def roster_table() -> bytes:
    return (
        b"agent,start,end,activity,queue\n1001,2026-04-01 08:30,2026-04-01 12:00,phones,support\n"
        b"1001,2026-04-01 12:00,13:00,lunch,\n1002,2026-04-01T22:00Z,2026-04-02T06:00+08:00,\xe7\x94\xb5\xe8\xaf\x9d,\n"
    )


def calendar() -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//us//en\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:午餐值班\r\n"
        "DTSTART;TZID=Asia/Shanghai:20260401T120000\r\nDURATION:PT1H\r\nDESCRIPTION:张三 李四\r\n"
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6\r\nEXDATE;TZID=Asia/Shanghai:20260406T120000\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:duty\r\nDTSTART;VALUE=DATE:20260405\r\nDTEND;VALUE=DATE:20260407\r\n"
        "ATTENDEE;CN=Li Na:mailto:li@example.org\r\nDESCRIPTION:Li Na\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


CODES = {"早": "08:00-16:00", "夜": "22:00-06:00"}
SAMPLES: Mapping[str, Sample] = {
    "month grid": Sample(MonthGrid(), month_grid, {"codes": CODES}),
    "roster table": Sample(RosterTable(), roster_table),
    "calendar": Sample(CalendarFile(), calendar),
    "DingTalk": Sample(DingTalkReport(), dingtalk),
    "WeCom": Sample(WeComPunches(), wecom),
    "attendance log": Sample(AttendanceLog(), attendance_log),
    "punch table": Sample(PunchTable(), punch_table),
    "punch workbook": Sample(PunchTable(), cache(punch_workbook)),
}


def document(raw: bytes) -> Document:
    """As it lies in a folder of a floor in China."""
    return Document("a", raw, READ_AT, READ_AT, FloorDays(SHANGHAI))


def options_of(sample: Sample) -> Any:
    """The options of the sample, as its format declares them."""
    return msgspec.convert(dict(sample.options), sample.fmt.options_type)


def spoiled(chance: Random, sample: Sample) -> bytes:
    """The sample, or a document of another format, with something done to it."""
    raw = sample.make()
    if chance.random() < 0.05:
        return chance.choice(list(SAMPLES.values())).make()
    return worse_archive(chance, raw) if sample.is_archive else worse(chance, raw)
