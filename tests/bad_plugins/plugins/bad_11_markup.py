"""Markup and escape sequences in cells, titles and keys: a terminal that obeyed them would ring, clear and lie."""

from floorwatch.api import Cell, Column, FloorSnapshot, NoOptions, Panel, Row, Table, View, hookimpl

ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b[31mred\u202egnp.exe\u200b\ud800"
MARKUP = "[bold red]shouts[/bold red] [@click=app.exit]leave[/]"


class Markup(Panel):
    name = "bad-markup"
    title = f"Title {ESCAPES}"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        columns = (Column("a", f"head {ESCAPES}", 24), Column("b", MARKUP, 24, flex=1))
        return Table(columns, (Row(f"key:{ESCAPES}", (Cell(f"cell {ESCAPES}"), Cell(MARKUP))),))


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Markup()]
