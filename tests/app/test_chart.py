"""What a chart says in its legend, where values, ticks and labels stand, and that nothing a panel sends breaks it."""

from datetime import UTC, datetime
from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from floorwatch.app.chart import LEAST_LINES, axes_of, chart_height, chart_lines
from floorwatch.app.chart_scale import Scale, scale_of, tick_text, value_text
from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.layout import LayoutSpec
from floorwatch.app.prose import Ink
from floorwatch.app.themes import COLOURS
from floorwatch.app.tones import Palette
from floorwatch.model.metrics import Unit
from floorwatch.views import Axis, Chart, Level, Notice, Series, SeriesForm, Stack, Tone
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC).timestamp()
BARS = SeriesForm.BARS


def inked(glyphs: Glyphs = BLOCKS) -> Ink:
    """Without colours."""
    return Ink(Palette(None), glyphs, NINE)


def text(chart: Chart, width: int = 60, height: int | None = None, glyphs: Glyphs = BLOCKS) -> list[str]:
    """The chart's lines."""
    lines = chart_lines(chart, width, inked(glyphs), height)
    return ["".join(piece for piece, _style in line).rstrip() for line in lines]


def waiting(*values: float | None, levels: tuple[Level, ...] = (), lines: int = 8) -> Chart:
    """One line."""
    return Chart((Series("waiting", values),), NINE, 900, levels=levels, lines=lines)


def test_a_chart_is_its_legend_its_field_and_its_clock() -> None:
    chart = Chart(
        (Series("offered", (1, 2, 4, 3), form=BARS),), NINE, 900, Axis("calls"), caption="Calls", lines=4
    )  # fmt: skip
    assert text(chart, 30) == [
        "Calls",
        "█ offered 3",
        "calls",
        "4┤              ██████",
        " │              ██████ ██████",
        " │       ██████ ██████ ██████",
        "0┤██████ ██████ ██████ ██████",
        " └┬──────┬──────┬──────┬──────",
        "09:00  09:15  09:30  09:45",
    ]


def test_in_plain_characters_the_line_carries_its_sign_at_its_values() -> None:
    assert text(waiting(0, 2, 4, lines=3), 20, glyphs=ASCII) == [
        "o waiting 4",
        "4|             ..o",
        " |       ..o....",
        "0|   o....",
        " ++-----------+-----",
        "09:00       09:30",
    ]


def test_the_legend_says_the_values_of_the_newest_step() -> None:
    assert text(waiting(3, 5, 7))[0] == "● waiting 7"
    assert text(waiting(3, 5, None))[0] == "● waiting 5"


def test_the_legend_says_the_step_of_now_and_nothing_where_nothing_is_known_then() -> None:
    forecast, actual = Series("expected", (8, 9, 10, 11)), Series("came", (7, 9, None, None))
    chart = Chart((forecast, actual), NINE, 900, now=NINE + 1000)
    assert text(chart)[0] == "● expected 9   ■ came 9   ┊ now 09:16"
    later = Chart((forecast, actual), NINE, 900, now=NINE + 2000)
    assert text(later)[0] == "● expected 10   ■ came -   ┊ now 09:33"


def test_series_are_told_apart_by_their_signs() -> None:
    chart = Chart(tuple(Series(f"s{n}", (n, n + 1.0)) for n in range(8)), NINE, 900)
    for glyphs in (BLOCKS, ASCII):
        lines = text(chart, 120, glyphs=glyphs)
        signs = [entry.split()[0] for entry in lines[0].split("   ")]
        assert len(set(signs)) == 8
        assert all(any(sign in line for line in lines[1:]) for sign in signs)


def test_more_series_than_signs_are_counted_and_not_drawn() -> None:
    chart = Chart(tuple(Series(f"s{n}", (n,)) for n in range(10)), NINE, 900)
    assert "2 more series are not drawn" in "\n".join(text(chart, 120))


