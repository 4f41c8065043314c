"""What became of a shift, by each witness alone, by several, and by none."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from floorwatch.model.duty import Activity, ApprovalKind, Punch, ShiftKind, Tick, Ticked
from floorwatch.model.duty_rules import DutyRules
from floorwatch.roster import Doubt, Status, attendance, attendance_of, counted
from tests.roster.duties import DATE, LUNCH, at, leave, shift
from tests.roster.witnessed import (
    AGENT,
    LONG_AFTER,
    OUT,
    PAUSED,
    PHONES,
    approval,
    excuse,
    nine_to_six,
    punches,
    seen,
    seen_floor,
    spell,
)

MINUTE = 1 / 60

# --- before and after the start ---


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (8.9, Status.EXPECTED),
        (9.0, Status.DUE),
        (9 + 4 * MINUTE, Status.DUE),
        (9 + 5 * MINUTE, Status.ABSENT),
        (17.0, Status.ABSENT),
        (LONG_AFTER, Status.ABSENT),
    ],
)
@pytest.mark.parametrize("witness", [{"punched": ()}, {"spells": ()}])
def test_whoever_was_never_seen_is_expected_then_due_then_absent(
    now: float, status: Status, witness: dict[str, Any]
) -> None:
    assert seen(nine_to_six(), now=now, date=DATE, **witness).status is status


@pytest.mark.parametrize(
    ("came", "status", "late"),
    [
        (8.9, Status.PRESENT, 0),
        (9 + 5 * MINUTE, Status.PRESENT, 0),
        (9 + 6 * MINUTE, Status.LATE, 360),
        (11.0, Status.LATE, 7200),
    ],
)
def test_late_counts_from_the_start_once_the_grace_is_over(came: float, status: Status, late: float) -> None:
    punched = seen(nine_to_six(), punched=punches(came))
    signed = seen(nine_to_six(), spells=[spell(PHONES, came)])
    for found in (punched, signed):
        assert (found.status, found.came) == (status, at(came))
        assert found.late == pytest.approx(late)
        assert found.here


def test_without_any_witness_a_shift_is_unseen() -> None:
    for now in (8.0, 12.0, LONG_AFTER):
        assert seen(nine_to_six(), now=now, date=DATE).status is Status.UNSEEN


def test_a_terminal_that_nobody_used_that_day_is_no_witness_of_it() -> None:
    floor = seen_floor(nine_to_six(), punched=())
    yesterday = attendance_of(seen_floor(nine_to_six(date="2026-11-20"), punched=()), AGENT, "2026-11-20")
    assert yesterday is not None
    assert yesterday.status is Status.UNSEEN
    assert attendance_of(floor, AGENT) is not None


def test_what_the_call_feed_forgot_is_not_said() -> None:
    roster = nine_to_six(date="2026-11-20")
    found = seen(roster, punched=punches(9, 18, date="2026-11-20"), spells=[spell(PHONES, 8)], date="2026-11-20")
    assert (found.status, found.signed_in, found.signed_out) == (Status.FINISHED, None, None)
    assert found.doubts == ()


# --- the end ---


def test_whoever_goes_before_the_end_left_early() -> None:
    for witness in ({"punched": punches(8.9, 17)}, {"spells": [spell(PHONES, 8.9, 17), spell(OUT, 17)]}):
        found = seen(nine_to_six(), now=19, **witness)
        assert (found.status, found.early, found.left, found.here) == (Status.LEFT_EARLY, 3600, at(17), False)


def test_whoever_comes_back_did_not_leave_early() -> None:
    found = seen(nine_to_six(), now=17, punched=punches(8.9, 14, 15))
    assert (found.status, found.here, found.punched_out) == (Status.PRESENT, True, None)
    found = seen(nine_to_six(), now=17, spells=[spell(PHONES, 8.9, 14), spell(OUT, 14, 15), spell(PHONES, 15)])
    assert (found.status, found.early) == (Status.PRESENT, 0)


def test_a_few_seconds_before_the_end_can_be_allowed() -> None:
    shifts, punched = nine_to_six(), punches(9, 17.95)
    assert seen(shifts, now=19, punched=punched).status is Status.LEFT_EARLY
    assert seen(shifts, now=19, punched=punched, rules=DutyRules(early_seconds=300)).status is Status.FINISHED


def test_staying_on_is_overtime() -> None:
    assert seen(nine_to_six(), now=20, punched=punches(9, 19)).overtime == 3600
    signed = seen(nine_to_six(), now=19, spells=[spell(PHONES, 9)])
    assert (signed.status, signed.overtime, signed.here) == (Status.PRESENT, 3600, True)


def test_a_live_call_over_the_end_makes_no_overtime() -> None:
    spells = [spell(PHONES, 9, 18.25, call=(17.9, 18.25)), spell(OUT, 18.25)]
    found = seen(nine_to_six(), now=19, spells=spells)
    assert (found.status, found.overtime, found.held_by_call) == (Status.FINISHED, 0, True)
    still = seen(nine_to_six(), now=18.1, spells=[spell(PHONES, 9, call=(17.9, None))])
    assert (still.overtime, still.held_by_call) == (0, True)


# --- punches: order and roster decide ---


def test_repeats_within_a_minute_are_one_punch() -> None:
    found = seen(nine_to_six(), punched=punches(8.9, 8.9 + 0.5 * MINUTE, 8.9 + 1 * MINUTE))
    assert (found.here, found.punched_out) == (True, None)


def test_several_punches_before_the_start_are_one_in_and_after_the_end_one_out() -> None:
    found = seen(nine_to_six(), now=LONG_AFTER, date=DATE, punched=punches(8.2, 8.5, 18.2, 18.7))
    assert (found.punched_in, found.punched_out) == (at(8.2), at(18.7))
    assert found.overtime == pytest.approx(0.7 * 3600)


def test_the_last_punch_of_a_closed_day_is_out_whatever_its_number() -> None:
    found = seen(nine_to_six(), now=LONG_AFTER, date=DATE, punched=punches(8.9, 12.0, 18.1))
    assert (found.punched_out, found.status) == (at(18.1), Status.FINISHED)


@pytest.mark.parametrize(("hour", "is_in"), [(8.5, True), (10.0, True), (13.4, True), (13.6, False), (18.5, False)])
def test_one_punch_alone_is_the_nearer_of_in_and_out(hour: float, is_in: bool) -> None:
    found = seen(nine_to_six(), now=LONG_AFTER, date=DATE, punched=punches(hour))
    assert (found.punched_in is not None, found.punched_out is not None) == (is_in, not is_in)
    assert (found.lacks_in, found.lacks_out) == (not is_in, is_in)


def test_a_missing_punch_is_missing_only_once_the_window_is_closed() -> None:
    found = seen(nine_to_six(), now=19, punched=punches(9))
    assert (found.status, found.here, found.lacks_out, found.overtime) == (Status.PRESENT, True, False, 0)
    after = seen(nine_to_six(), now=LONG_AFTER, date=DATE, punched=punches(9))
    assert (after.status, after.left, after.early, after.lacks_out) == (Status.FINISHED, None, 0, True)


def test_an_out_punch_alone_says_nothing_of_being_late() -> None:
    found = seen(nine_to_six(), now=LONG_AFTER, date=DATE, punched=punches(18.1))
    assert (found.status, found.came, found.late, found.left) == (Status.FINISHED, None, 0, at(18.1))


def test_a_punch_that_is_still_to_come_is_not_seen_yet() -> None:
    assert seen(nine_to_six(), now=9.5, punched=punches(10, 18)).status is Status.ABSENT


def test_the_date_of_the_sheet_stands_above_the_window() -> None:
    other = punches(9, 18, under="2026-11-21")
    assert seen(nine_to_six(), punched=other, now=19).status is Status.ABSENT


# --- nights and days beside one another ---


def test_the_out_punch_of_a_night_belongs_to_the_day_on_which_it_began() -> None:
    night, after = shift(AGENT, (20, 28)), shift(AGENT, (14, 22), date="2026-11-23")
    punched = punches(19.9, 28.1, 24 + 13.9)
    found = seen(night, after, now=24 + 15, punched=punched, date=DATE)
    assert (found.punched_in, found.punched_out, found.status) == (at(19.9), at(28.1), Status.FINISHED)
    today = seen(night, after, now=24 + 15, punched=punched)
    assert (today.punched_in, today.punched_out, today.status) == (at(24 + 13.9), None, Status.PRESENT)


def test_a_night_of_yesterday_is_in_todays_list_while_it_runs() -> None:
    night, off = shift(AGENT, (20, 28)), shift(AGENT, date="2026-11-23")
    running = seen(night, off, now=26, spells=[spell(PHONES, 20)])
    assert (running.status, running.planned and running.planned.date) == (Status.PRESENT, DATE)
    over = seen(night, off, now=29, spells=[spell(PHONES, 20, 28), spell(OUT, 28)])
    assert (over.status, over.planned and over.planned.date) == (Status.OFF, "2026-11-23")
    staying = seen(night, off, now=29, spells=[spell(PHONES, 20)])
    assert (staying.status, staying.overtime) == (Status.PRESENT, 3600)


def test_the_night_on_which_the_clock_is_put_back_is_an_hour_longer() -> None:
    berlin, date = ZoneInfo("Europe/Berlin"), "2026-10-24"
    night = shift(AGENT, (22, 30), date=date, zone=berlin)
    assert night.start is not None
    assert night.end is not None
    moved = [Punch(AGENT, moment) for moment in (night.start + 3600, night.end)]
    floor = seen_floor(night, punched=moved, now=24, zone=berlin)
    found = attendance_of(floor, AGENT, date)
    assert found is not None
    assert (found.status, found.late) == (Status.LATE, 3600)
    assert found.planned is not None
    assert found.planned.seconds == 9 * 3600


def test_a_split_shift_is_judged_by_its_parts() -> None:
    split = shift(AGENT, (8, 12), (16, 20))
    good = seen(split, now=LONG_AFTER, date=DATE, punched=punches(7.9, 12.1, 15.9, 20.1))
    assert (good.status, good.late, good.early) == (Status.FINISHED, 0, 0)
    late = seen(split, now=LONG_AFTER, date=DATE, punched=punches(7.9, 12.1, 16.5, 20.1))
    assert (late.status, late.late) == (Status.LATE, 1800)
    early = seen(split, now=LONG_AFTER, date=DATE, punched=punches(7.9, 11.5, 15.9, 20.1))
    assert (early.status, early.early) == (Status.LEFT_EARLY, 1800)
    whole = seen(split, now=LONG_AFTER, date=DATE, punched=punches(7.9, 20.1))
    assert (whole.status, whole.late, whole.early) == (Status.FINISHED, 0, 0)


@pytest.mark.parametrize(
    ("now", "status"),
    [(13, Status.EXPECTED), (16.05, Status.DUE), (17, Status.LEFT_EARLY), (LONG_AFTER, Status.LEFT_EARLY)],
)
def test_the_second_part_of_a_split_shift_is_expected_then_due_then_missed(now: float, status: Status) -> None:
    found = seen(shift(AGENT, (8, 12), (16, 20)), now=now, date=DATE, punched=punches(7.9, 12.1))
    assert found.status is status
    assert found.early == (4 * 3600 if status is Status.LEFT_EARLY else 0)


# --- breaks at the edges, and away in a break ---


def test_what_a_half_days_leave_leaves_over_does_not_begin_with_a_break() -> None:
    morning = leave(AGENT, at(9), at(12))
    found = seen(nine_to_six(), leaves=[morning], punched=punches(12.95), now=14)
    assert (found.status, found.late, found.leave) == (Status.PRESENT, 0, morning)
    late = seen(nine_to_six(), leaves=[morning], punched=punches(13.5), now=14)
    assert (late.status, late.late) == (Status.LATE, 1800)


def test_who_is_out_for_the_planned_lunch_has_not_left() -> None:
    spells = [spell(PHONES, 9, 12.05), spell(OUT, 12.05)]
    assert seen(nine_to_six(), now=12.5, spells=spells).status is Status.PRESENT
    assert seen(nine_to_six(), now=12.5, punched=punches(8.9, 12.02)).status is Status.PRESENT
    assert seen(nine_to_six(), now=13.5, spells=spells).status is Status.LEFT_EARLY


# --- breaks ---


def test_breaks_are_pauses_of_a_break_with_their_limit() -> None:
    spells = [
        spell(PHONES, 9, 10),
        spell(PAUSED, 10, 10.5, "小休"),
        spell(PAUSED, 10.5, 11, "会议"),
        spell(PHONES, 11, 12),
        spell(PAUSED, 12, 13.1, "午餐"),
        spell(PHONES, 13.1),
    ]
    short, lunch = seen(nine_to_six(), now=14, spells=spells).breaks
    assert (short.activity, short.limit, short.over, short.planned_start) == (Activity.BREAK, 900, 900, None)
    assert (lunch.activity, lunch.limit, lunch.planned_start) == (LUNCH, 3600, at(12))
    assert lunch.over == pytest.approx(360)


def test_a_running_break_over_its_limit_calls_for_a_person() -> None:
    found = seen(nine_to_six(), now=10.3, spells=[spell(PHONES, 9, 10), spell(PAUSED, 10, None, "Break")])
    assert found.on_break is not None
    assert (found.status, found.is_exception) == (Status.PRESENT, True)
    assert found.on_break.over == pytest.approx(180)
    within = seen(nine_to_six(), now=10.2, spells=[spell(PHONES, 9, 10), spell(PAUSED, 10, None, "Break")])
    assert not within.is_exception


def test_a_pause_without_a_reason_in_the_planned_lunch_is_lunch_and_elsewhere_nobody_knows() -> None:
    spells = [spell(PHONES, 9, 10), spell(PAUSED, 10, 10.5), spell(PHONES, 10.5, 12), spell(PAUSED, 12.05, 12.5)]
    unknown, lunch = seen(nine_to_six(), now=14, spells=[*spells, spell(PHONES, 12.5)]).breaks
    assert (unknown.activity, unknown.limit, unknown.over) == (None, None, 0)
    assert (lunch.activity, lunch.limit) == (LUNCH, 3600)


def test_a_call_that_ran_when_lunch_was_to_begin_moves_it_whole() -> None:
    spells = [spell(PHONES, 9, 12.5, call=(11.9, 12.5)), spell(PAUSED, 12.5, 13.5, "午餐"), spell(PHONES, 13.5)]
    found = seen(nine_to_six(), now=14, spells=spells)
    (lunch,) = found.breaks
    assert (lunch.over, lunch.planned_start, found.held_by_call) == (0, at(12), True)


# --- leave, requests, days off ---


def test_filed_leave_is_no_absence() -> None:
    whole = leave(AGENT, at(9), at(18))
    found = seen(nine_to_six(), leaves=[whole], punched=())
    assert (found.status, found.leave, found.is_exception) == (Status.ON_LEAVE, whole, False)
    assert seen(nine_to_six(), leaves=[whole]).status is Status.ON_LEAVE, "the roster alone knows"


def test_leave_without_a_tick_is_an_absence_that_says_so() -> None:
    asked = leave(AGENT, at(9), at(18), {Tick.HEAD: Ticked("Ada", 0.0)})
    found = seen(nine_to_six(), leaves=[asked], punched=())
    assert (found.status, found.doubts, found.leave) == (Status.ABSENT, (Doubt.LEAVE_NOT_FILED,), asked)
    assert seen(nine_to_six(), leaves=[asked], punched=punches(9)).doubts == ()


def test_approved_work_elsewhere_is_presence() -> None:
    out = approval(ApprovalKind.OUT, 9, 11)
    away = seen(nine_to_six(), approvals=[out], punched=(), now=10)
    assert (away.status, away.came, away.here) == (Status.PRESENT, at(9), True)
    back = seen(nine_to_six(), approvals=[out], punched=punches(11.1), now=12)
    assert (back.status, back.late) == (Status.PRESENT, 0)


def test_a_travel_of_days_is_presence_for_each_of_them() -> None:
    travel = approval(ApprovalKind.TRAVEL, -24, 48)
    found = seen(nine_to_six(), approvals=[travel], punched=(), now=LONG_AFTER, date=DATE)
    assert (found.status, found.lacks_in, found.lacks_out) == (Status.FINISHED, False, False)


def test_who_is_here_without_the_roster_is_off_roster() -> None:
    off = shift(AGENT)
    found = seen(off, punched=punches(10))
    assert (found.status, found.doubts, found.here) == (Status.OFF_ROSTER, (Doubt.OFF_ROSTER,), True)
    other = shift("other", (9, 18))
    assert seen(other, spells=[spell(PHONES, 10)]).status is Status.OFF_ROSTER
    assert seen(off, punched=()).status is Status.OFF


def test_a_stay_without_a_shift_may_pass_midnight() -> None:
    off = shift(AGENT), shift(AGENT, date="2026-11-23")
    found = seen(*off, punched=punches(17, 25.6), now=LONG_AFTER, date=DATE)
    assert (found.punched_in, found.punched_out) == (at(17), at(25.6))
    assert seen(*off, punched=punches(17, 25.6), now=LONG_AFTER).status is Status.OFF


def test_an_unknown_code_says_so() -> None:
    strange = shift(AGENT, kind=ShiftKind.UNKNOWN, code="X")
    assert seen(strange, punched=()).doubts == (Doubt.UNKNOWN_CODE,)
    assert seen(strange, punched=punches(10)).status is Status.PRESENT


# --- one source alone ---


def test_a_floor_without_a_roster_shows_who_is_here() -> None:
    assert seen(punched=punches(9)).status is Status.PRESENT
    gone = seen(spells=[spell(PHONES, 9, 11), spell(OUT, 11)])
    assert (gone.status, gone.doubts, gone.planned) == (Status.FINISHED, (), None)


def test_an_empty_floor_has_nobody() -> None:
    assert attendance(seen_floor()) == ()
    assert attendance_of(seen_floor(), AGENT) is None
    assert set(counted(())) == set(Status)


# --- excuses ---


def test_an_excuse_gives_an_adjusted_figure_beside_the_raw_one() -> None:
    found = seen(nine_to_six(), punched=punches(10), excuses=[excuse(8.5, 9.5), excuse(9.25, 9.75, 2)])
    assert (found.status, found.late, found.adjusted_late) == (Status.LATE, 3600, 900)
    assert found.excuses == ("e1", "e2")


def test_an_excuse_that_was_withdrawn_or_is_of_another_time_covers_nothing() -> None:
    those = [excuse(9, 10, withdrawn=True), excuse(14, 15, 2)]
    found = seen(nine_to_six(), punched=punches(10), excuses=those)
    assert (found.adjusted_late, found.excuses) == (3600, ())


def test_an_absence_can_be_excused() -> None:
    found = seen(nine_to_six(), punched=(), excuses=[excuse(9, 18)])
    assert (found.status, found.excuses) == (Status.ABSENT, ("e1",))


# --- everybody ---


def test_exceptions_come_first_and_the_worst_of_them() -> None:
    roster = [shift(name, (9, 18)) for name in ("absent", "fine", "late", "later")] + [shift("off")]
    punched = [*punches(9, agent="fine"), *punches(9.5, agent="late"), *punches(10, agent="later")]
    found = attendance(seen_floor(*roster, punched=punched))
    assert [each.agent for each in found] == ["absent", "later", "late", "somebody", "fine", "off"]
    numbers = counted(found)
    assert (numbers[Status.LATE], numbers[Status.ABSENT], numbers[Status.DUE]) == (2, 1, 0)


def test_asking_twice_is_the_same_answer() -> None:
    floor = seen_floor(nine_to_six(), punched=punches(9))
    assert attendance(floor) is attendance(floor)
