"""Forms for people on their feet: letters that choose, letters that send, Enter from any field, what stands fixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from floorwatch.app.cells import width_of
from floorwatch.app.fixed_words import Fixed, fixed_lines
from floorwatch.app.form import form_lines, hint_of
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.prose import Ink
from floorwatch.app.tones import Palette
from floorwatch.engine.desk import CommandEntry
from floorwatch.views import ChoiceField, FixedField, Form, Option, PersonField, TextField, Tone
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.form_hands import closed, desk_with, line_of, opened, runs
from tests.app.screens import seen

KIND = ChoiceField(
    name="kind",
    title="Kind",
    options=(
        Option("help", "Help", "h"),
        Option("fault", "Fault", "f"),
        Option("praise", "Praise", "p", sends=True),
        Option("check", "Check"),
    ),
)
NOTE = CommandEntry(
    "walk-note",
    "Note",
    "w",
    (
        FixedField(name="agent", title="Agent", options=(Option("1007", "李娜 1007"),)),
        FixedField(name="seat", title="Seat"),
        FixedField(name="state", title="State", options=(Option("talking", "Talking"),)),
        FixedField(name="call", title="Call"),
        KIND,
        TextField(name="tag", title="Tag", required=False, suggestions=("refund", "return")),
        TextField(name="text", title="Words", required=False, longest=10_000),
    ),
    quick=True,
)
STANDS = {"agent": "1007", "seat": "A07", "state": "talking", "call": ""}


def noting(**prefilled: str) -> FakeDesk:
    """A desk with the quick note, filled in as if the cursor stood on a talking agent."""
    desk = desk_with(NOTE)
    desk.prefilled = STANDS | prefilled
    return desk


def kinds(desk: FakeDesk) -> list[str]:
    """The kind of each note that was sent."""
    return [filled["kind"] for *_asked, filled in runs(desk) if isinstance(filled, dict)]


async def test_a_letter_chooses_and_goes_on_and_enter_sends() -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press("h")
        assert "[h Help]" in found.text
        assert "▸ Tag" in found.text
        assert runs(desk) == []
        await found.press("enter")
        await closed(found)
        filled = STANDS | {"kind": "help", "tag": "", "text": ""}
        assert runs(desk) == [("walk-note", "queue-status", "support", filled)]


async def test_praise_takes_two_keys() -> None:
    desk = noting()
    async with seen(desk) as found:
        await found.press("w", "p")
        await closed(found)
        assert kinds(desk) == ["praise"]


async def test_keys_that_come_all_at_once_go_where_those_before_have_led() -> None:
    desk = noting()
    async with seen(desk) as found:
        for sign in "wp":
            found.app.post_message(events.Key(sign, sign))
        await found.until(lambda: kinds(desk) == ["praise"])
        await closed(found)
        for sign in "wfre":
            found.app.post_message(events.Key(sign, sign))
        found.app.post_message(events.Key("tab", "\t"))
        found.app.post_message(events.Paste("CRM\nslow"))
        found.app.post_message(events.Key("!", "!"))
        found.app.post_message(events.Key("enter", "\r"))
        await found.until(lambda: len(runs(desk)) == 2)
        assert runs(desk)[1][3] == STANDS | {"kind": "fault", "tag": "re", "text": "CRM slow!"}


@pytest.mark.parametrize("key", ["P", "ｐ", "Ｐ"])
async def test_a_wide_letter_and_a_capital_count_as_the_letter(key: str) -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press(key)
        await closed(found)
        assert kinds(desk) == ["praise"]


async def test_a_digit_chooses_an_option_with_a_letter_and_never_sends() -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press("3")
        assert "[p Praise]" in found.text
        assert runs(desk) == []
        await found.press("shift+tab", "４")
        assert "[4 Check]" in found.text


async def test_a_letter_that_sends_goes_to_what_is_missing() -> None:
    who = PersonField(name="who", title="Who")
    desk = desk_with(CommandEntry("note", "note", "w", (KIND, TextField(name="x", title="X", required=False), who)))
    async with opened(desk) as found:
        await found.press("p")
        assert "▸ Who" in found.text
        assert runs(desk) == []


async def test_a_letter_never_sends_what_was_typed_another_time() -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press("tab", "tab", *"half", "escape", "w", "p")
        assert "half" in line_of(found, "Words")
        assert "is here again" in found.text
        assert runs(desk) == []
        await found.press("enter")
        await closed(found)
        assert kinds(desk) == ["praise"]


async def test_that_a_letter_sends_at_once_is_said_before() -> None:
    assert hint_of(KIND, "", "", "") == ("needed: p sends at once", Tone.MUTED)
    async with opened(noting()) as found:
        assert "p sends at once" in line_of(found, "▸ Kind")


async def test_letters_of_no_option_do_nothing() -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press("x", "q", "退")
        assert isinstance(found.app.screen, FormScreen)
        assert "▸ Kind" in found.text


async def test_enter_goes_to_what_is_missing_and_says_so() -> None:
    async with opened(noting()) as found:
        assert "enter next  tab next" in found.text
        await found.press("tab", "enter")
        assert "▸ Kind" in found.text
        await found.press("enter")
        assert "Kind is still needed." in found.text
        assert runs(found.desk) == []
        await found.press("f")
        assert "enter send  tab next" in found.text


async def test_a_marked_word_is_taken_before_anything_is_sent() -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press("h", *"re", "down", "enter")
        assert "refund" in line_of(found, "▸ Tag")
        assert runs(desk) == []
        await found.press("enter")
        await closed(found)
        assert len(runs(desk)) == 1


async def test_what_is_pressed_before_the_form_is_filled_in_waits_for_it() -> None:
    desk = noting()
    desk.fills.clear()
    async with opened(desk) as found:
        await found.press("p")
        assert runs(desk) == []
        desk.fills.set()
        await closed(found)
        assert runs(desk)[0][3] == STANDS | {"kind": "praise", "tag": "", "text": ""}


async def test_what_stands_fixed_is_shown_and_takes_no_cursor() -> None:
    async with opened(noting()) as found:
        assert "Agent 李娜 1007 · Seat A07 · State Talking" in found.text
        assert "Call" not in found.text
        assert "▸ Kind" in found.text
        assert "1 of 3" in found.text


async def test_in_the_hand_titles_give_way_and_no_name_is_cut() -> None:
    desk = noting(agent="Aleksandra Wiśniewska 1007", call="1763692867.42")
    async with opened(desk, size=(40, 20)) as found:
        assert "Aleksandra Wiśniewska 1007 · A07" in found.text
        assert "Talking · 1763692867.42" in found.text
        assert "enter next  tab next  esc close" in found.text
        assert all(width_of(line) <= 40 for line in found.lines)


async def test_what_stood_there_stays_when_the_floor_moves_on() -> None:
    desk = noting()
    async with opened(desk) as found:
        await found.press("tab", "x", "escape")
        desk.prefilled = STANDS | {"state": "wrap-up", "seat": "B01"}
        await found.press("w")
        assert "Seat A07 · State Talking" in found.text
        await found.press("h", "enter")
        await closed(found)
        sent = runs(desk)[0][3]
        assert isinstance(sent, dict)
        assert sent["state"] == "talking"
        await found.press("w")
        assert "B01" in found.text


async def test_a_form_of_what_stands_fixed_alone_is_sent_by_enter() -> None:
    desk = desk_with(CommandEntry("note", "note", "w", NOTE.fields[:2], quick=True))
    desk.prefilled = STANDS
    async with opened(desk) as found:
        assert "Seat A07" in found.text
        await found.press("enter")
        await closed(found)
        assert runs(desk)[0][3] == {"agent": "1007", "seat": "A07"}


def test_a_form_in_a_view_shows_what_stands_fixed_only_where_it_says_something() -> None:
    ink = Ink(Palette(None), BLOCKS, views.START)
    lines = form_lines(Form("x", NOTE.fields[:4], STANDS), 40, ink)
    shown = ["".join(text for text, _style in line).strip() for line in lines]
    assert shown == ["Agent    李娜 1007", "Seat     A07", "State    Talking", "enter: fill in and send"]


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
@given(st.lists(st.tuples(st.text(max_size=8), st.text(min_size=1, max_size=40)), max_size=6), st.integers(1, 90))
def test_fixed_words_are_never_wider_than_their_room(glyphs: Glyphs, said: list[tuple[str, str]], width: int) -> None:
    lines = fixed_lines([Fixed(*each) for each in said], width, Ink(Palette(None), glyphs, 0.0))
    assert all(sum(width_of(text) for text, _style in line) <= width for line in lines)


def test_a_line_of_fixed_words_breaks_between_names() -> None:
    said = [Fixed("Agent", "李娜 1007"), Fixed("Seat", "A07"), Fixed("Queue", "after-sales"), Fixed("", "x" * 25)]
    lines = fixed_lines(said, 20, Ink(Palette(None), BLOCKS, 0.0))
    assert ["".join(text for text, _style in line) for line in lines] == [
        "李娜 1007 · A07",
        "after-sales",
        "x" * 20,
        "x" * 5,
    ]


def test_fixed_words_keep_their_titles_where_two_lines_hold_them() -> None:
    said = [Fixed("who", "A07 罗刚"), Fixed("question", "how do I refund twice?"), Fixed("asked before", "twice")]
    lines = fixed_lines(said, 48, Ink(Palette(None), BLOCKS, 0.0))
    assert ["".join(text for text, _style in line) for line in lines] == [
        "who A07 罗刚 · question how do I refund twice?",
        "asked before twice",
    ]
