"""Tracks over a span of time: at any width something bounded, whatever a plugin sends."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.prose import Ink
from floorwatch.app.themes import COLOURS
from floorwatch.app.timeline import timeline_lines
from floorwatch.app.tones import Palette
from floorwatch.views import Mark, Stretch, Timeline, Tone, Track
from tests.app import fake_views as views
from tests.app.fake_places import END, START, at, stretch

NAN, INF = float("nan"), float("inf")


def one(*stretches: Stretch, marks: tuple[Mark, ...] = (), now: float | None = None) -> Timeline:
    """A single track without a title over 80 minutes, which is a cell a minute in 82 cells."""
    return Timeline((Track("a", "", stretches, marks),), START, END, now)


def ink(palette: Palette | None = None, glyphs: Glyphs = BLOCKS, zone: ZoneInfo = views.ZONE) -> Ink:
    return Ink(palette or Palette(None), glyphs, 0.0, zone=zone)


def texts(view: Timeline, width: int = 82, glyphs: Glyphs = BLOCKS, zone: ZoneInfo = views.ZONE) -> list[str]:
    """The lines, without the margin of the first cell."""
    lines = timeline_lines(view, width, ink(glyphs=glyphs, zone=zone))
    return ["".join(text for text, _style in line).rstrip()[1:] for line in lines]


# How it is drawn


def test_a_run_begins_with_its_letter_and_dots_show_how_long_it_is() -> None:
    assert texts(one(stretch(0, 5), stretch(5, 6, "W"), stretch(10, 12, "P")))[1] == "T....W    P."


def test_a_run_carries_the_mark_of_its_tone_where_it_has_room() -> None:
    assert texts(one(stretch(0, 3, "P", Tone.ALARM), stretch(3, 4, "P", Tone.ALARM)))[1] == "P!.P"


def test_marks_stand_above_their_track_at_their_moment() -> None:
    marks = (Mark(at(4), "n"), Mark(at(79.9), "!", Tone.ALARM), Mark(at(90), "x"))
    assert texts(one(stretch(0, 2), marks=marks))[1:] == [" " * 4 + "n" + " " * 74 + "!", "T."]


def test_of_marks_in_one_cell_the_most_urgent_shows() -> None:
    marks = (Mark(at(4), "!", Tone.ALARM), Mark(at(4.2), "n"))
    assert texts(one(marks=marks))[1] == "    !"


def test_what_lasts_still_reaches_to_now_and_else_to_the_end() -> None:
    assert texts(one(stretch(0, None), now=at(5)))[1] == "T....│"
    assert texts(one(stretch(0, None)))[1] == "T" + "." * 79


def test_now_goes_on_between_two_views() -> None:
    view = one(stretch(0, None), now=at(5))
    later = Ink(Palette(None), BLOCKS, at(8), zone=views.ZONE)
    assert "".join(text for text, _style in timeline_lines(view, 82, later)[1]).strip() == "T.......│"


def test_the_longest_stretch_of_a_cell_is_the_one_that_shows() -> None:
    assert texts(one(stretch(0, 0.2, "A"), stretch(0.2, 0.8, "T"), stretch(0.8, 1, "W")))[1] == "T"


def test_overlapping_stretches_show_the_later_one_above() -> None:
    assert texts(one(stretch(0, 10, "A"), stretch(3, 6, "B")))[1] == "A..B..A..."


@pytest.mark.parametrize(
    ("wild", "line"),
    [
        (stretch(5, 5), "     T"),
        (stretch(5, 2), "     T"),
        (stretch(-20, 3), "T.."),
        (stretch(78, 200), " " * 78 + "T."),
        (stretch(-20, -3), ""),
        (stretch(80, 90), ""),
        (Stretch(NAN, at(5), "T"), ""),
        (Stretch(at(5), NAN, "T"), "     T"),
        (Stretch(at(77), INF, "T"), " " * 77 + "T.."),
        (Stretch(-INF, at(2), "T"), ""),
    ],
)
def test_wild_stretches_are_drawn_within_the_span_or_not_at_all(wild: Stretch, line: str) -> None:
    assert texts(one(wild))[1] == line


@pytest.mark.parametrize(("start", "end"), [(NAN, END), (START, NAN), (END, START), (START, START), (-1e308, 1e308)])
def test_a_span_that_is_none_shows_its_titles(start: float, end: float) -> None:
    view = Timeline((Track("a", "李娜", (stretch(0, 5),), (Mark(at(1), "n"),)),), start, end, at(3))
    assert texts(view) == ["", "李娜"]


def test_titles_stand_left_and_the_axis_begins_where_the_tracks_do() -> None:
    tracks = (Track("a", "A07 李娜", (stretch(0, 5),)), Track("b", "B", (stretch(5, 10),)))
    first, second, third = texts(Timeline(tracks, START, END), 91)
    assert first.startswith(" " * 9 + "10:00     10:10")
    assert second == "A07 李娜 T...."
    assert third == "B" + " " * 13 + "T...."


def test_in_the_hand_long_titles_stand_above_their_tracks() -> None:
    track = Track("a", "A07 李娜 1007", (stretch(0, 40),), (Mark(at(20), "n"),))
    assert texts(Timeline((track,), START, END), 42)[1:] == ["A07 李娜 1007", " " * 10 + "n", "T" + "." * 19]


def test_short_titles_stay_left_in_the_hand_too() -> None:
    assert texts(Timeline((Track("a", "A07", (stretch(0, 40),)),), START, END), 42)[1] == "A07 T" + "." * 17


def test_empty_is_said_kindly() -> None:
    assert texts(Timeline((), START, END, caption="Today", empty="Nobody works today.")) == [
        "Today",
        "Nobody works today.",
    ]
    assert texts(Timeline((), START, END)) == ["Nothing happened in this time."]


# The axis


def test_labels_are_round_on_the_local_clock() -> None:
    assert texts(one(stretch(0, 1)))[0].split() == [f"10:{minute}0" for minute in range(6)] + ["11:00", "11:10"]
    assert texts(one(stretch(0, 1)), zone=ZoneInfo("Asia/Kathmandu"))[0].split()[0] == "07:50"


def test_now_has_its_time_beside_it_and_labels_make_room() -> None:
    line = texts(one(stretch(0, 1), now=at(41.5)))[0]
    assert line[41:47] == "│10:41"
    assert "10:40" not in line
    assert "10:50" in line


def test_now_at_the_very_end_has_its_time_before_it() -> None:
    assert texts(one(stretch(0, 1), now=at(79)))[0].endswith(" 11:19│")


def test_several_days_are_told_by_their_dates() -> None:
    view = Timeline((Track("a", "", (stretch(0, 60),)),), START, START + 5 * 86_400)
    assert "11-23" in texts(view)[0]


@given(
    st.floats(-1e9, 4e9),
    st.floats(1, 1e9),
    st.integers(1, 250),
    st.booleans(),
    st.sampled_from(["UTC", "Europe/Berlin"]),
)
def test_labels_never_touch(start: float, seconds: float, width: int, with_now: bool, zone: str) -> None:
    view = Timeline((Track("a", "", ()),), start, start + seconds, start + seconds / 2 if with_now else None)
    for label in texts(view, width, zone=ZoneInfo(zone))[0].split():
        assert len(label.replace("│", "")) in (0, 5, 8, 10)


# Whatever a plugin sends

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("王芳 a1\u0301\u200d😀\x1b[")), max_size=12)
MOMENT = st.floats(-100, 10_000) | st.floats(allow_nan=True, allow_infinity=True)
STRETCH = st.builds(Stretch, start=MOMENT, end=st.none() | MOMENT, letter=TEXT, tone=st.sampled_from(Tone), about=TEXT)
MARK = st.builds(Mark, at=MOMENT, sign=TEXT, tone=st.sampled_from(Tone), about=TEXT)
TRACK = st.builds(
    Track,
    key=st.text(max_size=2),
    title=TEXT,
    stretches=st.lists(STRETCH, max_size=8).map(tuple),
    marks=st.lists(MARK, max_size=4).map(tuple),
)
TIMELINE = st.builds(
    Timeline,
    tracks=st.lists(TRACK, max_size=5).map(tuple),
    start=MOMENT,
    end=MOMENT,
    now=st.none() | MOMENT,
    caption=TEXT,
    empty=TEXT,
)
PALETTE = st.sampled_from([Palette(None), *(Palette(colours) for colours in COLOURS.values())])


@given(TIMELINE, st.integers(1, 250), PALETTE, st.sampled_from([BLOCKS, ASCII]))
def test_any_timeline_at_any_width_draws_lines_that_fit(
    view: Timeline, width: int, palette: Palette, glyphs: Glyphs
) -> None:
    lines = timeline_lines(view, width, ink(palette, glyphs))
    assert 1 <= len(lines) <= 2 + 3 * len(view.tracks)
    assert all(cell_len("".join(text for text, _style in line)) <= width for line in lines)
