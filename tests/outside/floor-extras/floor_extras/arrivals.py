"""Arrivals today: the calls that came and were lost by quarter of an hour, beside the service level."""

from collections.abc import Sequence
from typing import Annotated

from floorwatch.api import (
    INTERVAL_SECONDS,
    Align,
    Axis,
    Cell,
    Chart,
    Column,
    Explain,
    Fact,
    FloorSnapshot,
    Level,
    Needs,
    Notice,
    Panel,
    Row,
    RowKind,
    Scope,
    Series,
    SeriesForm,
    Stack,
    Table,
    Tile,
    Tiles,
    Tone,
    Topic,
    Unit,
    View,
    _,
    figure_of,
    ratio,
    spoken,
)
from msgspec import Meta, Struct

from .quarters import Quarter, lost, quarters

QUARTERS_AN_HOUR = 4
FAR_BELOW = 0.1


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What [panels.arrivals-today] may say: `hours`, how far back the chart goes."""

    hours: Annotated[int, Meta(ge=1, le=24)] = 4


class ArrivalsToday(Panel):
    """Today so far by queue, over a chart of the last hours; Enter on a queue opens its own."""

    name = "arrivals-today"
    title = "Arrivals today"
    needs = Needs(
        topics=frozenset({Topic.CALLS, Topic.QUEUES, Topic.FEEDS}),
        metrics=frozenset({"offered", "service-level"}),
        every_seconds=30.0,
    )
    options_type = Options

    def build(self, floor: FloorSnapshot, options: Options) -> View:
        """A row a queue and the chart of the whole floor; one sentence where no call has come."""
        if floor.feeds and Fact.CALLS not in floor.gives:
            return Notice(_("No feed here tells of calls."))
        last = quarters(floor, floor.total, options.hours * QUARTERS_AN_HOUR)
        if not floor.total.counts.offered and not any(each.came for each in last):
            return Notice(_("No call has come yet today."))
        return Stack((_today(floor), _chart(floor, floor.total, last)))

    def detail(self, floor: FloorSnapshot, options: Options, row_key: str) -> View:
        """The figures, the chart and the quarters of one queue, or of the whole floor."""
        scope = floor.total if row_key == "total" else floor.queues.get(row_key.removeprefix("queue:"))
        if scope is None:
            return Notice(_("This queue is gone."))
        last = quarters(floor, scope, options.hours * QUARTERS_AN_HOUR)
        return Stack((_tiles(scope), _chart(floor, scope, last), _by_quarter(floor, scope, last)))


def _today(floor: FloorSnapshot) -> Table:
    columns = (
        Column("queue", _("queue"), 10, flex=1),
        Column("came", _("came"), 5, Align.RIGHT),
        Column("lost", _("lost"), 5, Align.RIGHT),
        Column("lost-share", _("lost %"), 6, Align.RIGHT, drop=1),
        Column("level", _("SL %"), 6, Align.RIGHT),
    )
    rows = [_row(f"queue:{name}", name, scope) for name, scope in floor.queues.items()]
    total = _row("total", _("so far today"), floor.total, RowKind.TOTAL)
    return Table(columns, (*rows, total))


def _row(key: str, title: str, scope: Scope, kind: RowKind = RowKind.PLAIN) -> Row:
    came, gone = scope.counts.offered, lost(scope.counts)
    share = ratio(gone, came)
    cells = (
        Cell(title),
        Cell(str(came), sort=came, explain=Explain("offered", scope.queues)),
        Cell(str(gone), sort=gone),
        Cell(spoken.share(share), sort=share),
        _level_cell(scope),
    )
    return Row(key, cells, kind=kind)


def _level_cell(scope: Scope) -> Cell:
    level = figure_of(scope, "service-level").value
    tone = _tone(level, scope.target.share)
    return Cell(spoken.share(level), tone, sort=level, explain=Explain("service-level", scope.queues))


def _tone(level: float | None, target: float) -> Tone:
    if level is None or level >= target:
        return Tone.CALM
    return Tone.WARN if level >= target - FAR_BELOW else Tone.ALARM


def _tiles(scope: Scope) -> Tiles:
    came, gone = scope.counts.offered, lost(scope.counts)
    promise = _("{share}% in {seconds:.0f} s").format(
        share=spoken.share(scope.target.share), seconds=scope.target.seconds
    )
    return Tiles(
        (
            Tile(_("came today"), Cell(str(came)), _("{n} wait").format(n=len(scope.waiting))),
            Tile(_("lost"), Cell(str(gone)), _("{share}% of them").format(share=spoken.share(ratio(gone, came)))),
            Tile(_("service level"), _level_cell(scope), promise),
        )
    )


def _chart(floor: FloorSnapshot, scope: Scope, last: Sequence[Quarter]) -> Chart:
    """Nothing is drawn before the first call: what was not seen is no zero."""
    known = next((number for number, each in enumerate(last) if each.came), len(last))
    blank: tuple[float | None, ...] = (None,) * known
    came = tuple(float(each.came) for each in last[known:])
    gone = tuple(float(each.lost) for each in last[known:])
    return Chart(
        (
            Series(_("came"), blank + came, Tone.MUTED, SeriesForm.BARS),
            Series(_("lost"), blank + gone, Tone.WARN, SeriesForm.BARS),
            Series(_("service level"), tuple(each.level for each in last), Tone.NOTICE, right=True),
        ),
        start=last[0].start,
        step_seconds=INTERVAL_SECONDS,
        left=Axis(_("calls"), low=0.0),
        right=Axis(_("service level"), Unit.SHARE, 0.0, 1.0),
        levels=(Level(_("target"), scope.target.share, right=True),),
        now=floor.at,
        caption=_("Calls by 15 minutes"),
        empty=_("No call has come in these hours."),
    )


def _by_quarter(floor: FloorSnapshot, scope: Scope, last: Sequence[Quarter]) -> Table:
    columns = (
        Column("from", _("from"), 6),
        Column("came", _("came"), 5, Align.RIGHT),
        Column("lost", _("lost"), 5, Align.RIGHT),
        Column("level", _("SL %"), 6, Align.RIGHT),
    )
    zone = floor.rules.days.zone
    rows = tuple(
        Row(
            f"quarter:{each.start:.0f}",
            (
                Cell(spoken.clock_minute(each.start, zone), sort=each.start),
                Cell(str(each.came), sort=each.came),
                Cell(str(each.lost), sort=each.lost),
                Cell(spoken.share(each.level), _tone(each.level, scope.target.share), sort=each.level),
            ),
        )
        for each in reversed(last)
        if each.came
    )
    return Table(columns, rows, empty=_("No call has come in these hours."), opens=False)
