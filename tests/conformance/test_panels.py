"""Panels held against their claims: each mistake of the gallery breaks the claim that is meant for it, and no other."""

from collections.abc import Mapping
from typing import Any

import pytest

from floorwatch.conformance import Check, ConformanceError, Verdict, check_panel, examine_panel
from floorwatch.conformance.claims import PanelClaim
from floorwatch.conformance.floors import check_floors
from tests.conformance import bad_panels as bad

GALLERY: Mapping[type[Any], PanelClaim] = {
    bad.FailsOnNothing: PanelClaim.EMPTY,
    bad.FailsOnSamples: PanelClaim.SAMPLES,
    bad.FailsOnNamesLikeFormats: PanelClaim.MADE,
    bad.FailsOnMany: PanelClaim.LARGE,
    bad.ReturnsText: PanelClaim.VIEW,
    bad.NumberInCell: PanelClaim.VIEW,
    bad.NotANumber: PanelClaim.VIEW,
    bad.ListOfRows: PanelClaim.VIEW,
    bad.SameKeys: PanelClaim.KEYS,
    bad.CellsMissing: PanelClaim.CELLS,
    bad.ParentMissing: PanelClaim.PARENTS,
    bad.SortsByNothing: PanelClaim.PLACES,
    bad.TracksOutOfOrder: PanelClaim.PLACES,
    bad.Remembers: PanelClaim.EQUAL,
    bad.ShowsIdentity: PanelClaim.EQUAL,
    bad.ReadsTheClock: PanelClaim.ALONE,
    bad.Shuffles: PanelClaim.ALONE,
    bad.Prints: PanelClaim.ALONE,
    bad.ReadsUndeclared: PanelClaim.READS,
    bad.ReadsUndeclaredThroughScope: PanelClaim.READS,
    bad.MetricUndeclared: PanelClaim.METRICS,
    bad.ExplainsUnknown: PanelClaim.METRICS,
    bad.EmptiesTheFloor: PanelClaim.CHANGES,
    bad.AddsIntoCounts: PanelClaim.CHANGES,
    bad.AddsIntoTotal: PanelClaim.CHANGES,
    bad.TooWide: PanelClaim.NARROW,
    bad.SaysNothing: PanelClaim.WIDTHS,
    bad.DetailFails: PanelClaim.DETAIL,
    bad.DetailForgets: PanelClaim.UNKNOWN_ROW,
    bad.NoDefault: PanelClaim.OPTIONS,
    bad.NoTitle: PanelClaim.DECLARED,
}


def the_failure(verdict: Verdict) -> Check:
    """The first thing that does not hold."""
    return verdict.failed[0]


@pytest.mark.parametrize("panel_type", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(panel_type: type[Any]) -> None:
    verdict = examine_panel(panel_type())

    assert {check.claim for check in verdict.failed} == {GALLERY[panel_type].value}
    assert the_failure(verdict).where.startswith("bad_panels.py:")


def test_nothing_is_wrong_with_a_good_panel() -> None:
    verdict = check_panel(bad.Good())

    assert verdict.passed
    assert {check.claim for check in verdict.checks} == {claim.value for claim in PanelClaim}


def test_a_failure_raises_with_every_claim_its_line_and_what_to_do() -> None:
    with pytest.raises(ConformanceError) as raised:
        check_panel(bad.ReadsUndeclared())

    said = str(raised.value)
    assert said.startswith(f"panel good: 1 of {len(PanelClaim)} claims do not hold\n- reads only what it declares\n")
    assert "reads floor.custom (topic custom): add Topic.CUSTOM to the topics of its needs" in said
    assert "floor.waiting" not in said, "the topic of queues is touched whenever a caller comes or goes"


def test_a_read_through_the_total_is_told_as_the_author_wrote_it() -> None:
    whys = [check.why for check in examine_panel(bad.ReadsUndeclaredThroughScope()).failed]

    assert (
        "reads floor.agents (topic agents) through agents_by_state: add Topic.AGENTS to the topics of its needs" in whys
    )


def test_an_exception_is_shown_with_its_last_line_in_the_plugins_file() -> None:
    failed = the_failure(examine_panel(bad.FailsOnMany()))

    assert failed.why.startswith("ValueError: too many")
    assert failed.trace[-1].endswith('build: raise ValueError("too many")')


def test_the_line_that_changes_the_floor_is_named() -> None:
    failed = the_failure(examine_panel(bad.EmptiesTheFloor()))

    assert failed.trace[-1].endswith("build: floor.waiting.clear()  # type: ignore[attr-defined]  # the mistake")


def test_the_checks_of_one_panel_leave_the_floors_of_the_next_alone() -> None:
    before = [(case.name, len(case.floor.waiting)) for case in check_floors()]

    examine_panel(bad.EmptiesTheFloor())

    assert [(case.name, len(case.floor.waiting)) for case in check_floors()] == before


def test_given_options_are_checked_beside_the_defaults() -> None:
    verdict = examine_panel(bad.NoDefault(), {"queue": "support"})
    misspelt = examine_panel(bad.Good(), {"quue": "support"})

    assert [check.claim for check in verdict.failed] == [PanelClaim.OPTIONS.value]
    assert next(check for check in verdict.checks if check.claim == PanelClaim.SAMPLES.value).status == "ok"
    assert [check.claim for check in misspelt.failed] == [PanelClaim.OPTIONS.value]


def test_a_panel_that_does_not_come_back_is_given_up_with_the_line_it_is_stuck_on() -> None:
    verdict = examine_panel(bad.Hangs(), patience=0.5)
    bad.Hangs.let_go.set()

    assert [check.claim for check in verdict.failed] == [PanelClaim.COMES_BACK.value]
    assert the_failure(verdict).where.startswith("bad_panels.py:")
    assert "does not come back" in the_failure(verdict).why
