"""The field of a chart: bars, levels, lines and the moment now, drawn into cells. Pure, and total.

Rules
- What is drawn first in time lies behind: now, bars, levels, lines, the signs on lines; of two series the first on top.
- A line goes through the middle of its steps, and breaks where nothing is known; a value alone is a short stroke.
- A bar stands on zero, and zero itself is no bar. Where there are more bars than cells, a cell shows the greatest that
  it stands for. Of bars in the same cells the shorter stands in front, and the taller goes on behind it.
- What crosses a bar is cut out of it; in plain characters it takes every second cell. So no bar breaks in two.
- A line carries its sign on its newest value; where there are several lines, along its way too.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.style import Style

from floorwatch.app.cells import width_of
from floorwatch.app.chart_scale import DOTS, Scale, dot_of, line_of
from floorwatch.app.chart_signs import Signs
from floorwatch.app.paint import Piece

EIGHTHS = 8
_BRAILLE = 0x2800
_BRAILLE_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""By column and by row from the bottom."""

_CUT_OUT = Style(reverse=True)

Values = Sequence[float | None]


class Curve(Struct, frozen=True):
    """One series as it is drawn: what it is told apart by, its scale, its values (None: a gap), one a step."""

    sign: str
    style: Style
    scale: Scale
    values: Values


