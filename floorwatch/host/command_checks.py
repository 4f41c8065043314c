"""What a command declares for people, checked before it is offered: its key, form, rows, place on the command line."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from floorwatch.views import ChoiceField, Field, FixedField, Known, Option, PersonField, TextField, TimeField
from floorwatch.words import _

_FIELDS = (ChoiceField, TextField, TimeField, PersonField, FixedField)
_FIELD_NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_OPTION_KEY = re.compile(r"[^\W_]?")
_ROW_KIND = re.compile(r"([a-z][a-z0-9]*(-[a-z0-9]+)*)?")
_KEY = re.compile(r"[^\W_]|[!-+./:-@\[-`{-~-]|((ctrl|alt|shift)\+)*f([1-9]|1[0-9]|2[0-4])|(ctrl|alt)\+[a-z]")
_SAME_TO_A_TERMINAL = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}


def key_mistakes(key: object) -> Iterator[str]:
    """Of the key that runs it, "" for none."""
    if key == "":
        return
    if not (isinstance(key, str) and _KEY.fullmatch(key)):
        said = _('its key is {key!r}: write a letter, "ctrl+g" or "f12", or "" for no key')
        yield said.format(key=key)
    elif key in _SAME_TO_A_TERMINAL:
        said = _("its key is {key!r}, which a terminal cannot tell from {same}: choose another")
        yield said.format(key=key, same=_SAME_TO_A_TERMINAL[key])


def parameter_mistakes(parameters: object) -> Iterator[str]:
    """Of the fields of its form."""
    if isinstance(parameters, str) or not isinstance(parameters, Sequence):
        said = _("its parameters are of type {what}: write a list of fields such as TextField(...)")
        yield said.format(what=type(parameters).__name__)
        return
    names: set[str] = set()
    for number, field in enumerate(parameters, 1):
        if not isinstance(field, _FIELDS):
            said = _("its parameter {number} is of type {what}: write one of {fields}")
            fields = ", ".join(each.__name__ for each in _FIELDS)
            yield said.format(number=number, what=type(field).__name__, fields=fields)
            continue
        for mistake in (*_field_mistakes(field), *_doubled(field.name, names)):
            yield _("its parameter {name!r}: {mistake}").format(name=field.name, mistake=mistake)


def row_mistakes(rows: object) -> Iterator[str]:
    """Of the kinds of rows in whose menu it stands."""
    if isinstance(rows, str) or not isinstance(rows, Sequence):
        yield _('its rows are {rows!r}: write a list of kinds, ["agent"]').format(rows=rows)
        return
    for kind in rows:
        if not (isinstance(kind, str) and _ROW_KIND.fullmatch(kind)):
            said = _(
                'its rows name {kind!r}: write the kind alone, "agent" for rows keyed "agent:...", "" for every row'
            )
            yield said.format(kind=kind)


def yes_or_no_mistakes(word: str) -> Callable[[object], Iterator[str]]:
    """Of what it is by yes or no: `cli`, `quick`, `reads_feeds`."""

    def mistakes(value: object) -> Iterator[str]:
        if not isinstance(value, bool):
            yield _("its {word} is {value!r}: write True or False").format(word=word, value=value)

    return mistakes


def _doubled(name: object, names: set[str]) -> Iterator[str]:
    """The command line knows --some-name only once."""
    alike = str(name).replace("_", "-")
    if alike in names:
        yield _("another field has that name: choose another one")
    names.add(alike)


def _field_mistakes(declared: Field) -> Iterator[str]:
    field: Any = declared  # its fields are the author's: msgspec checks none of them
    if not (isinstance(field.name, str) and _FIELD_NAME.fullmatch(field.name)):
        yield _("as a name, use a-z, 0-9 and dashes or underscores, a letter first")
    if not (isinstance(field.title, str) and field.title.strip()):
        yield _("its title is {title!r}: people read it, so write some text").format(title=field.title)
    for word, text in (("default", field.default), ("hint", field.hint)):
        if not isinstance(text, str):
            yield _("its {word} is {text!r}: write text, as a person would type it").format(word=word, text=text)
    if not isinstance(field.required, bool):
        yield _("its required is {required!r}: write True or False").format(required=field.required)
    match declared:
        case ChoiceField():
            yield from _choice_mistakes(declared)
        case TextField():
            yield from _text_mistakes(declared)
        case FixedField():
            yield from _titled_mistakes(declared)
        case _:
            pass


def _choice_mistakes(declared: ChoiceField) -> Iterator[str]:
    field: Any = declared
    is_list = isinstance(field.options, Sequence) and not isinstance(field.options, str) and len(field.options)
    if not is_list or not all(isinstance(option, Option) for option in field.options):
        yield _("its options are {options!r}: write a tuple of Option(...), one at least").format(options=field.options)
        return
    values = [option.value for option in field.options]
    if strange := [value for value in values if not isinstance(value, str) or not value]:
        yield _("its option {value!r}: write some text as its value").format(value=strange[0])
    elif twice := [value for value in values if values.count(value) > 1]:
        yield _("its option {value!r} is there twice: write each value once").format(value=twice[0])
    elif field.default != "" and field.default not in values:
        said = _("its default {default!r} is none of its options: choose one of {values}")
        yield said.format(default=field.default, values=", ".join(values))
    yield from _option_key_mistakes(declared.options)


def _option_key_mistakes(options: Sequence[Option]) -> Iterator[str]:
    known: set[object] = set()
    for option in options:
        given: Any = option
        if not (isinstance(given.key, str) and _OPTION_KEY.fullmatch(given.key)):
            said = _("its option {value!r} has the key {key!r}: write one letter or digit, or none")
            yield said.format(value=given.value, key=given.key)
        elif given.key and given.key in known:
            yield _("two of its options have the key {key!r}: give one another").format(key=given.key)
        elif given.sends and not given.key:
            yield _("its option {value!r} sends the form by a key that it has not").format(value=given.value)
        known.add(given.key)


def _titled_mistakes(declared: FixedField) -> Iterator[str]:
    options: Any = declared.options
    if not isinstance(options, Sequence) or not all(isinstance(option, Option) for option in options):
        yield _("its options are {options!r}: write a tuple of Option(...), or leave them out").format(options=options)


def _text_mistakes(declared: TextField) -> Iterator[str]:
    field: Any = declared
    if field.known is not None and not isinstance(field.known, Known):
        known = ", ".join(f"Known.{each.name}" for each in Known)
        yield _("its known is {known!r}: write one of {all}").format(known=field.known, all=known)
    if isinstance(field.suggestions, str) or not all(isinstance(each, str) for each in field.suggestions):
        yield _("its suggestions are {what!r}: write a tuple of texts").format(what=field.suggestions)
    if not isinstance(field.longest, int) or isinstance(field.longest, bool) or field.longest < 1:
        yield _("its longest is {longest!r}: write a number of characters above 0").format(longest=field.longest)
