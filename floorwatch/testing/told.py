"""A shift that was said, as the timeline of a replay and as the floor of a session: the very entries of a run."""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from floorwatch.model.entities import Fact
from floorwatch.model.events import WatchBegan
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing.floors import Part, added


class Told:
    """A timeline (`engine.timeline.Timeline`) of what a run has played, which lasts up to `until`."""

    was_watched = True
    of_documents = frozenset[str]()
    formats: Sequence[str] = ()

    def __init__(self, house: House, played: Sequence[Decoded], gives: frozenset[Fact], until: float) -> None:
        self.house = house
        self.gives = gives
        self.names = list(dict.fromkeys(entry.feed for entry in played if entry.feed))
        self._entries = [*watched(played, until), Decoded("", until, ())] if played else []

    def entries(self) -> Iterator[Decoded]:
        """Everything, in the order of the fold."""
        return iter(self._entries)

    def lines(self) -> Iterator[FeedLine]:
        """The lines of what had one."""
        return (entry.line for entry in self._entries if entry.line is not None)

    def health(self) -> Mapping[str, FeedHealth]:
        """Every feed is well."""
        return {name: FeedHealth(name, state="ok") for name in self.names}

    def first_at(self) -> float | None:
        """Time of the first entry."""
        return self._entries[0].received_at if self._entries else None

    def last_at(self) -> float | None:
        """Time up to which it lasts."""
        return self._entries[-1].received_at if self._entries else None


def watched(played: Sequence[Decoded], at: float) -> list[Decoded]:
    """The entries behind the mark from which on rules are asked: at the first of them, at `at` where there is none."""
    first = played[0].received_at if played else at
    return [Decoded("", first, (WatchBegan(first),)), *played]


class FloorWithParts(Floor):
    """A floor on whose snapshots parts stand too that no event tells of."""

    parts: tuple[Part, ...] = ()

    def snapshot(self, now: float) -> FloorSnapshot:
        """The floor at `now`, and the parts."""
        return added(super().snapshot(now), *self.parts)
