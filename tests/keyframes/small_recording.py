"""What the tests of keyframes stand on: small recordings, and files of keyframes with a few blocks of nothing much."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.file import KeyframesFile
from floorwatch.engine.keyframes.fingerprint import Fingerprint, header_of
from floorwatch.engine.keyframes.writer import KeyframesWriter
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.events import WatchBegan
from tests.engine.small_floor import QUEUE_LOG, START, house_in

BLOCKS = (
    (Place(Kind.ROWS, 0, 3, START, START + 2, 0.1), b"rows" * 50),
    (Place(Kind.ENTRIES, 0, 3, START, START + 2, 0.2), b"entries" * 40),
    (Place(Kind.FRAME, 3, 3, START + 2, START + 2, 0.3), bytes(range(256))),
    (Place(Kind.FOLDED, 3, 3, START + 2, START + 2, 0.5), b""),
    (Place(Kind.ASKED, 3, 3, START + 2, START + 2, 1.0), b""),
)
"""A small file, whole."""


def lines_of_calls(calls: int, start: float = START) -> Iterable[tuple[float, bytes]]:
    """Calls to the queue "support", one every ten seconds, each answered after five and over after eight."""
    for number in range(calls):
        at = start + 10 * number
        yield at, b"%d|%d.1|support|NONE|ENTERQUEUE||1%04d|1" % (at, number, number)
        yield at + 5, b"%d|%d.1|support|SIP/%d|CONNECT|5|x|2" % (at + 5, number, 100 + number % 7)
        yield at + 8, b"%d|%d.1|support|SIP/%d|COMPLETEAGENT|5|3|1" % (at + 8, number, 100 + number % 7)


def recording(path: Path, calls: int = 20, *, past: int = 0, watched: bool = True) -> Path:
    """A recording of so many calls, the first `past` lines of which were there before it began."""
    writer = RecordingWriter(path, "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
    lines = list(lines_of_calls(calls))
    for at, raw in lines[:past]:
        writer.append(FeedLine("queue_log", at, 0, raw, backfill=True))
    if watched:
        began = lines[past - 1][0] if past else START
        writer.append(RecordedEvent("", began, WatchBegan(began)))
    for at, raw in lines[past:]:
        writer.append(FeedLine("queue_log", at, 0, raw))
    writer.close()
    return path


def grown(path: Path, calls: int) -> None:
    """Let the recording go on with so many calls more."""
    with path.open("ab") as file:
        for at, raw in lines_of_calls(calls, START + 10_000):
            file.write(b'{"received_at":%.1f,"feed":"queue_log","line":"%b"}\n' % (at, raw))


def fingerprint(path: Path) -> Fingerprint:
    """What keyframes of this recording are made from, in a house without settings."""
    return header_of(house_in("UTC"), path)


def written(path: Path, of: Fingerprint, blocks: Sequence[tuple[Place, bytes]] = BLOCKS) -> list[Place]:
    """Write these blocks; where they are."""
    writer = KeyframesWriter(path, of)
    places = [writer.write(place, data) for place, data in blocks]
    writer.close()
    return places


def all_read(path: Path, of: Fingerprint) -> list[tuple[Kind, bytes]]:
    """Everything that can be read of the file now. Raises KeyframesError."""
    file = KeyframesFile(path, of)
    try:
        return [(place.kind, file.read(place)) for place in file.refresh()]
    finally:
        file.close()
