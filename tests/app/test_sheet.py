"""A view as rows that a spreadsheet takes: every kind of view, and nothing that acts."""

import csv
import io
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from floorwatch.app.sheet import BYTE_ORDER_MARK, comma_separated, sheet_rows, tab_separated
from floorwatch.views import (
    Axis,
    Bars,
    Cell,
    Chart,
    ChoiceField,
    Column,
    Form,
    Level,
    Mark,
    Notice,
    Option,
    Part,
    Row,
    RowKind,
    Seat,
    SeatMap,
    Series,
    Stretch,
    Table,
    Text,
    TextField,
    Tile,
    Tiles,
    Timeline,
    Tone,
    Track,
)
from tests.app import fake_views as views

NOW = views.START
ZONE = ZoneInfo("Asia/Shanghai")
COLUMNS = (Column("who", "who", 8), Column("wait", "wait", 5), Column("rate", "rate", 5))


def rows_of(*parts: Part) -> list[list[str]]:
    return [list(row) for row in sheet_rows(parts, NOW, UTC)]


def test_a_table_has_its_titles_its_rows_and_ages_of_now() -> None:
    rows = (
        Row("team:A", (Cell("team A"),), kind=RowKind.GROUP),
        Row("agent:1", (Cell("王芳"), Cell.age(NOW - 102), Cell("95.7")), parent="team:A"),
        Row("total", (Cell("total"), Cell("-"), Cell("-3")), kind=RowKind.TOTAL),
    )
    assert rows_of(Table(COLUMNS, rows, caption="Agents")) == [
        ["Agents"],
        ["who", "wait", "rate"],
        ["team A"],
        ["王芳", "1:42", "95.7"],
        ["total", "", "-3"],
    ]


def test_an_empty_table_says_so() -> None:
    assert rows_of(Table(COLUMNS, (), empty="No one is waiting.")) == [["who", "wait", "rate"], ["No one is waiting."]]


def test_what_a_key_does_here_is_left_out() -> None:
    assert rows_of(Table(COLUMNS[:1], (Row("a", (Cell("take", command="help"),)),)))[1:] == [[""]]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "@SUM(A1)", "-2+3", "\t=1", "\r=1"])
def test_nothing_is_a_formula(text: str) -> None:
    found = rows_of(Notice(text))[0][0]
    assert not found.startswith(("=", "+", "@", "-", "\t", "\r"))


@pytest.mark.parametrize("text", ["-3", "-12.5", "-4%"])
def test_a_negative_number_stays_one(text: str) -> None:
    assert rows_of(Notice(text)) == [[text]]


def test_seats_are_listed_as_they_stand() -> None:
    about = (Cell("李娜"), Cell.age(NOW - 60))
    seats = (Seat("agent:2", 1, 0, "P", Tone.WARN, 60.0, (), "!", "B01", about), Seat("a", 0, 3, "T", label="A04"))
    assert rows_of(SeatMap(seats, ("A",))) == [
        ["row", "column", "seat", "state", "since", "mark", "about"],
        ["A", "4", "A04", "T", "", ""],
        ["2", "1", "B01", "P", "1970-01-01 00:01:00", "!", "李娜", "1:00"],
    ]


def test_a_timeline_lists_stretches_and_marks_in_the_floor_s_time() -> None:
    track = Track("agent:1", "A01", (Stretch(0, 3600, "T", about="talking"), Stretch(3600)), (Mark(60, "h"),))
    assert [list(row) for row in sheet_rows([Timeline((track,), 0, 7200)], NOW, ZONE)][1:] == [
        ["A01", "1970-01-01 08:00:00", "1970-01-01 09:00:00", "T", "talking"],
        ["A01", "1970-01-01 09:00:00", "", "", ""],
        ["A01", "1970-01-01 08:01:00", "1970-01-01 08:01:00", "h", ""],
    ]


def test_a_chart_is_a_row_a_step_with_a_column_a_series() -> None:
    chart = Chart(
        (Series("offered", (4, 7.25, None)), Series("SL", (0.5,), right=True)),
        0,
        900,
        Axis(),
        Axis(),
        (Level("80%", 0.8, right=True),),
    )
    assert rows_of(chart) == [
        ["from", "offered", "SL", "80%"],
        ["1970-01-01 00:00:00", "4", "0.5", "0.8"],
        ["1970-01-01 00:15:00", "7.25", "", "0.8"],
        ["1970-01-01 00:30:00", "", "", "0.8"],
    ]


def test_what_is_read_is_a_row_a_line() -> None:
    tiles = Tiles((Tile("waiting", Cell("7", Tone.ALARM), "of 812"),))
    form = Form(
        "note",
        (
            TextField(name="words", title="Words"),
            ChoiceField(name="kind", title="What", options=(Option("a", "praise"),)),
        ),
        values={"kind": "a"},
    )
    assert rows_of(tiles, Bars("last hours", (1, None, 2.5)), Text.of("one\ntwo"), Notice("nothing"), form) == [
        ["waiting", "7", "of 812"],
        [],
        ["last hours", "1", "", "2.5", ""],
        [],
        ["one"],
        ["two"],
        [],
        ["nothing"],
        [],
        ["Words", ""],
        ["What", "praise"],
    ]


def test_values_that_no_calendar_and_no_number_holds_are_empty() -> None:
    chart = Chart((Series("x", (float("nan"), float("inf"))),), float("inf"), 900)
    assert rows_of(chart)[1:] == [["", ""], ["", ""]]


def test_pasted_cells_fall_into_their_columns() -> None:
    text = tab_separated(
        sheet_rows([Table(COLUMNS, (Row("a", (Cell("x\ty"), Cell("two\nlines"), Cell("3"))),))], NOW, UTC)
    )
    assert [len(line.split("\t")) for line in text.splitlines()] == [3, 3]


def test_a_csv_file_is_what_spreadsheets_read_chinese_from() -> None:
    text = comma_separated(
        sheet_rows([Table(COLUMNS, (Row("a", (Cell('王芳, "A"'), Cell("1"), Cell("2"))),))], NOW, UTC)
    )
    assert text.startswith(BYTE_ORDER_MARK)
    assert list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))[1] == ['王芳, "A"', "1", "2"]
