"""How lines are shared out among what stands one under another."""

from hypothesis import given
from hypothesis import strategies as st

from floorwatch.app.heights import SLACK_LINES, Want, panels, parts, settled

WANT = st.builds(
    lambda lines, least, extra: Want(lines, min(least, lines), extra),
    st.integers(1, 60), st.integers(1, 6), st.booleans(),
)  # fmt: skip
TREND = Want(1, 1, extra=True)


@given(st.lists(WANT, max_size=8), st.integers(0, 80))
def test_views_never_have_more_lines_than_the_box(wants: list[Want], room: int) -> None:
    lines = parts(wants, room)
    assert sum(lines) <= room
    assert all(0 <= each <= want.lines for each, want in zip(lines, wants, strict=True))


@given(st.lists(WANT, min_size=1, max_size=5), st.integers(40, 80))
def test_panels_fill_their_column(needs: list[Want], room: int) -> None:
    lines = panels(needs, room)
    assert sum(lines) == room
    assert all(each >= need.least for each, need in zip(lines, needs, strict=True))


def test_trends_go_before_any_row_of_the_table() -> None:
    assert parts([Want(6, 4), TREND, TREND, TREND], 12) == [6, 1, 1, 1]
    assert parts([Want(6, 4), TREND, TREND, TREND], 7) == [6, 1, 0, 0]
    assert parts([Want(6, 4), TREND, TREND, TREND], 5) == [5, 0, 0, 0]


def test_long_tables_shrink_alike_and_short_ones_stay_whole() -> None:
    assert parts([Want(50, 4), Want(7, 4), Want(34, 4)], 31) == [12, 7, 12]


def test_the_last_view_is_the_last_to_go() -> None:
    assert parts([Want(9, 3), Want(9, 4)], 5) == [0, 5]


def test_the_table_where_the_cursor_starts_shrinks_and_goes_last() -> None:
    wants = [Want(3, 1), Want(8, 3, starts=True), Want(7, 3), Want(7, 3)]
    assert parts(wants, 25) == [3, 8, 7, 7]
    assert parts(wants, 18) == [2, 8, 4, 4]
    assert parts(wants, 14) == [1, 7, 3, 3]
    assert parts(wants, 9) == [1, 5, 3, 0]
    assert parts(wants, 3) == [0, 3, 0, 0]


def test_the_view_with_the_keys_is_seen_where_others_had_to_go() -> None:
    wants = [Want(5, 3), Want(9, 9, starts=True), Want(4, 3), Want(12, 5), Want(3, 3), Want(4, 4)]
    assert parts(wants, 16) == [4, 9, 3, 0, 0, 0]
    assert parts(wants, 16, 3) == [0, 0, 3, 10, 3, 0]
    assert parts(wants, 16, 5)[5] == 4
    assert parts(wants, 37, 3) == parts(wants, 37)


@given(st.lists(WANT, min_size=1, max_size=8), st.integers(10, 80), st.data())
def test_the_view_with_the_keys_always_has_lines(wants: list[Want], room: int, data: st.DataObject) -> None:
    keys = data.draw(st.integers(0, len(wants) - 1))
    lines = parts(wants, room, keys)
    assert sum(lines) <= room
    assert lines[keys] or wants[keys].extra


def test_short_panels_are_whole_and_the_longest_has_the_rest() -> None:
    assert panels([Want(7, 5), Want(9, 5), Want(60, 5)], 21) == [7, 9, 5]
    assert panels([Want(7, 5), Want(30, 5), Want(60, 5)], 30) == [7, 18, 5]
    assert panels([Want(3, 3), Want(4, 4), Want(6, 5)], 30) == [3, 4, 23]


def test_a_panel_grows_at_once_and_shrinks_only_when_it_needs_much_less() -> None:
    assert settled(None, 9) == 9
    assert settled(9, 10) == 10
    assert settled(9, 9 - SLACK_LINES) == 9
    assert settled(9, 8 - SLACK_LINES) == 8 - SLACK_LINES