def test_a_line_breaks_where_nothing_is_known() -> None:
    def pieces(*values: float | None) -> int:
        drawn = next(line for line in text(waiting(*values))[1:] if "●" in line)
        return len(drawn.lstrip("0123456789│┤ ").split())

    assert pieces(5, 5, 5, 5, 5) == 1
    assert pieces(5, 5, None, 5, 5) == 2


def test_a_level_is_a_dashed_line_with_its_name() -> None:
    lines = text(waiting(1, 2, 3, levels=(Level("minimum", 8),)))
    assert lines[0] == "● waiting 3   ─ ─ minimum 8"
    assert any("─ ─ ─" in line and " minimum " in line + " " for line in lines[1:])


def test_the_right_axis_is_dropped_in_few_columns_and_the_legend_names_its_ends() -> None:
    chart = Chart(
        (Series("offered", (10, 20), form=BARS), Series("in time", (0.5, 0.75), right=True)),
        NINE,
        900,
        right=Axis("share", Unit.SHARE, 0.0, 1.0),
    )
    wide, narrow = text(chart, 80), text(chart, 40)
    assert "in time 75.0% (right)" in wide[0]
    assert any(line.endswith("├100%") for line in wide)
    assert "in time 75.0% (0% to 100%)" in "\n".join(narrow)
    assert not any("├" in line for line in narrow)


def test_series_that_all_stand_on_the_right_stand_on_its_scale_at_the_left() -> None:
    chart = Chart((Series("in time", (0.5, 0.75), right=True),), NINE, 900, right=Axis("", Unit.SHARE, 0.0, 1.0))
    lines = text(chart, 80)
    assert lines[0] == "● in time 75.0%"
    assert any(line.startswith("100%┤") for line in lines)


@pytest.mark.parametrize("width", [30, 60, 100])
def test_charts_that_leave_room_for_each_others_axes_have_one_clock(width: int) -> None:
    calls = waiting(3, 4, 5, 6, 4, 2, 1, 3)
    share = Axis("", Unit.SHARE, 0.0, 1.0)
    level = Chart((Series("SL", (0.2,) * 8), Series("staff", (900.0,) * 8, right=True)), NINE, 900, share)
    axes = axes_of(calls, width, inked()).beside(axes_of(level, width, inked()))
    clocks = [
        "".join(piece for piece, _style in chart_lines(chart, width, inked(), axes=axes)[-1])
        for chart in (calls, level)
    ]

    assert axes_of(calls, width, inked()) != axes_of(level, width, inked())
    assert clocks[0] == clocks[1]


@pytest.mark.parametrize("height", range(LEAST_LINES, 30))
def test_a_chart_is_drawn_lower_or_higher_as_there_is_room(height: int) -> None:
    chart = Chart(
        (Series("waiting", (1, 5, 2)), Series("free", (4, 3, 1))), NINE, 900, Axis("people"), caption="Floor", lines=8
    )  # fmt: skip
    lines = text(chart, 60, height)
    assert len(lines) == height
    assert any("waiting 2" in line for line in lines)
    assert any("09:00" in line for line in lines)


def test_a_chart_asks_for_as_many_lines_as_it_has() -> None:
    for width in (10, 20, 40, 60, 120):
        for chart in (waiting(1, 2), waiting(), Chart((), NINE, 900, caption="Floor", empty="Nothing yet.")):
            assert chart_height(chart, width, inked()) == len(text(chart, width))


def test_nothing_known_is_said_kindly() -> None:
    assert text(Chart((), NINE, 900, caption="Calls", empty="No call has come yet.")) == [
        "Calls",
        "No call has come yet.",
    ]
    assert text(waiting(None, nan)) == ["Nothing to draw yet."]


def test_a_value_alone_is_a_stroke() -> None:
    assert any(line.count("⠉") + line.count("⠒") + line.count("⠤") + line.count("⣀") > 5 for line in text(waiting(7)))


