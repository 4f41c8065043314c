"""Coverage equals a plain count of every minute, and whoever is offered a break may go with all the others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model.duty_rules import DutyRules, Minimum, NoonRules, When
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import STEP_SECONDS, may_break, minimum_at, now, plan_of, steps
from tests.roster.duties import floor
from tests.roster.plain_duty import AGENTS, MINUTE, Case, cases

EXAMPLES = 60
_minutes = st.integers(0, 1439) | st.integers(0, 95).map(lambda quarter: quarter * 15)
_minimums = st.lists(
    st.builds(
        lambda start, length, agents: Minimum(start, start + length, agents),
        _minutes,
        st.integers(1, 600),
        st.integers(1, 4),
    ),
    max_size=2,
).map(tuple)
_noons = st.builds(NoonRules, when=st.sampled_from((When.ALWAYS, When.NEVER)))
_rules = st.builds(lambda minimums, noon: DutyRules(minimums=minimums, noon=noon), _minimums, _noons)


def floor_of(case: Case, at: float, rules: DutyRules | None = None) -> FloorSnapshot:
    return floor(case.duty, at, zone=case.zone, starts=case.starts, rules=rules)


@settings(max_examples=EXAMPLES)
@given(cases(), st.integers(-60, 26 * 60), st.integers(1, 300))
def test_steps_equal_a_plain_count_of_every_minute(case: Case, minute: int, length: int) -> None:
    start = case.start + minute * MINUTE
    end = start + length * MINUTE
    found = steps(floor_of(case, start), start, end)
    plain: dict[float, list[int]] = {}
    for passed in range(length):
        at = start + passed * MINUTE
        plain.setdefault(at // STEP_SECONDS * STEP_SECONDS, []).append(case.on_phones(at))
    assert {step.start: step.scheduled for step in found} == {at: min(counts) for at, counts in plain.items()}
    assert all(step.expected == step.scheduled for step in found)


@settings(max_examples=EXAMPLES)
@given(cases(), st.integers(-60, 26 * 60))
def test_the_hands_of_now_are_those_of_a_plain_count(case: Case, minute: int) -> None:
    at = case.start + minute * MINUTE
    assert now(floor_of(case, at)).scheduled == case.on_phones(at)


@settings(max_examples=EXAMPLES)
@given(cases(), _rules, st.integers(0, 24 * 60))
def test_a_step_needs_the_most_that_any_minute_of_it_needs(case: Case, rules: DutyRules, minute: int) -> None:
    start = case.start + minute * MINUTE
    watched = floor_of(case, start, rules)
    for step in steps(watched, start, start + 3 * 3600):
        first, last = max(step.start, start), min(step.start + STEP_SECONDS, start + 3 * 3600)
        minutes = [first + passed * MINUTE for passed in range(int((last - first) // MINUTE))]
        assert step.minimum == max(minimum_at(watched, at) for at in minutes)


@settings(max_examples=EXAMPLES)
@given(cases(), _rules, st.integers(0, 24 * 60))
def test_all_who_are_offered_a_break_may_go_at_once(case: Case, rules: DutyRules, minute: int) -> None:
    at = case.start + minute * MINUTE
    watched = floor_of(case, at, rules)
    offers = may_break(watched)
    assert len({offer.agent for offer in offers}) == len(offers)
    gone = [offer.agent for offer in offers]
    until = max((offer.until for offer in offers), default=at)
    for passed in range(int((until - at) // MINUTE)):
        moment = at + passed * MINUTE
        hands = case.on_phones(moment)
        missed = sum(case.on_phones_alone(agent, moment) for agent in gone)
        assert not missed or hands - missed >= minimum_at(watched, moment)


@settings(max_examples=EXAMPLES)
@given(cases(), st.integers(0, 24 * 60))
def test_without_a_minimum_everybody_on_the_telephones_may_go(case: Case, minute: int) -> None:
    watched = floor_of(case, case.start + minute * MINUTE, DutyRules(noon=NoonRules(when=When.NEVER)))
    assert {offer.agent for offer in may_break(watched)} == {
        agent for agent in AGENTS if case.on_phones_alone(agent, watched.at)
    }


@settings(max_examples=EXAMPLES)
@given(cases(), st.integers(0, 24 * 60))
def test_steps_go_to_the_end_of_the_last_shift(case: Case, minute: int) -> None:
    watched = floor_of(case, case.start + minute * MINUTE)
    found = steps(watched)
    ends = [each.end for each in plan_of(watched).by_agent.values() if each.end is not None and each.end > watched.at]
    if ends:
        assert found[0].start <= watched.at < found[0].start + STEP_SECONDS
        assert found[-1].start + STEP_SECONDS >= max(ends)
