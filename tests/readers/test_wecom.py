"""WeCom's punches: a title without a year, cells with several times, and people who are known by their account."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from floorwatch.api import RejectDocument, events
from floorwatch.testing import Kit
from floorwatch_attendance.wecom import WeComPunches
from tests.feeds.workbooks import workbook

WECOM = WeComPunches()
SHANGHAI = timezone(timedelta(hours=8))
WEEKDAYS = "一二三四五六日"


def _sheet(
    first: date, last: date, title: str, *people: Sequence[Any], heads: str = "number", weekdays: int = 0
) -> bytes:
    """A month's sheet. `weekdays` are off by so many days."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    said = [WEEKDAYS[(day.weekday() + weekdays) % 7] for day in days]
    beside = [f"{day:%m-%d}\n星期{word}" for day, word in zip(days, said, strict=True)]
    spelt: Mapping[str, Sequence[Any]] = {"number": [day.day for day in days], "beside": beside, "dates": days}
    head = spelt[heads]
    below = [] if heads == "beside" else said
    return workbook({
        "上下班打卡_月报": [
            ["上下班打卡"], [title], ["姓名", "账号", "部门", "工号", *head], [*[None] * 4, *below],
            *([*who, *cells, *["--"] * (len(days) - len(cells))] for *who, cells in people),
        ]
    })  # fmt: skip


MARCH = (date(2026, 3, 1), date(2026, 3, 31))
TITLE = "统计时间:03-01 ～ 03-31     制表时间:2026-04-01 10:02(UTC+8)"
ZHANG = ("张三", "zs", "一组", "--")


def _punches(read: events.DocumentRead) -> list[tuple[str, str, str | None]]:
    return [
        (punch.agent, f"{datetime.fromtimestamp(punch.at, SHANGHAI):%Y-%m-%d %H:%M}", punch.date)
        for punch in read.punches
    ]


@pytest.mark.parametrize("heads", ["number", "beside", "dates"])
def test_day_cells_have_their_punches(floorwatch: Kit, heads: str) -> None:
    raw = _sheet(*MARCH, TITLE, (*ZHANG, ["--", "08:38、18:00", "08:30", "", "09:00,12:00 18:01"]), heads=heads)
    read = floorwatch.document(WECOM, raw)
    assert _punches(read) == [
        ("zs", "2026-03-02 08:38", "2026-03-02"),
        ("zs", "2026-03-02 18:00", "2026-03-02"),
        ("zs", "2026-03-03 08:30", "2026-03-03"),
        ("zs", "2026-03-05 09:00", "2026-03-05"),
        ("zs", "2026-03-05 12:00", "2026-03-05"),
        ("zs", "2026-03-05 18:01", "2026-03-05"),
    ]
    assert read.period == ("2026-03-01", "2026-03-31")
    assert read.remarks == ("1 day has one punch alone.",)


@pytest.mark.parametrize("cell", ["20:00、次日05:00", "20:00、05:00", "20:00、29:00"])
def test_a_punch_after_midnight_is_of_the_day_before(floorwatch: Kit, cell: str) -> None:
    read = floorwatch.document(WECOM, _sheet(*MARCH, TITLE, (*ZHANG, [cell])))
    assert _punches(read) == [
        ("zs", "2026-03-01 20:00", "2026-03-01"),
        ("zs", "2026-03-02 05:00", "2026-03-01"),
    ]


def test_a_period_over_new_year_ends_in_the_later_year(floorwatch: Kit) -> None:
    title = "统计时间:12-16 ～ 01-15  制表时间:2026-01-20 10:02"
    cells = ["08:00、18:00", *["--"] * 29, "09:00、18:00"]
    read = floorwatch.document(WECOM, _sheet(date(2025, 12, 16), date(2026, 1, 15), title, (*ZHANG, cells)))
    assert read.period == ("2025-12-16", "2026-01-15")
    assert [day for _who, _at, day in _punches(read)] == ["2025-12-16"] * 2 + ["2026-01-15"] * 2


def test_a_sheet_made_in_the_next_year_is_of_the_year_before(floorwatch: Kit) -> None:
    title = "统计时间:12-01 ～ 12-31  制表时间:2026-01-02 10:02"
    read = floorwatch.document(WECOM, _sheet(date(2025, 12, 1), date(2025, 12, 31), title, (*ZHANG, ["08:00"])))
    assert read.period == ("2025-12-01", "2025-12-31")


