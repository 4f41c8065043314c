"""A table of 300,000 rows, and one whose rows have no end."""

from itertools import count
from typing import Any

from floorwatch.api import Cell, Column, FloorSnapshot, NoOptions, Panel, Row, Table, View, hookimpl

COLUMNS = (Column("n", "n", 8),)
ROWS = 300_000


class Huge(Panel):
    name = "bad-huge"
    title = "Huge"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        return Table(COLUMNS, tuple(Row(f"n:{n}", (Cell(f"{n}"),)) for n in range(ROWS)))


class Endless(Panel):
    name = "bad-endless"
    title = "Endless"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        rows: Any = (Row(f"n:{n}", (Cell(f"{n}"),)) for n in count())
        return Table(COLUMNS, rows)


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Huge(), Endless()]
