"""What holds of any plan: it is in order, swaps lose no minute, leave that is taken back was never there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model.duty import Duty
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import moved, plan_of
from tests.roster.duties import duty, floor, leave
from tests.roster.plain_duty import AGENTS, MINUTE, Case, cases

EXAMPLES = 80


def floor_of(case: Case, held: Duty | None = None) -> FloorSnapshot:
    return floor(case.duty if held is None else held, case.start, zone=case.zone, starts=case.starts)


def scheduled(watched: FloorSnapshot, date: str) -> float:
    return sum(planned.seconds for planned in plan_of(watched, date).by_agent.values())


@settings(max_examples=EXAMPLES)
@given(cases())
def test_stints_are_in_order_apart_and_longer_than_nothing(case: Case) -> None:
    for days in (-1, 0, 1):
        for planned in plan_of(floor_of(case), moved(case.date, days)).by_agent.values():
            assert all(stint.start < stint.end for stint in planned.stints)
            ends = [stint.end for stint in planned.stints]
            assert all(end <= stint.start for end, stint in zip(ends, planned.stints[1:], strict=False))
            assert planned.is_off == (not planned.stints)


@settings(max_examples=EXAMPLES)
@given(cases(), st.integers(-120, 30 * 60))
def test_a_plan_says_what_the_plain_one_says(case: Case, minute: int) -> None:
    at = case.start + minute * MINUTE
    for days in (-1, 0, 1):
        date = moved(case.date, days)
        plan = plan_of(floor_of(case), date).by_agent
        for agent in AGENTS:
            told = plan[agent].activity_at(at) if agent in plan else None
            assert told == case.activity(agent, date, at)


@settings(max_examples=EXAMPLES)
@given(cases())
def test_swaps_never_change_the_scheduled_minutes_of_a_day(case: Case) -> None:
    with_swaps, without = duty(case.shifts, swaps=case.swaps), duty(case.shifts)
    for days in (-1, 0, 1):
        date = moved(case.date, days)
        assert scheduled(floor_of(case, with_swaps), date) == scheduled(floor_of(case, without), date)


@settings(max_examples=EXAMPLES)
@given(cases(), st.sampled_from(AGENTS), st.integers(0, 1439), st.integers(1, 1440))
def test_leave_takes_nothing_that_it_does_not_cover_and_gives_all_back(
    case: Case, agent: str, minute: int, length: int
) -> None:
    start = case.start + minute * MINUTE
    end = start + length * MINUTE
    before = plan_of(floor_of(case, duty(case.shifts)), case.date)
    during = plan_of(floor_of(case, duty(case.shifts, leaves=[leave(agent, start, end)])), case.date)
    after = plan_of(floor_of(case, duty(case.shifts, leaves=[leave(agent, start, end, withdrawn=True)])), case.date)
    assert after == before
    assert {who: each for who, each in during.by_agent.items() if who != agent} == {
        who: each for who, each in before.by_agent.items() if who != agent
    }
    if agent in before.by_agent:
        lost = before.by_agent[agent].seconds - during.by_agent[agent].seconds
        assert 0 <= lost <= max(end - start, 25 * 3600)
        assert (during.by_agent[agent].leave is not None) == (lost > 0)
