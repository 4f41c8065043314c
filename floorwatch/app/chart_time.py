"""Time across a line of cells: where a moment stands, which moments carry a label, what it says. Pure, and total.

Rules
- Labels stand at moments that are round on the wall of the floor: full quarters, hours, days. On a day on which the
  clocks change, the hour that is left out has none.
- They are as close as there is room for, but not closer than the steps of the chart; none touches another.
- Midnight is written as its date where days have labels for their hours.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from floorwatch.app.chart_scale import known
from floorwatch.spoken import clock_minute

DAY = 86_400
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200)
_DAYS = (1, 2, 7, 14, 28, 91, 182, 364, 728, 1820, 3640, 7280, 36_400)
_MONTHLY = 28
_GAP = 2


class Moment(Struct, frozen=True):
    """A labelled moment: its cell, counted from the left of the field, and its label."""

    cell: int
    label: str


class Span(Struct, frozen=True):
    """Time across `cells`: `start` (epoch seconds UTC) at the left edge, `seconds` > 0 long, in steps (0: in none)."""

    start: float
    seconds: float
    cells: int
    step_seconds: float = 0.0

    @property
    def end(self) -> float:
        """The moment at the right edge."""
        return self.start + self.seconds

    def position(self, at: float) -> float:
        """How many cells lie before this moment, within the span."""
        return min(max((at - self.start) / self.seconds, 0.0), 1.0) * self.cells

    def cell_of(self, at: float | None) -> int | None:
        """The cell of a moment, the last one for the end itself; None where it is not in the span."""
        if at is None or not self.start <= at <= self.end:
            return None
        return min(int(self.position(at)), self.cells - 1)


def span_between(start: float, end: float, cells: int) -> Span | None:
    """The span from one moment up to another, or None where these are none."""
    since, until = known(start), known(end)
    if since is None or until is None or until <= since or cells <= 0:
        return None
    return Span(since, until - since, cells)


def span_of(start: object, step_seconds: object, steps: int, cells: int) -> Span | None:
    """The span of so many steps, or None where these are no times."""
    since, step = known(start), known(step_seconds)
    if since is None or step is None or step <= 0 or steps <= 0 or cells <= 0:
        return None
    return Span(since, step * steps, cells, step)


def moments(span: Span, zone: tzinfo) -> list[Moment]:
    """The moments with labels, from the left; none where the span lies beyond what a calendar holds."""
    try:
        return list(_moments(span, zone))
    except (ValueError, OverflowError, OSError):
        return []


def moment_text(at: float, zone: tzinfo) -> str:
    """`10:41` on the wall of `zone`; nothing for a moment that no calendar holds."""
    try:
        return clock_minute(at, zone)
    except (ValueError, OverflowError, OSError):
        return ""


def _moments(span: Span, zone: tzinfo) -> Iterator[Moment]:
    for at, label in _round_moments(span, zone):
        cell = span.cell_of(at)
        if cell is not None and at < span.end:
            yield Moment(cell, label)


def _round_moments(span: Span, zone: tzinfo) -> Iterator[tuple[float, str]]:
    cells_a_second = span.cells / span.seconds
    for step in _STEPS:
        form = "%H:%M:%S" if step < 60 else "%H:%M"
        if step >= span.step_seconds and step * cells_a_second >= len(f"{time():{form}}") + _GAP:
            return _in_days(span, zone, step, form)
    for days in _DAYS:
        form = "%m-%d" if days < _MONTHLY else "%Y-%m-%d"
        if days * DAY >= span.step_seconds and days * DAY * cells_a_second >= len(f"{date.max:{form}}") + _GAP:
            return _of_days(span, zone, days, form)
    return iter(())


def _in_days(span: Span, zone: tzinfo, step: int, form: str) -> Iterator[tuple[float, str]]:
    begin = datetime.fromtimestamp(span.start, zone).replace(tzinfo=None)
    midnight = datetime.combine(begin.date(), time())
    wall = midnight + timedelta(seconds=int((begin - midnight).total_seconds()) // step * step)
    many_days = span.seconds > DAY
    # An hour more than the span: the wall may jump.
    for _each in range(int((span.seconds + 3600) / step) + 2):
        at = wall.replace(tzinfo=zone).timestamp()
        if datetime.fromtimestamp(at, zone).replace(tzinfo=None) == wall:
            yield at, f"{wall:%m-%d}" if many_days and wall.time() == time() else f"{wall:{form}}"
        wall += timedelta(seconds=step)


def _of_days(span: Span, zone: tzinfo, days: int, form: str) -> Iterator[tuple[float, str]]:
    first = datetime.fromtimestamp(span.start, zone).toordinal()
    first -= (first - 1) % days  # day 1 of the calendar was a Monday, and so are weeks counted
    for ordinal in range(max(1, first), first + int(span.seconds / DAY) + 2 * days, days):
        day = date.fromordinal(ordinal)
        yield datetime.combine(day, time(), zone).timestamp(), f"{day:{form}}"
