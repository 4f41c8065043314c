"""Values of wrong types: a build that returns a dict, and a cell whose text is a number."""

from typing import Any

from floorwatch.api import Cell, Column, FloorSnapshot, NoOptions, Panel, Row, Table, View, hookimpl


class NoView(Panel):
    name = "bad-no-view"
    title = "No view"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        made: Any = {"waiting": len(floor.waiting)}
        return made  # type: ignore[no-any-return]


class Numbers(Panel):
    name = "bad-numbers"
    title = "Numbers"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        waiting: Any = len(floor.waiting)
        return Table((Column("n", "waiting", 8),), (Row("all", (Cell(waiting),)),))


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [NoView(), Numbers()]
