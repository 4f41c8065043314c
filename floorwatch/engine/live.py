"""A live session: the system clock, feeds that grow, and what was there before the watch began.

Rules
- What people entered is folded first, so that whoever enters something meanwhile meets it: how entries and lines
  interleave cannot matter (`fold_support`), and clocks that are apart would mix them wrongly. Then the past of all
  feeds, merged by event time; then the mark `WatchBegan`; then what comes, by receipt.
- Documents are read by the threads of their feeds from the beginning, and the past of the lines waits for them, but not
  for ever: a format that hangs costs its document, and never the floor.
- A feed whose format or source, a guest's, does not come back is given up, in its past (`guests_past`) as later
  (`guest_intakes`): its health says why, and everything else of the day is read.
- A journal that cannot be read keeps nobody from watching.
- The day to compare with is read last, when everything else has begun (`weekday`), and so begins the recording that is
  kept of this day (`day_recorder`).
- Feeds are opened at once, so that a mistake is said before the screen opens; they are read in threads.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from floorwatch.engine.day_recorder import DayRecorder, Rest
from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.feed_watch import Place
from floorwatch.engine.feeds_noted import Noted
from floorwatch.engine.guest_intakes import GuestIntakes
from floorwatch.engine.guests_past import GuestPast
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, rules_asked, slots_of
from floorwatch.engine.intake import BATCH_LINES, Intake
from floorwatch.engine.keeper import Keeper, keeper_of
from floorwatch.engine.night import Night
from floorwatch.engine.opening import OpenFeed, live_feed
from floorwatch.engine.recorder import past_lines, while_it_works
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.session import Session, Source
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import MOST_BACK_SECONDS, SystemClock, monotonic
from floorwatch.engine.weekday import WeekdayReader
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import Clock
from floorwatch.model.entities import Fact
from floorwatch.model.events import WatchBegan, WeekdayRead
from floorwatch.model.floor import Floor
from floorwatch.settings import FeedSettings
from floorwatch.words import _, title_of

JOURNAL_SECONDS = 5.0
"""How long the day waits for the journal; what comes later is folded when it comes."""

MOST_AHEAD_SECONDS = 60.0
"""Where more than this has passed since the last look, the clock was set, or the machine slept or was stopped: nobody
asks what would have been an alert in between. A busy machine never takes so long from one look to the next."""

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
        day_recorder: DayRecorder,
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
        self._guests = GuestIntakes(feeds, self._intakes)
        self._weekday = compare(self._compared)
        self._day_recorder = day_recorder
        self._opening = threading.Thread(target=self._read_past, name="opening", daemon=True)
        self._ended = threading.Event()

    def begin(self) -> None:
        """Begin to read."""
        for name in self._documents:
            self._intakes[name].start()
        self._opening.start()

    def end(self) -> None:
        """Ask every thread to end, which lets go of the feeds. Waits for the recording alone, and not for long."""
        self._ended.set()
        for intake in self._intakes.values():
            intake.stop()
        self._weekday.stop()
        self._day_recorder.stop()

    def look_after_guests(self) -> None:
        """Give up what does not come back; to be called once a second at least, on the loop."""
        self._guests.look(monotonic())

    def wake(self, name: str) -> None:
        """There may be something to drain in this feed; callable from any thread."""
        self._intakes[name].wake()

    def _read_past(self) -> None:
        self._keeper.wait_for_past(JOURNAL_SECONDS)
        self._wait_for_documents(monotonic() + DOCUMENT_SECONDS)
        pasts = {feed.name: GuestPast(feed, past_lines(feed, self._clock)) for feed in self._lines if feed.is_guest}
        decoders = {**self._decoders, **pasts}
        lines = merge_backfill([self._past_of(feed, pasts.get(feed.name)) for feed in self._lines])
        while not self._ended.is_set() and (chunk := list(islice(lines, BATCH_LINES))):
            self._hand_over.put(Batch("", decode_all(chunk, decoders), chunk[-1].received_at, opening=True))
        now = self._clock.now()
        self._hand_over.put(Batch("", [Decoded("", now, (WatchBegan(now),))], now, opening=True))
        for feed in self._lines:
            if feed.name not in pasts or not pasts[feed.name].is_given_up:
                self._intakes[feed.name].start()  # one that was asked to end lets go of its feed, and that is all
        if self._ended.is_set():
            return
        self._weekday.start()
        self._day_recorder.start()

    def _past_of(self, feed: OpenFeed, guests: GuestPast | None) -> Iterator[FeedLine]:
        lines = past_lines(feed, self._clock) if guests is None else guests.lines_while_it_works()
        return while_it_works(feed, lines)

    def _compared(self, read: WeekdayRead) -> None:
        """What there is to compare with comes like a line: as of now."""
        self._day_recorder.compare(read)
        now = self._clock.now()
        self._hand_over.put(Batch("", [Decoded("", now, (read,))], now))

    def _wait_for_documents(self, until: float) -> None:
        for name in self._documents:
            self._intakes[name].wait_for_past(max(0.0, until - monotonic()))


class SystemTime:
    """Floor time of a live floor: everything up to now has come, or will be stamped later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked_at: float | None = None

    def known(self) -> float:
        """Now."""
        return self._clock.now()

    def has_leapt(self) -> bool:
        """Whether the clock was set, or nobody looked for long, since this was asked last: once a second, at least."""
        before, now = self._looked_at, self._clock.now()
        self._looked_at = now
        return before is not None and not -MOST_BACK_SECONDS <= now - before <= MOST_AHEAD_SECONDS

    def complete(self, source: str, to: float) -> None:
        """Of no interest to a live floor."""


