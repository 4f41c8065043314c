"""What is wrong with a view that could not be shown, in the words of whoever wrote it.

Slow and deep: it is asked after something failed, or before a person fills something in; never on the way of every
view to the screen.
"""

from collections.abc import Callable, Mapping, Sequence

from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.host.sound import Flaw, Step, flaws_of, wrong_value
from floorwatch.text import inert
from floorwatch.views import VIEWS, Table
from floorwatch.words import _


def what_is_wrong(view: object) -> str | None:
    """The first value of a wrong type in a view and where it stands ("row 'a', column 1: text is 5, of type int: write
    str"), as one inert line; None where all are of their types. A list is as good as a tuple: it is drawn like one.

    What a value raises when it is looked at is what is wrong with the view: whoever asks has nobody to tell."""
    if not isinstance(view, VIEWS):
        return inert(_("the view {wrong}").format(wrong=wrong_value(view, Table.__name__)))
    try:
        first = next((flaw for flaw in flaws_of(view) if not flaw.is_list), None)
        return None if first is None else inert(_sentence(first))
    except FAILURES as error:  # plugin code: lists and words of its own kind, properties
        return Failure.of(error).reason


def _sentence(flaw: Flaw) -> str:
    *path, last = flaw.trail
    places = [_place(step, path[:at]) for at, step in enumerate(path)]
    name = last.field
    if flaw.is_key:
        name = _("a key of {name}").format(name=name)
    elif last.at is not None:
        name = _place(last, path)
    said = f"{name} {flaw.wrong}"
    return _("{places}: {said}").format(places=_(", ").join(places), said=said) if places else said


def _place(step: Step, before: Sequence[Step]) -> str:
    """A step as one says it: by the key of what is there, else by its number."""
    if step.at is None:
        return step.field
    number = step.at + 1 if isinstance(step.at, int) else repr(step.at)
    if step.field == "cells":  # those of a row stand under its columns
        in_row = bool(before) and before[-1].field == "rows"
        return _("column {n}").format(n=number) if in_row else _("piece {n}").format(n=number)
    word = _WORDS.get(step.field)
    return f"{step.field}[{step.at!r}]" if word is None else word().format(n=_name_of(step.value) or number)


def _name_of(thing: object) -> str:
    """The key, name or title of a thing, where it has one that is text."""
    fields = getattr(type(thing), "__struct_fields__", ())  # anything else may be a property, which may raise
    names = (getattr(thing, field, None) for field in ("key", "name", "title") if field in fields)
    return next((repr(name) for name in names if isinstance(name, str) and name), "")


_WORDS: Mapping[str, Callable[[], str]] = {
    "views": lambda: _("view {n}"),
    "columns": lambda: _("column {n}"),
    "rows": lambda: _("row {n}"),
    "seats": lambda: _("seat {n}"),
    "tracks": lambda: _("track {n}"),
    "stretches": lambda: _("stretch {n}"),
    "marks": lambda: _("mark {n}"),
    "series": lambda: _("series {n}"),
    "levels": lambda: _("level {n}"),
    "values": lambda: _("value {n}"),
    "tiles": lambda: _("tile {n}"),
    "lines": lambda: _("line {n}"),
    "about": lambda: _("about, piece {n}"),
    "fields": lambda: _("field {n}"),
    "options": lambda: _("option {n}"),
    "steps": lambda: _("step {n}"),
    "shades": lambda: _("shade {n}"),
    "queues": lambda: _("queue {n}"),
    "suggestions": lambda: _("suggestion {n}"),
}
