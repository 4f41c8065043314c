"""What a panel can show: data that says tone, not colour; widths, not padding; keys, not positions.

Rules
- A view is a frozen value. The host draws it, keeps the cursor, and repaints only what differs from the last one.
- Text is what a person reads. The host makes it inert before it is drawn; nothing in it is parsed as markup.
- Widths are terminal cells: a Chinese name is twice as wide as it is long.
- An age is given as the instant it began (`Cell.age`): the host lets it tick without a rebuild.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class Tone(StrEnum):
    """How much a thing matters. A tone never stands alone: the host adds `!` to alarm and `*` to warn."""

    CALM = "calm"
    NOTICE = "notice"
    WARN = "warn"
    ALARM = "alarm"
    MUTED = "muted"


class Align(StrEnum):
    """Where text stands in its column. Numbers stand right."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Explain(Struct, frozen=True):
    """What `?` on a figure opens: the metric and the queues it was computed over (empty: the whole floor)."""

    metric: str
    queues: tuple[str, ...] = ()


class Cell(Struct, frozen=True):
    """One figure or word.

    `since` makes it a running age: the host shows the time since that instant (epoch seconds), `prefix` before it,
    and takes the tone of the last step of `steps` (seconds, tone) that the age has reached.
    `sort` orders rows by this column where the text would not. `badge` paints it as a state letter on a coloured cell.
    """

    text: str = ""
    tone: Tone = Tone.CALM
    since: float | None = None
    prefix: str = ""
    steps: tuple[tuple[float, Tone], ...] = ()
    sort: float | str | None = None
    badge: bool = False
    explain: Explain | None = None

    @staticmethod
    def age(
        since: float | None, steps: tuple[tuple[float, Tone], ...] = (), *, prefix: str = "", tone: Tone = Tone.CALM
    ) -> "Cell":
        """A running age, or a muted "-" when `since` is None."""
        if since is None:
            return Cell("-", Tone.MUTED)
        return Cell("", tone, since, prefix, steps)


class Column(Struct, frozen=True):
    """A column of fixed width in cells. `flex` takes a share of what is left over. In a narrow panel the columns with
    the highest `drop` go first; 0 never goes."""

    key: str
    title: str
    width: int
    align: Align = Align.LEFT
    flex: int = 0
    drop: int = 0


class RowKind(StrEnum):
    """A plain row, a group that opens and closes its children, or the total that stands last whatever the sort."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


class Row(Struct, frozen=True):
    """One row; `key` is unique in the table and stays with the thing it shows. `parent` is the key of its group."""

    key: str
    cells: tuple[Cell, ...]
    tone: Tone = Tone.CALM
    kind: RowKind = RowKind.PLAIN
    parent: str | None = None


class Table(Struct, frozen=True):
    """Rows under fixed columns. `empty` is said kindly when there are no rows. `sort` is the column key that the panel
    sorts by at first ("-key": descending; "": the panel's own order, which is the order of urgency). `caption` stands
    above, as the heading of one table among others. `opens`: whether something stands behind each row for Enter."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    sort: str = ""
    caption: str = ""
    opens: bool = True

    @staticmethod
    def of_facts(facts: Iterable[tuple[str, Cell]], caption: str = "") -> "Table":
        """Names with a value each, one a row: what a detail says of one thing."""
        columns = (Column("fact", "", 12, flex=1), Column("value", "", 12, flex=1))
        rows = tuple(Row(f"fact:{at}", (Cell(name, Tone.MUTED), value)) for at, (name, value) in enumerate(facts))
        return Table(columns, rows, caption=caption, opens=False)


class Tile(Struct, frozen=True):
    """A large figure with its name and what it stands against ("of 812", "80/20")."""

    title: str
    value: Cell
    against: str = ""


class Tiles(Struct, frozen=True):
    """Figures side by side, wrapped to the width."""

    tiles: tuple[Tile, ...]


class Bars(Struct, frozen=True):
    """A small trend: one bar a value (None: nothing known there), scaled to `top` (None: the largest)."""

    title: str
    values: tuple[float | None, ...]
    top: float | None = None
    caption: str = ""
    tone: Tone = Tone.NOTICE


class Line(Struct, frozen=True):
    """A line of text in pieces, each with its tone."""

    cells: tuple[Cell, ...]


class Text(Struct, frozen=True):
    """Lines to read; they wrap."""

    lines: tuple[Line, ...]

    @staticmethod
    def of(text: str, tone: Tone = Tone.CALM) -> "Text":
        """Plain lines in one tone."""
        return Text(tuple(Line((Cell(line, tone),)) for line in text.split("\n")))


class Notice(Struct, frozen=True):
    """One sentence in place of a view: an empty floor, a missing fact, a feed not yet read."""

    text: str
    tone: Tone = Tone.MUTED


class Stack(Struct, frozen=True):
    """Views one under another; the last table takes what height is left."""

    views: tuple["View", ...]


View: TypeAlias = Table | Tiles | Bars | Text | Notice | Stack
