"""Where columns stand: exact, whole, and the least important go first."""

from hypothesis import given
from hypothesis import strategies as st

from floorwatch.app.columns import place
from floorwatch.views import Align, Column

RIGHT = Align.RIGHT
COLUMN = st.builds(
    Column,
    key=st.text(max_size=3),
    title=st.text(max_size=5),
    width=st.integers(-1, 30),
    align=st.sampled_from(Align),
    flex=st.integers(0, 3),
    drop=st.integers(0, 5),
)


@given(st.lists(COLUMN, max_size=12), st.integers(-5, 200))
def test_columns_never_overlap_nor_leave_their_room(columns: list[Column], room: int) -> None:
    widths = [column.width for column in columns]
    placed = place(columns, widths, [width + 5 for width in widths], room, 3)
    x = 3
    for each in placed:
        assert each.x == x
        assert each.width >= 1
        assert each.gap >= 1
        x += each.width + each.gap
    assert not placed or x <= 3 + room


@given(st.lists(COLUMN, min_size=2, max_size=12), st.integers(20, 200))
def test_a_figure_has_its_whole_column_or_none(columns: list[Column], room: int) -> None:
    widths = [column.width for column in columns]
    for each in place(columns, widths, widths, room, 0)[1:]:
        if columns[each.index].align is not Align.LEFT:
            assert each.width >= widths[each.index]


def test_the_highest_drop_goes_first() -> None:
    columns = (Column("a", "a", 10), Column("b", "b", 10, RIGHT, drop=2), Column("c", "c", 10, RIGHT, drop=1))
    kept = [columns[each.index].key for each in place(columns, [10, 10, 10], [10, 10, 10], 25, 0)]
    assert kept == ["a", "c"]


def test_a_column_of_words_grows_to_its_longest_word_and_no_further() -> None:
    columns = (Column("a", "a", 10, flex=1), Column("b", "b", 5, RIGHT))
    name, figure = place(columns, [10, 5], [24, 5], 100, 0)
    assert name.width == 24
    assert figure.x == 25


def test_a_word_does_not_touch_the_mark_of_the_figure_before_it() -> None:
    columns = (Column("a", "a", 5, RIGHT), Column("b", "b", 5))
    figure, word = place(columns, [5, 5], [5, 5], 100, 0)
    assert word.x == figure.x + figure.width + 2
