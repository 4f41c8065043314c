"""Workbooks and text tables as rows: what a person reads in a cell is what comes out."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from floorwatch.feeds import sheets
from tests.feeds.workbooks import raw_workbook, workbook
from tests.study import study_file

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_dates_in_an_east_asian_format_are_dates() -> None:
    (sheet,) = sheets.sheets_of(workbook({"S": [[date(2026, 4, 1), 46113]]}))
    assert sheet.rows == [[date(2026, 4, 1), 46113.0]]


def test_a_merged_range_has_its_value_in_every_cell() -> None:
    rows = [["title", None, None, "x"], ["team", "a", None, None], [None, "b", None, "y"]]
    (sheet,) = sheets.sheets_of(workbook({"S": rows}, merged=["A1:C1", "A2:A3"]))
    assert sheet.rows == [["title", "title", "title", "x"], ["team", "a", None, None], ["team", "b", None, "y"]]


def test_a_merged_range_may_reach_beyond_what_is_written() -> None:
    raw = raw_workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    assert sheets.sheets_of(raw)[0].rows == [[1.0]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1"><f>A1+1</f></c>',
        '<c r="B1"><f>A1+1</f><v></v></c>',
        '<c r="B1"><f>A1+1</f><v/></c>',
        '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="B1" t="n"><f t="shared" si="0"/></c>',
    ],
)
def test_a_formula_without_a_value_is_named(cell: str) -> None:
    (sheet,) = sheets.sheets_of(raw_workbook(f'<row r="1"><c r="A1"><v>1</v></c>{cell}<c r="C1"><v>3</v></c></row>'))
    assert sheet.unvalued == {(0, 1)}
    assert sheet.rows[0][0] == 1.0
    assert sheet.rows[0][2] == 3.0


@pytest.mark.parametrize(
    ("cell", "value"),
    [('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0), ('<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>', None)],
)
def test_a_formula_with_a_value_has_it(cell: str, value: object) -> None:
    (sheet,) = sheets.sheets_of(raw_workbook(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>'))
    assert sheet.rows == [[value, 1.0]]
    assert not sheet.unvalued


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", [[1.0, 2.0], [3.0, None]]),
        ('<row r="2"><c/><c r="C2"><v>1</v></c><c><v>2</v></c></row>', [[None] * 4, [None, None, 1.0, 2.0]]),
        ('<x:row r="1"><x:c><x:v>1</x:v></x:c></x:row>', [[1.0]]),
    ],
)
def test_cells_without_their_places_stand_in_order(rows: str, read: object) -> None:
    assert sheets.sheets_of(raw_workbook(rows))[0].rows == read


def test_a_formula_without_a_value_is_named_where_no_cell_says_its_place() -> None:
    (sheet,) = sheets.sheets_of(raw_workbook("<row><c><v>1</v></c><c><f>A1</f></c></row>"))
    assert sheet.unvalued == {(0, 1)}


def test_hidden_sheets_are_there_only_by_name() -> None:
    raw = workbook({"四月": [["a"]], "old": [["b"]]}, hidden=["old"])
    assert sheets.sheet_names(raw) == ["四月"]
    assert [sheet.name for sheet in sheets.sheets_of(raw)] == ["四月"]
    assert sheets.sheets_of(raw, ["old"])[0].rows == [["b"]]


def test_the_first_rows_alone_tell_what_a_sheet_is() -> None:
    raw = workbook({"S": [[f"line {n}"] for n in range(5_000)]})
    (sheet,) = sheets.sheets_of(raw, rows=3)
    assert [row[0] for row in sheet.rows] == ["line 0", "line 1", "line 2"]


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [(b"", False), (b"PK\x03\x04", True), (b"name,start\n", False), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", True)],
)
def test_a_workbook_is_known_by_its_first_bytes(raw: bytes, is_one: bool) -> None:
    assert sheets.is_workbook(raw) is is_one
    assert sheets.sheet_names(raw) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_the_encodings_that_programs_write(encoding: str) -> None:
    assert sheets.text_of("姓名,工号\n".encode(encoding)) == "姓名,工号\n"


def test_text_in_no_encoding_is_refused() -> None:
    with pytest.raises(sheets.SheetError, match="UTF-8"):
        sheets.text_of(b"\xff\xff\xff")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_text_table_is_cut_at_the_sign_of_its_first_line(sign: str) -> None:
    assert sheets.table_of(f"a{sign}b\n1{sign} 2 \r\n3").rows == [["a", "b"], ["1", "2"], ["3", None]]


def test_blank_lines_and_notes_keep_their_place() -> None:
    assert sheets.table_of("# ours\n\na,b\n1,2\n").rows == [[None, None], [None, None], ["a", "b"], ["1", "2"]]


def test_a_field_may_have_lines_of_its_own() -> None:
    rows = sheets.table_of('name,word\n张三,"first\nsecond"\n李四,x\n').rows
    assert rows == [["name", "word"], ["张三", "first\nsecond"], [None, None], ["李四", "x"]]


def test_a_torn_quote_costs_its_line_alone() -> None:
    rows = sheets.table_of('name,word\n"张三,x\n李四,y\n"王五",z\n').rows
    assert rows == [["name", "word"], ["张三", "x"], ["李四", "y"], ["王五", "z"]]


def test_an_empty_text_is_an_empty_table() -> None:
    assert sheets.table_of("").rows == [[]]


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (2, 6, "G3"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 702, "AAA1")]
)
def test_cells_are_named_as_a_spreadsheet_does(row: int, column: int, name: str) -> None:
    assert sheets.cell_name(row, column) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" Ａ１ ", "A1"),
        ("１２：００～１３：００", "12:00~13:00"),
        ("张　三", "张三"),
        ("张 三丰", "张 三丰"),
        (22000152.0, "22000152"),
        (1.5, "1.5"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (True, "TRUE"),
        (date(2026, 4, 1), "2026-04-01"),
        (datetime(2026, 4, 1, 8, 30), "2026-04-01 08:30"),  # noqa: DTZ001  # as cells have it
        (timedelta(hours=26, minutes=30), "26:30"),
    ],
)
def test_a_cell_reads_as_a_person_reads_it(value: sheets.Value, text: str) -> None:
    assert sheets.plain(value) == text


@pytest.mark.parametrize(
    "value",
    [
        "2026-04-01",
        "2026/4/1",
        "2026年4月1日",
        "26-04-01 星期三",
        "20260401",
        46113.0,
        date(2026, 4, 1),
        "4月1日",
        "04-01",
        "４／１(三)",
    ],
)
def test_dates_are_read_as_people_write_them(value: sheets.Value) -> None:
    assert sheets.date_of(value, 2026) == date(2026, 4, 1)


@pytest.mark.parametrize(
    "value", ["4月31日", "1日", "2026-13-01", "08:30", 1.0, 46113.5, True, None, "1971--10--29", "0001-01-01"]
)
def test_what_is_no_date_is_none(value: sheets.Value) -> None:
    assert sheets.date_of(value, 2026) is None


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("08:30", 8.5), ("8点30分", 8.5), ("８：３０", 8.5), ("下午2:30", 14.5), ("次日01:30", 25.5),
        ("01:30(+1)", 25.5),
        ("+1 01:30", 25.5), ("25:30", 25.5), ("24:00", 24), ("12:15 am", 0.25), (0.5, 12), (timedelta(hours=25), 25),
    ],
)  # fmt: skip
def test_times_of_day_count_from_midnight(value: sheets.Value, hours: float) -> None:
    assert sheets.clock_of(value) == timedelta(hours=hours)


@pytest.mark.parametrize("value", ["8", "8:61", "50:00", "次日40:00", "x", None, True, 3.0, date(2026, 4, 1)])
def test_what_is_no_time_of_day_is_none(value: sheets.Value) -> None:
    assert sheets.clock_of(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22 08:30", "2026/11/22 8:30:00", "2026年11月22日 08:30", "2026-11-22T08:30+08:00",
        "2026-11-22T00:30:00Z",
        "1795307400", 1795307400.0, 1795307400000.0, datetime(2026, 11, 22, 8, 30),  # noqa: DTZ001  # as cells have it
    ],
)  # fmt: skip
def test_moments_are_read_in_the_floors_zone_unless_they_have_their_own(value: sheets.Value) -> None:
    assert sheets.moment_of(value, SHANGHAI) == 1_795_307_400.0


@pytest.mark.parametrize(
    "value",
    ["2026-11-22", "08:30", "", None, True, -5.0, float("nan"), float("inf"), "1e400", "9999-12-31 23:00"],
)
def test_what_is_no_moment_is_none(value: sheets.Value) -> None:
    assert sheets.moment_of(value, SHANGHAI) is None


def test_a_line_of_headings_is_found_under_a_title_and_when_it_comes_again() -> None:
    sheet = sheets.table_of("十一月\n员工号,姓 名\n1001,张三\n员工号,姓 名\n1002,李四\n")
    table = sheets.headed(sheet.rows, {"employee": ["员工号"], "name": ["姓名"]}, lambda there: "name" in there)
    assert table is not None
    assert list(table.entries()) == [
        (2, {"employee": "1001", "name": "张三"}),
        (4, {"employee": "1002", "name": "李四"}),
    ]


def test_the_dingtalk_workbook_of_the_study_is_read_whole() -> None:
    raw = study_file("attendance/dingtalk_daily_2026-05.xlsx").read_bytes()
    assert sheets.sheet_names(raw) == ["打卡时间", "原始记录", "月度汇总", "每日统计"]
    sizes = [(len(sheet.rows), len(sheet.rows[0])) for sheet in sheets.sheets_of(raw)]
    assert sizes == [(22, 37), (638, 20), (22, 66), (562, 51)]
