"""Who may go on a break now: in which order, for how long, and never more than the minimum lets go."""

import pytest
from msgspec.structs import replace

from floorwatch.model.duty import Activity, Duty, Presence, Spell
from floorwatch.model.duty_rules import DutyRules, Minimum, NoonRules, When
from floorwatch.model.entities import Agent, AgentState, Fact, Talk
from floorwatch.model.people import People, Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import may_break
from tests.roster.duties import BREAK, LUNCH, MEETING, at, duty, floor, shift

CALLS = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES})
DAY = (9, 18)
CREW = ("a", "b", "c", "d")
QUARTER_HOUR = 900.0


def rules(agents: int, start: int = 0, end: int = 1440) -> DutyRules:
    return DutyRules(minimums=(Minimum(start, end, agents),), noon=NoonRules(when=When.NEVER))


def crew(*those: str) -> Duty:
    return duty([shift(agent, DAY) for agent in those or CREW])


def watched(held: Duty, hour: float, agents: dict[str, AgentState], needed: int = 0) -> FloorSnapshot:
    """A floor with a call feed on which everybody signed in at nine."""
    known = [Agent(agent, agent, state=state, since=at(9)) for agent, state in agents.items()]
    spells = {
        agent: (
            (Spell(Presence.PHONES, at(9), at(hour) - 60), Spell(Presence.PAUSED, at(hour) - 60, reason="x"))
            if state is AgentState.PAUSED
            else (Spell(Presence.PHONES, at(9)),)
        )
        for agent, state in agents.items()
    }
    return replace(floor(held, at(hour), rules=rules(needed), agents=known, gives=CALLS), spells=spells)


def names(snapshot: FloorSnapshot, team: str | None = None) -> list[str]:
    return [offer.agent for offer in may_break(snapshot, team)]


def test_nobody_may_go_where_nobody_is() -> None:
    assert may_break(floor(Duty())) == ()
    assert may_break(floor(crew(), at(20))) == ()


def test_as_many_may_go_as_there_are_hands_to_spare() -> None:
    for needed, going in ((0, 4), (3, 1), (4, 0), (5, 0)):
        assert len(may_break(floor(crew(), at(10), rules=rules(needed)))) == going


def test_a_minimum_that_begins_within_the_break_holds_them_back() -> None:
    soon = rules(4, start=10 * 60 + 10)
    assert len(may_break(floor(crew(), at(10), rules=soon))) == 0
    assert len(may_break(floor(crew(), at(10) - 300, rules=soon))) == 4  # back in the minute in which it begins


def test_a_shift_that_ends_within_the_break_is_not_missed_after_its_end() -> None:
    held = duty([shift("a", (9, 10.1)), shift("b", DAY), shift("c", (10.1, 18))])
    needed = DutyRules(minimums=(Minimum(0, 606, 1), Minimum(606, 1440, 2)), noon=NoonRules(when=When.NEVER))
    assert names(floor(held, at(10), rules=needed)) == ["a"]


def test_a_planned_break_within_the_break_costs_no_hand() -> None:
    held = duty([shift("a", (9, 10), (10, 10.25, BREAK), (10.25, 18)), shift("b", DAY)])
    agents = dict.fromkeys(("a", "b"), AgentState.AVAILABLE)
    assert names(watched(held, 10, agents, needed=1)) == ["a"]


def test_an_offer_without_a_due_break_is_a_short_one() -> None:
    (offer,) = may_break(floor(crew("a"), at(10), rules=rules(0)))
    assert (offer.activity, offer.until, offer.due) == (BREAK, at(10) + QUARTER_HOUR, None)


def test_a_break_that_was_missed_is_offered_in_its_own_length_and_first() -> None:
    late_lunch = shift("b", (9, 11), (11, 11.5, LUNCH), (11.5, 18))
    held = duty([shift("a", DAY), late_lunch, shift("c", DAY)])
    first, *_others = may_break(watched(held, 12, dict.fromkeys("abc", AgentState.AVAILABLE)))
    assert (first.agent, first.activity, first.until, first.due) == ("b", LUNCH, at(12.5), 3600.0)


