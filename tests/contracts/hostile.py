"""Text that nobody should write, in every field in which text may stand; and what nothing that comes out may hold."""

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import cycle
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from floorwatch.text import whole_inert

NUMBER = "5550007714"
"""A caller's. It may not come out, nor the digits of it but the last two."""
SEEN = "sèen"
"""A word in each hostile text: what shows it was not simply left out."""

TEXTS = (
    f"{SEEN}\x1b[2J\x1b[31m\x1b]0;owned\x07\x1bP1$r\x1b\\x",
    f"{SEEN}\x9b31m\x9d0;t\x9c\x90q\x85\x00\x08\x7f",
    f"{SEEN} [bold red]x[/] [@click=app.quit]y[/] [link=https://example.org]z[/] [/]",
    f"{SEEN}\u202egnp\u2066z\u2069\u200f\u061c",
    f"{SEEN}\u200b\u200c\u200d\ufeff\u2060\u00ad\u180e",
    f"{SEEN}\u0301\u0308\u20dd\u0bbe\u0f71" + "\u0336" * 300,
    f"{SEEN}👨\u200d👩\u200d👧\ufe0f👍🏽🇨🇳" + "\u200d👩" * 40,
    f"{SEEN}\ud800\udbff\udfff",
    f"{SEEN}\r\nline\nforged|line\u2028and\u2029more\x0b\x0c",
    f"=HYPERLINK(1){SEEN}|' /C calc'!A0",
    f"@SUM(1+1){SEEN}",
    f"\t+1{SEEN}\t=2",
    f" -2+3{SEEN}",
    f"<b>{SEEN}</b>&amp;<script>|`*_|\\|",
    "长" * 40 + SEEN,
    f"{SEEN}\U000e0041\ufff9\uffff\ufdd0\u115f\u3164",
    SEEN + "x" * 1_000_000,
)


class Texts:
    """The hostile texts, one after the other."""

    def __init__(self) -> None:
        self._next = cycle(TEXTS)

    def __call__(self) -> str:
        """The next one."""
        return next(self._next)


NUMBERS: Mapping[str, float] = {
    "start": 0.0,
    "end": 7200.0,
    "step_seconds": 600.0,
    "width": 9,
    "now": 1800.0,
    "lines": 4,
}
"""Of fields that must fit together; any other number is 1."""


def filled(kind: Any, text: Texts, field: str = "") -> Any:  # noqa: PLR0911  # one for each kind of type
    """A value of this type in which every text is hostile."""
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        return kind(**{each.name: filled(each.type, text, each.name) for each in fields})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if kind is bool:
        return True
    if kind in (int, float):
        return kind(NUMBERS.get(field, 1))
    if kind is str:
        return text()
    if origin in (Union, UnionType):
        return filled(next(part for part in parts if part is not NoneType), text, field)
    if origin is tuple and parts[-1] is Ellipsis:
        return tuple(filled(each, text, field) for each in _kinds(parts[0]))
    if origin is tuple:
        return tuple(filled(each, text, field) for each in parts)
    return {text(): text()}  # a mapping of text to text


def _kinds(kind: Any) -> Iterator[Any]:
    """One of each where there are several, and of text as many as there are hostile ones."""
    if isinstance(kind, str) or type(kind).__name__ == "ForwardRef":
        return
    if get_origin(kind) in (Union, UnionType):
        yield from (part for part in get_args(kind) if part is not NoneType)
    else:
        yield from [kind] * (len(TEXTS) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else 1)


def alive(text: str) -> list[str]:
    """The lines of what came out in which something could act, cannot be seen, or takes other cells than its own."""
    return [line[:200] for line in text.split("\n") if whole_inert(line) != line]


def tells_number(text: str) -> bool:
    """Whether more of the caller's number is in it than its last two digits."""
    return NUMBER[2:-2] in text
