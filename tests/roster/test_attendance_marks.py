"""Marks by hand, and witnesses of one shift that disagree."""

from floorwatch.model.duty import Activity, MarkKind
from floorwatch.roster import Doubt, Status
from tests.roster.duties import at, shift
from tests.roster.witnessed import (
    AGENT,
    OUT,
    PHONES,
    mark,
    nine_to_six,
    punches,
    seen,
    spell,
)

MINUTE = 1 / 60

# --- marks by hand ---


def test_a_mark_stands_above_what_is_seen() -> None:
    came = seen(nine_to_six(), punched=(), marks=[mark(MarkKind.CAME, 9)])
    assert (came.status, came.came, came.marked, came.doubts) == (Status.PRESENT, at(9), "m1", ())
    assert came.here
    absent = seen(nine_to_six(), punched=punches(9), marks=[mark(MarkKind.ABSENT, 9)])
    assert (absent.status, absent.doubts) == (Status.ABSENT, (Doubt.MARKED_OTHERWISE,))
    left = seen(nine_to_six(), punched=punches(9), now=16, marks=[mark(MarkKind.LEFT, 15)])
    assert (left.status, left.left, left.early) == (Status.LEFT_EARLY, at(15), 3 * 3600)


def test_a_mark_needs_no_other_witness() -> None:
    assert seen(nine_to_six(), marks=[mark(MarkKind.CAME, 9.5)]).status is Status.LATE
    assert seen(nine_to_six(), now=8, marks=[mark(MarkKind.ABSENT, 8)]).status is Status.ABSENT


def test_the_last_mark_counts() -> None:
    marks = [mark(MarkKind.ABSENT, 9, 1), mark(MarkKind.CAME, 9, 2)]
    assert seen(nine_to_six(), punched=(), marks=marks).status is Status.PRESENT
    assert seen(nine_to_six(), punched=(), marks=marks[::-1]).status is Status.PRESENT, "by when they were made"


def test_coming_after_having_left_is_being_back() -> None:
    marks = [mark(MarkKind.CAME, 9, 1), mark(MarkKind.LEFT, 10, 2), mark(MarkKind.CAME, 11, 3)]
    found = seen(nine_to_six(), punched=(), marks=marks)
    assert (found.status, found.came, found.here) == (Status.PRESENT, at(9), True)


def test_a_mark_and_a_punch_that_judge_otherwise_are_in_doubt() -> None:
    found = seen(nine_to_six(), punched=punches(9.5), marks=[mark(MarkKind.CAME, 9)])
    assert (found.status, found.doubts) == (Status.PRESENT, (Doubt.MARKED_OTHERWISE,))


# --- witnesses that disagree ---


def test_punched_in_but_not_signed_in_is_a_doubt_after_the_grace() -> None:
    at_once = seen(nine_to_six(), now=9.05, punched=punches(8.9), spells=[])
    assert at_once.doubts == ()
    later = seen(nine_to_six(), now=9.2, punched=punches(8.9), spells=[])
    assert (later.status, later.doubts) == (Status.PRESENT, (Doubt.PUNCHED_NOT_SIGNED,))
    at_lunch = seen(nine_to_six(), now=12.5, punched=punches(8.9), spells=[spell(PHONES, 9, 12), spell(OUT, 12)])
    assert at_lunch.doubts == ()


def test_nobody_is_asked_to_sign_in_for_a_training() -> None:
    roster = shift(AGENT, (9, 12, Activity.TRAINING), (12, 18))
    assert seen(roster, now=11, punched=punches(8.9), spells=[]).doubts == ()
    assert seen(roster, now=12.5, punched=punches(8.9), spells=[]).doubts == (Doubt.PUNCHED_NOT_SIGNED,)


def test_signed_in_but_not_punched_is_a_doubt() -> None:
    before = punches(9, 18, date="2026-11-20")
    found = seen(nine_to_six(), now=9.2, punched=before, spells=[spell(PHONES, 8.95)])
    assert (found.status, found.doubts) == (Status.PRESENT, (Doubt.SIGNED_NOT_PUNCHED,))


def test_whoever_has_never_punched_works_from_home() -> None:
    assert seen(nine_to_six(), now=9.2, punched=(), spells=[spell(PHONES, 8.95)]).doubts == ()


def test_one_witness_alone_contradicts_nobody() -> None:
    assert seen(nine_to_six(), punched=punches(9)).doubts == ()
    assert seen(nine_to_six(), spells=[spell(PHONES, 9)]).doubts == ()


def test_a_call_feed_alone_does_not_miss_anybody_at_a_training() -> None:
    roster = shift(AGENT, (9, 12, Activity.TRAINING), (12, 18))
    assert seen(roster, now=11, spells=[]).status is Status.UNSEEN
    assert seen(roster, now=13, spells=[]).status is Status.ABSENT
    assert seen(roster, now=13, spells=[spell(PHONES, 12)]).status is Status.PRESENT
