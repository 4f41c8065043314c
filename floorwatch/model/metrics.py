"""Every figure that floorwatch shows, defined once: formula, unit and computation, after METRICS.md.

The letters are those of `service_level`. 0/0 is None, never 0 and never 1.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct

from floorwatch.model.service_level import SERVICE_LEVELS, Volume, ratio
from floorwatch.model.snapshot import FloorSnapshot, Scope


class Unit(StrEnum):
    """How a figure is written."""

    SHARE = "share"
    SECONDS = "seconds"
    COUNT = "count"


class Figure(Struct, frozen=True):
    """A value with what it was made of, so that `?` can show it. None: 0/0, or not in this feed."""

    value: float | None
    parts: tuple[tuple[str, float], ...] = ()


class Metric(Struct, frozen=True):
    """A named figure: `compute(floor, scope)` is pure. `siblings` are other definitions of the same idea."""

    name: str
    title: str
    unit: Unit
    formula: str
    compute: Callable[[FloorSnapshot, Scope], Figure]
    siblings: tuple[str, ...] = ()
    note: str = ""


def _volume_parts(v: Volume) -> tuple[tuple[str, float], ...]:
    return (
        ("O offered", v.offered),
        ("A answered", v.answered),
        ("A_T answered in time", v.answered_in_time),
        ("B abandoned", v.abandoned),
        ("B_T abandoned in time", v.abandoned_in_time),
        ("S short abandons", v.short_abandons),
        ("X left another way", v.left),
        ("W waiting", v.waiting),
        ("W_T waiting longer than T", v.waiting_late),
    )


def service_level(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """The service level by the definition that the scope's target names."""
    return Figure(SERVICE_LEVELS[scope.target.definition].of(scope.volume), _volume_parts(scope.volume))


