"""The report "support": questions, topics and coverage of a week."""

from collections.abc import Mapping

import pandas as pd
import pytest

from floorwatch.api import Pasted, Span
from floorwatch.testing import Kit, check_report
from floorwatch_seat_support.report import SupportReport

REPORT = SupportReport()
ME = "王芳"


@pytest.fixture
def week(floorwatch: Kit) -> Kit:
    """Three agents and two days of questions and notes."""
    floorwatch.me = ME
    for number, name in enumerate(["李娜", "张伟", "陈静"], 1):
        floorwatch.at("2026-03-09 09:00").signs_in(name, "support", id=str(1000 + number))
    floorwatch.at("2026-03-09 10:00").asks("李娜", "退税流程？", by="李娜", entry="h1")
    floorwatch.at("2026-03-09 10:05").helps("h1", "三十天", by=ME)
    floorwatch.at("2026-03-09 11:00").asks("张伟", "退税 流程", by="张伟", entry="h2")
    floorwatch.at("2026-03-09 11:05").helps("h2", "二十天", by=ME)
    floorwatch.at("2026-03-10 09:30").asks("陈静", "发票抬头", by="陈静", entry="h3")
    floorwatch.at("2026-03-10 09:31").asks("陈静", "错了", by="陈静", entry="h4")
    floorwatch.at("2026-03-10 09:32").needs_no_help("h4", "x", by="陈静")
    floorwatch.at("2026-03-10 09:40").fault("李娜", "CRM", by=ME)
    floorwatch.at("2026-03-10 09:41").fault(None, "ＣＲＭ", by=ME, seat="A02")
    floorwatch.at("2026-03-10 09:42").note("李娜", "praise", "好", by=ME, tag="语气")
    return floorwatch


def rows(table: pd.DataFrame, section: str) -> list[tuple[object, ...]]:
    """The rows of one section, without its name."""
    those = table[table["section"] == section]
    return [tuple(None if pd.isna(value) else value for value in row[1:]) for row in those.itertuples(index=False)]


class Spoken(SupportReport):
    """The report that keeps what its text would say."""

    said = ""

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        """The table, and beside it the text."""
        self.said = self.text(frames, span)
        return super().build(frames, span)


def said(kit: Kit) -> str:
    """The text of everything up to now."""
    report = Spoken()
    kit.report(report, at="10:41")
    return report.said


def test_it_keeps_to_the_rules_of_reports() -> None:
    check_report(REPORT)


def test_the_same_question_counts_once_more_however_it_is_typed(week: Kit) -> None:
    table = week.report(REPORT, at="10:41")

    assert rows(table, "questions") == [("退税 流程", 2, None, "二十天"), ("发票抬头", 1, None, "")]


def test_topics_are_counted_by_kind_and_praise_is_none(week: Kit) -> None:
    assert rows(week.report(REPORT, at="10:41"), "topics") == [("ＣＲＭ", 2, None, "fault")]


def test_coverage_stands_by_day(week: Kit) -> None:
    assert rows(week.report(REPORT, at="10:41"), "coverage") == [("2026-03-09", 2, 3, ""), ("2026-03-10", 1, 3, "")]


def test_a_visit_without_a_word_counts_whoever_was_there_since(week: Kit) -> None:
    week.at("2026-03-10 09:50").visits("陈静", by=ME)
    week.at("2026-03-10 09:55").visits("陈静", by="Ada")
    week.at("2026-03-11 09:00").visits("陈静", by="Ada")

    assert ("2026-03-10", 2, 3, "") in rows(week.report(REPORT, at="2026-03-11 10:00"), "coverage")


def test_only_the_span_counts(week: Kit) -> None:
    table = week.report(REPORT, "2026-03-10 00:00", "2026-03-11 00:00", at="10:41")

    assert rows(table, "questions") == [("发票抬头", 1, None, "")]
    assert [row[0] for row in rows(table, "coverage")] == ["2026-03-10"]


def test_nobody_who_asked_is_named(week: Kit) -> None:
    words = week.report(REPORT, at="10:41").to_string()

    assert not any(name in words for name in ("李娜", "张伟", "陈静", "1001", "1002", "1003"))


def test_the_text_says_the_same_and_can_be_pasted(week: Kit) -> None:
    text = said(week)

    for each in ("Asked most", "- 退税 流程 x2: 二十天", "- ＣＲＭ x2: fault", "- 2026-03-09: 2 of 3"):
        assert each in text


def test_an_empty_week_is_said(floorwatch: Kit) -> None:
    table = floorwatch.report(REPORT)

    assert list(table.columns) == ["section", "subject", "count", "of", "words"]
    assert table.empty
    assert "- nothing" in said(floorwatch)


def test_it_is_a_text_unless_something_else_is_asked_for() -> None:
    assert isinstance(REPORT, Pasted)
