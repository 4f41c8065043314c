"""A day in a line of cells: nothing that stands out in it is lost, however few they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.app.replay_cells import Sign, cell_at, figures_at, moment_in, span_of_bar, squeezed
from floorwatch.engine.desk import Mark, ReplayBar
from floorwatch.engine.keyframes.shapes import Moment, MomentKind, Strip
from tests.app.fake_replay import ALERT, BAR, LOST, MINUTES, OPENS_AT, strip_of_day

BEGIN = 1_000 * 60.0


def bar_of(waiting: list[int], lost: list[int] | None = None, begins_at: float = BEGIN, minutes: int = 0) -> ReplayBar:
    strip = Strip(BEGIN, [2 * each for each in waiting], waiting, lost or [0] * len(waiting))
    return ReplayBar(begins_at, BEGIN + 60 * (minutes or len(waiting)), BEGIN, strip)


def test_of_the_minutes_of_a_cell_the_most_who_waited_and_the_mean_of_those_who_came_count() -> None:
    bar = bar_of([1, 5, 0, 0, 2, 2])
    cells = squeezed(bar, span_of_bar(bar, 3))
    assert cells.waiting == [5, 0, 2]
    assert cells.arrivals == [6.0, 0.0, 4.0]
    assert cells.known == 3


def test_a_minute_that_is_wider_than_a_cell_stands_in_all_of_them_and_what_it_lost_in_the_first() -> None:
    bar = bar_of([3, 1], lost=[0, 1])
    cells = squeezed(bar, span_of_bar(bar, 6))
    assert cells.waiting == [3, 3, 3, 1, 1, 1]
    assert list(cells.lost) == [3]


def test_what_the_strip_does_not_reach_is_not_known() -> None:
    bar = bar_of([1, 2], minutes=4)
    cells = squeezed(bar, span_of_bar(bar, 4))
    assert (cells.waiting, cells.known) == ([1, 2, 0, 0], 2)


def test_a_strip_that_began_before_the_day_or_after_it_stands_where_it_belongs() -> None:
    late, early = bar_of([1, 2, 3, 4], begins_at=BEGIN - 120), bar_of([1, 2, 3, 4], begins_at=BEGIN + 120)
    assert squeezed(late, span_of_bar(late, 6)).waiting == [0, 0, 1, 2, 3, 4]
    assert squeezed(early, span_of_bar(early, 2)).waiting == [3, 4]


@given(
    waiting=st.lists(st.integers(0, 40), max_size=200),
    lost=st.lists(st.integers(0, 3), max_size=200),
    cells=st.integers(1, 150),
    begin=st.floats(-7200, 7200),
    minutes=st.floats(0, 300),
)
def test_any_day_stands_in_any_line(
    waiting: list[int], lost: list[int], cells: int, begin: float, minutes: float
) -> None:
    lost = (lost + [0] * len(waiting))[: len(waiting)]
    bar = bar_of(waiting, lost, BEGIN + begin)
    bar = replace(bar, ends_at=bar.begins_at + minutes * 60)
    span = span_of_bar(bar, cells)
    found = squeezed(bar, span)
    assert len(found.waiting) == len(found.arrivals) == span.cells
    assert max(found.waiting) <= max(waiting, default=0)
    assert found.known <= cells
    assert all(cell_at(span, moment_in(span, cell)) == cell for cell in range(cells))
    if bar.begins_at <= BEGIN and bar.ends_at >= BEGIN + 60 * len(waiting) and waiting:
        assert max(found.waiting) == max(waiting)


def test_no_day_at_all_is_a_line_of_nothing() -> None:
    bar = ReplayBar(BEGIN, BEGIN, BEGIN, Strip(BEGIN))
    assert squeezed(bar, span_of_bar(bar, 40)).waiting == [0] * 40


def test_a_mark_stands_before_an_alert_and_a_click_on_it_means_its_very_moment() -> None:
    span = span_of_bar(BAR, 60)
    cell = cell_at(span, ALERT.at)
    assert squeezed(BAR, span).signs[cell] == (Sign.ALERT, ALERT.at)
    marked = squeezed(replace(BAR, marks=(Mark(ALERT.at + 30, "coach"),)), span)
    assert marked.signs[cell] == (Sign.MARK, ALERT.at + 30)
    assert marked.target(cell) == ALERT.at + 30


def test_a_lost_call_has_its_moment_where_it_is_known_and_else_its_minute() -> None:
    span = span_of_bar(BAR, MINUTES)
    cell = cell_at(span, LOST.at)
    assert squeezed(BAR, span).lost == {cell: LOST.at}
    assert squeezed(replace(BAR, moments=()), span).lost == {cell: LOST.at // 60 * 60}


def test_on_a_busy_day_those_cells_have_a_sign_in_which_most_happened() -> None:
    moments = [Moment(OPENS_AT + 60 * at, MomentKind.ALERT, "queue:a") for at in range(MINUTES)]
    moments += [Moment(OPENS_AT + 60 * at + 1, MomentKind.ALERT, "queue:b") for at in (7, 90)]
    signs = squeezed(replace(BAR, moments=moments), span_of_bar(BAR, MINUTES)).signs
    assert list(signs) == [7, 90]


def test_where_all_cells_are_alike_all_have_their_sign() -> None:
    moments = [Moment(OPENS_AT + 60 * at, MomentKind.ALERT, "queue:a") for at in range(MINUTES)]
    assert len(squeezed(replace(BAR, moments=moments), span_of_bar(BAR, MINUTES)).signs) == MINUTES


@pytest.mark.parametrize("away", [-60.0, MINUTES * 60.0])
def test_beside_the_strip_nothing_is_known_of_a_minute(away: float) -> None:
    assert figures_at(strip_of_day(), OPENS_AT + away) is None
    assert figures_at(strip_of_day(), OPENS_AT + 150 * 60 + 59) == (9, 8, 0)


def test_a_click_means_the_full_minute_in_a_cell() -> None:
    span = span_of_bar(BAR, 100)
    assert all(moment_in(span, cell) % 60 == 0 for cell in range(100))
