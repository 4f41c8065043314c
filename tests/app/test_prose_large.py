"""Tiles to be read from afar: as large as there is room, never cut, and still while figures change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.plain_text import plain_text
from floorwatch.app.prose import Ink, Lines
from floorwatch.app.prose_digits import sizes
from floorwatch.app.prose_large import tiles_lines
from floorwatch.app.tones import Palette
from floorwatch.views import Cell, Tile, Tiles, Tone

NOW = 1000.0
EIGHT = (
    Tile("waiting", Cell("7", Tone.WARN), "2 free"),
    Tile("longest wait", Cell.age(NOW - 102, ((60.0, Tone.ALARM),)), "limit 1:00"),
    Tile("service level", Cell("76.2%", Tone.WARN), "80 % in 20 s"),
    Tile("answered", Cell("95.7%"), "770 of 804"),
    Tile("expected wait", Cell("~2:05")),
    Tile("available", Cell("3")),
    Tile("talking", Cell("41")),
    Tile("help", Cell("2")),
)
both = pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=["blocks", "ascii"])


def laid(tiles: tuple[Tile, ...], size: tuple[int, int], glyphs: Glyphs = BLOCKS, now: float = NOW) -> list[str]:
    return texts(tiles_lines(Tiles(tiles, large=True), size[0], Ink(Palette(None), glyphs, now), size[1]))


def texts(lines: Lines) -> list[str]:
    return ["".join(text for text, _style in line) for line in lines]


def titles(lines: list[str], tiles: tuple[Tile, ...] = EIGHT) -> list[str]:
    return [tile.title for tile in tiles if any(tile.title in line for line in lines)]


def height_of(lines: list[str]) -> int:
    """Of the first figure: from below its title to what it stands against."""
    first = next(at for at, line in enumerate(lines) if "waiting" in line)
    return next(at for at, line in enumerate(lines) if "2 free" in line) - first - 1


@both
@pytest.mark.parametrize(
    ("size", "shown", "height"), [((38, 14), 2, 5), ((78, 20), 8, 3), ((118, 30), 8, 5), ((198, 54), 8, 10)]
)
def test_figures_are_as_high_as_there_is_room(size: tuple[int, int], shown: int, height: int, glyphs: Glyphs) -> None:
    lines = laid(EIGHT, size, glyphs)
    assert (len(titles(lines)), height_of(lines)) == (shown, height)


@both
def test_the_last_ones_go_where_there_is_no_room(glyphs: Glyphs) -> None:
    lines = laid(EIGHT, (38, 12), glyphs)
    assert titles(lines) == ["waiting", "longest wait"]


def test_where_nothing_large_fits_the_figure_is_an_ordinary_one() -> None:
    lines = laid(EIGHT, (38, 3))
    assert any("76.2%*" in line for line in laid(EIGHT[2:3], (10, 9)))
    assert any("7*" in line for line in lines)


@both
@given(
    st.lists(st.sampled_from(EIGHT), max_size=9),
    st.integers(0, 210),
    st.integers(5, 60),
    st.sampled_from([0.0, 55.0, 4000.0, 1e7]),
)
def test_no_line_is_too_long_and_no_figure_is_cut(
    glyphs: Glyphs, tiles: list[Tile], width: int, height: int, later: float
) -> None:
    lines = laid(tuple(tiles), (width, height), glyphs, NOW + later)
    assert all(cell_len(line) <= max(width, 0) for line in lines)


@both
def test_a_figure_that_grows_to_two_digits_moves_nothing(glyphs: Glyphs) -> None:
    def with_waiting(text: str, tone: Tone) -> list[str]:
        tiles = (Tile("waiting", Cell(text, tone), "2 free"), *EIGHT[1:])
        return [line for line in laid(tiles, (118, 30), glyphs) if "limit" in line or "against" in line]

    assert with_waiting("7", Tone.CALM) == with_waiting("18", Tone.ALARM) == with_waiting("4", Tone.WARN)


@both
def test_a_running_age_moves_nothing_up_to_an_hour(glyphs: Glyphs) -> None:
    ages = [laid(EIGHT, (118, 30), glyphs, NOW + later) for later in (0, 30, 600, 3000)]
    heads = [[line for line in lines if "service level" in line or "limit" in line] for lines in ages]
    assert heads[0] == heads[1] == heads[2] == heads[3]


@both
def test_the_mark_of_a_tone_stands_behind_the_whole_figure(glyphs: Glyphs) -> None:
    lines = laid(EIGHT[1:2], (40, 9), glyphs)
    assert [line.rstrip()[-1] for line in lines[1:-1]] == ["!"] * 5 or [line.rstrip()[-1] for line in lines[1:-1]] == [
        "!"
    ] * 7


@both
def test_words_stand_in_ordinary_letters_in_the_middle(glyphs: Glyphs) -> None:
    lines = laid((Tile("help", Cell("none today", Tone.NOTICE), "of 3"), EIGHT[0]), (118, 9), glyphs)
    assert "none today" in lines[4]
    assert not any("none" in line for at, line in enumerate(lines) if at != 4)


@both
def test_every_sign_has_a_form_of_the_same_height_and_digits_of_the_same_width(glyphs: Glyphs) -> None:
    for size in sizes(glyphs):
        assert set("0123456789:.%-~?+/ ") == set(size.forms)
        for text in (*size.forms, "1:05", "~12:40", "76.2%"):
            drawn = size.drawn(text, glyphs)
            assert len(drawn) == size.lines
            assert {len(line) for line in drawn} == {size.width_of(text)}
        assert len({size.width_of(digit) for digit in "0123456789"}) == 1


@both
def test_no_two_signs_look_alike(glyphs: Glyphs) -> None:
    for size in sizes(glyphs):
        drawn = {sign: tuple(size.drawn(sign, glyphs)) for sign in size.forms}
        assert len(set(drawn.values())) == len(drawn)


def test_plain_characters_are_all_that_ascii_draws() -> None:
    assert all(line.isascii() for size in ((38, 17), (78, 20), (198, 54)) for line in laid(EIGHT, size, ASCII))


def test_copied_figures_are_figures() -> None:
    copied = plain_text("The floor", Tiles(EIGHT, large=True), NOW, BLOCKS)
    assert "76.2%*" in copied
    assert "█" not in copied
