"""The room as it stands: at any width something bounded, whatever a plugin sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.prose import Ink
from floorwatch.app.seat_map import plan_of, room_of, seat_map_lines
from floorwatch.app.themes import COLOURS
from floorwatch.app.tones import DEEPEST, READABLE, Palette
from floorwatch.views import Cell, Seat, SeatMap, Tone
from tests.app import fake_views as views
from tests.app.fake_places import SHADES, room
from tests.app.test_themes import contrast

NOW = views.START


def ink(palette: Palette | None = None, glyphs: Glyphs = BLOCKS, now: float = NOW) -> Ink:
    return Ink(palette or Palette(None), glyphs, now, zone=views.ZONE)


def texts(view: SeatMap, width: int, glyphs: Glyphs = BLOCKS) -> list[str]:
    lines = seat_map_lines(view, width, ink(glyphs=glyphs))
    return ["".join(text for text, _style in line).rstrip() for line in lines]


# How it is drawn


def test_seats_stand_as_in_the_room_and_gaps_are_kept() -> None:
    seats = (
        Seat("a", 0, 0, "A"),
        Seat("b", 0, 1, "T", Tone.ALARM),
        Seat("c", 0, 3, "-"),
        Seat("d", 2, 1, "P", mark="h"),
    )
    assert texts(SeatMap(seats, ("A", "", "C")), 18) == [" A  A   T !   -", "", " C      P h"]


def test_a_row_that_has_only_a_title_is_part_of_the_room() -> None:
    assert texts(SeatMap((Seat("a", 0, 0, "A"),), ("A", "B")), 12) == [" A  A", " B"]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (30, " A 000 T ! 001 T   002 T"),
        (20, " A  T ! T   T"),
        (12, " A T !T  T"),
        (10, " A T!T T"),
        (6, "T!T T"),
        (5, "TTT"),
    ],
)
def test_more_of_a_seat_is_drawn_where_there_is_more_room(width: int, line: str) -> None:
    view = room(1, 3)
    first = replace(view.seats[0], tone=Tone.ALARM)
    assert texts(SeatMap((first, *view.seats[1:]), view.rows), width) == [line]


def test_where_seats_stand_close_a_mark_of_their_own_takes_the_place_of_the_letter() -> None:
    view = room(1, 12, label=False)
    seats = (replace(view.seats[0], mark="h"), replace(view.seats[1], tone=Tone.WARN), *view.seats[2:])
    assert texts(SeatMap(seats, view.rows), 15) == [" A hTTTTTTTTTTT"]


@pytest.mark.parametrize(("rows", "columns", "aisle"), [(6, 10, 5), (3, 20, 10), (3, 20, 5), (2, 30, 10)])
def test_sixty_seats_fit_in_the_hand(rows: int, columns: int, aisle: int) -> None:
    lines = texts(room(rows, columns, aisle=aisle), 40)
    assert [line.count("T") for line in lines] == [columns] * rows


def test_a_thousand_seats_fit_a_large_screen() -> None:
    lines = texts(room(25, 40, aisle=10), 200)
    assert [line[2:].count("T") for line in lines] == [40] * 25


def test_seats_without_a_place_of_their_own_stand_below_the_room() -> None:
    seats = (
        Seat("a", 0, 0, "A"),
        Seat("b", 0, 0, "B"),
        Seat("c", -1, 0, "C"),
        Seat("d", 0, 10_000, "D"),
        Seat("e", 10_000, 0, "E"),
    )
    assert texts(SeatMap(seats), 40) == ["  A", "", "  B   C   D   E"]


def test_seats_of_one_key_are_both_there() -> None:
    view = SeatMap((Seat("a", 0, 0, "A"), Seat("a", 0, 1, "B"), Seat("a", 0, 2, "C")))
    assert list(room_of(view).places) == ["a", "a#2", "a#3"]


def test_empty_is_said_kindly() -> None:
    assert texts(SeatMap((), empty="Nobody sits here tonight.", caption="Night"), 40) == [
        " Night",
        " Nobody sits here tonight.",
    ]
    assert texts(SeatMap(()), 40) == [" No seat is known yet."]


def test_a_letter_too_wide_for_its_cell_says_so() -> None:
    view = SeatMap(tuple(Seat(str(at), 0, at, "王", mark="忙") for at in range(2)))
    assert texts(view, 12) == [" 王 #王 #"]
    assert texts(view, 5) == [" ####"]
    assert texts(view, 2) == ["##"]


# Shades


def style_of(view: SeatMap, palette: Palette, now: float) -> object:
    (line,) = seat_map_lines(view, 12, ink(palette, now=now))
    return next(style for text, style in line if "T" in text)


@pytest.mark.parametrize("theme", [*COLOURS, None])
def test_the_shade_deepens_at_every_step_of_the_age(theme: str | None) -> None:
    palette = Palette(None if theme is None else COLOURS[theme])
    view = SeatMap((Seat("a", 0, 0, "T", Tone.NOTICE, NOW, SHADES),))
    styles = [style_of(view, palette, NOW + age) for age in (0, 60, 180, 300)]
    assert len({str(style) for style in styles}) == (3 if theme is None else 4)
    assert styles[0] == style_of(view, palette, NOW + 59)


@pytest.mark.parametrize("theme", COLOURS)
def test_every_shade_can_be_read(theme: str) -> None:
    for tone in Tone:
        for depth in range(DEEPEST + 1):
            style = Palette(COLOURS[theme]).shade(tone, depth)
            assert contrast(style.color, style.bgcolor) >= READABLE, (tone, depth)


def test_without_colours_the_cursor_alone_is_reversed() -> None:
    palette = Palette(None)
    assert not any(palette.shade(tone, depth).reverse for tone in Tone for depth in (None, 0, 1, 2, 3))


# Whatever a plugin sends

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("王芳 a1\u0301\u200d😀\x1b[")), max_size=12)
ANY_FLOAT = st.floats(allow_nan=True, allow_infinity=True)
PLACE = st.integers(0, 40) | st.integers(-3, 10_000)
SEAT = st.builds(
    Seat,
    key=st.text(max_size=2),
    row=PLACE,
    column=PLACE,
    letter=TEXT,
    tone=st.sampled_from(Tone),
    since=st.none() | ANY_FLOAT,
    shades=st.lists(ANY_FLOAT, max_size=4).map(tuple),
    mark=TEXT,
    label=TEXT,
    about=st.lists(st.builds(Cell, text=TEXT, tone=st.sampled_from(Tone)), max_size=2).map(tuple),
)
MAP = st.builds(
    SeatMap,
    seats=st.lists(SEAT, max_size=12).map(tuple),
    rows=st.lists(TEXT, max_size=6).map(tuple),
    caption=TEXT,
    empty=TEXT,
)
PALETTE = st.sampled_from([Palette(None), *(Palette(colours) for colours in COLOURS.values())])


@given(MAP, st.integers(1, 250), PALETTE, st.sampled_from([BLOCKS, ASCII]))
def test_any_map_at_any_width_draws_lines_that_fit(view: SeatMap, width: int, palette: Palette, glyphs: Glyphs) -> None:
    lines = seat_map_lines(view, width, ink(palette, glyphs))
    assert 1 <= len(lines) <= 500
    assert all(cell_len("".join(text for text, _style in line)) <= width for line in lines)


@given(MAP)
def test_every_seat_of_any_map_has_one_place(view: SeatMap) -> None:
    found = room_of(view)
    assert len(found.places) == len(view.seats) == sum(len(seats) for seats in found.rows)


@given(st.integers(1, 60), st.integers(1, 250))
def test_every_column_can_be_scrolled_to(columns: int, width: int) -> None:
    found = room_of(room(1, columns))
    plan = plan_of(found, width)
    for column in range(columns):
        assert column in plan.window(plan.leftmost(column))
