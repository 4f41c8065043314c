"""Mappings of a floor that mostly stay as they are: each was kept once, and a later one is what differs from that.

Rules
- A base is a mapping as it was. It is told by what differs from the base before it, and what was laid once stays.
- A new one is laid once too many keys are not in the last one, or too much of what is over (`is_settled`). What changes
  all day lays none, so there are few, and of the days before today next to nothing differs.
- The order of the keys is that of the mapping: what comes earlier or later than in the base is taken out and added.
- What was put together of bases is a dict of its own; the values in it are shared, and must not be changed in place.
- Of what people entered the object itself is meant (`of_things`), of anything else what equals it: that may be counters
  which go on, so a base has copies of them.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from itertools import compress, count
from operator import is_not, ne
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

Key = TypeVar("Key")
Value = TypeVar("Value")

FEW = 256
"""What may differ of a small mapping; of a large one an eighth."""

BASES_AT_HAND = 8
"""Bases of one mapping that are kept put together: some for each day of a week."""


class Differs(Struct, Generic[Key, Value], frozen=True):
    """A mapping as what differs from the base of this number (0: from nothing): places of keys that are gone, places of
    keys with another value, further keys in order; then all values, first those of `changed`, then those of `keys`."""

    base: int = 0
    gone: Sequence[int] = ()
    changed: Sequence[int] = ()
    keys: Sequence[Key] = ()
    values: Sequence[Value] = ()


class Base(Generic[Key, Value]):
    """A mapping as it was, and which key has which place in it."""

    def __init__(self, items: dict[Key, Value]) -> None:
        self.items = items
        self.keys = list(items)

    def after(self, differs: Differs[Key, Value]) -> dict[Key, Value]:
        """The mapping that differs so. Raises LookupError for places and keys that are not there, ValueError where
        there are not as many values."""
        items = self.items.copy()
        keys = self.keys
        for place in differs.gone:
            del items[keys[place]]
        items.update(zip([*map(keys.__getitem__, differs.changed), *differs.keys], differs.values, strict=True))
        return items

    def differs(self, number: int, now: Mapping[Key, Value], *, of_things: bool) -> Differs[Key, Value]:
        """What differs in `now`; this is the base of this number."""
        keys, values, known = list(now), list(now.values()), len(self.keys)
        if keys[:known] != self.keys:
            return self._moved(number, now, of_things=of_things)
        others = map(is_not if of_things else ne, values, self.items.values())
        changed = list(compress(count(), others))
        found = [*map(values.__getitem__, changed), *values[known:]]
        return Differs(number, (), changed, keys[known:], found)

    def _moved(self, number: int, now: Mapping[Key, Value], *, of_things: bool) -> Differs[Key, Value]:
        """The same where keys are gone, or stand in another order: ten times as slow, and rare."""
        place_of = dict(zip(self.keys, count(), strict=False))
        is_other = is_not if of_things else ne
        last, stays, changed, fresh = -1, set[int](), list[tuple[int, Value]](), list[tuple[Key, Value]]()
        for key, value in now.items():
            place = place_of.get(key)
            if place is None or place < last:
                fresh.append((key, value))
                last = len(self.keys)  # whatever comes after it is added after it
                continue
            last = place
            stays.add(place)
            if is_other(value, self.items[key]):
                changed.append((place, value))
        return Differs(
            number,
            [place for place in range(len(self.keys)) if place not in stays],
            [place for place, _value in changed],
            [key for key, _value in fresh],
            [value for _where, value in (*changed, *fresh)],
        )


class Line(Generic[Key, Value]):
    """The bases of one mapping."""

    def __init__(self, laid: Iterable[Differs[Key, Value]] = ()) -> None:
        self.laid = list(laid)
        """What each base differs in from the one before it."""
        self._at_hand: OrderedDict[int, Base[Key, Value]] = OrderedDict()

    def base(self, number: int) -> Base[Key, Value]:
        """The base of this number, put together from the nearest before it that is at hand. Raises LookupError."""
        if not 0 <= number <= len(self.laid):
            raise LookupError(f"base {number} of {len(self.laid)}")
        found = self._at_hand.get(number)
        if found is None:
            nearest = max((each for each in self._at_hand if each < number), default=0)
            found = self._at_hand.get(nearest) or Base({})
            for differs in self.laid[nearest:number]:
                found = Base(found.after(differs))
            self._at_hand[number] = found
            if len(self._at_hand) > BASES_AT_HAND:
                self._at_hand.popitem(last=False)
        self._at_hand.move_to_end(number)
        return found


class Bases:
    """The bases of all mappings, by name; `few` is what may always differ. Driven by one thread."""

    def __init__(self, few: int = FEW) -> None:
        self._few = few
        self._lines: dict[str, Line[Any, Any]] = {}

    def lengths(self) -> dict[str, int]:
        """How many there are of each mapping that has any."""
        return {name: len(line.laid) for name, line in self._lines.items() if line.laid}

    def after(self, name: str, number: int) -> Sequence[Differs[Any, Any]]:
        """The bases of this mapping after so many."""
        return self._lines[name].laid[number:] if name in self._lines else ()

    def add(self, name: str, laid: Collection[Differs[Any, Any]]) -> None:
        """Further bases of a mapping, as they were laid elsewhere."""
        self._line(name).laid.extend(laid)

    def upto(self, lengths: Mapping[str, int]) -> "Bases":
        """The first of them, so many of each mapping: for a floor that goes on from there by itself."""
        made = Bases(self._few)
        made._lines = {name: Line(line.laid[: lengths.get(name, 0)]) for name, line in self._lines.items()}
        return made

    def differs(
        self,
        name: str,
        now: Mapping[Key, Value],
        is_settled: Callable[[Key, Value], bool],
        *,
        of_things: bool = False,
    ) -> Differs[Key, Value]:
        """What differs in this mapping from its last base; from a new one, where that was to be laid."""
        line = self._line(name)
        number = len(line.laid)
        base = line.base(number)
        found = base.differs(number, now, of_things=of_things)
        drift = len(found.gone) + len(found.keys)
        changed = map(base.keys.__getitem__, found.changed)
        if drift + sum(map(is_settled, changed, found.values)) <= self._few + len(now) // 8:
            return found
        line.laid.append(found if of_things else replace(found, values=[*map(copy, found.values)]))
        return line.base(number + 1).differs(number + 1, now, of_things=of_things)

    def whole(self, name: str, differs: Differs[Key, Value]) -> dict[Key, Value]:
        """The mapping that differs so from its base. Raises LookupError and ValueError where there is no such."""
        return self._line(name).base(differs.base).after(differs)

    def _line(self, name: str) -> Line[Any, Any]:
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = Line()
        return line
