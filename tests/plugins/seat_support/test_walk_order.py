"""The way of a walk: who is next and why, always; who is on duty."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.api import (
    Agent,
    AgentState,
    EndedTalk,
    FloorSnapshot,
    Grid,
    Help,
    MissedRing,
    Note,
    NoteKind,
    Support,
    Visit,
    Walk,
)
from floorwatch.testing import Kit, floors
from floorwatch_seat_support.duty import coverage, is_on_duty, team_of
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.walk_order import Why, stops, walk_of

LIMITS = Limits()
ME = "王芳"
GRID = Grid.of("A01 A02 A03\nA04 A05 A06")


def way(kit: Kit, at: str = "10:41") -> list[tuple[str, Why]]:
    """Seats and reasons in order."""
    floor = kit.floor(at)
    return [(each.agent.seat or "", each.reason.why) for each in stops(floor, LIMITS, walk_of(floor, ME), ME)]


def seats(kit: Kit, at: str = "10:41") -> list[str]:
    """Seats in order."""
    return [seat for seat, _why in way(kit, at)]


def talked(kit: Kit, who: str, start: str, end: str, by: str | None = None) -> None:
    """A call of this agent that is over."""
    call = f"{who} {start}"
    kit.at(start).enters(call, "support").answers(who, call)
    kit.at(end).ends(call, by=by)


# --- who is next ---


def test_a_fresh_floor_is_walked_along_the_aisles(aisles: Kit) -> None:
    assert seats(aisles) == ["A01", "A02", "A03", "A06", "A05", "A04"]


def test_more_urgent_comes_first(aisles: Kit) -> None:
    aisles.at("09:30").visits("李娜", by=ME)
    talked(aisles, "陈静", "10:20", "10:35")
    aisles.at("10:10").note("赵敏", "coaching", by="陈晨", follow_up="再听", due_at=aisles.at("10:45").at)
    aisles.at("10:30").fault(None, "CRM", by="陈晨", seat="A05")
    aisles.at("10:40").asks("刘洋", "退税流程")

    assert way(aisles) == [
        ("A06", Why.HELP),
        ("A05", Why.FAULT),
        ("A03", Why.HARD_CALL),
        ("A04", Why.FOLLOW_UP),
        ("A02", Why.NOT_TODAY),
        ("A01", Why.LONG_AGO),
    ]


def test_of_two_who_ask_the_first_is_first(aisles: Kit) -> None:
    aisles.at("10:39").asks("刘洋")
    aisles.at("10:40").asks("李娜")

    assert seats(aisles)[:2] == ["A06", "A01"]


def test_help_to_which_somebody_else_is_on_the_way_is_no_reason(aisles: Kit) -> None:
    aisles.at("10:39").asks("刘洋", by="刘洋", entry="h1")
    aisles.at("10:40").takes("h1", by="赵敏")

    assert Why.HELP not in dict(way(aisles)).values()


def test_help_that_is_mine_stays_first_until_i_was_there(aisles: Kit) -> None:
    aisles.at("10:39").asks("刘洋", by="刘洋", entry="h1")
    aisles.at("10:40").takes("h1", by=ME)
    assert way(aisles)[0] == ("A06", Why.HELP)

    aisles.at("10:42").visits("刘洋", by=ME)
    assert Why.HELP not in dict(way(aisles, "10:43")).values()


@pytest.mark.parametrize(
    ("start", "end", "by", "is_hard"),
    [
        ("10:30", "10:40", None, True),
        ("10:30:01", "10:40", "caller", False),
        ("10:39:50", "10:40", "caller", True),
        ("10:39:50", "10:40", "agent", False),
        ("10:39:50", "10:40", None, False),
        ("10:10", "10:25", None, False),
    ],
    ids=["long", "the caller ends it, as most do", "hung up on", "the agent ends it", "nobody knows", "long ago"],
)
def test_a_hard_call_is_a_long_one_or_one_that_was_hung_up(
    aisles: Kit, start: str, end: str, by: str | None, is_hard: bool
) -> None:
    talked(aisles, "刘洋", start, end, by)

    assert (way(aisles)[0] == ("A06", Why.HARD_CALL)) is is_hard


def test_a_hard_call_does_not_pass_while_the_walk_goes_on(aisles: Kit) -> None:
    talked(aisles, "刘洋", "10:20", "10:35")
    aisles.at("10:40").walks(ME)

    assert way(aisles, "11:30")[0] == ("A06", Why.HARD_CALL)


def test_a_reason_is_over_when_somebody_was_there(aisles: Kit) -> None:
    talked(aisles, "刘洋", "10:20", "10:35")
    aisles.at("10:36").visits("刘洋", by="赵敏")

    assert way(aisles)[-1] == ("A06", Why.LONG_AGO)


def test_a_telephone_that_failed_is_a_suspected_fault(aisles: Kit) -> None:
    aisles.at("10:40").device_fails("陈静", "unreachable")

    assert way(aisles)[0] == ("A03", Why.FAULT)


def test_missed_rings_on_several_seats_are_a_suspected_fault(aisles: Kit) -> None:
    for at, name in enumerate(["张伟", "陈静", "赵敏", "王强"]):
        aisles.at(f"10:39:0{at}").enters(f"m{at}", "support").rings(name, f"m{at}")
        aisles.at(f"10:39:3{at}").misses(name, f"m{at}", 20_000)

    assert {seat for seat, why in way(aisles) if why is Why.FAULT} == {"A02", "A03", "A04", "A05"}


def test_the_walk_goes_on_from_where_the_walker_is(aisles: Kit) -> None:
    aisles.at("10:30").walks(ME)
    aisles.at("10:31").visits("陈静", by=ME, seat="A03")

    assert seats(aisles) == ["A06", "A05", "A04", "A01", "A02"]


def test_somebody_who_signs_in_behind_the_walker_does_not_move_the_next_seat(aisles: Kit) -> None:
    aisles.at("08:00").signs_in("早班", "support", id="1007", seat="A07")
    aisles.at("10:30").walks(ME)
    aisles.at("10:31").visits("李娜", by=ME)
    aisles.at("10:32").visits("张伟", by=ME)
    before = seats(aisles, "10:33")[0]
    aisles.at("10:34").signs_in("晚到", "support", id="1008", seat="A01")

    assert seats(aisles, "10:35")[0] == before == "A03"


def test_whoever_was_visited_or_passed_is_not_in_the_walk_any_more(aisles: Kit) -> None:
    aisles.at("10:30").walks(ME)
    aisles.at("10:31").visits("李娜", by=ME)
    aisles.at("10:32").passes("张伟", by=ME)
    aisles.at("10:33").visits("陈静", by="赵敏")

    assert set(seats(aisles)) == {"A04", "A05", "A06"}


def test_a_new_reason_brings_somebody_back(aisles: Kit) -> None:
    aisles.at("10:30").walks(ME)
    aisles.at("10:31").visits("李娜", by=ME)
    aisles.at("10:40").asks("李娜")

    assert way(aisles)[0] == ("A01", Why.HELP)


def test_only_one_team_is_walked_where_the_walk_says_so(aisles: Kit) -> None:
    aisles.at("10:30").walks(ME, "B")

    assert set(seats(aisles)) == {"A04", "A05", "A06"}


def test_who_signed_out_is_not_visited_not_even_for_help(aisles: Kit) -> None:
    aisles.at("10:00").asks("李娜")
    aisles.at("10:30").signs_out("李娜")

    assert "A01" not in seats(aisles)


def test_who_was_never_seen_today_is_not_on_duty() -> None:
    unknown = Agent("1", "王芳")
    floor = floors.snapshot()

    assert not is_on_duty(floor, unknown)
    assert not is_on_duty(floor, replace(unknown, state=AgentState.SIGNED_OUT))
    assert is_on_duty(floor, replace(unknown, state=AgentState.PAUSED))


def test_agents_without_a_seat_come_last_in_their_class(aisles: Kit) -> None:
    aisles.at("09:00").signs_in("无座", "support", id="2001")

    assert seats(aisles)[-1] == ""


def test_a_note_kept_at_another_seat_than_the_agent_s_own_is_where_the_walker_is(aisles: Kit) -> None:
    aisles.at("10:30").walks(ME)
    aisles.at("10:31").note("李娜", "state", by=ME, seat="A05")

    assert seats(aisles)[0] == "A05"


def test_rings_in_vain_of_one_seat_are_no_reason(aisles: Kit) -> None:
    ring = MissedRing("1001", "support", floors.NOW - 10)
    floor = replace(aisles.floor("10:41"), missed_rings=(ring, ring, ring))

    assert all(each.reason.why is not Why.FAULT for each in stops(floor, LIMITS, None, ME))


def test_coverage_counts_those_on_duty_and_visits_of_today(aisles: Kit) -> None:
    aisles.at("2026-03-09 15:00").visits("李娜", by=ME)
    aisles.at("10:00").visits("张伟", by="赵敏")
    aisles.at("10:01").visits("陈静", by=ME)
    aisles.at("10:02").signs_out("陈静")

    walked_ = coverage(aisles.floor("10:41"))

    assert (walked_.visited, walked_.on_duty, walked_.share) == (1, 5, 0.2)
    assert coverage(floors.snapshot()).share is None


def test_a_team_is_known_by_setting_name_or_number_and_is_never_guessed(aisles: Kit) -> None:
    aisles.at("09:00").signs_in("双胞胎", "support", id="21", team="A").signs_in("双胞胎", "support", id="22", team="B")
    floor = aisles.floor("10:41")

    assert team_of(floor, "1002", LIMITS) == team_of(floor, "张伟", LIMITS) == "A"
    assert team_of(floor, "张伟", Limits(teams={"张伟": ""})) is None
    assert team_of(floor, "双胞胎", LIMITS) is None
    assert team_of(floor, "", LIMITS) is None


def test_a_follow_up_about_nobody_and_no_seat_sends_nobody_anywhere(floorwatch: Kit) -> None:
    floorwatch.me = "王芳"
    floorwatch.at("09:00").signs_in("李娜", "support", id="1001")
    due = floorwatch.at("10:00").at
    floorwatch.at("09:30").note(None, "check", by="Ada", follow_up="order chairs", due_at=due)

    (stop,) = stops(floorwatch.floor("10:30"), LIMITS, None, "王芳")
    assert stop.reason.why is Why.NOT_TODAY


# --- the order, always ---

AGENTS = 12
moments = st.one_of(st.none(), st.floats(floors.NOW - 30_000, floors.NOW))
people = st.lists(
    st.fixed_dictionaries(
        {
            "state": st.sampled_from(list(AgentState)),
            "seat": st.sampled_from([None, "A01", "A02", "A03", "A10", "C7", "角落"]),
            "visited": moments,
            "visitor": st.sampled_from([ME, "赵敏"]),
            "asked": moments,
            "due": moments,
            "ended": moments,
            "talked": st.sampled_from([5.0, 60.0, 700.0]),
            "fault": st.booleans(),
        }
    ),
    max_size=AGENTS,
)


def floor_of(them: Sequence[Mapping[str, Any]]) -> FloorSnapshot:
    """A floor of these people."""
    agents: dict[str, Agent] = {}
    helps: dict[str, Help] = {}
    notes: dict[str, Note] = {}
    visits: dict[str, Visit] = {}
    for at, each in enumerate(them):
        key = str(1000 + at)
        ended = each["ended"]
        talk = None if ended is None else EndedTalk("c", "support", ended, each["talked"], "caller")
        agents[key] = Agent(key, "李娜", each["seat"], state=each["state"], since=floors.NOW - 10, last_talk=talk)
        if each["visited"] is not None:
            visits[key] = Visit(key, each["visited"], str(each["visitor"]))
        if each["asked"] is not None:
            helps[key] = Help(f"h{at}", key, each["asked"])
        if each["due"] is not None:
            notes[f"n{at}"] = Note(f"n{at}", floors.NOW, ME, NoteKind.STATE, key, follow_up="x", due_at=each["due"])
        if each["fault"]:
            notes[f"f{at}"] = Note(f"f{at}", floors.NOW - at, ME, NoteKind.FAULT, seat=each["seat"], tag="CRM")
    support = Support(
        helps=helps, open_helps=helps, notes=notes, visits=visits,
        follow_ups={key: note for key, note in notes.items() if note.follow_up},
    )  # fmt: skip
    return replace(floors.snapshot(rules=replace(floors.rules(), grid=GRID)), agents=agents, support=support)


@given(people)
def test_everyone_on_duty_stands_in_the_way_exactly_once(them: Sequence[Mapping[str, Any]]) -> None:
    floor = floor_of(them)

    ids = [stop.agent.id for stop in stops(floor, LIMITS, None, ME)]

    assert sorted(ids) == sorted(agent.id for agent in floor.agents.values() if is_on_duty(floor, agent))


@given(people)
def test_a_more_urgent_reason_always_stands_first(them: Sequence[Mapping[str, Any]]) -> None:
    order = [stop.reason.why for stop in stops(floor_of(them), LIMITS, None, ME)]

    assert all(first <= second for first, second in pairwise(order))


@given(people, st.floats(floors.NOW - 20_000, floors.NOW), st.floats(0, 3_000))
def test_within_a_walk_nobody_falls_back_by_time_alone(
    them: Sequence[Mapping[str, Any]], began: float, later: float
) -> None:
    floor = floor_of(them)
    walk = Walk("w", ME, began)

    now = {each.agent.id: each.reason.why for each in stops(floor, LIMITS, walk, ME)}
    after = {each.agent.id: each.reason.why for each in stops(replace(floor, at=floor.at + later), LIMITS, walk, ME)}

    assert now.keys() <= after.keys()
    assert all(after[agent] <= why for agent, why in now.items())
