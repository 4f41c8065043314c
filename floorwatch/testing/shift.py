"""A shift played: what was loaded and what was said, folded in the order of time through the real floor.

Rules
- A run goes forward only; an earlier moment, or another word said, needs a new run from the beginning.
- Rules that are asked are asked on the host's own grid, and what they find is held and raised by the host's own book.
- What a sentence makes happen is kept as a decoded line, so that a replay and the app play the very same shift.
"""

from collections.abc import Mapping, Sequence
from math import inf

from msgspec import Struct

from floorwatch.engine.alerting import EVERY_SECONDS, AlertBook, grid_instants
from floorwatch.engine.asking import AskedRule
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing.declared import alerts_of
from floorwatch.testing.floors import Part, added
from floorwatch.testing.mistakes import MisfitError
from floorwatch.testing.scene import DoesNotFitError, Scene, Sentence
from floorwatch.testing.wall import Wall

FEED = "shift"
"""The feed by which sentences come onto the floor."""


class Script(Struct, frozen=True, eq=False):
    """All that a run plays: what was loaded, what was said, what was put beside it, and who is asked."""

    loaded: Sequence[Decoded]
    said: Sequence[Sentence]
    parts: tuple[Part, ...]
    rules: Sequence[AskedRule]
    known: People
    wall: Wall

    def in_order(self) -> list[Decoded | Sentence]:
        """By time; of one time, what was loaded first, then what was said, each in its own order."""
        return sorted([*self.loaded, *self.said], key=_time_of)


class Run:
    """A script on its way through a floor."""

    def __init__(self, script: Script, floor: Floor) -> None:
        self.floor = floor
        self.played: list[Decoded] = []
        self.at = -inf
        self._script = script
        self._coming = script.in_order()
        self._next = 0
        self._book = AlertBook({rule.name: rule.hold_seconds for rule in script.rules})
        self._asked_at = _time_of(self._coming[0]) if self._coming else None

    def to(self, at: float) -> FloorSnapshot:
        """The floor at `at`, which is not before the last one asked for. Raises MisfitError."""
        if self._script.rules:
            asked_at = at - EVERY_SECONDS if self._asked_at is None else min(self._asked_at, at)
            for instant in grid_instants(asked_at, at, EVERY_SECONDS):
                self._fold_to(instant)
                self._ask(instant)
        self._fold_to(at)
        self.at = at
        return self._snapshot(at)

    def _fold_to(self, at: float) -> None:
        while self._next < len(self._coming) and _time_of(self._coming[self._next]) <= at:
            coming = self._coming[self._next]
            decoded = self._decoded(coming) if isinstance(coming, Sentence) else coming
            fold(self.floor, decoded)
            if isinstance(coming, Sentence):
                self._held_against(coming)
            self.played.append(decoded)
            self._next += 1

    def _ask(self, instant: float) -> None:
        snapshot = self._snapshot(instant)
        self._book.step(instant, {rule.name: alerts_of(rule, snapshot) for rule in self._script.rules})
        self.floor.set_alerts(self._book.active, instant)
        self._asked_at = instant

    def _snapshot(self, at: float) -> FloorSnapshot:
        return added(self.floor.snapshot(at), *self._script.parts)

    def _decoded(self, sentence: Sentence) -> Decoded:
        before = self.floor.snapshot(sentence.at)
        self._misfits = _misfits(before)
        try:
            scene = Scene(before, self._script.known, misfits=sentence.misfits, new_entry=f"entry-{self._next + 1}")
            happened: Sequence[Event] = sentence.happens(scene)
        except DoesNotFitError as why:
            raise MisfitError(self._said(sentence, str(why))) from None
        line = FeedLine(FEED, sentence.at, self._next, sentence.words.encode())
        return Decoded(FEED, sentence.at, tuple(happened), None, line)

    def _held_against(self, sentence: Sentence) -> None:
        """What the fold counted as a misfit just now is a mistake of the test, unless it said so."""
        after = _misfits(self.floor.snapshot(sentence.at))
        new = [kind for kind, count in after.items() if count > self._misfits.get(kind, 0)]
        if new and not sentence.misfits:
            raise MisfitError(self._said(sentence, f"{new[0]}; where that is meant, say at(..., misfits=True)"))

    def _said(self, sentence: Sentence, why: str) -> str:
        return f"{sentence.place}: at {self._script.wall.spelt(sentence.at)} {sentence.words}: {why}"


def _misfits(floor: FloorSnapshot) -> Mapping[str, int]:
    feed = floor.feeds.get(FEED)
    return {} if feed is None else feed.misfits


def _time_of(coming: Decoded | Sentence) -> float:
    return coming.at if isinstance(coming, Sentence) else coming.received_at
