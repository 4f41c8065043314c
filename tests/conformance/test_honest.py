"""Honest plugins that do what is unusual and right: no claim may be wrong for any of them."""

# ruff: noqa: ARG002  # the protocols name the arguments

import logging
import random
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from floorwatch.api import (
    Alert,
    AlertRule,
    Cell,
    Column,
    Decoder,
    Event,
    Fact,
    FeedFormat,
    FeedLine,
    Figure,
    FloorSnapshot,
    Metric,
    Needs,
    Notice,
    Panel,
    RejectLine,
    Report,
    Row,
    Scope,
    Span,
    Table,
    Topic,
    Unit,
    View,
    events,
)
from floorwatch.conformance import check_format, check_metric, check_panel, check_report, check_rule, examine_format
from floorwatch.conformance.claims import FormatClaim, PanelClaim
from floorwatch.conformance.panels import examine_panel

LIBRARY = """
import time
from pathlib import Path

STARTED = time.time()
ITSELF = Path(__file__).read_text()

def lines():
    return len(Path(__file__).read_text().splitlines())

def now():
    return time.time()
"""


class UsesLibraries(Panel):
    """Imports where it is used, as the guide asks for; both read files of their own."""

    name = "uses-libraries"
    title = "Uses libraries"

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        zone = import_module("dateutil.tz").gettz("Europe/Berlin")
        return Notice(f"{datetime.fromtimestamp(floor.at, zone):%H:%M}, {import_module('a_library').lines()} lines")


class AsksALibraryForTheTime(Panel):
    """This one is not honest."""

    name = "asks-a-library"
    title = "Asks a library"

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Notice(f"{import_module('a_library').now() > 0}")


class DrawsFromASeed(Panel):
    """The same moment, the same advice."""

    name = "seeded"
    title = "Advice"

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Notice(random.Random(int(floor.at)).choice(["Drink some water.", "Stand up for a while."]))


class RemembersWhatItComputed(Panel):
    """A memo is no state: the same floor gives the same view."""

    name = "memo"
    title = "Memo"
    needs = Needs(topics=frozenset({Topic.AGENTS}))

    def __init__(self) -> None:
        self._last: tuple[Any, View] = (None, Notice("Nobody."))

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        if self._last[0] != (known := tuple(floor.agents.items())):
            self._last = (known, Notice(f"{len(known)} agents"))
        return self._last[1]


class SortsLast(Panel):
    """What is unknown stands last, by infinity; and it logs."""

    name = "sorts-last"
    title = "Sorts last"

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        logging.getLogger("honest").info("built")
        cells = (Cell("?", sort=float("inf")), Cell("-", sort=float("-inf")))
        return Table((Column("what", "what", 6),), tuple(Row(cell.text, (cell,)) for cell in cells))


@pytest.fixture
def a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "a_library.py").write_text(LIBRARY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("a_library", None)


@pytest.mark.usefixtures("a_library")
def test_a_library_may_read_its_own_files_and_do_as_it_likes_while_it_is_imported() -> None:
    check_panel(UsesLibraries())


@pytest.mark.usefixtures("a_library")
def test_a_library_that_is_asked_for_the_time_answers_for_the_panel() -> None:
    (failed,) = examine_panel(AsksALibraryForTheTime()).failed

    assert failed.claim == PanelClaim.ALONE.value
    assert failed.where.startswith("test_honest.py:")


@pytest.mark.parametrize(
    "panel", [DrawsFromASeed(), RemembersWhatItComputed(), SortsLast()], ids=lambda each: each.name
)
def test_a_panel_may_be_unusual(panel: Panel) -> None:
    check_panel(panel)


class EveryCaller(AlertRule):
    """One alert a caller, from the entry on, held for a while; some feed's clock may be ahead of another's."""

    name = "every-caller"
    title = "Every caller"
    hold_seconds = 30.0

    def check(self, floor: FloorSnapshot, options: Any) -> Iterator[Alert]:
        for (queue, call), waiting in floor.waiting.items():
            yield Alert(f"call:{queue}/{call}", "Somebody waits.", since=waiting.entered_at)


def test_a_rule_may_take_the_feeds_word_for_when_it_began() -> None:
    check_rule(EveryCaller())


def nothing(floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(None)


def test_a_metric_may_have_no_figure_at_all() -> None:
    check_metric(Metric("nothing", "Nothing", Unit.SECONDS, "none", nothing))


class BusyWeeks(Report):
    """Weeks with more than a hundred calls: the samples have none."""

    name = "busy-weeks"
    title = "Busy weeks"

    def build(self, frames: Any, span: Span) -> Any:
        visits = frames["visits"]
        visits = visits[visits["entered_at"].between(span.start, span.end, inclusive="left")]
        weeks = visits.assign(week=visits["entered_at"] // 604_800).groupby("week", observed=True)
        table = weeks.agg(calls=("call", "size")).reset_index()
        return table[table["calls"] > 100_000]


def test_a_report_may_need_a_longer_span_than_any_sample_has() -> None:
    check_report(BusyWeeks())


class Packed(FeedFormat, Decoder):
    """STX, eight hexadecimal digits, a call's bytes as they are: no text at all."""

    name = "packed"
    title = "Packed"
    gives = frozenset({Fact.CALLS})

    def sniff(self, sample: bytes) -> float:
        return 0.9 if sample.startswith(b"\x02") else 0.0

    def decoder(self, options: dict[str, Any]) -> Decoder:
        return self

    def feed(self, line: FeedLine) -> list[Event]:
        at = self.time_of(line.raw)
        if at is None:
            raise RejectLine("no STX and time at its beginning")
        return [events.CallEntered(at, line.raw[9:].hex(), "support")]

    def time_of(self, raw: bytes) -> float | None:
        digits = raw[1:9]
        is_time = raw.startswith(b"\x02") and len(digits) == 8 and set(digits) <= set(b"0123456789abcdef")
        return float(int(digits, 16)) if is_time else None


class NeedsAZone(Packed):
    """Says what it needs, as the guide asks for."""

    name = "needs-a-zone"

    def sniff(self, sample: bytes) -> float:
        return 0.0

    def decoder(self, options: dict[str, Any]) -> Decoder:
        if "zone" not in options:
            raise ValueError("zone: missing; say in which zone its times are")
        return self


def test_lines_may_be_any_bytes() -> None:
    check_format(Packed(), b"".join(b"\x02%08x\x00\xff\xfe%c\n" % (1_773_110_400 + n, n + 20) for n in range(40)))


def test_an_option_that_nobody_gave_is_a_note_and_one_that_a_test_left_out_a_failure() -> None:
    unsaid, left_out = examine_format(NeedsAZone()), examine_format(NeedsAZone(), (), {})

    assert unsaid.passed
    assert "zone: missing" in next(check.why for check in unsaid.checks if check.claim == FormatClaim.DECODER.value)
    assert [check.claim for check in left_out.failed] == [FormatClaim.DECODER.value]
    check_format(NeedsAZone(), zone="Asia/Shanghai")
