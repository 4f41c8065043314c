"""Month grids: a row of dates however it is written, people under it, codes that mean what the configuration says."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest

from floorwatch.api import FloorRules, RejectDocument, events
from floorwatch.model.clock import FloorDays
from floorwatch.testing import Kit
from floorwatch_rosters.month_grid import MonthGrid
from tests.feeds.workbooks import raw_workbook, workbook
from tests.readers.readings import SHANGHAI, days, why
from tests.study import study_file

GRID = MonthGrid()
CODES = {"早": "08:00-16:00", "夜": "22:00-06:00"}
WEEK = [date(2026, 4, 1) + timedelta(days=n) for n in range(7)]


def _read(
    floorwatch: Kit, *rows: Sequence[Any], name: str = "roster.xlsx", sheet: str = "Sheet1", **options: Any
) -> events.DocumentRead:
    return floorwatch.document(GRID, workbook({sheet: rows}), name, codes=CODES, **options)


def test_the_month_of_the_study_is_read_whole(floorwatch: Kit) -> None:
    """36 people x 30 days; the codes were counted in the sheet's XML, each by itself."""
    codes = {"A1": "08:30-17:30, lunch 12:00-13:00", "A2": "13:00-22:00", "B1": "08:00-16:00", "B2": "16:00-次日00:00"}
    read = floorwatch.document(GRID, study_file("rosters/month_grid_2026-04.xlsx"), codes=codes)
    assert (read.rows, len(read.people), len(read.shifts)) == (36, 36, 1080)
    assert Counter(shift.code for shift in read.shifts) == {"休": 385, "B2": 247, "B1": 239, "A1": 109, "A2": 100}
    assert read.period == ("2026-04-01", "2026-04-30")
    assert (read.refused, read.unknown_codes, read.remarks) == ((), {}, ())
    assert days(read, "杨一一五")[:2] == [
        ("2026-04-01", "work", "A1", "08:30-12:00 phones, 12:00-13:00 lunch, 13:00-17:30 phones"),
        ("2026-04-02", "off", "休", ""),
    ]
    assert days(read, "郑一二六")[0] == ("2026-04-01", "work", "B2", "16:00-00:00+1 phones")


def test_codes_that_nobody_explained_stay_visible_and_are_counted(floorwatch: Kit) -> None:
    read = floorwatch.document(GRID, study_file("rosters/month_grid_2026-04.xlsx"), codes={"A1": "08:30-17:30"})
    assert read.unknown_codes == {"B2": 247, "B1": 239, "A2": 100}
    assert Counter(shift.kind.value for shift in read.shifts) == {"unknown": 586, "off": 385, "work": 109}


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        pytest.param("排班表", WEEK, id="dates"),
        pytest.param("排班表", [46113.0 + n for n in range(7)], id="day numbers of a spreadsheet"),
        pytest.param("2026年4月排班表", list(range(1, 8)), id="days of a month in the title"),
        pytest.param("２０２６年４月", [f"{n}日" for n in range(1, 8)], id="days in words, a title in full width"),
        pytest.param("April 2026", [f"{n}" for n in range(1, 8)], id="days as texts, an English title"),
        pytest.param("2026年", [f"4月{n}日" for n in range(1, 8)], id="month and day, the year in the title"),
        pytest.param(date(2026, 4, 1), ["4/1(三)", *(f"4/{n}" for n in range(2, 8))], id="a date as title"),
        pytest.param("", [f"2026-04-{n:02}" for n in range(1, 8)], id="texts of whole dates"),
    ],
)  # fmt: skip
def test_dates_are_found_however_they_are_written(floorwatch: Kit, title: Any, heads: list[Any]) -> None:
    read = _read(floorwatch, [title], ["姓名", *heads], ["张　三", "早", *["休"] * 5, "夜班"])
    assert read.period == ("2026-04-01", "2026-04-07")
    assert days(read, "张三")[0] == ("2026-04-01", "work", "早", "08:00-16:00 phones")
    assert days(read, "张三")[6] == ("2026-04-07", "work", "夜", "22:00-06:00+1 phones")


@pytest.mark.parametrize(
    ("name", "sheet", "options"),
    [
        ("排班2026-04.xlsx", "Sheet1", {}),
        ("20260401.xlsx", "Sheet1", {}),
        ("r.xlsx", "2026年4月", {}),
        ("2026.xlsx", "四月", {}),
        ("r.xlsx", "S", {"month": "2026-04"}),
    ],
)  # fmt: skip
def test_a_month_may_be_said_by_the_sheet_the_file_or_the_configuration(
    floorwatch: Kit, name: str, sheet: str, options: dict[str, str]
) -> None:
    read = _read(floorwatch, ["姓名", *range(1, 8)], ["张三", *["早"] * 7], name=name, sheet=sheet, **options)
    assert read.period == ("2026-04-01", "2026-04-07")


