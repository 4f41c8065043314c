"""What a person typed into the fields of a command, read into the values that the command is given.

Rules
- Every mistake is said at once, by the field's name, each in a sentence that says what to write.
- What was not typed is the field's default; what was left empty is not among the values.
- Nothing is guessed: a person who cannot be told apart is refused, with those who are meant.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, assert_never

from floorwatch.engine.desk import Refused
from floorwatch.engine.known import KnownAgent, Names, fold, suggest
from floorwatch.engine.moments import nearest
from floorwatch.model.clock import FloorDays
from floorwatch.text import inert
from floorwatch.views import ChoiceField, Field, FixedField, Option, PersonField, TextField, TimeField
from floorwatch.words import _

MOST_NAMED = 4
"""People named in a refusal: enough to see who is meant."""

LONGEST_FIXED = 500
"""Characters of what stands fixed in a form: nobody typed it, and yet it comes back from the form."""

Values: TypeAlias = dict[str, str | float]


def filled(
    fields: Sequence[Field], typed: Mapping[str, str], names: Names, days: FloorDays, now: float
) -> Values | Refused:
    """The values by field name, or everything that is wrong. `now` is floor time, for moments relative to it."""
    values: Values = {}
    mistakes: dict[str, str] = {}
    for field in fields:
        text = typed.get(field.name, field.default).strip()
        try:
            if text:
                values[field.name] = _value(field, text, names, days, now)
            elif field.required:
                mistakes[field.name] = _wanted(field)
        except ValueError as mistake:
            mistakes[field.name] = str(mistake)
    known = [field.name for field in fields]
    mistakes |= {name: _unknown(name, known) for name in typed if name not in known}
    return Refused(mistakes) if mistakes else values


def _value(field: Field, text: str, names: Names, days: FloorDays, now: float) -> str | float:
    """The value of a field. Raises ValueError that says what to write."""
    match field:
        case ChoiceField():
            return _choice(field, text)
        case TextField():
            return _within(text, field.longest)
        case TimeField():
            return _time(text, days, now)
        case PersonField():
            return _person(field, text, names)
        case FixedField():
            return _within(text, LONGEST_FIXED)
        case _:
            assert_never(field)


def _wanted(field: Field) -> str:
    match field:
        case ChoiceField():
            return _("choose one of: {options}").format(options=_offered(field.options))
        case TextField():
            return _("write something: this cannot be left empty")
        case TimeField():
            return _("write a time: 10:40, +15m, -30s or 2026-11-21 10:40")
        case PersonField():
            return _("write who: a number, a seat or a name")
        case FixedField():
            return _("this comes from where the form is opened, and there is nothing of it here: open it from a row")
        case _:
            assert_never(field)


def _choice(field: ChoiceField, text: str) -> str:
    if any(option.value == text for option in field.options):
        return text
    folded = fold(text)
    by_value = [option.value for option in field.options if fold(option.value) == folded]
    by_title = [option.value for option in field.options if fold(option.title) == folded]
    found = by_value or by_title
    if len(found) != 1:
        said = _("{text!r} is none of them; choose one of: {options}")
        raise ValueError(said.format(text=inert(text), options=_offered(field.options)))
    return found[0]


def _offered(options: Iterable[Option]) -> str:
    return ", ".join(map(option_words, options))


def option_words(option: Option) -> str:
    """An option as it may be written, with what it means where that is another word: "info (Information)"."""
    if fold(option.title) in ("", fold(option.value)):
        return inert(option.value)
    return _("{value} ({title})").format(value=inert(option.value), title=inert(option.title))


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        said = _("write at most {longest} characters; these are {length}")
        raise ValueError(said.format(longest=longest, length=len(text)))
    return text


def _time(text: str, days: FloorDays, now: float) -> float:
    found = nearest(text, days, now)
    if found is None:
        said = _("{text!r} is no time: write 10:40, +15m, -30s or 2026-11-21 10:40")
        raise ValueError(said.format(text=inert(text)))
    return found


def _person(field: PersonField, text: str, names: Names) -> str:
    found = names.agents_called(text)
    if len(found) == 1:
        return found[0].id
    if found:
        said = _("{text!r} may be {candidates}: write the number, or another word that only one of them has")
        raise ValueError(said.format(text=inert(text), candidates=_listed(found)))
    near = [agent for each in suggest(field, text, names) for agent in names.agents_called(each.text)]
    if not near:
        raise ValueError(_("nobody here is {text!r}: write a number, a seat or a name").format(text=inert(text)))
    said = _("nobody here is {text!r}; there is {candidates}")
    raise ValueError(said.format(text=inert(text), candidates=_listed(near)))


def _listed(agents: Sequence[KnownAgent]) -> str:
    named = [_described(agent) for agent in agents[:MOST_NAMED]]
    return ", ".join(named if len(agents) <= MOST_NAMED else [*named, "…"])


def _described(agent: KnownAgent) -> str:
    """The word that is sure to mean this agent, and what a person knows them by: "1007 (A07 李娜)"."""
    sure = agent.number or inert(agent.id)
    others = " ".join(word for word in agent.called if word != sure)
    return _("{value} ({title})").format(value=sure, title=others) if others else sure


def _unknown(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return _("there is no field {name!r}; did you mean {near!r}?").format(name=inert(name), near=near[0])
    if not known:
        return _("there is no field {name!r}; this command takes none").format(name=inert(name))
    said = _("there is no field {name!r}; there are: {known}")
    return said.format(name=inert(name), known=", ".join(known))
