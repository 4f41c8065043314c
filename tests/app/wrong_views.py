"""Every view there is, with every field filled, and the same with one wrong value in one of the fields."""

from collections.abc import Iterator
from math import inf, nan
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.views import (
    Align,
    Axis,
    Bars,
    Cell,
    Chart,
    ChoiceField,
    Column,
    Explain,
    Form,
    Known,
    Level,
    Line,
    Mark,
    Notice,
    Option,
    PersonField,
    Row,
    RowKind,
    Seat,
    SeatMap,
    Series,
    Stack,
    Stretch,
    Table,
    Text,
    TextField,
    Tile,
    Tiles,
    TimeField,
    Timeline,
    Tone,
    Track,
    View,
)
from tests.app import fake_views as views

NOW = views.START
CELL = Cell("7", Tone.WARN, sort=7.0, explain=Explain("waiting", ("support",)))
AGE = Cell("A", Tone.CALM, NOW - 5, "since ", ((1.0, Tone.WARN),), explain=Explain("waiting", ("support",)))

VIEWS: dict[str, View] = {
    "table": Table(
        (Column("name", "Name", 8, flex=1), Column("waits", "Waits", 5, Align.RIGHT, drop=1)),
        (
            Row("agent:1", (AGE, CELL), parent="team:A"),
            Row("team:A", (Cell("A"), Cell()), kind=RowKind.GROUP),
            Row("agent:2", (Cell("b", badge=True), CELL), Tone.ALARM, parent="team:A"),
            Row("total", (Cell("total"), Cell("9")), kind=RowKind.TOTAL),
        ),
        empty="Nobody.",
        sort="-waits",
        caption="Agents",
    ),
    "tiles": Tiles((Tile("Waiting", CELL, "of 9"), Tile("Longest", AGE))),
    "bars": Bars("calls", (1.0, None, 3.0), 5.0, "by hour"),
    "chart": Chart(
        (Series("waiting", (1.0, 2.0, None, 4.0)), Series("level", (0.1, 0.2), right=True)),
        NOW - 3600,
        900.0,
        Axis("calls"),
        Axis("level"),
        (Level("target", 3.0), Level("least", 0.1, right=True)),
        NOW,
        "The day",
        "Nothing yet.",
    ),
    "seats": SeatMap(
        (
            Seat("A1", 0, 0, "T", Tone.CALM, NOW - 90, (60.0, 120.0), "!", "A01", (CELL, AGE)),
            Seat("A2", 0, 2, "P", Tone.WARN, label="A02"),
        ),
        ("A",),
        "The room",
        "No seats.",
    ),
    "timeline": Timeline(
        (
            Track("1", "Li", (Stretch(NOW - 900, NOW - 300, "T", Tone.CALM, "call"), Stretch(NOW - 300, None, "P"))),
            Track("2", "Wang", (), (Mark(NOW - 60, "h", Tone.WARN, "help"),)),
        ),
        NOW - 1800,
        NOW + 1800,
        NOW,
        "The shift",
        "Nothing.",
    ),
    "text": Text((Line((CELL, AGE)), Line((Cell("one line"),)))),
    "form": Form(
        "walk-note",
        (
            ChoiceField(name="kind", title="What", options=(Option("praise", "Praise"),), default="praise", hint="h"),
            TextField(name="words", title="Words", known=Known.AGENTS, suggestions=("a",)),
            TimeField(name="when", title="When"),
            PersonField(name="who", title="Who"),
        ),
        {"words": "ok"},
        "A note",
    ),
    "notice": Notice("Nobody is waiting."),
}
VIEWS["stack"] = Stack((VIEWS["bars"], VIEWS["table"]))


class Selfish(list[Any]):
    """A list that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.append(self)


class Contrary:
    """A thing of a plugin's own that raises whatever is asked of it, as an array does for whether it is true."""

    def __eq__(self, other: object) -> bool:
        raise ValueError("the truth value of this is ambiguous")

    __hash__ = None  # type: ignore[assignment]  # as lists and arrays have none

    def __repr__(self) -> str:
        raise ValueError("there are no words for this")


WRONG: tuple[Any, ...] = (
    None, 5, -3, 10**9, 0.5, nan, inf, -inf, True, "", "words", "\x1b[2J\ud800", b"bytes", (), (5,), (None, "x"), ["x"],
    Selfish(), {}, {1: 2}, Cell, Cell(5), Row("r", None), Text(None), Stack(None), Contrary(),  # type: ignore[arg-type]
)  # fmt: skip


def wrong_views(view: Struct) -> Iterator[Any]:
    """The view with one wrong value: each of them in every field of every kind of struct in it."""
    for field in view.__struct_fields__:
        value = getattr(view, field)
        for wrong in (*WRONG, *_wrong_within(value)):
            yield replace(view, **{field: wrong})


def _wrong_within(value: object) -> Iterator[Any]:
    """A field's value with something wrong in it; of several alike the first is spoilt."""
    if isinstance(value, Struct):
        yield from wrong_views(value)
    elif isinstance(value, tuple):
        for at in {type(item): at for at, item in reversed(list(enumerate(value)))}.values():
            for wrong in (*WRONG, *_wrong_within(value[at])):
                yield (*value[:at], wrong, *value[at + 1 :])
