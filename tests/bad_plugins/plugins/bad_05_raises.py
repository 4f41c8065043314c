"""Raises always, every other time, and only in detail."""

from floorwatch.api import Cell, Column, FloorSnapshot, NoOptions, Panel, Row, Table, View, hookimpl


def the_rows(floor: FloorSnapshot) -> View:
    rows = tuple(Row(f"queue:{name}", (Cell(name),)) for name in floor.queues)
    return Table((Column("queue", "queue", 8),), rows)


class Always(Panel):
    name = "bad-always"
    title = "Always"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        raise ZeroDivisionError("always")


class Sometimes(Panel):
    name = "bad-sometimes"
    title = "Sometimes"
    builds = 0

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        self.builds += 1
        if self.builds % 2:
            raise KeyError("sometimes")
        return the_rows(floor)


class InDetail(Panel):
    name = "bad-in-detail"
    title = "In detail"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        return the_rows(floor)

    def detail(self, floor: FloorSnapshot, options: NoOptions, row_key: str) -> View:
        raise LookupError("only in detail")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Always(), Sometimes(), InDetail()]
