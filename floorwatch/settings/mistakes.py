"""What is wrong with a configuration file, said to the person who can mend it: file, line, key, what, what to do.

Loaded only when something is wrong.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct

from floorwatch.settings.keys import KEYS, NAME, dotted, key_at, names_at, tables_with
from floorwatch.settings.lines import key_lines
from floorwatch.settings.toml_text import toml_text
from floorwatch.settings.values import KeyPath
from floorwatch.text import inert
from floorwatch.words import _

LONGEST_VALUE = 60
"""Characters of a wrong value that a message repeats."""


class Mistake(Struct, frozen=True):
    """A place in the file and a sentence about it."""

    path: KeyPath
    sentence: str


def messages(found: Iterable[Mistake], file: Path, text: str) -> tuple[str, ...]:
    """The mistakes as lines to print, in the order of the file."""
    lines = key_lines(text)
    placed = [(_line_of(mistake.path, lines), mistake) for mistake in found]
    placed.sort(key=lambda item: item[0] or 0)
    return tuple(
        inert(f"{file}{f':{line}' if line else ''}: {dotted(mistake.path)}: {mistake.sentence}")
        for line, mistake in placed
    )


def mistake_of(error: Any) -> Mistake:
    """What pydantic found, in our words; `error` is one of its `errors()`."""
    path: KeyPath = tuple(part for part in error["loc"] if part != "[key]")
    kind = str(error["type"])
    if kind == "value_error":
        return Mistake(path, str(error["ctx"]["error"]))
    if kind == "extra_forbidden":
        return Mistake(path, unknown(path))
    if kind not in _SENTENCES:
        return Mistake(path, str(error["msg"]))
    value = toml_text(error["input"])
    if len(value) > LONGEST_VALUE:
        value = value[: LONGEST_VALUE - 1] + "…"
    sentence = _SENTENCES[kind]().format(value=value, table=f"[{dotted(path)}]", **error.get("ctx", {}))
    key = None if kind == "dict_type" else key_at(path)
    if key is None:
        return Mistake(path, sentence)
    return Mistake(path, _("{sentence}; write for example {line}").format(sentence=sentence, line=key.line(path)))


# Called, not looked up, so that the words are those of the language chosen by then.
_SENTENCES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("is missing"),
    "string_type": lambda: _("must be text in quotes, not {value}"),
    "float_type": lambda: _("must be a number, not {value}"),
    "int_type": lambda: _("must be a whole number, not {value}"),
    "bool_type": lambda: _("must be true or false, not {value}"),
    "list_type": lambda: _("must be a list, not {value}"),
    "dict_type": lambda: _("must be a table, not {value}; write {table} on a line of its own and its keys below"),
    "finite_number": lambda: _("must be a finite number, not {value}"),
    "greater_than": lambda: _("must be more than {gt:g}, not {value}"),
    "greater_than_equal": lambda: _("must be at least {ge:g}, not {value}"),
    "less_than_equal": lambda: _("must be at most {le:g}, not {value}"),
    "literal_error": lambda: _("must be {expected}, not {value}"),
    "too_short": lambda: _("must not be empty"),
    "string_too_short": lambda: _("must not be empty"),
}


def unknown(path: KeyPath) -> str:
    """That nothing of that name may stand there, and what may."""
    name = str(path[-1])
    known = names_at(path[:-1])
    if close := get_close_matches(name.lower().replace("-", "_"), known, n=1):
        return _("is not known here; did you mean {name}?").format(name=close[0])
    if elsewhere := ", ".join(tables_with(name)):
        return _("is not known here; it belongs in {tables}").format(tables=elsewhere)
    if (*path[:-1], NAME) in KEYS:
        said = _("is not known here; known are {names}, and tables of their own such as {table}")
        return said.format(names=", ".join(known), table=f"[{dotted(path)}]")
    return _("is not known here; known are {names}").format(names=", ".join(known))


def _line_of(path: KeyPath, lines: dict[KeyPath, int]) -> int | None:
    """The line of the key, or of the nearest table around it."""
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), None)
