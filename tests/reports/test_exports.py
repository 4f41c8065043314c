"""Reports as text."""

import csv
import io
import json
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from floorwatch.reports import CORE_REPORTS
from floorwatch.reports.exports import FORMS, export

FRAME = pd.DataFrame(
    {
        "queue": ["support", "=cmd|' /C calc'!A0"],
        "name": ["王芳 | x", "a\x1b[31m<b>"],
        "offered": [402, 3],
        "answer_rate": [0.957, float("nan")],
        "asa_seconds": [725.4, float("nan")],
    }
)
CALLERS = pd.DataFrame({"caller": ["02885551234", None], "wait_seconds": [3.0, 4.0]})


def test_csv_keeps_full_numbers_and_leaves_the_unknown_empty() -> None:
    rows = list(csv.DictReader(io.StringIO(export(FRAME, "csv"))))

    assert (rows[0]["offered"], rows[0]["answer_rate"], rows[0]["asa_seconds"]) == ("402", "0.957", "725.4")
    assert (rows[1]["answer_rate"], rows[1]["asa_seconds"]) == ("", "")


def test_csv_holds_no_formula_and_no_control_character() -> None:
    text = export(FRAME.rename(columns={"name": "@paused"}), "csv")

    assert "'=cmd" in text
    assert "'@paused" in text
    assert "\x1b" not in text


def test_json_has_null_for_the_unknown_and_no_quote_mark_in_front_of_words() -> None:
    first, second = json.loads(export(FRAME, "json"))

    assert first == {"queue": "support", "name": "王芳 | x", "offered": 402, "answer_rate": 0.957, "asa_seconds": 725.4}
    assert second["answer_rate"] is None
    assert second["queue"].startswith("=cmd")


def test_table_is_read_by_people_and_measured_in_cells() -> None:
    head, first, second = export(FRAME, "table").splitlines()

    assert head.split() == ["queue", "name", "offered", "answer", "rate", "asa"]
    assert first.endswith("402         95.7  12:05")
    assert second.endswith("3            -      -")
    assert head.index("offered") - first.index("402") == 2 - 4  # two names of two cells each stand before


def test_markdown_and_html_let_no_text_break_the_table() -> None:
    markdown, page = export(FRAME, "md"), export(FRAME, "html")

    assert "王芳 \\| x" in markdown
    assert {line.replace("\\|", "").count("|") for line in markdown.splitlines()} == {6}
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("form", FORMS)
def test_callers_are_masked_in_every_form_unless_asked_otherwise(form: str) -> None:
    assert "02885551234" not in export(CALLERS, form)
    assert "*********34" in export(CALLERS, form).replace("\\*", "*")
    assert "02885551234" in export(CALLERS, form, unmasked=True)


@pytest.mark.parametrize("form", FORMS)
def test_empty_report_is_a_table_with_nothing_in_it(form: str) -> None:
    text = export(FRAME.head(0), form)

    assert text.endswith("\n")
    assert "support" not in text


def test_columns_for_programs_are_not_shown_to_people() -> None:
    frame = FRAME.copy()
    frame.attrs["for_people"] = ("queue", "offered", "gone")

    assert export(frame, "table").splitlines()[0].split() == ["queue", "offered"]
    assert export(frame, "csv").splitlines()[0] == ",".join(FRAME.columns)


def test_form_that_there_is_not_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"pdf.*table, csv, json, md, html, xlsx"):
        export(FRAME, "pdf")


def test_moments_are_read_on_the_clock_of_the_floor_and_counted_by_programs() -> None:
    frame = pd.DataFrame({"came": [1_795_255_200.0, float("nan")], "left": [4, 5], "excused": [True, False]})

    _head, first, second = export(frame, "table", zone=ZoneInfo("Asia/Shanghai")).splitlines()
    assert first.split() == ["2026-11-21", "18:00:00", "4", "yes"]
    assert second.split() == ["-", "5", "no"]
    assert export(frame, "csv").splitlines()[1] == "1795255200.0,4,True"


def test_dates_and_times_are_written_in_json_too() -> None:
    frame = pd.DataFrame({"entered": pd.to_datetime([1_795_255_200], unit="s", utc=True)})
    assert json.loads(export(frame, "json")) == [{"entered": "2026-11-21 10:00:00+00:00"}]


def test_core_reports_have_names_and_titles() -> None:
    assert [report.name for report in CORE_REPORTS] == ["intervals", "agents", "day"]
    assert all(report.title for report in CORE_REPORTS)
