"""How the last hour went, against the day: one line above the large figures."""

from collections.abc import Iterator

from floorwatch.api import (
    INTERVAL_SECONDS,
    SERVICE_LEVELS,
    Cell,
    Line,
    Scope,
    Text,
    Tone,
    Volume,
    _,
    _n,
    figure_of,
    ratio,
    spoken,
)

INTERVALS = 3600 // INTERVAL_SECONDS
MARGIN = 0.01
"""The hour is better or worse than the day when it differs by more than one point."""


def last_hour(scope: Scope) -> Text:
    """The line: `^` is better than the day, `v` worse."""
    hour = scope.lately(INTERVALS)
    if not hour.offered:
        return Text.of(_("Last hour: no call came."), Tone.MUTED)
    said = list(_figures(scope, hour))
    return Text((Line((Cell(_("Last hour:"), Tone.MUTED), *(cell for each in said for cell in (Cell("  "), each)))),))


def _figures(scope: Scope, hour: Volume) -> Iterator[Cell]:
    level = SERVICE_LEVELS[scope.target.definition].of(hour)
    answered = ratio(hour.answered, hour.answered + hour.abandoned + hour.left)
    yield _share(_("SL {share} % {trend}"), level, figure_of(scope, "service-level").value)
    yield _share(_("answered {share} % {trend}"), answered, figure_of(scope, "answer-rate").value)
    yield Cell(_n("{n} came", "{n} came", hour.offered).format(n=hour.offered))
    yield Cell(_n("{n} given up", "{n} given up", hour.abandoned).format(n=hour.abandoned))


def _share(words: str, value: float | None, day: float | None) -> Cell:
    trend, tone = "", Tone.CALM
    if value is not None and day is not None and abs(value - day) > MARGIN:
        trend, tone = ("^", Tone.CALM) if value > day else ("v", Tone.NOTICE)
    return Cell(words.format(share=spoken.share(value), trend=trend).rstrip(), tone)
