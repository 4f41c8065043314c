"""`/` in a table whose rows are not all there are: its panel is asked, and what it finds stands in their place."""

import asyncio
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from floorwatch.app.glyphs import BLOCKS
from floorwatch.app.search import Search, found_table
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.app.tones import Palette
from floorwatch.app.view_screen import ViewScreen
from floorwatch.views import Align, Cell, Column, Notice, Row, RowKind, Stack, Table, View
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen
from tests.patience import PATIENCE_SECONDS

COLUMNS = (Column("note", "note", 12, flex=1), Column("age", "age", 6, Align.RIGHT))
NOTES = tuple(Row(f"note:{at}", (Cell(f"newest {at}"), Cell("1:00"))) for at in range(3))
FOUND = tuple(Row(f"note:{at}", (Cell(f"old note {at}"), Cell("9:00"))) for at in range(90, 94))


@dataclass
class Question:
    """What a panel was asked for, and the answer that it will give."""

    key: str
    answer: asyncio.Future[View]


class SearchedDesk(FakeDesk):
    """A desk whose panel `agents` keeps notes. `questions` are what it was asked; the test answers."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: asyncio.Queue[Question] = asyncio.Queue()
        self.put("agents", Table(COLUMNS, NOTES, empty="No notes.", searches=True))

    async def detail(self, panel: str, row_key: str) -> View:
        """A question, where it is a search."""
        if not row_key.startswith("search:"):
            return await super().detail(panel, row_key)
        question = Question(f"{panel} {row_key}", asyncio.get_running_loop().create_future())
        self.questions.put_nowait(question)
        return await question.answer

    async def asked_for(self) -> Question:
        """The next question."""
        return await asyncio.wait_for(self.questions.get(), PATIENCE_SECONDS)


def found_notes(*rows: Row) -> Table:
    """An answer."""
    return Table(COLUMNS, rows or FOUND, empty="Nothing was found.")


async def searched(found: Seen, desk: SearchedDesk, words: str = "tax") -> Question:
    """The words typed in the panel of notes, and what it was asked."""
    await found.press("3", "/", *words)
    question = await desk.asked_for()
    while question.key != f"agents search:{words}":  # on a slow machine there is a rest between two letters
        question.answer.set_result(found_notes())
        question = await desk.asked_for()
    return question


async def test_the_panel_is_asked_once_for_the_words_and_its_rows_stand_in_place() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        question = await searched(found, desk, "退税")
        assert question.key == "agents search:退税"
        assert "/退税  searching..." in found.text
        assert "newest 1" in found.text
        question.answer.set_result(found_notes())
        await found.until(lambda: "old note 90" in found.text)
        assert "newest" not in found.text
        assert "/退税  4 found, esc shows all" in found.text
        assert desk.questions.empty()
        await found.press("escape")
        assert "newest 2" in found.text
        assert "found" not in found.text
        assert found.table(3).has_focus


async def test_enter_goes_to_the_rows_that_were_found_and_opens_one() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        question = await searched(found, desk)
        question.answer.set_result(found_notes())
        await found.until(lambda: "old note 90" in found.text)
        await found.press("enter", "down")
        assert "/tax  4 found, esc shows all" in found.text
        await found.press("enter")
        await found.until(lambda: ("detail", "agents", "note:91") in desk.asked)
        await found.settle()
        assert isinstance(found.app.screen, ViewScreen)
        assert "old note 91" in found.text
        await found.press("escape")
        assert "4 found" in found.text
        await found.press("escape")
        assert "newest 0" in found.text


async def test_enter_asks_at_once() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        await found.press("3", "/", "t", "enter")
        question = await desk.asked_for()
        question.answer.set_result(found_notes())
        await found.until(lambda: "4 found" in found.text)


async def test_the_words_typed_last_are_answered() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        first = await searched(found, desk, "ta")
        await found.press("x")
        assert desk.questions.empty()
        first.answer.set_result(found_notes(*NOTES[:1]))
        second = await desk.asked_for()
        assert second.key == "agents search:tax"
        assert "searching" in found.text
        second.answer.set_result(found_notes())
        await found.until(lambda: "4 found" in found.text)


async def test_without_words_all_rows_are_there() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        question = await searched(found, desk, "t")
        question.answer.set_result(found_notes())
        await found.until(lambda: "old note" in found.text)
        await found.press("backspace")
        assert "newest 0" in found.text
        await found.press("enter")
        assert not found.app.dashboard.frames[2].filters


async def test_an_answer_after_esc_changes_nothing() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        question = await searched(found, desk)
        await found.press("escape")
        assert question.answer.cancelled()
        assert "newest 0" in found.text


async def test_rows_that_come_meanwhile_are_there_afterwards_and_the_cursor_is_where_it_was() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        await found.press("3", "down", "down")
        question = await searched(found, desk)
        question.answer.set_result(found_notes())
        await found.until(lambda: "old note" in found.text)
        late = Row("note:9", (Cell("late note"), Cell("0:00")))
        desk.put("agents", Table(COLUMNS, (late, *NOTES), searches=True))
        await found.settle()
        assert "late note" not in found.text
        await found.press("escape")
        assert "late note" in found.text
        assert found.table(3).row_key == "note:2"


async def test_of_several_tables_only_the_one_with_the_cursor_changes() -> None:
    desk = SearchedDesk()
    other = Table(COLUMNS, (Row("help:1", (Cell("open help"), Cell("2:00"))),))
    desk.put("agents", Stack((other, Table(COLUMNS, NOTES, searches=True))))
    async with seen(desk) as found:
        question = await searched(found, desk)
        question.answer.set_result(found_notes())
        await found.until(lambda: "old note" in found.text)
        assert "open help" in found.text
        await found.press("escape", "shift+tab", "/", *"zzz")
        assert "open help" not in found.text
        assert desk.questions.empty()


async def test_a_filter_in_another_table_ends_the_search() -> None:
    desk = SearchedDesk()
    other = Table(COLUMNS, (Row("help:1", (Cell("open help"), Cell("2:00"))),))
    desk.put("agents", Stack((other, Table(COLUMNS, NOTES, searches=True))))
    async with seen(desk) as found:
        question = await searched(found, desk)
        question.answer.set_result(found_notes())
        await found.until(lambda: "old note" in found.text)
        await found.press("enter", "shift+tab", "/", "h")
        assert "newest 0" in found.text
        assert "/h  1 shown" in found.text
        await found.press("escape")
        assert not found.app.dashboard.frames[2].filters


async def test_the_search_ends_with_its_table() -> None:
    desk = SearchedDesk()
    async with seen(desk) as found:
        question = await searched(found, desk)
        desk.put("agents", Notice("The journal cannot be read."))
        await found.settle()
        assert question.answer.cancelled()
        assert "The journal cannot be read." in found.text
        assert "searching" not in found.text


async def test_the_search_ends_with_its_screen() -> None:
    desk = SearchedDesk()
    desk.detail_shown = Table(COLUMNS, NOTES, searches=True)
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "newest 0" in found.text)
        await found.settle()
        await found.press("/", "t", "enter")
        question = await desk.asked_for()
        found.app.pop_screen()
        await found.until(question.answer.cancelled)


async def test_a_detail_searches_in_the_panel_that_it_is_of() -> None:
    desk = SearchedDesk()
    desk.detail_shown = Table(COLUMNS, NOTES, searches=True)
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "newest 0" in found.text)
        await found.settle()
        await found.press("/", "t")
        assert (await desk.asked_for()).key == "queue-status search:t"


@pytest.mark.parametrize(
    ("view", "said", "count"),
    [
        (found_notes(), "Nothing was found.", 4),
        (Stack((Notice("Two."), found_notes(*FOUND[:2]))), "Nothing was found.", 2),
        (Table(COLUMNS, ()), "Nothing here matches tax.", 0),
        (Notice("The panel is stalled."), "The panel is stalled.", 0),
        (Table(COLUMNS, (Row("x", (5,)),)), "text", 0),  # type: ignore[arg-type]  # a plugin's mistake
        (None, "the view is", 0),
    ],
)
def test_whatever_is_answered_is_a_table(view: View, said: str, count: int) -> None:
    table = found_table(view, Table(COLUMNS, NOTES), "tax")
    assert (said in table.empty) or (said == "text" and "row 'x'" in table.empty)
    assert len(table.rows) == count


async def test_groups_and_totals_are_no_finds() -> None:
    desk = SearchedDesk()
    group = Row("g", (Cell("tax"), Cell()), kind=RowKind.GROUP)
    total = Row("t", (Cell("total"), Cell("4")), kind=RowKind.TOTAL)
    async with seen(desk) as found:
        question = await searched(found, desk)
        question.answer.set_result(found_notes(group, *(replace(row, parent="g") for row in FOUND), total))
        await found.until(lambda: "4 found" in found.text)


async def test_a_table_outside_any_app_keeps_its_own_rows() -> None:
    desk = SearchedDesk()
    table = FloorTable(Stage(desk, Palette(None), BLOCKS, lambda _page: None), Table(COLUMNS, NOTES))
    told = asyncio.Event()
    search = Search(table, lambda key: desk.detail("agents", key), told.set)
    search.seek("  tax   refund ")
    told.clear()
    assert search.words == "tax refund"
    search.seek_now()
    (await desk.asked_for()).answer.set_result(found_notes())
    await asyncio.wait_for(told.wait(), PATIENCE_SECONDS)
    assert search.found == 4
    assert [shown.row.key for shown in table.listing.body] == [row.key for row in FOUND]
    assert table.own.rows == NOTES
    search.stop()
    assert [shown.row.key for shown in table.listing.body] == [row.key for row in NOTES]
