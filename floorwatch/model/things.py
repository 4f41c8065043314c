"""What people entered and where they were, numbered as it came: a kept floor names such things by number.

Rules
- Of each kind the numbers count from 0, and a number once given stays. A thing is the object itself, not what equals
  it: undoing asks whether what stands there is what an entry left.
- Nothing is gathered until somebody asks: a floor that is never kept remembers nothing for it.
- What was put in a book and replaced before the next gathering has no number, unless an entry can still undo it.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from floorwatch.computed import computed_once
from floorwatch.model.duty import Assignment, Excuse, HandMark, Leave, Spell, Swap, Told
from floorwatch.model.support import Acknowledgement, Help, Incident, Note, Returned, Snooze, Visit, Walk

DONE = "done"
SPELLS = "spells"

VALUES: Mapping[str, type] = MappingProxyType(
    {
        "helps": Help,
        "notes": Note,
        "visit_log": Visit,
        "walks": Walk,
        "incidents": Incident,
        "returned": Returned,
        "acknowledged": Acknowledgement,
        "snoozed": Snooze,
        "leaves": Leave,
        "swaps": Swap,
        "assignments": Assignment,
        "told": Told,
        "marks": HandMark,
        "excuses": Excuse,
        SPELLS: Spell,
    }
)
"""What the things of each kind are: the stores of the books by name, and the spells; `DONE` is made of such things."""

KEYS: Mapping[str, Any] = MappingProxyType({"told": tuple[str, str], "returned": tuple[str, str, float]})
"""What the keys of a kind are, where they are not words."""

Item: TypeAlias = tuple[Any, Any]
"""A key and the thing that stands under it; "" for what stands under none."""


class Kind:
    """The things of one kind, each with its key."""

    def __init__(self, keys: Sequence[Any] = (), values: Sequence[Any] = ()) -> None:
        self.keys = list(keys)
        self.values = list(values)
        self._number_of: dict[int, int] = {}
        """By the identity of a value, which `values` keeps alive; made when it is asked for."""

    def __len__(self) -> int:
        return len(self.values)

    def add(self, keys: Iterable[Any], values: Iterable[Any]) -> None:
        """Further things, as many of both."""
        self.keys.extend(keys)
        self.values.extend(values)

    def fresh(self, keys: Iterable[Any], values: Collection[Any]) -> list[Item]:
        """Those things that have no number, each once. Mostly there are none: ten thousand are looked at in a
        millisecond."""
        known = self._known()
        if all(map(known.__contains__, map(id, values))):
            return []
        found = {id(value): (key, value) for key, value in zip(keys, values, strict=False) if id(value) not in known}
        return list(found.values())

    def gather(self, keys: Iterable[Any], values: Collection[Any]) -> None:
        """Give each of these things a number that has none; keys may be more."""
        if fresh := self.fresh(keys, values):
            self.add(*zip(*fresh, strict=True))

    def numbers(self, values: Iterable[Any]) -> "array[int]":
        """The numbers of these, all of which were gathered."""
        return array("I", map(self._known().__getitem__, map(id, values)))

    def number(self, value: Any) -> int | None:
        """The number of this one; None for nothing."""
        return None if value is None else self._known()[id(value)]

    def items(self, numbers: Sequence[int]) -> Iterator[Item]:
        """The things of these numbers with their keys. Raises IndexError for one that was not given."""
        return zip(map(self.keys.__getitem__, numbers), map(self.values.__getitem__, numbers), strict=True)

    def _known(self) -> dict[int, int]:
        known = self._number_of
        for number in range(len(known), len(self.values)):
            known[id(self.values[number])] = number
        return known


class Things:
    """The things of all kinds, and the ids of all entries."""

    def __init__(self) -> None:
        self.sources: Sequence[Source] = ()
        self._of: tuple[Things, Mapping[str, int], int] | None = None
        """Whose first things these are, how many of each kind, and of the ids: copied once somebody asks, which whoever
        only looks at a moment never does."""
        self._number_of: dict[str, int] = {}
        self._numbered = 0

    @computed_once
    def kinds(self) -> dict[str, Kind]:
        """The things by kind."""
        if self._of is None:
            return {name: Kind() for name in (*VALUES, DONE)}
        of, lengths, _ids = self._of
        return {
            name: Kind(kind.keys[: lengths.get(name, 0)], kind.values[: lengths.get(name, 0)])
            for name, kind in of.kinds.items()
        }

    @computed_once
    def ids(self) -> list[str]:
        """The ids of all entries, in the order in which they came."""
        if self._of is None:
            return []
        of, _lengths, ids = self._of
        return of.ids[:ids]

    def lengths(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {name: len(kind) for name, kind in self.kinds.items()}

    def upto(self, lengths: Mapping[str, int], ids: int) -> "Things":
        """The first of them, so many of each kind and of the ids: for a floor that goes on from there by itself."""
        made = Things()
        made._of = self, lengths, ids
        return made

    def number_of(self, entry: str) -> int | None:
        """How many ids came before this one; None where it has not come."""
        ids, known = self.ids, self._number_of
        for number in range(self._numbered, len(ids)):
            known.setdefault(ids[number], number)
        self._numbered = len(ids)
        return known.get(entry)

    def gather(self) -> None:
        """Give a number to everything that stands anywhere and has none."""
        for source in self.sources:
            source.give(self)

    def gather_ids(self, seen: Mapping[str, None], before: int) -> None:
        """The ids of all entries up to now, which are those of `seen` and so many before them: none was taken from
        among those that were gathered before."""
        self.ids.extend(islice(seen, len(self.ids) - before, None))


class Source(Protocol):
    """Where things stand."""

    def give(self, things: Things) -> None:
        """Have all of them gathered."""
        ...
