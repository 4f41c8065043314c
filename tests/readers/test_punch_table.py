"""Tables of punches: whatever the columns are called, and in whatever encoding they were saved."""

from datetime import date, datetime
from typing import Any

import pytest

from floorwatch.api import RejectDocument
from floorwatch.testing import Kit
from floorwatch_attendance.tidy import PunchTable
from tests.feeds.workbooks import workbook

TABLE = PunchTable()
AT = "2026-03-10 08:30"


@pytest.mark.parametrize(
    "text",
    [
        "pin,at\n7,2026-03-10 08:30\n",
        "PIN;Punch Time\n7;2026/3/10 8:30:00\n",
        "考勤号码\t日期\t时间\n7\t2026-03-10\t08:30\n",
        "考勤号码,打卡日期,打卡时间\n7,26-03-10 星期二,08:30\n",
        "pin,at\n7,1773102600\n",
        "pin,at\n7,2026-03-10T00:30:00Z\n",
        "# 三月\n\npin,at\n７,２０２６-０３-１０ ０８：３０\n",
    ],
)
def test_who_and_when_are_read(floorwatch: Kit, text: str) -> None:
    read = floorwatch.document(TABLE, text)
    assert [(punch.agent, punch.at) for punch in read.punches] == [("7", floorwatch.at(AT).at)]
    assert [who.pin for who in read.people] == ["7"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_programs_may_save_it(floorwatch: Kit, encoding: str) -> None:
    text = "姓名,工号,打卡时间,设备\n张 三,1001,2026-03-10 08:30,前门\n李四,--,2026-03-10 08:30,\n"
    read = floorwatch.document(TABLE, text.encode(encoding))
    assert [(who.key, who.name, who.employee) for who in read.people] == [
        ("1001", "张三", "1001"),
        ("李四", "李四", ""),
    ]
    assert [punch.device for punch in read.punches] == ["前门", ""]


def test_a_workbook_has_moments_in_its_cells(floorwatch: Kit) -> None:
    moment = datetime(2026, 3, 10, 8, 30)  # noqa: DTZ001  # as cells have it
    by_moment = floorwatch.document(TABLE, workbook({"S": [["工号", "打卡时间"], [1001, moment]]}))
    by_day = floorwatch.document(
        TABLE, workbook({"S": [["工号", "日期", "时间"], [1001, date(2026, 3, 10), 8.5 / 24]]})
    )
    assert by_moment.punches == by_day.punches
    assert [punch.at for punch in by_moment.punches] == [floorwatch.at(AT).at]


def test_a_time_of_day_may_be_of_the_next_day(floorwatch: Kit) -> None:
    read = floorwatch.document(TABLE, "工号,日期,时间\n1001,2026-03-09,次日01:30\n")
    assert [punch.at for punch in read.punches] == [floorwatch.at("2026-03-10 01:30").at]


def test_columns_may_be_mapped(floorwatch: Kit) -> None:
    read = floorwatch.document(TABLE, "Wer,Wann\nzs,2026-03-10 08:30\n", columns={"account": "Wer", "at": "Wann"})
    assert [who.account for who in read.people] == ["zs"]


def test_exact_duplicates_count_once(floorwatch: Kit) -> None:
    read = floorwatch.document(TABLE, "pin,at\n7,2026-03-10 08:30\n7,2026-03-10 08:30\n7,2026-03-10 08:31\n")
    assert (read.rows, len(read.punches), read.remarks) == (3, 2, ("1 exact duplicate was left out.",))


def test_what_cannot_be_used_is_refused_line_by_line(floorwatch: Kit) -> None:
    read = floorwatch.document(
        TABLE, "pin,at\n7,soon\n,2026-03-10 08:30\n--,2026-03-10 08:30\n7,\n7,2026-03-10 08:30\n"
    )
    assert len(read.punches) == 1
    assert [(each.where, each.why) for each in read.refused] == [
        ("row 2", "“soon” is no time like 2026-11-22 08:30"),
        ("row 3", "nobody is named"),
        ("row 4", "nobody is named"),
        ("row 5", "“” is no time like 2026-11-22 08:30"),
    ]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", b"\xff\xff", b"PK\x03\x04"])
def test_what_says_neither_who_nor_when_is_rejected(floorwatch: Kit, content: Any) -> None:
    with pytest.raises(RejectDocument):
        floorwatch.document(TABLE, content)


def test_a_column_that_nobody_knows_is_named(floorwatch: Kit) -> None:
    with pytest.raises(Exception, match=r"columns\.nick is no field of this table"):
        floorwatch.document(TABLE, "pin,at\n", columns={"nick": "x"})
