"""Values of a plugin held against the types that they are declared with: msgspec looks at none when they are made."""

import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from math import isfinite, isinf
from typing import Any

from msgspec import Struct

from floorwatch.words import _

MOST_TOLD = 3
ENDLESS = (".sort",)
"""Fields in which infinity means something: first or last of all."""


def unsound(value: object, name: str) -> list[str]:
    """What is wrong with the fields of a Struct, and of those in it, as sentences; the first few."""
    found: list[str] = []
    for sentence in _unsound(value, name):
        found.append(sentence)
        if len(found) == MOST_TOLD:
            break
    return found


def _unsound(value: object, name: str) -> Iterator[str]:
    if isinstance(value, Struct):
        for field, hint in hints_of(type(value)).items():
            yield from _unfit(getattr(value, field), hint, f"{name}.{field}")


@lru_cache
def hints_of(struct: type[Struct]) -> dict[str, Any]:
    """The fields of a Struct with their types."""
    hints = typing.get_type_hints(struct)
    return {field: hints[field] for field in struct.__struct_fields__}


def _unfit(value: object, hint: Any, name: str) -> Iterator[str]:
    origin = typing.get_origin(hint)
    if hint is Any or hint is object:
        return
    if origin in (typing.Union, types.UnionType):
        yield from _unfit_union(value, typing.get_args(hint), name)
    elif origin is tuple:
        yield from _unfit_tuple(value, typing.get_args(hint), name)
    elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        yield from _unfit_mapping(value, typing.get_args(hint), origin, name)
    elif origin is not None:
        return
    elif not _is_a(value, hint):
        yield _wrong(value, name, _type_word(hint))
    elif isinstance(value, float) and not isfinite(value) and not (isinf(value) and name.endswith(ENDLESS)):
        yield _("{name} is {value}: write a number, or None where it has none").format(name=name, value=value)
    else:
        yield from _unsound(value, name)


def _unfit_union(value: object, kinds: tuple[Any, ...], name: str) -> Iterator[str]:
    for kind in kinds:
        plain = typing.get_origin(kind) or kind
        if (value is None and kind is type(None)) or (isinstance(plain, type) and _is_a(value, plain)):
            yield from () if value is None else _unfit(value, kind, name)
            return
    yield _wrong(value, name, _(" or ").join(_type_word(kind) for kind in kinds[:4]))


def _unfit_tuple(value: object, kinds: tuple[Any, ...], name: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield _wrong(value, name, "tuple")
        return
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        for place, each in enumerate(value):
            yield from _unfit(each, kinds[0], f"{name}[{place}]")
    elif len(kinds) != len(value):
        yield _("{name} has {found} values: write {wanted}").format(name=name, found=len(value), wanted=len(kinds))
    else:
        for place, (each, kind) in enumerate(zip(value, kinds, strict=True)):
            yield from _unfit(each, kind, f"{name}[{place}]")


def _unfit_mapping(value: object, kinds: tuple[Any, ...], origin: type, name: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or (origin is dict and not isinstance(value, dict)):
        yield _wrong(value, name, "dict")
        return
    for key, each in value.items():
        yield from _unfit(key, kinds[0], _("a key of {name}").format(name=name))
        yield from _unfit(each, kinds[1], f"{name}[{key!r}]")


def _is_a(value: object, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is None or kind is type(None):
        return value is None
    return not isinstance(kind, type) or isinstance(value, kind)


def _wrong(value: object, name: str, wanted: str) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
    return _("{name} is {value}, of type {found}: write {wanted}").format(
        name=name, value=shown, found=type(value).__name__, wanted=wanted
    )


def _type_word(kind: Any) -> str:
    if kind is type(None) or kind is None:
        return "None"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"{kind.__name__}.{next(iter(kind)).name}"
    return getattr(kind, "__name__", str(kind))
