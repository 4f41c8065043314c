"""A view of the right type with whatever in it: the app lives, says what is wrong and where, and goes on."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import islice
from typing import Any, cast

import pytest
from textual.actions import parse
from textual.binding import Binding

from floorwatch.app.part_view import PartView
from floorwatch.app.view_box import MOST_PARTS, shown_parts
from floorwatch.views import (
    Bars,
    Cell,
    Column,
    Explain,
    Form,
    Notice,
    Row,
    Seat,
    SeatMap,
    Stack,
    Table,
    TextField,
    View,
)
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen
from tests.app.wrong_views import VIEWS, wrong_views

PANEL, NUMBER = "agents", 3
HIGH = (100, 160)
"""A terminal on which a stack of many wrong views stands as a whole."""

KEYS = [
    "down",
    "right",
    "end",
    "up",
    "left",
    "home",
    "pagedown",
    "s",
    "S",
    "+",
    "space",
    "m",
    "escape",
    "y",
    "enter",
    "escape",
    "f2",
    "escape",
]
EVERY = 47
"""Of the wrong views one in so many is tried; over the fields every wrong value has its turn. All take minutes."""

ANSWERS = ("row_key", "cursor_at", "opens", "explain")


def batches(name: str) -> Iterator[tuple[Any, ...]]:
    """Wrong views made of this one, as many at a time as a stack shows."""
    every = islice(wrong_views(VIEWS[name]), len(name) % EVERY, None, EVERY)
    while batch := tuple(islice(every, MOST_PARTS)):
        yield batch


@pytest.mark.parametrize("name", VIEWS)
async def test_no_wrong_value_in_any_field_ends_the_app(name: str) -> None:
    async with seen(size=HIGH) as found:
        found.desk.may_fault = True
        await found.press(str(NUMBER), "z")
        for batch in batches(name):
            found.desk.put(PANEL, Stack(batch))
            await found.settle()
            await _use(found)
        found.desk.put(PANEL, VIEWS["notice"])
        await found.settle()
        assert "Nobody is waiting." in found.text
        assert "faulted" not in found.text


async def _use(found: Seen) -> None:
    """Ask every part all that is ever asked of one, and do with the first sound one what a person can do."""
    dashboard = found.app.dashboard
    for part in dashboard.frames[NUMBER - 1].holders:
        part.focus()
        for action in _actions_of(part):
            action()
        for key in filter(None, [part.row_key]):
            part.words_of(key), part.about(key), part.commands(key), part.go_to(key)
        assert [getattr(part, name) for name in ANSWERS]
    await found.pilot.pause()
    sound = next((part for part in dashboard.frames[NUMBER - 1].holders if part.failure is None), None)
    dashboard.set_focus(sound)
    await found.press(*KEYS)
    while len(found.app.screen_stack) > 1:
        found.app.pop_screen()
        await found.settle()
    await found.press("f3", "a", "escape")
    await found.pass_seconds(1)


def _actions_of(part: PartView) -> Iterator[Callable[[], Any]]:
    """What its keys do."""
    for binding in type(part).BINDINGS:
        assert isinstance(binding, Binding)
        _space, name, words = parse(binding.action)
        yield partial(getattr(part, f"action_{name}"), *words)


# One at a time

COLUMNS = (Column("name", "Name", 8), Column("waits", "Waits", 6))
GOOD = Table(COLUMNS, (Row("a", (Cell("Li"), Cell("5"))), Row("b", (Cell("Wang"), Cell("7")))))


def table_with(*rows: Any) -> Table:
    """A table with a plugin's mistakes in it."""
    return Table(COLUMNS, (*rows, *GOOD.rows))


def cell(text: Any, **more: Any) -> Cell:
    """A cell of whatever."""
    return Cell(text, **more)


WRONG = table_with(Row("x", (cell(5), Cell())))
SAID = "row 'x', column 1: text is 5, of type int: write str"


@asynccontextmanager
async def wrong_floor(view: Any = WRONG, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Seen]:
    """The panel shows a view that is wrong, and has the keys."""
    async with seen(size=size) as found:
        found.desk.may_fault = True
        found.desk.put(PANEL, view)
        await found.settle()
        await found.press(str(NUMBER))
        yield found


def said(found: Seen) -> str:
    """Everything on the screen, as one line: what is wrong may wrap."""
    return " ".join(found.text.replace("│", " ").split())


async def test_what_is_wrong_and_where_stands_in_the_panel() -> None:
    async with wrong_floor() as found:
        assert f"Agents cannot be shown. {SAID}" in said(found)
        assert "3 Agents  ! faulted" in found.text
        assert f"{SAID} - F5 tries again" in said(found)
        assert "Li" not in found.table(NUMBER).render_line(1).text


async def test_the_engine_is_told_once_whose_fault_it_is() -> None:
    async with wrong_floor() as found:
        await found.press("down", "enter")
        ((panel, failure),) = found.desk.faults
        assert (panel, failure.reason) == (PANEL, SAID)
        assert "Traceback" in failure.traceback


async def test_the_next_good_view_is_shown_as_if_nothing_had_been() -> None:
    async with wrong_floor() as found:
        found.desk.put(PANEL, GOOD)
        await found.settle()
        assert "Wang" in found.text
        assert "faulted" not in found.text
        await found.press("down")
        assert found.table(NUMBER).row_key == "b"


async def test_the_other_panels_go_on() -> None:
    async with wrong_floor() as found:
        found.desk.put("needs-you", Notice("Nothing calls for you."))
        await found.settle()
        await found.press("tab")
        assert "Nothing calls for you." in found.text
        assert found.table(1).has_focus


