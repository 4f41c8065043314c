"""Where two values that should be equal differ, in words that lead to the line that made them."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from floorwatch.words import _

LONGEST = 60


def difference(first: object, second: object, name: str) -> str | None:
    """The first difference between two values, by its path ("view.rows[3].cells[0].text"); None when they are equal."""
    if first == second and type(first) is type(second):
        return None
    return next(_differences(first, second, name), _("{name} is equal to nothing, not even itself").format(name=name))


def _differences(first: object, second: object, name: str) -> Iterator[str]:
    if first == second and type(first) is type(second):
        return
    if isinstance(first, Struct) and type(first) is type(second):
        for field in first.__struct_fields__:
            yield from _differences(getattr(first, field), getattr(second, field), f"{name}.{field}")
    elif isinstance(first, Mapping) and isinstance(second, Mapping):
        yield from _of_mappings(first, second, name)
    elif _is_list(first) and _is_list(second) and len(first) == len(second):  # type: ignore[arg-type]  # mypy does not follow
        for place, (one, other) in enumerate(zip(first, second, strict=True)):  # type: ignore[call-overload]  # as above
            yield from _differences(one, other, f"{name}[{place}]")
    elif _is_list(first) and _is_list(second):
        said = _("{name} has {first} entries, then {second}")
        yield said.format(name=name, first=len(first), second=len(second))  # type: ignore[arg-type]  # as above
    else:
        yield _("{name} is {first}, then {second}").format(name=name, first=_shown(first), second=_shown(second))


def _of_mappings(first: Mapping[object, object], second: Mapping[object, object], name: str) -> Iterator[str]:
    for key in [*first, *(key for key in second if key not in first)]:
        if key not in first or key not in second:
            said = _("{name}[{key!r}] is gone") if key in first else _("{name}[{key!r}] is new")
            yield said.format(name=name, key=key)
        else:
            yield from _differences(first[key], second[key], f"{name}[{key!r}]")


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
