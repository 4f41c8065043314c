"""What a person types into a form: read into values, or refused with every mistake and what to write instead."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from floorwatch.engine.desk import Refused
from floorwatch.engine.filling import Values, filled
from floorwatch.model.entities import Agent
from floorwatch.views import ChoiceField, Field, FixedField, Option, PersonField, TextField, TimeField
from tests.engine.known_floor import SHANGHAI, names
from tests.engine.small_floor import START

NOW = START + 40 * 60
"""18:40 in Shanghai on 2026-11-21."""

KIND = ChoiceField(name="kind", title="Kind", options=(Option("info", "Information"), Option("warn", "Warning")))
NOTE = TextField(name="note", title="Note", longest=10)
WHEN = TimeField(name="when", title="When")
WHO = PersonField(name="who", title="Who")


def read(field: Field, text: str, *more: Agent) -> str | float:
    """The value of one field."""
    values = filled([field], {field.name: text}, names(*more), SHANGHAI, NOW)
    assert not isinstance(values, Refused), values
    return values[field.name]


def mistake(field: Field, text: str, *more: Agent) -> str:
    """What is said of one field."""
    values = filled([field], {field.name: text}, names(*more), SHANGHAI, NOW)
    assert isinstance(values, Refused)
    return values.mistakes[field.name]


def local(word: str) -> float:
    """A moment on the floor's clock."""
    return datetime.fromisoformat(word).replace(tzinfo=SHANGHAI.zone).timestamp()


@pytest.mark.parametrize("text", ["warn", "WARN", "Warning", " warning "])
def test_a_choice_is_named_by_value_or_title(text: str) -> None:
    assert read(KIND, text) == "warn"


def test_a_choice_that_is_none_names_those_there_are() -> None:
    assert mistake(KIND, "bad") == "'bad' is none of them; choose one of: info (Information), warn (Warning)"


def test_a_title_of_two_options_chooses_neither() -> None:
    field = ChoiceField(name="kind", title="Kind", options=(Option("a", "Same"), Option("b", "Same")))

    assert mistake(field, "same").startswith("'same' is none of them")


def test_text_is_stripped_and_may_be_as_long_as_the_field_says() -> None:
    assert read(NOTE, "  ten chars \n") == "ten chars"
    assert read(NOTE, "一二三四五六七八九十") == "一二三四五六七八九十"
    assert mistake(NOTE, "eleven char") == "write at most 10 characters; these are 11"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:30", "2026-11-21T18:30"),
        ("18:30:05", "2026-11-21T18:30:05"),
        ("９：05", "2026-11-21T09:05"),
        ("9:05", "2026-11-21T09:05"),
        ("06:39", "2026-11-22T06:39"),
        ("06:41", "2026-11-21T06:41"),
        ("2026-11-20 10:40", "2026-11-20T10:40"),
        ("2026-11-20T10:40+08:00", "2026-11-20T10:40"),
        ("+15m", "2026-11-21T18:55"),
        ("+ 1h 20m", "2026-11-21T20:00"),
        ("-30s", "2026-11-21T18:39:30"),
        ("-90m", "2026-11-21T17:10"),
        ("1795254000", "2026-11-21T17:40"),
    ],
)
def test_a_moment_is_read_on_the_floors_clock(text: str, at: str) -> None:
    assert read(WHEN, text) == local(at)


@pytest.mark.parametrize("text", ["soon", "25:00", "+", "+m", "+15", "-1", "1795254000000", "2026-02-30", "inf", "nan"])
def test_what_is_no_moment_says_how_to_write_one(text: str) -> None:
    assert mistake(WHEN, text) == f"{text!r} is no time: write 10:40, +15m, -30s or 2026-11-21 10:40"


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("4003", "4003"),
        ("PJSIP/2044", "PJSIP/2044"),
        ("2044", "PJSIP/2044"),
        ("a02", "4002"),
        ("Ａ０２", "4002"),
        ("李娜", "4002"),
        ("李", "4002"),
        ("anna smith", "4004"),
        ("ann", "4004"),
        ("PJSIP/2003", "4003"),
    ],
)
def test_a_person_is_named_by_number_seat_name_device_or_the_beginning_of_one(text: str, agent: str) -> None:
    assert read(WHO, text) == agent


def test_a_seat_means_who_sits_there_and_not_who_has_gone_home() -> None:
    assert read(WHO, "A01") == "4004"


def test_people_who_cannot_be_told_apart_are_refused_by_name() -> None:
    said = mistake(WHO, "张伟")

    assert said.startswith("'张伟' may be 4001 (A01 张伟), 4003 (A03 张伟): write the number")


def test_of_a_crowd_only_a_few_are_named() -> None:
    crowd = [Agent(f"50{n:02}", f"Bo {n}") for n in range(50)]

    assert mistake(WHO, "bo", *crowd).startswith("'bo' may be 5000 (Bo 0), 5001 (Bo 1), 5002 (Bo 2), 5003 (Bo 3), …: ")


def test_an_id_always_means_its_own_agent() -> None:
    assert read(WHO, "4001", Agent("9001", "4001")) == "4001"


def test_nobody_of_that_name_names_who_is_near() -> None:
    assert mistake(WHO, "smith") == "nobody here is 'smith'; there is 4004 (A01 Anna Smith)"
    assert mistake(WHO, "zoe") == "nobody here is 'zoe': write a number, a seat or a name"


def test_what_a_terminal_would_act_on_is_not_repeated() -> None:
    assert "\x1b" not in mistake(WHO, "\x1b[31mzoe")
    assert "\x1b" not in mistake(WHEN, "\x1b]0;x\x07")


def fill(fields: list[Field], typed: Mapping[str, str]) -> Values | Refused:
    """All of a form."""
    return filled(fields, typed, names(), SHANGHAI, NOW)


def test_every_mistake_is_said_at_once() -> None:
    refused = fill([KIND, NOTE, WHEN, WHO], {"kind": "x", "note": " ", "nte": "hello"})

    assert isinstance(refused, Refused)
    assert dict(refused.mistakes) == {
        "kind": "'x' is none of them; choose one of: info (Information), warn (Warning)",
        "note": "write something: this cannot be left empty",
        "when": "write a time: 10:40, +15m, -30s or 2026-11-21 10:40",
        "who": "write who: a number, a seat or a name",
        "nte": "there is no field 'nte'; did you mean 'note'?",
    }


def test_a_command_without_fields_takes_none() -> None:
    assert fill([], {}) == {}
    assert fill([], {"x": "1"}) == Refused({"x": "there is no field 'x'; this command takes none"})


def test_what_was_left_empty_is_not_among_the_values_and_what_was_not_typed_is_the_default() -> None:
    fields: list[Field] = [
        TextField(name="a", title="A", required=False, default="hello"),
        TextField(name="b", title="B", required=False, default="hello"),
        TimeField(name="c", title="C", default="+0m"),
    ]

    assert fill(fields, {"b": ""}) == {"a": "hello", "c": NOW}


def test_what_stands_fixed_comes_back_as_it_is_and_is_not_among_the_values_where_there_is_none() -> None:
    seat = FixedField(name="seat", title="Seat", options=(Option("A01", "Seat A01"),))

    assert fill([seat], {"seat": "Z99"}) == {"seat": "Z99"}
    assert fill([seat], {"seat": ""}) == fill([seat], {}) == {}


def test_what_stands_fixed_is_not_endless_and_may_be_needed() -> None:
    help_ = FixedField(name="help", title="Request", required=True)

    assert mistake(help_, "x" * 501) == "write at most 500 characters; these are 501"
    assert mistake(help_, "").endswith("open it from a row")
