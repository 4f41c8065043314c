"""A chart as lines of styled pieces: caption, legend, the field between its axes, the clock under it. Pure, and total.

Rules
- The legend says what matters, so that it can be read without the field and without colour.
- The field is as high as the panel asks for; where there are lines to spare, up to SPARE_TIMES as high.
- The ends of a scale always have their number. A number between them gives way to a level that is another value and
  would stand in its line. The ground is dotted where nothing is known, and plain where a value is zero.
- Where lines are short the field shrinks first; then go the titles of the axes, the line between field and clock, the
  caption, and all but the first line of the legend. Where columns are short the right axis goes, and the legend names
  its ends; in fewer still there is only the legend.
"""

from collections.abc import Iterator, Sequence
from operator import index

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.app.cells import cut, fit, width_of
from floorwatch.app.chart_field import Field
from floorwatch.app.chart_legend import legend
from floorwatch.app.chart_plot import Line, Plot, plot_of, span_of_chart
from floorwatch.app.chart_scale import LEAST_TICKS, Scale, known, line_of, tick_text
from floorwatch.app.chart_signs import Signs, signs_of
from floorwatch.app.chart_time import Moment, moments
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink, Lines, lines_of
from floorwatch.app.tones import Ground
from floorwatch.text import inert
from floorwatch.views import Align, Chart, Notice, SeriesForm, Tone
from floorwatch.words import _

LEAST_LINES = 5
"""Lines in which a chart still is one: a line of legend, three of field, the clock."""
LEAST_COLUMNS = 16
"""In fewer there is only the legend, as beside figures that leave no room for a field."""
RIGHT_AXIS_COLUMNS = 56
LEAST_FIELD_LINES, MOST_FIELD_LINES = 2, 60
LOW_FIELD_LINES = 4
"""The field shrinks to so many before anything else is left out."""
SPARE_TIMES = 3
MOST_TICKS = 8
HALF_A_LINE = 0.51
"""And what rounding may add."""


class Axes(Struct, frozen=True):
    """Cells that the axes of a chart take beside its field."""

    left: int = 0
    right: int = 0

    def beside(self, other: "Axes") -> "Axes":
        """What holds both."""
        return Axes(max(self.left, other.left), max(self.right, other.right))


NO_AXES = Axes()


def axes_of(chart: Chart, width: int, ink: Ink) -> Axes:
    """What the axes of the chart take. Charts one under another leave as much, so that their clocks agree."""
    plot = plot_of(chart, ink) if width >= LEAST_COLUMNS else None
    return NO_AXES if plot is None or not plot.drawn else _axes(plot, both_axes=width >= RIGHT_AXIS_COLUMNS)


def chart_lines(chart: Chart, width: int, ink: Ink, height: int | None = None, axes: Axes = NO_AXES) -> Lines:
    """The chart in lines of at most `width` cells; in `height` lines at most where that is LEAST_LINES or more.

    It is drawn lower than the panel asks for where the height is less, and higher where it is more. `axes` is what is
    left free beside the field at least.
    """
    if width <= 0:
        return []
    plan = _plan_of(chart, width, ink, height, axes)
    head = plan.caption[: plan.room.caption] + plan.legend[: plan.room.legend]
    if plan.frame is None:
        return head
    titles = [plan.frame.titles(ink)] if plan.room.titles else []
    field = _field(plan.plot, chart, plan.frame.field_cells, plan.room.field, ink)
    clock = _clock(plan.plot, chart, plan.frame, plan.room.clock, ink)
    return head + titles + list(plan.frame.rows(field, plan.plot.levels, ink)) + clock


def chart_height(chart: Chart, width: int, ink: Ink) -> int:
    """How many lines the chart asks for at this width: as many as `chart_lines` gives, at a fraction of the cost."""
    return _plan_of(chart, width, ink, None).room.lines if width > 0 else 0


class _Plan(Struct, frozen=True):
    """All that is known before anything is drawn; `frame` is None where there is only the legend, or no value."""

    plot: Plot
    caption: Lines
    legend: Lines
    frame: "_Frame | None"
    room: "_Room"