async def test_the_other_views_of_the_panel_stay_and_keep_their_cursor() -> None:
    async with wrong_floor(Stack((GOOD, GOOD))) as found:
        upper = found.app.dashboard.frames[NUMBER - 1].holders[0]
        found.app.dashboard.set_focus(upper)
        await found.press("down")
        for view in (WRONG, table_with("row"), GOOD):
            found.desk.put(PANEL, Stack((GOOD, view)))
            await found.settle()
            assert found.app.dashboard.frames[NUMBER - 1].holders[0] is upper
            assert upper.has_focus
            assert upper.row_key == "b"
        assert "faulted" not in found.text


async def test_a_wrong_row_out_of_sight_is_found_when_it_comes_into_sight() -> None:
    rows = tuple(Row(f"{at}", (Cell("Li"), Cell("5"))) for at in range(99))
    view = Table(COLUMNS, (*rows, Row("x", (Cell("Li"), cell("5", tone="red")))))
    async with wrong_floor(view) as found:
        assert "cannot be shown" not in found.text
        await found.press("end")
        assert "row 'x', column 2: tone is 'red', of type str: write Tone.CALM" in said(found)


async def test_words_to_find_bear_a_wrong_row_out_of_sight() -> None:
    rows = tuple(Row(f"{at}", (Cell("Li"), Cell("5"))) for at in range(99))
    async with wrong_floor(Table(COLUMNS, (*rows, Row("x", (cell(b"Li"), Cell("5")))))) as found:
        found.desk.may_fault = True
        await found.press("slash", "L")
        assert "text is b'Li'" in said(found)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (Stack(cast("Any", None)), "views is None, of type NoneType: write tuple"),
        (Stack(cast("Any", ("words",))), "the view is 'words', of type str: write Table"),
        (table_with(("x", Cell())), "row 1 is ('x', Cell"),
        (table_with(Row("x", cast("Any", None))), "row 'x': cells is None, of type NoneType: write tuple"),
        (table_with(Row(cast("Any", 5), ())), "row 1: key is 5, of type int: write str"),
        (Bars("calls", cast("Any", 5)), "values is 5, of type int: write tuple"),
        (SeatMap((Seat("A1", 0, 0, cast("Any", None)),)), "seat 'A1': letter is None, of type NoneType: write str"),
        (Form("note", cast("Any", (5,))), "field 1 is 5, of type int: write ChoiceField or TextField"),
    ],
)
async def test_the_place_is_named_as_its_author_knows_it(view: View, words: str) -> None:
    async with wrong_floor(view) as found:
        assert words in said(found)


async def test_a_stack_that_holds_itself_is_shown_as_one_that_cannot_be() -> None:
    views: list[Any] = []
    stack = Stack(cast("Any", views))
    views.append(stack)
    async with wrong_floor(stack) as found:
        assert "is nested more than 50 deep" in said(found)


def test_a_stack_of_stacks_that_all_hold_nothing_comes_to_an_end() -> None:
    stack = Stack(())
    for _level in range(40):
        stack = Stack((stack, stack))
    (part,) = shown_parts(stack)
    assert part is cast("Any", stack)


async def test_a_column_wider_than_any_terminal_takes_what_there_is() -> None:
    view = Table((Column("name", "Name", 10**12), Column("waits", "Waits", 10**12)), GOOD.rows)
    async with seen() as found:
        found.desk.put(PANEL, view)
        await found.settle()
        assert "Wang" in found.text


async def test_a_view_that_cannot_be_copied_says_why() -> None:
    rows = tuple(Row(f"{at}", (Cell("Li"), Cell("5"))) for at in range(99))
    async with wrong_floor(Table(COLUMNS, (*rows, Row("x", (cell(5), Cell()))))) as found:
        await found.press("y")
        assert f"Agents cannot be copied. {SAID}" in said(found)


async def test_a_detail_that_is_wrong_stands_on_its_own_screen_and_esc_goes_back() -> None:
    async with seen() as found:
        found.desk.may_fault = True
        found.desk.detail_shown = WRONG
        await found.press(str(NUMBER), "down", "enter")
        assert SAID in said(found)
        assert "! faulted" in found.text
        await found.press("escape")
        assert "3 Agents" in found.text


@pytest.mark.parametrize("explain", [5, Explain(cast("Any", ["waiting"]))])
async def test_what_explains_a_figure_may_be_wrong(explain: Any) -> None:
    async with wrong_floor(table_with(Row("x", (Cell("Li", explain=explain), Cell())))) as found:
        await found.press("f2")
        assert "row 'x', column 1" in said(found)


class FailingDesk(FakeDesk):
    """A desk with a metric of a plugin's own that fails."""

    def explain(self, explain: Explain) -> View:
        """It cannot be computed."""
        raise ZeroDivisionError(explain.metric)


async def test_a_metric_that_fails_while_it_is_explained_says_so() -> None:
    async with seen(FailingDesk()) as found:
        found.desk.put(PANEL, table_with(Row("x", (Cell("Li", explain=Explain("no-calls")), Cell()))))
        await found.settle()
        await found.press(str(NUMBER), "f2")
        assert "ZeroDivisionError: no-calls" in said(found)
        await found.press("escape")
        assert "3 Agents" in found.text


async def test_a_form_with_a_wrong_field_is_not_opened() -> None:
    async with wrong_floor(Form("note", (TextField(name="words", title="Words", hint=cast("Any", 5)),))) as found:
        await found.press("enter")
        assert "This form cannot be filled in. field 'words': hint is 5" in said(found)


def test_every_public_method_of_a_part_is_contained() -> None:
    async def wrong(self: PartView) -> None: ...

    with pytest.raises(TypeError, match="write it without async"):
        type("Wrong", (PartView,), {"action_wrong": wrong})
