"""Terminals of 256 and of 16 colours: what arrives there can be read, and is not what its neighbour is."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from rich._palettes import EIGHT_BIT_PALETTE, STANDARD_PALETTE
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

from floorwatch.app.themes import COLOURS, FEW, textual_theme
from floorwatch.app.tones import DEEPEST, Ground, Palette
from floorwatch.views import Tone

TEXT, LINE = 4.5, 3.0
"""WCAG AA for text and for what is drawn."""

Arrives = Callable[[Color | None], ColorTriplet]


def of_256(colour: Color | None) -> ColorTriplet:
    assert colour is not None
    number = colour.downgrade(ColorSystem.EIGHT_BIT).number
    assert number is not None
    return EIGHT_BIT_PALETTE[number]


def of_16(colour: Color | None) -> ColorTriplet:
    assert colour is not None
    number = colour.downgrade(ColorSystem.STANDARD).number
    assert number is not None
    return STANDARD_PALETTE[number]


TERMINALS = [
    *(pytest.param(Palette(COLOURS[theme]), of_256, id=f"256-{theme}") for theme in COLOURS),
    *(pytest.param(Palette(FEW[theme], few=True), of_16, id=f"16-{theme}") for theme in FEW),
]


def luminance(colour: ColorTriplet) -> float:
    parts = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(style: Style, arrives: Arrives) -> float:
    dark, light = sorted(luminance(arrives(colour)) + 0.05 for colour in (style.color, style.bgcolor))
    return light / dark


def letters(palette: Palette) -> Iterator[tuple[Tone, int | None, Style]]:
    """Every way in which a state letter is drawn."""
    for tone, depth in itertools.product(Tone, (None, *range(DEEPEST + 1))):
        yield tone, depth, palette.shade(tone, depth)


@pytest.mark.parametrize(("palette", "arrives"), TERMINALS)
def test_every_tone_can_be_read_on_every_ground(palette: Palette, arrives: Arrives) -> None:
    for tone, ground in itertools.product(Tone, Ground):
        assert contrast(palette.style(tone, ground), arrives) >= TEXT, (tone, ground)
        assert contrast(palette.dim().style(tone, ground), arrives) >= TEXT, (tone, ground, "dimmed")


@pytest.mark.parametrize(("palette", "arrives"), TERMINALS)
def test_every_state_letter_can_be_read(palette: Palette, arrives: Arrives) -> None:
    for tone, depth, style in letters(palette):
        assert contrast(style, arrives) >= TEXT, (tone, depth)


@pytest.mark.parametrize(("palette", "arrives"), TERMINALS)
def test_every_line_of_a_chart_can_be_seen(palette: Palette, arrives: Arrives) -> None:
    for tone in Tone:
        assert contrast(palette.drawing(tone), arrives) >= LINE, tone


@pytest.mark.parametrize(("palette", "arrives"), TERMINALS)
def test_no_tone_looks_like_its_neighbour(palette: Palette, arrives: Arrives) -> None:
    def look(style: Style) -> tuple[ColorTriplet, ColorTriplet]:
        return arrives(style.color), arrives(style.bgcolor)

    for one, other in itertools.combinations(Tone, 2):
        # The cursor's cell is one colour, and titles of columns stand in that of a heading.
        for ground in set(Ground) - {Ground.CELL, Ground.HEAD}:
            assert look(palette.style(one, ground)) != look(palette.style(other, ground)), (one, other, ground)
        for depth in (None, *range(DEEPEST + 1)):
            assert look(palette.shade(one, depth)) != look(palette.shade(other, depth)), (one, other, depth)


@pytest.mark.parametrize(("palette", "arrives"), TERMINALS)
def test_the_cursor_and_a_replay_are_seen(palette: Palette, arrives: Arrives) -> None:
    ground = {each: arrives(palette.style(Tone.CALM, each).bgcolor) for each in Ground}
    assert len({ground[Ground.PLAIN], ground[Ground.ROW], ground[Ground.CELL]}) == 3
    assert ground[Ground.BAR] != ground[Ground.REPLAY]


@pytest.mark.parametrize("theme", FEW)
def test_the_hand_made_themes_name_what_the_others_name(theme: str) -> None:
    extra = {name for name in FEW[theme] if name not in COLOURS[theme]}
    assert COLOURS[theme].keys() - FEW[theme].keys() <= {"warn-on-replay"}
    assert all("-on-" in name or name in ("alarm-ground", "alarm-line") for name in extra)
    assert {f"floor-{name}" for name in FEW[theme]} <= textual_theme(theme, few=True).variables.keys()


@pytest.mark.parametrize("theme", FEW)
def test_the_hand_made_themes_hold_only_the_sixteen(theme: str) -> None:
    sixteen = {STANDARD_PALETTE[number].hex for number in range(16)}
    assert set(FEW[theme].values()) <= sixteen
