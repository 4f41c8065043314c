"""Indexed tapes for tests: a recording with its keyframes, whole or block by block, and what a tape shows."""

from pathlib import Path

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.file import KeyframesFile
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.keyframes.shapes import Building, Opened, Tape
from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.timeline import timeline_of
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings
from tests.engine.small_floor import house_in
from tests.keyframes.small_recording import fingerprint, recording

CALLS, PAST = 900, 300


class Hand:
    """A building that somebody else does by hand."""

    def __init__(self, problem: str = "") -> None:
        self.problem = problem
        self.started = self.stopped = 0

    def start(self) -> None:
        """Note it."""
        self.started += 1

    def stop(self) -> None:
        """Note it."""
        self.stopped += 1


class Kept:
    """A recording whose keyframes were built once, aside: to be put beside it whole, or block by block."""

    def __init__(self, folder: Path) -> None:
        self.path = recording(folder / "day.floorlog", CALLS, past=PAST)
        self.place = place_of(self.path)
        aside = folder / "aside"
        build(house_in("UTC"), self.path, aside)
        file = KeyframesFile(aside, fingerprint(self.path))
        self.blocks = [(place, file.read(place)) for place in file.refresh()]
        file.close()
        self.whole = aside.read_bytes()

    def of(self, kind: Kind) -> list[Place]:
        """The blocks of this kind, in order."""
        return [place for place, _data in self.blocks if place.kind is kind]

    def lent(self, folder: Path) -> "Kept":
        """The same for a copy of the recording, which may be changed."""
        copy: Kept = object.__new__(Kept)
        copy.path = folder / "day.floorlog"
        copy.path.write_bytes(self.path.read_bytes())
        copy.place, copy.blocks, copy.whole = place_of(copy.path), self.blocks, self.whole
        return copy


def tape_of(kept: Kept, building: Building | None = None) -> IndexedTape:
    return IndexedTape(house_in("UTC"), kept.path, building)


def plain_of(path: Path) -> PlainTape:
    house = house_in("UTC")
    return PlainTape(timeline_of(house, {"day": FeedSettings(str(path))}))


def shown(tape: Tape, at: float) -> FloorSnapshot:
    """The floor at a moment, opened and folded there."""
    opened = tape.open_at(at)
    for entry in opened.entries:
        if entry.received_at > at:
            break
        fold(opened.floor, entry)
    return opened.floor.snapshot(at)


def bare(entry: Decoded) -> tuple[object, ...]:
    """What of an entry the fold reads."""
    backfill = entry.line is not None and entry.line.backfill
    return entry.feed, entry.received_at, tuple(entry.events), entry.rejected, entry.line is None, backfill


def bares(opened: Opened) -> list[tuple[object, ...]]:
    return [bare(entry) for entry in opened.entries]


def moments(tape: Tape) -> list[float]:
    first, last = tape.span
    return [first - 1, first, first + 0.5, *(first + (last - first) * part / 9 for part in range(10)), last, last + 99]
