"""Where in a plugin's files something was written, as a person names it: "my_panel.py:12", "my_panel/__init__.py:3"."""

import inspect
from pathlib import Path
from types import ModuleType

from floorwatch.text import inert

_OURS = ("builtins", "floorwatch.", "msgspec")


def short_place(file: str, line: int | None = None) -> str:
    """File and line; the file alone where no line is known."""
    path = Path(file)
    shown = f"{path.parent.name}/{path.name}" if path.name == "__init__.py" else path.name
    return inert(shown if line is None else f"{shown}:{line}")


def place_of(thing: object) -> str:
    """The place of a function or a class, that of its class for an instance, the file of a module; "" if unknown.

    Reads the source for a class: meant for what has a mistake.
    """
    if isinstance(thing, ModuleType):
        file = getattr(thing, "__file__", None)
        return short_place(file) if file else ""
    code = getattr(inspect.unwrap(thing) if inspect.isroutine(thing) else thing, "__code__", None)
    if code is not None:
        return short_place(code.co_filename, code.co_firstlineno)
    return _place_of_class(thing if isinstance(thing, type) else type(thing))


def placed(place: str, sentence: str) -> str:
    """The sentence with its place in front, where there is one."""
    return f"{place}: {sentence}" if place else sentence


def _place_of_class(written: type) -> str:
    if str(written.__module__).startswith(_OURS):
        return ""
    try:
        file = inspect.getsourcefile(written)
        return short_place(file, inspect.getsourcelines(written)[1]) if file else ""
    except (OSError, TypeError):  # made at run time, or its file has gone
        return ""
