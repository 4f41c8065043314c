"""Health tells slow, stalled and faulted apart, and says when to try again."""

from hypothesis import given
from hypothesis import strategies as st

from floorwatch.host.failure import Failure
from floorwatch.host.health import HEALTHY, Health, HealthState, may_run, overdue, raised, retried, returned

BOOM = Failure("ValueError: boom (mine.py:3)", "Traceback ...")
FAST, SLOW = 0.01, 0.08


def after(*runs: float, health: Health = HEALTHY) -> Health:
    """The health after runs of these lengths."""
    for seconds in runs:
        health = returned(health, seconds, 10.0)
    return health


def test_two_slow_runs_are_nothing_and_three_are_slow() -> None:
    assert after(SLOW, SLOW).state is HealthState.OK
    assert after(SLOW, SLOW, FAST, SLOW, SLOW).state is HealthState.OK
    slow = after(SLOW, SLOW, SLOW)
    assert (slow.state, slow.reason, slow.since) == (HealthState.SLOW, "slow: 80 ms, more than 50 ms", 10.0)


def test_three_fast_runs_clear_slow_and_two_do_not() -> None:
    slow = after(SLOW, SLOW, SLOW)

    assert after(FAST, FAST, health=slow).state is HealthState.SLOW
    assert after(FAST, FAST, SLOW, FAST, FAST, health=slow).state is HealthState.SLOW
    assert after(FAST, FAST, FAST, health=slow).state is HealthState.OK


def test_exactly_fifty_milliseconds_is_not_slow() -> None:
    assert after(0.05, 0.05, 0.05).state is HealthState.OK


def test_a_fault_has_its_reason_and_holds_the_next_run_back() -> None:
    health = raised(HEALTHY, BOOM, 10.0)

    assert (health.state, health.reason, health.traceback) == (HealthState.FAULTED, BOOM.reason, BOOM.traceback)
    assert not may_run(health, 10.9)
    assert may_run(health, 11.0)


def test_back_off_doubles_up_to_a_minute_and_a_success_forgets_it() -> None:
    health, waits = HEALTHY, []
    for _ in range(9):
        health = raised(health, BOOM, 10.0)
        waits.append((health.backoff_until or 0.0) - 10.0)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    well = returned(health, FAST, 90.0)
    assert (well.state, well.backoff_until, well.faults, well.faults_ever) == (HealthState.OK, None, 0, 9)
    assert raised(well, BOOM, 100.0).backoff_until == 101.0


def test_faults_for_years_are_still_a_minute() -> None:
    health = Health(faults=100_000)

    assert raised(health, BOOM, 0.0).backoff_until == 60.0


def test_the_state_since_is_that_of_the_first_fault_in_a_row() -> None:
    assert raised(raised(HEALTHY, BOOM, 10.0), BOOM, 20.0).since == 10.0


def test_a_run_that_is_not_back_after_a_second_is_stalled_since_it_began() -> None:
    assert overdue(HEALTHY, 10.0, 11.0) is HEALTHY
    assert overdue(HEALTHY, None, 11.0) is HEALTHY
    stalled = overdue(HEALTHY, 10.0, 11.01)
    assert (stalled.state, stalled.since) == (HealthState.STALLED, 10.0)


def test_a_stalled_run_that_comes_back_is_well_and_one_that_raises_is_faulted() -> None:
    stalled = overdue(HEALTHY, 10.0, 12.0)

    assert returned(stalled, 3.0, 13.0).state is HealthState.OK
    assert raised(stalled, BOOM, 13.0).state is HealthState.FAULTED


def test_retry_forgets_all_but_the_count_of_faults() -> None:
    health = retried(raised(after(SLOW, SLOW, SLOW), BOOM, 10.0))

    assert health == Health(faults_ever=1)
    assert may_run(health, 0.0)


@given(st.lists(st.floats(0, 0.2)))
def test_slow_is_latched_by_three_in_a_row_and_nothing_else(runs: list[float]) -> None:
    slow = False
    for end in range(3, len(runs) + 1):
        last = [seconds > 0.05 for seconds in runs[end - 3 : end]]
        slow = last[0] if len(set(last)) == 1 else slow

    assert (after(*runs).state is HealthState.SLOW) == slow
