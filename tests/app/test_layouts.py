"""Layouts chosen by key, by name, by the configuration; pages of panels; one team alone; walls."""

import pytest
from msgspec.structs import replace

from floorwatch.app import wall
from floorwatch.app.row_menu import RowMenu
from floorwatch.engine.desk import Reload
from floorwatch.extend.command import Toast
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.settings.layout import LayoutSpec
from floorwatch.views import Cell, Column, Notice, Row, Table
from tests.app import fake_views as views
from tests.app.fake_floor import LAYOUTS, FakeDesk
from tests.app.screens import Seen, seen

FIVE = LayoutSpec.of([["queue-status", "needs-you"], ["agents"], ["one", "two"]])


def desk_of_five() -> FakeDesk:
    desk = FakeDesk()
    desk.put("one", views.agents_view(desk.now()))
    desk.put("two", views.agents_view(desk.now()))
    return desk


def titles(found: Seen) -> list[str]:
    return [frame.title for frame in found.app.dashboard.frames if frame.display and frame.region.height]


@pytest.mark.parametrize("key", ["l", "ctrl+l"])
async def test_a_key_lists_the_layouts_and_a_digit_chooses_one(key: str) -> None:
    async with seen() as found:
        await found.press(key)
        menu = found.app.screen
        assert isinstance(menu, RowMenu)
        assert "1 Usual" in found.text
        assert next(line for line in found.lines if "shown now" in line).count("Usual")
        await found.press("2")
        assert found.desk.looks.layout.name == "people"
        assert titles(found) == ["Agents", "Needs you"]
        assert found.table(2).has_focus, "the cursor starts where the layout says"
        assert "1 Agents" in found.text
        assert "Queues" not in found.text


async def test_enter_takes_the_layout_of_now_and_esc_changes_nothing() -> None:
    async with seen() as found:
        await found.press("l", "2", "l", "enter")
        assert found.desk.looks.layout.name == "people"
        await found.press("l", "escape")
        assert found.desk.looks.layout.name == "people"


async def test_digits_and_tab_go_by_the_new_order() -> None:
    async with seen() as found:
        await found.press("l", "2", "1")
        assert found.app.dashboard.current is found.app.dashboard.frames[0]
        await found.press("tab")
        assert found.app.dashboard.current is found.app.dashboard.frames[1]
        await found.press("3")
        assert found.app.dashboard.current is found.app.dashboard.frames[1]


async def test_what_stands_above_is_closed_when_a_layout_is_chosen() -> None:
    async with seen() as found:
        await found.press("enter")
        assert found.app.screen is not found.app.dashboard
        await found.press("l", "2")
        assert found.app.screen is found.app.dashboard
        assert titles(found) == ["Agents", "Needs you"]


async def test_the_palette_has_a_line_for_each_layout() -> None:
    async with seen() as found:
        await found.press("ctrl+p", *"people")
        await found.until(lambda: "Layout: People" in found.text)
        await found.press("down", "enter")
        await found.until(lambda: titles(found) == ["Agents", "Needs you"])


async def test_what_changes_comes_to_the_panels_of_the_new_layout() -> None:
    async with seen() as found:
        await found.press("l", "2")
        found.desk.put("needs-you", Notice("Nobody needs anybody."))
        await found.settle()
        assert "Nobody needs anybody." in found.text


async def test_a_changed_configuration_is_said_and_shown() -> None:
    async with seen() as found:
        looks = found.desk.looks
        looks.show(LayoutSpec.of([["agents"]]))
        looks.reload = Reload(Toast("The configuration was read again."), "light")
        found.desk.tell()
        await found.until(lambda: titles(found) == ["Agents"])
        assert found.app.theme == "light"
        assert [note.message for note in found.app._notifications] == ["The configuration was read again."]  # noqa: SLF001
        found.desk.tell()
        await found.settle()
        assert len(found.app._notifications) == 1  # noqa: SLF001


async def test_a_changed_configuration_waits_until_nothing_stands_above_the_dashboard() -> None:
    async with seen() as found:
        await found.press("enter")
        above = found.app.screen
        found.desk.looks.show(LayoutSpec.of([["agents"]]))
        found.desk.tell()
        await found.settle()
        assert found.app.screen is above
        await found.press("escape")
        await found.until(lambda: titles(found) == ["Agents"])