def live_session(
    house: House, wanted: Mapping[str, FeedSettings], rest: Rest | None = None, clock: Clock | None = None
) -> Session:
    """A session over these feeds; `rest` is how whoever reads in the background waits (None: by the host's clock),
    `clock` tells floor time (None: the machine's). Raises FeedError and SettingsError."""
    clock = SystemClock() if clock is None else clock
    hand_over, lanes, time = HandOver(), Lanes(monotonic), SystemTime(clock)
    files, keeper = FileSource(), keeper_of(house.journal_url)
    watching: list[Watching] = []
    feeds = [
        live_feed(house, files, name, each, clock.now(), partial(_wake, watching, name))
        for name, each in wanted.items()
    ]
    compare = partial(WeekdayReader, house, wanted, clock, rest=rest)
    day_recorder = DayRecorder(house, wanted, clock, rest)
    watching.append(Watching(feeds, clock, hand_over, keeper, compare, day_recorder))
    floor = house.floor(frozenset[Fact]().union(*(feed.gives for feed in feeds)))
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    station = Station(floor, hand_over, time, ruling, Shows(slots_of(house), lanes, monotonic))
    station.has_leapt = time.has_leapt
    night, noted = Night(house.rules.days), Noted()

    def passed(floor: Floor, now: float) -> None:
        watching[0].look_after_guests()
        night.look(floor, now)
        noted.look(_health(feeds), station.shows.slots)

    source = Source(
        clock,
        watching[0].begin,
        partial(_health, feeds),
        lambda: _("LIVE"),
        may_ring=True,
        keeper=keeper,
        beside=day_recorder.health,
        places={feed.name: Place(wanted[feed.name].path, title_of(feed.read_as.format)) for feed in feeds},
        end=partial(_end, watching[0], lanes),
        on_pass=passed,
    )
    return Session(house, station, lanes, source)


def _end(watching: Watching, lanes: Lanes) -> None:
    watching.end()
    lanes.close()


def _wake(watching: Sequence[Watching], name: str) -> None:
    for each in watching:
        each.wake(name)


def _health(feeds: Sequence[OpenFeed]) -> Sequence[FeedHealth]:
    return [feed.feed.health for feed in feeds]
