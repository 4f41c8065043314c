"""Text in cells: exact widths whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from floorwatch.app.cells import age_text, cut, fit, said
from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.text import inert
from floorwatch.views import Align, Cell, Tone

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("王芳李娜한글ｱ\u0301\t\x1b\u202e😀")), max_size=40
)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (42.9, "0:42"),
        (725, "12:05"),
        (3790, "1:03:10"),
        (-5, "0:00"),
        (4 * 86_400 + 7 * 3600, "4d 07h"),
        (float("nan"), "-"),
        (float("inf"), "-"),
    ],
)
def test_an_age_is_written_as_people_read_it(seconds: float, text: str) -> None:
    assert age_text(seconds) == text


@given(ANY_TEXT, st.integers(0, 60), st.sampled_from(Align), st.sampled_from(("", "…", ".")))
def test_fitted_text_has_exactly_its_width(text: str, width: int, align: Align, sign: str) -> None:
    assert cell_len(fit(inert(text), width, align, sign)) == width


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert cut("王芳李", 3) == "王"
    assert fit("王芳李", 3) == "王 "
    assert fit("王芳李", 4, Align.LEFT, "…") == "王… "


def test_an_age_takes_the_last_step_it_has_reached() -> None:
    cell = Cell.age(100.0, ((240.0, Tone.WARN), (300.0, Tone.ALARM)))
    assert said(cell, 339.0, BLOCKS) == ("3:59", Tone.CALM)
    assert said(cell, 340.0, BLOCKS) == ("4:00", Tone.WARN)
    assert said(cell, 400.0, BLOCKS) == ("5:00", Tone.ALARM)


@given(ANY_TEXT)
def test_what_a_cell_says_is_inert(text: str) -> None:
    shown, _tone = said(Cell(text), 0.0, BLOCKS)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)


def test_ambiguous_signs_become_ascii_where_the_terminal_draws_them_wide() -> None:
    assert said(Cell("0/0 — 80×2 …"), 0.0, ASCII)[0] == "0/0 - 80x2 ."
