"""Every theme can be read: contrast by the numbers, and marks where there is no colour."""

import itertools

import pytest
from rich.color import Color

from floorwatch.app.themes import COLOURS, textual_theme
from floorwatch.app.tones import MARKS, Ground, Palette
from floorwatch.views import Tone

READABLE = 4.5
"""WCAG AA for text of ordinary size."""


def luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.get_truecolor()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(front: Color | None, back: Color | None) -> float:
    assert front is not None
    assert back is not None
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", COLOURS)
def test_every_tone_can_be_read_on_every_ground(theme: str) -> None:
    palette = Palette(COLOURS[theme])
    for tone, ground in itertools.product(Tone, Ground):
        style = palette.style(tone, ground)
        assert contrast(style.color, style.bgcolor) >= READABLE, (tone, ground)


@pytest.mark.parametrize("theme", COLOURS)
def test_every_state_letter_can_be_read(theme: str) -> None:
    for tone in Tone:
        style = Palette(COLOURS[theme]).badge(tone)
        assert contrast(style.color, style.bgcolor) >= READABLE, tone


def test_warning_and_alarm_differ_without_colour() -> None:
    plain = Palette(None)
    assert MARKS[Tone.WARN] != MARKS[Tone.ALARM]
    assert len({str(plain.style(tone)) for tone in (Tone.CALM, Tone.WARN, Tone.ALARM, Tone.MUTED)}) == 4


def test_the_cursor_shows_without_colour() -> None:
    assert Palette(None).style(Tone.CALM, Ground.CELL).reverse


def test_what_is_no_longer_true_is_dimmed_in_every_tone() -> None:
    dimmed = Palette(COLOURS["dark"]).dim()
    assert dimmed.style(Tone.ALARM) == dimmed.style(Tone.MUTED) == dimmed.style(Tone.CALM)


@pytest.mark.parametrize("theme", COLOURS)
def test_textual_gets_every_colour(theme: str) -> None:
    made = textual_theme(theme)
    assert {f"floor-{name}" for name in COLOURS[theme]} <= made.variables.keys()
