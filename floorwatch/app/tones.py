"""The one place where a tone becomes a style, and where it becomes a mark.

Rules
- Colour never stands alone: an alarm carries `!`, a warning `*`, a state its letter; bold and underline back them up.
- On a floor whose colours are off (NO_COLOR), the cursor is reversed and tones are bold, underlined or dim.
- A dimmed palette draws everything muted: what is shown is no longer true at this moment. Marks stay.
- A state that has lasted is drawn stronger: pale at first, at its oldest in the full colour of its tone. For eyes and
  terminals without colours it is bold from the first step on, and underlined at the last. Of 16 colours none lies
  between two: the full colour is there from the third step on.
"""

from collections.abc import Mapping
from enum import StrEnum

from rich.color import Color, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.style import Style

from floorwatch.app.glyphs import ALARM_MARK, WARN_MARK
from floorwatch.views import Tone

MARKS: Mapping[Tone, str] = {Tone.ALARM: ALARM_MARK, Tone.WARN: WARN_MARK}
"""What stands behind a figure of this tone; the others need no mark."""


class Ground(StrEnum):
    """What text stands on."""

    PLAIN = "ground"
    ROW = "row"
    CELL = "cell"
    TOTAL = "total"
    HEAD = "head"
    BAR = "bar"
    REPLAY = "replay"
    FOOT = "foot"


SHADES = (0.45, 0.6, 0.8, 1.0)
"""How much of a tone's colour a state letter stands on, from a state that has just begun to the oldest."""

DEEPEST = len(SHADES) - 1
FRESH = Style(reverse=True)
"""Added to a mark that is new since the last look, where it has no cell for a sign of its own."""

READABLE = 4.5
"""The contrast that text of ordinary size needs (WCAG AA)."""

_BOLD = frozenset({Tone.ALARM})
_PLAIN_STYLES: Mapping[Tone, Style] = {
    Tone.CALM: Style(),
    Tone.NOTICE: Style(),
    Tone.WARN: Style(bold=True),
    Tone.ALARM: Style(bold=True, underline=True),
    Tone.MUTED: Style(dim=True),
}


class Palette:
    """Styles by (tone, ground), made once each. `colours` is one of `themes.COLOURS`, or None for no colour at all;
    `few`: it is one of `themes.FEW`."""

    def __init__(self, colours: Mapping[str, str] | None, *, dimmed: bool = False, few: bool = False) -> None:
        self._colours = colours
        self._few = few
        self._dimmed = dimmed
        self._styles: dict[tuple[Tone, Ground, bool], Style] = {}
        self._badges: dict[Tone, Style] = {}
        self._shades: dict[tuple[Tone, int], Style] = {}

    def dim(self) -> "Palette":
        """The same colours for what is no longer true at this moment."""
        return Palette(self._colours, dimmed=True, few=self._few)

    def style(self, tone: Tone, ground: Ground = Ground.PLAIN, *, bold: bool = False) -> Style:
        """How text of this tone is drawn on this ground."""
        key = (tone, ground, bold)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = self._make(tone, ground, bold)
        return found

    def drawing(self, tone: Tone) -> Style:
        """How a line or a bar of this tone is drawn: never underlined, which would be a line of its own; a tone whose
        text has a ground of its own in the colour of that ground."""
        of_tone = {} if self._colours is None or self._dimmed else self._colours
        own = of_tone.get(f"{tone.value}-line", of_tone.get(f"{tone.value}-ground"))
        if own is None:
            return self.style(tone) + Style(underline=False)
        return self.style(Tone.CALM) + Style(color=own, bold=tone in _BOLD)

    def blank(self, tone: Tone, ground: Ground = Ground.PLAIN) -> Style:
        """How a blank in a row of this tone is drawn: a tone with a ground of its own fills the row."""
        return Style(bgcolor=self.style(tone, ground).bgcolor)

    def badge(self, tone: Tone) -> Style:
        """How a state letter is drawn."""
        found = self._badges.get(tone)
        if found is None:
            found = self._badges[tone] = self._make_badge(tone)
        return found

    def shade(self, tone: Tone, depth: int | None) -> Style:
        """How the letter of a state of this age is drawn, from 0 to `DEEPEST`; None: its age does not matter.

        As a badge, but never reversed: among places the cursor alone is, where there are no colours.
        """
        if depth is None:
            return self.style(tone) if self._colours is None else self.badge(tone)
        key = (tone, max(0, min(depth, DEEPEST)))
        found = self._shades.get(key)
        if found is None:
            found = self._shades[key] = self._make_shade(*key)
        return found

    def _make(self, tone: Tone, ground: Ground, bold: bool) -> Style:
        if self._dimmed:
            tone = Tone.MUTED
        if self._colours is None:
            return self._plain(tone, ground, bold)
        if ground is Ground.CELL:
            return Style(color=self._colours["on-cell"], bgcolor=self._colours["cell"], bold=True)
        back = self._colours.get(f"{tone.value}-ground", self._colours[ground.value])
        front = self._colours["heading" if ground is Ground.HEAD and tone is Tone.CALM else tone.value]
        front = self._colours.get(f"{tone.value}-on-{ground.value}", front)
        return Style(color=front, bgcolor=back, bold=bold or tone in _BOLD)

    def _make_badge(self, tone: Tone) -> Style:
        if self._colours is None:
            return Style(reverse=tone is not Tone.CALM, bold=True)
        if self._dimmed:
            tone = Tone.MUTED
        return Style(
            color=self._colours[f"on-badge-{tone.value}"], bgcolor=self._colours[f"badge-{tone.value}"], bold=True
        )

    def _make_shade(self, tone: Tone, depth: int) -> Style:
        aged = Style(bold=depth > 0, underline=depth == DEEPEST)
        if self._colours is None:
            return aged + _PLAIN_STYLES[tone] if tone is Tone.ALARM else aged
        badge = self.badge(tone)
        if self._few and not self._dimmed:
            return badge + aged if depth >= DEEPEST - 1 else self.style(tone) + aged
        full, ground = badge.bgcolor, self.style(Tone.CALM).bgcolor
        if full is None or ground is None or self._dimmed:
            return badge
        back = blend_rgb(ground.get_truecolor(), full.get_truecolor(), SHADES[depth])
        return Style(color=_readable(badge.color, back), bgcolor=Color.from_triplet(back)) + aged

    @staticmethod
    def _plain(tone: Tone, ground: Ground, bold: bool) -> Style:
        style = _PLAIN_STYLES[tone]
        if ground is Ground.CELL:
            return style + Style(reverse=True)
        if ground in (Ground.ROW, Ground.HEAD):
            return style + Style(bold=True)
        return style + Style(bold=bold or style.bold)


def _readable(front: Color | None, back: ColorTriplet) -> Color:
    """`front` where it can be read on `back`, else black or white: one of them always can."""
    light = _luminance(back) + 0.05
    if front is not None:
        dark, bright = sorted((_luminance(front.get_truecolor()) + 0.05, light))
        if bright / dark >= READABLE:
            return front
    return Color.from_rgb(0, 0, 0) if light / 0.05 >= 1.05 / light else Color.from_rgb(255, 255, 255)


def _luminance(colour: ColorTriplet) -> float:
    """The relative luminance of WCAG, 0 to 1."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
