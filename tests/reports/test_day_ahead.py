"""The brief: what kind of day it is, gaps, noon, who is away."""

from typing import Any

from floorwatch.model import events
from floorwatch.model.duty import Shift, ShiftKind, Stint
from floorwatch.model.duty_rules import DutyRules, NoonRules, When
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.targets import FloorRules
from tests.reports.day_told import ENTERED, call, evening, morning, on
from tests.reports.duty_week import (
    DAYS,
    FEED,
    LI,
    MONDAY,
    RULES,
    TUESDAY,
    WANG,
    WEDNESDAY,
    at,
    roster,
)


def test_a_roster_of_another_time_says_which_days_it_has() -> None:
    floor, _ends = on(at(MONDAY, "18:00"))
    later = "2026-04-20"

    covered = "The rosters are of 2026-03-09 to 2026-03-11 and name nobody on the days of this report."
    assert evening(floor, later, at(later, "18:00"))["Attendance"][0] == covered
    brief = morning(floor, later, at(later, "08:30"))
    assert brief["Gaps ahead"] == brief["Away today"] == [covered]


def test_a_gap_is_not_claimed_closed_while_codes_are_unexplained() -> None:
    floor = Floor(RULES, People())
    codes = tuple(Shift(each, each, MONDAY, ShiftKind.UNKNOWN, "B1", source="grid") for each in ("王芳", "李娜"))
    floor.apply(events.DocumentRead(at(MONDAY, "07:00"), document="grid", title="a grid", shifts=codes), "grid")

    assert morning(floor, MONDAY, at(MONDAY, "08:30"))["Gaps ahead"] == [
        "shift codes that nobody explained: 2 people are not counted",
        "09:00-18:00: 0 expected, 2 needed",
    ]


def test_a_day_on_which_nobody_works_any_more_says_so() -> None:
    floor, _ends = on(at(WEDNESDAY, "19:00"))
    assert morning(floor, WEDNESDAY, at(WEDNESDAY, "19:00"))["Gaps ahead"] == ["Nobody is planned any more."]


def noon_of(now: str, *, aht: float | None = None, when: When = When.ALWAYS) -> list[str]:
    """What the brief of Monday says of noon, with two people at the telephones."""
    rules = FloorRules(DAYS, duty=DutyRules(noon=NoonRules(when=when)))
    floor = Floor(rules, People(), FEED)
    floor.apply(
        events.DocumentRead(
            at(MONDAY, "07:00"),
            document="roster.csv",
            title="a roster",
            shifts=tuple(
                Shift(
                    each, each, MONDAY, stints=(Stint(at(MONDAY, "09:00"), at(MONDAY, "18:00")),), source="roster.csv"
                )
                for each in ("PJSIP/1", "PJSIP/2")
            ),
        ),
        "rosters",
    )
    for number in (1, 2):
        floor.apply(events.MemberAdded(at(MONDAY, "08:55"), f"PJSIP/{number}", "support"), "queue_log")
    if aht is not None:
        for decoded in call(1, at(MONDAY, "09:00"), 5, aht):
            floor.apply(decoded.events[0], decoded.feed)
    return [line for line in morning(floor, MONDAY, at(MONDAY, now))["Gaps ahead"] if "noon" in line or "carry" in line]


def test_the_brief_says_what_noon_has_and_what_so_few_carry() -> None:
    assert noon_of("09:30", aht=300.0) == [
        "noon, 11:30-13:30: 2 expected at 11:30, 2 must stay, 3 should",
        "2 agents carry about 9 calls an hour at 5:00 a call",
    ]
    assert noon_of("09:30") == ["noon, 11:30-13:30: 2 expected at 11:30, 2 must stay, 3 should"]


def test_a_noon_that_is_over_or_has_no_rule_today_is_not_told() -> None:
    assert noon_of("13:30") == []
    assert noon_of("09:30", when=When.NEVER) == []


def test_a_running_noon_is_told_by_what_is_left_of_it() -> None:
    assert noon_of("12:00") == ["noon, 11:30-13:30: 2 expected at 12:00, 2 must stay, 3 should"]


