"""Metrics held against their claims: each mistake breaks the claim that is meant for it, and no other."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from floorwatch.api import METRICS, Figure, FloorSnapshot, Metric, Scope, Unit, ratio
from floorwatch.conformance import check_metric, examine_metric
from floorwatch.conformance.claims import MetricClaim


def good(_floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(ratio(scope.counts.transferred, scope.counts.completed + scope.counts.transferred))


def divides(_floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(scope.counts.transferred / scope.counts.offered)


def first_queue(floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(float(floor.rules.target(scope.queues[0]).seconds))


def bare_number(_floor: FloorSnapshot, scope: Scope) -> Any:
    return float(len(scope.waiting))


def not_a_number(_floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(float(len(scope.waiting)) if scope.waiting else float("nan"))


def words(_floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(str(len(scope.waiting)))  # type: ignore[arg-type]  # the mistake


def all_is_well(_floor: FloorSnapshot, scope: Scope) -> Figure:
    offered = scope.counts.offered
    return Figure(scope.counts.answered / offered if offered else 1.0)


def lucky(_floor: FloorSnapshot, _scope: Scope) -> Figure:
    return Figure(None if random.random() < 2 else 1.0)


def remembers(_floor: FloorSnapshot, scope: Scope, seen: list[Scope] = []) -> Figure:  # noqa: B006  # the mistake
    seen.append(scope)
    return Figure(float(len(seen)))


def sums_up(_floor: FloorSnapshot, scope: Scope) -> Figure:
    scope.counts.offered += scope.counts.left
    return Figure(None)


GALLERY: Mapping[Any, MetricClaim] = {
    divides: MetricClaim.TOTAL,
    first_queue: MetricClaim.TOTAL,
    bare_number: MetricClaim.FIGURE,
    not_a_number: MetricClaim.FIGURE,
    words: MetricClaim.FIGURE,
    all_is_well: MetricClaim.NOTHING,
    lucky: MetricClaim.ALONE,
    remembers: MetricClaim.EQUAL,
    sums_up: MetricClaim.CHANGES,
}


def metric_of(compute: Any, unit: Unit = Unit.SHARE, siblings: tuple[str, ...] = ()) -> Metric:
    return Metric("transfer-rate", "Transfer rate", unit, "transfers / ended talks", compute, siblings)


@pytest.mark.parametrize("compute", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(compute: Any) -> None:
    unit = Unit.SHARE if compute is all_is_well else Unit.COUNT

    verdict = examine_metric(metric_of(compute, unit))

    assert {check.claim for check in verdict.failed} == {GALLERY[compute].value}
    assert verdict.failed[0].where.startswith("test_metrics.py:")


def test_nothing_is_wrong_with_a_good_metric() -> None:
    assert {check.claim for check in check_metric(metric_of(good)).checks} == {claim.value for claim in MetricClaim}


@pytest.mark.parametrize("name", METRICS)
def test_the_core_keeps_its_own_promises(name: str) -> None:
    check_metric(METRICS[name])


def test_siblings_are_looked_for_where_all_metrics_are_known() -> None:
    metric = metric_of(good, siblings=("no-such",))

    assert examine_metric(metric).passed
    assert [check.claim for check in examine_metric(metric, METRICS).failed] == [MetricClaim.SIBLINGS.value]


def test_a_metric_that_is_none_is_told_so() -> None:
    verdict = examine_metric({"name": "a-dict"})  # type: ignore[arg-type]  # the mistake

    assert [check.claim for check in verdict.failed] == [MetricClaim.DECLARED.value]
