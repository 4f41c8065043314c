"""Panels of several parts: where the keys go one after another, and which of them the footer offers."""

from msgspec.structs import replace
from textual.geometry import Offset

from floorwatch.app.part_view import PartView
from floorwatch.app.row_menu import RowMenu
from floorwatch.engine.desk import CommandEntry
from floorwatch.views import Cell, Column, Form, Notice, Row, RowKind, Stack, Table, Text, TextField, View
from tests.app import fake_places as places
from tests.app.screens import Seen, seen

PANEL, NUMBER = "agents", 3
COLUMNS = (Column("name", "Name", 8),)
UPPER = Table(COLUMNS, (Row("agent:1", (Cell("Li"),)), Row("agent:2", (Cell("Wang"),))))
LOWER = places.room(2, 4)
FORM = Form("note", (TextField(name="words", title="Words"),))


async def show(found: Seen, view: View) -> None:
    """The panel shows this, and has the keys."""
    found.desk.put(PANEL, view)
    await found.settle()
    await found.press(str(NUMBER))


def parts(found: Seen) -> list[PartView]:
    return list(found.app.dashboard.frames[NUMBER - 1].holders)


def focused(found: Seen) -> object:
    return found.app.screen.focused


def footer(found: Seen) -> str:
    return found.lines[-1]


async def test_tab_goes_through_the_parts_of_a_panel_and_on_to_the_next_panel() -> None:
    async with seen() as found:
        await show(found, Stack((UPPER, LOWER)))
        upper, lower = parts(found)
        await found.press("2")
        ways = []
        for _press in range(4):
            await found.press("tab")
            ways.append(focused(found))
        assert ways == [upper, lower, found.table(1), found.table(2)]
        for _press in range(3):
            await found.press("shift+tab")
        assert focused(found) is upper


async def test_the_keys_begin_in_the_last_table_or_in_the_one_that_says_so() -> None:
    second = Table(COLUMNS, (Row("agent:3", (Cell("Zhao"),)),))
    async with seen() as found:
        await show(found, Stack((UPPER, second)))
        assert focused(found) is parts(found)[1]
    async with seen() as found:
        await show(found, Stack((replace(UPPER, starts=True), second)))
        assert focused(found) is parts(found)[0]


async def test_tab_stops_at_a_panel_without_a_cursor_too() -> None:
    async with seen(size=(40, 20)) as found:
        found.desk.put("needs-you", Notice("Nothing calls for you."))
        await found.settle()
        await found.press("1", "tab")
        assert "Nothing calls for you." in found.text
        await found.press("tab")
        assert "3 Agents" in found.text


async def test_a_digit_goes_to_the_part_that_had_the_keys_last_or_the_large_one() -> None:
    async with seen() as found:
        await show(found, Stack((UPPER, LOWER)))
        assert focused(found) is parts(found)[1]


async def test_a_row_is_opened_in_whichever_part_it_stands() -> None:
    async with seen() as found:
        await show(found, Stack((UPPER, LOWER)))
        await found.press("1")
        found.app.open_panel(PANEL, "agent:2")
        await found.settle()
        assert "Agents > Wang" in found.text
        await found.press("escape")
        assert focused(found) is parts(found)[0]
        assert parts(found)[0].row_key == "agent:2"


async def test_the_menu_of_a_seat_stands_at_the_seat() -> None:
    async with seen() as found:
        found.desk.entries = (CommandEntry("note", "note", "n", rows=("seat",)),)
        await show(found, LOWER)
        await found.press("right", "down")
        (part,) = parts(found)
        seat = part.cursor_at
        assert found.lines[part.region.y + seat.y][part.region.x + seat.x :].startswith("101")
        await found.press("m")
        assert isinstance(found.app.screen, RowMenu)
        assert found.app.screen.query_one("Vertical").region.offset == part.region.offset + seat + Offset(0, 1)


async def test_the_menu_of_a_track_stands_at_the_stretch() -> None:
    async with seen() as found:
        await show(found, places.shift())
        await found.press("home")
        (part,) = parts(found)
        at = part.cursor_at
        assert found.lines[part.region.y + at.y][part.region.x + at.x] == "T"


async def test_the_footer_offers_what_does_something() -> None:
    async with seen() as found:
        await show(found, UPPER)
        assert all(word in footer(found) for word in ("enter open", "/ filter", "s sort", "m menu", "? explain"))
        await found.pilot.pause()
        await show(found, Text.of("Read this."))
        assert not any(word in footer(found) for word in ("open", "filter", "sort", "menu", "explain"))
        assert "tab next" in footer(found)
        await show(found, LOWER)
        assert all(word in footer(found) for word in ("enter open", "/ filter"))
        assert "sort" not in footer(found)
        await show(found, FORM)
        assert "enter open" in footer(found)
        assert "menu" not in footer(found)


async def test_enter_is_offered_on_rows_with_nothing_behind_them_only_where_it_folds() -> None:
    async with seen() as found:
        rows = (Row("team", (Cell("team"),), kind=RowKind.GROUP), Row("a", (Cell("Li"),), parent="team"))
        await show(found, Table(COLUMNS, rows, opens=False))
        assert "enter open" in footer(found)
        await show(found, Table(COLUMNS, rows[1:], opens=False))
        assert "enter open" not in footer(found)


async def test_the_footer_follows_the_keys_from_panel_to_panel() -> None:
    async with seen() as found:
        await show(found, Text.of("Read this."))
        await found.press("1")
        assert "enter open" in footer(found)
        await found.press("3")
        assert "enter open" not in footer(found)
