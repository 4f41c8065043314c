"""The legend of a chart: its series with their newest values, its levels, the moment now. Pure."""

from collections.abc import Iterator

from floorwatch.app.cells import width_of
from floorwatch.app.chart_plot import Drawn, Line, Plot
from floorwatch.app.chart_scale import known, tick_text, value_text
from floorwatch.app.chart_signs import signs_of
from floorwatch.app.chart_time import moment_text
from floorwatch.app.paint import Piece
from floorwatch.app.prose import Ink, Lines, wrapped
from floorwatch.text import inert
from floorwatch.views import Chart, Tone
from floorwatch.words import _, _n

ENTRY_GAP = 3


def legend(plot: Plot, chart: Chart, width: int, ink: Ink, *, both_axes: bool) -> Lines:
    """The entries one behind another, wrapped between them; an entry longer than a line has lines of its own."""
    lines: Lines = []
    used = width
    plain = ink.palette.style(Tone.CALM)
    for sign, words, tone in _entries(plot, chart, ink, both_axes=both_axes):
        style = ink.palette.style(Tone.MUTED) if tone is Tone.MUTED else plain
        entry: list[Piece] = [(sign, ink.palette.drawing(tone)), (f" {ink.glyphs.plain(inert(words))}", style)]
        size = sum(width_of(text) for text, _style in entry)
        if used + ENTRY_GAP + size <= width:
            lines[-1] += [(" " * ENTRY_GAP, plain), *entry]
            used += ENTRY_GAP + size
        else:
            lines += wrapped(entry, width)
            used = size
    return lines


def _entries(plot: Plot, chart: Chart, ink: Ink, *, both_axes: bool) -> Iterator[tuple[str, str, Tone]]:
    """Sign, words and tone of each."""
    signs = signs_of(ink.glyphs)
    for drawn in plot.drawn:
        yield drawn.curve.sign, _series_words(drawn, plot, both_axes=both_axes), drawn.series.tone
    for line in plot.levels:
        yield signs.level + " " + signs.level, _level_words(line), line.level.tone
    now = known(chart.now)
    if now is not None and (at := moment_text(now, ink.zone)):
        yield signs.now, _("now {time}").format(time=at), Tone.MUTED
    if plot.left_out:
        words = _n("{n} more series is not drawn", "{n} more series are not drawn", plot.left_out)
        yield ink.glyphs.cut, words.format(n=plot.left_out), Tone.MUTED


def _series_words(drawn: Drawn, plot: Plot, *, both_axes: bool) -> str:
    scale, values = drawn.curve.scale, drawn.curve.values
    value = value_text(values[plot.newest] if plot.newest < len(values) else None, scale.unit)
    if not drawn.right:
        return _("{name} {value}").format(name=drawn.series.name, value=value)
    if both_axes:
        return _("{name} {value} (right)").format(name=drawn.series.name, value=value)
    low, high = tick_text(scale.low, scale.unit), tick_text(scale.high, scale.unit)
    return _("{name} {value} ({low} to {high})").format(name=drawn.series.name, value=value, low=low, high=high)


def _level_words(line: Line) -> str:
    value = value_text(line.value, line.scale.unit)
    return _("{name} {value}").format(name=line.level.name, value=value)
