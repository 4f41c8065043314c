"""The plan of a day: layers, swaps, leave and assignments over the roster, nights and the edges of days."""

from zoneinfo import ZoneInfo

import pytest

from floorwatch.model.duty import Activity, Assignment, Duty, Leave, ShiftKind, Swap, Tick, Ticked
from floorwatch.roster import date_of, moved, plan_of, planned_at, planned_now
from floorwatch.roster.plan import Planned, stood_in, whole_days
from tests.roster.duties import (
    BOTH_TICKS,
    BREAK,
    DATE,
    LUNCH,
    MEETING,
    PHONES,
    at,
    duty,
    floor,
    leave,
    shift,
    stints,
    swap,
)

YESTERDAY, TOMORROW = "2026-11-21", "2026-11-23"
DAY = (9, 18)


def planned(held: Duty, agent: str = "a", date: str = DATE) -> Planned:
    return plan_of(floor(held), date).by_agent[agent]


def test_a_floor_without_a_roster_plans_nobody() -> None:
    empty = floor(Duty())
    assert plan_of(empty).by_agent == {}
    assert planned_at(empty) == {}
    assert planned_now(empty, "a") is None


def test_a_shift_is_planned_as_the_roster_has_it() -> None:
    early = shift("a", (9, 12), (12, 13, LUNCH), (13, 18), code="早")
    found = planned(duty([early]))
    assert found.stints == early.stints
    assert (found.shift, found.code, found.is_off, found.is_unknown) == (early, "早", False, False)
    assert (found.start, found.end, found.seconds) == (at(9), at(18), 9 * 3600)


def test_a_split_shift_keeps_its_gap() -> None:
    found = planned(duty([shift("a", (9, 12), (17, 21))]))
    assert found.activity_at(at(14)) is None
    assert found.seconds == 7 * 3600


def test_a_day_off_is_named_and_has_no_hours() -> None:
    found = planned(duty([shift("a", code="休")]))
    assert (found.is_off, found.is_unknown, found.code, found.start) == (True, False, "休", None)


def test_a_code_that_nobody_explained_is_unknown_and_not_off() -> None:
    found = planned(duty([shift("a", kind=ShiftKind.UNKNOWN, code="Q7")]))
    assert (found.is_off, found.is_unknown, found.code) == (False, True, "Q7")


def test_a_layer_says_what_is_done_while_it_lasts() -> None:
    found = planned(duty([shift("a", DAY), shift("a", (12, 13, LUNCH), layer="lunch")]))
    assert found.stints == stints((9, 12), (12, 13, LUNCH), (13, 18))
    assert found.layers == ("lunch",)


def test_layers_lie_above_one_another_by_name() -> None:
    one, two = shift("a", (12, 14, LUNCH), layer="1 lunch"), shift("a", (13, 15, MEETING), layer="2 huddle")
    found = planned(duty([two, shift("a", DAY), one]))
    assert found.stints == stints((9, 12), (12, 13, LUNCH), (13, 15, MEETING), (15, 18))


def test_a_layer_may_bring_somebody_in_on_a_day_off() -> None:
    found = planned(duty([shift("a", code="休"), shift("a", (9, 12), layer="weekend")]))
    assert found.stints == stints((9, 12))
    assert not found.is_off


def test_rows_that_overlap_lie_above_one_another_the_later_start_on_top() -> None:
    found = planned(duty([shift("a", (12, 13, LUNCH), (9, 18), (12.5, 12.75, BREAK), (20, 20))]))
    assert found.stints == stints((9, 12), (12, 12.5, LUNCH), (12.5, 12.75, BREAK), (12.75, 13, LUNCH), (13, 18))


def test_two_shifts_of_one_day_are_one_day_with_the_hours_of_both() -> None:
    found = planned(duty([shift("a", (9, 12)), shift("a", (11, 15))]))
    assert found.stints == stints((9, 15))


def test_of_two_shifts_of_one_day_the_hours_that_begin_later_lie_above() -> None:
    roster = [shift("a", (2, 11)), shift("a", (1, 10, MEETING))]
    assert planned(duty(roster)).stints == planned(duty(roster[::-1])).stints == stints((1, 2, MEETING), (2, 11))


def test_a_swap_exchanges_whole_days_with_their_layers() -> None:
    roster = [shift("a", DAY, code="早"), shift("a", (12, 13, LUNCH), layer="lunch"), shift("b", code="休")]
    held = duty(roster, swaps=[swap("s", "a", "b")])
    given, taken = planned(held, "a"), planned(held, "b")
    assert (given.stints, given.code, given.is_off, given.swap) == ((), "休", True, "s")
    assert taken.stints == stints((9, 12), (12, 13, LUNCH), (13, 18))
    assert (taken.agent, taken.code, taken.swap, taken.layers) == ("b", "早", "s", ("lunch",))


