"""A text read by a feed format as the host reads a file: cut into lines, decoded, refusals kept with their reasons."""

from collections.abc import Callable
from math import inf
from typing import Any

from msgspec import Struct

from floorwatch.feeds.formats import configured
from floorwatch.feeds.lines import LineSplitter
from floorwatch.feeds.shapes import FeedFormat, FeedLine, RejectLine
from floorwatch.model.events import Event

FEED = "feed"


class Reject(Struct, frozen=True):
    """A line that was refused: its number from 1, the reason, its first bytes."""

    line: int
    reason: str
    raw: bytes


class Lines(Struct, frozen=True):
    """The events of a text in order, and the lines that were refused."""

    events: list[Event]
    rejects: list[Reject]


def read_lines(fmt: FeedFormat, text: str | bytes, options: dict[str, Any], at: float | None, clock: float) -> Lines:
    """Read the whole text with a new decoder. Lines are received at `at`; None: as a file of the past is, at the latest
    time that the lines have told so far (`clock` before the first). Raises what the format raises for its options."""
    raw = text.encode() if isinstance(text, str) else text
    rejects: list[Reject] = []

    def reject(reason: str, offset: int, line: bytes) -> None:
        rejects.append(Reject(raw.count(b"\n", 0, offset) + 1, reason, line))

    fmt = configured(fmt, options)
    decoder = fmt.decoder(options)
    splitter = LineSplitter(reject)
    received = _received(fmt, clock) if at is None else lambda _line: at
    events: list[Event] = []
    for offset, line in [*splitter.feed(raw), *splitter.finish()]:
        try:
            events += decoder.feed(FeedLine(FEED, received(line), offset, line))
        except RejectLine as refusal:
            reject(str(refusal), offset, line)
    return Lines(events, sorted(rejects, key=lambda each: each.line))


def _received(fmt: FeedFormat, clock: float) -> Callable[[bytes], float]:
    latest = -inf

    def at(line: bytes) -> float:
        nonlocal latest
        latest = max(latest, fmt.time_of(line) or -inf)
        return clock if latest == -inf else latest

    return at
