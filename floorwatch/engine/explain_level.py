"""The service level under X-ray: what cost it, what every definition says, the letters, and the calls that differ."""

import re
from collections.abc import Callable, Mapping, Sequence

from floorwatch.engine.explain_calls import Judged, calls_table
from floorwatch.engine.explain_goal import Goal, to_go
from floorwatch.engine.explain_kinds import (
    AGAINST,
    GOOD,
    NOT_COUNTED,
    WAYS_OUT,
    cost_in_words,
    counted,
    in_words,
    left_in_words,
    sign,
)
from floorwatch.model.service_level import SERVICE_LEVELS, ServiceLevel, Volume
from floorwatch.model.snapshot import Scope
from floorwatch.spoken import share
from floorwatch.views import Align, Cell, Column, Line, Row, Stack, Table, Text, Tone
from floorwatch.words import _, _n, _p

LETTERS = ("O", "A", "A_T", "B", "B_T", "S", "X", "W", "W_T")
LEFT = "left"
"""Every way out together: no definition tells them apart."""
QUEUES_NAMED = 4
"""Queues whose T and s are said in the head, where they differ."""

_LETTER = re.compile(r"[ABW]_T|[OABSXW]")


def level_page(scope: Scope) -> Stack:
    """The whole page about the service level of these queues."""
    kinds = counted(scope)
    chosen = SERVICE_LEVELS[scope.target.definition]
    levels = (chosen, *(level for level in SERVICE_LEVELS.values() if level is not chosen))
    judged = [Judged(level.name, _short(level), {kind: sign(level, kind) for kind in kinds}) for level in levels]
    caption = _("Not answered in time today: + counts as good, - counts against, blank is left out")
    return Stack(
        (
            _head(scope, chosen, kinds),
            _definitions(scope, levels, kinds),
            letters(scope.volume),
            calls_table(scope, kinds, caption, judged),
        )
    )


def letter_values(v: Volume) -> Mapping[str, int]:
    """The letters of the formulas with their counts."""
    return dict(
        zip(
            LETTERS,
            (
                v.offered,
                v.answered,
                v.answered_in_time,
                v.abandoned,
                v.abandoned_in_time,
                v.short_abandons,
                v.left,
                v.waiting,
                v.waiting_late,
            ),
            strict=True,
        )
    )


def filled(formula: str, v: Volume) -> str:
    """The formula with the count behind each letter: "A_T 70 / (A 85 + B 12)"."""
    values = letter_values(v)
    return _LETTER.sub(lambda found: f"{found[0]} {values[found[0]]}", formula)


def letters(v: Volume) -> Text:
    """The counts of the day behind their letters, with what each letter stands for."""
    words = _(
        "O {O} came: A {A} answered (A_T {A_T} in time), B {B} given up (B_T {B_T} within T, S {S} before s), "
        "X {X} left another way, W {W} waiting (W_T {W_T} past T)."
    )
    return Text.of(words.format(**letter_values(v)))


def promises(scope: Scope) -> str:
    """T and s in words: those of the one queue, or of each where they differ."""
    targets = {queue: scope.floor.rules.target(queue) for queue in scope.queues}
    limits = {(target.seconds, target.short_seconds) for target in targets.values()}
    if len(limits) <= 1:
        seconds, short = next(iter(limits), (scope.target.seconds, scope.target.short_seconds))
        return _("Today, by the time a call entered. T = {seconds:g} s, s = {short:g} s.").format(
            seconds=seconds, short=short
        )
    named = [
        _("{queue} {seconds:g}/{short:g}").format(queue=queue, seconds=target.seconds, short=target.short_seconds)
        for queue, target in list(targets.items())[:QUEUES_NAMED]
    ]
    if more := len(targets) - len(named):
        named.append(_n("and {n} more", "and {n} more", more).format(n=more))
    return _("Today, by the time a call entered. T/s are each queue's own: {queues}.").format(queues=", ".join(named))


def sentences(*said: str) -> str:
    """Whole sentences one behind the other."""
    return " ".join(text for text in said if text)