def test_a_swap_over_two_dates_exchanges_both() -> None:
    roster = [shift("a", DAY), shift("a", date=TOMORROW), shift("b"), shift("b", (13, 22), date=TOMORROW)]
    held = duty(roster, swaps=[swap("s", "a", "b", DATE, TOMORROW)])
    assert planned(held, "a", DATE).stints == ()
    assert planned(held, "b", DATE).stints == stints(DAY)
    assert planned(held, "a", TOMORROW).stints == stints((13, 22), date=TOMORROW)
    assert planned(held, "b", TOMORROW).stints == ()


def test_a_swap_with_somebody_without_a_shift_exchanges_what_is_there() -> None:
    held = duty([shift("a", DAY)], swaps=[swap("s", "a", "b")])
    assert planned(held, "b").stints == stints(DAY)
    given = planned(held, "a")
    assert (given.stints, given.shift, given.is_off) == ((), None, True)


def test_swaps_of_one_day_take_place_in_the_order_in_which_they_were_asked_for() -> None:
    roster = [shift("a", (6, 14)), shift("b", (14, 22)), shift("c")]
    held = duty(roster, swaps=[swap("1", "a", "b"), swap("2", "b", "c")])
    assert planned(held, "a").stints == stints((14, 22))
    assert planned(held, "b").stints == ()
    assert planned(held, "c").stints == stints((6, 14))
    assert (planned(held, "a").swap, planned(held, "b").swap) == ("1", "2")


@pytest.mark.parametrize(
    "open_swap",
    [
        Swap("s", "a", DATE, "b", DATE, ticks={Tick.HEAD: Ticked("Ada", 0.0)}),
        Swap("s", "a", DATE, "b", DATE, ticks=BOTH_TICKS, withdrawn=True),
        Swap("s", "a", DATE, "b", DATE, ticks=BOTH_TICKS, refused="no"),
        Swap("s", "a", YESTERDAY, "b", TOMORROW, ticks=BOTH_TICKS),
    ],
)
def test_a_swap_that_does_not_hold_changes_nothing(open_swap: Swap) -> None:
    held = duty([shift("a", DAY), shift("b")], swaps=[open_swap])
    assert planned(held, "a").stints == stints(DAY)
    assert planned(held, "a").swap is None


def test_leave_of_hours_takes_those_hours_and_leaves_the_rest() -> None:
    held = duty([shift("a", DAY)], leaves=[leave("a", at(14), at(20))])
    found = planned(held)
    assert found.stints == stints((9, 14))
    assert (found.leave, found.is_off) == ("leave", False)


def test_leave_in_the_middle_splits_a_shift() -> None:
    held = duty([shift("a", DAY)], leaves=[leave("a", at(11), at(13))])
    assert planned(held).stints == stints((9, 11), (13, 18))


def test_leave_of_the_whole_day_takes_a_night_to_its_end_and_nothing_of_the_night_before() -> None:
    roster = [shift("a", (22, 30), date=YESTERDAY), shift("a", (22, 30))]
    held = duty(roster, leaves=[leave("a", at(0), at(24))])
    assert planned(held, date=YESTERDAY).seconds == 8 * 3600
    found = planned(held)
    assert (found.stints, found.is_off, found.leave) == ((), True, "leave")


def test_leave_of_whole_days_may_end_with_the_last_minute_of_a_day() -> None:
    days = floor(Duty()).rules.days
    last_minute = at(24) - 60
    assert whole_days(leave("a", at(0), last_minute), days) == (DATE, DATE)
    assert whole_days(leave("a", at(0), at(48)), days) == (DATE, TOMORROW)
    assert whole_days(leave("a", at(0), at(23)), days) is None
    assert whole_days(leave("a", at(9), at(33)), days) is None


def test_leave_from_one_start_of_the_business_day_to_the_next_is_of_a_whole_day() -> None:
    days = floor(Duty(), starts=4).rules.days
    assert whole_days(leave("a", at(4), at(28)), days) == (DATE, DATE)
    assert whole_days(leave("a", at(0), at(4)), days) is None


@pytest.mark.parametrize(
    "other",
    [
        leave("a", at(9), at(12), {Tick.HEAD: Ticked("Ada", 0.0)}),
        leave("a", at(9), at(12), withdrawn=True),
        leave("b", at(9), at(12)),
        leave("a", at(18), at(20)),
        leave("a", at(12), at(9)),
    ],
)
def test_leave_that_is_not_filed_or_elsewhere_takes_nothing(other: Leave) -> None:
    held = duty([shift("a", DAY)], leaves=[other])
    assert planned(held).stints == stints(DAY)
    assert planned(held).leave is None


def test_leave_follows_the_person_through_a_swap() -> None:
    held = duty([shift("a", DAY), shift("b")], swaps=[swap("s", "a", "b")], leaves=[leave("b", at(9), at(12))])
    assert planned(held, "b").stints == stints((12, 18))