async def test_a_changed_configuration_waits_while_words_to_find_are_typed() -> None:
    """The next letter would be a key of the new layout: `q` leaves."""
    async with seen() as found:
        await found.press("/", "a")
        found.desk.looks.show(LayoutSpec.of([["agents"]]))
        found.desk.tell()
        await found.settle()
        assert "Queues" in titles(found)
        await found.press("escape")
        await found.until(lambda: titles(found) == ["Agents"])


# Pages


@pytest.mark.parametrize(
    ("size", "pages"),
    [
        ((200, 60), [["Queues", "Needs you", "Agents", "one", "two"]]),
        ((120, 36), [["Queues", "Needs you", "Agents", "one", "two"]]),
        ((120, 24), [["Queues", "Needs you", "Agents"], ["one", "two"]]),
        ((100, 50), [["Queues", "Needs you", "Agents"], ["one", "two"]]),
        ((80, 24), [["Queues", "Needs you", "Agents"], ["one", "two"]]),
        ((40, 20), [["Queues"], ["Needs you"], ["Agents"], ["one"], ["two"]]),
    ],
)
async def test_every_panel_is_a_digit_away_and_none_is_a_sliver(size: tuple[int, int], pages: list[list[str]]) -> None:
    async with seen(desk_of_five(), size, layout=FIVE) as found:
        for page in pages:
            number = [frame.title for frame in found.app.dashboard.frames].index(page[0]) + 1
            await found.press(str(number))
            assert titles(found) == page
            seen_frames = [frame for frame in found.app.dashboard.frames if frame.display]
            assert all(frame.region.height >= 4 for frame in seen_frames)
            assert sum(frame.region.height for frame in seen_frames) >= size[1] // 2


async def test_a_line_names_what_is_on_other_pages_and_a_click_goes_there() -> None:
    async with seen(desk_of_five(), (80, 24), layout=FIVE) as found:
        assert found.lines[-2].split() == ["4", "one", "5", "two"]
        await found.pilot.click(offset=(8, 22))
        await found.settle()
        assert titles(found) == ["one", "two"]
        assert found.app.dashboard.current is found.app.dashboard.frames[4]
        assert found.lines[-2].split() == ["1", "Queues", "2", "Needs", "you", "3", "Agents"]


async def test_tab_goes_on_to_the_next_page_and_round() -> None:
    async with seen(desk_of_five(), (80, 24), layout=FIVE) as found:
        for title in ("Needs you", "Agents", "one", "two", "Queues"):
            await found.press("tab")
            current = found.app.dashboard.current
            assert current is not None
            assert current.title == title
            assert title in titles(found)


async def test_zoom_and_back_comes_to_the_same_page() -> None:
    async with seen(desk_of_five(), (80, 24), layout=FIVE) as found:
        await found.press("4", "z")
        assert titles(found) == ["one"]
        await found.press("z")
        assert titles(found) == ["one", "two"]


async def test_a_page_does_not_change_because_rows_come_and_go() -> None:
    desk = desk_of_five()
    async with seen(desk, (80, 24), layout=FIVE) as found:
        for rows in (40, 0, 7):
            desk.put("needs-you", views.needs_view(desk.now(), rows=rows))
            await found.settle()
            assert titles(found) == ["Queues", "Needs you", "Agents"]


# One team alone


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (80, 24), (40, 20)])
@pytest.mark.parametrize(
    ("focus", "said"),
    [(Focus(team="A"), "only team A"), (Focus(queue="vip"), "only vip"), (Focus("A", "vip"), "only team A, vip")],
)
async def test_the_header_says_that_a_part_alone_is_shown(size: tuple[int, int], focus: Focus, said: str) -> None:
    async with seen(size=size) as found:
        assert "only" not in found.lines[0]
        found.desk.looks.look_at(focus)
        found.desk.tell()
        await found.settle()
        assert said in found.lines[0]
        assert "LIVE" in found.lines[0]


async def test_a_long_name_is_cut_where_the_terminal_is_small() -> None:
    async with seen(size=(40, 20)) as found:
        found.desk.looks.look_at(Focus(team="The team of the second floor"))
        found.desk.tell()
        await found.settle()
        assert "only team The tea." in found.lines[0]
        assert "LIVE" in found.lines[0]


async def test_0_shows_the_queue_under_the_cursor_alone_and_then_everything_again() -> None:
    desk = FakeDesk()
    row = Row("queue:support", (Cell("support"),))
    desk.put("queue-status", Table((Column("queue", "queue", 10),), (row,)))
    async with seen(desk) as found:
        await found.press("1", "0")
        assert found.desk.looks.focus == Focus(queue="support")
        assert "only support" in found.lines[0]
        await found.press("2", "0")
        assert found.desk.looks.focus == NO_FOCUS
        assert "only" not in found.lines[0]