def answer_rate(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """Answer rate 接通率: A / (A + B + X)."""
    v = scope.volume
    parts = (("A answered", v.answered), ("B abandoned", v.abandoned), ("X left another way", v.left))
    return Figure(ratio(v.answered, v.answered + v.abandoned + v.left), parts)


def abandonment_rate(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """B / (O - W)."""
    v = scope.volume
    parts = (("B abandoned", v.abandoned), ("O offered", v.offered), ("W waiting", v.waiting))
    return Figure(ratio(v.abandoned, v.offered - v.waiting), parts)


def average_speed_of_answer(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """Sum of the waits of answered calls / A."""
    c = scope.counts
    parts = (("waits of answered, seconds", c.answered_wait_seconds), ("A answered", c.answered))
    return Figure(ratio(c.answered_wait_seconds, c.answered), parts)


def mean_wait(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """Sum of the waits of A, B and X / (A + B + X)."""
    c = scope.counts
    waits = c.answered_wait_seconds + c.abandoned_wait_seconds + c.left_wait_seconds
    left = c.answered + c.abandoned + c.left
    return Figure(ratio(waits, left), (("waits of all, seconds", waits), ("A + B + X", left)))


def average_time_to_abandon(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """Sum of the waits of B / B."""
    c = scope.counts
    parts = (("waits of abandoned, seconds", c.abandoned_wait_seconds), ("B abandoned", c.abandoned))
    return Figure(ratio(c.abandoned_wait_seconds, c.abandoned), parts)


def longest_wait(floor: FloorSnapshot, scope: Scope) -> Figure:
    """Now minus the earliest entry of those who wait; stale calls left out. 0 where the switch's clock is ahead."""
    first = scope.longest_waiting
    wait = None if first is None else max(0.0, floor.at - first.entered_at)
    return Figure(wait, (("W waiting", len(scope.waiting)),))


def longest_wait_of_day(floor: FloorSnapshot, scope: Scope) -> Figure:
    """The longest wait over A, B, X and W: without W it lies during a crisis."""
    now = longest_wait(floor, scope).value or 0.0
    ended = scope.counts.longest_wait_seconds
    nothing = not scope.counts.offered and not scope.waiting
    return Figure(
        None if nothing else max(now, ended), (("ended waits, seconds", ended), ("now waiting, seconds", now))
    )


def mean_talk(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """Talk seconds of ended talks / ended talks."""
    c = scope.counts
    ended = c.completed + c.transferred
    return Figure(ratio(c.talk_seconds, ended), (("talk, seconds", c.talk_seconds), ("ended talks", ended)))


def average_handle_time(_floor: FloorSnapshot, scope: Scope) -> Figure:
    """(talk + wrap) / ended talks; talk holds the hold seconds inside."""
    c = scope.counts
    ended = c.completed + c.transferred
    parts = (
        ("talk with hold, seconds", c.talk_seconds),
        ("wrap-up, seconds", c.wrap_seconds),
        ("ended talks", ended),
    )
    return Figure(ratio(c.talk_seconds + c.wrap_seconds, ended), parts)


def wait_ahead(scope: Scope, position: int) -> float | None:
    """(position - free) * AHT / staffed agents: the seconds that whoever is at this position (from 1) has still to
    wait. None while nobody is staffed or no talk has ended."""
    handle = average_handle_time(scope.floor, scope).value
    if handle is None or not scope.staffed:
        return None
    return max(0, position - scope.free) * handle / scope.staffed


def expected_wait(floor: FloorSnapshot, scope: Scope) -> Figure:
    """max(the wait ahead of position W + 1, longest wait): what a caller who enters now should expect."""
    by_rate = wait_ahead(scope, len(scope.waiting) + 1)
    if by_rate is None:
        return Figure(None, (("staffed agents", scope.staffed),))
    longest = longest_wait(floor, scope).value or 0.0
    handle = average_handle_time(floor, scope).value or 0.0
    parts = (("W waiting", len(scope.waiting)), ("handle time, seconds", handle), ("staffed agents", scope.staffed))
    return Figure(max(by_rate, longest), parts)


def _counted(name: str) -> Callable[[FloorSnapshot, Scope], Figure]:
    return lambda _floor, scope: Figure(float(getattr(scope.counts, name)))


RATES = ("answer-rate", "abandonment-rate", "service-level")
WAITS = ("asa", "mean-wait", "time-to-abandon", "longest-wait", "longest-wait-of-day", "expected-wait")

METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("service-level", "Service level", Unit.SHARE, "by the queue's definition", service_level, RATES),
        Metric("answer-rate", "Answer rate", Unit.SHARE, "A / (A + B + X)", answer_rate, RATES),
        Metric("abandonment-rate", "Abandonment rate", Unit.SHARE, "B / (O - W)", abandonment_rate, RATES),
        Metric("asa", "Average speed of answer", Unit.SECONDS, "waits of A / A", average_speed_of_answer, WAITS),
        Metric("mean-wait", "Mean wait of all", Unit.SECONDS, "waits of A, B, X / (A + B + X)", mean_wait, WAITS),
        Metric("time-to-abandon", "Time to abandon", Unit.SECONDS, "waits of B / B", average_time_to_abandon, WAITS),
        Metric("longest-wait", "Longest wait", Unit.SECONDS, "now - earliest entry of W", longest_wait, WAITS),
        Metric(
            "longest-wait-of-day",
            "Longest wait of the day",
            Unit.SECONDS,
            "max over A, B, X and W",
            longest_wait_of_day,
            WAITS,
        ),
        Metric(
            "expected-wait",
            "Expected wait",
            Unit.SECONDS,
            "max((W + 1 - free) * AHT / staffed, longest wait)",
            expected_wait,
            WAITS,
            "An estimate, shown with ~. Of somebody who waits: (position - free) * AHT / staffed, from now on.",
        ),
        Metric("talk", "Mean talk", Unit.SECONDS, "talk / ended talks", mean_talk, ("aht",)),
        Metric(
            "aht",
            "Average handle time",
            Unit.SECONDS,
            "(talk + hold + wrap-up) / ended talks",
            average_handle_time,
            ("talk",),
            "Asterisk's queue log counts hold inside talk and has no wrap-up.",
        ),
        Metric("offered", "Offered", Unit.COUNT, "O = A + B + X + W", _counted("offered")),
        Metric("answered", "Answered", Unit.COUNT, "A", _counted("answered")),
        Metric("abandoned", "Abandoned", Unit.COUNT, "B", _counted("abandoned")),
        Metric("left", "Left another way", Unit.COUNT, "X", _counted("left")),
        Metric("waiting", "Waiting", Unit.COUNT, "W", lambda _floor, scope: Figure(float(len(scope.waiting)))),
    )
}


def figure_of(scope: Scope, metric: str) -> Figure:
    """A core metric of this scope, by its name in `METRICS`. Raises KeyError for an unknown one."""
    return METRICS[metric].compute(scope.floor, scope)