def test_an_assignment_brings_somebody_in_and_leaves_the_absent_person_theirs() -> None:
    given = Assignment("x", "b", DATE, at(9), at(18), instead_of="a")
    held = duty([shift("a", DAY), shift("b", code="休")], assignments=[given])
    assert planned(held, "b").stints == stints(DAY)
    assert (planned(held, "b").assigned, planned(held, "b").is_off) == (("x",), False)
    assert planned(held, "a").stints == stints(DAY)
    assert stood_in(floor(held), DATE) == {"a": stints(DAY)}


def test_an_assignment_is_laid_over_what_its_person_has() -> None:
    given = Assignment("x", "a", DATE, at(17), at(20), Activity.MEETING, layer="huddle")
    found = planned(duty([shift("a", DAY)], assignments=[given]))
    assert found.stints == stints((9, 17), (17, 20, MEETING))
    assert found.layers == ("huddle",)


def test_an_assignment_names_somebody_whom_no_roster_names() -> None:
    found = planned(duty([], assignments=[Assignment("x", "z", DATE, at(9), at(10))]), "z")
    assert (found.stints, found.shift) == (stints((9, 10)), None)


@pytest.mark.parametrize(
    "given",
    [
        Assignment("x", "b", DATE, at(9), at(18), instead_of="a", withdrawn=True),
        Assignment("x", "b", TOMORROW, at(33), at(40)),
        Assignment("x", "b", DATE, at(10), at(10)),
    ],
)
def test_an_assignment_that_was_withdrawn_or_is_elsewhere_adds_nothing(given: Assignment) -> None:
    held = duty([shift("a", DAY)], assignments=[given])
    assert "b" not in plan_of(floor(held), DATE).by_agent
    assert stood_in(floor(held), DATE) == {}


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    held = duty([shift("a", (22, 30)), shift("a", date=TOMORROW)])
    early = floor(held, at(25))
    assert planned_at(early)["a"][1] is PHONES
    running = planned_now(early, "a")
    assert running is not None
    assert running.date == DATE
    after = planned_now(floor(held, at(31)), "a")
    assert after is not None
    assert (after.date, after.is_off) == (TOMORROW, True)


def test_whoever_is_in_the_plans_of_two_dates_does_what_the_later_says() -> None:
    held = duty([shift("a", (22, 32), date=YESTERDAY), shift("a", (6, 7, MEETING), (7, 14))])
    assert planned_at(floor(held, at(6.5)))["a"][1] is MEETING
    assert planned_at(floor(held, at(5)))["a"][0].date == YESTERDAY
    running = planned_now(floor(held, at(6.5)), "a")
    assert running is not None
    assert running.date == DATE


def test_who_is_to_be_here_is_another_on_the_edge_whichever_way_time_goes() -> None:
    held = duty([shift("a", (9, 12)), shift("b", (12, 18))])

    for hour, here in ((11.99, {"a"}), (12, {"b"}), (11.99, {"a"}), (12.01, {"b"}), (18, set()), (9, {"a"})):
        assert planned_at(floor(held, at(hour))).keys() == here


def test_the_plan_that_matters_now_is_that_of_today() -> None:
    held = duty([shift("a", DAY)])
    for hour in (7, 12, 20):
        found = planned_now(floor(held, at(hour)), "a")
        assert found is not None
        assert found.date == DATE
    assert planned_now(floor(held, at(12)), "nobody") is None


def test_the_business_day_may_begin_at_four() -> None:
    held = duty([shift("a", (22, 27), date=YESTERDAY)])
    small_hours = floor(held, at(2), starts=4)
    assert date_of(small_hours) == YESTERDAY
    assert date_of(small_hours, at(4)) == DATE
    assert "a" in planned_at(small_hours)


@pytest.mark.parametrize(
    ("zone", "date"),
    [
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
    ],
)
def test_dates_hold_on_days_that_are_longer_or_shorter(zone: str, date: str) -> None:
    where = ZoneInfo(zone)
    held = duty([shift("a", (22, 30), date=date, zone=where)])
    for hour in (0, 1, 2, 3.5, 12, 23.75):
        assert date_of(floor(held, at(hour, date, where), zone=where)) == date
    night = floor(held, at(29, date, where), zone=where)
    assert planned_at(night)["a"][0].date == date
    assert moved(date_of(night), -1) == date


def test_moving_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        moved("tomorrow", 1)


def test_a_plan_is_made_once_as_long_as_nothing_changes() -> None:
    held = duty([shift("a", DAY)])
    assert plan_of(floor(held, at(9))) is plan_of(floor(held, at(17)))
    assert plan_of(floor(held), DATE) is not plan_of(floor(held, starts=4), DATE)


def test_plans_of_many_dates_do_not_pile_up() -> None:
    held = duty([shift("a", DAY)])
    first = plan_of(floor(held), DATE)
    for days in range(1, 100):
        plan_of(floor(held), moved(DATE, days))
    again = plan_of(floor(held), DATE)
    assert again is not first
    assert again == first
