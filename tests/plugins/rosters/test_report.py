"""The report "coverage": a row a quarter of an hour, and the worst of them as text."""

from collections.abc import Mapping

import pandas as pd
import pytest

from floorwatch.api import Minimum, Over, Span
from floorwatch.testing import Kit, check_report
from floorwatch_rosters.reports import CoverageReport

REPORT = CoverageReport()


class Spoken(CoverageReport):
    """The report that keeps what its text would say."""

    said = ""

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        """The table, and beside it the text."""
        self.said = self.text(frames, span)
        return super().build(frames, span)


def said(kit: Kit, start: str | None = None, end: str | None = None, at: str = "10:41") -> list[str]:
    """The lines of the text."""
    report = Spoken()
    kit.report(report, start, end, at=at)
    return report.said.splitlines()


@pytest.fixture
def planned(shift: Kit) -> Kit:
    """From six to seven in the evening two are needed and one is planned."""
    shift.duty_rules(minimums=(Minimum(1080, 1140, 2),))
    return shift


def test_it_keeps_to_the_rules_of_reports() -> None:
    check_report(REPORT)


def test_it_is_about_the_day_unless_a_span_is_named() -> None:
    assert REPORT.over is Over.DAY


def test_a_row_a_quarter_with_what_is_missing(planned: Kit) -> None:
    table = planned.report(REPORT, "17:45", "18:15", at="10:41")

    assert list(table.columns) == ["date", "at", "scheduled", "expected", "minimum", "target", "missing"]
    assert table.to_numpy().tolist() == [
        ["2026-03-10", "17:45", 3, 1, 0, 0, 0],
        ["2026-03-10", "18:00", 1, 1, 2, 0, 1],
    ]


def test_the_text_counts_what_was_short_and_names_the_worst(planned: Kit) -> None:
    lines = said(planned, "17:00", "19:00")

    assert lines[:3] == ["Coverage", "4 of 8 quarter hours were short", "- 2026-03-10 18:00 1 of 2: 1 too few"]
    assert len(lines) == 6


def test_a_day_without_a_gap_names_its_lowest_point(shift: Kit) -> None:
    shift.duty_rules(minimums=(Minimum(600, 1140, 1),))
    assert said(shift, "17:00", "19:00")[1:] == [
        "0 of 8 quarter hours were short",
        "- the lowest: 2026-03-10 17:00 1 of 1",
    ]


def test_without_a_roster_that_is_said(floorwatch: Kit) -> None:
    assert said(floorwatch) == ["Coverage", "- no roster is read"]


def test_a_span_without_shifts_is_said(shift: Kit) -> None:
    assert said(shift, "2026-03-20 00:00", "2026-03-21 00:00") == ["Coverage", "- nobody is planned in this time"]
