"""The three themes for a terminal of 16 colours, by hand: of 16, the nearest one to a colour of ours may be its ground.

Rules
- Only the 16 of the standard palette, as `#rrggbb`: Textual finds the nearest, which is the colour itself.
- Every tone can be read on every ground, and is not its neighbour's. Where a ground and the tones around it do not
  leave a colour for one, `TONE-on-GROUND` is its colour on that ground alone.
- An alarm has a ground of its own. Colours that terminals disagree about (3, which is brown or yellow) are not used.
- The grounds of the dark themes are the eight plain ones: the console of Linux has no bright grounds.
"""

from collections.abc import Mapping

_BLACK, _RED, _GREEN, _BLUE, _MAGENTA, _GREY = "#000000", "#aa0000", "#00aa00", "#0000aa", "#aa00aa", "#aaaaaa"
_DIM, _CORAL, _LIME, _YELLOW, _CYAN, _WHITE = "#555555", "#ff5555", "#55ff55", "#ffff55", "#55ffff", "#ffffff"

DARK_OF_FEW: Mapping[str, str] = {
    "calm": _WHITE, "notice": _CYAN, "warn": _YELLOW, "alarm": _WHITE, "muted": _GREY,
    "alarm-ground": _RED, "alarm-line": _CORAL,
    "ground": _BLACK, "row": _BLUE, "total": _BLACK, "head": _BLACK, "heading": _CYAN,
    "bar": _BLUE, "replay": _MAGENTA, "foot": _BLACK,
    "muted-on-replay": _CYAN, "notice-on-replay": _LIME,
    "cell": _WHITE, "on-cell": _BLACK,
    "badge-calm": _GREEN, "badge-notice": _BLUE, "badge-warn": _YELLOW, "badge-alarm": _RED, "badge-muted": _DIM,
    "on-badge-calm": _BLACK, "on-badge-notice": _WHITE, "on-badge-warn": _BLACK, "on-badge-alarm": _WHITE,
    "on-badge-muted": _WHITE,
}  # fmt: skip

CONTRAST_OF_FEW: Mapping[str, str] = {**DARK_OF_FEW, "badge-calm": _BLACK, "on-badge-calm": _WHITE}

LIGHT_OF_FEW: Mapping[str, str] = {
    "calm": _BLACK, "notice": _BLUE, "warn": _MAGENTA, "alarm": _WHITE, "muted": _DIM,
    "alarm-ground": _RED,
    "ground": _WHITE, "row": _YELLOW, "total": _WHITE, "head": _WHITE, "heading": _BLUE,
    "bar": _CYAN, "replay": _LIME, "foot": _WHITE,
    "cell": _BLACK, "on-cell": _WHITE,
    "badge-calm": _LIME, "badge-notice": _BLUE, "badge-warn": _YELLOW, "badge-alarm": _RED, "badge-muted": _GREY,
    "on-badge-calm": _BLACK, "on-badge-notice": _WHITE, "on-badge-warn": _BLACK, "on-badge-alarm": _WHITE,
    "on-badge-muted": _BLACK,
}  # fmt: skip
