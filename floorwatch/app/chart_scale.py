"""The scale of a chart's values: its ends, its round ticks, and how a value on it is written. Pure, and total.

Rules
- A scale holds every value and level of its axis: ends that the axis names are widened by what lies beyond them.
- Both ends are ticks, and multiples of a fine round step. Between them ticks are evenly spaced where the ends allow it,
  else round ones that keep clear of the ends; as many as the height has lines for.
- Round means 1, 2 or 5 of a kind; for seconds what a clock calls round: 15 s, 1 min, 5 min, 1 h.
- What is no number, or larger than anything on a floor, is a gap.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from math import ceil, floor, log10
from typing import assert_never

from msgspec import Struct

from floorwatch.model.metrics import Unit
from floorwatch.spoken import NOTHING, duration, share
from floorwatch.views import Axis
from floorwatch.words import _

GREATEST = 1e15
"""Beyond this a value is a mistake of whoever made it; sums and differences of what is left are exact enough."""

FINE_STEPS = 10
"""Fine steps of which a scale has at most so many."""

DOTS = 4
"""Places of a line, one above another, that values are rounded to in both alphabets, so that ticks meet their lines."""

DAY = 86_400.0
_CLOCK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200)
_TINY = 1e-9
_ROUGHLY = 1e-6

LEAST_TICKS = 2
_UNEVEN = (5, 7)
"""Fine steps that a scale does not have from zero up where one more will do: so many have no round parts."""

_LEAST_SPAN = {Unit.COUNT: 1.0, Unit.SECONDS: 60.0, Unit.SHARE: 1.0}
"""How far a scale reaches at least when every value on it is the same as its lower end."""


class Scale(Struct, frozen=True):
    """Values from `low` at the bottom up to `high`, `low` < `high`; `whole`: every value is a whole number."""

    unit: Unit
    low: float
    high: float
    whole: bool = True

    def place(self, value: float) -> float:
        """Where the value stands: 0 at the bottom, 1 at the top, never beyond."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def ticks(self, most: int) -> tuple[float, ...]:
        """At most `most` values, 2 at least, rising: the two ends and round ones between them."""
        span = self.high - self.low
        for intervals in range(most - 1, 1, -1):
            if self._divides(span / intervals):
                inner = (self.low + span * n / intervals for n in range(1, intervals))
                return (self.low, *(0.0 if abs(at) < span * _TINY else at for at in inner), self.high)
        if most <= LEAST_TICKS:
            return self.low, self.high
        clear = span / most
        steps = _steps(self.unit, span / (most - 1), whole=self.whole)
        fitting = (at for at in self._multiples(next(steps)) if self.low + clear <= at <= self.high - clear)
        return (self.low, *fitting, self.high)

    def _divides(self, interval: float) -> bool:
        """Whether ticks so far apart are round ones: whole fine steps, zero among them where it is on the scale."""
        fine = next(_steps(self.unit, (self.high - self.low) / FINE_STEPS, whole=self.whole))
        return _is_whole(interval / fine) and _is_whole(self.low / interval)

    def _multiples(self, step: float) -> tuple[float, ...]:
        first, last = ceil(self.low / step - _TINY), floor(self.high / step + _TINY)
        return tuple(at * step for at in range(first, last + 1))


def known(value: object) -> float | None:
    """The value where it is a number that a floor can have, else None."""
    return float(value) if isinstance(value, int | float) and -GREATEST <= value <= GREATEST else None


def scale_of(axis: Axis, values: Iterable[float]) -> Scale:
    """The scale of an axis that holds all of `values`, levels among them."""
    held = list(values)
    whole = all(value.is_integer() for value in held)
    low = min(known(axis.low) or 0.0, *held, GREATEST)
    high = max(known(axis.high) or 0.0, *held, -GREATEST)
    if high - low <= _TINY * max(abs(low), abs(high)):
        high = low + max(_LEAST_SPAN[axis.unit], abs(low) * FINE_STEPS * _TINY)
    step = next(_steps(axis.unit, (high - low) / FINE_STEPS, whole=whole))
    bottom = floor(low / step + _TINY)
    top = max(bottom + 1, ceil(high / step - _TINY))
    if bottom == 0 and top in _UNEVEN and known(axis.high) != high:
        top += 1
    return Scale(axis.unit, bottom * step, top * step, whole)


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < _ROUGHLY


def tick_text(value: float, unit: Unit) -> str:
    """How a tick is written: "40", "2:30", "80%", "1.5M"."""
    match unit:
        case Unit.COUNT:
            return _short(value)
        case Unit.SECONDS:
            return duration(round(value))
        case Unit.SHARE:
            return f"{_short(value * 100)}%"
        case _:
            assert_never(unit)


def value_text(value: float | None, unit: Unit) -> str:
    """How a value is said: "7", "12.5", "1:42", "76.2%", and "-" for nothing."""
    if value is None:
        return NOTHING
    match unit:
        case Unit.COUNT:
            if abs(value) >= 1_000_000:
                return _short(value)
            return f"{value:.0f}" if value.is_integer() else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"
        case Unit.SECONDS:
            return duration(value)
        case Unit.SHARE:
            return f"{share(value)}%" if abs(value) < 100 else tick_text(value, unit)
        case _:
            assert_never(unit)


def _short(value: float) -> str:
    """A number in a few characters."""
    size = abs(value)
    if size < 10_000:
        return f"{value:.6g}"
    if size < 1e6:
        return _("{n}k").format(n=f"{value / 1e3:.4g}")
    if size < 1e9:
        return _("{n}M").format(n=f"{value / 1e6:.4g}")
    if size < 1e13:
        return _("{n}bn").format(n=f"{value / 1e9:.5g}")
    return f"{value:.1e}"


def _steps(unit: Unit, least: float, *, whole: bool) -> Iterator[float]:
    """Round steps that are not smaller than `least`, rising."""
    if unit is Unit.COUNT and whole:
        least = max(1.0, least)
    steps = _clock_steps() if unit is Unit.SECONDS else _decimal_steps(least)
    return (step for step in steps if step >= least * (1 - _TINY))


def _decimal_steps(least: float) -> Iterator[float]:
    for power in count(floor(log10(least)) if least > 0 else 0):
        yield from (float(f"{digit}e{power}") for digit in (1, 2, 5))


def _clock_steps() -> Iterator[float]:
    yield from map(float, _CLOCK_STEPS)
    for power in count():
        yield from (digit * DAY * 10**power for digit in (1, 2, 5))


def line_of(place: float, lines: int) -> int:
    """The line, counted from the top, on which a value at this place stands: less than half a line from its middle."""
    return lines - 1 - dot_of(place, lines) // DOTS


def dot_of(place: float, lines: int) -> int:
    """The dot, counted from the bottom, DOTS to a line, of a value at this place: the ends of a scale are in the middle
    of the lowest and of the highest line, where their ticks are."""
    return floor(place * (lines - 1) * DOTS + DOTS / 2 + _ROUGHLY)
