"""What stands in a form before anyone sees it: beginnings, drafts, readings, hints, and its lines in a view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.app.cells import width_of
from floorwatch.app.form import (
    MOST_FIELDS,
    asking_title,
    beginnings,
    fields_of,
    form_lines,
    hint_of,
    left_out_words,
    reading_of,
    subject_for,
    time_reading,
    title_of,
    typed_text,
)
from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.prose import Ink
from floorwatch.app.subject import Subject
from floorwatch.app.tones import Palette
from floorwatch.engine.desk import CommandEntry, Suggestion
from floorwatch.views import ChoiceField, Form, Option, PersonField, TextField, TimeField, Tone
from tests.app import fake_views as views
from tests.app.fake_floor import NOTE

AGENT = Subject("agents", "agent:1007", "李娜 1007")
QUEUE = Subject("queues", "queue:support", "support")
WORDS = TextField(name="words", title="Words", longest=5)


def ink(glyphs: Glyphs = BLOCKS) -> Ink:
    """To draw with, without colours."""
    return Ink(Palette(None), glyphs, views.START)


def texts(form: Form, width: int, glyphs: Glyphs = BLOCKS) -> list[str]:
    """The lines of a form as plain text."""
    return ["".join(text for text, _style in line) for line in form_lines(form, width, ink(glyphs))]


def test_a_form_is_titled_with_its_command_and_row() -> None:
    assert title_of(NOTE, AGENT) == "Walk note - 李娜 1007"
    assert title_of(NOTE, Subject("needs", "alert:1", "x")) == "Walk note"
    assert title_of(CommandEntry("all", "For any row"), QUEUE) == "For any row - support"


def test_a_command_is_for_the_nearest_row_that_it_stands_on() -> None:
    entry = CommandEntry("a", "a", rows=("agent",))
    assert subject_for(entry, (QUEUE, AGENT)) is AGENT
    assert subject_for(CommandEntry("b", "b"), (QUEUE, AGENT)) is QUEUE
    assert subject_for(entry, ()) == Subject()


def test_a_command_that_asks_has_dots() -> None:
    assert asking_title(NOTE) == "Walk note ..."
    assert asking_title(CommandEntry("a", "At once")) == "At once"


def test_later_beginnings_win_and_unknown_ones_are_left_out() -> None:
    found = beginnings(NOTE.fields, {"words": "a", "gone": "b"}, {"words": "c", "kind": "coach"})
    assert found == {"kind": "coach", "who": "", "words": "c", "when": "-5m"}


def test_a_choice_never_begins_with_what_is_no_option() -> None:
    assert beginnings(NOTE.fields, {"kind": "sing"})["kind"] == ""


def test_of_two_fields_of_one_name_one_is_asked() -> None:
    assert len(fields_of((WORDS, WORDS))) == 1


def test_several_lines_become_one_and_nothing_else_is_lost() -> None:
    assert typed_text("one\ntwo\r\n三\x1b[31m") == "one two 三 [31m"
    long = "好" * 1_700
    assert typed_text(long) == long


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("10:40", "10:40:00, 1:07 ago"),
        ("+15m", "10:56:07, in 15:00"),
        ("-5m", "10:36:07, 5:00 ago"),
        ("2026-11-22 08:00", "2026-11-22 08:00:00, in 21:18:53"),
        ("１０：４０", "10:40:00, 1:07 ago"),
        ("soon", ""),
        ("  ", ""),
    ],
)
def test_a_time_says_how_it_is_read(typed: str, reading: str) -> None:
    assert time_reading(typed, views.ZONE, views.START) == reading


def test_a_person_says_who_is_meant_when_it_is_one() -> None:
    people = [Suggestion("1007", "A07 李娜"), Suggestion("1031", "B11 李娜")]
    assert reading_of(" 1007 ", people) == "A07 李娜"
    assert reading_of("李娜", people) == ""


def test_beside_a_field_stands_first_what_is_wrong_with_it() -> None:
    assert hint_of(WORDS, "a", "too short", "reading") == ("too short", Tone.WARN)
    assert hint_of(WORDS, "abcdef", "", "reading") == ("6 characters, at most 5 are taken", Tone.WARN)
    assert hint_of(WORDS, "a", "", "reading") == ("reading", Tone.NOTICE)
    assert hint_of(TimeField(name="t", title="T"), "", "", "") == ("10:40, +15m or -30s", Tone.MUTED)
    assert hint_of(PersonField(name="p", title="P"), "", "", "")[0] == "name, number or seat"


def test_a_choice_says_in_words_that_it_is_needed() -> None:
    choice = ChoiceField(name="c", title="C", options=(Option("a"),), hint="what it was")
    assert hint_of(choice, "", "", "")[0] == "needed: what it was"
    assert hint_of(choice, "a", "", "")[0] == "what it was"


def test_a_form_in_a_view_shows_fields_values_and_what_is_needed() -> None:
    form = Form("walk-note", NOTE.fields, {"kind": "coach", "when": ""}, "Seen on a walk")
    assert texts(form, 40) == [
        "Seen on a walk",
        "  What          coaching                ",
        "  Who           needed                  ",
        "  What was seen needed                  ",
        "  When          may stay empty          ",
        "  enter: fill in and send",
    ]


def test_a_form_in_ascii_is_ascii() -> None:
    form = Form("x", (TextField(name="a", title="a" * 80),), {"a": "b" * 80}, "…" * 50)
    assert all(line.isascii() for line in texts(form, 30, ASCII))


@given(st.text(), st.text(), st.text(), st.integers(-3, 90))
def test_a_form_never_is_wider_than_its_room(title: str, value: str, caption: str, width: int) -> None:
    form = Form("x", (TextField(name="a", title=title),), {"a": value}, caption)
    assert all(width_of(line) <= width for line in texts(form, width))


def test_of_too_many_fields_those_that_may_stay_empty_are_left_out_and_it_is_said() -> None:
    fields = [TextField(name=f"n{at}", title=f"{at}", required=at >= MOST_FIELDS) for at in range(MOST_FIELDS + 2)]
    shown = fields_of(fields)
    assert len(shown) == MOST_FIELDS
    assert [field.name for field in shown[-3:]] == [f"n{MOST_FIELDS - 3}", f"n{MOST_FIELDS}", f"n{MOST_FIELDS + 1}"]
    assert left_out_words(fields) == "2 more fields are not shown"
    assert left_out_words(fields[:MOST_FIELDS]) == ""