def test_without_minimums_the_brief_says_so() -> None:
    floor = Floor(FloorRules(DAYS), People())
    floor.apply(roster(), "rosters")

    assert morning(floor, MONDAY, at(MONDAY, "08:30"))["Gaps ahead"] == [
        "No minimum is set ([duty] minimums): nothing can be missing.",
        "fewest on the telephones: 0 at 12:00",
    ]


def test_leave_by_a_code_of_the_roster_is_leave_and_no_day_without_a_word() -> None:
    floor = Floor(RULES, People())
    away = Shift("l", "王芳", MONDAY, ShiftKind.LEAVE, "年假", source="grid")
    free = Shift("o", "李娜", MONDAY, ShiftKind.OFF, "休", source="grid")
    floor.apply(events.DocumentRead(at(MONDAY, "07:00"), document="grid", title="a grid", shifts=(away, free)), "grid")

    brief = morning(floor, MONDAY, at(MONDAY, "08:30"))
    assert brief["Away today"] == ["王芳: on leave 2026-03-09 年假"]
    assert brief["Gaps ahead"] == ["09:00-18:00: 0 expected, 2 needed"]
    assert evening(floor, MONDAY, at(MONDAY, "18:30"))["Swaps, leave, replacements"] == brief["Away today"]


def test_a_day_for_which_nobody_is_planned_is_not_one_that_is_over() -> None:
    floor = Floor(FloorRules(DAYS), People())
    free = Shift("o", "李娜", MONDAY, ShiftKind.OFF, "休", source="grid")
    floor.apply(events.DocumentRead(at(MONDAY, "07:00"), document="grid", title="a grid", shifts=(free,)), "grid")

    assert morning(floor, MONDAY, at(MONDAY, "08:30"))["Gaps ahead"] == ["Nobody is planned."]


def test_leave_of_whole_days_is_told_by_its_dates() -> None:
    asked: dict[str, Any] = {"at": at(MONDAY, "12:00"), "by": "Ada", "kind": "sick"}
    one = events.LeaveRequested(id="l1", agent=WANG, start=at(TUESDAY, "00:00"), end=at(WEDNESDAY, "00:00"), **asked)
    two = events.LeaveRequested(id="l2", agent=LI, start=at(TUESDAY, "00:00"), end=at(WEDNESDAY, "23:59"), **asked)
    floor, _ends = on(at(MONDAY, "17:00"), one, two)

    assert morning(floor, TUESDAY, at(TUESDAY, "08:30"))["Away today"] == [
        "王芳: leave 2026-03-10 sick that waits for the head, HR",
        "李娜: leave 2026-03-10 to 2026-03-11 sick that waits for the head, HR",
    ]


def test_the_brief_says_what_the_day_needs() -> None:
    floor, _ends = on(at(MONDAY, "17:00"), *ENTERED)
    found = morning(floor, TUESDAY, at(TUESDAY, "08:30"))

    assert found["The day"] == ["Tuesday 2026-03-10: a working day"]
    assert found["Gaps ahead"][0] == "12:00-13:00: 0 expected, 2 needed"
    assert found["Gaps ahead"][-1].startswith("fewest on the telephones: ")
    assert found["Away today"] == ["Ada: leave 22:00 to 2026-03-11 06:00 sick that waits for the head, HR"]
    assert found["Swaps and replacements"] == [
        "swap that waits for the other, the head, HR: 王芳 (2026-03-10) and 李娜 (2026-03-11)",
        "王芳 for Ada, 22:00-06:00: not told yet",
    ]
    assert found["Due today"] == ["王芳: ask IT, due 10:00"]
    assert found["Hard topics of the last day"] == ["asked 2 times: refund of VAT", "noted once: CRM"]
    assert "help for 王芳, asked 2026-03-09 10:10: refund of VAT" in found["Carried over"]

    assert morning(floor, MONDAY, at(MONDAY, "09:30"))["Away today"] != []
