"""A recording, or any timeline, read like a feed: what lies before the floor time of each drain is given, once."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from floorwatch.feeds.shapes import FeedHealth


class Stamped(Protocol):
    """Anything with a time of receipt."""

    @property
    def received_at(self) -> float:
        """Floor time, epoch seconds UTC; never decreases along a timeline."""
        ...


Entry = TypeVar("Entry", bound=Stamped)


class Replay(Generic[Entry]):
    """The feed of a timeline. Driven by a clock that somebody else moves."""

    def __init__(self, entries: Iterable[Entry], name: str, on_end: Callable[[float], None]) -> None:
        """`on_end` is told the time of the last entry when there is no other."""
        self.name = name
        self.health = FeedHealth(name, state="ok")
        self._entries: Iterator[Entry] = iter(entries)
        self._on_end = on_end
        self._next = next(self._entries, None)
        self._now = float("-inf")

    @property
    def next_at(self) -> float | None:
        """When the next entry is due; None at the end."""
        return None if self._next is None else self._next.received_at

    @property
    def caught_up(self) -> bool:
        """Whether everything up to the last drain's time has been given."""
        return self._next is None or self._next.received_at > self._now

    def drain(self, now: float, limit: int = 4096) -> list[Entry]:
        """Entries that are due at `now`, at most `limit`, in order."""
        self._now = now
        given: list[Entry] = []
        while self._next is not None and self._next.received_at <= now and len(given) < limit:
            given.append(self._next)
            self._next = next(self._entries, None)
        self.health.lines += len(given)
        if given and self._next is None:
            self.health.state = "ended"
            self._on_end(given[-1].received_at)
        return given

    def close(self) -> None:
        """Nothing is held open."""
