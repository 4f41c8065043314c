"""Asking a second time, on an equal floor: the same answer, from the floor alone, and the floor is as it was."""

from collections.abc import Callable
from enum import StrEnum

from floorwatch.conformance.calling import Asked, Failed, called, watched
from floorwatch.conformance.differing import difference
from floorwatch.conformance.floors import CheckFloor, copied
from floorwatch.conformance.unchanged import change_in, line_that_changes
from floorwatch.conformance.verdict import Findings
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.words import _

Claims = tuple[StrEnum, StrEnum, StrEnum]
"""Equal floors give equal answers; asks the floor alone; changes nothing."""

First = tuple[object, str, str]
"""The answer of the first time, its name in a report, and where the asked function begins."""


def ask_again(
    findings: Findings, claims: Claims, ask: Callable[[FloorSnapshot], object], case: CheckFloor, first: First
) -> None:
    """Ask on an equal floor and compare with the first answer."""
    equal, alone, changes = claims
    answer, name, home = first
    floor, asked = copied(case.floor), list[Asked]()
    again = called(watched(lambda: ask(floor), asked))
    findings.looked_at(equal, alone, changes)
    judge_asked(findings, alone, asked)
    if isinstance(again, Failed):
        findings.fail(equal, again.why, again.where or home, on=case.name, trace=again.trace)
    elif (differs := difference(answer, again, name)) is not None:
        findings.fail(equal, differs, home, on=case.name)
    if (changed := change_in(floor, case.floor)) is not None:
        line = line_that_changes(ask, copied(case.floor))
        where, trace = (home, ()) if line is None else (line.where or home, line.trace)
        findings.fail(changes, changed, where, on=case.name, trace=trace)


def judge_asked(findings: Findings, claim: StrEnum, asked: list[Asked]) -> None:
    """Every clock, chance, file or screen that was asked is a failure at its line."""
    for each in asked:
        findings.fail(claim, _("asks {what}: {instead}").format(what=each.what, instead=each.instead), each.where)
