"""What a table remembers from one view to the next."""

from floorwatch.app.listing import OPEN_AT_FIRST, Listing
from floorwatch.app.rows import Sort
from floorwatch.views import Align, Cell, Column, Row, RowKind, Table

COLUMNS = (Column("name", "name", 8), Column("calls", "calls", 3, Align.RIGHT))


def table(*names: str, calls: str = "1") -> Table:
    return Table(COLUMNS, tuple(Row(name, (Cell(name), Cell(calls))) for name in names))


def listing(*names: str) -> Listing:
    made = Listing()
    made.show(table(*names), 0.0)
    return made


def test_the_cursor_stays_with_its_row() -> None:
    rows = listing("a", "b", "c")
    rows.move_to(1)
    rows.show(table("new", "a", "b", "c"), 0.0)
    assert rows.cursor == "b"
    assert rows.at == 2


def test_the_cursor_stays_at_its_place_when_its_row_goes() -> None:
    rows = listing("a", "b", "c")
    rows.move_to(1)
    rows.show(table("a", "c"), 0.0)
    assert rows.cursor == "c"


def test_the_cursor_is_on_the_first_row_until_a_person_moves_it() -> None:
    rows = listing("long call")
    rows.show(table("long wait", "long call"), 0.0)
    assert rows.cursor == "long wait"
    rows.move_to(0)
    rows.show(table("worse", "long wait", "long call"), 0.0)
    assert rows.cursor == "long wait"


def test_an_empty_table_has_no_cursor() -> None:
    rows = listing("a")
    rows.show(table(), 0.0)
    assert rows.cursor is None
    assert rows.current is None


def test_an_equal_row_stays_the_same_object() -> None:
    rows = listing("a", "b")
    before = rows.body[0].row
    changed = rows.show(table("a", "b"), 0.0)
    assert changed == set()
    assert rows.body[0].row is before


def test_only_what_differs_is_reported() -> None:
    rows = listing("a", "b")
    changed = rows.show(Table(COLUMNS, (*table("a").rows, Row("b", (Cell("b"), Cell("2"))))), 0.0)
    assert changed == {"b"}


def test_what_came_since_the_last_look_is_fresh_until_looked_at() -> None:
    rows = listing("a")
    assert rows.fresh == set()
    rows.show(table("a", "b"), 0.0)
    assert rows.fresh == {"b"}
    assert rows.look() == {"b"}
    assert rows.fresh == set()


def test_where_most_rows_are_new_none_is_news() -> None:
    rows = listing("a")
    rows.show(table("a", "b", "c", "d"), 0.0)
    assert rows.fresh == set()


def test_figures_only_widen_their_column() -> None:
    rows = listing("a")
    rows.show(table("a", calls="12345"), 0.0)
    assert rows.grown == [8, 5]
    rows.show(table("a", calls="1"), 0.0)
    assert rows.grown == [8, 5]


def test_what_is_no_figure_does_not_widen_its_column() -> None:
    rows = listing("a")
    rows.show(table("a", calls="x" * 400), 0.0)
    assert rows.grown == [8, 3]


def test_the_panels_own_sort_holds_at_first() -> None:
    rows = Listing()
    rows.show(Table(COLUMNS, table("a", "b").rows, sort="-calls"), 0.0)
    assert rows.sort == Sort("calls", descending=True)


def test_two_rows_of_one_key_are_both_shown() -> None:
    rows = listing("a", "a", "a")
    assert [shown.row.key for shown in rows.body] == ["a", "a#2", "a#3"]


def groups(size: int) -> Table:
    members = tuple(Row(f"m{n}", (Cell("x"),), parent="team") for n in range(size))
    return Table(COLUMNS, (Row("team", (Cell("team"),), kind=RowKind.GROUP), *members))


def test_groups_start_closed_only_in_a_large_table() -> None:
    small, large = Listing(), Listing()
    small.show(groups(20), 0.0)
    large.show(groups(OPEN_AT_FIRST), 0.0)
    assert len(small.body) == 21
    assert len(large.body) == 1


def test_a_group_that_was_closed_stays_closed() -> None:
    rows = Listing()
    rows.show(groups(3), 0.0)
    assert rows.open("team", opened=False)
    rows.show(groups(4), 0.0)
    assert len(rows.body) == 1


def test_a_filter_puts_the_cursor_on_what_it_finds_and_not_on_its_group() -> None:
    rows = Listing()
    rows.show(groups(3), 0.0)
    rows.filter("x")
    assert rows.cursor == "m0"
    rows.show(groups(3), 1.0)
    assert rows.cursor == "m0"
    rows.filter("")
    assert rows.cursor == "m0"


def test_going_to_a_row_opens_its_group_and_drops_a_filter_that_hides_it() -> None:
    rows = Listing()
    rows.show(groups(3), 0.0)
    rows.open("team", opened=False)
    rows.filter("nothing holds this")
    assert rows.move_to_key("m2")
    assert rows.cursor == "m2"
    assert not rows.move_to_key("gone")


def test_a_row_that_changed_and_stands_below_others_has_sunk() -> None:
    rows = listing("a", "b", "c")
    rows.move_to(0)
    taken = Row("a", (Cell("a"), Cell("taken")))
    rows.show(Table(COLUMNS, (*table("b", "c").rows, taken)), 0.0)
    assert rows.cursor == "a"
    assert rows.sunk
    rows.stay(0)
    assert rows.cursor == "b"


def test_a_row_that_is_pushed_down_by_new_ones_has_not_sunk() -> None:
    rows = listing("gone", "a", "b")
    rows.move_to(1)
    taken = Row("a", (Cell("a"), Cell("taken")))
    rows.show(Table(COLUMNS, (*table("new", "newer", "newest").rows, taken, *table("b").rows)), 0.0)
    assert rows.cursor == "a"
    assert not rows.sunk
