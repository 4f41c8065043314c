"""The one place where a tone becomes a style, and where it becomes a mark.

Rules
- Colour never stands alone: an alarm carries `!`, a warning `*`, a state its letter; bold and underline back them up.
- On a floor whose colours are off (NO_COLOR), the cursor is reversed and tones are bold, underlined or dim.
- A dimmed palette draws everything muted: what is shown is no longer true at this moment. Marks stay.
"""

from collections.abc import Mapping
from enum import StrEnum

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


_BOLD = frozenset({Tone.ALARM})
_PLAIN_STYLES: Mapping[Tone, Style] = {
    Tone.CALM: Style(),
    Tone.NOTICE: Style(),
    Tone.WARN: Style(bold=True),
    Tone.ALARM: Style(bold=True, underline=True),
    Tone.MUTED: Style(dim=True),
}


class Palette:
    """Styles by (tone, ground), made once each. `colours` is one of `themes.COLOURS`, or None for no colour at all."""

    def __init__(self, colours: Mapping[str, str] | None, *, dimmed: bool = False) -> None:
        self._colours = colours
        self._dimmed = dimmed
        self._styles: dict[tuple[Tone, Ground, bool], Style] = {}
        self._badges: dict[Tone, Style] = {}

    def dim(self) -> "Palette":
        """The same colours for what is no longer true at this moment."""
        return Palette(self._colours, dimmed=True)

    def style(self, tone: Tone, ground: Ground = Ground.PLAIN, *, bold: bool = False) -> Style:
        """How text of this tone is drawn on this ground."""
        key = (tone, ground, bold)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = self._make(tone, ground, bold)
        return found

    def blank(self, tone: Tone, ground: Ground = Ground.PLAIN) -> Style:
        """How a blank in a row of this tone is drawn: a tone with a ground of its own fills the row."""
        return Style(bgcolor=self.style(tone, ground).bgcolor)

    def badge(self, tone: Tone) -> Style:
        """How a state letter is drawn."""
        found = self._badges.get(tone)
        if found is None:
            found = self._badges[tone] = self._make_badge(tone)
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
        return Style(color=front, bgcolor=back, bold=bold or tone in _BOLD)

    def _make_badge(self, tone: Tone) -> Style:
        if self._colours is None:
            return Style(reverse=tone is not Tone.CALM, bold=True)
        if self._dimmed:
            tone = Tone.MUTED
        return Style(
            color=self._colours[f"on-badge-{tone.value}"], bgcolor=self._colours[f"badge-{tone.value}"], bold=True
        )

    @staticmethod
    def _plain(tone: Tone, ground: Ground, bold: bool) -> Style:
        style = _PLAIN_STYLES[tone]
        if ground is Ground.CELL:
            return style + Style(reverse=True)
        if ground in (Ground.ROW, Ground.HEAD):
            return style + Style(bold=True)
        return style + Style(bold=bold or style.bold)
