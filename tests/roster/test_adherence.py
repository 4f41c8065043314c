"""Adherence and conformance: the golden vector, any plan against a second-by-second count, and one person's day."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.model.duty import Activity, ApprovalKind, Stint
from floorwatch.model.duty_rules import DutyRules
from floorwatch.roster import Adherence, Deviation, Done, adherence_of, compared, done_by
from tests.roster.duties import DATE, LUNCH, MEETING, at, leave, shift
from tests.roster.duties import PHONES as ON_PHONES
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
    seen_floor,
    spell,
)

EXACT = DutyRules(default_tolerance_seconds=0)
BREAKS = (Activity.BREAK, Activity.LUNCH)


def of(*roster: object, date: str | None = None, rules: DutyRules = EXACT, **said: object) -> Adherence:
    found = adherence_of(seen_floor(*roster, rules=rules, **said), AGENT, date)  # type: ignore[arg-type]
    assert found is not None
    return found


# --- the golden vector, and what the words mean ---


def test_golden_vector_four() -> None:
    """Scheduled 60 minutes, arrives 10 late, stays 10 longer: adherence 71.4 %, conformance 100 %."""
    hour = (Stint(0.0, 3600.0),)
    found = compared(hour, (Done(600.0, 4200.0, ON_PHONES),), 4200.0)
    assert found == (Deviation(0.0, 600.0, ON_PHONES, None, -1), Deviation(3600.0, 4200.0, None, ON_PHONES, 1))
    whole = of(shift(AGENT, (9, 10)), spells=[spell(PHONES, 9 + 1 / 6, 10 + 1 / 6), spell(OUT, 10 + 1 / 6)])
    assert whole.adherence == pytest.approx(1 - 20 / 70)
    assert f"{whole.adherence:.1%}" == "71.4%"
    assert whole.conformance == pytest.approx(1.0)
    assert (whole.scheduled, whole.worked, whole.out, whole.outside) == (3600, 3600, 600, 600)


def test_tolerance_first_then_seconds() -> None:
    """An exception within the tolerance is none; a longer one counts whole."""
    hour, late = (Stint(0.0, 3600.0),), (Done(120.0, 3600.0, ON_PHONES),)
    assert compared(hour, late, 3600.0, {ON_PHONES: 120.0}) == ()
    (found,) = compared(hour, late, 3600.0, {ON_PHONES: 119.0})
    assert found.seconds == 120


def test_the_tolerance_is_that_of_what_was_planned() -> None:
    plan = (Stint(0.0, 600.0), Stint(600.0, 1200.0, MEETING))
    done = (Done(0.0, 540.0, ON_PHONES), Done(660.0, 1200.0, MEETING))
    found = compared(plan, done, 1200.0, {ON_PHONES: 60.0, MEETING: 30.0})
    assert [(each.start, each.end, each.planned) for each in found] == [(600.0, 660.0, MEETING)]


def test_an_exception_is_one_however_often_what_is_done_changes() -> None:
    plan = (Stint(0.0, 600.0),)
    done = (Done(0.0, 50.0, Activity.BREAK), Done(50.0, 100.0, MEETING), Done(150.0, 600.0, ON_PHONES))
    found = compared(plan, done, 600.0, {ON_PHONES: 60.0})
    assert [(each.end, each.done) for each in found] == [(50.0, Activity.BREAK), (100.0, MEETING), (150.0, None)]


@pytest.mark.parametrize(
    ("planned", "done", "impact"),
    [
        (ON_PHONES, None, -1),
        (ON_PHONES, Activity.BREAK, -1),
        (LUNCH, ON_PHONES, 1),
        (None, ON_PHONES, 1),
        (LUNCH, MEETING, 0),
        (MEETING, None, 0),
    ],
)
def test_the_impact_is_in_hands_on_the_telephones(planned: Activity | None, done: Activity | None, impact: int) -> None:
    plan = (Stint(0.0, 60.0, planned),) if planned is not None else ()
    (found,) = compared(plan, (Done(0.0, 60.0, done),) if done is not None else (), 60.0)
    assert found.impact == impact


def test_nothing_is_said_of_the_time_to_come() -> None:
    (found,) = compared((Stint(0.0, 3600.0),), (), 600.0)
    assert found.end == 600.0


# --- any plan, any day ---

_ACTIVITIES = st.sampled_from([None, *Activity])


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[int, int, Activity | None]]:
    """Stretches that follow one another within five minutes."""
    edges = sorted(draw(st.sets(st.integers(0, 300), min_size=2, max_size=10)))
    return [(a, b, draw(_ACTIVITIES)) for a, b in pairwise(edges)]


@st.composite
def plans(draw: st.DrawFn) -> tuple[Stint, ...]:
    return tuple(Stint(a, b, what) for a, b, what in draw(rows()) if what is not None)


@st.composite
def days(draw: st.DrawFn) -> tuple[Done, ...]:
    return tuple(Done(a, b, what) for a, b, what in draw(rows()))


_TOLERANCES = st.dictionaries(st.sampled_from(Activity), st.integers(0, 60).map(float))


def by_seconds(
    planned: Sequence[Stint], done: Sequence[Done], until: int, tolerance: dict[Activity, float]
) -> dict[int, tuple[Activity | None, Activity | None]]:
    """What is off the plan at each second, found slowly: every run of the same planned thing is held against it."""

    def what(those: Sequence[Stint | Done], second: int) -> Activity | None:
        return next((each.activity for each in those if each.start <= second < each.end), None)

    pairs = [(what(planned, second), what(done, second)) for second in range(until)]
    is_off = [(was is not None and was not in BREAKS) if wanted is None else was is not wanted for wanted, was in pairs]
    found, second = {}, 0
    while second < until:
        last = second
        while last < until and is_off[last] and pairs[last][0] is pairs[second][0]:
            last += 1
        allowed = tolerance.get(pairs[second][0] or pairs[second][1] or ON_PHONES, 0.0)
        if last - second > allowed:
            found.update({each: pairs[each] for each in range(second, last)})
        second = max(last, second + 1)
    return found


@given(plans(), days(), st.integers(1, 320), _TOLERANCES)
def test_it_is_what_counting_every_second_comes_to(
    planned: tuple[Stint, ...], done: tuple[Done, ...], until: int, tolerance: dict[Activity, float]
) -> None:
    found = compared(planned, done, float(until), tolerance)
    counted = {
        second: (each.planned, each.done) for each in found for second in range(round(each.start), round(each.end))
    }
    assert counted == by_seconds(planned, done, until, tolerance)
    assert sum(each.seconds for each in found) == len(counted)
    assert list(found) == sorted(found, key=lambda each: each.start)


@given(plans(), days(), st.data())
def test_splitting_a_stint_in_two_changes_nothing(
    planned: tuple[Stint, ...], done: tuple[Done, ...], data: st.DataObject
) -> None:
    split = []
    for stint in planned:
        middle = data.draw(st.integers(int(stint.start), int(stint.end)))
        parts = [Stint(stint.start, middle, stint.activity), Stint(middle, stint.end, stint.activity)]
        split += [part for part in parts if part.start < part.end]
    assert compared(tuple(split), done, 300.0, {ON_PHONES: 20.0}) == compared(planned, done, 300.0, {ON_PHONES: 20.0})


@given(plans())
def test_doing_the_plan_is_no_deviation(planned: tuple[Stint, ...]) -> None:
    assert compared(planned, tuple(Done(s.start, s.end, s.activity) for s in planned), 320.0) == ()


@given(plans(), days(), st.integers(1, 320))
def test_shares_stay_between_nothing_and_all(planned: tuple[Stint, ...], done: tuple[Done, ...], until: int) -> None:
    found = compared(planned, done, float(until))
    scheduled = sum(max(0.0, min(s.end, until) - s.start) for s in planned)
    out = sum(each.seconds for each in found if each.planned is not None)
    outside = sum(each.seconds for each in found if each.planned is None)
    assert out <= scheduled
    whole = Adherence(AGENT, DATE, scheduled, 0.0, out, outside, 0.0, found)
    assert whole.adherence is None or 0 <= whole.adherence <= 1


# --- one person's day ---


def test_a_day_by_the_plan_is_all_adhered() -> None:
    spells = [spell(PHONES, 9, 12), spell(PAUSED, 12, 13, "午餐"), spell(PHONES, 13, 18), spell(OUT, 18)]
    found = of(nine_to_six(), now=19, spells=spells)
    assert (found.adherence, found.conformance, found.deviations) == (1.0, 1.0, ())
    assert (found.scheduled, found.worked) == (9 * 3600, 9 * 3600)


def test_the_day_so_far_is_judged_so_far() -> None:
    found = of(nine_to_six(), now=10, spells=[spell(PHONES, 9.5)])
    assert (found.scheduled, found.out, found.adherence) == (3600, 1800, 0.5)
    before = of(nine_to_six(), now=8.5, spells=[spell(OUT, -6)])
    assert (before.scheduled, before.adherence, before.conformance) == (0, None, None)


def test_nothing_planned_or_nothing_seen_is_no_figure() -> None:
    assert adherence_of(seen_floor(spells=[spell(PHONES, 9)]), AGENT) is None
    assert adherence_of(seen_floor(shift(AGENT), spells=[]), AGENT) is None
    assert adherence_of(seen_floor(nine_to_six()), AGENT) is None
    assert adherence_of(seen_floor(), AGENT) is None


def test_a_pause_of_no_known_reason_is_the_plans_and_else_a_break() -> None:
    spells = [spell(PHONES, 9, 11), spell(PAUSED, 11, 13, "?"), spell(PHONES, 13)]
    (found,) = of(nine_to_six(), now=14, spells=spells).deviations
    assert (found.start, found.end, found.done, found.impact) == (at(11), at(12), Activity.BREAK, -1)


def test_signing_out_for_the_planned_lunch_is_lunch() -> None:
    spells = [spell(PHONES, 9, 12), spell(OUT, 12, 13), spell(PHONES, 13)]
    assert of(nine_to_six(), now=14, spells=spells).adherence == 1.0
    gone = of(nine_to_six(), now=14, spells=spells[:2])
    assert gone.out == 2 * 3600, "nobody came back from that lunch"


def test_whoever_is_absent_has_no_lunch_either() -> None:
    found = of(nine_to_six(), now=19, spells=[spell(OUT, -6)])
    assert (found.adherence, found.conformance) == (0.0, 0.0)


def test_where_the_call_feed_is_silent_punches_say_who_was_there() -> None:
    found = of(nine_to_six(), now=LONG_AFTER, date=DATE, punched=punches(9.5, 18.2))
    assert [(each.start, each.end) for each in found.deviations] == [(at(9), at(9.5))]
    assert found.conformance == pytest.approx(8.5 / 9)


def test_a_meeting_is_not_seen_by_the_call_feed_and_taken_as_done() -> None:
    roster = shift(AGENT, (9, 14), (14, 15, MEETING), (15, 18))
    spells = [spell(PHONES, 9, 14), spell(OUT, 14, 15), spell(PHONES, 15)]
    assert of(roster, now=16, spells=spells).deviations == ()
    (skipped,) = of(roster, now=16, spells=[spell(PHONES, 9)]).deviations
    assert (skipped.planned, skipped.done, skipped.impact) == (MEETING, ON_PHONES, 1)


def test_a_call_over_the_edge_moves_the_lunch_that_it_delayed() -> None:
    spells = [spell(PHONES, 9, 12.25, call=(11.9, 12.25)), spell(PAUSED, 12.25, 13.25, "午餐"), spell(PHONES, 13.25)]
    assert of(nine_to_six(), now=15, spells=spells).deviations == ()
    chosen = [spell(PHONES, 9, 12.25, call=(11.5, 11.9)), *spells[1:]]
    assert [each.impact for each in of(nine_to_six(), now=15, spells=chosen).deviations] == [1, -1]


def test_a_call_over_the_end_of_the_shift_is_no_exception() -> None:
    roster = shift(AGENT, (9, 18))
    spells = [spell(PHONES, 9, 18.2, call=(17.9, 18.2)), spell(OUT, 18.2)]
    found = of(roster, now=19, spells=spells)
    assert (found.deviations, found.adherence) == ((), 1.0)
    live = of(roster, now=18.1, spells=[spell(PHONES, 9, call=(17.9, None))])
    assert live.deviations == ()


def test_a_call_into_a_meeting_is_no_exception() -> None:
    roster = shift(AGENT, (9, 14), (14, 15, MEETING), (15, 18))
    spells = [spell(PHONES, 9, 14.1, call=(13.9, 14.1)), spell(PAUSED, 14.1, 15, "会议"), spell(PHONES, 15)]
    assert of(roster, now=16, spells=spells).deviations == ()


def test_excused_seconds_adjust_and_the_raw_figure_stays() -> None:
    found = of(nine_to_six(), now=10, spells=[spell(PHONES, 9.5)], excuses=[excuse(8, 9.25)])
    assert (found.adherence, found.adjusted, found.excused) == (0.5, 0.75, 900)
    (late,) = found.deviations
    assert (late.excuse, late.excused) == ("e1", 900)


def test_filed_leave_is_not_scheduled_nor_the_lunch_that_it_leaves_at_the_edge() -> None:
    went = [spell(PHONES, 9, 12), spell(OUT, 12)]
    found = of(nine_to_six(), now=19, leaves=[leave(AGENT, at(13), at(18))], spells=went)
    assert (found.scheduled, found.deviations, found.adherence) == (3 * 3600, (), 1.0)
    came = [spell(PHONES, 13)]
    found = of(nine_to_six(), now=17, leaves=[leave(AGENT, at(9), at(12))], spells=came)
    assert (found.scheduled, found.deviations, found.adherence) == (4 * 3600, (), 1.0)


def test_signing_out_for_a_lunch_that_a_call_moved_is_lunch() -> None:
    late_lunch = [spell(PHONES, 9, 12.3, call=(11.95, 12.3)), spell(OUT, 12.3, 13.3), spell(PHONES, 13.3)]
    assert of(nine_to_six(), now=14, spells=late_lunch).deviations == ()


def test_nothing_is_said_of_the_time_before_the_call_feed_began() -> None:
    found = of(shift(AGENT, (8, 17)), now=10, punched=punches(7.9), spells=[spell(PHONES, 9)], feed_began=9)
    assert found.deviations == ()


def test_approved_work_elsewhere_is_doing_the_plan() -> None:
    out = approval(ApprovalKind.OUT, 14, 16)
    spells = [spell(PHONES, 9, 12), spell(OUT, 12, 13), spell(PHONES, 13, 14), spell(OUT, 14, 16), spell(PHONES, 16)]
    assert of(nine_to_six(), now=17, approvals=[out], spells=spells).deviations == ()


def test_a_night_is_one_day() -> None:
    night = shift(AGENT, (20, 28))
    spells = [spell(PHONES, 20, 28), spell(OUT, 28)]
    assert of(night, now=30, date=DATE, spells=spells).adherence == 1.0
    running = adherence_of(seen_floor(night, now=26, spells=[spell(PHONES, 20)]), AGENT)
    assert running is not None
    assert (running.date, running.adherence) == (DATE, 1.0)


# --- what was done ---


def test_what_was_done_has_no_gaps_and_ends_now() -> None:
    floor = seen_floor(nine_to_six(), now=10.5, spells=[spell(PHONES, 9, 10), spell(PAUSED, 10, None, "小休")])
    done = done_by(floor, AGENT, at(8), at(20))
    assert [(d.start, d.end, d.activity) for d in done] == [
        (at(8), at(9), None),
        (at(9), at(10), ON_PHONES),
        (at(10), at(10.5), Activity.BREAK),
    ]


def test_what_was_done_over_several_days_follows_the_nights() -> None:
    night, day = shift(AGENT, (20, 28)), shift(AGENT, (14, 22), date="2026-11-23")
    floor = seen_floor(night, day, now=24 + 15, punched=punches(20, 28, 24 + 14))
    done = done_by(floor, AGENT, at(19), at(24 + 15))
    assert [(d.start, d.end, d.activity) for d in done] == [
        (at(19), at(20), None),
        (at(20), at(28), ON_PHONES),
        (at(28), at(24 + 14), None),
        (at(24 + 14), at(24 + 15), ON_PHONES),
    ]


def test_somebody_here_without_a_plan_is_on_duty() -> None:
    floor = seen_floor(now=12, punched=punches(9))
    assert [d.activity for d in done_by(floor, AGENT, at(8), at(12))] == [None, Activity.DUTY]
    assert done_by(floor, AGENT, at(12), at(12)) == ()
