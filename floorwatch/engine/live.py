"""A live session: the system clock, feeds that grow, and what was there before the watch began.

Rules
- What people entered is folded first, so that whoever enters something meanwhile meets it: how entries and lines
  interleave cannot matter (`fold_support`), and clocks that are apart would mix them wrongly. Then the past of all
  feeds, merged by event time; then the mark `WatchBegan`; then what comes, by receipt.
- Documents are read by the threads of their feeds from the beginning, and the past of the lines waits for them, but not
  for ever: a format that hangs costs its document, and never the floor.
- A journal that cannot be read keeps nobody from watching.
- The day to compare with is read last, when everything else has begun (`weekday`).
- Feeds are opened at once, so that a mistake is said before the screen opens; they are read in threads.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice

from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, rules_asked, slots_of
from floorwatch.engine.intake import BATCH_LINES, Intake
from floorwatch.engine.keeper import Keeper, keeper_of
from floorwatch.engine.opening import OpenFeed, live_feed
from floorwatch.engine.recorder import past_lines
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.session import Session, Source
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.engine.weekday import Rest, WeekdayReader
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import Clock
from floorwatch.model.entities import Fact
from floorwatch.model.events import WatchBegan, WeekdayRead
from floorwatch.settings import FeedSettings
from floorwatch.words import _

JOURNAL_SECONDS = 5.0
"""How long the day waits for the journal; what comes later is folded when it comes."""

DOCUMENT_SECONDS = 20.0
"""How long the day waits for the documents; what comes later is folded when it comes."""


class Watching:
    """The threads of a live floor: one a feed of documents, one that reads the past of all others, then one of each."""

    def __init__(
        self,
        feeds: Sequence[OpenFeed],
        clock: Clock,
        hand_over: HandOver,
        keeper: Keeper,
        compare: Callable[[Callable[[WeekdayRead], None]], WeekdayReader],
    ) -> None:
        """`compare` gives who reads the day to compare with, told whom to give it to."""
        self._lines = [feed for feed in feeds if not feed.is_of_documents]
        self._documents = [feed.name for feed in feeds if feed.is_of_documents]
        self._keeper = keeper
        self._clock = clock
        self._hand_over = hand_over
        self._decoders = {feed.name: feed.decoder for feed in feeds}
        self._intakes = {
            feed.name: Intake(feed.feed, partial(decode_all, decoders=self._decoders), clock, hand_over)
            for feed in feeds
        }
        self._weekday = compare(self._compared)
        self._opening = threading.Thread(target=self._read_past, name="opening", daemon=True)

    def begin(self) -> None:
        """Begin to read."""
        for name in self._documents:
            self._intakes[name].start()
        self._opening.start()

    def wake(self, name: str) -> None:
        """There may be something to drain in this feed; callable from any thread."""
        self._intakes[name].wake()

    def _read_past(self) -> None:
        self._keeper.wait_for_past(JOURNAL_SECONDS)
        self._wait_for_documents(monotonic() + DOCUMENT_SECONDS)
        lines = merge_backfill([past_lines(feed, self._clock) for feed in self._lines])
        while chunk := list(islice(lines, BATCH_LINES)):
            self._hand_over.put(Batch("", decode_all(chunk, self._decoders), chunk[-1].received_at, opening=True))
        now = self._clock.now()
        self._hand_over.put(Batch("", [Decoded("", now, (WatchBegan(now),))], now, opening=True))
        for feed in self._lines:
            self._intakes[feed.name].start()
        self._weekday.start()

    def _compared(self, read: WeekdayRead) -> None:
        """What there is to compare with comes like a line: as of now."""
        now = self._clock.now()
        self._hand_over.put(Batch("", [Decoded("", now, (read,))], now))

    def _wait_for_documents(self, until: float) -> None:
        for name in self._documents:
            self._intakes[name].wait_for_past(max(0.0, until - monotonic()))


class SystemTime:
    """Floor time of a live floor: everything up to now has come, or will be stamped later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def known(self) -> float:
        """Now."""
        return self._clock.now()

    def complete(self, source: str, to: float) -> None:
        """Of no interest to a live floor."""


def live_session(house: House, wanted: Mapping[str, FeedSettings], rest: Rest | None = None) -> Session:
    """A session over these feeds; `rest` is how whoever reads in the background waits (None: by the host's clock).
    Raises FeedError and SettingsError."""
    clock, hand_over, lanes = SystemClock(), HandOver(), Lanes(monotonic)
    files, keeper = FileSource(), keeper_of(house.journal_url)
    watching: list[Watching] = []
    feeds = [
        live_feed(house, files, name, each, clock.now(), partial(_wake, watching, name))
        for name, each in wanted.items()
    ]
    compare = partial(WeekdayReader, house, wanted, clock, rest=rest)
    watching.append(Watching(feeds, clock, hand_over, keeper, compare))
    floor = house.floor(frozenset[Fact]().union(*(feed.gives for feed in feeds)))
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    station = Station(floor, hand_over, SystemTime(clock), ruling, Shows(slots_of(house), lanes, monotonic))
    source = Source(clock, watching[0].begin, partial(_health, feeds), lambda: _("LIVE"), may_ring=True, keeper=keeper)
    return Session(house, station, lanes, source)


def _wake(watching: Sequence[Watching], name: str) -> None:
    for each in watching:
        each.wake(name)


def _health(feeds: Sequence[OpenFeed]) -> Sequence[FeedHealth]:
    return [feed.feed.health for feed in feeds]
