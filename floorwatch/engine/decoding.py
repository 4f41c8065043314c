"""From a feed's line to its events, and from there into the floor: steps 2 and 3 of the path of a datum.

Rules
- A line that its decoder refuses, or fails on, is counted with the reason, and the rest goes on.
- What a guest's decoder gives is read back as it would be from a recording: a value of a wrong type would end the fold,
  and with it the floor.
- With a `site`, queues, calls and agents carry it in front ("north/support"): two switches may use the same words.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.jsonl import EVENT_TYPES, decode, encode
from floorwatch.feeds.shapes import Decoder as FormatDecoder
from floorwatch.feeds.shapes import FeedHealth, FeedLine, RejectLine
from floorwatch.host.guests import guest_of
from floorwatch.model.events import DocumentGone, DocumentRead, DocumentRefused, Event
from floorwatch.model.floor import Floor

SITED = ("queue", "call", "agent")
OF_DOCUMENTS = (DocumentRead, DocumentRefused, DocumentGone)

MOST_EVENTS = 1_000
"""Events of one line that a guest may give: a generator without an end must not fill the memory."""


class Decoded(Struct, frozen=True, gc=False):
    """What one line, or one entry without a line, brought. `received_at` is floor time and orders the fold."""

    feed: str
    received_at: float
    events: Sequence[Event]
    rejected: str | None = None
    line: FeedLine | None = None

    @property
    def is_document(self) -> bool:
        """Whether it is what documents said: it has no line, and its time is that of the reading alone."""
        return self.line is None and bool(self.events) and isinstance(self.events[0], OF_DOCUMENTS)


class Decoder(Protocol):
    """What brings a feed's lines, or its documents, into events."""

    def decode(self, line: FeedLine) -> Decoded:
        """The events, or the reason why there are none. Never raises."""
        ...


class LineDecoder:
    """One feed's decoder with its counting of what it refused."""

    def __init__(self, decoder: FormatDecoder, health: FeedHealth, site: str = "") -> None:
        self._decoder = decoder
        self._health = health
        self._site = site
        self.is_guest = guest_of(decoder) is not None
        """Whether it is not of floorwatch: it may fail in ways that the others were cured of."""

    def uncounted(self) -> "LineDecoder":
        """The same decoder, for who counts what it refuses when that is asked for, and not before."""
        return LineDecoder(self._decoder, FeedHealth(self._health.name), self._site)

    def decode(self, line: FeedLine) -> Decoded:
        """The events of the line, or the reason why there are none. Never raises."""
        try:
            events = self._decoder.feed(line)
            if self.is_guest:
                found = tuple(_read_back(event) for event in _few(events))
            else:
                found = events if isinstance(events, tuple) else tuple(events)
            if found and not line.backfill:
                self._health.came_late(line.received_at - found[-1].at)
        except RejectLine as refusal:
            return self._refused(line, str(refusal))
        except FAILURES as error:  # a decoder is plugin code: one that fails costs its line and nothing else
            return self._refused(line, f"the decoder failed: {type(error).__name__}")
        if self._site:
            found = tuple(sited(event, self._site) for event in found)
        return Decoded(line.feed, line.received_at, found, None, line)

    def _refused(self, line: FeedLine, reason: str) -> Decoded:
        self._health.reject(reason, line.offset, line.raw)
        return Decoded(line.feed, line.received_at, (), reason, line)


def _few(events: Iterable[object]) -> Sequence[object]:
    found = list(islice(events, MOST_EVENTS + 1))
    if len(found) > MOST_EVENTS:
        raise RejectLine(f"the decoder gave more than {MOST_EVENTS:,} events")
    return found


def _read_back(event: object) -> Event:
    """The event as it would be read from a recording. Raises RejectLine for what is none."""
    name = type(event).__name__
    if not isinstance(event, Event) or type(event) is not EVENT_TYPES.get(name):
        raise RejectLine(f"the decoder gave a {name}, which is no event of floorwatch.api.events")
    return decode(encode(event))


def fold(floor: Floor, decoded: Decoded) -> None:
    """Fold one line's worth, or the events of an entry without a line, into the floor."""
    if decoded.line is not None:
        floor.take(decoded.feed, decoded.received_at, decoded.events, decoded.rejected)
        return
    for event in decoded.events:
        floor.apply(event, decoded.feed)


def received_by(items: Iterable[Decoded], now: float) -> list[Decoded]:
    """These, received at `now` at the latest."""
    return [item if item.received_at <= now else replace(item, received_at=now) for item in items]


def sited(event: Event, site: str) -> Event:
    """The event with the site before its queue, call and agent."""
    changed: dict[str, Any] = {}
    for name in _sited_fields(type(event)):
        word = getattr(event, name)
        if word is not None:
            changed[name] = f"{site}/{word}"
    return replace(event, **changed) if changed else event


@lru_cache
def _sited_fields(event_type: type[Event]) -> Sequence[str]:
    return [name for name in SITED if name in event_type.__struct_fields__]


def decode_all(lines: Iterable[FeedLine], decoders: Mapping[str, Decoder]) -> list[Decoded]:
    """Every line through its own feed's decoder, in order."""
    return [decoders[line.feed].decode(line) for line in lines]
