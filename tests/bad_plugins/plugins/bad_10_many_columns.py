"""A table of 10,000 columns."""

from floorwatch.api import Cell, Column, FloorSnapshot, NoOptions, Panel, Row, Table, View, hookimpl

COLUMNS = 10_000


class Wide(Panel):
    name = "bad-wide"
    title = "Wide"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        columns = tuple(Column(f"c{n}", f"c{n}", 4) for n in range(COLUMNS))
        cells = tuple(Cell(f"{n}") for n in range(COLUMNS))
        return Table(columns, tuple(Row(f"r:{n}", cells) for n in range(50)))


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Wide()]