def _plan_of(chart: Chart, width: int, ink: Ink, height: int | None, axes: Axes = NO_AXES) -> _Plan:
    caption = _caption(chart, width, ink)
    plot = plot_of(chart, ink)
    if not plot.drawn:
        words = lines_of(Notice(chart.empty or _("Nothing to draw yet.")), width, ink)
        return _Plan(plot, caption, words, None, _Room(len(caption), len(words)))
    both_axes = width >= RIGHT_AXIS_COLUMNS
    words = legend(plot, chart, width, ink, both_axes=both_axes)
    taken = axes.beside(_axes(plot, both_axes=both_axes))
    if width < max(LEAST_COLUMNS, taken.left + taken.right + 1):
        return _Plan(plot, caption, words, None, _Room(len(caption), len(words)))
    frame = _frame_of(plot, width, taken, both_axes=both_axes)
    wanted = max(LEAST_FIELD_LINES, min(index(chart.lines), MOST_FIELD_LINES))
    room = _room(len(caption), len(words), int(frame.titled), wanted, height)
    return _Plan(plot, caption, words, frame, room)


def _caption(chart: Chart, width: int, ink: Ink) -> Lines:
    text = cut(ink.glyphs.plain(inert(chart.caption)), max(0, width), ink.glyphs.cut)
    return [[(text, ink.palette.style(Tone.CALM, Ground.HEAD, bold=True))]] if text else []


class _Room(Struct, frozen=True):
    """Lines of each part."""

    caption: int
    legend: int
    titles: int = 0
    clock: int = 0
    field: int = 0

    @property
    def lines(self) -> int:
        """Of all parts."""
        return self.caption + self.legend + self.titles + self.clock + self.field


def _room(caption: int, words: int, titles: int, wanted: int, height: int | None) -> _Room:
    """What each part takes of the height: the first of these forms that leaves the field what it needs."""
    forms = (
        _Room(caption, words, titles, 2),
        _Room(caption, words, 0, 2),
        _Room(caption, words, 0, 1),
        _Room(0, words, 0, 1),
        _Room(0, 1, 0, 1),
    )
    whole = forms[0].lines + wanted if height is None else height
    form = next((form for form in forms if whole - form.lines >= min(wanted, LOW_FIELD_LINES)), forms[-1])
    most = min(wanted * SPARE_TIMES, MOST_FIELD_LINES)
    return replace(form, field=max(LEAST_FIELD_LINES, min(most, whole - form.lines)))


class _Frame(Struct, frozen=True):
    """The axes around the field: how wide each part is. `right` is None where it is not drawn."""

    left: Scale
    right: Scale | None
    left_title: str
    right_title: str
    left_cells: int
    right_cells: int
    field_cells: int

    @property
    def titled(self) -> bool:
        """Whether an axis has a title."""
        return bool(self.left_title or self.right_title)

    def titles(self, ink: Ink) -> list[Piece]:
        """The titles of the axes, each over its own."""
        width = self.left_cells + 1 + self.field_cells + (1 + self.right_cells if self.right is not None else 0)
        left = cut(ink.glyphs.plain(inert(self.left_title)), width, ink.glyphs.cut)
        right = ink.glyphs.plain(inert(self.right_title))
        muted = ink.palette.style(Tone.MUTED)
        return [(left, muted), (fit(right, width - width_of(left), Align.RIGHT, ink.glyphs.cut), muted)]

    def rows(self, field: Field, levels: Sequence[Line], ink: Ink) -> Iterator[list[Piece]]:
        """The field with the axes beside it."""
        muted, signs = ink.palette.style(Tone.MUTED), signs_of(ink.glyphs)
        left = _ticks_by_line(self.left, field.height, levels)
        right = {} if self.right is None else _ticks_by_line(self.right, field.height, levels)
        for y, pieces in enumerate(field.rows(ink.palette.style(Tone.CALM))):
            sign = signs.left_tick if y in left else signs.upright
            row: list[Piece] = [(fit(left.get(y, ""), self.left_cells, Align.RIGHT) + sign, muted), *pieces]
            if self.right is not None:
                row.append(((signs.right_tick if y in right else signs.upright) + right.get(y, ""), muted))
            yield row


