"""The reports "attendance" and "adherence"."""

from collections.abc import Mapping

import pandas as pd
import pytest

from floorwatch.api import Over, Span
from floorwatch.testing import Kit, check_report
from floorwatch_attendance.reports import AdherenceReport, AttendanceReport


def test_it_keeps_to_the_rules_of_reports() -> None:
    check_report(AttendanceReport())


def test_a_row_is_a_person_and_day_with_raw_and_excused_figures(morning: Kit) -> None:
    morning.at("09:30").excuses("李娜", "09:00-09:06", "training", by="王芳", entry="e1")

    table = morning.report(AttendanceReport(), "00:00", "23:59", at="10:00").set_index("name")

    assert list(table.index) == ["张伟", "李娜", "王芳", "赵敏", "陈静"]
    row = table.loc["李娜"]
    assert (row["date"], row["agent"], row["team"], row["status"]) == ("2026-03-10", "1007", "A", "late")
    assert (row["late_seconds"], row["adjusted_late_seconds"]) == (720, 360)
    assert table.loc["张伟", "status"] == "absent"


def test_adherence_is_given_raw_and_adjusted(morning: Kit) -> None:
    morning.at("09:30").excuses("李娜", "09:00-09:06", "training", by="王芳", entry="e1")

    row = morning.report(AdherenceReport(), "00:00", "23:59", at="10:00").set_index("agent").loc["1007"]

    assert row["adherence_rate"] == pytest.approx(0.8)
    assert row["adjusted_rate"] == pytest.approx(0.9)
    assert row["conformance_rate"] == pytest.approx(0.8)


def test_they_are_about_the_day_unless_said_otherwise() -> None:
    assert {report.name: report.over for report in (AttendanceReport(), AdherenceReport())} == {
        "attendance": Over.DAY,
        "adherence": Over.DAY,
    }


def test_the_text_counts_and_names_the_exceptions(morning: Kit) -> None:
    morning.at("09:15").punches("王芳: 08:49", "赵敏: 09:14", "李娜@2026-03-09: 08:51")
    morning.at("09:30").excuses("李娜", "09:00-09:06", "training", by="王芳", entry="e1")
    text = pasted(morning, "10:00")

    assert text.splitlines()[:2] == [
        "Attendance, Tuesday 2026-03-10",
        "- absent 1, late 1, here 1, still to come 1, here, off the roster 1",
    ]
    assert "Absent\n- 张伟 1004" in text
    assert "Late\n- 李娜 1007: 12:00, excused to 6:00" in text
    assert "In doubt\n- 李娜 1007: signed in, not punched in\n- 赵敏 1003: here off the roster" in text


def test_the_text_says_that_there_is_no_roster_or_nobody(floorwatch: Kit) -> None:
    assert pasted(floorwatch, "10:00").splitlines()[0] == "Attendance: nobody is planned, and nobody was seen"

    floorwatch.at("09:00").signs_in("李娜", "support", id="1007")
    assert "- no roster is read: who is late or absent is not known" in pasted(floorwatch, "10:00")


class Spoken(AttendanceReport):
    """The report that keeps what its text would say."""

    said = ""

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        """The table, and beside it the text."""
        self.said = AttendanceReport().text(frames, span)
        return super().build(frames, span)


def pasted(kit: Kit, at: str) -> str:
    """The text of the whole day."""
    report = Spoken()
    kit.report(report, "00:00", "23:59", at=at)
    return report.said
