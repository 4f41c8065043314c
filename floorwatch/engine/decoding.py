"""From a feed's line to its events, and from there into the floor: steps 2 and 3 of the path of a datum.

Rules
- A line that its decoder refuses, or fails on, is counted with the reason, and the rest goes on.
- With a `site`, queues, calls and agents carry it in front ("north/support"): two switches may use the same words.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.feeds.shapes import Decoder as FormatDecoder
from floorwatch.feeds.shapes import FeedHealth, FeedLine, RejectLine
from floorwatch.model.events import DocumentGone, DocumentRead, DocumentRefused, Event
from floorwatch.model.floor import Floor

SITED = ("queue", "call", "agent")
OF_DOCUMENTS = (DocumentRead, DocumentRefused, DocumentGone)


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

    def decode(self, line: FeedLine) -> Decoded:
        """The events of the line, or the reason why there are none. Never raises."""
        try:
            events = self._decoder.feed(line)
            found = events if isinstance(events, tuple) else tuple(events)
        except RejectLine as refusal:
            return self._refused(line, str(refusal))
        except Exception as error:  # noqa: BLE001  # a decoder is plugin code: one that fails costs its line and nothing else
            return self._refused(line, f"the decoder failed: {type(error).__name__}")
        if self._site:
            found = tuple(sited(event, self._site) for event in found)
        return Decoded(line.feed, line.received_at, found, None, line)

    def _refused(self, line: FeedLine, reason: str) -> Decoded:
        self._health.reject(reason, line.offset, line.raw)
        return Decoded(line.feed, line.received_at, (), reason, line)


def fold(floor: Floor, decoded: Decoded) -> None:
    """Fold one line's worth, or the events of an entry without a line, into the floor."""
    if decoded.line is not None:
        floor.take(decoded.feed, decoded.received_at, decoded.events, decoded.rejected)
        return
    for event in decoded.events:
        floor.apply(event, decoded.feed)


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