def _ticks_by_line(scale: Scale, lines: int, levels: Sequence[Line]) -> dict[int, str]:
    """What is written at each line of the field, counted from the top."""
    places = [line.scale.place(line.value) for line in levels if line.scale is scale]
    written: dict[int, str] = {}
    for tick in scale.ticks(_most_ticks(lines)):
        place = scale.place(tick)
        beside = [level for level in places if line_of(level, lines) == line_of(place, lines)]
        if all(abs(level - place) * (lines - 1) <= HALF_A_LINE for level in beside):
            written[line_of(place, lines)] = tick_text(tick, scale.unit)
    return written


def _most_ticks(lines: int) -> int:
    """Ticks beside so many lines: two for three lines, so that most have a line without one between them."""
    return max(LEAST_TICKS, min(lines * 2 // 3, MOST_TICKS))


def _axes(plot: Plot, *, both_axes: bool) -> Axes:
    """The figures of each axis and its line."""
    right = plot.right if both_axes else None
    return Axes(_widest(plot.left) + 1, 0 if right is None else _widest(right) + 1)


def _frame_of(plot: Plot, width: int, axes: Axes, *, both_axes: bool) -> _Frame:
    right = plot.right if both_axes else None
    return _Frame(
        plot.left,
        right,
        plot.left_title,
        plot.right_title if right is not None else "",
        axes.left - 1,
        0 if right is None else axes.right - 1,
        max(1, width - axes.left - axes.right),
    )


def _widest(scale: Scale) -> int:
    """Cells for the ticks, however high the field: the figures shall not move when it shrinks."""
    every = {tick for most in range(LEAST_TICKS, MOST_TICKS + 1) for tick in scale.ticks(most)}
    return max(width_of(tick_text(tick, scale.unit)) for tick in every)


def _field(plot: Plot, chart: Chart, width: int, height: int, ink: Ink) -> Field:
    """The field with everything drawn in it, from the back to the front."""
    field = Field(width, height, plot.steps, signs_of(ink.glyphs))
    lines = plot.of(SeriesForm.LINE)
    span, now = span_of_chart(chart, plot.steps, width), known(chart.now)
    if span is not None and now is not None and (x := span.cell_of(now)) is not None:
        field.draw_now(x, ink.palette.style(Tone.MUTED))
    field.draw_bars(plot.of(SeriesForm.BARS))
    for line in plot.levels:
        field.draw_level(line.scale.place(line.value), ink.palette.drawing(line.level.tone))
    for curve in reversed(lines):
        field.draw_line(curve)
    for nth, curve in reversed(list(enumerate(lines))):
        field.draw_signs(curve, nth, len(lines))
    for line in plot.levels:
        name = cut(ink.glyphs.plain(inert(line.level.name)), width // 2, ink.glyphs.cut)
        field.name_level(line.scale.place(line.value), name, ink.palette.style(Tone.MUTED))
    return field


def _clock(plot: Plot, chart: Chart, frame: _Frame, lines: int, ink: Ink) -> Lines:
    """What stands under the field: the ground with its ticks over the clock, or both in one line."""
    signs, muted = signs_of(ink.glyphs), ink.palette.style(Tone.MUTED)
    span = span_of_chart(chart, plot.steps, frame.field_cells)
    marked = [] if span is None else moments(span, ink.zone)
    ground = _ground(plot, marked, frame, signs)
    width = len(ground)
    if lines == 1:
        return [[(_labelled(marked, frame.left_cells + 2, ground), muted)]]
    return [[(ground, muted)], [(_labelled(marked, frame.left_cells + 1, " " * width, centred=True).rstrip(), muted)]]


def _ground(plot: Plot, marked: Sequence[Moment], frame: _Frame, signs: Signs) -> str:
    size = frame.field_cells
    cells = [signs.ground if plot.is_known(x, size) else signs.unknown for x in range(size)]
    for moment in marked:
        cells[moment.cell] = signs.ground_tick
    right = "" if frame.right is None else signs.right_corner
    return " " * frame.left_cells + signs.left_corner + "".join(cells) + right


def _labelled(marked: Sequence[Moment], left: int, line: str, *, centred: bool = False) -> str:
    """`line` with the labels of the moments, cell 0 of the field at `left`: none touches another or is cut."""
    free = 0
    for moment in marked:
        size = len(moment.label)
        at = left + moment.cell - (size // 2 if centred else 0)
        at = max(0, min(at, len(line) - size)) if centred else at
        if at >= free and at + size <= len(line):
            line = line[:at] + moment.label + line[at + size :]
            free = at + size + 1
    return line
