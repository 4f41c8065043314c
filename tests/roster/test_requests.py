"""What speaks against a swap, a leave or an assignment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model.duty import Assignment, Duty, Tick, Ticked
from floorwatch.model.duty_rules import DutyRules, PeakRules
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import (
    Objection,
    assignment_objections,
    is_in_peak,
    leave_objections,
    plan_of,
    swap_objections,
)
from tests.roster.asked_floor import (
    GRANTED,
    TODAY,
    TOMORROW,
    day,
    day_off,
    hours,
    leave,
    moment,
    person,
    rostered,
    swap,
    work,
)

PEAK = DutyRules(peak=PeakRules("征期", 1, 15))


# --- swaps ---


def test_a_swap_asked_for_in_time_by_two_who_are_free_has_nothing_against_it() -> None:
    floor = rostered(work("1007", TOMORROW), day_off("1004", TOMORROW), work("1004", day(3)), day_off("1007", day(3)))

    assert swap_objections(floor, swap("1007", TOMORROW, "1004", day(3))) == ()


def test_two_shifts_of_one_day_are_swapped() -> None:
    floor = rostered(work("1007", TOMORROW), work("1004", TOMORROW, "13:00", "21:00"))

    assert swap_objections(floor, swap("1007", TOMORROW, "1004")) == ()


@pytest.mark.parametrize(
    ("asked", "is_late"),
    [
        ("2026-03-09 23:59", False),
        ("2026-03-10 00:00", True),
        ("2026-03-10 10:41", True),
        ("2026-03-01 09:00", False),
    ],
)
def test_what_is_asked_for_less_than_a_day_ahead_is_late(asked: str, is_late: bool) -> None:
    floor = rostered(work("1007", TODAY, "13:00", "21:00"), work("1004", TODAY, "14:00", "22:00"))

    found = swap_objections(floor, swap("1007", TODAY, "1004", asked=asked))
    assert (Objection.LATE in found) is is_late


def test_how_many_days_ahead_is_a_rule_of_the_floor() -> None:
    shifts = work("1007", TOMORROW), work("1004", TOMORROW)

    assert swap_objections(rostered(*shifts, rules=DutyRules(swap_days=2)), swap("1007", TOMORROW, "1004")) == (
        Objection.LATE,
    )
    assert swap_objections(rostered(*shifts, rules=DutyRules(swap_days=0)), swap("1007", TOMORROW, "1004")) == ()


def test_the_earlier_of_both_days_counts_for_late() -> None:
    floor = rostered(work("1007", day(3)), work("1004", TODAY, "13:00", "21:00"))

    assert Objection.LATE in swap_objections(floor, swap("1007", day(3), "1004", TODAY))


def test_a_swap_of_a_shift_that_has_begun_is_past() -> None:
    floor = rostered(work("1007", TODAY), work("1004", TODAY, "13:00", "21:00"))

    found = swap_objections(floor, swap("1007", TODAY, "1004"))
    assert found == (Objection.LATE, Objection.PAST)


def test_the_other_side_has_to_agree() -> None:
    floor = rostered(work("1007", TOMORROW), work("1004", TOMORROW))

    assert swap_objections(floor, swap("1007", TOMORROW, "1004", ticks={})) == (Objection.NOT_AGREED,)


@pytest.mark.parametrize("other", [day_off("1004", TOMORROW), work("1004", day(5))])
def test_a_day_without_a_shift_cannot_be_given(other: object) -> None:
    floor = rostered(work("1007", TOMORROW), other)  # type: ignore[arg-type]  # a shift of either kind

    assert Objection.NO_SHIFT in swap_objections(floor, swap("1007", TOMORROW, "1004"))


def test_a_swap_on_an_empty_floor_has_no_shift() -> None:
    assert swap_objections(rostered(), swap("1007", TOMORROW, "1004")) == (Objection.NO_SHIFT,)


def test_who_works_on_the_other_day_already_is_not_free() -> None:
    floor = rostered(work("1007", TOMORROW), work("1007", day(3), "13:00", "21:00"), work("1004", day(3)))

    assert Objection.NOT_FREE in swap_objections(floor, swap("1007", TOMORROW, "1004", day(3)))


def test_who_is_on_leave_then_is_not_free() -> None:
    floor = rostered(work("1007", TOMORROW), work("1004", day(3)), leaves=[leave("1007", day(3), ticks=GRANTED)])

    assert Objection.NOT_FREE in swap_objections(floor, swap("1007", TOMORROW, "1004", day(3)))


def test_a_night_that_reaches_into_the_shift_is_not_free_and_no_rest() -> None:
    floor = rostered(work("1007", TODAY, "22:00", "10:00"), work("1007", day(4)), work("1004", TOMORROW))

    found = swap_objections(floor, swap("1007", day(4), "1004", TOMORROW))
    assert {Objection.NOT_FREE, Objection.REST} <= set(found)


def test_rest_is_judged_across_midnight() -> None:
    shifts = work("1007", TODAY, "14:00", "23:00"), work("1007", TOMORROW, "14:00", "23:00")
    floor = rostered(*shifts, work("1004", TOMORROW, "08:00", "17:00"))

    assert swap_objections(floor, swap("1007", TOMORROW, "1004")) == (Objection.REST,)
    short = rostered(*shifts, work("1004", TOMORROW, "08:00", "17:00"), rules=DutyRules(rest_seconds=9 * 3600))
    assert swap_objections(short, swap("1007", TOMORROW, "1004")) == ()


def test_hours_that_become_too_many_are_named_and_those_that_stay_are_not() -> None:
    week = [work("1007", day(n), "09:00", "19:00") for n in range(1, 5)]
    as_long = rostered(*week, work("1007", day(6)), work("1004", day(4), "08:00", "18:00"))
    longer = rostered(*week, work("1007", day(6)), work("1004", day(4), "07:00", "20:00"))

    assert swap_objections(as_long, swap("1007", day(4), "1004")) == ()
    assert swap_objections(longer, swap("1007", day(4), "1004")) == (Objection.HOURS,)


def test_who_lacks_a_skill_of_the_other_is_named() -> None:
    people = [person("1007", skills=("sales", "Ｔax")), person("1004", skills=("tax",))]
    floor = rostered(work("1007", TOMORROW), work("1004", TOMORROW), people=people)

    assert swap_objections(floor, swap("1007", TOMORROW, "1004")) == (Objection.NOT_SKILLED,)


def test_a_shift_for_one_queue_wants_that_skill_alone() -> None:
    people = [person("1007", skills=("sales", "tax")), person("1004", skills=("tax",))]
    floor = rostered(work("1007", TOMORROW, queue="tax"), work("1004", TOMORROW), people=people)

    assert swap_objections(floor, swap("1007", TOMORROW, "1004")) == ()


def test_a_swap_that_holds_is_judged_as_it_was_before_it_held() -> None:
    late = swap("1007", TODAY, "1004", day(3), ticks=GRANTED)
    floor = rostered(work("1007", TODAY, "13:00", "21:00"), work("1004", day(3)), swaps=[late])

    assert plan_of(floor, TODAY).by_agent["1004"].stints
    assert swap_objections(floor, late) == (Objection.LATE,)


def test_an_earlier_swap_of_the_same_people_counts() -> None:
    earlier = replace(swap("1007", TOMORROW, "1009", ticks=GRANTED), id="s0")
    floor = rostered(work("1007", TOMORROW), day_off("1009", TOMORROW), work("1004", TOMORROW), swaps=[earlier])

    assert swap_objections(floor, swap("1007", TOMORROW, "1004")) == (Objection.NO_SHIFT,)
    assert swap_objections(floor, swap("1009", TOMORROW, "1004")) == ()


SHIFTS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(-7, 7), st.integers(0, 23), st.integers(1, 12)), max_size=25
)


def random_floor(drawn: list[tuple[str, int, int, int]]) -> FloorSnapshot:
    """A roster of whatever was drawn: agent, day, first hour, hours."""
    return rostered(*(work(a, day(n), f"{h:02}:00", f"{(h + length) % 24:02}:00") for a, n, h, length in drawn))


@given(SHIFTS, st.integers(-7, 7), st.integers(-7, 7))
@settings(max_examples=40)
def test_objections_are_the_same_from_either_side_and_each_once(
    drawn: list[tuple[str, int, int, int]], one: int, other: int
) -> None:
    floor = random_floor(drawn)

    found = swap_objections(floor, swap("a", day(one), "b", day(other)))
    assert found == swap_objections(floor, swap("b", day(other), "a", day(one)))
    assert list(found) == [each for each in Objection if each in found]


@given(SHIFTS, st.integers(0, 7))
@settings(max_examples=40)
def test_granting_a_swap_does_not_change_what_speaks_against_it(
    drawn: list[tuple[str, int, int, int]], away: int
) -> None:
    floor = random_floor(drawn)
    asked = swap("a", day(away), "b", ticks=GRANTED)
    granted = replace(floor, duty=Duty(shifts=floor.duty.shifts, swaps={asked.id: asked}))

    assert swap_objections(floor, asked) == swap_objections(granted, asked)


# --- leave ---


def test_leave_outside_the_peak_has_nothing_against_it() -> None:
    floor = rostered(work("1007", day(10)), rules=PEAK)

    assert leave_objections(floor, leave("1007", day(10))) == ()


def test_leave_in_the_peak_wants_a_recorded_override() -> None:
    floor = rostered(work("1007", TOMORROW), rules=PEAK)
    asked = leave("1007", TOMORROW)

    assert leave_objections(floor, asked) == (Objection.PEAK,)
    ticked = replace(asked, ticks={Tick.HEAD: Ticked("王芳", 0.0)})
    assert leave_objections(floor, ticked) == (Objection.PEAK,)
    granted = replace(asked, ticks={Tick.HEAD: Ticked("王芳", 0.0, "a wedding")})
    assert leave_objections(floor, granted) == ()
    assert not is_in_peak(floor, granted)


def test_leave_that_reaches_into_the_peak_is_in_it_and_one_that_ends_at_its_midnight_is_not() -> None:
    april = PEAK
    floor = rostered(work("1007", "2026-03-31"), work("1007", "2026-04-01"), rules=april)

    assert is_in_peak(floor, leave("1007", "2026-03-31", "2026-04-01 00:01"))
    assert not is_in_peak(floor, leave("1007", "2026-03-31", "2026-04-01 00:00"))


def test_leave_of_a_day_off_takes_no_shift() -> None:
    floor = rostered(day_off("1007", TOMORROW), work("1004", TOMORROW))

    assert leave_objections(floor, leave("1007", TOMORROW)) == (Objection.NO_SHIFT,)


def test_nothing_is_said_of_shifts_on_days_that_no_roster_knows() -> None:
    assert leave_objections(rostered(), leave("1007", TOMORROW)) == ()


def test_leave_that_is_over_when_it_is_asked_for_is_past() -> None:
    floor = rostered(work("1007", day(-1)))

    assert leave_objections(floor, leave("1007", day(-1))) == (Objection.PAST,)
    assert leave_objections(floor, leave("1007", day(-1), asked=None)) == ()


def test_leave_twice_for_one_day_is_not_free() -> None:
    granted = leave("1007", TOMORROW, entry="l0", ticks=GRANTED)
    floor = rostered(work("1007", TOMORROW), leaves=[granted])

    assert leave_objections(floor, leave("1007", TOMORROW)) == (Objection.NO_SHIFT, Objection.NOT_FREE)
    assert leave_objections(floor, granted) == ()


# --- assignments ---


def assigned(agent: str, date: str, start: str, end: str, **said: str) -> Assignment:
    """Hours that somebody is given now."""
    first, last = hours(date, start, end)
    return Assignment("a1", agent, date, first, last, at=moment("2026-03-10 10:41"), **said)  # type: ignore[arg-type]  # words


def test_more_hours_for_somebody_who_is_off_have_nothing_against_them() -> None:
    floor = rostered(work("1007", TODAY), day_off("1004", TODAY))

    assert assignment_objections(floor, assigned("1004", TODAY, "12:00", "18:00", instead_of="1007")) == ()


def test_another_activity_within_the_own_shift_is_no_objection_but_anothers_place_is() -> None:
    floor = rostered(work("1007", TODAY), work("1004", TODAY))

    assert assignment_objections(floor, assigned("1004", TODAY, "12:00", "13:00")) == ()
    assert assignment_objections(floor, assigned("1004", TODAY, "12:00", "13:00", instead_of="1007")) == (
        Objection.NOT_FREE,
    )


def test_hours_on_a_day_of_leave_are_not_free() -> None:
    floor = rostered(work("1004", TODAY), leaves=[leave("1004", TODAY)])

    assert assignment_objections(floor, assigned("1004", TODAY, "12:00", "13:00")) == (Objection.NOT_FREE,)


def test_hours_after_a_night_leave_too_little_rest() -> None:
    floor = rostered(work("1004", day(-1), "22:00", "06:00"))

    assert assignment_objections(floor, assigned("1004", TODAY, "11:00", "18:00")) == (Objection.REST,)


def test_hours_that_are_over_are_past() -> None:
    assert assignment_objections(rostered(), assigned("1004", TODAY, "08:00", "09:00")) == (Objection.PAST,)


def test_an_assignment_that_stands_is_judged_without_itself() -> None:
    given_hours = assigned("1004", TODAY, "12:00", "18:00", instead_of="1007")
    floor = rostered(work("1007", TODAY), day_off("1004", TODAY), assignments=[given_hours])

    assert assignment_objections(floor, given_hours) == ()