def test_bars_hang_from_zero_where_they_are_negative() -> None:
    chart = Chart((Series("net", (4, -4), form=BARS),), NINE, 900, Axis(low=None), lines=4)
    field = [line.partition("┤")[2] or line.partition("│")[2] for line in text(chart, 22)[1:5]]
    left, right = [line[:8].strip() for line in field], [line[10:].strip() for line in field]
    assert [bool(part) for part in left] == [True, True, False, False]
    assert [bool(part) for part in right] == [False, False, True, True]


def test_a_chart_does_not_grow_beyond_three_times_what_it_asks_for() -> None:
    assert len(text(waiting(1, 2, lines=4), 60, 100)) == len(text(waiting(1, 2, lines=4), 60)) + 8


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
def test_zero_is_no_bar_and_the_least_value_is_the_least_sign(glyphs: Glyphs) -> None:
    values = (10, 136, 80, 0, 1)
    bottom = text(Chart((Series("offered", values, form=BARS),), NINE, 900), 49, glyphs=glyphs)[-3][4:]
    least = "_" if glyphs is ASCII else "▁"
    assert bottom[27:36].strip() == ""
    assert set(bottom[36:].strip()) == {least}


def test_nothing_there_is_told_from_nothing_known() -> None:
    chart = Chart((Series("offered", (0, None, 3), form=BARS),), NINE, 900, lines=3)
    assert text(chart, 32)[4] == " └┬─────────┬┈┈┈┈┈┈┈┈┈┬─────────"
    assert text(chart, 32, glyphs=ASCII)[4] == " ++---------+.........+---------"


def standing(chart: Chart, width: int, glyphs: Glyphs, palette: Palette) -> list[list[tuple[str, Style]]]:
    """The columns of the field, cells from the bottom."""
    lines = chart_lines(chart, width, Ink(palette, glyphs, NINE))
    rows = [[(sign, style) for text, style in line for sign in text] for line in lines if line[0][0][-1:] in "┤│|"]
    return [list(column) for column in zip(*(row[3:] for row in reversed(rows)), strict=False)]


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
@pytest.mark.parametrize("palette", [Palette(None), Palette(COLOURS["dark"])])
def test_no_bar_floats_above_a_shorter_one_or_breaks_where_a_line_crosses_it(glyphs: Glyphs, palette: Palette) -> None:
    came, lost = (40.0,) * 16, (0.0, 1.0, 4.0, 20.0) * 4
    chart = Chart(
        (Series("came", came, Tone.MUTED, BARS), Series("lost", lost, Tone.WARN, BARS), Series("level", (20.0,) * 16)),
        NINE,
        900,
        levels=(Level("most", 30.0),),
    )
    columns = standing(chart, 37, glyphs, palette)
    assert len(columns) == 34
    empty = {(" ", palette.style(Tone.CALM))}
    for beside in pairwise(columns):
        for cells in zip(*beside, strict=True):
            solid = [sign in "█▒#%" or bool(style.reverse) or style.bgcolor != palette.style(Tone.CALM).bgcolor
                     for sign, style in cells]  # fmt: skip
            assert any(solid) or set(cells) & empty
    lowest = [column[0] for column in columns]
    assert {sign for sign, _style in lowest[:2]} == {"█" if glyphs is BLOCKS else "#"}
    assert lowest[2][0] != lowest[0][0]


def test_a_small_bar_below_zero_has_a_line_of_its_own() -> None:
    chart = Chart((Series("net", (100, -1), form=BARS),), NINE, 900, Axis(low=None), lines=4)
    assert text(chart, 30)[4].endswith(("▔", "▀"))


def test_the_shorter_bar_stands_in_front_whatever_its_axis() -> None:
    calls, share = Series("calls", (100,) * 30, form=BARS), Series("share", (0.5,) * 30, form=BARS, right=True)
    chart = Chart((share, calls), NINE, 900, right=Axis("", Unit.SHARE, 0.0, 1.0))
    field = text(chart, 40)[-10:-2]
    assert ["▒" in line for line in field] == [True] * 4 + [False] * 4
    assert ["█" in line for line in field] == [False] * 4 + [True] * 4


