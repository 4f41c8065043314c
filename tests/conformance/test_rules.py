"""Alert rules held against their claims: each mistake breaks the claim that is meant for it, and no other."""
# ruff: noqa: ARG002  # a rule is given the floor and options, whether or not its mistake needs them

import time
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from msgspec import Struct

from floorwatch.api import Alert, AlertRule, FloorSnapshot
from floorwatch.conformance import ConformanceError, check_rule, examine_rule
from floorwatch.conformance.claims import RuleClaim


class Good(AlertRule):
    """Somebody waits."""

    name = "good"
    title = "Good"

    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        for name, scope in floor.queues.items():
            if (first := scope.longest_waiting) is not None:
                yield Alert(f"queue:{name}", "somebody waits", since=min(first.entered_at, floor.at))


class FailsOnNothing(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert(f"feed:{min(floor.feeds)}", "there")]


class FailsOnHostile(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert(f"queue:{name.encode().decode()}", "there") for name in floor.queue_names]


class ReturnsAlert(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [("queue:support", "waits")] if floor.waiting else []  # type: ignore[list-item]  # the mistake


class TextIsNone(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert("queue:support", None)]  # type: ignore[arg-type]  # the mistake


class OneACaller(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert(f"queue:{visit.queue}", "waits") for visit in floor.waiting.values()]


class NoSubject(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert("", "something")]


class InTheFuture(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert("floor", "soon", since=floor.at + 60)]


class Endless(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert("floor", "very " * 200)]


class Silent(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert("floor", " ")]


class Counts(Good):
    asked = 0

    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        self.asked += 1
        return [Alert("floor", f"asked {self.asked} times")]


class ReadsTheClock(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        return [Alert("floor", "late")] if time.time() < 0 else []


class Changes(Good):
    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        for agent in floor.agents.values():
            agent.queues.pop("support", None)  # type: ignore[attr-defined]  # the mistake
        return []


class Options(Struct, frozen=True):
    limit: float


class NoDefault(Good):
    options_type = Options


class NoHold:
    name = "no-hold"
    title = "Inherits nothing"


GALLERY: Mapping[type[Any], RuleClaim] = {
    FailsOnNothing: RuleClaim.EMPTY,
    FailsOnHostile: RuleClaim.MADE,
    ReturnsAlert: RuleClaim.ALERTS,
    TextIsNone: RuleClaim.ALERTS,
    OneACaller: RuleClaim.SUBJECTS,
    NoSubject: RuleClaim.SUBJECTS,
    InTheFuture: RuleClaim.SINCE,
    Endless: RuleClaim.WORDS,
    Silent: RuleClaim.WORDS,
    Counts: RuleClaim.EQUAL,
    ReadsTheClock: RuleClaim.ALONE,
    Changes: RuleClaim.CHANGES,
    NoDefault: RuleClaim.OPTIONS,
    NoHold: RuleClaim.DECLARED,
}


@pytest.mark.parametrize("rule_type", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(rule_type: type[Any]) -> None:
    verdict = examine_rule(rule_type())

    assert {check.claim for check in verdict.failed} == {GALLERY[rule_type].value}
    assert verdict.failed[0].where.startswith("test_rules.py:")


def test_nothing_is_wrong_with_a_good_rule() -> None:
    assert {check.claim for check in check_rule(Good()).checks} == {claim.value for claim in RuleClaim}


def test_a_command_that_nobody_declares_is_told_where_all_are_known() -> None:
    class Calls(Good):
        def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
            return [Alert("floor", "help", command="send-help")]

    assert examine_rule(Calls(), commands={"send-help"}).passed
    assert examine_rule(Calls()).passed
    (failed,) = examine_rule(Calls(), commands={"other"}).failed
    assert failed.why == "the alert on 'floor' names the command 'send-help', which nobody declares"


def test_check_raises_with_what_to_do() -> None:
    with pytest.raises(ConformanceError, match="say one of each thing, or name them apart"):
        check_rule(OneACaller())
