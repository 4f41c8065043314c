"""What becomes of findings: one failure a way, notes, what was not looked at; and how speed is judged."""

import pytest

from floorwatch.conformance import Check, Status
from floorwatch.conformance.claims import MetricClaim, PanelClaim
from floorwatch.conformance.speed import judge_speed
from floorwatch.conformance.verdict import MOST_WAYS, Findings


def checks_of(findings: Findings, claim: str) -> list[Check]:
    return [check for check in findings.verdict().checks if check.claim == claim]


def test_only_what_was_looked_at_can_hold() -> None:
    findings = Findings("metric", "m", MetricClaim)
    findings.looked_at(MetricClaim.TOTAL)

    assert [check.status for check in checks_of(findings, MetricClaim.TOTAL)] == [Status.OK]
    assert [check.status for check in checks_of(findings, MetricClaim.EQUAL)] == [Status.NOTE]


def test_failures_that_differ_in_numbers_and_quoted_words_are_one_and_name_the_first_floor() -> None:
    findings = Findings("metric", "m", MetricClaim)
    for number, floor in enumerate(("the empty floor", "another")):
        findings.fail(MetricClaim.TOTAL, f"row 'a{number}' has {number} cells", "m.py:1", on=floor)

    (check,) = checks_of(findings, MetricClaim.TOTAL)
    assert check.sentence == "m.py:1: row 'a0' has 0 cells (on the empty floor)"


def test_of_many_ways_to_fail_the_first_few_are_told_and_the_rest_counted() -> None:
    findings = Findings("metric", "m", MetricClaim)
    for line in range(MOST_WAYS + 2):
        findings.fail(MetricClaim.TOTAL, "wrong", f"m.py:{line}")

    assert [check.why for check in checks_of(findings, MetricClaim.TOTAL)] == [
        *["wrong"] * MOST_WAYS,
        "and 2 more of this kind",
    ]


@pytest.mark.parametrize(
    ("seconds", "status", "said"),
    [
        (0.012, Status.OK, ""),
        (0.060, Status.NOTE, "60.0 ms, the fastest of 5 runs; the host calls more than 50 ms slow"),
        (0.500, Status.FAILED, "500.0 ms, the fastest of 5 runs; the host calls more than 50 ms slow"),
    ],
)
def test_beyond_the_hosts_limit_is_a_note_and_far_beyond_a_failure(seconds: float, status: Status, said: str) -> None:
    findings = Findings("panel", "p", PanelClaim)

    judge_speed(findings, PanelClaim.SPEED, seconds, "")

    (check,) = checks_of(findings, PanelClaim.SPEED)
    assert (check.status, check.why) == (status, said)
