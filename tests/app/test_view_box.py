"""A box whose views come and go: what stands below keeps its place, and a table keeps its cursor."""

from collections.abc import Sequence

from floorwatch.views import Cell, Column, Part, Row, Stack, Table, Text
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

COLUMNS = (Column("who", "who", 10),)
BOX = "agents"
PLACE = 3
"""The number of its panel."""


def table(name: str, rows: int) -> Table:
    return Table(COLUMNS, tuple(Row(f"{name}{n}", (Cell(f"{name}{n}"),)) for n in range(rows)), caption=name)


async def shown(found: Seen, *parts: Part) -> None:
    found.desk.put(BOX, Stack(parts))
    await found.settle()


def line_of(found: Seen, words: str) -> int:
    return next(y for y, line in enumerate(found.text.splitlines()) if words in line)


async def lines_of_lower(found: Seen, rows: Sequence[int]) -> list[int]:
    """The line of the lower table's caption while the upper one has so many rows, one after the other."""
    lines = []
    for number in rows:
        await shown(found, table("upper", number), table("lower", 40))
        lines.append(line_of(found, "lower "))
    return lines


async def test_what_stands_below_keeps_its_place_while_a_few_rows_come_and_go() -> None:
    async with seen(FakeDesk(), size=(160, 60)) as found:
        first, *later = await lines_of_lower(found, [5, 4, 2, 3, 5])
        assert later == [first] * 4


async def test_it_moves_down_at_once_and_up_when_many_rows_went() -> None:
    async with seen(FakeDesk(), size=(160, 60)) as found:
        five, six, one = await lines_of_lower(found, [5, 6, 1])
        assert six - five == 1
        assert six - one == 5


async def test_what_comes_above_a_table_leaves_the_table_and_its_cursor_alone() -> None:
    async with seen(FakeDesk(), size=(160, 60)) as found:
        await shown(found, table("upper", 3), table("lower", 9))
        await found.press(str(PLACE), "down", "down")
        before, key = found.table(PLACE), found.table(PLACE).row_key
        await shown(found, Text.of("somebody waits"), table("upper", 3), table("lower", 9))
        assert "somebody waits" in found.text
        assert (found.table(PLACE), found.table(PLACE).row_key) == (before, key)
        await shown(found, table("upper", 3), table("lower", 9))
        assert "somebody waits" not in found.text
        assert (found.table(PLACE), found.table(PLACE).row_key) == (before, key)
        assert before.has_focus
