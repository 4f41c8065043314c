"""What a decoder makes of lines: for each line its events, or the reason why it was refused."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from floorwatch.feeds.lines import LineSplitter
from floorwatch.feeds.shapes import Decoder, FeedLine, RejectLine
from floorwatch.model.events import Event

RECEIVED_AT = 4_102_444_800.0
"""The turn of the year 2100: no line of a sample is from after its receipt."""

FEED = "sample"


class Refused(Struct, frozen=True):
    """The line was refused."""

    reason: str


class Answer(Struct, frozen=True):
    """A line and what was said of it."""

    line: FeedLine
    said: tuple[Event, ...] | Refused

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, none where it was refused."""
        return () if isinstance(self.said, Refused) else self.said


def sound_events(answer: Answer) -> list[Event]:
    """Those that are events at all: a decoder may give anything."""
    given: tuple[Any, ...] = answer.events
    return [event for event in given if isinstance(event, Event)]


def answer_of(decoder: Decoder, lines: Iterable[FeedLine]) -> list[Answer]:
    """What the decoder makes of the lines, in order. Raises what it raises beside RejectLine."""
    answers = []
    for line in lines:
        try:
            answers.append(Answer(line, tuple(decoder.feed(line))))
        except RejectLine as refusal:
            answers.append(Answer(line, Refused(str(refusal))))
    return answers


def lines_of(raw: Sequence[bytes]) -> list[FeedLine]:
    """These lines as a feed gives them."""
    lines, offset = [], 0
    for each in raw:
        lines.append(FeedLine(FEED, RECEIVED_AT, offset, each))
        offset += len(each) + 1
    return lines


def read_in_blocks(blocks: Iterable[bytes]) -> list[FeedLine]:
    """The lines of a file that is read in these blocks, as the host cuts them."""
    splitter = LineSplitter(lambda _reason, _offset, _raw: None)
    found = [line for block in blocks for line in splitter.feed(block)]
    return [FeedLine(FEED, RECEIVED_AT, offset, raw) for offset, raw in (*found, *splitter.finish())]
