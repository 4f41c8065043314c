"""What no witness can know is not said, and what is about to be known is waited for."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.model.duty import Spell
from floorwatch.model.presence import MOST_SPELLS
from floorwatch.roster import Status, adherence_of, attendance_of
from tests.roster.duties import at, leave, shift
from tests.roster.witnessed import AGENT, OUT, PAUSED, PHONES, nine_to_six, punches, seen, seen_floor, spell

MINUTE = 1 / 60
EARLY = shift(AGENT, (8, 17))


def of_spells(*spells: Spell, now: float, **said: Any) -> Status:
    return seen(EARLY, spells=spells, now=now, **said).status


# --- before the call feed's first line ---


def test_whoever_is_there_as_the_call_feed_begins_is_not_late() -> None:
    found = seen(EARLY, spells=[spell(PHONES, 9)], now=10, feed_began=9)
    assert (found.status, found.came, found.late, found.here) == (Status.PRESENT, None, 0, True)
    assert found.signed_in == at(9)


def test_whoever_signs_in_later_than_that_is_late() -> None:
    found = seen(EARLY, spells=[spell(PHONES, 9.5)], now=10, feed_began=9)
    assert (found.status, found.late) == (Status.LATE, 5400)


def test_a_shift_that_began_before_the_call_feed_is_not_missed_by_it() -> None:
    assert of_spells(now=10, feed_began=9) is Status.UNSEEN
    assert of_spells(now=10, feed_began=8) is Status.ABSENT
    assert of_spells(now=10, feed_began=8.05) is Status.ABSENT, "its grace still ran"


def test_the_call_feed_contradicts_no_punch_before_it_began() -> None:
    before = seen(EARLY, spells=(), punched=punches(7.9), now=8.9, feed_began=8.8)
    assert (before.status, before.doubts) == (Status.PRESENT, ())
    late = seen(EARLY, spells=[spell(PHONES, 9)], punched=punches(8.5), now=10, feed_began=9)
    assert (late.status, late.came, late.late) == (Status.LATE, at(8.5), 1800)


def test_a_call_feed_that_has_brought_nothing_yet_misses_nobody() -> None:
    nothing = replace(seen_floor(EARLY, spells=()), spells={})
    found = [attendance_of(replace(nothing, at=at(hour)), AGENT) for hour in (7, 8, 9)]
    assert [each and each.status for each in found] == [Status.EXPECTED, Status.DUE, Status.UNSEEN]


def test_what_a_flood_has_washed_away_makes_nobody_late() -> None:
    to_and_fro = [
        spell(PAUSED if number % 2 else PHONES, 9 + number / 3600, 9 + (number + 1) / 3600)
        for number in range(MOST_SPELLS)
    ]
    now = 9 + MOST_SPELLS / 3600
    assert of_spells(*to_and_fro, spell(PHONES, now), now=now) is Status.UNSEEN
    assert of_spells(*to_and_fro[2:], spell(PHONES, now), now=now) is Status.LATE


# --- members of whom no line says that they sign in ---


@pytest.mark.parametrize("call", [(9.2, 9.3), (9.2, None)])
def test_whoever_is_known_by_calls_alone_is_never_late(call: tuple[float, float | None]) -> None:
    implied = spell(PHONES, 9.2, call=call, is_implied=True)
    found = seen(EARLY, spells=[implied], now=10)
    assert (found.status, found.came, found.late, found.here) == (Status.PRESENT, None, 0, True)


def test_nobody_knows_whether_they_stay_on_either() -> None:
    implied = spell(PHONES, 9.2, call=(16.9, 16.95), is_implied=True)
    found = seen(EARLY, spells=[implied], now=19)
    assert (found.status, found.left, found.overtime, found.here) == (Status.FINISHED, None, 0, False)


def test_a_membership_of_the_day_before_shows_nobody_without_a_call() -> None:
    implied = spell(PHONES, -10, call=(-9, -8.9), is_implied=True)
    assert of_spells(implied, now=10) is Status.UNSEEN
    nobody_signs_in = replace(seen_floor(EARLY, spells=(), now=10), spells={"other": (implied,)})
    found = attendance_of(nobody_signs_in, AGENT)
    assert found is not None
    assert found.status is Status.UNSEEN


# --- what is about to be known ---


def test_the_way_from_the_telephone_to_the_terminal_is_not_leaving_early() -> None:
    spells = [spell(PHONES, 8, 17 - MINUTE), spell(OUT, 17 - MINUTE)]
    on_the_way = seen(EARLY, spells=spells, punched=punches(7.9), now=17.02)
    assert (on_the_way.status, on_the_way.overtime) == (Status.PRESENT, 0)
    out = seen(EARLY, spells=spells, punched=punches(7.9, 17.03), now=17.05)
    assert (out.status, out.early) == (Status.FINISHED, 0)
    forgot = seen(EARLY, spells=spells, punched=punches(7.9), now=17.1)
    assert (forgot.status, forgot.early) == (Status.LEFT_EARLY, 60)


# --- breaks ---


def test_a_break_is_over_its_limit_beyond_the_tolerance() -> None:
    for seconds, is_over in ((59, False), (60, False), (61, True)):
        spells = [spell(PHONES, 9, 10), spell(PAUSED, 10, None, "Break")]
        floor = seen_floor(nine_to_six(), spells=spells)
        found = attendance_of(replace(floor, at=at(10.25) + seconds), AGENT)
        assert found is not None
        assert found.on_break is not None
        assert (found.on_break.over, found.on_break.is_over, found.is_exception) == (seconds, is_over, is_over)


def test_whoever_is_out_for_a_lunch_that_a_call_moved_has_not_left() -> None:
    spells = [spell(PHONES, 9, 12.5, call=(11.95, 12.5)), spell(OUT, 12.5)]
    assert seen(nine_to_six(), spells=spells, now=13.4).status is Status.PRESENT
    assert seen(nine_to_six(), spells=spells, now=13.6).status is Status.LEFT_EARLY


def test_a_call_over_the_whole_break_moves_it_behind_its_time() -> None:
    spells = [spell(PHONES, 9, 13.05, call=(11.95, 13.05)), spell(OUT, 13.05)]
    found = seen(nine_to_six(), spells=spells, now=13.5)
    assert (found.status, [taken.activity for taken in found.breaks]) == (Status.PRESENT, ["lunch"])


def test_whoever_goes_before_an_afternoon_of_leave_is_at_no_lunch() -> None:
    spells = [spell(PHONES, 9, 12), spell(OUT, 12)]
    found = seen(nine_to_six(), spells=spells, leaves=[leave(AGENT, at(13), at(18))], now=15)
    assert (found.status, found.breaks, found.is_exception) == (Status.FINISHED, (), False)


# --- signed in since yesterday ---


def test_a_sign_in_of_yesterday_says_nothing_of_coming_today() -> None:
    left_over = spell(PHONES, -10, call=(-9, -8.9))
    assert of_spells(left_over, now=10) is Status.UNSEEN
    late = seen(EARLY, spells=[left_over], punched=punches(8.5), now=10)
    assert (late.status, late.late) == (Status.LATE, 1800)
    on_a_call = seen(EARLY, spells=[spell(PHONES, -10, call=(9.2, 9.3))], now=10)
    assert (on_a_call.status, on_a_call.came, on_a_call.late) == (Status.PRESENT, None, 0)
    again = seen(EARLY, spells=[spell(PHONES, -10, 7.8), spell(OUT, 7.8, 9), spell(PHONES, 9)], now=10)
    assert (again.status, again.late) == (Status.LATE, 3600)


def test_a_night_in_which_nobody_signed_out_is_no_work_outside_the_shift() -> None:
    floor = seen_floor(EARLY, spells=[spell(PHONES, -10, call=(9.2, 9.3))], now=10)
    found = adherence_of(floor, AGENT)
    assert found is not None
    assert (found.outside, found.worked, found.conformance) == (0, 7200, 1.0)


def test_whoever_punched_out_and_forgot_to_sign_out_has_left() -> None:
    said: dict[str, Any] = {"spells": [spell(PHONES, 8, call=(16, 16.5))], "punched": punches(7.9, 17.05)}
    found = seen(EARLY, now=20, **said)
    assert (found.status, found.left, found.overtime, found.here) == (Status.FINISHED, at(17.05), 180, False)
    adherence = adherence_of(seen_floor(EARLY, now=20, **said), AGENT)
    assert adherence is not None
    assert adherence.outside == 180
    back = seen(EARLY, now=20, spells=[spell(PHONES, 8, call=(19, 19.5))], punched=punches(7.9, 17.05))
    assert back.here, "a call since"
