"""The floor as guests are given it: what one of them does to it changes nobody else's figures, and is refused in words.

Rules
- Plugins that came with floorwatch share one snapshot, and what is computed of it. A guest gets one of its own, a thin
  one: mappings that refuse to be changed, around what the floor holds; counters, which can be changed, as copies that
  are made when they are looked at.
- Snapshots that a guest keeps are counted: each holds up the memory of what the floor was then.
- A guest that means harm gets round this. It is there for the `pop` and the `+=` that nobody noticed.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.computed import computed_once
from floorwatch.host.guests import is_guest, see
from floorwatch.model.entities import Agent
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.words import _

MANY_KEPT = 10
"""Snapshots of one guest that are alive: a panel that compares with the last one keeps two."""

_OF = "lent of"

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound=Struct)


class LentFloor(FloorSnapshot, frozen=True, dict=True, kw_only=True, weakref=True):
    """A snapshot that one guest has."""


class Copies(Mapping[K, V], Generic[K, V]):
    """A mapping whose values are copies, made at the first look at any of them."""

    def __init__(self, inside: Mapping[K, V], copied: Callable[[V], V]) -> None:
        self._inside = inside
        self._copied = copied

    @computed_once
    def _copies(self) -> Mapping[K, V]:
        return {key: self._copied(value) for key, value in self._inside.items()}

    def __getitem__(self, key: K) -> V:
        return self._copies[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._inside)

    def __len__(self) -> int:
        return len(self._inside)

    def __repr__(self) -> str:
        return repr(self._inside)


class _Purse:
    """What one guest was lent."""

    def __init__(self, plugin: str) -> None:
        self._plugin = plugin
        self._floor: weakref.ref[FloorSnapshot] | None = None
        self._alive: dict[int, weakref.ref[FloorSnapshot]] = {}  # a snapshot has no hash
        self._parts: dict[str, tuple[Struct, Struct]] = {}

    def lent(self, floor: FloorSnapshot) -> FloorSnapshot:
        """One for each snapshot: its panels and rules share it while one of them is at work."""
        known = None if self._floor is None else self._floor()
        if known is not None and vars(known)[_OF] is floor:
            return known
        made = self._made(floor)
        vars(made)[_OF] = floor
        number = id(made)
        self._floor = self._alive[number] = weakref.ref(made, lambda _gone: self._alive.pop(number, None))
        if len(self._alive) > MANY_KEPT:
            said = _("keeps {n} snapshots of the floor, and the memory of each")
            see(self._plugin, "kept", said.format(n=len(self._alive)))
        return made

    def _made(self, floor: FloorSnapshot) -> LentFloor:
        fields: dict[str, Any] = {name: _guarded(getattr(floor, name)) for name in floor.__struct_fields__}
        for name in ("day_counts", "interval_counts", "agent_counts"):
            fields[name] = Copies(getattr(floor, name), copy)
        fields["agents"] = Copies(floor.agents, _lent_agent)
        fields["feeds"] = Copies(floor.feeds, _with_guarded_fields)
        fields["custom"] = Copies(floor.custom, _guarded_twice)
        for name in ("support", "duty", "rules"):
            fields[name] = self._part(name, getattr(floor, name))
        return LentFloor(**fields)

    def _part(self, name: str, part: S) -> S:
        """A part that stays the same object while nothing in it changes: what is computed of it is kept with it."""
        known = self._parts.get(name)
        if known is None or known[0] is not part:
            known = self._parts[name] = (part, _with_guarded_fields(part))
        return cast("S", known[1])


def _guarded(value: Any) -> Any:
    return MappingProxyType(value) if type(value) is dict else value


def _guarded_twice(inside: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    return MappingProxyType({name: _guarded(value) for name, value in inside.items()})


def _lent_agent(agent: Agent) -> Agent:
    return replace(agent, queues=_guarded(agent.queues)) if agent.queues else agent


def _with_guarded_fields(part: S) -> S:
    mappings = {name: getattr(part, name) for name in part.__struct_fields__}
    return replace(part, **{name: _guarded(value) for name, value in mappings.items() if type(value) is dict})


_PURSES: dict[str, _Purse] = {}


def lent_to(plugin: str, floor: FloorSnapshot) -> FloorSnapshot:
    """The floor itself for a plugin that came with floorwatch, a snapshot of its own for a guest. To be called in the
    event loop's thread: guests are known for the process, and so is what they keep."""
    if not is_guest(plugin):
        return floor
    if plugin not in _PURSES:
        _PURSES[plugin] = _Purse(plugin)
    return _PURSES[plugin].lent(floor)