def test_a_break_that_was_taken_is_not_due() -> None:
    held = duty([shift("a", (9, 10), (10, 10.25, BREAK), (10.25, 18))])
    before = watched(held, 12, {"a": AgentState.AVAILABLE})
    spells = (
        Spell(Presence.PHONES, at(9), at(10)),
        Spell(Presence.PAUSED, at(10), at(10.25), reason="break"),
        Spell(Presence.PHONES, at(10.25)),
    )
    (offer,) = may_break(replace(before, spells={"a": spells}))
    assert offer.due is None


def test_of_two_breaks_that_were_missed_the_longer_due_goes_first() -> None:
    held = duty(
        [
            shift("a", (9, 11), (11, 11.25, BREAK), (11.25, 18)),
            shift("b", (9, 10), (10, 10.25, BREAK), (10.25, 18)),
        ]
    )
    assert names(watched(held, 12, dict.fromkeys("ab", AgentState.AVAILABLE), needed=1)) == ["b"]


def test_without_a_call_feed_nobody_knows_of_a_missed_break() -> None:
    held = duty([shift("a", (9, 10), (10, 10.25, BREAK), (10.25, 18))])
    assert [offer.due for offer in may_break(floor(held, at(12), rules=rules(0)))] == [None]
    assert may_break(floor(held, at(10.1), rules=rules(0))) == ()


def test_those_who_have_been_on_the_telephones_longest_go_before_others() -> None:
    held = duty([shift("a", (11, 20)), shift("b", (9, 18)), shift("c", (10, 19))])
    assert names(floor(held, at(12), rules=rules(1))) == ["b", "c"]


@pytest.mark.parametrize("state", [AgentState.PAUSED, AgentState.SIGNED_OUT, AgentState.FAULT])
def test_who_is_not_on_the_telephones_is_neither_offered_nor_counted_on(state: AgentState) -> None:
    agents = {**dict.fromkeys(("a", "b", "c"), AgentState.AVAILABLE), "d": state}
    assert len(may_break(watched(crew(), 10, agents, needed=2))) == 1
    assert "d" not in names(watched(crew(), 10, agents))


def test_a_long_call_holds_somebody_and_a_common_one_does_not() -> None:
    agents = dict.fromkeys(("a", "b"), AgentState.ON_CALL)
    snapshot = watched(crew("a", "b"), 10, agents)
    talks = {
        ("q", "1"): Talk("1", "q", "queue_log", "a", at(10) - 301),
        ("q", "2"): Talk("2", "q", "queue_log", "b", at(10) - 299),
    }
    busy = {agent: replace(snapshot.agents[agent], calls=(key,)) for agent, key in zip(("a", "b"), talks, strict=True)}
    assert names(replace(snapshot, agents=busy, talks=talks)) == ["b"]


def test_who_is_in_a_meeting_by_the_plan_is_not_offered_a_break() -> None:
    held = duty([shift("a", (9, 11, MEETING), (11, 18))])
    assert may_break(watched(held, 10, {"a": AgentState.AVAILABLE})) == ()


def test_whom_the_call_feed_does_not_know_stands_where_the_plan_has_them() -> None:
    held = crew("a", "b")
    marked_here = watched(held, 10, {"a": AgentState.AVAILABLE, "b": AgentState.UNKNOWN}, needed=1)
    assert names(marked_here) == ["a"]


def test_a_team_is_offered_what_the_whole_floor_can_spare() -> None:
    people = People([Person("a", "a", team="A"), Person("b", "b", team="B")])
    both = replace(floor(crew("a", "b"), at(10), rules=rules(1)), people=people)
    assert (names(both, "A"), names(both, "B"), names(both)) == (["a"], ["b"], ["a"])


def test_a_floor_that_is_short_lets_nobody_go_but_those_whom_it_does_not_count_on() -> None:
    held = duty([shift("a", (9, 10), (10, 11, LUNCH), (11, 18)), shift("b", DAY)])
    agents = dict.fromkeys(("a", "b"), AgentState.AVAILABLE)
    (offer,) = may_break(watched(held, 10, agents, needed=5))
    assert (offer.agent, offer.activity) == ("a", Activity.LUNCH)
