"""What a person fills in: fields that say what they take, and a form of them that runs a command.

Rules
- A field's value is text while it is typed; the host reads it, says what is wrong beside it, and gives the command
  what it takes: text, a choice's value, an agent's id, or epoch seconds.
- Completion comes from what the floor knows at that moment.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class Known(StrEnum):
    """What the floor knows names of, for completion."""

    AGENTS = "agents"
    QUEUES = "queues"
    SEATS = "seats"
    TEAMS = "teams"
    REASONS = "reasons"
    TAGS = "tags"
    ANSWERS = "answers"
    AUTHORS = "authors"


class Option(Struct, frozen=True):
    """One thing to choose: `value` is what the command is given, `title` what a person reads ("": the value).

    `key` is a letter that chooses it while the choice has the cursor; where it `sends`, that letter also sends the
    form, if nothing that is needed is missing.
    """

    value: str
    title: str = ""
    key: str = ""
    sends: bool = False


class ChoiceField(Struct, frozen=True, kw_only=True):
    """One of a few; a digit chooses it. Gives the option's value."""

    name: str
    title: str
    options: tuple[Option, ...]
    default: str = ""
    required: bool = True
    hint: str = ""


class TextField(Struct, frozen=True, kw_only=True):
    """Words. `known` and `suggestions` complete what is typed; other words are taken too. Gives text, stripped."""

    name: str
    title: str
    default: str = ""
    required: bool = True
    hint: str = ""
    known: Known | None = None
    suggestions: tuple[str, ...] = ()
    longest: int = 500


class TimeField(Struct, frozen=True, kw_only=True):
    """A moment: "10:40" (the one nearest to now), "+15m", "-30s", or a date and time. Gives epoch seconds UTC."""

    name: str
    title: str
    default: str = ""
    required: bool = True
    hint: str = ""


class PersonField(Struct, frozen=True, kw_only=True):
    """One of the people on the floor, by name, number or seat. Gives the agent's id; who cannot be told is refused."""

    name: str
    title: str
    default: str = ""
    required: bool = True
    hint: str = ""


class FixedField(Struct, frozen=True, kw_only=True):
    """What stands fixed from the moment in which the form was opened: shown, not typed. `prefill` gives its text;
    without any it is not shown. `options` give titles to values. Gives its text."""

    name: str
    title: str
    options: tuple[Option, ...] = ()
    default: str = ""
    required: bool = False
    hint: str = ""


Field: TypeAlias = ChoiceField | TextField | TimeField | PersonField | FixedField


class Form(Struct, frozen=True):
    """The fields of the command `command`, to be filled in here, with `values` (as typed text) to begin with."""

    command: str
    fields: tuple[Field, ...]
    values: Mapping[str, str] = {}
    caption: str = ""
