"""The fields of a form, filled in key by key, by an input method and by the mouse."""

import unicodedata

import pytest
from textual import events

from floorwatch.app.field_line import FieldInput
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.glyphs import ASCII
from floorwatch.engine.desk import CommandEntry
from floorwatch.views import ChoiceField, Option, PersonField, TextField
from tests.app.fake_floor import NOTE
from tests.app.form_hands import click, closed, desk_with, line_of, opened, runs, type_words
from tests.app.screens import seen


async def test_what_is_needed_is_said_in_words() -> None:
    async with opened() as found:
        assert "needed" in line_of(found, "Who")
        assert "needed" in line_of(found, "1 praise")
        await found.press("shift+tab", "ctrl+u")
        assert "may stay empty" in line_of(found, "When")


async def test_digits_and_arrows_choose() -> None:
    async with opened() as found:
        for keys, shown in ((("right",), "[1 praise]"), (("right", "right"), "[3 技术"), (("left",), "[2 coaching]")):
            await found.press(*keys)
            assert shown in found.text
        await found.press("left", "left", "backspace", "９", "４")
        assert "[4 other]" in found.text
        assert "2 of 4" in found.text


async def test_choosing_goes_on_to_the_next_field_and_the_last_one_stays() -> None:
    choice = NOTE.fields[0]
    words = TextField(name="words", title="Words")
    async with opened(desk_with(CommandEntry("note", "note", "w", (words, choice)))) as found:
        await found.press("tab", "2", "2")
        assert "2 of 2" in found.text
        assert runs(found.desk) == []


async def test_a_choice_that_is_not_needed_is_taken_back() -> None:
    choice = ChoiceField(name="c", title="Mood", options=(Option("good"), Option("bad")), default="bad", required=False)
    async with opened(desk_with(CommandEntry("note", "note", "w", (choice,)))) as found:
        assert "[2 bad]" in found.text
        await found.press("backspace", "enter")
        await closed(found)
        assert runs(found.desk)[0][3] == {"c": ""}


async def test_the_mouse_chooses_takes_and_sends() -> None:
    async with opened() as found:
        await click(found, "2 coaching")
        await click(found, "name, number")
        await click(found, "needed   ")
        await found.press(*"a07")
        await click(found, "▸ 1007")
        await click(found, "ctrl+s")
        await closed(found)
        assert runs(found.desk)[0][3] == {"kind": "coach", "who": "1007", "words": "", "when": "-5m"}


async def test_letters_in_a_field_of_words_are_text_and_nothing_else() -> None:
    async with opened() as found:
        await found.press("2", "tab")
        await type_words(found, "mqw 1 语音?/")
        assert runs(found.desk) == []
        assert "mqw 1 语音?/" in line_of(found, "What was seen")


async def test_a_wide_blank_of_an_input_method_is_a_blank() -> None:
    async with opened() as found:
        await found.press("tab", "tab")
        for sign in "退\u3000税":
            found.app.post_message(events.Key(unicodedata.name(sign).lower(), sign))
        await found.until(lambda: "退 税" in line_of(found, "What was seen"))


async def test_pasted_lines_all_stand_in_the_field() -> None:
    async with opened() as found:
        await found.press("tab", "tab")
        found.app.screen.post_message(events.Paste("first\nsecond\x1b"))
        await found.until(lambda: "first second" in found.text)


async def test_of_people_the_first_that_fits_is_marked_and_taken() -> None:
    async with opened() as found:
        await found.press("tab", "李")
        assert "▸ 1007  A07 李娜" in found.text
        await found.press("down")
        assert "▸ 1031  B11 李娜" in found.text
        assert "enter take it" in found.text
        await found.press("enter")
        assert "B11 李娜" in line_of(found, "▸ Who")
        assert "2 of 4" in found.text
        await found.press("enter")
        assert "3 of 4" in found.text


