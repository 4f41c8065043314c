"""Tidy rosters: lines of stretches become days, whatever the columns are called and however times are written."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from floorwatch.api import RejectDocument
from floorwatch.testing import Kit
from floorwatch_rosters.tidy import RosterTable
from tests.feeds.workbooks import workbook
from tests.readers.readings import days, why

TABLE = RosterTable()


def test_lines_of_one_day_are_one_shift(floorwatch: Kit) -> None:
    read = floorwatch.document(
        TABLE,
        "agent,start,end,activity,queue\n"
        "1001,2026-11-22 12:00,2026-11-22 13:00,lunch,support\n"
        "1001,2026-11-22 08:30,2026-11-22 12:00,phones,support\n"
        "1001,2026-11-22 13:00,2026-11-22 17:30,phones,support\n",
    )
    assert days(read, "1001") == [
        ("2026-11-22", "work", "", "08:30-12:00 phones, 12:00-13:00 lunch, 13:00-17:30 phones")
    ]
    assert (read.rows, read.shifts[0].queue, read.period) == (3, "support", ("2026-11-22", "2026-11-22"))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-22 08:30", "2026-11-22 17:30"),
        ("2026-11-22 08:30", "17:30"),
        ("2026/11/22 8:30:00", "2026/11/22 17:30:00"),
        ("2026-11-22T00:30:00Z", "2026-11-22T09:30:00Z"),
        ("2026-11-22T08:30+08:00", "2026-11-22T17:30+08:00"),
        ("1795307400", "1795339800"),
        ("1795307400000", "1795339800000"),
    ],
)
def test_moments_may_be_written_in_many_ways(floorwatch: Kit, start: str, end: str) -> None:
    read = floorwatch.document(TABLE, f"agent,start,end,activity\n1001,{start},{end},电话\n")
    assert days(read, "1001") == [("2026-11-22", "work", "", "08:30-17:30 phones")]


@pytest.mark.parametrize("end", ["06:00", "次日06:00", "30:00", "6:00"])
def test_an_end_that_is_not_after_its_start_is_of_the_next_day(floorwatch: Kit, end: str) -> None:
    read = floorwatch.document(TABLE, f"日期,姓名,上班时间,下班时间\n2026年11月22日,张三,22:00,{end}\n")
    assert days(read, "张三") == [("2026-11-22", "work", "", "22:00-06:00+1 phones")]


def test_a_line_within_another_is_cut_out_of_it(floorwatch: Kit) -> None:
    read = floorwatch.document(
        TABLE,
        "agent,start,end,activity\n1001,2026-11-22 12:00,13:00,lunch\n1001,2026-11-22 08:30,17:30,phones\n"
        "1001,2026-11-22 08:30,09:00,meeting\n1001,2026-11-22 17:00,17:30,training\n",
    )
    assert days(read, "1001") == [(
        "2026-11-22", "work", "",
        "08:30-09:00 meeting, 09:00-12:00 phones, 12:00-13:00 lunch, 13:00-17:00 phones, 17:00-17:30 training",
    )]  # fmt: skip
    assert not read.refused


def test_a_night_in_two_lines_is_one_shift(floorwatch: Kit) -> None:
    read = floorwatch.document(
        TABLE,
        "agent,start,end\n1001,2026-11-22 22:00,2026-11-23 00:00\n1001,2026-11-23 00:00,06:00\n"
        "1001,2026-11-23 22:00,2026-11-24 06:00\n",
    )
    assert days(read, "1001") == [
        ("2026-11-22", "work", "", "22:00-00:00+1 phones, 00:00+1-06:00+1 phones"),
        ("2026-11-23", "work", "", "22:00-06:00+1 phones"),
    ]


def test_columns_may_be_mapped(floorwatch: Kit) -> None:
    text = "Who;From;Till;Doing\n张 三;2026-11-22 08:30;2026-11-22 12:00;培训\n"
    columns = {"agent": "Who", "start": "From", "end": "Till", "activity": "Doing"}
    read = floorwatch.document(TABLE, text, columns=columns)
    assert days(read, "张三") == [("2026-11-22", "work", "", "08:30-12:00 training")]


def test_a_line_may_say_a_day_and_a_code(floorwatch: Kit) -> None:
    text = "姓名,工号,日期,班次\n张三,1001,2026-11-22,A1\n李四,1002,2026/11/22,休\n李四,1002,2026/11/23,X\n"
    read = floorwatch.document(TABLE, text.encode("gb18030"), codes={"A1": "08:30-17:30"})
    assert days(read, "1001") == [("2026-11-22", "work", "A1", "08:30-17:30 phones")]
    assert days(read, "1002") == [("2026-11-22", "off", "休", ""), ("2026-11-23", "unknown", "X", "")]
    assert read.unknown_codes == {"X": 1}
    assert [(who.name, who.employee) for who in read.people] == [("张三", "1001"), ("李四", "1002")]


def test_a_workbook_has_dates_and_times_in_its_cells(floorwatch: Kit) -> None:
    at = [datetime(2026, 11, 22, 8, 30), datetime(2026, 11, 22, 17, 30)]  # noqa: DTZ001  # as cells have it
    raw = workbook({"S": [["十一月"], ["agent", "start", "end", "activity"], [1001, *at, "phones"]]})
    assert days(floorwatch.document(TABLE, raw), "1001") == [("2026-11-22", "work", "", "08:30-17:30 phones")]
    raw = workbook({"S": [["agent", "date", "start", "end"], [1001, date(2026, 11, 22), 8.5 / 24, "17:30"]]})
    assert days(floorwatch.document(TABLE, raw), "1001") == [("2026-11-22", "work", "", "08:30-17:30 phones")]


def test_a_leave_is_a_leave(floorwatch: Kit) -> None:
    read = floorwatch.document(TABLE, "agent,start,end,activity\n1001,2026-11-22 08:30,17:30,年假\n")
    assert [(leave.agent, leave.end - leave.start, leave.word) for leave in read.leaves] == [("1001", 9 * 3600, "年假")]
    assert not read.shifts


def test_a_layer_is_a_shift_of_its_own(floorwatch: Kit) -> None:
    text = (
        "agent,start,end,activity,layer\n1001,2026-11-22 08:30,17:30,phones,\n1001,2026-11-22 12:00,13:00,lunch,noon\n"
    )
    read = floorwatch.document(TABLE, text)
    assert sorted((shift.layer, shift.stints[0].activity.value) for shift in read.shifts) == [
        ("", "phones"),
        ("noon", "lunch"),
    ]


def test_what_cannot_be_used_is_refused_line_by_line(floorwatch: Kit) -> None:
    read = floorwatch.document(
        TABLE,
        "agent,start,end,activity\n"
        "1001,2026-11-22 08:30,2026-11-22 12:00,phones\n"
        "1001,2026-11-22 08:30,2026-11-22 12:00,phones\n"
        "1001,2026-11-22 11:00,2026-11-22 13:00,phones\n"
        "1001,soon,2026-11-22 13:00,phones\n"
        "1001,2026-11-22 14:00,2026-11-22 13:00,phones\n"
        "1001,2026-11-22 14:00,2026-11-25 13:00,phones\n"
        "1001,2026-11-22 14:00,15:00,dancing\n"
        ",2026-11-22 14:00,15:00,phones\n"
        "1002,,,\n"
        "agent,start,end,activity\n",
    )
    assert len(read.shifts) == 1
    assert sorted(where for where, _why in why(read)) == [
        "row 10",
        "row 4",
        "row 5",
        "row 6",
        "row 7",
        "row 8",
        "row 9",
    ]
    assert "“dancing” is no activity" in dict(why(read))["row 8"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "姓名,电话\n张三,1\n"])
def test_what_says_neither_who_nor_when_is_rejected(floorwatch: Kit, text: str) -> None:
    with pytest.raises(RejectDocument, match="Map `columns`"):
        floorwatch.document(TABLE, text)


@pytest.mark.parametrize(
    ("options", "said"),
    [({"columns": {"nick": "x"}}, r"columns\.nick"), ({"codes": {"A": "x"}}, r"codes\.A"), ({"zone": "x"}, "zone")],
)
def test_options_that_are_wrong_name_the_key(floorwatch: Kit, options: dict[str, Any], said: str) -> None:
    with pytest.raises(Exception, match=said):
        floorwatch.document(TABLE, "agent,start,end\n", **options)


def test_a_day_on_which_the_clocks_change_has_its_own_length(floorwatch: Kit) -> None:
    floorwatch.day("2026-03-28", zone="Europe/Berlin")
    read = floorwatch.document(
        TABLE, "agent,date,start,end\n1001,2026-03-28,22:00,06:00\n1001,2026-10-24,22:00,06:00\n"
    )
    assert [stint.end - stint.start for shift in read.shifts for stint in shift.stints] == [7 * 3600, 9 * 3600]
    assert datetime.fromtimestamp(read.shifts[0].stints[0].start, UTC).hour == 21
