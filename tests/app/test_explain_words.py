"""`?` where no figure stands: what the panel says of the column, else which columns of the row are figures."""

from floorwatch.views import Cell, Column, Explain, Notice, Row, Table
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen

FIGURE = Cell("76", explain=Explain("service-level"))


async def asked(column: Column, *cells: Cell) -> str:
    """What the screen says when asked about the first cell of a row."""
    desk = FakeDesk()
    columns = (column, *(Column(f"figure:{at}", f"fig{at}", 5) for at in range(len(cells))))
    desk.put("agents", Table(columns, (Row("agent:1", (Cell("here"), *cells)),)))
    async with seen(desk) as found:
        await found.press("3", "question_mark")
        return " ".join(found.text.split())


async def test_a_column_says_what_it_is() -> None:
    assert "planned: by the roster" in await asked(Column("plan", "planned", 8, about="by the roster"))


async def test_where_nothing_is_said_the_figures_of_the_row_are_named() -> None:
    said = await asked(Column("plan", "planned", 8), FIGURE, Cell("x"), FIGURE)
    assert "on this row are" in said
    assert "fig0, fig2" in said


async def test_a_figure_is_explained_whatever_its_column_says() -> None:
    desk = FakeDesk()
    column = Column("level", "SL", 8, about="by the roster")
    desk.put("agents", Table((column,), (Row("agent:1", (FIGURE,)),)))
    async with seen(desk) as found:
        await found.press("3", "question_mark")
        assert "service-level" in found.text


async def test_a_figure_may_be_explained_by_what_stands_behind_a_row() -> None:
    desk = FakeDesk()
    desk.put(
        "agents", Table((Column("level", "calls", 8),), (Row("agent:1", (Cell("23", explain=Explain(row="sum:1")),)),))
    )
    desk.detail_shown = Notice("the sum, line by line")
    async with seen(desk) as found:
        await found.press("3", "question_mark")
        await found.until(lambda: "the sum, line by line" in found.text)
        assert ("detail", "agents", "sum:1") in desk.asked