def test_the_weekdays_decide_where_the_making_of_the_sheet_says_otherwise(floorwatch: Kit) -> None:
    title = "统计时间:03-01 ～ 03-31  制表时间:2026-04-01 10:02"
    read = floorwatch.document(WECOM, _sheet(date(2024, 3, 1), date(2024, 3, 31), title, (*ZHANG, ["08:00"])))
    assert read.period == ("2024-03-01", "2024-03-31")
    assert read.remarks[0] == "By 制表时间 the year were 2026; the weekdays are those of 2024."


def test_a_title_may_say_its_year(floorwatch: Kit) -> None:
    read = floorwatch.document(WECOM, _sheet(*MARCH, "统计时间：2026.03.01~2026.03.31", (*ZHANG, ["08:00"])))
    assert read.period == ("2026-03-01", "2026-03-31")


@pytest.mark.parametrize(
    ("title", "weekdays", "said"),
    [
        ("统计时间:03-01 ～ 03-31", 0, "no year"),
        ("统计时间:2026-03-01 ～ 2026-03-31", 1, "fit no year"),
        ("统计时间:02-30 ～ 02-31  制表时间:2026-04-01", 0, "fit no year"),
        ("打卡", 0, "统计时间"),
    ],
)
def test_a_year_that_cannot_be_told_is_refused(floorwatch: Kit, title: str, weekdays: int, said: str) -> None:
    with pytest.raises(RejectDocument, match=said):
        floorwatch.document(WECOM, _sheet(*MARCH, title, (*ZHANG, ["08:00"]), weekdays=weekdays))


def test_people_are_known_by_account_then_number_then_name(floorwatch: Kit) -> None:
    people = [("张三", "zs", "一组", "--", []), ("李四", "--", "--", 1002, ["08:00"]), ("王五", "--", "", "--", [])]
    read = floorwatch.document(WECOM, _sheet(*MARCH, TITLE, *people))
    assert [(who.key, who.name, who.account, who.employee, who.team) for who in read.people] == [
        ("zs", "张三", "zs", "", "一组"),
        ("1002", "李四", "", "1002", ""),
        ("王五", "王五", "", "", ""),
    ]
    assert read.rows == 3


def test_a_time_that_no_clock_shows_is_refused(floorwatch: Kit) -> None:
    read = floorwatch.document(WECOM, _sheet(*MARCH, TITLE, (*ZHANG, ["08:38、18:75"])))
    assert len(read.punches) == 1
    assert [(each.where, each.why) for each in read.refused] == [("E5", "“18:75” is no time of day")]


def test_a_report_by_day_has_its_dates_in_its_lines(floorwatch: Kit) -> None:
    raw = workbook({
        "概况统计与打卡明细": [
            ["概况统计与打卡明细"],
            ["统计时间:06-01 ～ 06-07     制表时间:2026-06-07 17:23(UTC+8)"],
            ["时间", "姓名", "账号", "上班1", None, "下班1", None, "打卡时间记录"],
            [None, None, None, "打卡时间", "打卡状态", "打卡时间", "打卡状态", None],
            ["2026/06/05 星期五", "张三", "zs", "09:00", "正常", "18:00", "正常", "09:00 12:01 18:00"],
            ["2026/06/06 星期六", "张三", "zs", "--", "--", "--", "--", "--"],
            ["2026/06/04 星期四", "李四", "ls", "09:15", "迟到15分钟", "次日01:30", "正常", "09:15;次日01:30"],
        ]
    })  # fmt: skip
    read = floorwatch.document(WECOM, raw)
    assert _punches(read) == [
        ("zs", "2026-06-05 09:00", "2026-06-05"),
        ("zs", "2026-06-05 12:01", "2026-06-05"),
        ("zs", "2026-06-05 18:00", "2026-06-05"),
        ("ls", "2026-06-04 09:15", "2026-06-04"),
        ("ls", "2026-06-05 01:30", "2026-06-04"),
    ]
    assert (read.period, read.rows) == (("2026-06-01", "2026-06-07"), 3)
