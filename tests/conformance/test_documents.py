"""Document formats held against their claims: each mistake breaks the claim that is meant for it, and no other."""
# ruff: noqa: ARG002  # a format is given what the host gives, whether or not its mistake needs it

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from floorwatch.api import Document, DocumentFormat, RejectDocument, duty, events
from floorwatch.conformance import check_document_format, examine_document_format
from floorwatch.conformance.claims import DocumentClaim
from floorwatch.conformance.documents import SampleFile
from floorwatch.testing import Kit

SAMPLE = "roster\n李娜;2026-03-10;09:00;18:00\n王芳;2026-03-10;12:00;21:00\n张伟;2026-03-10;?;\n".encode()


class Good(DocumentFormat):
    """One shift a line."""

    name = "small-roster"
    title = "A small roster"

    def sniff(self, document: Document) -> float:
        return 0.9 if document.raw.startswith(b"roster\n") else 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        try:
            head, *lines = document.raw.decode().splitlines()
        except (UnicodeDecodeError, ValueError) as error:
            raise RejectDocument("it is no text in UTF-8, or empty") from error
        if head != "roster":
            raise RejectDocument("its first line is not: roster")
        shifts, refused = [], []
        for number, line in enumerate(lines, start=2):
            try:
                shifts.append(self._shift(line, document))
            except ValueError:
                refused.append(duty.Refusal(f"line {number}", "no hours", line))
        people = tuple(duty.Who(name, name) for name in dict.fromkeys(shift.agent for shift in shifts))
        return events.DocumentRead(
            document.read_at, document=document.name, rows=len(lines), people=people, shifts=tuple(shifts),
            refused=tuple(refused),
        )  # fmt: skip

    def _shift(self, line: str, document: Document) -> duty.Shift:
        name, day, *hours = line.split(";")
        start, end = (datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=document.days.zone) for hour in hours)
        if end <= start or start.date().isoformat() != day:
            raise ValueError("backwards")
        return duty.Shift(line, name, day, stints=(duty.Stint(start.timestamp(), end.timestamp()),))


class NeedsHours(Struct, frozen=True):
    hours: int


class OptionsWithoutDefault(Good):
    @property
    def options_type(self) -> type[Struct]:
        return NeedsHours


class KnowsNothing(Good):
    def sniff(self, document: Document) -> float:
        return 0.2 if super().sniff(document) else 0.0


class KnowsEverything(Good):
    def sniff(self, document: Document) -> float:
        return 0.7


class SniffsText(Good):
    def sniff(self, document: Document) -> float:
        return 0.9 if document.raw.decode().startswith("roster\n") else 0.0


class FindsNothing(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        return replace(super().read(document, options), shifts=(), people=())


class GivesALeaveWithoutAnEnd(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        nobody: Any = None
        return replace(super().read(document, options), rows=nobody)


class WritesDatesAsPeopleDo(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        return replace(super().read(document, options), period=("10.3.2026", "31.3.2026"))


class TurnsHoursRound(Good):
    def _shift(self, line: str, document: Document) -> duty.Shift:
        shift = super()._shift(line, document)
        return replace(shift, stints=tuple(duty.Stint(stint.end, stint.start) for stint in shift.stints))


class NamesNobody(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        return replace(super().read(document, options), people=())


class FailsOnOthers(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        document.raw.decode()
        return super().read(document, options)


class SaysNoReason(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        read = super().read(document, options)
        return replace(read, refused=tuple(replace(each, why="") for each in read.refused))


class Counts(Good):
    def __init__(self) -> None:
        self.times = 0

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        self.times += 1
        return replace(super().read(document, options), rows=self.times)


class ReadsTheClock(Good):
    def read(self, document: Document, options: Any) -> events.DocumentRead:
        return replace(super().read(document, options), at=time.time() * 0)


GALLERY = {
    OptionsWithoutDefault: DocumentClaim.OPTIONS,
    KnowsNothing: DocumentClaim.OWN,
    KnowsEverything: DocumentClaim.OTHERS,
    SniffsText: DocumentClaim.SNIFF,
    FindsNothing: DocumentClaim.READS,
    GivesALeaveWithoutAnEnd: DocumentClaim.SOUND,
    WritesDatesAsPeopleDo: DocumentClaim.DATES,
    TurnsHoursRound: DocumentClaim.DATES,
    NamesNobody: DocumentClaim.PEOPLE,
    FailsOnOthers: DocumentClaim.REFUSES,
    SaysNoReason: DocumentClaim.REASONS,
    Counts: DocumentClaim.EQUAL,
    ReadsTheClock: DocumentClaim.ALONE,
}


@pytest.mark.parametrize("kind", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(kind: type[Good]) -> None:
    verdict = examine_document_format(kind(), [SAMPLE])

    assert {check.claim for check in verdict.failed} == {GALLERY[kind].value}


def test_nothing_is_wrong_with_a_good_format(tmp_path: Path) -> None:
    file = tmp_path / "march.txt"
    file.write_bytes(SAMPLE)

    assert all(check.passed and not check.why for check in check_document_format(Good(), SAMPLE, file).checks)
    assert check_document_format(Good(), SampleFile("march.txt", SAMPLE)).passed


def test_what_only_a_sample_can_show_is_a_note_without_one() -> None:
    verdict = examine_document_format(Good())

    assert verdict.passed
    assert {check.claim for check in verdict.checks if check.why} >= {DocumentClaim.OWN, DocumentClaim.READS}


def test_what_is_no_document_format_is_said_once() -> None:
    class Nameless(Good):
        name = ""

    assert {check.claim for check in examine_document_format(Nameless(), [SAMPLE]).failed} == {DocumentClaim.DECLARED}


def test_the_kit_reads_a_document_as_the_host_does(floorwatch: Kit) -> None:
    read = floorwatch.document(Good(), SAMPLE, name="march.txt", at="08:00")
    floorwatch.at("08:00").happens(read)

    assert (read.document, len(read.shifts), read.refused[0].where) == ("march.txt", 2, "line 4")
    assert set(floorwatch.floor("09:00").duty.shifts) == {"李娜", "王芳"}
