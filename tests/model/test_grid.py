"""The floor as it stands: drawn in text, and walked through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.model.grid import NO_GRID, Grid, by_number

DRAWN = """
A01 A02 .   A03
A04 A05 A06 A07

B01 B02
B03 .   B04
"""


def test_a_drawing_is_rows_of_seats_with_gaps_and_aisles() -> None:
    assert Grid.of(DRAWN).rows == (
        ("A01", "A02", "", "A03"),
        ("A04", "A05", "A06", "A07"),
        (),
        ("B01", "B02"),
        ("B03", "", "B04"),
    )


def test_seats_are_told_in_the_order_of_the_rows() -> None:
    assert Grid.of("A2 . A1\n\nB1").seats == ("A2", "A1", "B1")


@pytest.mark.parametrize("text", ["", "\n", "  \n \n"])
def test_nothing_drawn_is_no_seat(text: str) -> None:
    assert Grid.of(text).seats == NO_GRID.seats == ()


def test_a_seat_that_stands_twice_is_named() -> None:
    with pytest.raises(ValueError, match=r"^A01, B01$"):
        Grid.of("A01 B01\nB01 A01\nA02 .")


def test_a_walk_goes_along_every_second_row_back() -> None:
    grid = Grid.of(DRAWN)

    way = grid.walk(grid.seats)

    assert list(way) == ["A01", "A02", "A03", "A07", "A06", "A05", "A04", "B01", "B02", "B04", "B03"]
    assert list(way.values()) == list(range(11))


def test_an_aisle_turns_nobody_round_and_neither_does_a_row_where_nobody_sits() -> None:
    grid = Grid.of("A1 A2\n\n. .\nB1 B2\nC1 C2")

    assert list(grid.walk(["A1", "A2", "C2", "C1"])) == ["A1", "A2", "C1", "C2"]
    assert list(grid.walk(["B1", "B2"])) == ["B2", "B1"]


def test_seats_that_are_not_drawn_come_last_by_number() -> None:
    assert list(Grid.of("B1 B2").walk(["A10", "B2", "A9", "外1", "Z"])) == ["B2", "A9", "A10", "Z", "外1"]


def test_without_a_grid_the_walk_is_by_number() -> None:
    assert list(NO_GRID.walk(["A10", "A2", "A2"])) == ["A2", "A10"]


def test_seats_that_differ_only_in_zeros_keep_one_order() -> None:
    assert list(NO_GRID.walk(["A1", "A01", "A001"])) == ["A001", "A01", "A1"]


@pytest.mark.parametrize(
    "names",
    [
        ["", "1", "2", "10", "10A", "A", "A1", "A2", "A2-1", "A2-3", "A2-20", "A10", "B", "座1", "座2", "座10"],
        ["²", "³"],
        ["٣", "٤"],
    ],
)
def test_names_sort_with_their_numbers_as_numbers(names: list[str]) -> None:
    assert sorted(set(names), key=by_number) == names


@given(st.lists(st.text(max_size=12) | st.text("0123456789", max_size=30)))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert [by_number(name) for name in sorted(names, key=by_number)] == sorted(map(by_number, names))


def test_a_name_of_thousands_of_digits_can_be_sorted() -> None:
    assert len(by_number("9" * 10_000)) > 1