def _head(scope: Scope, chosen: ServiceLevel, kinds: Mapping[str, int]) -> Text:
    target = scope.target
    part, whole = chosen.terms(scope.volume)
    goal, percent = Goal(part, whole, target.share), f"{target.share * 100:g}"
    first = _("{scope}: {value} % by {definition}, target {target} %.").format(
        scope=name_of(scope), value=share(goal.value), definition=chosen.name, target=percent
    )
    cost = cost_in_words(kinds, lambda kind: sign(chosen, kind) == AGAINST)
    spoilt = _("What cost it: {calls}.").format(calls=", ".join(cost)) if cost else ""
    return Text(
        (
            Line((Cell(sentences(first, spoilt, to_go(goal, percent)), goal.tone),)),
            Line((Cell(promises(scope), Tone.MUTED),)),
        )
    )


def name_of(scope: Scope) -> str:
    """The queues in words; the whole floor is not a queue of the name "total"."""
    return _("Whole floor") if scope.whole else scope.name


def _definitions(scope: Scope, levels: Sequence[ServiceLevel], kinds: Mapping[str, int]) -> Table:
    right = Align.RIGHT
    columns = (
        Column("definition", _("definition"), 9, flex=1),
        Column("value", "%", 5, right),
        Column("points", _("points"), 6, right),
        Column("terms", _p("by telephone", "calls"), 7, right),
        Column("differs", _("counts otherwise"), 30, flex=3, drop=3),
        Column("formula", _("formula"), 40, flex=2, drop=2),
        Column("users", _("who uses it"), 26, flex=1, drop=4),
    )
    return Table(columns, tuple(_definition(scope, level, levels[0], kinds) for level in levels), opens=False)


def _definition(scope: Scope, level: ServiceLevel, chosen: ServiceLevel, kinds: Mapping[str, int]) -> Row:
    value, ours = level.of(scope.volume), chosen.of(scope.volume)
    above, below = level.terms(scope.volume)
    points = None if value is None or ours is None or level is chosen else (value - ours) * 100
    differs = _("the chosen one") if level is chosen else _differences(level, chosen, kinds)
    cells = (
        Cell(level.name),
        Cell(share(value), sort=value),
        Cell("" if points is None else f"{points:+.1f}", sort=points),
        Cell(_p("terms of a fraction", "{part} / {whole}").format(part=above, whole=below), sort=below),
        Cell(differs),
        Cell(filled(level.formula, scope.volume)),
        Cell(_(level.used_by), Tone.MUTED),
    )
    return Row(level.name, cells, Tone.NOTICE if level is chosen else Tone.CALM)


def _differences(level: ServiceLevel, chosen: ServiceLevel, kinds: Mapping[str, int]) -> str:
    """What this definition counts otherwise than the chosen one, the kinds with most calls first."""
    ways: dict[str, dict[str, int]] = {}
    for kind, n in kinds.items():
        way = sign(level, kind)
        if way != sign(chosen, kind):
            found, of = ways.setdefault(way, {}), LEFT if kind in WAYS_OUT else kind
            found[of] = found.get(of, 0) + n
    return "; ".join(_WAYS[way]().format(calls=_listed(found)) for way, found in ways.items())


def _listed(kinds: Mapping[str, int]) -> str:
    largest = sorted(kinds.items(), key=lambda each: -each[1])
    return ", ".join(_in_words(kind, n) for kind, n in largest)


def _in_words(kind: str, n: int) -> str:
    return left_in_words(n) if kind == LEFT else in_words(kind, n)


_WAYS: Mapping[str, Callable[[], str]] = {
    GOOD: lambda: _("good: {calls}"),
    AGAINST: lambda: _("against: {calls}"),
    NOT_COUNTED: lambda: _("left out: {calls}"),
}


def _short(level: ServiceLevel) -> str:
    """The name of a definition as the title of a narrow column."""
    words = {
        "answered": _p("service level", "ans"),
        "offered": _p("service level", "off"),
        "abandons": _p("service level", "aban"),
        "short-out": _p("service level", "s-out"),
        "ignore": _p("service level", "ign"),
        "positive": _p("service level", "pos"),
        "late-only": _p("service level", "late"),
    }
    return words.get(level.name, level.name)
