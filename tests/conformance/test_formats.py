"""Feed formats held against their claims: each mistake breaks the claim that is meant for it, and no other."""
# ruff: noqa: ARG002  # a format is given what the host gives, whether or not its mistake needs it

import time
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from floorwatch.api import Decoder, Event, Fact, FeedFormat, FeedLine, RejectLine, events
from floorwatch.conformance import check_format, examine_format
from floorwatch.conformance.claims import FormatClaim
from floorwatch.conformance.plugins import samples_for
from floorwatch.feeds.jsonl import JsonLines

SAMPLE = "".join(
    f"pbx;{1_773_108_000 + n};{word};c{n // 2};张伟\n" for n, word in enumerate(["in", "out"] * 40)
).encode()


class Line:
    """What the good decoder makes of a line. Raises RejectLine."""

    def __init__(self, raw: bytes) -> None:
        fields = raw.split(b";")
        if len(fields) != 5 or fields[0] != b"pbx":
            raise RejectLine("not five fields after pbx")
        if not (fields[1].isdigit() and len(fields[1]) == 10):
            raise RejectLine("time is not epoch seconds")
        self.at = float(fields[1])
        self.word, self.call, self.name = (field.decode("utf-8", "replace") for field in fields[2:])


class GoodDecoder:
    def feed(self, line: FeedLine) -> Iterable[Event]:
        if not line.raw.strip():
            return ()
        read = Line(line.raw)
        if read.word == "in":
            return (events.CallEntered(read.at, read.call, "support", None, read.name),)
        return (events.CallAbandoned(read.at, read.call, "support"),)


class Good(FeedFormat):
    """One call a line."""

    name = "pbx"
    title = "A small switch"
    gives = frozenset({Fact.CALLS})

    def sniff(self, sample: bytes) -> float:
        return 0.9 if sample.startswith(b"pbx;") and sample[4:14].isdigit() else 0.0

    def decoder(self, options: dict[str, Any]) -> Decoder:
        return GoodDecoder()

    def time_of(self, raw: bytes) -> float | None:
        try:
            return Line(raw).at
        except RejectLine:
            return None


def format_with(feed: Any) -> type[Good]:
    """The good format with another decoder; `feed` is its method."""

    class Other(Good):
        def decoder(self, options: dict[str, Any]) -> Decoder:
            decoder: Decoder = type("OtherDecoder", (), {"feed": feed})()
            return decoder

    return Other


class NoOptions(Good):
    def decoder(self, options: dict[str, Any]) -> Decoder:
        place: int = options["place"]
        return [GoodDecoder()][place]


class KnowsNothing(Good):
    def sniff(self, sample: bytes) -> float:
        return 0.3 if sample.startswith(b"pbx;") else 0.0


class KnowsEverything(Good):
    def sniff(self, sample: bytes) -> float:
        return 0.9


class SniffsText(Good):
    def sniff(self, sample: bytes) -> float:
        return 0.9 if sample.decode().startswith("pbx;") else 0.0


class Percents(Good):
    def sniff(self, sample: bytes) -> float:
        return 90 if super().sniff(sample) else 0.0


class TimeInMinutes(Good):
    def time_of(self, raw: bytes) -> float | None:
        found = super().time_of(raw)
        return found and found // 60 * 60 + 30


class TimeOfText(Good):
    def time_of(self, raw: bytes) -> float | None:
        return Line(raw).at


class CarriesWords(Good):
    def carries(self, raw: bytes) -> bool:
        return raw.split(b";")[2] == b"login"


class GivesTooLittle(Good):
    gives = frozenset({Fact.MEMBERS})


def gives_nothing(self: Any, line: FeedLine) -> Iterable[Event]:
    raise RejectLine("not yet")


def gives_rows(self: Any, line: FeedLine) -> Iterable[Any]:
    return [{"at": event.at} for event in GoodDecoder().feed(line)]


def gives_text_as_time(self: Any, line: FeedLine) -> Iterable[Event]:
    return [events.CallAbandoned(each.at, each, "q") for each in GoodDecoder().feed(line)]  # type: ignore[arg-type]  # the mistake


