"""Rows under fixed columns."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from floorwatch.views.cells import Align, Cell, Tone


class Column(Struct, frozen=True):
    """A column of fixed width in cells. `flex` takes a share of what is left over. In a narrow panel the columns with
    the highest `drop` go first; 0 never goes. `about` is what `?` says of a cell of it that has no `explain`."""

    key: str
    title: str
    width: int
    align: Align = Align.LEFT
    flex: int = 0
    drop: int = 0
    about: str = ""


class RowKind(StrEnum):
    """A plain row, a group that opens and closes its children, or the total that stands last whatever the sort."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


class Row(Struct, frozen=True):
    """One row; `key` is unique in the table and stays with the thing it shows. `parent` is the key of its group.

    `about` names the thing that the row is about where its own key does not ("agent:1007" for a pause of too long): the
    commands of such rows stand in its menu too, and act on that. `commands` are further ones by name.
    """

    key: str
    cells: tuple[Cell, ...]
    tone: Tone = Tone.CALM
    kind: RowKind = RowKind.PLAIN
    parent: str | None = None
    about: str = ""
    commands: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """Rows under fixed columns. `empty` is said kindly when there are no rows. `sort` is the column key that the panel
    sorts by at first ("-key": descending; "": the panel's own order, which is the order of urgency). `caption` stands
    above, as the heading of one table among others. `opens`: whether something stands behind each row for Enter.
    `searches`: the rows are not all there are, and words typed after `/` are for the panel: the host shows the table
    that `detail` gives for the key "search:WORDS". `starts`: of several tables in a panel the one where the cursor
    stands at first; without any it is the last, which is the large one. `home` is the panel whose detail Enter opens
    for a row, where that is another one: "agents" for rows of people."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    sort: str = ""
    caption: str = ""
    opens: bool = True
    searches: bool = False
    starts: bool = False
    home: str = ""

    @staticmethod
    def of_facts(facts: Iterable[tuple[str, Cell]], caption: str = "") -> "Table":
        """Names with a value each, one a row: what a detail says of one thing."""
        columns = (Column("fact", "", 12, flex=1), Column("value", "", 12, flex=1))
        rows = tuple(Row(f"fact:{at}", (Cell(name, Tone.MUTED), value)) for at, (name, value) in enumerate(facts))
        return Table(columns, rows, caption=caption, opens=False)
