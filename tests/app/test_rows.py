"""Order, groups and filter of a table's rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.app.rows import Sort, arrange, next_sort, sort_value
from floorwatch.views import Align, Cell, Column, Row, RowKind, Table

COLUMNS = (Column("name", "name", 8), Column("calls", "calls", 5, Align.RIGHT))


def row(key: str, calls: str, parent: str | None = None, kind: RowKind = RowKind.PLAIN) -> Row:
    return Row(key, (Cell(key), Cell(calls)), kind=kind, parent=parent)


def keys(table: Table, sort: Sort | None = None, words: str = "", closed: frozenset[str] = frozenset()) -> list[str]:
    return [shown.row.key for shown in arrange(table, sort, words, closed).body]


def table(*rows: Row) -> Table:
    return Table(COLUMNS, rows)


@pytest.mark.parametrize(
    ("less", "more"),
    [("9", "10"), ("0:59", "1:00"), ("9:59", "1:00:00"), ("71.0!", "76.2%"), ("~2:05", "3:00"), ("alpha", "Beta")],
)
def test_figures_sort_by_what_they_say(less: str, more: str) -> None:
    assert (sort_value(Cell(less)) or ()) < (sort_value(Cell(more)) or ())


def test_an_older_age_is_more() -> None:
    older, younger = sort_value(Cell.age(100.0)), sort_value(Cell.age(200.0))
    assert older is not None
    assert younger is not None
    assert older > younger


def test_nothing_comes_last_both_ways() -> None:
    rows = table(row("a", "-"), row("b", "2"), row("c", "10"))
    assert keys(rows, Sort("calls")) == ["b", "c", "a"]
    assert keys(rows, Sort("calls", descending=True)) == ["c", "b", "a"]


def test_totals_stand_apart_whatever_the_sort() -> None:
    rows = table(row("total", "12", kind=RowKind.TOTAL), row("b", "2"), row("c", "10"))
    arranged = arrange(rows, Sort("calls"), "b", frozenset())
    assert [shown.row.key for shown in arranged.body] == ["b"]
    assert [shown.row.key for shown in arranged.totals] == ["total"]


def test_sorting_stays_inside_groups() -> None:
    rows = table(
        row("A", "1", kind=RowKind.GROUP), row("B", "9", kind=RowKind.GROUP), row("a1", "1", "A"), row("a2", "5", "A"),
        row("b1", "3", "B"),
    )  # fmt: skip
    assert keys(rows, Sort("calls", descending=True)) == ["B", "b1", "A", "a2", "a1"]


def test_a_closed_group_hides_its_rows_but_not_from_a_filter() -> None:
    rows = table(row("A", "1", kind=RowKind.GROUP), row("a1", "1", "A"))
    assert keys(rows, closed=frozenset({"A"})) == ["A"]
    assert keys(rows, words="a1", closed=frozenset({"A"})) == ["A", "a1"]


def test_all_words_must_be_in_a_row() -> None:
    rows = table(row("north one", "1"), row("north two", "2"))
    assert keys(rows, words="NORTH tw") == ["north two"]


def test_a_row_is_never_lost_to_a_wrong_parent() -> None:
    group = RowKind.GROUP
    rows = table(row("x", "1", "gone"), row("y", "1", "z", group), row("z", "1", "y", group), row("p", "1", "x"))
    assert sorted(keys(rows)) == ["p", "x", "y", "z"]


def test_a_third_press_gives_the_panels_own_order_back() -> None:
    column = COLUMNS[1]
    first = next_sort(None, column)
    second = next_sort(first, column)
    assert first == Sort("calls", descending=True)
    assert second == Sort("calls", descending=False)
    assert next_sort(second, column) is None


ROWS = st.lists(
    st.builds(
        Row,
        key=st.sampled_from("abcdefgh"),
        cells=st.lists(st.builds(Cell, text=st.text(max_size=6), sort=st.none() | st.floats()), max_size=3).map(tuple),
        kind=st.sampled_from(RowKind),
        parent=st.none() | st.sampled_from("abcdefghi"),
    ),
    max_size=8,
    unique_by=lambda each: each.key,
)


@given(ROWS, st.sampled_from((None, Sort("name"), Sort("calls", descending=True), Sort("gone"))))
def test_every_row_is_shown_once(rows: list[Row], sort: Sort | None) -> None:
    arranged = arrange(Table(COLUMNS, tuple(rows)), sort, "", frozenset())
    shown = [each.row.key for each in (*arranged.body, *arranged.totals)]
    assert sorted(shown) == sorted(each.key for each in rows)
