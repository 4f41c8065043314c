"""Whoever follows a log on the stage: a feed that is drained by hand, and a live floor that is driven by hand."""

import asyncio
from collections.abc import Mapping
from typing import Any

from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.intake import BATCH_LINES
from floorwatch.engine.live import SystemTime
from floorwatch.engine.opening import live_feed
from floorwatch.engine.recorder import past_lines
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.session_feeds import SessionFeeds
from floorwatch.engine.shows import Shows
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.feeds.backfill import merge_backfill
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.feeds.wake import NoWake, Wake
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import Clock
from floorwatch.model.entities import Fact
from floorwatch.model.events import WatchBegan
from floorwatch.settings import FeedSettings

_MOST_DRAINS = 10_000
"""At one moment: a feed that has not caught up by then never will."""


class Followed:
    """A feed as `watch` opens it. `lines` is all that it gave; `woken` how often it asked to be looked at."""

    def __init__(self, house: House, wanted: FeedSettings, clock: Clock, wake: Wake) -> None:
        self._clock = clock
        self.woken = 0
        self.feed = live_feed(house, FileSource(wake), "queue_log", wanted, clock.now(), self._wake).feed
        self.lines: list[bytes] = []
        self.beat()

    @property
    def health(self) -> FeedHealth:
        """What it read and skipped."""
        return self.feed.health

    def drain(self, limit: int = BATCH_LINES) -> list[bytes]:
        """Look now, until it has caught up: the lines that came."""
        came: list[bytes] = []
        for _drain in range(_MOST_DRAINS):
            came += [line.raw for line in self.feed.drain(self._clock.now(), limit)]
            if self.feed.caught_up:
                self.lines += came
                return came
        raise AssertionError(f"it never catches up: {self.health}")

    def beat(self) -> None:
        """Look now."""
        self.drain()

    def close(self) -> None:
        """Let go."""
        self.feed.close()

    def _wake(self) -> None:
        self.woken += 1


class Watched:
    """A live floor as `watch --headless` runs it, without its threads: the feeds are drained in turn when time passes,
    their lines decoded, folded by the station, and the rules asked on their grid."""

    def __init__(self, house: House, wanted: Mapping[str, FeedSettings], clock: Clock) -> None:
        self._clock = clock
        self._runner = asyncio.Runner()
        self._lanes = Lanes(monotonic)
        self._hand_over = HandOver()
        files, now = FileSource(NoWake()), clock.now()
        self._feeds = [live_feed(house, files, name, each, now, lambda: None) for name, each in wanted.items()]
        self._decoders = {feed.name: feed.decoder for feed in self._feeds}
        ruling = Ruling(rules_asked(house), self._lanes, house.settings.alerts.every_seconds)
        floor = house.floor(frozenset[Fact]().union(*(feed.gives for feed in self._feeds)))
        time = SystemTime(clock)
        self.station = Station(floor, self._hand_over, time, ruling, Shows([], self._lanes, monotonic))
        self.station.has_leapt = time.has_leapt
        self.station.on_watch = lambda: None  # what a process does once for its day would cost each test
        self._begin()

    @property
    def health(self) -> Mapping[str, FeedHealth]:
        """What each feed read and skipped."""
        return {feed.name: feed.feed.health for feed in self._feeds}

    def beat(self) -> None:
        """Look at every feed now, until it has caught up, and fold what came."""
        now = self._clock.now()
        for feed in self._feeds:
            for _drain in range(_MOST_DRAINS):
                lines = feed.feed.drain(now, BATCH_LINES)
                self._give(Batch(feed.name, decode_all(lines, self._decoders), now))
                if feed.feed.caught_up:
                    break

    def state(self) -> dict[str, Any]:
        """The state now, in the shape of `floorwatch state --json`."""
        return state_of_floor(self.station.look(), self.health)

    def header(self) -> str:
        """What the header says of its only feed: a sign and a word."""
        feeds = SessionFeeds(lambda: list(self.health.values()), lambda: (), {}, is_followed=True)
        (word,) = feeds.words(self.station.look(), self._clock.now(), is_opening=False)
        return f"{word.glyph} {word.word}"

    def close(self) -> None:
        """Let go."""
        for feed in self._feeds:
            feed.feed.close()
        self._lanes.close()
        self._runner.close()

    def _begin(self) -> None:
        now = self._clock.now()
        past = list(merge_backfill([past_lines(feed, self._clock) for feed in self._feeds]))
        self._give(Batch("", decode_all(past, self._decoders), now, opening=True))
        self._give(Batch("", [Decoded("", now, (WatchBegan(now),))], now, opening=True))

    def _give(self, batch: Batch) -> None:
        self._hand_over.put(batch)
        self._runner.run(self._settle())

    async def _settle(self) -> None:
        while await self.station.advance():
            pass
