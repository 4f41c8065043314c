"""Mappings of a floor as bytes: each as what differs from a base, field by field.

Rules
- What is read is checked against the types of keys and values: nothing else comes of bytes that are broken, or a
  stranger's.
- What people entered, and presences that ended, are written as their numbers: they stand in the file once (`rows`).
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from floorwatch.engine.keyframes.packing import Packing, numbers, same_length, steps
from floorwatch.model.bases import Differs
from floorwatch.model.counts import AgentCounts, QueueCounts
from floorwatch.model.duty import Presence, Spell
from floorwatch.model.entities import Agent, EndedTalk, Membership
from floorwatch.model.live import KeptLive
from floorwatch.model.presence import KeptPresences, Running
from floorwatch.model.support import Support
from floorwatch.model.support_book import AMONG, KeptSupport
from floorwatch.model.things import SPELLS, Things

Value = TypeVar("Value")
Columns = TypeVar("Columns")

_ENCODER = Encoder()
_AGENTS, _PLACES = Packing(Agent, without=("queues", "last_talk")), Packing(Membership)
_ENDED_TALKS = Packing(EndedTalk)
_PERIODS = Decoder(tuple[list[str], list[int | float]])
_WORDS = Decoder(list[str])
_STEPS = Decoder(list[int])


class _Differs(Struct, frozen=True, array_like=True):
    """What differs, places as steps."""

    base: int
    gone: list[int]
    changed: list[int]
    keys: bytes
    values: bytes


_DECODER = Decoder(_Differs)


class _Form(Protocol):
    """How keys and values of a mapping are written, both of them, and read again."""

    def written(self, keys: Sequence[Any], values: Sequence[Any], things: Things) -> tuple[bytes, bytes]: ...

    def read(self, keys: bytes, values: bytes, changed: int, things: Things) -> tuple[Sequence[Any], Sequence[Any]]: ...


def differs_bytes(name: str, differs: Differs[Any, Any], things: Things) -> bytes:
    """What differs in the mapping of this name; its things were gathered."""
    keys, values = _FORMS[name].written(differs.keys, differs.values, things)
    return _ENCODER.encode(_Differs(differs.base, steps(differs.gone), steps(differs.changed), keys, values))


def differs_of(name: str, data: bytes, things: Things) -> Differs[Any, Any]:
    """What `differs_bytes` wrote. Raises DecodeError, and LookupError for another mapping, and for things that are not
    there."""
    read = _DECODER.decode(data)
    changed = numbers(read.changed)
    keys, values = _FORMS[name].read(read.keys, read.values, len(changed), things)
    return Differs(read.base, numbers(read.gone), changed, keys, values)


def standing(live: KeptLive) -> Mapping[str, Differs[Any, Any]]:
    """All such mappings of a floor by name, in this order."""
    return {
        "agents": live.agents,
        "last_talk": live.last_talk,
        "interval_counts": live.interval_counts,
        "agent_counts": live.agent_counts,
        "running": live.presences.running,
        "ended": live.presences.ended,
        **live.support.stores,
    }


def presences_of(found: Mapping[str, Differs[Any, Any]]) -> KeptPresences:
    """Presences among these mappings. Raises KeyError where they are not."""
    return KeptPresences(found["running"], found["ended"])


def support_of(found: Mapping[str, Differs[Any, Any]], last_asked_at: float, *, is_mixed: bool) -> KeptSupport:
    """The book of seat support among these mappings. Raises KeyError where it is not."""
    return KeptSupport({name: found[name] for name in Support.__struct_fields__}, last_asked_at, is_mixed)


# --- forms -----------------------------------------------------------------------------------------------------------


class _Named(Generic[Value]):
    """Values by a word."""

    def __init__(self, packed: Callable[[Sequence[Value]], bytes], unpacked: Callable[[bytes], list[Value]]) -> None:
        self._packed = packed
        self._unpacked = unpacked

    def written(self, keys: Sequence[Any], values: Sequence[Any], _things: Things) -> tuple[bytes, bytes]:
        return _ENCODER.encode(list(keys)), self._packed(values)

    def read(self, keys: bytes, values: bytes, _changed: int, _things: Things) -> tuple[Sequence[Any], Sequence[Any]]:
        return _WORDS.decode(keys), self._unpacked(values)


class _OfPeriods(_Named[Value]):
    """Counters, by whose they are and the beginning of a period."""

    def written(self, keys: Sequence[Any], values: Sequence[Any], _things: Things) -> tuple[bytes, bytes]:
        return _ENCODER.encode(([of for of, _start in keys], [start for _of, start in keys])), self._packed(values)

    def read(self, keys: bytes, values: bytes, _changed: int, _things: Things) -> tuple[Sequence[Any], Sequence[Any]]:
        of, starts = _PERIODS.decode(keys)
        return list(zip(of, starts, strict=True)), self._unpacked(values)


class _Entered:
    """What people entered of one kind: the key is known by the number."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def written(self, _keys: Sequence[Any], values: Sequence[Any], things: Things) -> tuple[bytes, bytes]:
        return b"", _ENCODER.encode(steps(things.kinds[self._kind].numbers(values)))

    def read(self, _keys: bytes, values: bytes, changed: int, things: Things) -> tuple[Sequence[Any], Sequence[Any]]:
        kind, of = things.kinds[self._kind], numbers(_STEPS.decode(values))
        return list(map(kind.keys.__getitem__, of[changed:])), list(map(kind.values.__getitem__, of))


