"""The columns of the queue table: what each shows of a queue, a group or the whole floor, and what its tone means.

Rules
- Left to right is the order of a supervisor's questions; `drop` is the order in which a narrow panel gives them up.
  Queue, waiting, longest wait and service level never go: 40 columns show them.
- A figure is amber below its target and red ten points further down. The mark behind the service level compares the
  running and the last interval with the day: `^` rising, `v` falling, a blank within one point.
- A state that no feed here can tell is `?`, and its column is there only when it was asked for by name.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from floorwatch.api import (
    SERVICE_LEVELS,
    AgentState,
    Align,
    Cell,
    Column,
    Explain,
    Fact,
    FloorSnapshot,
    QueueCounts,
    Scope,
    Tone,
    Volume,
    _,
    _p,
    figure_of,
    share_tone,
    spoken,
    wait_steps,
)
from floorwatch_queue_status.states import metric_of

TREND_MARGIN = 0.01
TREND_INTERVALS = 2
OPTIONAL_STATES: Mapping[str, Fact] = {"ringing": Fact.RINGING, "on-hold": Fact.HOLD, "fault": Fact.DEVICES}
"""State columns that stand in the table only where a feed tells the state, or where they were asked for."""


class Shown(Struct, frozen=True):
    """A column and how its cell is made."""

    column: Column
    cell: Callable[[Scope], Cell]


COLUMN_NAMES = (
    "waiting", "longest-wait", "available", "on-call", "ringing", "on-hold", "wrap-up", "paused", "fault",
    "offered", "answered", "abandoned", "left", "answer-rate", "service-level", "target", "asa", "aht",
    "expected-wait", "longest-wait-of-day",
)  # fmt: skip
"""Every column beside the queue's name, from left to right."""


def columns_for(floor: FloorSnapshot, wanted: tuple[str, ...]) -> list[Shown]:
    """The columns that this floor can fill, or exactly those that are wanted, in our order."""
    every = _columns()
    if wanted:
        return [every[name] for name in COLUMN_NAMES if name in wanted]
    return [every[name] for name in COLUMN_NAMES if OPTIONAL_STATES.get(name) in (None, *floor.gives)]


def _columns() -> dict[str, Shown]:
    right = Align.RIGHT
    return {
        "waiting": Shown(Column("waiting", _("wait"), 4, right), _waiting),
        "longest-wait": Shown(Column("longest-wait", _("longest"), 7, right), _longest),
        "available": _state("available", "available", 3, 2),
        "on-call": _state("on-call", "on_call", 3, 3),
        "ringing": _state("ringing", "ringing", 3, 12),
        "on-hold": _state("on-hold", "on_hold", 3, 11),
        "wrap-up": _state("wrap-up", "wrap_up", 3, 5),
        "paused": _state("paused", "paused", 3, 4),
        "fault": _state("fault", "fault", 3, 10),
        "offered": Shown(Column("offered", _("off"), 5, right, drop=7), _count("offered")),
        "answered": Shown(Column("answered", _("ans"), 5, right, drop=8), _count("answered")),
        "abandoned": Shown(Column("abandoned", _("abn"), 4, right, drop=6), _count("abandoned")),
        "left": Shown(Column("left", _p("calls", "left"), 4, right, drop=15), _count("left")),
        "answer-rate": Shown(Column("answer-rate", _("rate"), 5, right, drop=1), _answer_rate),
        "service-level": Shown(Column("service-level", _("SL"), 6, right), _service_level),
        "target": Shown(
            Column("target", _("goal"), 6, right, drop=13, about=_("per cent of the calls, within so many seconds")),
            _target,
        ),
        "asa": Shown(Column("asa", _("ASA"), 5, right, drop=9), _seconds("asa")),
        "aht": Shown(Column("aht", _("AHT"), 5, right, drop=14), _seconds("aht")),
        "expected-wait": Shown(Column("expected-wait", _("expect"), 7, right, drop=16), _expected_wait),
        "longest-wait-of-day": Shown(
            Column("longest-wait-of-day", _("worst"), 7, right, drop=17), _seconds("longest-wait-of-day")
        ),
    }


