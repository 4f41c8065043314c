"""A document format held against everything that a document format promises."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from msgspec import Struct

from floorwatch.conformance.asking import judge_asked
from floorwatch.conformance.calling import Asked, Failed, StuckError, called, watched
from floorwatch.conformance.claims import DocumentClaim
from floorwatch.conformance.declared import declaration, options_of
from floorwatch.conformance.differing import difference
from floorwatch.conformance.garbage import SEED, garbage, other_files
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.extend.document import Document, DocumentFormat, RejectDocument
from floorwatch.feeds.sheets import SheetError
from floorwatch.host.place import place_of
from floorwatch.host.sound import unsound
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Approval, ApprovalKind, Leave, Punch, Shift, Stated
from floorwatch.model.duty_events import DocumentRead
from floorwatch.text import LONGEST, inert_bytes
from floorwatch.words import _

KIND = "document format"
READ_AT = 1_773_110_467.0
DAYS = FloorDays(ZoneInfo("Asia/Shanghai"))
MOST_GARBAGE = 80
TORN = 12
"""Times that each sample is torn, and has some bytes overwritten."""

HURT = 8

_OF_SAMPLES = (DocumentClaim.OWN, DocumentClaim.READS)
_OF_READINGS = (
    DocumentClaim.SOUND,
    DocumentClaim.DATES,
    DocumentClaim.PEOPLE,
    DocumentClaim.REASONS,
    DocumentClaim.EQUAL,
    DocumentClaim.ALONE,
)


class SampleFile(Struct, frozen=True):
    """A file of the format: its name, which may say what it is, and its bytes."""

    name: str
    raw: bytes


Given: TypeAlias = SampleFile | Path | bytes


class Refused(Struct, frozen=True):
    """The document was refused."""

    reason: str


def check_document_format(fmt: DocumentFormat, *samples: Given, **options: Any) -> Verdict:
    """Hold the format with these options against every claim; `samples` are documents of it, as paths or bytes. Raises
    ConformanceError."""
    return held(examine_document_format(fmt, samples, options))


def examine_document_format(
    fmt: DocumentFormat, samples: Sequence[Given] = (), options: Mapping[str, Any] | None = None
) -> Verdict:
    """Every claim on the format. Without samples, what only they can show is a note."""
    findings = Findings(KIND, str(getattr(fmt, "name", "?")), DocumentClaim)
    if declaration(findings, DocumentClaim.DECLARED, "document_formats", fmt):
        documents = [document_of(sample) for sample in samples]
        try:
            made = list(options_of(findings, DocumentClaim.OPTIONS, fmt.options_type, options or {}))
            for each in made[-1:]:  # with the options given, if any: the samples may need them
                _Examination(findings, fmt, documents, each).run()
        except StuckError as stuck:
            findings.fail(DocumentClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(DocumentClaim.COMES_BACK)
    return findings.verdict()


class _Examination:
    """One format with one set of options."""

    def __init__(self, findings: Findings, fmt: DocumentFormat, samples: Sequence[Document], options: Struct) -> None:
        self._findings = findings
        self._format = fmt
        self._samples = samples
        self._options = options
        self._home = place_of(fmt.read)

    def run(self) -> None:
        """Look at everything."""
        self._findings.looked_at(DocumentClaim.OTHERS, DocumentClaim.SNIFF, DocumentClaim.REFUSES, *_OF_READINGS)
        for other in map(document_of, other_files()):
            self._sniff(other, is_own=False)
        for torn in _torn(self._samples):
            self._sniffed(torn)
            self._read(torn)
        for sample in self._samples:
            self._sniff(sample, is_own=True)
            self._look_at_sample(sample)
        if self._samples:
            self._findings.looked_at(*_OF_SAMPLES)
            return
        for claim in (*_OF_SAMPLES, *_OF_READINGS):
            self._findings.note(claim, _("not looked at: give a sample, a document of this format"))

    def _sniff(self, document: Document, *, is_own: bool) -> None:
        found, home = self._sniffed(document), place_of(self._format.sniff)
        text = inert_bytes(document.raw[:40])
        if found is not None and is_own and found <= 0.5:
            said = _("sniff gives {number} for its sample {name} ({text!r}…): give more than 0.5")
            words = said.format(number=found, name=document.name, text=text)
            self._findings.fail(DocumentClaim.OWN, words, home)
        elif found is not None and not is_own and found >= 0.5:
            said = _("sniff gives {number} for {text!r}…, which is no file of its own: give less than 0.5")
            self._findings.fail(DocumentClaim.OTHERS, said.format(number=found, text=text), home)

    def _sniffed(self, document: Document) -> float | None:
        found: object = called(lambda: self._format.sniff(document))
        if isinstance(found, Failed):
            on = repr(document.raw[:30])
            self._findings.fail(DocumentClaim.SNIFF, found.why, found.where, on=on, trace=found.trace)
            return None
        if isinstance(found, bool | int | float) and 0 <= found <= 1:
            return float(found)
        said = _("sniff gives {found!r}: give a number from 0 to 1").format(found=found)
        self._findings.fail(DocumentClaim.SNIFF, said, place_of(self._format.sniff))
        return None

    def _read(self, document: Document) -> DocumentRead | Refused | None:
        """The reading, or the reason why there is none; None when it failed otherwise than by RejectDocument."""
        asked = list[Asked]()
        found = called(watched(lambda: _reading(self._format, document, self._options), asked))
        judge_asked(self._findings, DocumentClaim.ALONE, asked)
        on = _("the document {text!r}").format(text=inert_bytes(document.raw[:40]))
        if isinstance(found, Failed):
            said = _("{why}: raise RejectDocument with a reason").format(why=found.why)
            self._findings.fail(DocumentClaim.REFUSES, said, found.where, on=on, trace=found.trace)
            return None
        if isinstance(found, Refused):
            if not _is_one_line(found.reason):
                said = _("the reason to refuse it is {reason!r}: say it in one short line")
                words = said.format(reason=found.reason[:40])
                self._findings.fail(DocumentClaim.REASONS, words, self._home, on=on)
            return found
        for claim, why in _faults(found):
            self._findings.fail(claim, why, self._home, on=on)
        return found if isinstance(found, DocumentRead) else None

    def _look_at_sample(self, sample: Document) -> None:
        first, second = self._read(sample), self._read(sample)
        if isinstance(first, Refused):
            said = _("it refuses its sample {name}: {reason}").format(name=sample.name, reason=first.reason)
            self._findings.fail(DocumentClaim.READS, said, self._home)
        elif first is not None and not (first.shifts or first.punches or first.leaves or first.approvals):
            said = _("it finds nothing in its sample {name}; {n} rows were left out")
            words = said.format(name=sample.name, n=len(first.refused))
            self._findings.fail(DocumentClaim.READS, words, self._home)
        if (differs := difference(first, second, _("the reading"))) is not None:
            self._findings.fail(DocumentClaim.EQUAL, differs, self._home, on=sample.name)


def _reading(fmt: DocumentFormat, document: Document, options: Struct) -> object:
    try:
        return fmt.read(document, options)
    except (RejectDocument, SheetError) as refusal:
        return Refused(str(refusal))


def _faults(found: object) -> Iterator[tuple[DocumentClaim, str]]:
    """What is wrong with a reading."""
    if not isinstance(found, DocumentRead):
        said = _("gives {what}: give a DocumentRead").format(what=type(found).__name__)
        yield DocumentClaim.SOUND, said
        return
    wrong = unsound(found, type(found).__name__)
    yield from ((DocumentClaim.SOUND, why) for why in wrong)
    if not wrong:
        yield from ((DocumentClaim.DATES, why) for why in _wrong_times(found))
        yield from ((DocumentClaim.PEOPLE, why) for why in _wrong_people(found))
        yield from ((DocumentClaim.REASONS, why) for why in _wrong_refusals(found))


def _wrong_times(read: DocumentRead) -> Iterator[str]:
    dates = [shift.date for shift in read.shifts] + [said.date for said in read.stated]
    dates += [punch.date for punch in read.punches if punch.date is not None]
    for word in dict.fromkeys((*dates, *(read.period or ()))):
        if not _is_date(word):
            yield _('{word!r} is no date: write "2026-11-22"').format(word=word)
    for shift in read.shifts:
        yield from _wrong_hours(shift)
    spans: tuple[Leave | Approval, ...] = (*read.leaves, *read.approvals)
    for span in spans:
        is_moment = isinstance(span, Approval) and span.kind is ApprovalKind.CORRECTION and span.end == span.start
        if span.end <= span.start and not is_moment:
            what = _("a leave") if isinstance(span, Leave) else _("an approval")
            yield _("{what} of {who!r} ends before it begins").format(what=what, who=span.agent)


def _wrong_hours(shift: Shift) -> Iterator[str]:
    if any(stint.end <= stint.start for stint in shift.stints):
        yield _("a stint of {who!r} on {date} has no length").format(who=shift.agent, date=shift.date)
    if any(one.end > other.start for one, other in pairwise(shift.stints)):
        said = _("stints of {who!r} on {date} lie over one another, or are out of order")
        yield said.format(who=shift.agent, date=shift.date)


def _wrong_people(read: DocumentRead) -> Iterator[str]:
    times = Counter(who.key for who in read.people)
    for key, number in times.items():
        if number > 1:
            yield _("{n} people have the key {key!r}: give each their own").format(n=number, key=key)
    facts: tuple[Shift | Punch | Approval | Leave | Stated, ...]
    facts = (*read.shifts, *read.punches, *read.approvals, *read.leaves, *read.stated)
    for key in sorted({fact.agent for fact in facts} - times.keys()):
        yield _("{key!r} is nobody in `people`: say there who it is, even where the key is all there is").format(
            key=key
        )


def _wrong_refusals(read: DocumentRead) -> Iterator[str]:
    for each in read.refused:
        if not (_is_one_line(each.where) and _is_one_line(each.why)):
            said = _("a refusal says {where!r}, {why!r}: say where and why, each in one short line")
            yield said.format(where=each.where[:40], why=each.why[:40])


def _is_one_line(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST and "\n" not in text


def _is_date(word: str) -> bool:
    try:
        return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False


def document_of(sample: Given) -> Document:
    """The sample as a format is given it."""
    if isinstance(sample, Path):
        sample = SampleFile(sample.name, sample.read_bytes())
    elif isinstance(sample, bytes):
        sample = SampleFile("sample", sample)
    return Document(sample.name, sample.raw, READ_AT, READ_AT, DAYS)


def _torn(samples: Sequence[Document]) -> Iterator[Document]:
    """What is none of its documents, or was one: other files, lines of garbage, samples torn and overwritten."""
    random = Random(SEED)
    lines = garbage([sample.raw for sample in samples if b"\0" not in sample.raw])
    yield from map(document_of, (*other_files(), *lines[:: max(1, len(lines) // MOST_GARBAGE)]))
    for sample in samples:
        for _number in range(TORN):
            torn = bytearray(sample.raw[: random.randrange(len(sample.raw) + 1)])
            yield Document(sample.name, bytes(torn), READ_AT, READ_AT, DAYS)
            hurt = bytearray(sample.raw)
            for place in random.sample(range(len(hurt)), min(HURT, len(hurt))):
                hurt[place] = random.randrange(256)
            yield Document(sample.name, bytes(hurt), READ_AT, READ_AT, DAYS)
