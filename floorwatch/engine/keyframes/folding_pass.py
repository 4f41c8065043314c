"""The first pass over a recording: everything is folded once, and kept so that nobody needs to fold it from the start.

Rules
- Memory holds the floor with its history, and the entries of one span.
- An entry whose time steps back, which no recorder writes, is kept with the time of the one before: the order is that
  of the file, as everywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.entries import entries_bytes, reading_bytes
from floorwatch.engine.keyframes.frame import frame_of
from floorwatch.engine.keyframes.rows import lengths_of, rows_after
from floorwatch.engine.keyframes.shapes import FRAME_EVERY
from floorwatch.engine.keyframes.strips import FoldedStrip
from floorwatch.engine.keyframes.writer import KeyframesWriter
from floorwatch.engine.watch_began import begins_watch
from floorwatch.model.floor import Floor
from floorwatch.model.readings import Readings
from floorwatch.model.targets import FloorRules


class Folded(Struct, frozen=True):
    """What the pass came to: where the entries stand, how many there are, the time of the last one, how many frames;
    and the entry from which on the rules are asked, by number and time (None: none)."""

    spans: Sequence[Place]
    entries: int
    until: float
    frames: int
    watched: tuple[int, float] | None


class FoldingPass:
    """Folds entries into an empty floor and writes what becomes of it. `share` gives how much of all the work is done
    once the entry that ends at this offset of the recording is."""

    def __init__(self, floor: Floor, rules: FloorRules, writer: KeyframesWriter, share: Callable[[int], float]) -> None:
        self._floor = floor
        self._writer = writer
        self._share = share
        self._strip = FoldedStrip(floor, rules)
        self._readings = Readings()
        self._span: list[Decoded] = []
        self._lengths = lengths_of(floor.history)
        self._spans: list[Place] = []
        self._folded = self._frames = self._offset = 0
        self._watched: tuple[int, float] | None = None
        self._is_watched_told = False

    def run(self, entries: Iterable[Decoded], told: Callable[[float], None]) -> Folded:
        """Fold all of it. Raises KeyframesError, and whatever the entries or `told` raise."""
        at = 0.0
        for entry in never_back(entries):
            at = entry.received_at
            self._fold(entry)
            if len(self._span) == FRAME_EVERY:
                self._write_span(then_frame=True)
                told(self._share(self._offset))
        if self._span:
            self._write_span(then_frame=False)
        self._writer.write(Place(Kind.FOLDED, self._folded, self._folded, at, at, self._share(self._offset)))
        return Folded(self._spans, self._folded, at, self._frames, self._watched)

    def _fold(self, entry: Decoded) -> None:
        self._strip.fold(entry)
        if self._watched is None and begins_watch(entry):
            self._watched = self._folded, entry.received_at
        if entry.line is not None:
            self._offset = entry.line.offset
        self._span.append(entry)
        self._folded += 1

    def _write_span(self, *, then_frame: bool) -> None:
        span, self._span = self._span, []
        write = self._writer.write
        first, until = self._folded - len(span), span[-1].received_at
        place = Place(Kind.ENTRIES, first, self._folded, span[0].received_at, until, self._share(self._offset))
        frame = frame_of(self._floor, self._readings) if then_frame else b""
        for number, reading in self._readings.take_new():
            write(replace(place, kind=Kind.READING), reading_bytes(number, reading))
        write(replace(place, kind=Kind.ROWS), rows_after(self._floor.history, self._lengths))
        write(replace(place, kind=Kind.STRIP), self._strip.take())
        self._spans.append(write(place, entries_bytes(span)))
        self._tell_watched()
        if then_frame:
            write(Place(Kind.FRAME, self._folded, self._folded, until, until, place.share), frame)
            self._frames += 1
        self._lengths = lengths_of(self._floor.history)

    def _tell_watched(self) -> None:
        if self._watched is not None and not self._is_watched_told:
            number, at = self._watched
            self._writer.write(Place(Kind.WATCHED, number, number, at, at, self._share(self._offset)))
            self._is_watched_told = True


def never_back(entries: Iterable[Decoded]) -> Iterator[Decoded]:
    """The entries, none of them before the one that it follows."""
    last: float | None = None
    for entry in entries:
        if last is not None and entry.received_at < last:
            yield replace(entry, received_at=last)
        else:
            last = entry.received_at
            yield entry