async def test_of_words_none_is_taken_until_one_is_marked() -> None:
    async with opened() as found:
        await found.press("tab", "tab", *"head")
        assert "headset broken" in found.text
        await found.press("enter")
        assert "4 of 4" in found.text
        assert "headset" not in found.text
        await found.press("up", "down", "down", "tab")
        assert "headset lent" in line_of(found, "▸ What was seen")


async def test_down_shows_all_that_is_known() -> None:
    async with opened() as found:
        await found.press("tab", "down")
        assert "▸ 1007  A07 李娜" in found.text
        assert "6501  A01 王芳" in found.text
        await found.press("up", "escape")
        assert "A01 王芳" not in found.text
        assert isinstance(found.app.screen, FormScreen)


async def test_arrows_go_from_field_to_field_where_there_is_no_list() -> None:
    async with opened() as found:
        await found.press("down", "up", "up")
        assert "1 of 4" in found.text
        await found.press("shift+tab")
        assert "4 of 4" in found.text
        await found.press("down", "up")
        assert "3 of 4" in found.text


async def test_a_time_that_counts_from_now_is_read_anew() -> None:
    async with opened() as found:
        assert "10:36:07, 5:00 ago" in found.text
        await found.pass_seconds(3)
        assert "10:36:10, 5:00 ago" in found.text


async def test_in_ascii_it_is_drawn_in_ascii() -> None:
    async with seen(desk_with(), glyphs=ASCII) as found:
        await found.press("w", "tab", "down")
        assert "> 1007  A07 李娜" in found.text
        assert not set(found.text) & set("│─╭╮╰╯▸▾▐…")


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
@pytest.mark.parametrize("colour", [True, False])
async def test_the_chosen_and_the_marked_show_in_every_theme_without_colour(theme: str, colour: bool) -> None:
    async with seen(desk_with(), theme=theme, colour=colour) as found:
        await found.press("w", "2", "down")
        assert "[2 coaching]" in found.text
        assert "▸ 1007" in found.text


async def test_where_one_types_shows_without_colour() -> None:
    async with opened() as found:
        for line in found.app.screen.query(FieldInput):
            assert line.get_component_rich_style("input--cursor").reverse


async def test_the_strangest_fields_are_asked() -> None:
    fields = (
        ChoiceField(name="none", title="", options=()),
        ChoiceField(name="many", title="王" * 60, options=tuple(Option(f"{at}", "选" * at) for at in range(40))),
        ChoiceField(name="same", title="[b]x[/b]", options=(Option("a"), Option("a"), Option("")), default="gone"),
        TextField(name="text", title="\x1b[31m", default="a\nb\x1b" + "好" * 900, hint="\x9b", longest=-1),
        TextField(name="text", title="again"),
        PersonField(name="", title="nameless"),
    )
    for size in ((120, 36), (40, 20), (12, 5)):
        async with opened(desk_with(CommandEntry("note", "[b]note[/b]\x1b", "w", fields)), size=size) as found:
            await found.press("1", "right", "tab", "right", "left", "9", "1", "3", "tab", "x", "down", "tab", "y")
            assert "\x1b" not in found.text
            await found.press("ctrl+s")
            await closed(found)
            assert set(runs(found.desk)[0][3]) == {"none", "many", "same", "text", ""}  # type: ignore[call-overload]


@pytest.mark.parametrize("size", [(40, 20), (120, 36)])
async def test_of_text_that_is_longer_than_its_line_the_place_is_said(size: tuple[int, int]) -> None:
    async with opened(size=size) as found:
        await found.press("2", "tab")
        found.app.post_message(events.Paste("技术 " * 3_333))
        await found.until(lambda: "9998 characters, at most 500" in found.text)
        await found.press("ctrl+u")
        found.app.post_message(events.Paste("技术 " * 150))
        await found.until(lambda: "450 of 450 characters" in found.text)
        await found.press("home")
        assert "0 of 450 characters" in found.text
        await found.press("ctrl+k")
        assert "one sentence" in found.text
