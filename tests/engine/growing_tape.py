"""A tape of which a test says how far it is known: as one is whose index is being built."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from math import inf

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Alerts, Moment, Opened, Reached, Strip, Tape
from floorwatch.feeds.shapes import FeedError, FeedHealth


class GrowingTape:
    """Another tape, known up to `known`. `fails`: it cannot be opened any more; `torn_at`: nor read from there on."""

    def __init__(self, whole: Tape, known: Reached) -> None:
        self._whole = whole
        self.known = known
        self.opened: list[float] = []
        self.fails = False
        self.torn_at = inf

    @property
    def house(self) -> House:
        return self._whole.house

    @property
    def span(self) -> tuple[float, float]:
        return self._whole.span

    @property
    def begins_at(self) -> float:
        return self._whole.begins_at

    @property
    def alerts(self) -> Alerts | None:
        return self._whole.alerts

    def open_at(self, at: float) -> Opened:
        if self.fails:
            raise FeedError("the disk is gone")
        self.opened.append(at)
        folded_to = self.known.folded_to
        opened = self._whole.open_at(min(at, folded_to))
        known = takewhile(lambda entry: entry.received_at <= folded_to, opened.entries)
        return Opened(opened.floor, self._sound(known), opened.at, opened.watched_since)

    def _sound(self, entries: Iterator[Decoded]) -> Iterator[Decoded]:
        for entry in entries:
            if entry.received_at >= self.torn_at:
                raise FeedError("the disk is gone")
            yield entry

    def refresh(self) -> Reached:
        return self.known

    def health(self) -> Mapping[str, FeedHealth]:
        return self._whole.health()

    def event_after(self, at: float) -> float | None:
        if self.fails:
            raise FeedError("the disk is gone")
        found = self._whole.event_after(at)
        return None if found is None or found > self.known.folded_to else found

    def event_before(self, at: float) -> float | None:
        return self._whole.event_before(at)

    def moments(self, since: float, until: float) -> Sequence[Moment]:
        return [each for each in self._whole.moments(since, until) if each.at <= self.known.folded_to]

    def strip(self, since: float, until: float) -> Strip:
        return self._whole.strip(since, until)

    def close(self) -> None:
        self._whole.close()
