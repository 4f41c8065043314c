"""A chart made ready to be drawn: what is known of its series, their signs, and the scale that each stands on. Pure.

Rules
- A series of which nothing is known is not drawn. More series than there are signs are not drawn either, but counted.
- What says that it is on the right stands on the left where the chart has no right axis; where everything is on the
  right, that axis is the left one.
- The newest step is that of the moment now, else the last at which anything is known.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from floorwatch.app.chart_field import Curve, Values
from floorwatch.app.chart_scale import Scale, known, scale_of
from floorwatch.app.chart_signs import Signs, signs_of
from floorwatch.app.chart_time import Span, span_of
from floorwatch.app.prose import Ink
from floorwatch.views import Axis, Chart, Level, Series, SeriesForm


class Drawn(Struct, frozen=True):
    """A series with the curve that it is drawn as, and whether that stands on the right axis."""

    series: Series
    curve: Curve
    right: bool


class Line(Struct, frozen=True):
    """A level with its value and the scale it stands on."""

    level: Level
    value: float
    scale: Scale
    right: bool


class Plot(Struct, frozen=True):
    """What is drawn, in the panel's order, over `steps` steps; `right` is None with one axis only."""

    drawn: Sequence[Drawn]
    levels: Sequence[Line]
    left: Scale
    right: Scale | None
    left_title: str
    right_title: str
    steps: int
    newest: int
    left_out: int

    def is_known(self, cell: int, cells: int) -> bool:
        """Whether any value is known of the steps that this one of so many cells stands for."""
        first = cell * self.steps // cells
        behind = max(first + 1, -(-(cell + 1) * self.steps // cells))
        return any(value is not None for each in self.drawn for value in each.curve.values[first:behind])

    def of(self, form: SeriesForm) -> list[Curve]:
        """The curves of this form."""
        return [each.curve for each in self.drawn if each.series.form is form]


class _Told(Struct, frozen=True):
    """A series with what is known of it, and its sign."""

    series: Series
    values: Values
    sign: str


def plot_of(chart: Chart, ink: Ink) -> Plot:
    """The chart, ready to be drawn with this ink."""
    every = [(series, tuple(known(value) for value in series.values)) for series in chart.series]
    known_of = [(series, values) for series, values in every if any(value is not None for value in values)]
    told = list(_signed(known_of, signs_of(ink.glyphs)))
    levels = [(level, value) for level in chart.levels if (value := known(level.value)) is not None]
    left, right = _axes(chart, [*(each.series for each in told), *(level for level, _value in levels)])

    def held(side: bool | None) -> Iterator[float]:
        for each in told:
            if side in (None, each.series.right):
                yield from (value for value in each.values if value is not None)
        yield from (value for level, value in levels if side in (None, level.right))

    left_scale = scale_of(left, held(side=None if right is None else False))
    right_scale = None if right is None else scale_of(right, held(side=True))

    def scale(of: Series | Level) -> Scale:
        return right_scale if of.right and right_scale is not None else left_scale

    steps = max((len(values) for _series, values in every), default=0)
    return Plot(
        [
            Drawn(
                each.series,
                Curve(each.sign, ink.palette.drawing(each.series.tone), scale(each.series), each.values),
                each.series.right and right is not None,
            )
            for each in told
        ],
        [Line(level, value, scale(level), level.right and right is not None) for level, value in levels],
        left_scale,
        right_scale,
        left.title,
        "" if right is None else right.title,
        steps,
        _newest(chart, told, steps),
        len(known_of) - len(told),
    )


def span_of_chart(chart: Chart, steps: int, cells: int) -> Span | None:
    """The time that the steps of a chart cover in so many cells."""
    return span_of(chart.start, chart.step_seconds, steps, cells)


def _signed(known_of: Sequence[tuple[Series, Values]], signs: Signs) -> Iterator[_Told]:
    unused = {SeriesForm.LINE: iter(signs.lines), SeriesForm.BARS: iter(signs.bars)}
    for series, values in known_of:
        sign = next(unused[series.form], None)
        if sign is not None:
            yield _Told(series, values, sign)


def _axes(chart: Chart, of: Sequence[Series | Level]) -> tuple[Axis, Axis | None]:
    if chart.right is None or not any(each.right for each in of):
        return chart.left, None
    if all(each.right for each in of):
        return chart.right, None
    return chart.left, chart.right


def _newest(chart: Chart, told: Sequence[_Told], steps: int) -> int:
    span, now = span_of_chart(chart, steps, steps), known(chart.now)
    running = None if span is None or now is None else span.cell_of(now)
    if running is not None:
        return running
    return max((at for each in told for at, value in enumerate(each.values) if value is not None), default=0)