class _EnteredOf(_Entered):
    """What people entered of one kind, by the agent whom it is about. To ask a thousand of them takes a millisecond."""

    def written(self, keys: Sequence[Any], values: Sequence[Any], things: Things) -> tuple[bytes, bytes]:
        _none, of = super().written(keys, values, things)
        return _ENCODER.encode(list(keys)), of

    def read(self, keys: bytes, values: bytes, changed: int, things: Things) -> tuple[Sequence[Any], Sequence[Any]]:
        _entries, found = super().read(keys, values, changed, things)
        return _WORDS.decode(keys), found


class _Ended:
    """The presences of each agent that ended."""

    def written(self, keys: Sequence[Any], values: Sequence[Any], things: Things) -> tuple[bytes, bytes]:
        of = things.kinds[SPELLS].numbers(chain.from_iterable(values))
        return _ENCODER.encode(list(keys)), _ENCODER.encode((list(map(len, values)), steps(of)))

    def read(self, keys: bytes, values: bytes, _changed: int, things: Things) -> tuple[Sequence[Any], Sequence[Any]]:
        counts, of = _COUNTED.decode(values)
        spells: Any = map(things.kinds[SPELLS].values.__getitem__, numbers(of))
        found: list[tuple[Spell, ...]] = [tuple(islice(spells, count)) for count in counts]
        return _WORDS.decode(keys), found


_COUNTED = Decoder(tuple[list[int], list[int]])

# --- values ----------------------------------------------------------------------------------------------------------


class _Agents(Struct, frozen=True, array_like=True):
    """Agents; of each in how many queues they have a place, and whether they have had a talk."""

    agents: bytes
    places_of: list[int]
    queues: list[str]
    places: bytes
    has_talked: list[bool]
    last_talks: bytes


_AGENTS_DECODER = Decoder(_Agents)


def _agents_packed(agents: Sequence[Agent]) -> bytes:
    return _ENCODER.encode(
        _Agents(
            _AGENTS.packed(agents),
            [len(each.queues) for each in agents],
            [queue for each in agents for queue in each.queues],
            _PLACES.packed([place for each in agents for place in each.queues.values()]),
            [each.last_talk is not None for each in agents],
            _ENDED_TALKS.packed([each.last_talk for each in agents if each.last_talk is not None]),
        )
    )


def _agents_unpacked(data: bytes) -> list[Agent]:
    read = _AGENTS_DECODER.decode(data)
    places = _PLACES.unpacked(read.places)
    same_length(places, read.queues)
    placed = zip(read.queues, places, strict=True)
    queues = [dict(islice(placed, count)) for count in read.places_of]
    talks = iter(_ENDED_TALKS.unpacked(read.last_talks))
    last_talks = [next(talks, None) if talked else None for talked in read.has_talked]
    return _AGENTS.unpacked(read.agents, queues=queues, last_talk=last_talks)


class _Tuples(Generic[Columns]):
    """Tuples of one type, column by column."""

    def __init__(self, columns: type[Columns], width: int) -> None:
        self._decoder = Decoder(columns)
        self._width = width

    def packed(self, values: Sequence[tuple[Any, ...]]) -> bytes:
        return _ENCODER.encode([*zip(*values, strict=True)] or [()] * self._width)

    def unpacked(self, data: bytes) -> list[Any]:
        columns: Any = self._decoder.decode(data)
        return list(zip(*columns, strict=True))


_RUNNING = _Tuples(tuple[list[Presence], list[str | None], list[float], list[bool]], 4)
_TALKED = _Tuples(tuple[list[str], list[float]], 2)
_QUEUE_COUNTS, _AGENT_COUNTS = Packing(QueueCounts), Packing(AgentCounts)

_FORMS: Mapping[str, _Form] = MappingProxyType(
    {
        "agents": _Named(_agents_packed, _agents_unpacked),
        "last_talk": _Named[tuple[str, float]](_TALKED.packed, _TALKED.unpacked),
        "interval_counts": _OfPeriods(_QUEUE_COUNTS.packed, _QUEUE_COUNTS.unpacked),
        "agent_counts": _OfPeriods(_AGENT_COUNTS.packed, _AGENT_COUNTS.unpacked),
        "running": _Named[Running](_RUNNING.packed, _RUNNING.unpacked),
        "ended": _Ended(),
        **{name: _Entered(AMONG.get(name, name)) for name in Support.__struct_fields__},
        "visits": _EnteredOf(AMONG["visits"]),
    }
)
