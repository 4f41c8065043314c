"""A simulated floor is a floor: its events fold without a misfit, and the identity of METRICS.md holds."""

from zoneinfo import ZoneInfo

from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import AgentState, Fact
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from floorwatch.model.targets import FloorRules
from floorwatch.simulate.plan import HOUR, Plan
from floorwatch.simulate.staff import people, people_csv


def folded(day: Plan, events: list[Event]) -> Floor:
    rules = FloorRules(days=FloorDays(ZoneInfo(day.zone)))
    floor = Floor(rules, read_people(people_csv(day)), frozenset(Fact))
    for event in events:
        floor.apply(event, "simulated")
    floor.take("simulated", events[-1].at, ())
    return floor


def test_a_whole_day_folds_without_a_misfit_and_ends_with_everyone_at_home(day: Plan, events: list[Event]) -> None:
    floor = folded(day, events).snapshot(day.end)

    assert not floor.feeds["simulated"].misfits
    assert not floor.waiting
    assert not floor.talks
    assert {agent.state for agent in floor.agents.values()} == {AgentState.SIGNED_OUT}


def test_in_the_middle_of_the_day_offered_is_answered_abandoned_left_and_waiting(
    day: Plan, events: list[Event]
) -> None:
    now = day.start + 3.7 * HOUR
    floor = folded(day, [event for event in events if event.at <= now]).snapshot(now)
    counts = floor.total.counts
    left = counts.left_timeout + counts.left_key + counts.left_empty

    assert counts.offered == counts.answered + counts.abandoned + left + len(floor.waiting)
    assert set(floor.agents) <= {who.employee for who in people(day)}
    assert {agent.state for agent in floor.agents.values()} >= {AgentState.ON_CALL, AgentState.WRAP_UP}
