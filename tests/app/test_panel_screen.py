"""A panel that the layout does not show, on a page of its own, under the keys that act on the dashboard."""

import pytest

from floorwatch.app.dashboard import Dashboard
from floorwatch.app.panel_screen import PanelScreen
from floorwatch.app.row_menu import RowMenu
from floorwatch.app.view_screen import ViewScreen
from floorwatch.engine.desk import CommandEntry, Health, PanelShow
from floorwatch.extend.command import Open
from floorwatch.views import Cell, Column, Explain, Row, Table
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

COLUMNS = (Column("who", "who", 12, flex=1), Column("why", "why", 12, flex=1))


def walk(*words: str) -> Table:
    """A row for each of these words."""
    explain = Explain("service-level")
    rows = tuple(Row(f"seat:{word}", (Cell(word, explain=explain), Cell(f"why {word}"))) for word in words)
    return Table(COLUMNS, rows, empty="Everyone was visited.")


def desk_with_walk(row_key: str | None = None) -> FakeDesk:
    """A desk whose key `w` opens the walk, which the layout does not show, and `l` the notes."""
    desk = FakeDesk()
    desk.entries = (CommandEntry("walk", "walk", "w"), CommandEntry("praise", "Praise", "e", rows=("seat",)))
    desk.outcomes = (Open("walk", row_key),)
    desk.put_page("walk", "Walk", walk("A07", "B03"))
    desk.put_page("notes", "Notes", walk("N1"))
    return desk


async def opened(found: Seen, key: str = "w") -> PanelScreen:
    """The page, opened by a command's key."""
    await found.press(key)
    await found.until(lambda: isinstance(found.app.screen, PanelScreen))
    await found.settle()
    page = found.app.screen
    assert isinstance(page, PanelScreen)
    return page


async def test_a_command_opens_a_panel_that_the_layout_does_not_show_as_a_page() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        assert "Walk" in found.lines[2]
        assert "why A07" in found.text
        assert "1 Queues" not in found.text
        assert "WAITING 7*" in found.lines[1]
        assert "esc back" in found.lines[-1]
        await found.press("escape")
        assert isinstance(found.app.screen, Dashboard)
        await found.until(lambda: found.desk.opened == [])


async def test_it_is_live() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        found.desk.put_page("walk", "Walk", walk("B03", "C11"))
        await found.until(lambda: "why C11" in found.text)
        assert "A07" not in found.text
        await found.pass_seconds(5)
        assert "LONGEST 1:47!" in found.lines[1]


async def test_what_changed_while_it_was_covered_is_there_afterwards() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        await found.press("f1")
        found.desk.put_page("walk", "Walk", walk("C11"))
        await found.press("escape")
        assert "why C11" in found.text


async def test_in_the_hand_it_fills_the_terminal() -> None:
    async with seen(desk_with_walk(), size=(40, 20)) as found:
        await opened(found)
        assert found.lines[1].startswith("─Walk──")
        assert "why A07" in found.text
        assert not set("│╭╰") & set(found.text)
        assert all(len(line) <= 40 for line in found.lines)
        await found.pilot.resize_terminal(120, 36)
        await found.settle()
        assert "╭" in found.lines[2]


async def test_the_keys_of_a_panel_act_on_it() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        await found.press("/", *"b03", "enter")
        assert "why A07" not in found.text
        await found.press("escape")
        assert "why A07" in found.text
        await found.press("?")
        await found.until(lambda: isinstance(found.app.screen, ViewScreen))
        await found.press("escape", "y")
        assert "Walk copied as text." in found.text
        await found.press("f5")
        assert ("retry", "walk") in found.desk.asked
        found.desk.outcomes = ()
        await found.press("down", "e")
        assert ("praise", "walk", "seat:B03") in found.desk.asked


async def test_the_menu_of_a_row_and_what_stands_behind_it() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        await found.press("down", "m")
        assert isinstance(found.app.screen, RowMenu)
        assert "2 Praise" in found.text
        await found.press("1")
        await found.until(lambda: ("detail", "walk", "seat:B03") in found.desk.asked)
        await found.settle()
        assert "Walk > B03" in found.text
        await found.press("escape")
        assert isinstance(found.app.screen, PanelScreen)


async def test_the_row_of_a_detail_opens_in_the_panel_that_has_it() -> None:
    async with seen(desk_with_walk()) as found:
        found.desk.detail_shown = Table(
            COLUMNS,
            (
                Row(
                    "agent:6500",
                    (Cell("A01"), Cell("")),
                ),
            ),
        )
        await opened(found)
        await found.press("enter")
        await found.until(lambda: isinstance(found.app.screen, ViewScreen) and "A01" in found.text)
        await found.settle()
        await found.press("enter")
        await found.until(lambda: ("detail", "agents", "agent:6500") in found.desk.asked)


