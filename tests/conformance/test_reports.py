"""Reports held against their claims: each mistake breaks the claim that is meant for it, and no other."""
# ruff: noqa: ARG002  # a report is given frames and span, whether or not its mistake needs them

import itertools
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from floorwatch.api import Report, Span
from floorwatch.conformance import check_report, examine_report
from floorwatch.conformance.claims import ReportClaim
from floorwatch.reports import CORE_REPORTS

Frames = Mapping[str, pd.DataFrame]


class Good(Report):
    """Visits by outcome."""

    name = "good"
    title = "Good"

    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        visits = frames["visits"]
        inside = visits[visits["entered_at"].ge(span.start) & visits["entered_at"].lt(span.end)]
        counts = inside.groupby("outcome", observed=True).size()
        return pd.DataFrame({"outcome": [str(word) for word in counts.index], "visits": list(counts)})


class FailsOnNothing(Good):
    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        queue = frames["queues"]["queue"].iloc[0]
        return pd.DataFrame({"queue": [queue]})


class FailsOnPeople(Good):
    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        if len(frames["agents"]) and span.start == float("-inf"):
            raise ValueError("who are they")
        return super().build(frames, span)


class FailsOnQuietSpans(Good):
    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        if span.start == float("-inf"):
            return super().build(frames, span)
        return pd.DataFrame({"per_second": [100 / (span.end - span.start)]})


class ReturnsRows(Good):
    def build(self, frames: Frames, span: Span) -> Any:
        return [{"queue": "support"}]


class NumbersForNames(Good):
    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        return pd.DataFrame([[1, 2]])


class ChangesItsFrames(Good):
    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        frames["visits"]["wait_minutes"] = frames["visits"]["wait_seconds"] / 60
        return super().build(frames, span)


class Counts(Good):
    count = itertools.count()

    def build(self, frames: Frames, span: Span) -> pd.DataFrame:
        return pd.DataFrame({"number": [next(self.count)]})


class NoTitle(Good):
    title = ""


GALLERY: Mapping[type[Any], ReportClaim] = {
    FailsOnPeople: ReportClaim.SAMPLES,
    FailsOnQuietSpans: ReportClaim.SPANS,
    ReturnsRows: ReportClaim.TABLE,
    NumbersForNames: ReportClaim.TABLE,
    ChangesItsFrames: ReportClaim.CHANGES,
    Counts: ReportClaim.EQUAL,
    NoTitle: ReportClaim.DECLARED,
}


@pytest.mark.parametrize("report_type", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(report_type: type[Any]) -> None:
    verdict = examine_report(report_type())

    assert {check.claim for check in verdict.failed} == {GALLERY[report_type].value}
    assert verdict.failed[0].where.startswith("test_reports.py:")


def test_a_report_over_no_history_is_asked_for() -> None:
    failed = examine_report(FailsOnNothing()).failed

    assert failed[0].claim == ReportClaim.EMPTY
    assert failed[0].trace[-1].endswith('queue = frames["queues"]["queue"].iloc[0]')


def test_nothing_is_wrong_with_a_good_report() -> None:
    assert {check.claim for check in check_report(Good()).checks} == {claim.value for claim in ReportClaim}


@pytest.mark.parametrize("report", CORE_REPORTS, ids=lambda report: str(report.name))
def test_the_core_keeps_its_own_promises(report: Report) -> None:
    check_report(report)
