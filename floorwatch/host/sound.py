"""Values of a plugin held against the types that they are declared with: msgspec looks at none when they are made.

Rules
- Slow and deep: for what is checked by hand, and for what has failed already.
- It ends, whatever it is given: things nested in themselves, things without an end.
"""

import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from itertools import islice
from math import isfinite, isinf
from reprlib import Repr
from typing import Any

from msgspec import Struct

from floorwatch.words import _

MOST_TOLD = 3
MOST_DEEP = 50
MOST_LOOKED_AT = 200_000
"""Values that are looked at: a thing that holds itself twice, forty deep, has more of them than there is time."""

ENDLESS = frozenset({"sort"})
"""Fields in which infinity means something: first or last of all."""

LONGEST_SHOWN = 40
_SHORT = Repr()
_SHORT.maxother = _SHORT.maxstring = LONGEST_SHOWN


class Step(Struct, frozen=True):
    """One step into a thing: the field, the place in it where it holds several (None: it holds one), what is there."""

    field: str
    at: object
    value: object


class Flaw(Struct, frozen=True):
    """A value of a wrong type: the steps to it, and what is wrong, to be read behind its name ("is 5: ...").

    `is_list`: a list where a tuple belongs, which can be read like one. `is_key`: a key in a mapping.
    """

    trail: tuple[Step, ...]
    wrong: str
    is_list: bool = False
    is_key: bool = False


def unsound(value: object, name: str) -> list[str]:
    """What is wrong with the fields of a Struct, and of those in it, as sentences; the first few."""
    return [f"{_path(flaw, name)} {flaw.wrong}" for flaw in islice(flaws_of(value), MOST_TOLD)]


def flaws_of(value: object) -> Iterator[Flaw]:
    """Everything that is wrong with the fields of a Struct, and of those in it, in their order."""
    return _Search().struct(value, ())


def wrong_value(value: object, wanted: str) -> str:
    """What is wrong with a value that is of another type than the one wanted."""
    return _("is {value}, of type {found}: write {wanted}").format(
        value=_shown(value), found=type(value).__name__, wanted=wanted
    )


def _path(flaw: Flaw, name: str) -> str:
    for step in flaw.trail:
        name += f".{step.field}" if step.at is None else f".{step.field}[{step.at!r}]"
    return _("a key of {name}").format(name=name) if flaw.is_key else name


@lru_cache
def _hints_of(struct: type[Struct]) -> dict[str, tuple[Any, frozenset[type]]]:
    """The fields of a Struct with what they are declared as, and the types of which any value is sound there."""
    hints = typing.get_type_hints(struct)
    return {field: (hints[field], frozenset(_sound_types(hints[field]))) for field in struct.__struct_fields__}


def _sound_types(hint: Any) -> Iterator[type]:
    """Most values are of one of these, which costs a tenth of a closer look."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        for kind in typing.get_args(hint):
            yield from _sound_types(kind)
    elif hint in (str, bool, int, type(None)) or (isinstance(hint, type) and issubclass(hint, Enum)):
        yield hint


class _Search:
    """One look through one thing."""

    def __init__(self) -> None:
        self._left = MOST_LOOKED_AT

    def struct(self, value: object, trail: tuple[Step, ...]) -> Iterator[Flaw]:
        """The flaws of its fields."""
        if not isinstance(value, Struct):
            return
        if len(trail) > MOST_DEEP:
            yield Flaw(trail[:1], _("is nested more than {most} deep").format(most=MOST_DEEP))
            return
        for field, (hint, sound_types) in _hints_of(type(value)).items():
            held = getattr(value, field)
            if type(held) not in sound_types:
                yield from self._unfit(held, hint, trail, Step(field, None, None))

    def _unfit(self, value: object, hint: Any, trail: tuple[Step, ...], step: Step) -> Iterator[Flaw]:
        self._left -= 1
        origin = typing.get_origin(hint)
        if hint is Any or hint is object or self._left < 0:
            return
        here = (*trail, Step(step.field, step.at, value))
        if origin in (typing.Union, types.UnionType):
            yield from self._unfit_union(value, typing.get_args(hint), trail, step)
        elif origin is tuple:
            yield from self._unfit_tuple(value, typing.get_args(hint), trail, step.field)
        elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            yield from self._unfit_mapping(value, typing.get_args(hint), origin, trail, step.field)
        elif origin is not None:
            return
        elif not _is_a(value, hint):
            yield Flaw(here, wrong_value(value, _type_word(hint)))
        elif isinstance(value, float) and not isfinite(value) and not (isinf(value) and step.field in ENDLESS):
            yield Flaw(here, _("is {value}: write a number, or None where it has none").format(value=value))
        else:
            yield from self.struct(value, here)

    def _unfit_union(
        self, value: object, kinds: tuple[Any, ...], trail: tuple[Step, ...], step: Step
    ) -> Iterator[Flaw]:
        for kind in kinds:
            plain = typing.get_origin(kind) or kind
            if (value is None and kind is type(None)) or (isinstance(plain, type) and _is_a(value, plain)):
                yield from () if value is None else self._unfit(value, kind, trail, step)
                return
        wanted = _(" or ").join(_type_word(kind) for kind in kinds[:4])
        yield Flaw((*trail, Step(step.field, step.at, value)), wrong_value(value, wanted))

    def _unfit_tuple(
        self, value: object, kinds: tuple[Any, ...], trail: tuple[Step, ...], field: str
    ) -> Iterator[Flaw]:
        here = (*trail, Step(field, None, value))
        if not isinstance(value, tuple):
            yield Flaw(here, wrong_value(value, "tuple"), is_list=isinstance(value, list))
        if not isinstance(value, tuple | list):
            return
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            kinds = (kinds[0],) * len(value)
        elif len(kinds) != len(value):
            said = _("has {found} values: write {wanted}")
            yield Flaw(here, said.format(found=len(value), wanted=len(kinds)))
            return
        for place, (each, kind) in enumerate(zip(value, kinds, strict=True)):
            yield from self._unfit(each, kind, trail, Step(field, place, None))

    def _unfit_mapping(
        self, value: object, kinds: tuple[Any, ...], origin: type, trail: tuple[Step, ...], field: str
    ) -> Iterator[Flaw]:
        here = (*trail, Step(field, None, value))
        if not isinstance(value, Mapping) or (origin is dict and not isinstance(value, dict)):
            yield Flaw(here, wrong_value(value, "dict"))
            return
        for key, each in value.items():
            for flaw in self._unfit(key, kinds[0], trail, Step(field, None, None)):
                yield Flaw(here, flaw.wrong, is_key=True)
            yield from self._unfit(each, kinds[1], trail, Step(field, key, None))


def _is_a(value: object, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is None or kind is type(None):
        return value is None
    return not isinstance(kind, type) or isinstance(value, kind)


def _shown(value: object) -> str:
    """A value in a few characters. Short before it is made: a list may be long, and hold itself."""
    try:
        shown = repr(value) if isinstance(value, int | float | None) else _SHORT.repr(value)
    except Exception:  # noqa: BLE001  # plugin code: a `__repr__`; and Python writes no number of 5,000 digits
        return f"<{type(value).__name__}>"
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"


def _type_word(kind: Any) -> str:
    if kind is type(None) or kind is None:
        return "None"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"{kind.__name__}.{next(iter(kind)).name}"
    return getattr(kind, "__name__", str(kind))