def trusts_its_lines(self: Any, line: FeedLine) -> Iterable[Event]:
    if not line.raw.startswith(b"pbx;"):
        raise RejectLine("not ours")
    if len(line.raw.decode().split(";")[4]) > 5000:
        raise RejectLine("endless")
    return GoodDecoder().feed(line)


def repeats_the_line(self: Any, line: FeedLine) -> Iterable[Event]:
    try:
        return GoodDecoder().feed(line)
    except RejectLine:
        raise RejectLine(f"cannot read {line.raw[:30]!r}") from None


def asks_the_clock(self: Any, line: FeedLine) -> Iterable[Event]:
    return GoodDecoder().feed(line) if time.time() > 0 else ()


SHARED: list[bytes] = []


def shares_state(self: Any, line: FeedLine) -> Iterable[Event]:
    """Passes over a line that follows a refused one, whichever decoder it was given to."""
    skip = bool(SHARED)
    SHARED.clear()
    try:
        found = GoodDecoder().feed(line)
    except RejectLine:
        SHARED.append(line.raw)
        raise
    return () if skip else found


def looks_at_offsets(self: Any, line: FeedLine) -> Iterable[Event]:
    """Counts over all decoders: a second reading is another reading."""
    numbers.append(len(numbers))
    return [events.CallAbandoned(each.at, str(len(numbers)), "q") for each in GoodDecoder().feed(line)]


numbers: list[int] = []

GALLERY: Mapping[Any, FormatClaim] = {
    NoOptions: FormatClaim.DECODER,
    KnowsNothing: FormatClaim.OWN,
    KnowsEverything: FormatClaim.OTHERS,
    SniffsText: FormatClaim.SNIFF,
    Percents: FormatClaim.SNIFF,
    TimeInMinutes: FormatClaim.TIME,
    TimeOfText: FormatClaim.TIME_TOTAL,
    CarriesWords: FormatClaim.CARRIES,
    GivesTooLittle: FormatClaim.GIVES,
    format_with(gives_nothing): FormatClaim.EVENTS,
    format_with(gives_text_as_time): FormatClaim.SOUND,
    format_with(trusts_its_lines): FormatClaim.REFUSES,
    format_with(repeats_the_line): FormatClaim.REASONS,
    format_with(asks_the_clock): FormatClaim.ALONE,
    format_with(shares_state): FormatClaim.APART,
}


@pytest.mark.parametrize("format_type", GALLERY)
def test_a_mistake_breaks_the_claim_that_is_meant_for_it_and_no_other(format_type: Any) -> None:
    verdict = examine_format(format_type(), [SAMPLE])

    assert {check.claim for check in verdict.failed} == {GALLERY[format_type].value}
    assert verdict.failed[0].where.startswith("test_formats.py:")


def test_events_that_differ_from_reading_to_reading_are_told() -> None:
    failed = {check.claim for check in examine_format(format_with(looks_at_offsets)(), [SAMPLE]).failed}

    assert FormatClaim.SPLITS in failed


def test_what_is_no_event_is_told() -> None:
    failed = examine_format(format_with(gives_rows)(), [SAMPLE]).failed

    assert failed[0].claim == FormatClaim.SOUND
    assert failed[0].why.startswith("gives dict: give events of floorwatch.api.events")


def test_nothing_is_wrong_with_a_good_format() -> None:
    assert {check.claim for check in check_format(Good(), SAMPLE).checks} == {claim.value for claim in FormatClaim}


def test_without_a_sample_what_only_it_can_show_is_a_note() -> None:
    verdict = examine_format(Good())

    assert verdict.passed
    assert {check.claim for check in verdict.checks if check.status == "note"} >= {
        FormatClaim.EVENTS,
        FormatClaim.GIVES,
    }


def test_the_core_keeps_its_own_promises() -> None:
    fmt = JsonLines()

    check_format(fmt, *samples_for(fmt))
