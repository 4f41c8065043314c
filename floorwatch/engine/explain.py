"""What `?` on a figure shows: the value against its target, what it was computed from, and the calls behind it.

Rules
- The first lines of every page say the same things in the same order: whose figure, its value, its target, how it was
  reckoned with the numbers of now.
- The service level has a page of its own (`explain_level`); rates show the calls that they lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose

from floorwatch.engine.explain_calls import calls_table
from floorwatch.engine.explain_goal import Goal, to_go
from floorwatch.engine.explain_kinds import GIVEN_UPS, WAYS_OUT, cost_in_words, counted
from floorwatch.engine.explain_level import filled, letters, level_page, name_of, promises, sentences
from floorwatch.host.catalogue import Catalogue, NotDeclaredError
from floorwatch.model.metrics import METRICS, Figure, Metric, Unit
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.spoken import NOTHING, duration, duration_or_nothing, share
from floorwatch.views import Align, Cell, Column, Explain, Line, Notice, Part, Row, Stack, Table, Text, Tone, View
from floorwatch.words import _, _p, title_of

SERVICE_LEVEL = "service-level"
ANSWER_RATE = "answer-rate"
LOST_IN: Mapping[str, Sequence[str]] = {
    ANSWER_RATE: (*GIVEN_UPS, *WAYS_OUT),
    "abandonment-rate": tuple(GIVEN_UPS),
    "abandoned": tuple(GIVEN_UPS),
    "left": tuple(WAYS_OUT),
}
"""The kinds of call that spoil a rate, or that are counted as lost."""
LETTERS_OF = frozenset({"offered", "answered", "waiting"})
"""Counts that are a letter, and nothing else: the others stand beside it."""
OF_NOW = frozenset({"waiting", "longest-wait", "expected-wait"})
"""What is not reckoned over the day."""


def explained(floor: FloorSnapshot | None, catalogue: Catalogue, explain: Explain) -> View:
    """The explanation as a view; a notice when the metric is unknown or there is no floor yet."""
    if floor is None:
        return Notice(_("The floor has not been read yet."))
    try:
        metric = catalogue.metric(explain.metric).thing
    except NotDeclaredError as missing:
        return Notice(str(missing), Tone.WARN)
    scope = floor.scope(", ".join(explain.queues), explain.queues) if explain.queues else floor.total
    if metric.name == SERVICE_LEVEL:
        return level_page(scope)
    return Stack(tuple(_parts(floor, catalogue, metric, scope)))


def _parts(floor: FloorSnapshot, catalogue: Catalogue, metric: Metric, scope: Scope) -> Iterator[Part]:
    figure = metric.compute(floor, scope)
    yield _head(metric, figure, scope)
    is_lost = metric.name in LOST_IN
    if figure.parts and not is_lost:
        yield _made_of(figure)
    if metric.siblings:
        yield _others(floor, catalogue, metric, scope)
    if is_lost or metric.name in LETTERS_OF:
        yield letters(scope.volume)
    if is_lost:
        kinds = {kind: n for kind, n in counted(scope).items() if kind in LOST_IN[metric.name]}
        yield calls_table(scope, kinds, _("The calls that were lost"))


def _head(metric: Metric, figure: Figure, scope: Scope) -> Text:
    said, tone = _against(metric, figure, scope)
    formula, reckoned = _(metric.formula), _reckoned(metric, figure, scope)
    sums = _("Formula: {formula} = {reckoned}") if reckoned else _("Formula: {formula}")
    lines = [
        Line((Cell(said, tone),)),
        Line((Cell(sums.format(formula=formula, reckoned=reckoned)),)),
    ]
    if metric.name in METRICS and metric.name not in OF_NOW:
        lines.append(Line((Cell(promises(scope), Tone.MUTED),)))
    if metric.note:
        lines.append(Line((Cell(_(metric.note), Tone.MUTED),)))
    return Text(tuple(lines))


def _against(metric: Metric, figure: Figure, scope: Scope) -> tuple[str, Tone]:
    """Whose figure it is, its value, and its target where it has one."""
    words = {"title": title_of(metric), "scope": name_of(scope), "value": _in_head(metric.unit, figure.value)}
    if metric.name == ANSWER_RATE:
        return _answer_rate(words, scope)
    if metric.name == "longest-wait":
        limit, value = scope.target.longest_wait_seconds, figure.value
        tone = Tone.ALARM if value is not None and value >= limit else Tone.CALM
        text = _("{scope}: {title} {value}, limit {limit}.")
        return text.format(**words, limit=duration(limit)), tone
    return _("{scope}: {title} {value}.").format(**words), Tone.CALM


def _answer_rate(words: Mapping[str, str], scope: Scope) -> tuple[str, Tone]:
    v, target = scope.volume, scope.target.answer_rate
    goal, percent = Goal(v.answered, v.answered + v.abandoned + v.left, target), f"{target * 100:g}"
    cost = cost_in_words(counted(scope), lambda kind: kind in LOST_IN[ANSWER_RATE])
    spoilt = _("What cost it: {calls}.").format(calls=", ".join(cost)) if cost else ""
    first = _("{scope}: {title} {value}, target {target} %.").format(**words, target=percent)
    return sentences(first, spoilt, to_go(goal, percent)), goal.tone


def _in_head(unit: Unit, value: float | None) -> str:
    text = written(unit, value)
    return text if value is None or unit is not Unit.SHARE else _("{percent} %").format(percent=text)


def _reckoned(metric: Metric, figure: Figure, scope: Scope) -> str:
    """The formula with the numbers of now; "" where it is not one of letters, and no plain fraction of its parts."""
    if figure.value is None:
        return ""
    letters = filled(metric.formula, scope.volume)
    if metric.name in LOST_IN:
        return letters
    numbers = [value for _name, value in figure.parts]
    if len(numbers) < 2 or not numbers[-1] or not isclose(sum(numbers[:-1]) / numbers[-1], figure.value):
        return ""
    above = " + ".join(f"{number:g}" for number in numbers[:-1])
    return f"({above}) / {numbers[-1]:g}" if len(numbers) > 2 else f"{above} / {numbers[-1]:g}"


def _made_of(figure: Figure) -> Table:
    columns = (Column("part", _("made of"), 28, flex=1), Column("count", _("count"), 10, Align.RIGHT))
    rows = (Row(name, (Cell(_(name)), Cell(f"{value:g}", sort=value))) for name, value in figure.parts)
    return Table(columns, tuple(rows), opens=False)


def _others(floor: FloorSnapshot, catalogue: Catalogue, metric: Metric, scope: Scope) -> Table:
    columns = (
        Column("what", _("what"), 26, flex=2),
        Column("value", _("value"), 9, Align.RIGHT),
        Column("formula", _("formula"), 24, flex=3, drop=1),
        Column("note", _p("of a figure", "note"), 20, flex=3, drop=2),
    )
    rows = tuple(_siblings(floor, catalogue, metric, scope))
    return Table(columns, rows, _("There is no other definition of this idea here."), opens=False)


def _siblings(floor: FloorSnapshot, catalogue: Catalogue, metric: Metric, scope: Scope) -> Iterator[Row]:
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
