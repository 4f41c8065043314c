"""A timeline folded with the floor of each day as it was when the day was over."""

from math import inf

from floorwatch.engine.day_ends import DayEnds
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import JOURNAL
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Presence
from floorwatch.model.floor import Floor
from floorwatch.model.presence import KEPT_SECONDS
from floorwatch.model.targets import FloorRules

DAYS = FloorDays()
MONDAY = 1_773_014_400.0
DAY = 86_400.0


def ends() -> tuple[DayEnds, Floor]:
    """A new floor, and what keeps its days."""
    floor = Floor(FloorRules(DAYS))
    return DayEnds(floor, DAYS), floor


def joined(at: float, agent: str = "1001", feed: str = "queue_log") -> Decoded:
    """Somebody signs in."""
    return Decoded(feed, at, (events.MemberAdded(at, agent, "support"),))


def noted(at: float) -> Decoded:
    """Something is entered."""
    return Decoded(JOURNAL, at, (events.HelpRequested(at, id=f"h{at}", by="Ada", agent="1001"),))


def test_a_day_is_kept_as_it_was_thirty_six_hours_after_it_began() -> None:
    days, _floor = ends()
    last = days.fold(
        [joined(MONDAY + 100, "1001"), joined(MONDAY + DAY + 100, "1002"), joined(MONDAY + 2 * DAY, "1003")]
    )

    kept = days.up_to(MONDAY + 2 * DAY)
    assert last == MONDAY + 2 * DAY
    assert list(kept) == [MONDAY]
    assert kept[MONDAY].at == MONDAY + KEPT_SECONDS
    assert set(kept[MONDAY].agents) == {"1001", "1002"}
    (spell,) = kept[MONDAY].spells["1001"]
    assert (spell.presence, spell.start) == (Presence.PHONES, MONDAY + 100)


def test_days_in_which_nothing_happened_are_kept_too() -> None:
    days, _floor = ends()
    days.fold([joined(MONDAY), joined(MONDAY + 4 * DAY, "1002")])

    assert list(days.up_to(MONDAY + 4 * DAY)) == [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY]


def test_time_goes_on_after_the_last_line() -> None:
    days, _floor = ends()
    days.fold([joined(MONDAY)])

    assert list(days.up_to(MONDAY + DAY)) == []
    assert list(days.up_to(MONDAY + 2 * DAY)) == [MONDAY]


def test_what_was_entered_begins_no_day_and_is_no_last_line() -> None:
    days, floor = ends()
    last = days.fold([noted(MONDAY - 99 * DAY), joined(MONDAY), noted(MONDAY + 5 * DAY)])

    assert last == MONDAY
    assert list(days.up_to(MONDAY)) == [MONDAY + each * DAY for each in range(4)]
    assert len(floor.support.helps) == 2


def test_documents_have_no_time() -> None:
    days, floor = ends()
    said = events.DocumentRead(MONDAY, document="r.csv", title="a roster")

    assert days.fold([Decoded("rosters", -inf, (said,))]) is None
    assert days.up_to(MONDAY + 9 * DAY) == {}
    assert len(floor.duty.documents) == 1
