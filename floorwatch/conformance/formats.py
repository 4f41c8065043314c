"""A feed format held against everything that a format promises."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle, islice
from math import isfinite
from typing import Any

from floorwatch.conformance.asking import judge_asked
from floorwatch.conformance.calling import Asked, Failed, StuckError, called, watched
from floorwatch.conformance.claims import FormatClaim
from floorwatch.conformance.declared import declaration
from floorwatch.conformance.decoded import Answer, Refused, answer_of, lines_of, read_in_blocks, sound_events
from floorwatch.conformance.differing import difference
from floorwatch.conformance.facts import facts_of
from floorwatch.conformance.garbage import garbage, other_files, splits
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.feeds.formats import configured
from floorwatch.feeds.jsonl import EVENT_TYPES
from floorwatch.feeds.shapes import MAX_LINE_BYTES, Decoder, FeedFormat, FeedLine
from floorwatch.host.place import place_of
from floorwatch.host.sound import unsound
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event
from floorwatch.text import inert_bytes
from floorwatch.words import _

KIND = "feed format"
MOST_REASONS = 40
"""Different reasons to refuse a line: more are made of the lines' own words, and fill memory and reports."""

LONGEST_REASON = 120
SPLIT_BYTES = 64 * 1024
"""Of each sample, cut into blocks in several ways."""

ALMOST = 0.001
"""Seconds by which two times may differ and be the same."""

_OF_LINES = (
    FormatClaim.EVENTS,
    FormatClaim.SOUND,
    FormatClaim.REASONS,
    FormatClaim.SPLITS,
    FormatClaim.APART,
    FormatClaim.ALONE,
    FormatClaim.TIME,
    FormatClaim.GIVES,
)


def check_format(fmt: FeedFormat, *samples: bytes, **options: Any) -> Verdict:
    """Hold the format with these options against every claim; `samples` are files of it. Raises ConformanceError."""
    return held(examine_format(fmt, samples, options))


