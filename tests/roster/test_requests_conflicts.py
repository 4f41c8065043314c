"""What is wrong with a plan: every kind of finding once, and none where all is well."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model.duty import DocumentState, ShiftKind, Who
from floorwatch.model.duty_rules import DutyRules, Minimum, PeakRules
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import Conflict, ConflictKind, conflicts
from tests.roster.asked_floor import (
    GRANTED,
    TODAY,
    TOMORROW,
    day,
    day_off,
    leave,
    moment,
    person,
    rostered,
    swap,
    with_lunch,
    work,
)

PEAK = DutyRules(peak=PeakRules("征期", 1, 15))


def found(floor: FloorSnapshot, kind: ConflictKind, first: str = TODAY, last: str = day(6)) -> list[Conflict]:
    """The findings of one kind."""
    return [each for each in conflicts(floor, first, last) if each.kind is kind]


def document(**said: Any) -> DocumentState:
    """A document as it was read this morning."""
    return DocumentState("march.xlsx", "month grid", moment("2026-03-10 07:00"), **said)


def test_nothing_is_wrong_with_an_empty_floor() -> None:
    assert conflicts(rostered(), TODAY, day(30)) == ()


def test_nothing_is_wrong_with_a_plain_week() -> None:
    week = [with_lunch(work(agent, day(n))) for agent in ("1007", "1004") for n in range(5)]

    assert conflicts(rostered(*week), TODAY, day(6)) == ()


# --- documents ---


def test_two_shifts_on_one_day_are_a_double_shift() -> None:
    late = work("1007", TOMORROW, "18:00", "22:00", code="晚", source="april.csv")

    (one,) = found(rostered(work("1007", TOMORROW), late), ConflictKind.DOUBLE_SHIFT)
    assert (one.agent, one.date, one.start) == ("1007", TOMORROW, moment(f"{TOMORROW} 18:00"))
    assert one.detail == "早 (march.xlsx) and 晚 (april.csv)"


def test_a_night_that_reaches_into_the_next_shift_is_one_too() -> None:
    floor = rostered(work("1007", TODAY, "22:00", "10:00"), work("1007", TOMORROW))

    (one,) = found(floor, ConflictKind.DOUBLE_SHIFT)
    assert one.date == TOMORROW


def test_a_duty_over_the_roster_is_no_second_shift() -> None:
    duty = work("1007", TOMORROW, "11:30", "13:30", layer="lunch")

    assert found(rostered(work("1007", TOMORROW), duty), ConflictKind.DOUBLE_SHIFT) == []


def test_somebody_whom_the_people_file_does_not_know_is_named_by_the_documents_words() -> None:
    who = Who("row 7", name="钱多", employee="1099")
    state = document(unmatched=(who,))
    floor = rostered(work("row 7", TOMORROW), people=[person("1007")], documents={"march.xlsx": state})

    (one,) = found(floor, ConflictKind.UNKNOWN_PERSON)
    assert (one.agent, one.date, one.detail) == ("row 7", TOMORROW, "1099 钱多 in march.xlsx is not in the people file")
    without = rostered(work("row 7", TODAY), documents={"march.xlsx": state})
    assert found(without, ConflictKind.UNKNOWN_PERSON) == []
    assert found(floor, ConflictKind.UNKNOWN_PERSON, day(20), day(30)) == []


def test_somebody_unknown_in_an_attendance_sheet_is_no_matter_of_the_roster() -> None:
    state = document(unmatched=(Who("1099"),), punches=12)
    floor = rostered(people=[person("1007")], documents={"march.xlsx": state})

    assert found(floor, ConflictKind.UNKNOWN_PERSON) == []


def test_an_unknown_code_is_one_finding_however_often_it_stands_there() -> None:
    unknown = [day_off(agent, day(n), ShiftKind.UNKNOWN, "机动") for agent in ("1007", "1004") for n in range(3)]

    (one,) = found(rostered(*unknown), ConflictKind.UNKNOWN_CODE)
    assert (one.date, one.agent) == (TODAY, None)
    assert one.detail.startswith("机动 in march.xlsx: 6 times, 2 people")


# --- requests ---


def test_a_swap_asked_for_late_is_listed_granted_or_not() -> None:
    late = swap("1007", TODAY, "1004", ticks=GRANTED)
    floor = rostered(work("1007", TODAY), work("1004", TODAY), swaps=[late], people=[person("1004", "张伟")])

    (one,) = found(floor, ConflictKind.LATE_SWAP)
    assert (one.agent, one.detail) == ("1007", f"with 张伟, {TODAY} for {TODAY}: asked for on 2026-03-10 10:41")
    assert found(floor, ConflictKind.OPEN_REQUEST) == []


def test_requests_that_wait_say_for_what() -> None:
    asked = swap("1007", TOMORROW, "1004")
    waiting = leave("1004", day(2), ticks={})
    floor = rostered(swaps=[asked], leaves=[waiting])

    one, other = found(floor, ConflictKind.OPEN_REQUEST)
    assert one.detail == f"swap with 1004, {TOMORROW} for {TOMORROW}: not approved by the head, not filed by HR"
    assert other.detail == "leave: not approved by the head, not filed by HR"
    assert (other.start, other.end) == (waiting.start, waiting.end)


def test_what_was_refused_or_withdrawn_is_no_longer_listed() -> None:
    floor = rostered(
        swaps=[swap("1007", TODAY, "1004", refused="no")], leaves=[leave("1004", day(2), withdrawn=True)], rules=PEAK
    )

    assert conflicts(floor, TODAY, day(6)) == ()


def test_leave_in_the_peak_is_listed_unless_somebody_said_why() -> None:
    floor = rostered(leaves=[leave("1007", TOMORROW, kind="年假", ticks=GRANTED)], rules=PEAK)
    (one,) = found(floor, ConflictKind.LEAVE_IN_PEAK)
    assert (one.agent, one.date, one.detail) == ("1007", TOMORROW, "年假")

    with_reason = {tick: replace(given, override="hospital") for tick, given in GRANTED.items()}
    excused = rostered(leaves=[leave("1007", TOMORROW, ticks=with_reason)], rules=PEAK)
    assert found(excused, ConflictKind.LEAVE_IN_PEAK) == []


def test_days_of_leave_by_code_in_the_peak_are_one_finding_a_run() -> None:
    away = [day_off("1007", day(n), ShiftKind.LEAVE, "年") for n in (0, 1, 2, 4, 8)]

    one, other = found(rostered(*away, rules=PEAK), ConflictKind.LEAVE_IN_PEAK, last=day(20))
    assert (one.date, one.detail) == (TODAY, f"年 in march.xlsx, up to {day(2)}")
    assert (other.date, other.detail) == (day(4), f"年 in march.xlsx, up to {day(4)}")


# --- rest and hours ---


def test_too_little_rest_is_found_from_the_day_before_on() -> None:
    floor = rostered(work("1007", day(-1), "14:00", "23:00"), work("1007", TODAY, "08:00", "17:00"))

    (one,) = found(floor, ConflictKind.SHORT_REST)
    assert (one.date, one.end) == (TODAY, moment(f"{TODAY} 08:00"))
    assert one.detail == "9:00:00 of rest before 08:00; 11:00:00 are wanted"
    assert found(floor, ConflictKind.SHORT_REST, TOMORROW) == []


def test_too_many_hours_are_one_finding_for_weeks_in_a_row() -> None:
    floor = rostered(*(work("1007", day(n), "09:00", "18:00") for n in range(-3, 10)))

    (one,) = found(floor, ConflictKind.TOO_MANY_HOURS, last=day(9))
    assert (one.agent, one.date) == ("1007", day(3))
    assert one.detail == f"63:00:00 within seven days from {day(-3)} on; 44:00:00 are wanted at most"


# --- hands ---

HANDS = DutyRules(minimums=(Minimum(9 * 60, 18 * 60, 2),))


def test_hours_with_too_few_hands_are_one_finding() -> None:
    floor = rostered(work("1007", TOMORROW), work("1004", TOMORROW, "09:00", "15:00"), rules=HANDS)

    (one,) = found(floor, ConflictKind.UNDERSTAFFED)
    assert (one.date, one.start, one.end) == (TOMORROW, moment(f"{TOMORROW} 15:00"), moment(f"{TOMORROW} 18:00"))
    assert one.detail == "1 on the phones, 2 are needed"


def test_three_shifts_of_one_date_are_one_finding_that_names_them_all() -> None:
    floor = rostered(
        work("1007", TODAY, "08:00", "17:00", code="早"),
        work("1007", TODAY, "09:00", "10:00", code="中"),
        work("1007", TODAY, "12:00", "20:00", code="晚"),
    )

    (one,) = found(floor, ConflictKind.DOUBLE_SHIFT)
    assert (one.start, one.end) == (moment(f"{TODAY} 09:00"), moment(f"{TODAY} 20:00"))
    assert [one.detail.count(code) for code in "早中晚"] == [1, 1, 1]


def test_a_short_shift_between_does_not_hide_that_two_overlap() -> None:
    tomorrow = day(1)
    floor = rostered(
        work("1007", TODAY, "22:00", "10:00", code="夜"),
        work("1007", TODAY, "23:00", "23:30", code="短"),
        work("1007", tomorrow, "08:00", "17:00", code="早"),
    )

    assert [(one.date, one.start) for one in found(floor, ConflictKind.DOUBLE_SHIFT)] == [
        (TODAY, moment(f"{TODAY} 23:00")),
        (tomorrow, moment(f"{tomorrow} 08:00")),
    ]


def test_a_day_that_no_roster_knows_lacks_nobody() -> None:
    floor = rostered(work("1007", TODAY), work("1004", TODAY), rules=HANDS)

    assert [each.date for each in found(floor, ConflictKind.UNDERSTAFFED, day(-2), day(6))] == []


def test_the_plan_is_judged_and_not_who_came() -> None:
    floor = rostered(work("1007", TODAY), work("1004", TODAY), rules=HANDS, now="2026-03-10 17:00")

    assert found(floor, ConflictKind.UNDERSTAFFED) == []


def test_a_year_that_is_not_published_is_said_once() -> None:
    floor = rostered(rules=DutyRules(country="CN"))

    years = found(floor, ConflictKind.UNANNOUNCED_YEAR, "2098-12-30", "2099-01-02")
    assert [each.date for each in years] == ["2098-12-30", "2099-01-01"]


DRAWN = st.lists(st.tuples(st.sampled_from("abc"), st.integers(-9, 9), st.integers(0, 23), st.integers(1, 12)))


@given(DRAWN, st.integers(-3, 3), st.integers(0, 6))
@settings(max_examples=30)
def test_findings_are_in_order_within_the_span_and_each_once(
    drawn: list[tuple[str, int, int, int]], first: int, length: int
) -> None:
    shifts = [work(a, day(n), f"{h:02}:00", f"{(h + long) % 24:02}:00") for a, n, h, long in drawn]
    floor = rostered(*shifts, rules=replace(HANDS, peak=PEAK.peak))
    start, end = day(first), day(first + length)

    those = conflicts(floor, start, end)
    assert [(one.date, one.start or 0.0) for one in those] == sorted((one.date, one.start or 0.0) for one in those)
    assert all(start <= one.date <= end for one in those)
    assert len({(one.kind, one.date, one.agent, one.start, one.detail) for one in those}) == len(set(those))
    assert all(dt.date.fromisoformat(one.date) for one in those)