@pytest.mark.parametrize("title", ["4月排班表", "2026年排班表", "排班表"])
def test_a_month_without_a_year_is_refused_with_a_word(floorwatch: Kit, title: str) -> None:
    with pytest.raises(RejectDocument, match="no year or no month"):
        _read(floorwatch, [title], ["姓名", *range(1, 8)], ["张三", *["早"] * 7])


def test_a_month_from_the_26th_is_named_for_the_one_with_most_of_its_days(floorwatch: Kit) -> None:
    heads = [*range(26, 32), *range(1, 26)]
    read = _read(floorwatch, ["2026年1月"], ["姓名", *heads], ["张三", *["早"] * 31])
    assert read.period == ("2025-12-26", "2026-01-25")


def test_days_that_the_month_does_not_have_are_none(floorwatch: Kit) -> None:
    read = _read(floorwatch, ["2026年2月"], ["姓名", *range(1, 32)], ["张三", *["早"] * 31])
    assert (read.period, len(read.shifts)) == (("2026-02-01", "2026-02-28"), 28)


def test_weekdays_below_the_dates_are_nobody(floorwatch: Kit) -> None:
    for weekdays in (
        list("三四五六日一二"),
        [f"星期{day}" for day in "三四五六日一二"],
        [46113.0 + n for n in range(7)],
    ):
        read = _read(floorwatch, ["", *WEEK], ["姓名", *weekdays], ["张三", *["早"] * 7])
        assert [who.name for who in read.people] == ["张三"]
        assert not read.remarks


def test_weekdays_of_other_dates_are_remarked_on(floorwatch: Kit) -> None:
    read = _read(floorwatch, ["", *WEEK], ["姓名", *"一二三四五六日"], ["张三", *["早"] * 7])
    assert read.remarks == ("The weekdays are not those of the dates: 2026-04-01 is not what B2 says.",)


def test_a_code_that_is_also_a_weekday_is_a_code(floorwatch: Kit) -> None:
    raw = workbook({"S": [["姓名", *WEEK], ["张三", *["日"] * 7], ["李四", *["日"] * 7]]})
    assert len(floorwatch.document(GRID, raw, codes={"日": "08:00-16:00"}).shifts) == 14


def test_columns_before_the_dates_say_who_somebody_is(floorwatch: Kit) -> None:
    read = _read(
        floorwatch,
        ["班组", "工号", "姓名", *WEEK],
        ["一组", 1001, "张三", *["早"] * 7],
        ["二组", "1002", "李四", *["休"] * 7],
    )
    assert [(who.key, who.name, who.employee, who.team) for who in read.people] == [
        ("1001", "张三", "1001", "一组"),
        ("1002", "李四", "1002", "二组"),
    ]


def test_headings_may_be_mapped(floorwatch: Kit) -> None:
    read = _read(floorwatch, ["编", "谁", *WEEK], ["a", "张三", *["早"] * 7], columns={"name": "谁", "account": "编"})
    assert [(who.key, who.name) for who in read.people] == [("a", "张三")]


