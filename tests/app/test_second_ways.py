"""Whatever an input method swallows: each action goes without a letter; a full-width sign is the key it looks like."""

from functools import cache

import pytest
from textual.command import CommandPalette
from textual.events import Key as Pressed
from textual.keys import _character_to_key

from floorwatch.app.floor_app import FloorApp
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.key_order import narrowed
from floorwatch.app.keys import KEYS, Key, Where, keys_of
from floorwatch.app.palette_commands import FloorCommands
from floorwatch.app.row_menu import RowMenu
from floorwatch.engine.desk import CommandEntry
from floorwatch.engine.entries import entries_of
from floorwatch.engine.house import build_house
from floorwatch.settings import Settings
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.screens import Seen, seen

AGENT = "agent:6500"
WIDE = {sign: chr(ord(sign) + 0xFEE0) for sign in map(chr, range(ord("!"), ord("~") + 1))}


@cache
def bundled() -> tuple[CommandEntry, ...]:
    """Every command that comes with floorwatch, as the screen has them."""
    return tuple(entries_of(build_house(Settings(), only_bundled=True).catalogue.commands).values())


def goes_without_letters(key: Key) -> bool:
    return any(len(name) > 1 or not name.isalpha() for name in key.names)


@pytest.mark.parametrize("key", [key for key in KEYS if key.names], ids=lambda key: f"{key.where}: {key.shown}")
def test_each_key_has_a_way_without_letters(key: Key) -> None:
    # S turns the sort of s round, which s and F4 do too, pressed twice.
    assert goes_without_letters(key) or key.names == ("S",)


@pytest.mark.parametrize("key", [key for key in KEYS if key.names], ids=lambda key: f"{key.where}: {key.shown}")
def test_no_way_without_letters_is_one_that_terminals_keep(key: Key) -> None:
    """To one, ctrl+i, ctrl+m and ctrl+[ are tab, enter and escape; ctrl+s passes: Textual turns flow control off."""
    assert not {"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+left_square_bracket"} & set(key.names)


@pytest.mark.parametrize("key", [key for key in KEYS if key.action], ids=lambda key: f"{key.where}: {key.shown}")
def test_what_a_key_is_bound_to_is_there(key: Key) -> None:
    of_app, _dot, action = key.action.partition("(")[0].rpartition(".")
    assert callable(getattr(FloorApp if of_app else FloorScreen, f"action_{action}", None))


@pytest.mark.parametrize("key", ["f9", ":", "ctrl+p"])
async def test_the_palette_opens_by_each_of_its_keys(key: str) -> None:
    async with seen() as found:
        await found.press(key)
        await found.until(lambda: isinstance(found.app.screen, CommandPalette))


async def test_every_bundled_command_is_in_the_palette_which_opens_without_letters() -> None:
    desk = FakeDesk()
    desk.entries = bundled()
    async with seen(desk) as found:
        await found.press("f9")
        titles = [hit.text async for hit in FloorCommands(found.app.screen).discover()]
        assert all(any(entry.title in str(title) for title in titles) for entry in bundled())


async def test_every_command_for_a_row_is_in_its_menu_and_those_with_keys_have_digits() -> None:
    desk = FakeDesk()
    desk.entries = bundled()
    for_agents = [entry for entry in bundled() if entry.stands_on(AGENT)]
    with_keys = [entry for entry in for_agents if entry.name in keys_of(bundled())]
    assert len(for_agents) > 9, "or there is nothing to order"
    async with seen(desk) as found:
        await found.press("3", "down", "f12")
        assert isinstance(found.app.screen, RowMenu)
        for entry in for_agents:
            assert entry.title in found.text
        for entry in with_keys[:8]:
            line = next(line for line in found.lines if entry.title in line)
            assert any(f"{digit} {entry.title}" in line for digit in range(2, 10)), line


async def test_what_stands_past_nine_is_taken_with_the_arrows() -> None:
    desk = FakeDesk()
    desk.entries = [CommandEntry(f"c{at}", f"command {at}", rows=("agent",)) for at in range(15)]
    async with seen(desk) as found:
        await found.press("3", "down", "f12", "end", "up", "enter")
        await found.until(lambda: ("c13", "agents", AGENT) in desk.asked)


async def type_signs(found: Seen, signs: str) -> None:
    """These signs as a terminal sends them: Textual's pilot knows no full-width ones."""
    driver = found.app._driver  # noqa: SLF001  # what a terminal sends comes through it
    assert driver is not None
    for sign in signs:
        driver.send_message(Pressed(_character_to_key(sign), sign))
        await found.settle()


@pytest.mark.parametrize(
    ("wide", "words"), [("？", "not a computed figure"), ("ｐ", "Plugins"), ("Ｙ", "Copy as text")]
)
async def test_a_full_width_sign_is_the_key_it_looks_like(wide: str, words: str) -> None:
    async with seen() as found:
        await found.press("1")
        await type_signs(found, wide)
        await found.until(lambda: words in found.text)


async def test_a_full_width_colon_opens_the_palette() -> None:
    async with seen() as found:
        await type_signs(found, "：")
        await found.until(lambda: isinstance(found.app.screen, CommandPalette))


async def test_full_width_letters_and_digits_are_keys_on_the_floor_in_menus_and_for_commands() -> None:
    desk = FakeDesk()
    desk.entries = (CommandEntry("help", "Help", "h", rows=("agent",)), NOTE)
    async with seen(desk) as found:
        await found.press("３")
        assert found.table(3).has_focus
        await found.press("down", "ｈ")
        await found.until(lambda: ("help", "agents", AGENT) in desk.asked)
        desk.asked.clear()
        await found.press("ｍ", "２")
        await found.until(lambda: ("help", "agents", AGENT) in desk.asked)
        await found.press("ｗ")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))


async def test_in_a_text_field_full_width_signs_stay_as_they_were_typed() -> None:
    async with seen() as found:
        await found.press("1", "/")
        await type_signs(found, "ｓ１？")
        assert "ｓ１？" in found.text


async def type_into_form(found: Seen, *keys: str) -> str:
    await found.press("w")
    await found.until(lambda: isinstance(found.app.screen, FormScreen))
    await found.press(*keys)
    return found.text


async def test_in_a_form_a_choice_takes_wide_digits_and_the_field_behind_it_keeps_wide_letters() -> None:
    desk = FakeDesk()
    desk.entries = (NOTE,)
    async with seen(desk) as found:
        text = await type_into_form(found, "２", "tab", "ｘ", "１")
        assert "[2 coaching]" in text
        assert "ｘ１" in text


@pytest.mark.parametrize("sign", sorted(WIDE))
def test_every_full_width_sign_has_its_narrow_key(sign: str) -> None:
    wide = Pressed(WIDE[sign], WIDE[sign])
    assert narrowed(wide).character == sign
    assert narrowed(Pressed("王", "王")).character == "王"


def test_a_wide_blank_is_a_blank() -> None:
    assert narrowed(Pressed("\u3000", "\u3000")).key == "space"


def test_a_replay_s_signs_are_known_in_chinese_too() -> None:
    signs = {name for key in KEYS if key.where is Where.REPLAY for name in key.names}
    assert {"【", "】", "，", "。", "《", "》"} <= signs