def examine_format(fmt: FeedFormat, samples: Sequence[bytes] = (), options: Mapping[str, Any] | None = None) -> Verdict:
    """Every claim on the format. Without samples, what only they can show is a note; so is all, where nobody has given
    the options (None) that it asks for."""
    findings = Findings(KIND, str(getattr(fmt, "name", "?")), FormatClaim)
    if declaration(findings, FormatClaim.DECLARED, "formats", fmt):
        given = dict(options or {})
        bound = called(lambda: configured(fmt, given))
        findings.looked_at(FormatClaim.DECODER)
        if isinstance(bound, Failed):
            _judge_refusal(findings, bound, options)
            return findings.verdict()
        try:
            _Examination(findings, bound, samples, options).run()
        except StuckError as stuck:
            findings.fail(FormatClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(FormatClaim.COMES_BACK)
    return findings.verdict()


class _Examination:
    """One format with one set of options."""

    def __init__(
        self, findings: Findings, fmt: FeedFormat, samples: Sequence[bytes], options: Mapping[str, Any] | None
    ) -> None:
        self._findings = findings
        self._format = fmt
        self._samples = samples
        self._options = options
        self._home = place_of(fmt.decoder)
        self._garbage = garbage(samples)
        self._reasons: dict[str, bytes] = {}

    def run(self) -> None:
        """Look at everything."""
        self._sniff()
        self._look_at_raw()
        decoder = called(self._decoder)
        if isinstance(decoder, Failed):
            _judge_refusal(self._findings, decoder, self._options)
            return
        self._home = place_of(getattr(decoder, "feed", None)) or self._home
        self._read_garbage()
        if self._samples:
            self._read_samples()
        else:
            for claim in (FormatClaim.OWN, *_OF_LINES):
                self._findings.note(claim, _("not looked at: give a sample, the bytes of a file of this format"))
        self._judge_reasons()

    def _decoder(self) -> Decoder:
        return self._format.decoder(dict(self._options or {}))

    def _sniff(self) -> None:
        findings, home = self._findings, place_of(self._format.sniff)
        findings.looked_at(FormatClaim.OWN, FormatClaim.OTHERS, FormatClaim.SNIFF)
        for sample in self._samples:
            likelihood = self._sniffed(sample[:MAX_LINE_BYTES])
            if likelihood is not None and likelihood <= 0.5:
                said = _("sniff gives {number} for its sample {text!r}…: give more than 0.5")
                words = said.format(number=likelihood, text=inert_bytes(sample[:40]))
                findings.fail(FormatClaim.OWN, words, home)
        for other in other_files():
            likelihood = self._sniffed(other)
            if likelihood is not None and likelihood >= 0.5:
                said = _("sniff gives {number} for {text!r}…, which is no file of its own: give less than 0.5")
                words = said.format(number=likelihood, text=inert_bytes(other[:40]))
                findings.fail(FormatClaim.OTHERS, words, home)
        for line in self._garbage:
            self._sniffed(line + b"\n")

    def _sniffed(self, sample: bytes) -> float | None:
        found: object = called(lambda: self._format.sniff(sample))
        if isinstance(found, Failed):
            on = repr(sample[:30])
            self._findings.fail(FormatClaim.SNIFF, found.why, found.where, on=on, trace=found.trace)
            return None
        if isinstance(found, bool | int | float) and 0 <= found <= 1:
            return float(found)
        said = _("sniff gives {found!r}: give a number from 0 to 1").format(found=found)
        self._findings.fail(FormatClaim.SNIFF, said, place_of(self._format.sniff))
        return None

    def _look_at_raw(self) -> None:
        """What is asked of lines without decoding them."""
        self._findings.looked_at(FormatClaim.TIME_TOTAL, FormatClaim.CARRIES)
        own = [line for sample in self._samples for line in sample.split(b"\n")[:200]]
        for raw in (*own, *self._garbage):
            self._time_of(raw)
            carries: object = called(lambda raw=raw: self._format.carries(raw))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            if isinstance(carries, Failed):
                on = repr(raw[:30])
                self._findings.fail(FormatClaim.CARRIES, carries.why, carries.where, on=on, trace=carries.trace)
            elif not isinstance(carries, bool):
                said = _("carries gives {found!r}: give True or False").format(found=carries)
                self._findings.fail(FormatClaim.CARRIES, said, place_of(self._format.carries))

    def _time_of(self, raw: bytes) -> float | None:
        found: object = called(lambda: self._format.time_of(raw))
        home = place_of(self._format.time_of)
        if isinstance(found, Failed):
            self._findings.fail(FormatClaim.TIME_TOTAL, found.why, found.where, on=repr(raw[:30]), trace=found.trace)
            return None
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or not isfinite(found):
            said = _("time_of gives {found!r}: give epoch seconds, or None for a line without a time")
            self._findings.fail(FormatClaim.TIME_TOTAL, said.format(found=found), home, on=repr(raw[:30]))
            return None
        return float(found)

    def _answers(self, lines: Iterable[FeedLine], claim: FormatClaim) -> list[Answer] | None:
        """What a new decoder makes of the lines; None when it failed otherwise than by RejectLine."""
        asked = list[Asked]()
        found = called(watched(lambda: answer_of(self._decoder(), lines), asked))
        judge_asked(self._findings, FormatClaim.ALONE, asked)
        if isinstance(found, Failed):
            said = _("{why}: raise RejectLine with a reason").format(why=found.why)
            self._findings.fail(claim, said, found.where, trace=found.trace)
            return None
        for answer in found:
            if isinstance(answer.said, Refused):
                self._reasons.setdefault(answer.said.reason, answer.line.raw)
        return found

    def _read_garbage(self) -> None:
        """Line by line, each by a new decoder, so that one that fails hides no other; then all by one."""
        self._findings.looked_at(FormatClaim.REFUSES, FormatClaim.SOUND)
        lines = lines_of(self._garbage)
        for line in lines:
            self._look_at_events(self._answers([line], FormatClaim.REFUSES) or ())
        self._look_at_events(self._answers(lines, FormatClaim.REFUSES) or ())

    def _read_samples(self) -> None:
        self._findings.looked_at(*_OF_LINES)
        for number, sample in enumerate(self._samples, 1):
            name = _("sample {number}").format(number=number)
            lines = read_in_blocks([sample])
            answers = self._answers(lines, FormatClaim.REFUSES)
            if answers is None:
                continue
            self._look_at_events(answers)
            self._look_at_times(answers)
            self._look_at_facts(answers)
            if not any(answer.events for answer in answers):
                said = _("not one line of {sample} gave an event; the first was {text!r}")
                first = inert_bytes(lines[0].raw[:60]) if lines else ""
                self._findings.fail(FormatClaim.EVENTS, said.format(sample=name, text=first), self._home)
            self._split(sample, name)
            self._interleave(lines, answers)

    def _look_at_events(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            for event in answer.events:
                for why in _event_faults(event):
                    on = _("the line {text!r}").format(text=inert_bytes(answer.line.raw[:40]))
                    self._findings.fail(FormatClaim.SOUND, why, self._home, on=on)

    def _look_at_times(self, answers: Sequence[Answer]) -> None:
        timeless = 0
        for answer in answers:
            times = [event.at for event in sound_events(answer)]
            if not times:
                continue
            found = self._time_of(answer.line.raw)
            timeless += found is None
            if found is not None and not any(abs(found - at) <= ALMOST for at in times):
                said = _("time_of gives {found}, the line's event is at {at}").format(found=found, at=times[0])
                self._findings.fail(FormatClaim.TIME, said, place_of(self._format.time_of))
        if timeless:
            said = _("time_of gives None for {n} lines that have events: they share the time of the line before")
            self._findings.note(FormatClaim.TIME, said.format(n=timeless), place_of(self._format.time_of))

    def _look_at_facts(self, answers: Sequence[Answer]) -> None:
        told: dict[Fact, Event] = {}
        for answer in answers:
            for event in sound_events(answer):
                for fact in facts_of(event):
                    told.setdefault(fact, event)
        for fact, event in told.items():
            if fact not in self._format.gives:
                said = _("it gives {event}, which tells {fact}: add Fact.{name} to its `gives`, else figures stay null")
                words = said.format(event=type(event).__name__, fact=fact.value, name=fact.name)
                self._findings.fail(FormatClaim.GIVES, words, place_of(self._format))
        untold = sorted(fact.value for fact in self._format.gives - told.keys())
        if untold:
            said = _("its samples show no {facts}: is it right that its `gives` holds them?")
            self._findings.note(FormatClaim.GIVES, said.format(facts=", ".join(untold)))

    def _split(self, sample: bytes, name: str) -> None:
        """The same bytes in other blocks, by new decoders: decoders that differ from run to run show here too."""
        data = sample[:SPLIT_BYTES]
        whole = self._answers(read_in_blocks([data]), FormatClaim.REFUSES)
        for blocks in splits(data):
            again = self._answers(read_in_blocks(blocks), FormatClaim.REFUSES)
            if whole is not None and again is not None:
                self._compare(FormatClaim.SPLITS, whole, again, name)

    def _interleave(self, lines: Sequence[FeedLine], alone: Sequence[Answer]) -> None:
        """Two decoders in turn, one fed backwards and with garbage: the other must not notice."""
        rubbish = lines_of(self._garbage)
        others = [each for pair in zip(reversed(lines[:500]), cycle(rubbish), strict=False) for each in pair]

        def both() -> list[Answer]:
            one, other = self._decoder(), self._decoder()
            answers = []
            for number, line in enumerate(islice(lines, 500)):
                answers += answer_of(one, [line])
                answer_of(other, [others[number % len(others)]])
            return answers

        found = called(both)
        if not isinstance(found, Failed):
            self._compare(FormatClaim.APART, alone[:500], found, _("two decoders in turn"))

    def _compare(self, claim: FormatClaim, first: Sequence[Answer], second: Sequence[Answer], name: str) -> None:
        differs = difference([each.said for each in first], [each.said for each in second], "events")
        if differs is not None:
            self._findings.fail(claim, differs, self._home, on=name)

    def _judge_reasons(self) -> None:
        if not self._samples:
            self._findings.looked_at(FormatClaim.REASONS)
        if len(self._reasons) > MOST_REASONS:
            said = _("{n} different reasons, such as {reason!r}: leave the line's own words out of them")
            words = said.format(n=len(self._reasons), reason=list(self._reasons)[-1][:60])
            self._findings.fail(FormatClaim.REASONS, words, self._home)
        for reason, raw in self._reasons.items():
            if not reason.strip() or len(reason) > LONGEST_REASON or "\n" in reason:
                said = _("the reason to refuse {text!r} is {reason!r}: say it in one short line")
                words = said.format(text=inert_bytes(raw[:30]), reason=reason[:40])
                self._findings.fail(FormatClaim.REASONS, words, self._home)


def _judge_refusal(findings: Findings, refused: Failed, options: Mapping[str, Any] | None) -> None:
    """It makes no decoder. Where it asks for options that nobody has given, that is no fault."""
    if options is None and refused.why.startswith(ValueError.__name__):
        said = _("{why}; give its options in the configuration of a feed, or check_format(format, sample, name=...)")
        findings.note(FormatClaim.DECODER, said.format(why=refused.why), refused.where)
        return
    findings.fail(FormatClaim.DECODER, refused.why, refused.where, trace=refused.trace)


def _event_faults(event: object) -> list[str]:
    if not isinstance(event, Event) or type(event).__name__ not in EVENT_TYPES:
        return [_("gives {what}: give events of floorwatch.api.events").format(what=type(event).__name__)]
    return unsound(event, type(event).__name__)