async def test_0_away_from_anything_says_what_it_wants() -> None:
    desk = FakeDesk()
    desk.put("queue-status", Notice("Nothing."))
    async with seen(desk) as found:
        await found.press("1", "0")
        assert desk.looks.focus == NO_FOCUS
        assert "Put the cursor on a team, a queue or a person first." in found.text


async def test_0_on_those_of_no_team_says_why_they_cannot_be_alone() -> None:
    desk = FakeDesk()
    desk.put("queue-status", Table((Column("team", "team", 10),), (Row("team:", (Cell("no team"),)),)))
    async with seen(desk) as found:
        await found.press("1", "0")
        assert desk.looks.focus == NO_FOCUS
        assert "Only a team can be shown alone" in found.text


async def test_a_layout_whose_team_nobody_knows_says_so() -> None:
    async with seen() as found:
        looks = found.desk.looks
        looks.layouts = (*LAYOUTS, replace(LAYOUTS[1], name="leader", title="Leader", team="mine"))
        await found.press("l", "5")
        assert "knows no team" in found.text


# Walls


WALL = LAYOUTS[2]


async def test_a_wall_has_no_cursor_no_keys_no_numbers_and_nobody_s_name() -> None:
    async with seen(layout=WALL) as found:
        assert found.app.dashboard.is_quiet
        assert found.app.focused is None
        assert "F1 keys" not in found.text
        assert "王芳" not in found.lines[0]
        assert "1 Queues" not in found.text
        assert "Queues" in found.text
        assert not found.app.dashboard.footer.region.height


async def test_nothing_pops_up_on_a_wall() -> None:
    async with seen(layout=WALL) as found:
        found.app.notify("Not sent: note on 李娜")
        await found.settle()
        assert "李娜" not in "".join(line for line in found.lines if "Not sent" in line)


async def test_a_key_wakes_a_wall_and_does_nothing_else() -> None:
    async with seen(layout=WALL) as found:
        await found.press("c")
        assert not found.app.dashboard.is_quiet
        assert found.app.theme == "dark"
        assert "F1 keys" in found.text
        assert "王芳" in found.lines[0]
        assert found.app.focused is not None
        await found.press("c")
        assert found.app.theme != "dark"


async def test_a_layout_is_chosen_on_a_wall_with_the_same_keys_as_elsewhere() -> None:
    async with seen(layout=WALL) as found:
        await found.press("l", "1")
        assert found.desk.looks.layout.name == "usual"
        assert "F1 keys" in found.text


async def test_a_wall_falls_quiet_when_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "AWAKE_SECONDS", 0.05)
    async with seen(layout=WALL) as found:
        await found.press("tab", "enter")
        await found.until(lambda: found.app.screen is found.app.dashboard and found.app.dashboard.is_quiet)
        assert found.app.focused is None


async def test_walls_take_turns_and_one_alone_stays() -> None:
    async with seen(layout=WALL) as found:
        found.app.dashboard.post_message(found.app.dashboard.TurnOver())
        await found.until(lambda: found.desk.looks.layout.name == "wall-2")
        await found.until(lambda: titles(found) == ["Agents"])
        found.desk.looks.layouts = (LAYOUTS[0], LAYOUTS[3])
        found.app.dashboard.post_message(found.app.dashboard.TurnOver())
        await found.settle()
        assert titles(found) == ["Agents"]


async def test_a_small_wall_turns_its_pages_first() -> None:
    async with seen(size=(40, 20), layout=WALL) as found:
        assert titles(found) == ["Queues"]
        found.app.dashboard.post_message(found.app.dashboard.TurnOver())
        await found.until(lambda: titles(found) == ["Agents"])
        assert found.desk.looks.layout.name == "wall"


async def test_a_wall_at_which_somebody_is_does_not_turn() -> None:
    async with seen(layout=WALL) as found:
        await found.press("tab")
        found.app.dashboard.post_message(found.app.dashboard.TurnOver())
        await found.settle()
        assert found.desk.looks.layout.name == "wall"


async def test_a_mistake_in_the_configuration_wakes_a_wall() -> None:
    async with seen(layout=WALL) as found:
        found.desk.looks.reload = Reload(Toast("The configuration has a mistake."), "dark")
        found.desk.tell()
        await found.until(lambda: "The configuration has a mistake." in found.text)