@pytest.mark.parametrize("lines", range(2, 30))
@pytest.mark.parametrize("target", [0.05, 0.5, 0.72, 0.8, 0.95, 1.0])
def test_a_level_stands_beside_no_tick_of_another_value_and_the_ends_keep_theirs(lines: int, target: float) -> None:
    chart = Chart(
        (Series("in time", (0.5, 0.75)),), NINE, 900, Axis("", Unit.SHARE, 0.0, 1.0), levels=(Level("", target),),
        lines=lines,
    )  # fmt: skip
    field = text(chart, 60)[1:-2]
    assert (field[0].split("┤")[0], field[-1].split("┤")[0].strip()) == ("100%", "0%")
    beside = next(line.split("┤")[0] for line in field if "─ ─" in line)
    if "│" not in beside:
        assert abs(float(beside.strip("% ")) / 100 - target) * (lines - 1) <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("axis", "values", "ticks"),
    [
        (Axis(), (44.0,), (0, 15, 30, 45)),
        (Axis(), (7.0, 7.0), (0, 2, 4, 6, 8)),
        (Axis(), (136.0,), (0, 40, 80, 120, 160)),
        (Axis(high=70.0), (7.0,), (0, 20, 40, 70)),
        (Axis(), (0.0,), (0, 1)),
        (Axis(), (1e9,), (0, 2e8, 4e8, 6e8, 8e8, 1e9)),
        (Axis(), (0.5,), (0, 0.1, 0.2, 0.3, 0.4, 0.5)),
        (Axis(low=None), (-30.0, 20.0), (-30, -20, -10, 0, 10, 20)),
        (Axis(unit=Unit.SECONDS), (142.0,), (0, 30, 60, 90, 120, 150)),
        (Axis(unit=Unit.SHARE, high=1.0), (0.4,), (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_ticks_are_round(axis: Axis, values: tuple[float, ...], ticks: tuple[float, ...]) -> None:
    assert scale_of(axis, values).ticks(6) == pytest.approx(ticks)


@given(
    st.sampled_from(Unit),
    st.lists(st.floats(-1e15, 1e15), max_size=8),
    st.none() | st.floats(),
    st.none() | st.floats(),
    st.integers(2, 8),
)
def test_a_scale_holds_every_value_and_has_few_rising_ticks(
    unit: Unit, values: list[float], low: float | None, high: float | None, most: int
) -> None:
    scale = scale_of(Axis("", unit, low, high), values)
    assert scale.low < scale.high
    slack = 1e-6 * (scale.high - scale.low)
    assert all(scale.low - slack <= value <= scale.high + slack for value in values)
    ticks = scale.ticks(most)
    assert 2 <= len(ticks) <= most
    assert list(ticks) == sorted(set(ticks))
    assert (ticks[0], ticks[-1]) == (scale.low, scale.high)


def test_values_are_written_in_their_unit() -> None:
    said = {Unit.COUNT: "7", Unit.SECONDS: "0:07", Unit.SHARE: "700.0%"}
    assert {unit: value_text(7.0, unit) for unit in Unit} == said
    assert [tick_text(n, Unit.COUNT) for n in (0, 40, 12_000, 2_500_000, 1e9)] == ["0", "40", "12k", "2.5M", "1bn"]
    assert [tick_text(n, Unit.SECONDS) for n in (0, 90, 3600)] == ["0:00", "1:30", "1:00:00"]
    assert [tick_text(n, Unit.SHARE) for n in (0.1 + 0.2, 1)] == ["30%", "100%"]


@given(st.floats(0, 4e9), st.floats(1, 1e8), st.integers(1, 200), st.integers(1, 200))
def test_labels_never_touch(start: float, step: float, steps: int, cells: int) -> None:
    chart = Chart((Series("x", (1.0,) * steps),), start, step, lines=2)
    found = [at for line in text(chart, cells + 20, glyphs=ASCII)[-1:] for at in line.split()]
    assert all(len(label) in (5, 8, 10) for label in found)


VALUE = st.none() | st.floats() | st.integers() | st.floats(0, 100)
WORDS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("等待 a\x1b[")), max_size=20)
AXIS = st.builds(
    Axis, title=WORDS, unit=st.sampled_from(Unit), low=st.none() | st.floats(), high=st.none() | st.floats()
)
CHART = st.builds(
    Chart,
    series=st.lists(
        st.builds(
            Series, name=WORDS, values=st.lists(VALUE, max_size=60).map(tuple), tone=st.sampled_from(Tone),
            form=st.sampled_from(SeriesForm), right=st.booleans(),
        ),
        max_size=6,
    ).map(tuple),
    start=st.floats() | st.floats(0, 4e9),
    step_seconds=st.floats() | st.floats(0, 90_000),
    left=AXIS,
    right=st.none() | AXIS,
    levels=st.lists(st.builds(Level, name=WORDS, value=st.floats(), right=st.booleans()), max_size=3).map(tuple),
    now=st.none() | st.floats() | st.floats(0, 4e9),
    caption=WORDS,
    empty=WORDS,
    lines=st.integers(-5, 100),
)  # fmt: skip


@given(
    CHART,
    st.integers(0, 130),
    st.none() | st.integers(0, 40),
    st.sampled_from([BLOCKS, ASCII]),
    st.sampled_from([Palette(None), *(Palette(colours) for colours in COLOURS.values())]),
)
def test_any_chart_is_drawn_in_its_room(
    chart: Chart, width: int, height: int | None, glyphs: Glyphs, palette: Palette
) -> None:
    lines = chart_lines(chart, width, Ink(palette, glyphs, NINE), height)
    assert all(sum(cell_len(piece) for piece, _style in line) <= width for line in lines)
    if height is None:
        assert len(lines) == chart_height(chart, width, inked(glyphs))


async def test_on_the_screen_the_clocks_of_two_charts_stand_under_one_another() -> None:
    level = Chart((Series("SL", (0.2, 0.4)),), NINE, 900, Axis("", Unit.SHARE, 0.0, 1.0), lines=3)
    desk = FakeDesk()
    desk.put("queue-status", Stack((waiting(3, 4, lines=3), level)))
    async with seen(desk, (80, 30), layout=LayoutSpec.of([["queue-status"]])) as found:
        places = [line.index("┬") for line in found.text.splitlines() if "┬" in line]
        assert len(places) == 2
        assert places[0] == places[1]


async def test_on_the_screen_a_chart_is_as_high_as_its_place_and_follows_the_next_view() -> None:
    desk = FakeDesk()
    desk.put("queue-status", Stack((Notice("above"), waiting(1, 2, 3, lines=12))))
    async with seen(desk, (80, 30), layout=LayoutSpec.of([["queue-status"]])) as found:
        assert found.text.count("┤") + found.text.count("│") > 12
        desk.put("queue-status", Stack((Notice("above"), waiting(1, 2, 3, 4, lines=12))))
        await found.until(lambda: "waiting 4" in found.text)
        await found.pilot.resize_terminal(80, 12)
        await found.settle()
        assert "waiting 4" in found.text
        assert "09:00" in found.text or "17:00" in found.text
        assert 0 < found.text.count("┤") + found.text.count("│") < 12


def test_beside_figures_that_take_all_the_room_there_is_only_the_legend() -> None:
    days = Chart((Series("wait", (-7_776_000_000_865.0,)),), NINE, 900, Axis("", Unit.SECONDS))
    narrow, wide = text(days, 16), text(days, 17)
    assert ["┤" in "".join(lines) for lines in (narrow, wide)] == [False, True]
    assert len(narrow) == chart_height(days, 16, inked())
    assert all(cell_len(line) <= 17 for line in wide)


def test_place_is_never_beyond_the_ends() -> None:
    scale = Scale(Unit.COUNT, 0.0, 10.0)
    assert [scale.place(value) for value in (-5.0, 5.0, 99.0)] == [0.0, 0.5, 1.0]
    assert inf not in scale.ticks(5)
