"""The three themes: dark, light, and one of high contrast that colour-blind eyes can read.

Rules
- A theme gives colours only: three dozen variables, read by `tones`. What a tone means is said there, once.
- `contrast` keeps to blue, yellow and vermilion on black (the Okabe-Ito set), which differ in lightness too.
- Of 256 colours, each has one near it that keeps it apart from its ground. On a terminal of 16 a theme has colours of
  its own (`few_colours`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from floorwatch.app.few_colours import CONTRAST_OF_FEW, DARK_OF_FEW, LIGHT_OF_FEW

if TYPE_CHECKING:
    from textual.theme import Theme

DARK, LIGHT, CONTRAST = "dark", "light", "contrast"

_DARK = {
    "calm": "#d8dee6", "notice": "#6cb6ff", "warn": "#f2b632", "alarm": "#ff7b6e", "muted": "#9aa5b2",
    "ground": "#101418", "row": "#262f3d", "total": "#1a2129", "head": "#101418", "heading": "#5aa6e6",
    "bar": "#182f4a", "replay": "#4a2a63", "foot": "#1a2129",
    "cell": "#d8dee6", "on-cell": "#101418",
    "badge-calm": "#007a20", "badge-notice": "#2a62b8", "badge-warn": "#f2b632", "badge-alarm": "#b81414",
    "badge-muted": "#3b444e",
    "on-badge-calm": "#ffffff", "on-badge-notice": "#ffffff", "on-badge-warn": "#101418", "on-badge-alarm": "#ffffff",
    "on-badge-muted": "#c3ccd6",
}  # fmt: skip
_LIGHT = {
    "calm": "#1b2127", "notice": "#0b57a4", "warn": "#8a4b00", "alarm": "#b3151b", "muted": "#525c67",
    "ground": "#fbfbf8", "row": "#d5ecf5", "total": "#eceeea", "head": "#fbfbf8", "heading": "#0b57a4",
    "bar": "#d9ecf2", "replay": "#ebd9f5", "warn-on-replay": "#724a00", "foot": "#eceeea",
    "cell": "#1b2127", "on-cell": "#fbfbf8",
    "badge-calm": "#bfe6cd", "badge-notice": "#bcd8f7", "badge-warn": "#ffc857", "badge-alarm": "#b3151b",
    "badge-muted": "#d9dcdf",
    "on-badge-calm": "#0d3d20", "on-badge-notice": "#08315e", "on-badge-warn": "#2b1a00", "on-badge-alarm": "#ffffff",
    "on-badge-muted": "#4a525b",
}  # fmt: skip
_CONTRAST = {
    "calm": "#ffffff", "notice": "#56b4e9", "warn": "#f0e442", "alarm": "#000000", "muted": "#c0c0c0",
    "alarm-ground": "#ff692a",
    "ground": "#000000", "row": "#002f66", "total": "#262626", "head": "#000000", "heading": "#56b4e9",
    "bar": "#002f66", "replay": "#3a0a3a", "foot": "#262626",
    "cell": "#ffffff", "on-cell": "#000000",
    "badge-calm": "#000000", "badge-notice": "#0072b2", "badge-warn": "#f0e442", "badge-alarm": "#ff692a",
    "badge-muted": "#404040",
    "on-badge-calm": "#ffffff", "on-badge-notice": "#ffffff", "on-badge-warn": "#000000", "on-badge-alarm": "#000000",
    "on-badge-muted": "#ffffff",
}  # fmt: skip

COLOURS: Mapping[str, Mapping[str, str]] = {DARK: _DARK, LIGHT: _LIGHT, CONTRAST: _CONTRAST}
"""Our colours by theme and name, as `#rrggbb`."""

FEW: Mapping[str, Mapping[str, str]] = {DARK: DARK_OF_FEW, LIGHT: LIGHT_OF_FEW, CONTRAST: CONTRAST_OF_FEW}
"""The same for a terminal of 16 colours."""


def textual_theme(name: str, *, few: bool = False) -> "Theme":
    """The theme as Textual wants it, for what Textual draws itself: the palette, toasts, the filter line. `few` is for
    16 colours."""
    from textual.theme import Theme  # 0.1 s of Textual, which a check of the configuration does not need

    colours = (FEW if few else COLOURS)[name]
    return Theme(
        name=name,
        primary=colours["heading"],
        secondary=colours["notice"],
        warning=colours["warn"],
        error=colours["badge-alarm"],
        success=colours["badge-calm"],
        accent=colours["notice"],
        foreground=colours["calm"],
        background=colours["ground"],
        surface=colours["ground"],
        panel=colours["total"],
        dark=name != LIGHT,
        variables={f"floor-{key}": colour for key, colour in colours.items()}
        | {"block-cursor-background": colours["cell"], "block-cursor-foreground": colours["on-cell"]},
    )
