"""The table under keys, mouse and new views."""

import pytest
from textual.pilot import Pilot

from floorwatch.app.rows import Sort
from floorwatch.app.table import FloorTable
from floorwatch.views import Cell, Column, Row, Table
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

AGENTS = 3


def painted_rows(found: Seen, panel: int) -> list[str]:
    table = found.table(panel)
    return [table.render_line(y).text for y in range(table.size.height)]


def seat_of(found: Seen) -> str:
    current = found.table(AGENTS).current
    assert current is not None
    return current.row.cells[2].text


def line_of(found: Seen, seat: str) -> int:
    return next(y for y, text in enumerate(painted_rows(found, AGENTS)) if f" {seat} " in text)


async def one_more_on_top(found: Seen) -> None:
    agents = views.agents_view(found.desk.now())
    more = views.agent_row(77, "A00", "team:A", found.desk.now())
    found.desk.put("agents", Table(agents.columns, (agents.rows[0], more, *agents.rows[1:])))
    await found.settle()


async def test_the_scroll_position_stays_when_rows_come_above() -> None:
    async with seen() as found:
        await found.press("3", "pagedown", "pagedown", "up")
        table = found.table(AGENTS)
        key, seat = table.row_key, seat_of(found)
        line = line_of(found, seat)
        await one_more_on_top(found)
        assert table.row_key == key
        assert line_of(found, seat) == line + 1


async def test_a_cursor_in_sight_stays_in_sight() -> None:
    async with seen() as found:
        await found.press("3", "pagedown", "pagedown")
        key, seat = found.table(AGENTS).row_key, seat_of(found)
        line = line_of(found, seat)
        await one_more_on_top(found)
        assert found.table(AGENTS).row_key == key
        assert line_of(found, seat) == line


async def test_what_sinks_out_of_sight_is_left_to_go_and_the_urgent_stay() -> None:
    desk = FakeDesk()
    rows = tuple(Row(f"alert:{n}", (Cell(f"alert {n}"),)) for n in range(40))
    desk.put("agents", Table((Column("what", "", 10),), rows))
    async with seen(desk) as found:
        await found.press("3", "down")
        taken = Row("alert:1", (Cell("alert 1, taken"),))
        desk.put("agents", Table((Column("what", "", 10),), (rows[0], *rows[2:], taken)))
        await found.settle()
        assert found.table(AGENTS).row_key == "alert:2"
        assert any("alert 0" in line for line in painted_rows(found, AGENTS))


async def test_only_the_cells_that_differ_are_painted_again() -> None:
    async with seen() as found:
        table = found.table(AGENTS)
        before = [table.render_lines(table.region.reset_offset)[y] for y in range(table.size.height)]
        agents = views.agents_view(found.desk.now())
        row = agents.rows[3]
        changed = Row(row.key, (Cell("新来的"), *row.cells[1:]), parent=row.parent)
        found.desk.put("agents", Table(agents.columns, (*agents.rows[:3], changed, *agents.rows[4:])))
        await found.settle()
        after = table.render_lines(table.region.reset_offset)
        assert [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new] == [4]
        assert "新来的" in after[4].text


async def test_ages_tick_with_floor_time_and_take_their_tone() -> None:
    async with seen() as found:
        assert "1:42!" in found.text
        await found.pass_seconds(13)
        assert "1:55!" in found.text
        assert "0:31*" in found.text


async def test_a_longer_age_widens_its_column_and_is_never_cut() -> None:
    async with seen() as found:
        await found.pass_seconds(10 * 3600)
        assert "12:05:00" in found.text
        assert "10:01:42!" in found.text


async def test_sorting_goes_from_natural_to_turned_to_the_panels_own_order() -> None:
    async with seen() as found:
        await found.press("right", "s")
        table = found.table()
        assert table.listing.sort == Sort("waiting", descending=True)
        assert [shown.row.key for shown in table.listing.body] == ["support", "sales", "退税 refunds"]
        await found.press("s")
        assert [shown.row.key for shown in table.listing.body] == ["退税 refunds", "sales", "support"]
        await found.press("s")
        assert table.listing.sort is None


async def test_the_total_stays_last_whatever_the_sort() -> None:
    async with seen() as found:
        await found.press("right", "f4", "f4")
        lines = [line for line in painted_rows(found, 1) if line.strip()]
        assert lines[-1].split()[0] == "total"


async def click(pilot: Pilot[None], found: Seen, panel: int, x: int, y: int) -> None:
    await pilot.click(found.table(panel), offset=(x, y))
    await found.settle()


async def test_a_click_on_a_title_sorts_and_on_a_row_takes_the_cursor() -> None:
    async with seen() as found:
        await click(found.pilot, found, 1, 5, 0)
        assert found.table().listing.sort == Sort("queue")
        await click(found.pilot, found, 1, 5, 2)
        assert found.table().row_key == "support"
        assert found.table().has_focus


async def test_a_second_click_opens_the_row() -> None:
    async with seen() as found:
        await found.pilot.click(found.table(), offset=(5, 1), times=2)
        await found.settle()
        assert "Queues > support" in found.text


async def test_the_bar_goes_when_all_rows_fit_again() -> None:
    async with seen() as found:
        table = found.table(AGENTS)
        assert any("▐" in line for line in painted_lines(table))
        agents = views.agents_view(found.desk.now())
        found.desk.put("agents", Table(agents.columns, agents.rows[:5]))
        await found.settle()
        assert not any("▐" in line for line in painted_lines(table))


