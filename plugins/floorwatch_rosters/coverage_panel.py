"""The panel "coverage": the hands of the day as a chart against what is needed, and where they are missing.

Rules
- Bars are the hands that are expected, the line those of the plan; what is needed is a level where it is the same all
  day, and a line where it is not.
- It is built every fifteen seconds: the past of a day is asked for too.
"""

from msgspec import Struct

from floorwatch.api import (
    Align,
    Axis,
    Cell,
    Chart,
    Column,
    FloorSnapshot,
    Level,
    Needs,
    NoOptions,
    Notice,
    Panel,
    Row,
    Series,
    SeriesForm,
    Stack,
    Table,
    Text,
    Tone,
    Topic,
    View,
    _,
    roster,
)
from floorwatch_rosters.behind import about_row
from floorwatch_rosters.coverage_words import (
    minute_of,
    noon_lines,
    of_minimum,
    shortage_hours,
    too_few,
)
from floorwatch_rosters.shortages import Shortage, shortages
from floorwatch_rosters.to_do import SOON_SECONDS

CHART_LINES = 10


class CoveragePanel(Panel):
    """The hands of today."""

    name = "coverage"
    title = "Coverage"
    needs = Needs(frozenset({Topic.DUTY}), frozenset({"aht"}), every_seconds=15.0)
    options_type: type[Struct] = NoOptions

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:  # noqa: ARG002  # it has none
        """The chart, noon, the gaps."""
        if not floor.duty.has_roster:
            return Notice(_("No roster is read: nobody is planned, and nothing can be missing."))
        parts: list[View] = [_chart(floor, of_today(floor))]
        if lines := noon_lines(floor):
            parts.append(Text(lines))
        return Stack((*parts, _gaps(floor)))

    def detail(self, floor: FloorSnapshot, options: NoOptions, row_key: str) -> View:  # noqa: ARG002  # it has none
        """Who is away in a gap, and who could come."""
        return about_row(floor, row_key)


def of_today(floor: FloorSnapshot) -> tuple[roster.Step, ...]:
    """The quarters of today from the first to the last in which anybody is scheduled or needed."""
    found = roster.steps(floor, floor.day_start, None)
    asked = [place for place, step in enumerate(found) if step.scheduled or step.minimum]
    return found[asked[0] : asked[-1] + 1] if asked else ()


def _chart(floor: FloorSnapshot, steps: tuple[roster.Step, ...]) -> Chart:
    expected = Series(_("expected"), tuple(float(each.expected) for each in steps), Tone.NOTICE, SeriesForm.BARS)
    scheduled = Series(_("planned"), tuple(float(each.scheduled) for each in steps), Tone.CALM)
    needed = {each.minimum for each in steps}
    levels: tuple[Level, ...] = ()
    series: tuple[Series, ...] = (expected, scheduled)
    if len(needed) == 1 and needed != {0}:
        levels = (Level(_("minimum"), float(needed.pop()), Tone.WARN),)
    elif len(needed) > 1:
        series = (*series, Series(_("minimum"), tuple(float(each.minimum) for each in steps), Tone.WARN))
    return Chart(
        series,
        steps[0].start if steps else floor.at,
        roster.STEP_SECONDS,
        left=Axis(_("hands")),
        levels=levels,
        now=floor.at,
        caption=_("Hands on the phones today"),
        empty=_("Nobody is planned today."),
        lines=CHART_LINES,
    )


def _gaps(floor: FloorSnapshot) -> Table:
    columns = (
        Column("when", _("when"), 11),
        Column("few", _("missing"), 9, flex=1),
        Column("hands", _("hands"), 9, Align.RIGHT),
        Column("worst", _("worst"), 5, drop=2),
        Column("key", "", 10, drop=1),
    )
    rows = tuple(_gap(floor, each) for each in shortages(floor))
    return Table(columns, rows, _no_gap(floor), caption=_("Gaps"), starts=bool(rows))


def _gap(floor: FloorSnapshot, short: Shortage) -> Row:
    tone = Tone.ALARM if short.start - floor.at <= SOON_SECONDS else Tone.WARN
    cells = (
        Cell(shortage_hours(floor, short), sort=short.start),
        Cell(too_few(short.worst), sort=short.worst.gap),
        Cell(of_minimum(short.worst), sort=short.worst.spare),
        Cell(minute_of(floor, max(short.worst.start, floor.at))),
        Cell(_("assign"), command="assign"),
    )
    return Row(short.key, cells, tone)


def _no_gap(floor: FloorSnapshot) -> str:
    lowest = roster.lowest(roster.steps(floor))
    if lowest is None:
        return _("No shift is left today.")
    time = minute_of(floor, max(lowest.start, floor.at))
    if not lowest.minimum:
        said = _("No gap: nothing says how many are needed. The fewest: {n} at {time}.")
        return said.format(n=lowest.expected, time=time)
    said = _("No gap. The lowest: {n} of {minimum} at {time}.")
    return said.format(n=lowest.expected, minimum=lowest.minimum, time=time)
