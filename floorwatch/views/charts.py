"""Curves over the hours, with axes."""

from enum import StrEnum

from msgspec import Struct

from floorwatch.model.metrics import Unit
from floorwatch.views.cells import Tone


class SeriesForm(StrEnum):
    """How a series is drawn: a line through its values, or a bar for each."""

    LINE = "line"
    BARS = "bars"


class Axis(Struct, frozen=True):
    """A scale of values. `low` and `high` (None: what the values need, 0 included) are widened to round numbers."""

    title: str = ""
    unit: Unit = Unit.COUNT
    low: float | None = 0.0
    high: float | None = None


class Series(Struct, frozen=True):
    """One value for each step of the chart, the first at its `start`; None where nothing is known.

    `right` puts it on the right axis. Series are told apart by sign and name too, not by tone alone.
    """

    name: str
    values: tuple[float | None, ...]
    tone: Tone = Tone.NOTICE
    form: SeriesForm = SeriesForm.LINE
    right: bool = False


class Level(Struct, frozen=True):
    """A value to stay above or below, drawn across the chart: a target, a minimum."""

    name: str
    value: float
    tone: Tone = Tone.MUTED
    right: bool = False


class Chart(Struct, frozen=True):
    """Series over time: the value at index `n` covers `start + n * step_seconds` (epoch seconds UTC) up to the next.

    `lines` is the height wanted for the field of values; it is drawn lower where there is less room. `now` marks a
    moment on the time axis. `empty` is said kindly when no series has a value.
    """

    series: tuple[Series, ...]
    start: float
    step_seconds: float
    left: Axis = Axis()
    right: Axis | None = None
    levels: tuple[Level, ...] = ()
    now: float | None = None
    caption: str = ""
    empty: str = ""
    lines: int = 8
