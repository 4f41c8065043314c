"""A guest's format, decoder, source or document format that leaves or gives nonsense is named, and the feed goes on."""

import sys
from pathlib import Path

import pytest

from floorwatch.engine.decoding import LineDecoder
from floorwatch.engine.document_reading import DocumentReader
from floorwatch.engine.house import House, build_house
from floorwatch.engine.opening import OpenFeed, live_feed
from floorwatch.engine.recognising import LinesOf, format_of
from floorwatch.engine.recorder import past_lines, while_it_works
from floorwatch.extend.panel import NoOptions
from floorwatch.feeds.documents import DocumentLine
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.shapes import FeedError, FeedHealth, FeedLine
from floorwatch.model.clock import VirtualClock
from floorwatch.model.duty_events import DocumentRefused
from floorwatch.settings import FeedSettings, load_settings
from tests.engine.small_floor import START
from tests.host.drop_in_files import drop

PLUGIN = """
import itertools, sys
from floorwatch.api import DocumentFormat, FeedFormat, FeedSource, NoOptions, events, hookimpl

ENTERED = {"at": 1.7e9, "call": "c", "queue": "q"}

GIVES = {
    b"good": lambda: [events.CallEntered(**ENTERED)],
    b"leaves": lambda: sys.exit("decoder"),
    b"raises": lambda: 1 / 0,
    b"nothing": lambda: None,
    b"none": lambda: (None,),
    b"dict": lambda: [ENTERED],
    b"text": lambda: "CallEntered",
    b"time": lambda: [events.CallEntered(**ENTERED | {"at": "noon"})],
    b"nan": lambda: [events.CallEntered(**ENTERED | {"at": float("nan")})],
    b"number": lambda: [events.CallEntered(**ENTERED | {"queue": 5})],
    b"endless": lambda: (events.CallEntered(**ENTERED) for _ in itertools.count()),
}

class Lines:
    def feed(self, line):
        return GIVES[line.raw]()

class Odd(FeedFormat):
    name = "odd"
    title = "Odd"
    gives = frozenset()

    def sniff(self, sample):
        sys.exit("sniff")

    def time_of(self, raw):
        return None

    def decoder(self, options):
        return sys.exit("options") if options else Lines()

class OddDocument(DocumentFormat):
    name = "odd-document"
    title = "Odd document"
    options_type = NoOptions

    def sniff(self, document):
        sys.exit("sniff")

    def read(self, document, options):
        sys.exit("read")

class OddSource(FeedSource):
    scheme = "odd"

    def open(self, url, name, wake):
        sys.exit("open")

@hookimpl
def floorwatch_feed_formats():
    return [Odd()]

@hookimpl
def floorwatch_document_formats():
    return [OddDocument()]

@hookimpl
def floorwatch_feed_sources():
    return [OddSource()]
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house with these formats and this source."""
    folder = tmp_path / "plugins"
    folder.mkdir(mode=0o755)
    drop(folder, "mine.py", PLUGIN)
    found = build_house(load_settings(None), plugin_folders=[folder], journal="memory:")
    assert not [each.problems for each in found.catalogue.plugins if each.name == "mine" and each.problems]
    return found


NONSENSE = {
    "leaves": "the decoder failed: SystemExit",
    "raises": "the decoder failed: ZeroDivisionError",
    "nothing": "the decoder failed: TypeError",
    "none": "the decoder gave a NoneType, which is no event of floorwatch.api.events",
    "dict": "the decoder gave a dict, which is no event of floorwatch.api.events",
    "text": "the decoder gave a str, which is no event of floorwatch.api.events",
    "time": "CallEntered: `at` is not float",
    "nan": "CallEntered: `at` is not float",
    "number": "CallEntered: `queue` is not str",
    "endless": "the decoder gave more than 1,000 events",
}


@pytest.mark.parametrize("backfill", [True, False])
def test_what_a_decoder_gives_that_is_no_event_costs_its_line(house: House, backfill: bool) -> None:
    health = FeedHealth("odd")
    decoder = LineDecoder(house.catalogue.format("odd").thing.decoder({}), health)

    decoded = [
        decoder.decode(FeedLine("odd", START, number, raw.encode(), backfill))
        for number, raw in enumerate([*NONSENSE, "good"])
    ]

    assert [each.rejected for each in decoded] == [*NONSENSE.values(), None]
    assert [len(each.events) for each in decoded] == [0] * len(NONSENSE) + [1]
    assert sum(health.rejected.values()) == len(NONSENSE)


def test_a_document_format_that_leaves_costs_its_document(house: House) -> None:
    judged: list[str | None] = []
    fmt = house.catalogue.document_formats["odd-document"].thing
    reader = DocumentReader(fmt, NoOptions(), house.rules.days, lambda _line, why: judged.append(why))

    found = reader.decode(DocumentLine("odd", START, 0, b"", name="roster.odd", modified_at=START))

    (refused,) = found.events
    assert isinstance(refused, DocumentRefused)
    assert "SystemExit: read (mine.py:" in refused.why
    assert judged == [refused.why]


def test_a_format_that_leaves_while_it_is_asked_is_not_the_one(house: House, tmp_path: Path) -> None:
    log = tmp_path / "some.log"
    log.write_text("of no format\n", encoding="utf-8")

    with pytest.raises(FeedError, match="no known format"):
        format_of(house, "some", FeedSettings(str(log)))


def test_a_format_that_leaves_over_its_options_is_said_with_its_line(house: House) -> None:
    with pytest.raises(FeedError, match=r"feeds\.some: the format odd failed: SystemExit: options \(mine\.py:\d+\)"):
        format_of(house, "some", FeedSettings("some.log", "odd", options={"a": 1}))


def test_a_source_that_leaves_is_one_feed_that_cannot_be_opened(house: House) -> None:
    with pytest.raises(FeedError, match=r"odd://x: cannot be opened: SystemExit: open \(mine\.py:\d+\)"):
        live_feed(house, FileSource(), "some", FeedSettings("odd://x", "odd"), START, lambda: None)


class Past:
    """A feed that gives a line of its past, and leaves."""

    name = "odd"
    caught_up = False

    def __init__(self) -> None:
        self.health = FeedHealth("odd")
        self._lines = [[FeedLine("odd", START, 0, b"good", backfill=True)]]

    def drain(self, now: float, limit: int = 1) -> list[FeedLine]:  # noqa: ARG002  # asked for by the protocol
        return self._lines.pop() if self._lines else sys.exit("drain")

    def close(self) -> None:
        """Nothing is held."""


def test_a_feed_that_leaves_in_its_past_costs_the_others_nothing(house: House) -> None:
    fmt = house.catalogue.format("odd").thing
    feed = Past()
    opened = OpenFeed("odd", feed, LinesOf(fmt, {}), LineDecoder(fmt.decoder({}), feed.health))

    lines = list(while_it_works(opened, past_lines(opened, VirtualClock(START))))

    assert [line.raw for line in lines] == [b"good"]
    assert (feed.health.state, feed.health.reason) == ("failed", "SystemExit: drain")