def test_a_team_merged_over_its_lines_is_every_persons_team(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [["班组", "姓名", *WEEK], ["一组", "张三", *["早"] * 7], [None, "李四", *["早"] * 7]]
    read = floorwatch.document(GRID, workbook({"S": rows}, merged=["A2:A3"]), codes=CODES)
    assert [who.team for who in read.people] == ["一组", "一组"]


def test_a_code_merged_over_days_is_each_days(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [["姓名", *WEEK], ["张三", "早", "年假", None, None, "早", "早", "早"]]
    read = floorwatch.document(GRID, workbook({"S": rows}, merged=["C2:E2"]), codes=CODES)
    assert [kind for _date, kind, _code, _hours in days(read, "张三")] == ["work", *["leave"] * 3, *["work"] * 3]


def test_a_merged_heading_names_the_team_below_it(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [
        ["姓名", *WEEK],
        ["一组", *[None] * 7],
        ["张三", *["早"] * 7],
        ["二组", *[None] * 7],
        ["李四", *["早"] * 7],
    ]
    read = floorwatch.document(GRID, workbook({"S": rows}, merged=["A2:H2", "A4:H4"]), codes=CODES)
    assert [(who.name, who.team) for who in read.people] == [("张三", "一组"), ("李四", "二组")]


def test_totals_notes_and_blank_lines_are_nobody(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [
        ["张三", *["早"] * 7],
        ["合计", *range(1, 8)],
        ["早班人数", *[1] * 7],
        [],
        ["备注:早 08:00-16:00"],
        [None, "x"],
        ["李四"],
    ]
    read = _read(floorwatch, ["姓名", *WEEK], *rows)
    assert [who.name for who in read.people] == ["张三"]
    assert read.rows == 1


def test_codes_in_full_width_and_with_remarks_are_known(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [["姓名", *WEEK], ["张三", "Ａ１", "A1（替李四）", "a1*", "A1 顶班", "", None, "A１"]]
    read = floorwatch.document(GRID, workbook({"S": rows}), codes={"A1": "09:00-18:00"})
    assert [code for _date, _kind, code, _hours in days(read, "张三")] == ["A1"] * 5


def test_two_codes_in_a_cell_are_both_meant(floorwatch: Kit) -> None:
    read = _read(
        floorwatch, ["姓名", *WEEK], ["张三", "早/夜", "早/休", "早/年", "早/Z", "早/早", "早,07:00-09:00", ""]
    )
    assert days(read, "张三") == [
        ("2026-04-01", "work", "早/夜", "08:00-16:00 phones, 22:00-06:00+1 phones"),
        ("2026-04-02", "work", "早", "08:00-16:00 phones"),
        ("2026-04-03", "work", "早", "08:00-16:00 phones"),
        ("2026-04-03", "leave", "年", ""),
        ("2026-04-04", "work", "早", "08:00-16:00 phones"),
        ("2026-04-04", "unknown", "Z", ""),
        ("2026-04-05", "work", "早/早", "08:00-16:00 phones"),
        ("2026-04-06", "unknown", "早,07:00-09:00", ""),
    ]


def test_a_day_of_two_columns_is_one_day(floorwatch: Kit) -> None:
    heads = [day for day in WEEK for _half in range(2)]
    read = _read(floorwatch, ["姓名", *heads], ["张三", "早", "夜", *["早", "早"], *["休"] * 10])
    assert days(read, "张三")[0] == ("2026-04-01", "work", "早/夜", "08:00-16:00 phones, 22:00-06:00+1 phones")
    assert len(read.shifts) == 7


def test_a_day_that_is_told_twice_is_taken_once_and_otherwise_refused(floorwatch: Kit) -> None:
    read = _read(
        floorwatch, ["姓名", *WEEK], ["张三", "早", "早", "", *["休"] * 4], ["张三", "早", "夜", "夜", *["休"] * 4]
    )
    assert [code for _date, _kind, code, _hours in days(read, "张三")] == ["早", "早", "夜", *["休"] * 4]
    assert why(read) == [("C3", "this day of this person is already told, and otherwise")]


def test_several_sheets_are_months_or_teams(floorwatch: Kit) -> None:
    may = [date(2026, 5, 1) + timedelta(days=n) for n in range(7)]
    read = floorwatch.document(
        GRID,
        workbook({
            "4月": [["姓名", *WEEK], ["张三", *["早"] * 7]],
            "5月": [["姓名", *may], ["张三", *["夜"] * 7]],
            "夜班组": [["姓名", *may], ["李四", *["夜"] * 7]],
            "说明": [["早 = 08:00-16:00"]],
        }),
        codes=CODES,
    )  # fmt: skip
    assert read.period == ("2026-04-01", "2026-05-07")
    assert [(who.name, who.team) for who in read.people] == [("张三", ""), ("李四", "夜班组")]
    assert read.remarks == ("The sheet “说明” has no row of dates.",)


def test_only_the_named_sheets_are_read(floorwatch: Kit) -> None:
    raw = workbook({"a": [["姓名", *WEEK], ["张三", *["早"] * 7]], "b": [["姓名", *WEEK], ["李四", *["早"] * 7]]})
    assert [who.name for who in floorwatch.document(GRID, raw, codes=CODES, sheets=["b"]).people] == ["李四"]


def test_a_named_sheet_that_is_not_there_is_told_so(floorwatch: Kit) -> None:
    with pytest.raises(RejectDocument, match="There is no sheet b; there are a"):
        floorwatch.document(GRID, workbook({"a": [["姓名", *WEEK]]}), sheets=["b"])


def test_grids_may_stand_one_under_the_other(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [
        ["一组 2026年4月"],
        ["姓名", *range(1, 8)],
        ["张三", *["早"] * 7],
        [],
        ["一组 2026年5月"],
        ["姓名", *range(1, 9)],
        ["张三", *["夜"] * 8],
    ]
    read = _read(floorwatch, *rows)
    assert (read.period, len(read.shifts)) == (("2026-04-01", "2026-05-08"), 15)


def test_a_grid_may_be_of_a_duty_over_the_roster(floorwatch: Kit) -> None:
    read = floorwatch.document(
        GRID,
        workbook({"S": [["姓名", *WEEK], ["张三", "√", "", "休", "?", "", "", "√"]]}),
        codes={"√": "lunch 12:00-13:00"},
        layer="lunch",
    )
    assert [(shift.date, shift.kind.value, shift.layer) for shift in read.shifts] == [
        ("2026-04-01", "work", "lunch"),
        ("2026-04-04", "unknown", "lunch"),
        ("2026-04-07", "work", "lunch"),
    ]


def test_a_formula_without_a_value_is_refused_where_it_stands(floorwatch: Kit) -> None:
    heads = "".join(f'<c r="{column}1"><v>{46113 + n}</v></c>' for n, column in enumerate("BCDEFGH"))
    early = ' t="inlineStr"><is><t>早</t></is></c>'
    cells = f'<c r="B2"{early}<c r="C2"><f>B2</f></c><c r="D2"{early}'
    name = '<c r="A2" t="inlineStr"><is><t>张三</t></is></c>'
    rows = f'<row r="1">{heads}</row><row r="2">{name}{cells}</row>'
    read = floorwatch.document(GRID, raw_workbook(rows), codes=CODES)
    assert [code for _date, _kind, code, _hours in days(read, "张三")] == ["早", "早"]
    assert [where for where, _why in why(read)] == ["C2"]


def test_dates_that_are_formulas_without_values_are_told_so(floorwatch: Kit) -> None:
    heads = '<c r="B1"><v>46113</v></c>' + "".join(
        f'<c r="{column}1"><f>{before}1+1</f></c>' for before, column in zip("BCDEFG", "CDEFGH", strict=True)
    )
    with pytest.raises(RejectDocument, match="formulas saved without their values"):
        floorwatch.document(GRID, raw_workbook(f'<row r="1">{heads}</row>'))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", workbook({"S": [["x"]]}), "姓名,1\n张三,早\n".encode()])
def test_what_is_no_grid_is_rejected(floorwatch: Kit, content: bytes) -> None:
    with pytest.raises(RejectDocument):
        floorwatch.document(GRID, content)


def test_a_grid_may_be_a_text_table(floorwatch: Kit) -> None:
    text = "2026年4月,,,,,,,\n姓名,1,2,3,4,5,6,7\n张三,早,休,休,休,休,休,夜\n".encode("gb18030")
    assert len(floorwatch.document(GRID, text, codes=CODES).shifts) == 7


def test_a_shift_before_the_business_day_begins_is_of_the_day_before(floorwatch: Kit) -> None:
    floorwatch.rules(FloorRules(days=FloorDays(SHANGHAI, time(4))))
    read = floorwatch.document(
        GRID, workbook({"S": [["姓名", *WEEK], ["张三", "夜", *[""] * 5, "凌"]]}), codes={**CODES, "凌": "01:00-09:00"}
    )
    assert days(read, "张三") == [
        ("2026-04-01", "work", "夜", "22:00-06:00+1 phones"),
        ("2026-04-06", "work", "凌", "01:00+1-09:00+1 phones"),
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"codes": {"早": "8 Uhr"}}, r"codes\.早"),
        ({"columns": {"nick": "昵称"}}, r"columns\.nick is no field"),
        ({"month": "April"}, "is no month"),
        ({"code": {}}, "code"),
    ],
)
def test_options_that_are_wrong_name_the_key(floorwatch: Kit, options: dict[str, Any], said: str) -> None:
    with pytest.raises(Exception, match=said):
        floorwatch.document(GRID, workbook({"S": [["姓名", *WEEK]]}), **options)


def test_ids_stay_as_long_as_the_document_says_the_same(floorwatch: Kit) -> None:
    rows: list[list[Any]] = [["姓名", *WEEK], ["张三", "早/年", *["休"] * 6], ["李四", *["夜"] * 7]]
    first, second = (_read(floorwatch, *rows) for _time in range(2))
    assert [shift.id for shift in first.shifts] == [shift.id for shift in second.shifts]
    assert len({shift.id for shift in first.shifts}) == len(first.shifts)


def test_a_thousand_people_are_read(floorwatch: Kit) -> None:
    heads = [date(2026, 5, 1) + timedelta(days=n) for n in range(31)]
    rows: list[list[Any]] = [
        ["姓名", "工号", *heads],
        *([f"张{n}", 10_000 + n, *["早", "夜", "休"] * 10, "年"] for n in range(1_000)),
    ]
    read = floorwatch.document(GRID, workbook({"S": rows}), codes=CODES)
    assert (len(read.people), len(read.shifts)) == (1_000, 31_000)
