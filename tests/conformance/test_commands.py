"""Commands held against their claims: each mistake breaks the claim that is meant for it, and no other."""
# ruff: noqa: ARG002  # a command is given its request, whether or not its mistake needs it

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from msgspec import Struct

from floorwatch.api import (
    Ask,
    ChoiceField,
    Command,
    Field,
    FixedField,
    Happened,
    NoOptions,
    NoteKind,
    Open,
    Option,
    Outcome,
    PersonField,
    Request,
    TextField,
    TimeField,
    Toast,
    events,
)
from floorwatch.conformance import check_command, examine_command
from floorwatch.conformance.claims import CommandClaim

FIELDS: Sequence[Field] = (
    TextField(name="text", title="What was said"),
    ChoiceField(name="kind", title="Kind", options=(Option("praise"), Option("help"))),
    PersonField(name="who", title="Who", required=False),
    TimeField(name="at", title="When", required=False),
)


class Good(Command):
    """A note on a person."""

    name = "good"
    title = "Take a note"
    parameters = FIELDS
    rows: Sequence[str] = ("agent", "")

    def run(self, request: Request) -> Iterable[Outcome]:
        who = request.subject("agent") or request.text("who")
        data = {"text": request.text("text"), "kind": request.text("kind")}
        yield Happened(events.Custom(request.time("at"), "notes", who, data))
        yield Toast("Saved.")


class NeedsARow(Good):
    rows = ()

    def run(self, request: Request) -> Iterable[Outcome]:
        if request.row_key is None:
            raise ValueError("no row")
        return []


class KnowsOneQueue(Good):
    rows = ("queue",)

    def run(self, request: Request) -> Iterable[Outcome]:
        if request.row_key and request.subject("queue") in request.floor.queues:
            return [Toast(str({"support": 1}[request.row_key]))]
        return []


class NeedsTheAgent(Good):
    rows = ("agent",)

    def run(self, request: Request) -> Iterable[Outcome]:
        agent = request.subject("agent")
        return [] if agent is None else [Toast(request.floor.agents[agent].name)]


class FillsIn(Good):
    """A person may type a per cent sign."""

    def run(self, request: Request) -> Iterable[Outcome]:
        text = request.text("text")
        return [Toast(text % ())]


class GivesText(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return ["Saved."]  # type: ignore[list-item]  # the mistake


class GivesEvent(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return [events.Custom(request.floor.at, "notes", "x", {})]  # type: ignore[list-item]  # the mistake


class KeepsASet(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return [Happened(events.Custom(request.floor.at, "notes", "x", {"seen": {1, 2}}))]


class KeepsNumbersAsKeys(Good):
    """JSON has no keys but text."""

    def run(self, request: Request) -> Iterable[Outcome]:
        return [Happened(events.Custom(request.floor.at, "notes", "x", {1: 2}))]  # type: ignore[dict-item]  # the mistake


class NamesItsAuthor(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return [Happened(events.WalkBegan(request.floor.at, by=request.me))]


class GoesOn(Good):
    parameters = (*FIELDS, FixedField(name="seat", title="Seat", required=True))

    def run(self, request: Request) -> Iterable[Outcome]:
        seat = request.text("seat")
        return [
            Happened(events.NoteTaken(request.floor.at, kind=NoteKind.CHECK, seat=seat)),
            Ask("good", values={"text": seat}),
        ]


class NoTime(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return [Happened(events.Custom(float("nan"), "notes", "x", {}))]


class Numbers(Good):
    number = 0

    def run(self, request: Request) -> Iterable[Outcome]:
        self.number += 1
        return [Toast(f"note {self.number}")]


class ReadsTheClock(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return [Toast("late" if time.time() < 0 else "now")]


class Changes(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        request.floor.custom.update({"notes": {}})  # type: ignore[attr-defined]  # the mistake
        return []


class PrefillsNumbers(Good):
    def run(self, request: Request) -> Iterable[Outcome]:
        return []

    def prefill(self, request: Request) -> Mapping[str, str]:
        return {"at": request.floor.at}  # type: ignore[dict-item]  # the mistake


class InheritsNothing:
    """All that API 1.0 asked for, and the same mistake."""

    name, title, key, parameters, rows, cli = "good", "Take a note", "", FIELDS, (), False
    options_type = NoOptions

    def run(self, request: Request) -> Iterable[Outcome]:
        return []

    def prefill(self, request: Request) -> Mapping[str, str]:
        return {"at": request.floor.at}  # type: ignore[dict-item]  # the mistake


class Options(Struct, frozen=True):
    folder: str


class NoDefault(Good):
    options_type = Options


class NoField(Good):
    parameters = ("text",)  # type: ignore[assignment]  # the mistake


GALLERY: Mapping[type[Any], CommandClaim] = {
    KnowsOneQueue: CommandClaim.ROWS,
    NeedsTheAgent: CommandClaim.GONE,
    FillsIn: CommandClaim.WORDS,
    GivesText: CommandClaim.OUTCOMES,
    GivesEvent: CommandClaim.OUTCOMES,
    KeepsASet: CommandClaim.EVENTS,
    KeepsNumbersAsKeys: CommandClaim.EVENTS,
    NoTime: CommandClaim.EVENTS,
    NamesItsAuthor: CommandClaim.ENTERED,
    Numbers: CommandClaim.EQUAL,
    ReadsTheClock: CommandClaim.ALONE,
    Changes: CommandClaim.CHANGES,
    PrefillsNumbers: CommandClaim.PREFILL,
    InheritsNothing: CommandClaim.PREFILL,
    NoDefault: CommandClaim.OPTIONS,
    NoField: CommandClaim.DECLARED,
}


@pytest.mark.parametrize("command_type", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(command_type: type[Any]) -> None:
    verdict = examine_command(command_type())

    assert {check.claim for check in verdict.failed} == {GALLERY[command_type].value}
    assert verdict.failed[0].where.startswith("test_commands.py:")


def test_a_command_that_needs_a_row_fails_without_one() -> None:
    failed = {check.claim for check in examine_command(NeedsARow()).failed}

    assert CommandClaim.NO_ROW in failed


def test_nothing_is_wrong_with_a_good_command() -> None:
    assert {check.claim for check in check_command(Good()).checks} == {claim.value for claim in CommandClaim}


def test_a_panel_that_nobody_declares_is_told_where_all_are_known() -> None:
    class Opens(Good):
        def run(self, request: Request) -> Iterable[Outcome]:
            return [Open("queues")]

    assert examine_command(Opens()).passed
    assert examine_command(Opens(), panels={"queues"}).passed
    (failed,) = examine_command(Opens(), panels={"agents"}).failed
    assert failed.why == "it opens the panel 'queues', which nobody declares"


def test_a_command_to_go_on_with_is_looked_for_where_all_are_known() -> None:
    assert examine_command(GoesOn()).passed
    assert examine_command(GoesOn(), commands={"good"}).passed
    (failed,) = examine_command(GoesOn(), panels=(), commands=()).failed
    assert failed.why == "it goes on with the command 'good', which nobody declares"
