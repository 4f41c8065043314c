"""Reports as workbooks, read back."""

import io
import zipfile
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.feeds import sheets
from floorwatch.reports.workbook import MOST_ROWS, sheet_name, workbook

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = 1_795_255_200.0
FRAME = pd.DataFrame(
    {
        "name": ["=HYPERLINK(1)", "王芳", None],
        "offered": [3, 4, 5],
        "answer_rate": [0.957, float("nan"), 1.0],
        "asa_seconds": [725.4, 0.0, float("nan")],
        "came": [TEN, float("nan"), TEN + 1],
        "day": ["2026-11-21", None, "2026-11-22"],
        "start": ["2026-11-21T10:00:00+08:00", "2026-11-21T10:30:00+08:00", None],
        "excused": [True, False, True],
    }
)


def parts(book: bytes) -> dict[str, str]:
    """The workbook's own files."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def cells(book: bytes) -> list[list[Any]]:
    """What a reader finds in the sheet."""
    (sheet,) = read_back(book)
    return sheet


def read_back(book: bytes) -> list[list[list[Any]]]:
    """All sheets by the house's own reader of workbooks."""
    return [[list(row) for row in sheet.rows] for sheet in sheets.sheets_of(book)]


def test_every_value_comes_back_as_what_it_is() -> None:
    head, first, second, third = cells(workbook(FRAME, "x", zone=SHANGHAI))

    assert head == list(FRAME.columns)
    assert first[:4] == ["=HYPERLINK(1)", 3, 0.957, 725.4]
    assert first[4:7] == [
        datetime.fromisoformat("2026-11-21T18:00"),
        date(2026, 11, 21),
        datetime.fromisoformat("2026-11-21T10:00"),
    ]
    assert second[1] == 4
    assert [second[place] in (None, "") for place in (2, 4, 5)] == [True, True, True]
    assert third[0] in (None, "")


def test_no_cell_is_a_formula_or_a_link_and_the_head_is_frozen() -> None:
    frame = pd.DataFrame({"=A1": ["=1+1", "+1", "-1", "@x", "http://example.org", "{=1}", "mailto:x@y"]})
    sheet = parts(workbook(frame, "x"))["xl/worksheets/sheet1.xml"]

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet


def test_shares_are_per_cent_and_moments_dates() -> None:
    styles = parts(workbook(FRAME, "x"))["xl/styles.xml"]

    assert 'formatCode="0.0%"' in styles
    assert 'formatCode="yyyy-mm-dd hh:mm:ss"' in styles


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    frame = pd.DataFrame({"a": ["x"], "b": ["王芳王芳王芳王芳"], "c": ["long " * 99]})
    sheet = parts(workbook(frame, "x"))["xl/worksheets/sheet1.xml"]
    widths = [float(part.split('"')[0]) for part in sheet.split('width="')[1:]]

    assert widths[0] < widths[1] < widths[2] < 62
    assert widths[1] >= 16


def test_harmful_signs_and_callers_do_not_pass() -> None:
    frame = pd.DataFrame({"name": ["a\x1b[31m\x00b"], "caller": ["02885551234"]})

    _head, (name, caller) = cells(workbook(frame, "x"))
    assert "\x1b" not in name
    assert caller == "*********34"
    assert cells(workbook(frame, "x", unmasked=True))[1][1] == "02885551234"


def test_an_empty_report_is_a_sheet_with_its_head() -> None:
    assert cells(workbook(FRAME.head(0), "x")) == [list(FRAME.columns)]


def test_the_same_report_is_the_same_file() -> None:
    assert workbook(FRAME, "x", made_at=TEN) == workbook(FRAME, "x", made_at=TEN)


def test_what_no_sheet_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="more than a sheet can hold"):
        workbook(pd.DataFrame({"n": range(MOST_ROWS)}), "x")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Queues by interval", "Queues by interval"),
        ("a/b:c[1]*?", "a b c 1"),
        ("", "report"),
        ("x" * 99, "x" * 31),
        ("''", "report"),
    ],
)
def test_a_sheet_is_named_as_it_may_be(title: str, name: str) -> None:
    assert sheet_name(title) == name


@settings(max_examples=40)
@given(
    st.lists(st.text(max_size=20), max_size=6),
    st.sampled_from(["name", "start", "day", "at"]),
)
def test_any_text_is_written_and_read_back_as_text(texts: list[str], name: str) -> None:
    rows = cells(workbook(pd.DataFrame({name: pd.Series(texts, dtype="str"), "n": range(len(texts))}), "x"))

    assert len(rows) == len(texts) + 1
    assert all(isinstance(row[0], str | None) for row in rows)
