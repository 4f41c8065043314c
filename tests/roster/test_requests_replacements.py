"""Who could come in another's place, and in which order they are offered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model.duty import ShiftKind
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import AgentState
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import Candidate, Objection, plan_of, replacements
from floorwatch.testing import floors
from tests.roster.asked_floor import (
    GRANTED,
    NOW,
    TODAY,
    TOMORROW,
    day,
    day_off,
    hours,
    leave,
    person,
    rostered,
    with_lunch,
    work,
)

START, END = hours(TODAY, "12:00", "18:00")


def offered(floor: FloorSnapshot, start: float = START, end: float = END) -> dict[str, Candidate]:
    """Who could come in the place of 1007, by id and in order."""
    return {each.agent: each for each in replacements(floor, "1007", start, end)}


def test_nobody_is_offered_on_an_empty_floor() -> None:
    assert replacements(rostered(), "1007", START, END) == ()


def test_only_those_who_are_off_then_are_offered() -> None:
    floor = rostered(
        work("1007", TODAY), work("1004", TODAY), day_off("1009", TODAY), work("1010", TODAY, "06:00", "12:00")
    )

    assert list(offered(floor)) == ["1009", "1010"]


def test_the_absent_person_is_not_offered() -> None:
    assert "1007" not in offered(rostered(day_off("1007", TODAY), day_off("1009", TODAY)))


def test_somebody_of_the_people_file_whom_no_roster_names_comes_last() -> None:
    people = [person("1007", team="A"), person("1004", team="A"), person("1009", team="A")]
    floor = rostered(work("1007", TODAY), work("1009", day(2)), day_off("1009", TODAY), people=people)

    assert list(offered(floor)) == ["1009", "1004"]


def test_whoever_is_on_leave_is_none_and_whoever_asked_for_it_is_not_free() -> None:
    floor = rostered(
        day_off("1004", TODAY),
        day_off("1009", TODAY),
        day_off("1010", TODAY, ShiftKind.LEAVE, "年"),
        leaves=[leave("1004", TODAY, ticks=GRANTED), leave("1009", TODAY, entry="l2")],
    )

    assert {agent: one.objections for agent, one in offered(floor).items()} == {"1009": (Objection.NOT_FREE,)}


def test_a_day_that_nobody_can_explain_is_not_surely_free() -> None:
    floor = rostered(day_off("1004", TODAY, ShiftKind.UNKNOWN, "机动"))

    assert offered(floor)["1004"].objections == (Objection.NOT_FREE,)


def test_a_night_before_leaves_too_little_rest() -> None:
    floor = rostered(work("1004", day(-1), "22:00", "06:00"), day_off("1009", TODAY))

    found = offered(floor)
    assert list(found) == ["1009", "1004"]
    assert found["1004"].objections == (Objection.REST,)
    assert found["1004"].rest_seconds == 6 * 3600
    assert found["1009"].rest_seconds is None


def test_the_rest_after_counts_as_well() -> None:
    start, end = hours(TODAY, "22:00", "06:00")
    floor = rostered(work("1004", TOMORROW, "08:00", "17:00"))

    found = offered(floor, start, end)["1004"]
    assert (found.rest_seconds, found.objections) == (2 * 3600, (Objection.REST,))


def test_the_hours_of_seven_days_count_without_lunch() -> None:
    week = [with_lunch(work("1004", day(-n))) for n in range(1, 6)]
    floor = rostered(*week)

    found = offered(floor)["1004"]
    assert found.week_seconds == (5 * 8 + 6) * 3600
    assert found.objections == (Objection.HOURS,)
    assert offered(rostered(*week, rules=DutyRules(week_seconds=46 * 3600)))["1004"].objections == ()


def test_a_skill_of_the_absent_is_wanted() -> None:
    people = [
        person("1007", skills=("tax", "sales")),
        person("1004", skills=("TAX", "sales", "vip")),
        person("1009", skills=("tax",)),
    ]
    found = offered(rostered(work("1007", TODAY), people=people))

    assert list(found) == ["1004", "1009"]
    assert found["1009"].objections == (Objection.NOT_SKILLED,)


def test_without_a_people_file_the_queues_are_the_skills_also_of_those_who_have_left_them() -> None:
    shown = floors.snapshot(
        floors.agent("1007", queues=["tax"]),
        floors.agent("1004", state=AgentState.SIGNED_OUT, queues=["tax"]),
        floors.agent("1009", state=AgentState.SIGNED_OUT, queues=["sales"]),
    )
    floor = rostered(day_off("1004", TODAY), day_off("1009", TODAY), floor=shown)

    assert {agent: one.objections for agent, one in offered(floor).items()} == {
        "1004": (),
        "1009": (Objection.NOT_SKILLED,),
    }


def test_the_same_team_comes_first_then_the_most_rested_then_the_least_worked() -> None:
    people = [
        person("1007", team="A"),
        person("near", team="A"),
        person("rested", team="B"),
        person("worked", team="B"),
        person("idle", team="B"),
    ]
    floor = rostered(
        work("1007", TODAY),
        work("near", TOMORROW, "09:00", "12:00"),
        work("rested", day(3), "09:00", "12:00"),
        work("worked", day(2), "09:00", "18:00"),
        work("idle", day(2), "09:00", "12:00"),
        people=people,
    )

    found = offered(floor)
    assert list(found) == ["near", "rested", "idle", "worked"]
    assert [one.same_team for one in found.values()] == [True, False, False, False]


def test_a_leader_is_offered_last_for_an_agent_and_first_for_a_leader() -> None:
    people = [person("1007"), person("1004"), person("9001", role="TL"), person("9002", role="班组长")]
    floor = rostered(day_off("1004", TODAY), day_off("9001", TODAY), day_off("9002", TODAY), people=people)

    assert list(offered(floor)) == ["1004", "9001", "9002"]
    assert [each.agent for each in replacements(floor, "9001", START, END)] == ["9002", "1004", "1007"]


DAYS = st.lists(st.tuples(st.sampled_from("bcde"), st.integers(-7, 7), st.integers(0, 23), st.integers(1, 12)))


@given(DAYS)
@settings(max_examples=40)
def test_nobody_who_is_offered_works_then_and_none_who_is_free_is_left_out(
    drawn: list[tuple[str, int, int, int]],
) -> None:
    floor = rostered(*(work(a, day(n), f"{h:02}:00", f"{(h + long) % 24:02}:00") for a, n, h, long in drawn), now=NOW)

    def works(agent: str) -> bool:
        days = (plan_of(floor, day(away)).by_agent.get(agent) for away in (-1, 0, 1))
        return any(s.start < END and s.end > START for each in days if each is not None for s in each.stints)

    assert set(offered(floor)) == {agent for agent in floor.duty.shifts if not works(agent)}


@given(DAYS)
@settings(max_examples=40)
def test_those_without_an_objection_come_first(drawn: list[tuple[str, int, int, int]]) -> None:
    floor = rostered(*(work(a, day(n), f"{h:02}:00", f"{(h + long) % 24:02}:00") for a, n, h, long in drawn))

    counts = [len(one.objections) for one in offered(floor).values()]
    assert counts == sorted(counts)
