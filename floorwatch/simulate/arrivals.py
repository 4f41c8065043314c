"""When callers ring in: a Poisson stream whose rate follows the working day, a queue at a time.

Rules
- The day ramps up from 08:00, peaks late in the morning, dips over lunch, peaks lower in the afternoon, and ends at
  20:00. Days differ by a few per cent; a surge multiplies one queue for a while.
- Each queue draws from its own chances, so that what happens on the floor never moves an arrival.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from math import sqrt
from random import Random

from floorwatch.simulate.plan import HOUR, Plan, QueuePlan, Surge, midnights

_MINUTE = 60
_WAVE_SECONDS = 900
_QUEUE_WAVE = 0.13
_FLOOR_WAVE = 0.07
"""Real floors vary more than Poisson: each quarter of an hour, queues and the floor are this much off (deviation)."""

CURVE: tuple[tuple[float, float], ...] = (
    (8.0, 0.10),
    (8.5, 0.38),
    (9.0, 0.74),
    (9.75, 0.96),
    (10.5, 1.00),
    (11.25, 0.96),
    (11.75, 0.80),
    (12.25, 0.70),
    (13.0, 0.70),
    (13.5, 0.84),
    (14.25, 0.94),
    (15.25, 0.95),
    (16.25, 0.88),
    (17.0, 0.62),
    (18.0, 0.28),
    (19.0, 0.11),
    (20.0, 0.05),
)
"""(hour of the floor's day, calls relative to the peak); straight lines between, nothing outside."""

_HOURS = [hour for hour, _ in CURVE]
_MEAN_HOURS = sum((after - hour) * (level + later) / 2 for (hour, level), (after, later) in pairwise(CURVE))
"""The area under the curve: hours at the peak rate that would bring as many calls as the day does."""


def level(clock: float) -> float:
    """How busy the floor is at this time of its day (seconds), relative to the peak."""
    hour = clock / HOUR
    if not _HOURS[0] <= hour < _HOURS[-1]:
        return 0.0
    place = bisect_right(_HOURS, hour)
    (before, low), (after, high) = CURVE[place - 1], CURVE[place]
    return low + (high - low) * (hour - before) / (after - before)


def calls_per_day(plan: Plan) -> float:
    """The calls of a usual day. A small floor gets fewer for each agent: it needs more slack for the same waits."""
    slack = 1 - 1.0 / sqrt(plan.agents + 3)
    return plan.agents * plan.calls_per_agent * slack


def arrivals(plan: Plan, queue: QueuePlan) -> Iterator[float]:
    """The moments, epoch seconds UTC in order, at which somebody calls this queue, from the plan's start to its end."""
    random = Random(f"{plan.seed}/arrivals/{queue.name}")
    until_next = random.expovariate(1.0)
    for at, expected in _minutes(plan, queue, random):
        to_come = expected
        while until_next <= to_come:
            to_come -= until_next
            until_next = random.expovariate(1.0)
            if (moment := at + _MINUTE * (1 - to_come / expected)) >= plan.start:
                yield moment
        until_next -= to_come


def _minutes(plan: Plan, queue: QueuePlan, random: Random) -> Iterator[tuple[float, float]]:
    """(start, expected calls) of every open minute of the plan."""
    share = queue.weight / sum(each.weight for each in plan.queues)
    peak = calls_per_day(plan) * share / _MEAN_HOURS * _MINUTE / HOUR
    for day, midnight in enumerate(midnights(plan)):
        surges = _surges(plan, day, queue)
        everyone = Random(f"{plan.seed}/day/{day}")
        today = peak * everyone.uniform(0.96, 1.04)
        wave = 1.0
        for clock in range(int(_HOURS[0] * HOUR), int(_HOURS[-1] * HOUR), _MINUTE):
            if clock % _WAVE_SECONDS == 0:
                wave = max(0.4, random.gauss(1.0, _QUEUE_WAVE) * everyone.gauss(1.0, _FLOOR_WAVE))
            at = midnight + clock
            if at >= plan.end:
                return
            if at + _MINUTE > plan.start:
                yield at, today * wave * level(clock) * _factor(surges, clock)


def _surges(plan: Plan, day: int, queue: QueuePlan) -> list[Surge]:
    """This day's surges on this queue: the plan's own, or one on some queue late in the morning."""
    surges = plan.surges
    if surges is None:
        random = Random(f"{plan.seed}/surge/{day}")
        hit = random.choices(plan.queues, [each.weight for each in plan.queues])[0]
        surges = (Surge(hit.name, random.uniform(10.25, 11.0) * HOUR, random.uniform(600, 1100)),)
    return [surge for surge in surges if surge.queue == queue.name]


def _factor(surges: list[Surge], clock: float) -> float:
    """What the surges make of the rate at this time of day."""
    factor = 1.0
    for surge in surges:
        if surge.clock <= clock < surge.clock + surge.seconds:
            factor *= surge.factor
    return factor
