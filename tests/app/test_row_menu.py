"""The menu of the row under the cursor, by every way there is."""

import pytest

from floorwatch.app.form_screen import FormScreen
from floorwatch.app.glyphs import ASCII
from floorwatch.app.row_menu import RowMenu
from floorwatch.engine.desk import CommandEntry
from floorwatch.views import Table
from tests.app import fake_views as views
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.screens import Seen, seen

CALL = CommandEntry("call", "Call back", "", rows=("",))
HELP = CommandEntry("help", "Help", "h", rows=("agent",))
AGENT = "agent:6500"


def desk_with(*entries: CommandEntry) -> FakeDesk:
    """A desk with these commands."""
    desk = FakeDesk()
    desk.entries = entries
    return desk


def is_open(found: Seen) -> bool:
    """Whether a menu is open."""
    return isinstance(found.app.screen, RowMenu)


@pytest.mark.parametrize("key", ["m", "f12"])
async def test_it_offers_what_can_be_done_with_the_row(key: str) -> None:
    async with seen(desk_with(HELP, CALL, NOTE)) as found:
        await found.press("3", "down", key)
        assert is_open(found)
        for words in ("▸ 1 Open", "2 Help", "3 Walk note ...", "4 Call back"):
            assert words in found.text


async def test_it_stands_at_its_row() -> None:
    async with seen(desk_with(CALL)) as found:
        await found.press("down")
        row = next(y for y, line in enumerate(found.lines) if "sales " in line)
        await found.press("m")
        assert "1 Open" in found.lines[row + 2]
        await found.press("escape", "3", "end")
        row = next(y for y, line in enumerate(found.lines) if "罗欣怡" in line)
        await found.press("m")
        assert "2 Call back" in found.lines[row - 2]


async def test_only_commands_for_such_rows_are_in_it() -> None:
    async with seen(desk_with(HELP, CALL)) as found:
        await found.press("m")
        assert "Call back" in found.text
        assert "▸ 1 Open" in found.text
        assert "2 Help" not in found.text


@pytest.mark.parametrize("keys", [("2",), ("h",), ("down", "enter"), ("２",)])
async def test_digit_key_and_arrows_do_it(keys: tuple[str, ...]) -> None:
    async with seen(desk_with(HELP, CALL)) as found:
        await found.press("3", "down", "m", *keys)
        await found.until(lambda: ("help", "agents", AGENT) in found.desk.asked)
        await found.settle()
        assert not is_open(found)
        assert found.table(3).has_focus


async def test_open_opens_the_row() -> None:
    async with seen(desk_with(CALL)) as found:
        await found.press("m", "enter")
        await found.until(lambda: ("detail", "queue-status", "support") in found.desk.asked)


async def test_a_command_that_asks_opens_its_form_for_that_row() -> None:
    async with seen(desk_with(NOTE)) as found:
        await found.press("3", "down", "m", "2")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        assert f"Walk note - {found.table(3).words_of(AGENT)}" in found.text
        assert ("prefill", "walk-note", "agents", AGENT) in found.desk.asked


@pytest.mark.parametrize("key", ["escape", "m", "f12"])
async def test_closing_it_does_nothing(key: str) -> None:
    async with seen(desk_with(CALL)) as found:
        await found.press("m", "down", key)
        assert not is_open(found)
        assert found.desk.asked == []
        assert found.table(1).has_focus


async def test_the_arrows_stop_at_its_ends() -> None:
    async with seen(desk_with(CALL)) as found:
        await found.press("m", "up")
        assert "▸ 1 Open" in found.text
        await found.press("end", "down")
        assert "▸ 2 Call back" in found.text
        await found.press("home")
        assert "▸ 1 Open" in found.text


async def test_the_right_button_opens_it_where_it_was_pressed() -> None:
    async with seen(desk_with(CALL)) as found:
        y = next(y for y, line in enumerate(found.lines) if "sales " in line)
        await found.pilot.click(offset=(12, y), button=3)
        await found.settle()
        assert "1 Open" in found.lines[y + 2]
        await found.pilot.click(offset=(found.lines[y + 3].index("Call"), y + 3))
        await found.until(lambda: ("call", "queue-status", "sales") in found.desk.asked)


async def test_a_click_beside_it_closes_it() -> None:
    async with seen(desk_with(CALL)) as found:
        await found.press("m")
        await found.pilot.click(offset=(100, 30))
        await found.settle()
        assert not is_open(found)


async def test_without_a_row_there_is_no_menu() -> None:
    desk = desk_with(HELP)
    desk.put("queue-status", Table(views.NEEDS_COLUMNS, (), empty="Nothing."))
    async with seen(desk) as found:
        await found.press("m")
        assert not is_open(found)
        assert "There is no row under the cursor." in found.text


async def test_a_group_that_no_command_is_for_has_nothing_to_do() -> None:
    async with seen(desk_with(HELP)) as found:
        await found.press("3", "m")
        assert not is_open(found)
        assert "There is nothing to do on this row." in found.text


async def test_in_a_detail_it_has_the_commands_of_what_the_detail_is_about_too() -> None:
    desk = desk_with(HELP, CommandEntry("call", "Call back", rows=("caller",)))
    desk.detail_shown = views.detail_view("queue:support", desk.now())
    async with seen(desk) as found:
        await found.press("3", "down", "enter")
        await found.until(lambda: "*******41" in found.text)
        await found.settle()
        await found.press("m")
        assert "2 Call back" in found.text
        await found.press("3")
        await found.until(lambda: ("help", "agents", AGENT) in found.desk.asked)


async def test_a_detail_without_rows_has_the_menu_of_what_it_is_about() -> None:
    async with seen(desk_with(HELP)) as found:
        await found.press("3", "down", "enter")
        await found.until(lambda: "5:50:00" in found.text)
        await found.settle()
        await found.press("m", "1")
        await found.until(lambda: ("help", "agents", AGENT) in found.desk.asked)


async def test_it_stays_on_a_small_terminal() -> None:
    entries = [CommandEntry(f"c{at}", f"命令 {at} " + "x" * 60, rows=("",)) for at in range(30)]
    async with seen(desk_with(*entries), size=(40, 20)) as found:
        await found.press("m", "end")
        assert "▸   命令 29" in found.text
        assert all(len(line) <= 40 for line in found.lines)
        await found.pilot.resize_terminal(12, 4)
        await found.settle()
        await found.press("up", "enter")
        await found.until(lambda: ("c28", "queue-status", "support") in found.desk.asked)


async def test_in_ascii_it_is_drawn_in_ascii() -> None:
    async with seen(desk_with(CALL), glyphs=ASCII) as found:
        await found.press("m")
        assert "> 1 Open" in found.text
        assert not set(found.text) & set("│─╭╮╰╯▸▾▐…")
