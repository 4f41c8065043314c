"""What an honest colleague puts into a view by mistake: the app lives, other panels stay, and the panel says what."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from msgspec import Struct

from floorwatch.app.listing import Listing
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.engine.view_difference import difference
from floorwatch.engine.view_size import MOST, MOST_VIEWS, too_large
from floorwatch.views import Bars, Cell, Column, Notice, Row, Stack, Table, View
from tests.app.screens import seen

PANEL, NUMBER = "agents", 3
COLUMNS = (Column("a", "A", 8), Column("b", "B", 8))
KEYS = ("down", "right", "end", "s", "enter", "escape", "f2", "escape", "f3", "a", "escape", "z", "z")
DIGITS = 10**5000
"""A number that Python refuses to write: it has more than 4,300 digits."""


class Rows(list[Row]):
    """A list of one's own."""


class Endless(tuple[Row, ...]):
    """A tuple that cannot be read."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        raise LookupError("no rows")


class Words(str):
    """A text of one's own that is wrong about everything."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        raise LookupError("no format")

    def __eq__(self, other: object) -> bool:
        raise LookupError("no comparing")

    __hash__ = str.__hash__


class Mute:
    """What cannot even be named."""

    def __repr__(self) -> str:
        raise LookupError("no words")


class Raises(Struct):
    """A thing of one's own in the place of a row."""

    @property
    def key(self) -> str:
        """Always fails."""
        raise LookupError("no key")


class Leaves(Struct):
    """The same, by somebody who wrote scripts before."""

    @property
    def key(self) -> str:
        """Leaves."""
        raise SystemExit(3)


class Unequal(Cell, frozen=True, eq=False):
    """A cell that cannot be compared."""

    def __eq__(self, other: object) -> bool:
        raise LookupError("no comparing")

    def __hash__(self) -> int:
        raise LookupError("no hash")


def table(*rows: Any) -> Table:
    """A table of whatever."""
    return Table(COLUMNS, rows)


def row(*cells: Any, key: Any = "k") -> Row:
    """A row of whatever."""
    return Row(key, cells)


def in_itself() -> Stack:
    """A stack that is one of its own views."""
    views: Any = [Notice("hello")]
    made = Stack(views)
    views.append(made)
    return made


def whatever(thing: Any) -> Any:
    """Not what the types say."""
    return thing


MAKE: Mapping[str, Callable[[], View]] = {
    "list of one's own": lambda: Table(COLUMNS, whatever(Rows([row(Cell("x"))]))),
    "tuple that raises": lambda: Table(COLUMNS, Endless((row(Cell("x")),))),
    "text that raises": lambda: table(row(Cell(Words("x")))),
    "row that raises": lambda: table(Raises()),
    "row that leaves": lambda: table(Leaves()),
    "cell without equality": lambda: table(row(Unequal("x"))),
    "stack in itself": in_itself,
    "no number": lambda: table(row(Cell.age(math.nan), Cell("x", sort=math.nan)), row(Cell.age(math.inf), key="l")),
    "long numbers": lambda: table(row(Cell("x", sort=DIGITS)), row(Cell("x", sort=2), key="l")),
    "long number as text": lambda: table(row(Cell(whatever(DIGITS)))),
    "mute text": lambda: table(row(Cell(whatever(Mute())))),
    "bars": lambda: Bars("bars", (math.nan, math.inf, -math.inf, 1e308, -5.0, None)),
    "long bars": lambda: Bars("bars", (DIGITS, 1.0)),
    "key is a number": lambda: table(row(Cell("x"), key=5)),
    "key is a list": lambda: table(row(Cell("x"), key=[1])),
    "one key": lambda: table(*(row(Cell("x")) for _ in range(3))),
    "a megabyte": lambda: table(row(Cell("x" * 1_000_000), Cell("y\n" * 100_000))),
}
FAIL = ("tuple that raises", "text that raises", "row that raises", "row that leaves", "cell without equality")


@pytest.mark.parametrize("name", MAKE)
async def test_the_app_lives_and_the_other_panels_stay(name: str) -> None:
    async with seen() as found:
        found.desk.may_fault = True
        await found.press(str(NUMBER))
        for _time in range(2):  # the second one is compared with the first
            found.desk.put(PANEL, MAKE[name]())
            await found.settle()
        await found.press(*KEYS)

        assert "Queues" in found.text
        assert found.desk.faults or name not in FAIL
        assert all(panel == PANEL for panel, _failure in found.desk.faults)
        found.desk.put(PANEL, Notice("Nobody is waiting."))
        await found.settle()
        assert "Nobody is waiting." in found.text


@pytest.mark.parametrize("name", MAKE)
def test_whoever_asks_what_is_wrong_with_it_is_always_answered(name: str) -> None:
    said = what_is_wrong(MAKE[name]())

    assert said is None or said.isprintable()


def test_a_wrong_value_is_named_though_it_cannot_be_written() -> None:
    assert what_is_wrong(MAKE["long number as text"]()) == "row 'k', column 1: text is <int>, of type int: write str"
    assert what_is_wrong(MAKE["row that raises"]()) == "row 1 is Raises(), of type Raises: write Row"


def test_a_stack_in_itself_is_too_large() -> None:
    assert too_large(in_itself()) == f"a Stack holds more than {MOST_VIEWS} views: show fewer"


def test_as_many_rows_of_one_key_as_there_may_be_are_all_shown() -> None:
    """To count them anew at each would take minutes."""
    many, rows = table(*(row(Cell("x")) for _ in range(MOST))), Listing()

    rows.show(many, 0.0)

    assert len({each.key for each in rows.table.rows}) == MOST
    assert [each.key for each in rows.table.rows[:3]] == ["k", "k#2", "k#3"]
    assert "cannot be compared" not in str(difference(many, table(row(Cell("x"))), 0.0, 1.0))
