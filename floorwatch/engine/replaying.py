"""A replay session: a clock that is steered, and a timeline that is read like a feed.

Rules
- Floor time is known only up to where the timeline has been handed over: rules are asked and panels are built at that
  time, so the numbers are the same at any rate.
- A plain log knows no moment from which on it was watched: rules are asked from an hour before the replay begins.
- Going back folds the timeline again from its start: what a moment looked like does not depend on how one came to it.
- What somebody enters here goes to a journal that is gone with the session, and stands at its moment: going back and
  forth again shows it there.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.handover import HandOver
from floorwatch.engine.headless import WARM_UP_SECONDS
from floorwatch.engine.house import House, rules_asked, slots_of
from floorwatch.engine.intake import Intake
from floorwatch.engine.replay_clock import ReplayClock
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.session import Session, Source
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import Timeline, to_the_last_line
from floorwatch.feeds.replay import Replay
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.lane import Lanes
from floorwatch.model.events import WatchBegan
from floorwatch.model.floor import Floor
from floorwatch.words import _

BEAT_SECONDS = 0.05
NAME = "replay"


class ReplayTime:
    """Floor time of a replay: up to where everything has been handed over."""

    def __init__(self, at: float) -> None:
        self._at = at

    def known(self) -> float:
        """Floor time, epoch seconds UTC."""
        return self._at

    def complete(self, source: str, to: float) -> None:  # noqa: ARG002  # a replay has one source
        """Everything up to `to` has come."""
        self._at = max(self._at, to)


class Reached:
    """What the screen calls now: the replay's clock, but never a moment that the floor has not come to yet."""

    def __init__(self, clock: ReplayClock, station: Station) -> None:
        self._clock = clock
        self._station = station

    def now(self) -> float:
        """Floor time, epoch seconds UTC."""
        return min(self._clock.now(), self._station.reached())


def watched_from(entries: Iterator[Decoded], at: float) -> Iterator[Decoded]:
    """The entries with the mark `WatchBegan` before the first that is not before `at`."""
    for entry in entries:
        if entry.received_at >= at:
            yield Decoded("", entry.received_at, (WatchBegan(entry.received_at),))
            yield entry
            break
        yield entry
    yield from entries


def _when(entry: Decoded) -> float:
    return entry.received_at


class Playing:
    """The replay's hands: what the person does to its clock, and the thread that reads the timeline to it."""

    def __init__(
        self, timeline: Timeline, clock: ReplayClock, new_floor: Callable[[], Floor], span: tuple[float, float]
    ) -> None:
        """`span` is the timeline's first time and the one to begin at."""
        self._timeline = timeline
        self._clock = clock
        self._new_floor = new_floor
        self._began_at, self._start_at = span
        self._restart: Callable[[Floor, HandOver, ReplayTime], None] | None = None
        self._entered: list[Decoded] = []
        self.hand_over, self.time = HandOver(), ReplayTime(self._began_at)
        self._intake = self._new_intake()

    def serve(self, station: Station) -> None:
        """Restart this station when the person goes back."""
        self._restart = station.restart

    def on_entered(self, items: Sequence[Decoded]) -> None:
        """Remember what somebody entered at this moment of the replay."""
        self._entered.extend(items)

    def begin(self) -> None:
        """Begin to read, and let the clock run from here."""
        self._clock.move_to(self._start_at)
        self._intake.start()

    def health(self) -> Sequence[FeedHealth]:
        """The timeline's feeds."""
        return list(self._timeline.health().values())

    def label(self) -> str:
        """What the header says."""
        if self._clock.paused:
            return _("REPLAY paused")
        return _("REPLAY x{rate:g}").format(rate=self._clock.rate)

    @property
    def paused(self) -> bool:
        """Whether floor time stands still."""
        return self._clock.paused

    @property
    def rate(self) -> float:
        """Floor seconds a second."""
        return self._clock.rate

    def pause(self) -> None:
        """Let floor time stand still."""
        self._clock.pause()

    def resume(self) -> None:
        """Let floor time run on."""
        self._clock.resume()
        self._intake.wake()

    def set_rate(self, rate: float) -> None:
        """Run at this rate from now on."""
        self._clock.set_rate(rate)
        self._intake.wake()

    def step(self, seconds: float) -> None:
        """Move floor time; not before the beginning."""
        target = max(self._began_at, self._clock.now() + seconds)
        back = target < self.time.known()
        self._clock.move_to(target)
        if back:
            self._again()
        self._intake.wake()

    def end(self) -> None:
        """Read no further: nobody looks any more."""
        self._intake.stop()

    def _again(self) -> None:
        self._intake.stop()
        self.hand_over, self.time = HandOver(), ReplayTime(self._began_at)
        self._intake = self._new_intake()
        if self._restart is not None:
            self._restart(self._new_floor(), self.hand_over, self.time)
        self._intake.start()

    def _new_intake(self) -> Intake[Decoded]:
        entries = self._timeline.entries()
        if not self._timeline.was_watched:
            entries = watched_from(to_the_last_line(entries), self._start_at - WARM_UP_SECONDS)
        entries = heapq.merge(entries, sorted(self._entered, key=_when), key=_when)
        replay = Replay(entries, NAME, self._clock.end_at)
        return Intake(replay, lambda entries: entries, self._clock, self.hand_over, BEAT_SECONDS)


class Driven(Struct, frozen=True, eq=False):
    """What moves a replay when it is not the machine's time: a clock that somebody else lets run (it stands at the
    timeline's first entry), lanes that somebody else closes, and the host's patience, a monotonic clock."""

    clock: ReplayClock
    lanes: Lanes
    patience: Callable[[], float]


def replay_session(
    house: House, timeline: Timeline, at: float | None, rate: float, driven: Driven | None = None
) -> Session:
    """A session over a timeline, from `at` (its first entry when None) on."""
    first = timeline.first_at() or 0.0
    driven = driven or Driven(ReplayClock(first, monotonic, rate), Lanes(monotonic), monotonic)
    clock, lanes, patience = driven.clock, driven.lanes, driven.patience
    span = (first, first if at is None else max(first, at))
    playing = Playing(timeline, clock, lambda: house.floor(timeline.gives), span)
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    shows = Shows(slots_of(house), lanes, patience)
    station = Station(house.floor(timeline.gives), playing.hand_over, playing.time, ruling, shows, patience)
    playing.serve(station)
    shown = Reached(clock, station)
    source = Source(
        shown,
        playing.begin,
        playing.health,
        playing.label,
        may_ring=False,
        control=playing,
        on_entered=playing.on_entered,
        journal=_("notes here are not kept"),
    )
    return Session(house, station, lanes, source)
