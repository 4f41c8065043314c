"""The working day as callers make it: ramps, a late-morning peak, a lunch dip, a lower afternoon peak."""

from itertools import pairwise

from floorwatch.simulate.arrivals import arrivals, calls_per_day, level
from floorwatch.simulate.plan import HOUR, Plan, Surge

MIDNIGHT = 1795363200.0


def calls_between(plan: Plan, first: float, last: float) -> int:
    """Calls of the whole floor between two hours of the day."""
    return sum(
        MIDNIGHT + first * HOUR <= at < MIDNIGHT + last * HOUR for queue in plan.queues for at in arrivals(plan, queue)
    )


def test_the_curve_is_closed_at_night_and_peaks_late_in_the_morning() -> None:
    levels = {quarter: level(quarter * HOUR / 4) for quarter in range(96)}

    assert level(3 * HOUR) == level(20 * HOUR) == level(23 * HOUR) == 0.0
    assert max(levels, key=levels.__getitem__) / 4 == 10.5
    assert level(12.5 * HOUR) < level(15.25 * HOUR) < level(10.5 * HOUR)


def test_calls_follow_the_curve() -> None:
    plan = Plan(MIDNIGHT, 24.0, 600, surges=())
    morning, lunch, afternoon = (calls_between(plan, at, at + 1.0) for at in (10.25, 12.25, 14.75))

    assert lunch < 0.8 * afternoon
    assert lunch < 0.8 * morning
    assert calls_between(plan, 20.0, 24.0) == calls_between(plan, 0.0, 8.0) == 0


def test_the_day_brings_about_the_calls_that_are_meant() -> None:
    plan = Plan(MIDNIGHT, 24.0, 600, surges=())

    assert abs(calls_between(plan, 0.0, 24.0) / calls_per_day(plan) - 1) < 0.1


def test_moments_are_in_order_and_within_the_plan() -> None:
    plan = Plan(MIDNIGHT + 10.123 * HOUR, 2.0, 60)
    moments = list(arrivals(plan, plan.queues[0]))

    assert all(before <= after for before, after in pairwise(moments))
    assert plan.start <= moments[0]


def test_a_surge_multiplies_one_queue_for_its_time() -> None:
    plan = Plan(MIDNIGHT, 24.0, 300, surges=(Surge("sales", 14 * HOUR, HOUR, 3.0),))
    calm = Plan(MIDNIGHT, 24.0, 300, surges=())
    sales, support = plan.queues[1], plan.queues[0]

    def in_the_hour(plan: Plan) -> int:
        return sum(MIDNIGHT + 14 * HOUR <= at < MIDNIGHT + 15 * HOUR for at in arrivals(plan, sales))

    assert in_the_hour(plan) > 2 * in_the_hour(calm)
    assert list(arrivals(plan, support)) == list(arrivals(calm, support))
