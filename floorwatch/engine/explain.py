"""What `?` on a figure shows: its formula, what it was computed from, and the other definitions of the same idea."""

from collections.abc import Iterator

from floorwatch.host.catalogue import Catalogue, NotDeclaredError
from floorwatch.model.metrics import Figure, Metric, Unit
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.spoken import NOTHING, duration_or_nothing, share
from floorwatch.views import Align, Cell, Column, Explain, Notice, Row, Stack, Table, Text, Tone, View
from floorwatch.words import _, _p, title_of


def explained(floor: FloorSnapshot | None, catalogue: Catalogue, explain: Explain) -> View:
    """The explanation as a view; a notice when the metric is unknown or there is no floor yet."""
    if floor is None:
        return Notice(_("The floor has not been read yet."))
    try:
        metric = catalogue.metric(explain.metric).thing
    except NotDeclaredError as missing:
        return Notice(str(missing), Tone.WARN)
    scope = floor.scope(", ".join(explain.queues), explain.queues) if explain.queues else floor.total
    figure = metric.compute(floor, scope)
    return Stack((_head(metric, figure, scope), _parts(figure), _definitions(floor, catalogue, metric, scope)))


def _head(metric: Metric, figure: Figure, scope: Scope) -> Text:
    target = scope.target
    lines = [
        _("{title} of {scope}: {value}").format(
            title=title_of(metric), scope=scope.name, value=written(metric.unit, figure.value)
        ),
        _("Formula: {formula}").format(formula=_(metric.formula)),
        _(
            "Today, by the time a call entered. T = {seconds:g} s, s = {short:g} s, target {share} % by {definition}."
        ).format(
            seconds=target.seconds, short=target.short_seconds, share=share(target.share), definition=target.definition
        ),
    ]
    return Text.of("\n".join((*lines, _(metric.note)) if metric.note else lines))


def _parts(figure: Figure) -> Table:
    columns = (Column("part", _("made of"), 28, flex=1), Column("count", _("count"), 10, Align.RIGHT))
    rows = (Row(name, (Cell(_(name)), Cell(f"{value:g}", sort=value))) for name, value in figure.parts)
    return Table(columns, tuple(rows), _("This figure has no parts."))


def _definitions(floor: FloorSnapshot, catalogue: Catalogue, metric: Metric, scope: Scope) -> Table:
    rows = tuple(_siblings(floor, catalogue, metric, scope))
    columns = (
        Column("what", _("what"), 26, flex=2),
        Column("value", _("value"), 9, Align.RIGHT),
        Column("formula", _("formula"), 24, flex=3, drop=1),
        Column("note", _p("of a figure", "note"), 20, flex=3, drop=2),
    )
    return Table(columns, rows, _("There is no other definition of this idea here."))


def _siblings(floor: FloorSnapshot, catalogue: Catalogue, metric: Metric, scope: Scope) -> Iterator[Row]:
    if metric.name == "service-level":
        for level in SERVICE_LEVELS.values():
            chosen = level.name == scope.target.definition
            value = written(Unit.SHARE, level.of(scope.volume))
            title = _("{name} (chosen)").format(name=level.name) if chosen else level.name
            yield Row(level.name, (Cell(title), Cell(value), Cell(level.formula), Cell(_(level.used_by))))
    for name in metric.siblings:
        if name == metric.name or name not in catalogue.metrics:
            continue
        other = catalogue.metrics[name].thing
        value = written(other.unit, other.compute(floor, scope).value)
        yield Row(name, (Cell(title_of(other)), Cell(value), Cell(_(other.formula)), Cell(_(other.note))))


def written(unit: Unit, value: float | None) -> str:
    """A figure as text in its unit."""
    if value is None:
        return NOTHING
    if unit is Unit.SHARE:
        return share(value)
    return duration_or_nothing(value) if unit is Unit.SECONDS else f"{value:g}"
