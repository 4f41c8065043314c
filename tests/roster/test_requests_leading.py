"""How teams are led now: span of control, mentor pairs, leaders on long calls."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.model.duty import HandMark, MarkKind, Presence, Spell
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import AgentState
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import Cover, leaders_held, pairs_away, span_of_control
from floorwatch.testing import floors
from tests.roster.asked_floor import TODAY, moment, person, rostered, with_lunch, work

LEADER = person("9001", "王芳", role="TL")
PAIR = [person("1007", "李娜"), person("1004", "张伟", mentor="李娜")]


def shown(*parts: Any) -> FloorSnapshot:
    """What the call feed shows: whoever is signed in has been there since nine."""
    floor = floors.snapshot(*parts)
    there = [agent.id for agent in floor.agents.values() if agent.state is not AgentState.SIGNED_OUT]
    nine = moment("2026-03-10 09:00")
    return replace(floor, spells={agent: (Spell(Presence.PHONES, nine),) for agent in there})


def marked(agent: str, kind: MarkKind = MarkKind.ABSENT) -> dict[str, HandMark]:
    """Somebody is absent by hand."""
    return {f"m{agent}": HandMark(f"m{agent}", agent, TODAY, kind, moment("2026-03-10 09:30"), by="王芳", at=1.0)}


# --- span of control ---


def test_without_a_leader_in_the_people_file_nothing_is_said_of_the_span() -> None:
    assert span_of_control(rostered()) is None
    assert span_of_control(rostered(work("1007", TODAY), people=PAIR)) is None


def test_leaders_and_agents_on_duty_are_counted_by_the_plan() -> None:
    agents = [work(f"a{n}", TODAY) for n in range(41)]
    floor = rostered(work("9001", TODAY), work("9002", TODAY, "18:00", "23:00"), *agents, people=[LEADER])

    assert span_of_control(floor) == Cover(1, 41, 20)
    cover = span_of_control(rostered(work("9001", TODAY), *agents, people=[LEADER], rules=DutyRules(span=41)))
    assert cover is not None
    assert not cover.is_short


@pytest.mark.parametrize(("agents", "is_short"), [(20, False), (21, True), (0, False)])
def test_one_leader_can_lead_twenty(agents: int, is_short: bool) -> None:
    assert Cover(1, agents, 20).is_short is is_short


def test_who_is_absent_is_not_on_duty() -> None:
    floor = rostered(work("9001", TODAY), work("1007", TODAY), people=[LEADER], marks=marked("9001"))

    assert span_of_control(floor) == Cover(0, 1, 20)


def test_without_a_roster_who_is_signed_in_counts_if_a_leader_ever_is() -> None:
    parts = floors.agent("1007"), floors.agent("1004", state=AgentState.SIGNED_OUT)

    assert span_of_control(rostered(floor=shown(*parts), people=[LEADER])) is None
    with_leader = shown(*parts, floors.agent("9001"))
    assert span_of_control(rostered(floor=with_leader, people=[LEADER])) == Cover(1, 1, 20)


def test_a_leader_without_a_telephone_is_where_the_plan_has_them() -> None:
    floor = rostered(work("9001", TODAY), work("1007", TODAY), floor=shown(floors.agent("1007")), people=[LEADER])

    assert span_of_control(floor) == Cover(1, 1, 20)


# --- mentor pairs ---


def test_a_pair_is_away_when_both_are_and_should_not_be() -> None:
    shifts = work("1007", TODAY), work("1004", TODAY)

    assert pairs_away(rostered(*shifts, people=PAIR)) == ()
    assert pairs_away(rostered(*shifts, people=PAIR, marks=marked("1007"))) == ()
    both = {**marked("1007"), **marked("1004")}
    assert pairs_away(rostered(*shifts, people=PAIR, marks=both)) == (("1007", "1004"),)


def test_a_pair_of_whom_one_is_off_is_no_pair_today() -> None:
    floor = rostered(work("1007", TODAY), people=PAIR, marks=marked("1007"))

    assert pairs_away(floor) == ()


def test_both_at_lunch_by_the_plan_are_away_and_one_who_is_seen_on_the_phones_is_not() -> None:
    shifts = [with_lunch(work(agent, TODAY)) for agent in ("1007", "1004")]
    noon = "2026-03-10 12:30"

    assert pairs_away(rostered(*shifts, people=PAIR, now=noon)) == (("1007", "1004"),)
    seen = shown(floors.agent("1007"))
    assert pairs_away(rostered(*shifts, people=PAIR, now=noon, floor=seen)) == ()


def test_both_paused_for_a_break_are_away_without_a_roster_too() -> None:
    parts = [floors.agent(agent, state=AgentState.PAUSED, reason="午餐") for agent in ("1007", "1004")]
    assert pairs_away(rostered(floor=shown(*parts), people=PAIR)) == (("1007", "1004"),)

    meeting = [floors.agent(agent, state=AgentState.PAUSED, reason="会议") for agent in ("1007", "1004")]
    assert pairs_away(rostered(floor=shown(*meeting), people=PAIR)) == ()


def test_a_mentor_whom_nobody_knows_or_oneself_makes_no_pair() -> None:
    people = [person("1004", mentor="nobody"), person("1005", mentor="1005")]
    both = {**marked("1004"), **marked("1005")}

    assert pairs_away(rostered(work("1004", TODAY), work("1005", TODAY), people=people, marks=both)) == ()


# --- leaders on calls ---


def test_a_leader_on_a_long_call_is_held() -> None:
    floor = shown(floors.talking("9001", "王芳", "support", 301), floors.talking("1007", "李娜", "support", 900))
    held = replace(rostered(people=[LEADER], floor=floor), at=floors.NOW)

    assert leaders_held(held) == (("9001", floors.NOW - 301),)
    assert leaders_held(replace(held, at=floors.NOW - 2)) == ()
    assert leaders_held(rostered()) == ()