def service_level_of(scope: Scope, counts: QueueCounts, start: float, end: float) -> float | None:
    """The service level of the calls that entered from `start` up to `end`, by the scope's definition."""
    floor = scope.floor
    entered = [visit for visit in scope.waiting if start <= visit.entered_at < end]
    late = sum(floor.at - visit.entered_at > floor.rules.target(visit.queue).seconds for visit in entered)
    return SERVICE_LEVELS[scope.target.definition].of(Volume.of(counts, len(entered), late))


def explain_of(scope: Scope, metric: str) -> Explain:
    """What `?` on a figure of this scope opens."""
    return Explain(metric, () if scope.whole else scope.queues)


def _state(key: str, value: str, width: int, drop: int) -> Shown:
    state = AgentState(value)

    def cell(scope: Scope) -> Cell:
        number = scope.agents_by_state[state]
        tone = Tone.MUTED if not number else Tone.CALM
        return Cell(spoken.count(number), tone, sort=number, explain=explain_of(scope, metric_of(state)))

    return Shown(Column(key, spoken.STATE_LETTERS[state], width, Align.RIGHT, drop=drop), cell)


def _waiting(scope: Scope) -> Cell:
    number = len(scope.waiting)
    tone = Tone.NOTICE if number > scope.free else Tone.CALM
    return Cell(str(number), tone, sort=number, explain=explain_of(scope, "waiting"))


def _longest(scope: Scope) -> Cell:
    first = scope.longest_waiting
    explain = explain_of(scope, "longest-wait")
    if first is None:
        return Cell(spoken.NOTHING, Tone.MUTED, sort=0.0, explain=explain)
    steps = wait_steps(scope.floor.rules.target(first.queue))
    return Cell(since=first.entered_at, steps=steps, sort=scope.floor.at - first.entered_at, explain=explain)


def _count(metric: str) -> Callable[[Scope], Cell]:
    def cell(scope: Scope) -> Cell:
        number = int(figure_of(scope, metric).value or 0)
        return Cell(str(number), sort=number, explain=explain_of(scope, metric))

    return cell


def _seconds(metric: str) -> Callable[[Scope], Cell]:
    def cell(scope: Scope) -> Cell:
        seconds = figure_of(scope, metric).value
        return Cell(spoken.duration_or_nothing(seconds), sort=seconds, explain=explain_of(scope, metric))

    return cell


def _expected_wait(scope: Scope) -> Cell:
    seconds = figure_of(scope, "expected-wait").value
    return Cell(spoken.estimate(seconds), sort=seconds, explain=explain_of(scope, "expected-wait"))


def _answer_rate(scope: Scope) -> Cell:
    rate = figure_of(scope, "answer-rate").value
    tone = share_tone(rate, scope.target.answer_rate)
    return Cell(spoken.share(rate), tone, sort=rate, explain=explain_of(scope, "answer-rate"))


def _service_level(scope: Scope) -> Cell:
    level = figure_of(scope, "service-level").value
    return Cell(
        f"{spoken.share(level)}{_trend(scope, level)}",
        share_tone(level, scope.target.share),
        sort=level,
        explain=explain_of(scope, "service-level"),
    )


def _trend(scope: Scope, level: float | None) -> str:
    """The blank keeps the figures of a column under one another."""
    recent = SERVICE_LEVELS[scope.target.definition].of(scope.lately(TREND_INTERVALS))
    if level is None or recent is None or abs(recent - level) <= TREND_MARGIN:
        return " "
    return "^" if recent > level else "v"


def _target(scope: Scope) -> Cell:
    target = scope.target
    return Cell(f"{target.share * 100:.0f}/{target.seconds:.0f}", Tone.MUTED, sort=target.share)