async def test_the_row_of_a_detail_opens_in_the_home_of_its_table_and_is_still_about_whom_the_page_was() -> None:
    async with seen(desk_with_walk()) as found:
        found.desk.detail_shown = Table(COLUMNS, (Row("note:1", (Cell("praise"), Cell(""))),), home="notes")
        await opened(found)
        await found.press("enter")
        await found.until(lambda: isinstance(found.app.screen, ViewScreen) and "praise" in found.text)
        await found.settle()
        before = found.app.screen
        await found.press("enter")
        await found.until(lambda: ("detail", "notes", "note:1") in found.desk.asked)
        await found.until(lambda: found.app.screen is not before)
        assert isinstance(found.app.screen, ViewScreen)
        about = [subject.row_key for subject in found.app.screen.subjects()]
        assert about[-1] == "seat:A07"
        assert "note:1" in about


async def test_opened_again_it_does_not_stand_twice() -> None:
    async with seen(desk_with_walk()) as found:
        page = await opened(found)
        await found.press("w", "w")
        assert found.app.screen is page
        await found.press("enter")
        await found.until(lambda: isinstance(found.app.screen, ViewScreen))
        await found.press("w")
        await found.until(lambda: found.app.screen is page)
        assert len(found.app.screen_stack) == 2
        assert found.desk.opened == ["walk"]


async def test_one_page_stands_above_another_and_the_way_back_is_the_way_there() -> None:
    async with seen(desk_with_walk()) as found:
        walk_page = await opened(found)
        found.desk.outcomes = (Open("notes"),)
        await found.press("w")
        await found.until(lambda: "why N1" in found.text)
        found.desk.outcomes = (Open("walk"),)
        await found.press("w")
        await found.until(lambda: found.app.screen is walk_page)
        await found.until(lambda: found.desk.opened == ["walk"])


async def test_a_row_of_it_opens_at_once_also_before_it_was_built() -> None:
    desk = desk_with_walk("seat:B03")
    desk.put_page("walk", "Walk", None)
    async with seen(desk) as found:
        await found.press("w")
        await found.until(lambda: ("detail", "walk", "seat:B03") in desk.asked)
        await found.settle()
        assert isinstance(found.app.screen, ViewScreen)
        await found.press("escape")
        assert "Reading Walk..." in found.text
        desk.put_page("walk", "Walk", walk("A07", "B03"))
        await found.until(lambda: "why B03" in found.text)
        await found.press("w", "escape", "m", "2")
        await found.until(lambda: ("praise", "walk", "seat:B03") in desk.asked)


async def test_from_a_page_a_panel_of_the_layout_comes_to_the_front() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        found.desk.outcomes = (Open("agents"),)
        await found.press("w")
        await found.until(lambda: isinstance(found.app.screen, Dashboard))
        await found.settle()
        assert found.table(3).has_focus
        await found.until(lambda: found.desk.opened == [])


async def test_closed_and_opened_at_once_it_is_still_built() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        found.app.pop_screen()
        found.app.open_panel("walk")
        await found.settle()
        assert found.desk.shown("walk") is not None
        found.desk.put_page("walk", "Walk", walk("C11"))
        await found.until(lambda: "why C11" in found.text)


async def test_a_panel_that_nobody_brings_is_said() -> None:
    desk = desk_with_walk()
    desk.outcomes = (Open("nothing"),)
    async with seen(desk) as found:
        await found.press("w")
        await found.until(lambda: "There is no panel nothing." in found.text)
        assert isinstance(found.app.screen, Dashboard)


@pytest.mark.parametrize("health", [Health.STALLED, Health.FAULTED])
async def test_its_trouble_is_said_as_on_the_dashboard(health: Health) -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        found.desk.pages["walk"] = PanelShow("walk", "Walk", walk("A07"), health, "KeyError: 'seat'", found.desk.now())
        found.app.changed(frozenset({"walk"}))
        await found.until(lambda: "KeyError: 'seat' - F5 tries again" in found.text)
        assert f"! {health}" in found.text


async def test_the_lock_closes_it() -> None:
    async with seen(desk_with_walk()) as found:
        await opened(found)
        found.app.lock()
        await found.settle()
        assert isinstance(found.app.screen, Dashboard)
        await found.until(lambda: found.desk.opened == [])