class Field:
    """Cells, rows from the top. Nothing outside it is drawn."""

    def __init__(self, width: int, height: int, steps: int, signs: Signs) -> None:
        self.width = width
        self.height = height
        self.steps = max(1, steps)
        self._signs = signs
        self._cells: list[list[tuple[str, Style] | None]] = [[None] * width for _row in range(height)]
        self._dots: dict[tuple[int, int], int] = {}
        self._bars: dict[tuple[int, int], Curve] = {}
        """The bar that fills a cell, or the better half of it."""

    def rows(self, blank: Style) -> Iterator[list[Piece]]:
        """Each row in pieces that fill its width."""
        for cells in self._cells:
            pieces: list[Piece] = []
            for sign, style in (cell or (" ", blank) for cell in cells):
                if pieces and pieces[-1][1] is style:
                    pieces[-1] = (pieces[-1][0] + sign, style)
                else:
                    pieces.append((sign, style))
            yield pieces

    def draw_now(self, x: int, style: Style) -> None:
        """A moment, from top to bottom."""
        for y in range(self.height):
            self._put(x, y, self._signs.now, style)

    def draw_bars(self, curves: Sequence[Curve]) -> None:
        """A bar for each value; several side by side where there is room, else the shorter in front of the taller."""
        pitch = self.width // self.steps
        beside = len(curves) > 1 and pitch > len(curves)
        wide = (pitch - 1) // len(curves) if beside else 0
        for at, (left, right) in enumerate(self._bar_edges()):
            bars = [(n, curve, self._eighths(curve, at)) for n, curve in enumerate(curves)]
            for n, curve, eighths in sorted(bars, key=lambda bar: -abs(bar[2])):
                self._draw_bar(curve, eighths, *((left + n * wide, left + (n + 1) * wide) if beside else (left, right)))

    def _bar_edges(self) -> Iterator[tuple[int, int]]:
        """First cell and the one behind the last of every bar: one a step, or one a cell where these are fewer."""
        count = min(self.steps, self.width)
        gap = int(self.width // count >= 3)
        for at in range(count):
            left = at * self.width // count
            right = left + self.width // count - gap if gap else (at + 1) * self.width // count
            yield left, right

    def _greatest(self, curve: Curve, at: int) -> float | None:
        """The value furthest from zero of those that the bar at this place stands for."""
        count = min(self.steps, self.width)
        values = curve.values[at * self.steps // count : (at + 1) * self.steps // count]
        return max((value for value in values if value is not None), key=abs, default=None)

    def _eighths(self, curve: Curve, at: int) -> int:
        """How long the bar at this place is, in eighths of a line: 0 only where there is none."""
        value = self._greatest(curve, at)
        if not value:
            return 0
        length = (curve.scale.place(value) - curve.scale.place(0.0)) * self.height * EIGHTHS
        return round(length) or (1 if value > 0 else -1)

    def _draw_bar(self, curve: Curve, eighths: int, left: int, right: int) -> None:
        scale = curve.scale
        base = round(scale.place(0.0) * self.height)
        base = min(max(base, int(scale.low < 0)), self.height - int(scale.high > 0))  # a line for either side of zero
        for n in range(-(-abs(eighths) // EIGHTHS)):
            part = min(EIGHTHS, abs(eighths) - n * EIGHTHS)
            y = self.height - 1 - base - n if eighths > 0 else self.height - base + n
            for x in range(left, right):
                self._put_bar(x, y, curve, part, hanging=eighths < 0, first=n == 0)

    def _put_bar(self, x: int, y: int, curve: Curve, part: int, *, hanging: bool, first: bool) -> None:
        """A cell of a bar, filled to so many eighths; `first`: the one at its foot."""
        behind, style = self._bars.get((x, y)), curve.style
        sign = self._bar_sign(curve.sign, part, hanging=hanging)
        if behind is not None and part < EIGHTHS:
            one_colour = behind.style.color in (None, style.color)
            if self._signs.join or one_colour:  # then whole signs alone tell them apart
                if part < EIGHTHS // 2 and not first:
                    return
                sign, part = curve.sign, EIGHTHS
            else:
                style += Style(bgcolor=behind.style.color)
        self._put(x, y, sign, style)
        if part >= EIGHTHS // 2:
            self._bars[x, y] = curve

    def _bar_sign(self, sign: str, part: int, *, hanging: bool) -> str:
        if part == EIGHTHS:
            return sign
        if hanging:
            return self._signs.hanging[part >= EIGHTHS // 2]
        solid = sign == self._signs.bars[0]
        return self._signs.parts[part - 1] if solid or part < EIGHTHS // 2 else sign

    def draw_level(self, place: float, style: Style) -> None:
        """A dashed line across, on every second cell."""
        y = line_of(place, self.height)
        for x in range(0, self.width, 2):
            behind = self._cells[y][x]
            if behind is None or behind[0] == self._signs.now or (x, y) in self._bars:
                self._put_over(x, y, self._signs.level, style)

    def name_level(self, place: float, name: str, style: Style) -> bool:
        """Write its name on a level, as far right as nothing else stands there; whether there was room."""
        y = line_of(place, self.height)
        size = width_of(name) + 2
        if not 0 <= y < self.height or not name:
            return False
        free = [cell is None or cell[0] in (self._signs.level, self._signs.now) for cell in self._cells[y]]
        for left in range(self.width - size, -1, -1):
            if all(free[left : left + size]):
                self._write(left, y, f" {name} ", style)
                return True
        return False

    def _write(self, x: int, y: int, text: str, style: Style) -> None:
        for character in text:
            self._put(x, y, character, style)
            wide = width_of(character)
            for beside in range(1, wide):
                self._put(x + beside, y, "", style)
            x += wide

    def draw_line(self, curve: Curve) -> None:
        """The line through the values of a curve."""
        before: tuple[int, int] | None = None
        for at, value in enumerate(curve.values):
            if value is None:
                before = None
                continue
            point = self._dot_at(at), self._dot_up(curve, value)
            if before is not None:
                self._stroke(before, point, curve.style)
            elif at + 1 >= len(curve.values) or curve.values[at + 1] is None:
                self._stroke((self._dot_at(at - 0.4), point[1]), (self._dot_at(at + 0.4), point[1]), curve.style)
            before = point

    def draw_signs(self, curve: Curve, nth: int, of: int) -> None:
        """The signs of line `nth` of `of`: on its newest value, and along its way."""
        every = max(1, -(-self._signs.sign_every * self.steps // self.width))
        if of > 1 or self._signs.join:
            for at in range(nth * every // of, len(curve.values), every):
                self._put_sign(curve, at)
        newest = max((at for at, value in enumerate(curve.values) if value is not None), default=None)
        if newest is not None:
            self._put_sign(curve, newest)

    def _put_sign(self, curve: Curve, at: int) -> None:
        value = curve.values[at]
        if value is None:
            return
        x, y = self._dot_at(at) // self._signs.dots[0], line_of(curve.scale.place(value), self.height)
        self._put_over(x, y, curve.sign, curve.style)
        for beside in (x - 1, x + 1) if self._signs.join else ():
            bar = self._bars.get((beside, y))
            if bar is not None and self._sign_at(beside, y) in (self._signs.join, self._signs.level):
                self._put(beside, y, bar.sign, bar.style)

    def _dot_at(self, at: float) -> int:
        dots = self.width * self._signs.dots[0]
        return min(dots - 1, max(0, int((at + 0.5) * dots / self.steps)))

    def _dot_up(self, curve: Curve, value: float) -> int:
        return dot_of(curve.scale.place(value), self.height) * self._signs.dots[1] // DOTS

    def _stroke(self, start: tuple[int, int], end: tuple[int, int], style: Style) -> None:
        """Dots from one point to another, without gaps; `end` is not left of `start`."""
        (left, low), (right, high) = start, end
        before = low
        for x in range(left, right + 1):
            y = low + round((high - low) * (x - left) / (right - left)) if right > left else high
            for each in range(min(before, y), max(before, y) + 1):
                self._dot(x, each, style)
            before = y

    def _dot(self, x: int, up: int, style: Style) -> None:
        across, high = self._signs.dots
        cell = x // across, self.height - 1 - up // high
        if self._signs.join:
            if cell not in self._bars or cell[0] % 2 == 0:
                self._put(*cell, self._signs.join, style)
            return
        dots = self._dots.get(cell, 0) | _BRAILLE_DOTS[x % across][up % high]
        self._dots[cell] = dots
        self._put_over(*cell, chr(_BRAILLE + dots), style)

    def _put_over(self, x: int, y: int, sign: str, style: Style) -> None:
        """In front of what is there; on a bar cut out of it, since few colours can be read on one another."""
        bar = None if self._signs.join else self._bars.get((x, y))
        self._put(x, y, sign, style if bar is None else bar.style + _CUT_OUT)

    def _sign_at(self, x: int, y: int) -> str:
        cell = self._cells[y][x]
        return "" if cell is None else cell[0]

    def _put(self, x: int, y: int, sign: str, style: Style) -> None:
        if 0 <= x < self.width and 0 <= y < self.height:
            self._cells[y][x] = sign, style
