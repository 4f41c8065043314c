"""The signs that a chart is drawn with, in both alphabets.

Rules
- A series is told apart by its sign: no two series drawn in one chart have the same.
- None of them is a mark (`!` `*` `+` `^`) or a state letter.
"""

from msgspec import Struct

from floorwatch.app.glyphs import Glyphs


class Signs(Struct, frozen=True):
    """`lines` and `bars` tell series apart; `parts` are an eighth of a bar up to seven, `hanging` those that hang from
    zero, up to half and above. `unknown` is the ground where nothing is known. `dots` is how many a cell holds, across
    and down: several are braille, one is `join`. A line carries its sign every `sign_every` cells."""

    lines: str
    bars: str
    parts: str
    hanging: str
    join: str
    level: str
    now: str
    upright: str
    left_tick: str
    right_tick: str
    left_corner: str
    right_corner: str
    ground: str
    ground_tick: str
    unknown: str
    dots: tuple[int, int]
    sign_every: int


BLOCK_SIGNS = Signs(
    lines="●■▲◆○□△◇",
    bars="█▒░▓",
    parts="▁▂▃▄▅▆▇",
    hanging="▔▀",
    join="",
    level="─",
    now="┊",
    upright="│",
    left_tick="┤",
    right_tick="├",
    left_corner="└",
    right_corner="┘",
    ground="─",
    ground_tick="┬",
    unknown="┈",
    dots=(2, 4),
    sign_every=14,
)
ASCII_SIGNS = Signs(
    lines="ox@&$~sz",
    bars="#%=/",
    parts="___####",
    hanging="'#",
    join=".",
    level="-",
    now=":",
    upright="|",
    left_tick="|",
    right_tick="|",
    left_corner="+",
    right_corner="+",
    ground="-",
    ground_tick="+",
    unknown=".",
    dots=(1, 1),
    sign_every=2,
)


def signs_of(glyphs: Glyphs) -> Signs:
    """The signs of this alphabet."""
    return ASCII_SIGNS if glyphs.ascii else BLOCK_SIGNS
