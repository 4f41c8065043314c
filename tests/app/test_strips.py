"""A line that was drawn is gone as soon as nobody holds it, and is cut as Textual cuts it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from floorwatch.app.strips import cut_by_textual, let_lines_go
from tests.letting_go import Held, goes_by_itself


@pytest.fixture(autouse=True, scope="module")
def ours() -> Iterator[None]:
    """With our way of cutting, as the running screen has it."""
    let_lines_go()
    yield
    Strip.divide = cut_by_textual  # type: ignore[method-assign]


def test_a_line_that_is_left_whole_goes_without_the_cycle_collector() -> None:
    def use(held: Held) -> None:
        line = Strip([Segment("waiting", None, [held])])  # type: ignore[list-item]  # what it holds is never looked at
        assert line.divide([line.cell_length]) == [line]

    assert goes_by_itself(use)


@given(st.lists(st.text("ab电", max_size=4), max_size=5), st.sets(st.integers(1, 30), max_size=5))
def test_lines_are_cut_as_before(texts: list[str], places: set[int]) -> None:
    segments = [Segment(text) for text in texts]
    cuts = sorted(places)

    assert list(Strip(segments).divide(cuts)) == list(cut_by_textual(Strip(segments), cuts))