async def test_a_caption_that_counts_the_rows_is_painted_again() -> None:
    async with seen() as found:
        agents = views.agents_view(found.desk.now())
        for count in ("3 agents", "4 agents"):
            found.desk.put("agents", Table(agents.columns, agents.rows, caption=count))
            await found.settle()
            assert count in painted_lines(found.table(AGENTS))[0]


def painted_lines(table: FloorTable) -> list[str]:
    """What was really painted, which is not always what would be painted now."""
    return [strip.text for strip in table.render_lines(table.region.reset_offset)]


async def test_the_wheel_moves_the_rows_and_leaves_the_cursor() -> None:
    async with seen() as found:
        table = found.table(AGENTS)
        cursor = table.row_key
        await found.pilot._post_mouse_events([_wheel()], table)  # noqa: SLF001  # the pilot has no public wheel
        await found.settle()
        assert table.row_key == cursor
        assert "team A" not in found.text


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_a_filter_narrows_while_typing_and_esc_gives_it_up() -> None:
    async with seen() as found:
        await found.press("3", "/", *"nguyễn")
        table = found.table(AGENTS)
        assert all(
            "Nguyễn" in text for text in (shown.row.cells[0].text for shown in table.listing.body if shown.depth)
        )
        await found.press("enter")
        assert table.has_focus
        assert table.listing.words == "nguyễn"
        assert "esc shows all" in found.text
        await found.press("escape")
        assert table.listing.words == ""


async def test_a_filter_that_finds_nothing_says_so() -> None:
    async with seen() as found:
        await found.press("3", "f3", *"zzz")
        assert "Nothing here matches zzz." in found.text


async def test_full_width_signs_count_as_their_narrow_ones() -> None:
    async with seen() as found:
        await found.press("3", "fullwidth_solidus", "b", "1", "escape")
        assert found.table(AGENTS).listing.words == ""
        await found.press("1", "fullwidth_question_mark")
        assert "This is not a computed figure" in found.text


async def test_groups_open_and_close() -> None:
    async with seen() as found:
        await found.press("3", "space")
        assert "A01" not in found.text
        await found.press("right")
        assert "A01" in found.text
        await found.press("left")
        assert "A01" not in found.text
        await found.press("enter")
        assert "A01" in found.text
        await found.press("minus")
        assert len(found.table(AGENTS).listing.body) == 3
        await found.press("plus")
        assert len(found.table(AGENTS).listing.body) == 63


async def test_left_from_the_first_figure_goes_to_the_group() -> None:
    async with seen() as found:
        await found.press("3", "down", "down", "left")
        assert found.table(AGENTS).row_key == "team:A"


async def test_what_is_new_is_marked_until_a_key_is_pressed() -> None:
    async with seen() as found:
        found.desk.put("queue-status", views.queues_view(found.desk.now(), [("billing", 4)]))
        await found.settle()
        assert "+  billing" in found.text
        await found.press("down")
        assert "+  billing" not in found.text
        assert "billing" in found.text


async def test_what_comes_while_the_day_is_read_is_not_new() -> None:
    desk = FakeDesk()
    desk.loading = 0.5
    async with seen(desk) as found:
        desk.put("queue-status", views.queues_view(desk.now(), [("billing", 4)]))
        await found.settle()
        assert "billing" in found.text
        assert "+  billing" not in found.text


async def test_an_empty_table_says_it_kindly() -> None:
    desk = FakeDesk()
    desk.put("needs-you", Table(views.NEEDS_COLUMNS, (), empty="Nothing calls for you."))
    async with seen(desk) as found:
        assert "Nothing calls for you." in found.text
        await found.press("2", "down", "enter", "s", "left", "right", "end", "space")
        assert "Nothing calls for you." in found.text


async def test_control_characters_of_a_feed_never_reach_the_screen() -> None:
    desk = FakeDesk()
    rows = (Row("x", (Cell("a\x1b[31mred[bold]b\r\n\u202etac"),)),)
    desk.put("needs-you", Table(views.NEEDS_COLUMNS, rows))
    async with seen(desk) as found:
        assert "\x1b" not in found.text
        assert "[bold]" in found.text
        assert "\u202e" not in found.text


def painted(found: Seen, panel: int) -> list[str]:
    """What was really painted, which is not always what would be painted now."""
    table = found.table(panel)
    return [strip.text for strip in table.render_lines(table.region.reset_offset)]


@pytest.mark.parametrize("keys", [("end",), ("end", "1")])
async def test_what_is_painted_after_a_resize_is_what_is_there(keys: tuple[str, ...]) -> None:
    async with seen() as found:
        await found.press(str(AGENTS), *keys)
        for size in ((120, 30), (120, 50), (120, 34), (120, 44)):
            await found.pilot.resize_terminal(*size)
            await found.settle()
            assert painted(found, AGENTS) == painted_rows(found, AGENTS)


async def test_the_right_button_sorts_nothing() -> None:
    async with seen() as found:
        table = found.table(AGENTS)
        order = [shown.row.key for shown in table.listing.body]
        await found.pilot.click(table, offset=(12, 0), button=3)
        await found.settle()
        assert table.listing.sort is None
        assert [shown.row.key for shown in table.listing.body] == order
