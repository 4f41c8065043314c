"""The options of a declared thing: a mapping from the settings made into its own type, every mistake said at once."""

import difflib
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from functools import partial
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields, replace

from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.host.guests import guest_of
from floorwatch.host.patience import PATIENCE_SECONDS, within
from floorwatch.text import inert
from floorwatch.words import _


def options_for(options_type: type[Struct], given: Mapping[str, Any], where: str = "") -> Struct | tuple[str, ...]:
    """The options, or a sentence for each mistake, which names its key after `where` ("panels.queue-status")."""
    prefix = f"{where}." if where else ""
    known = {field.encode_name: field for field in fields(options_type)}
    mistakes = [prefix + _unknown(key, list(known)) for key in given if key not in known]
    mistakes += [prefix + wrong for field in known.values() if (wrong := _wrong(field, given, where)) is not None]
    if mistakes:
        return tuple(mistakes)
    try:
        made = partial(msgspec.convert, dict(given), options_type, strict=True)
        options: Struct = made() if guest_of(options_type) is None else within(PATIENCE_SECONDS, made)
        return options
    except FAILURES as error:  # plugin code: the type's own __post_init__ looks at the values together
        said = inert(str(error)) if isinstance(error, msgspec.ValidationError) else Failure.of(error).reason
        return (f"{where or options_type.__name__}: {said}",)


def can_turn(options: Struct, name: str) -> bool:
    """Whether the option `name` is an enum."""
    return bool(name) and isinstance(getattr(options, name, None), Enum)


def next_options(options: Struct, name: str) -> Struct | None:
    """The options with the next value of the enum `name`, the first one behind the last; those that the type itself
    refuses are passed over. None where it is no enum, or there is no other."""
    if not can_turn(options, name):
        return None
    value: Enum = getattr(options, name)
    values = list(type(value))
    at = values.index(value)
    for following in (*values[at + 1 :], *values[:at]):
        with suppress(*FAILURES):  # plugin code: the type's own __post_init__ looks at the values together
            return replace(options, **{name: following})
    return None


def _wrong(field: FieldInfo, given: Mapping[str, Any], where: str) -> str | None:
    key = field.encode_name
    if key not in given:
        has_default = field.default is not NODEFAULT or field.default_factory is not NODEFAULT
        return None if has_default else _missing(key, where)
    try:
        msgspec.convert(given[key], field.type, strict=True)
    except msgspec.ValidationError as error:
        return f"{key}: {inert(str(error))}"
    return None


def _missing(key: str, where: str) -> str:
    if not where:
        return _("{key}: missing, and it has no default").format(key=key)
    return _("{key}: missing, and it has no default; write it under [{table}]").format(key=key, table=where)


def _unknown(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    if near:
        return _("{key}: there is no such option; did you mean {near}?").format(key=key, near=near[0])
    if not known:
        return _("{key}: there is no such option; it takes none").format(key=key)
    return _("{key}: there is no such option; there are {known}").format(key=key, known=", ".join(known))
