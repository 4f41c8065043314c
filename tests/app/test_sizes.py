"""The dashboard on terminals of all sizes: which panels are seen, and how high each is."""

import pytest

from floorwatch.app.layout import Form, LayoutSpec, pages_for
from floorwatch.views import Notice, Stack, Table
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen

TITLES = ((1, "Queues"), (2, "Needs you"), (3, "Agents"))
SIZES = {
    (200, 60): Form.GRID,
    (120, 36): Form.GRID,
    (80, 24): Form.STACKED,
    (59, 30): Form.SINGLE,
    (40, 20): Form.SINGLE,
}


@pytest.mark.parametrize(("size", "form"), SIZES.items())
async def test_the_form_follows_the_size(size: tuple[int, int], form: Form) -> None:
    async with seen(size=size) as found:
        assert found.app.dashboard.form is form
        for number, title in enumerate(("Queues", "Needs you", "Agents"), 1):
            assert (f"{number} {title}" in found.text) == (form is not Form.SINGLE or number == 1)


async def test_the_form_changes_with_the_terminal() -> None:
    async with seen() as found:
        await found.pilot.resize_terminal(40, 20)
        await found.settle()
        assert "2 Needs you" not in found.text
        await found.pilot.resize_terminal(120, 36)
        await found.settle()
        assert "2 Needs you" in found.text


async def test_the_cursor_starts_where_the_layout_says() -> None:
    layout = LayoutSpec.of([["queue-status", ">needs-you"], ["agents"]])
    async with seen(layout=layout) as found:
        assert found.table(2).has_focus
    async with seen(size=(40, 20), layout=layout) as found:
        assert "2 Needs you" in found.text
        assert "1 Queues" not in found.text


async def test_the_cursor_survives_that_everything_comes_late() -> None:
    desk = FakeDesk()
    shown = {name: show.view for name, show in desk.shows.items()}
    for name in shown:
        desk.put(name, None)
    async with seen(desk, layout=LayoutSpec.of([["queue-status", ">needs-you"], ["agents"]])) as found:
        for name in reversed(shown):
            desk.put(name, Notice("Nothing yet."))
            await found.settle()
            desk.put(name, shown[name])
            await found.settle()
        assert found.table(2).has_focus
        await found.press("1")
        desk.put("queue-status", Notice("No queue was seen yet."))
        desk.put("needs-you", Notice("Nothing."))
        await found.settle()
        assert found.app.dashboard.current is found.app.dashboard.frames[0]


async def test_at_80_by_24_every_queue_is_there_before_any_trend() -> None:
    async with seen(size=(80, 24)) as found:
        for name in ("support", "sales", "退税", "total"):
            assert any(name in line for line in found.lines[3:8])
        assert "calls by 15 min" not in found.text


async def test_one_under_another_panels_are_as_high_as_what_they_show() -> None:
    desk = FakeDesk()
    async with seen(desk, size=(80, 24)) as found:
        titles = [next(y for y, line in enumerate(found.lines) if f"{n} {t}" in line) for n, t in TITLES]
        assert titles == [2, 8, 14]
        desk.put("needs-you", views.needs_view(desk.now(), rows=4))
        await found.settle()
        assert "3 Agents" in found.lines[14]
        desk.put("needs-you", views.needs_view(desk.now(), rows=1))
        await found.settle()
        assert "3 Agents" in found.lines[10]


async def test_a_table_that_grows_takes_lines_of_its_box() -> None:
    desk = FakeDesk()
    queues = views.queues_view(desk.now())
    table, bars = queues.views[1], queues.views[0]
    assert isinstance(table, Table)
    desk.put("queue-status", Stack((Table(table.columns, table.rows[:1]), bars)))
    async with seen(desk) as found:
        desk.put("queue-status", Stack((table, bars)))
        await found.settle()
        assert "refunds" in found.text
        assert "total" in found.text
        assert "calls by 15 min" in found.text


def test_a_layout_reads_weights_and_refuses_nonsense() -> None:
    spec = LayoutSpec.of([["*2", "a:3", ">b:2"], ["c"]])
    assert spec.words == [["*2", "a:3", ">b:2"], ["c"]]
    assert spec.start == "b"
    assert LayoutSpec.of([["a"]]).start == "a"
    assert spec.panels == ("a", "b", "c")
    assert spec.rows[0].weight == 2
    assert spec.rows[0].places[0].weight == 3
    with pytest.raises(ValueError, match="whole number above 0"):
        LayoutSpec.of([["a:0"]])


async def test_the_screen_is_the_same_after_the_terminal_was_small_in_between() -> None:
    async with seen() as found:
        before = found.text
        for size in ((80, 24), (40, 20), (120, 36)):
            await found.pilot.resize_terminal(*size)
            await found.settle()
        assert found.text == before


def test_what_does_not_fit_stands_on_further_pages_that_hold_about_as_much() -> None:
    spec = LayoutSpec.of([["a", "b"], ["c"], ["d", "e"]])
    assert pages_for(Form.STACKED, spec, 21) == [["a", "b", "c"], ["d", "e"]]
    assert pages_for(Form.STACKED, spec, 47) == [["a", "b", "c"], ["d", "e"]]
    assert pages_for(Form.STACKED, LayoutSpec.of([["a", "b", "c"]]), 21) == [["a", "b", "c"]]
    assert pages_for(Form.SINGLE, spec, 18) == [["a"], ["b"], ["c"], ["d"], ["e"]]
    assert pages_for(Form.GRID, spec, 33) == [["a", "b", "c", "d", "e"]]
    assert pages_for(Form.GRID, spec, 21) == [["a", "b", "c"], ["d", "e"]]
    assert pages_for(Form.GRID, spec, 3) == [["a", "b"], ["c"], ["d", "e"]]
    assert [pages_for(form, LayoutSpec(()), 21) for form in (Form.STACKED, Form.SINGLE)] == [[[]], []]
