"""A feed is silent where it should bring lines and does not; at night, and on a quiet floor, it may be."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import AgentState
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FeedRules
from floorwatch.model.weekday import WeekdayRead
from floorwatch.roster import silent_since
from floorwatch.testing import floors

FEED = "queue_log"
BUSY = floors.interval("support", back=1, offered=240)
THERE = floors.agent("1007")
MINUTE = 60.0


def silent(
    *parts: floors.Part,
    seconds: float,
    later: float = 0.0,
    said: FeedRules | None = None,
    duty: DutyRules | None = None,
) -> float | None:
    """For how long the feed is silent, whose last line came so long ago; None where it is not."""
    floor = floors.snapshot(floors.feed(FEED, silent=seconds), *parts)
    rules = replace(floor.rules, feeds={FEED: said} if said else {}, duty=duty or floor.rules.duty)
    since = silent_since(replace(floor, rules=rules), FEED, floors.NOW + later)
    return None if since is None else floors.NOW + later - since


def a_week_ago(floor_start: float, minutes: dict[int, int]) -> WeekdayRead:
    """So many calls in the minutes after midnight."""
    arrivals = tuple(minutes.get(minute, 0) for minute in range(24 * 60))
    return WeekdayRead(
        at=floor_start, date="2026-03-03", compared_with=floor_start, step_seconds=60, arrivals={"support": arrivals}
    )


def with_weekday(minutes: dict[int, int], *parts: floors.Part, seconds: float) -> float | None:
    floor = floors.snapshot(floors.feed(FEED, silent=seconds), *parts)
    return silent_since(replace(floor, weekday=a_week_ago(floors.DAY_START, minutes)), FEED)


@pytest.mark.parametrize(
    ("calls", "seconds", "is_silent"),
    [(240, 119, False), (240, 121, True), (20, 14 * MINUTE, False), (20, 16 * MINUTE, True), (1, 29 * MINUTE, False)],
)
def test_how_long_is_too_long_goes_by_the_pace_of_the_calls(calls: int, seconds: float, is_silent: bool) -> None:
    pace = floors.interval("support", back=2, offered=calls)
    assert (silent(pace, THERE, seconds=seconds) is not None) is is_silent


def test_without_any_call_half_an_hour_is_too_long() -> None:
    assert silent(THERE, seconds=29 * MINUTE) is None
    assert silent(THERE, seconds=31 * MINUTE) == pytest.approx(31 * MINUTE)


def test_a_feed_with_few_of_the_lines_is_waited_for_longer() -> None:
    main = floors.feed("main", silent=1.0, lines=900)
    assert silent(BUSY, THERE, main, seconds=5 * MINUTE) is None
    assert silent(BUSY, THERE, main, seconds=13 * MINUTE) is not None


def test_what_the_others_brought_since_makes_it_no_less_silent() -> None:
    """Early in the day, when there are few lines yet."""
    first = floors.interval("support", back=2, offered=60)
    for since in (0, 60, 240, 960):
        main = floors.feed("main", silent=1.0, lines=300 + 5 * since)
        later = floors.interval("support", back=0, offered=since)
        assert silent(first, later, THERE, main, seconds=21 * MINUTE) is not None, since


def test_time_that_goes_on_behind_a_floor_that_stands_still_counts() -> None:
    assert silent(BUSY, THERE, seconds=60) is None
    assert silent(BUSY, THERE, seconds=60, later=61) == pytest.approx(121)


def test_where_everybody_has_gone_it_may_be_silent_but_not_while_a_caller_waits() -> None:
    gone = floors.agent("1007", state=AgentState.SIGNED_OUT)
    assert silent(BUSY, gone, seconds=3600) is None
    assert silent(BUSY, gone, floors.caller("support", 3500), seconds=3600) is not None
    assert silent(BUSY, gone, floors.talking("1004", "Wu", "support", 3500), seconds=3600) is not None


def test_a_call_whose_end_was_lost_keeps_nobody_awake() -> None:
    gone = floors.agent("1007", state=AgentState.SIGNED_OUT)
    assert silent(BUSY, gone, floors.caller("support", 5 * 3600), seconds=5 * 3600) is None


def test_the_same_weekday_of_an_earlier_week_says_whether_it_is_at_work() -> None:
    now = 10 * 60 + 41
    assert with_weekday(dict.fromkeys(range(now - 9, now), 1), BUSY, THERE, seconds=600) is not None
    assert with_weekday({now - 3: 4}, BUSY, THERE, seconds=600) is None, "people are signed in, and it is always quiet"


def test_a_feed_that_stopped_at_night_is_silent_when_the_others_have_begun() -> None:
    """Nobody is signed in as far as this feed tells: it went before they came."""
    gone = floors.agent("1007", state=AgentState.SIGNED_OUT)
    usual = dict.fromkeys(range(8 * 60, 18 * 60), 2)
    for seconds in (7 * 3600, 14 * 3600):  # after midnight, and on the day before
        assert with_weekday(usual, gone, seconds=seconds) is not None
        assert with_weekday({}, gone, seconds=seconds) is None


@pytest.mark.parametrize(
    ("hours", "seconds", "expected"),
    [
        ((8 * 60, 20 * 60), 10 * MINUTE, True),
        ((8 * 60, 20 * 60), 4 * MINUTE, False),
        ((8 * 60, 10 * 60), 9 * 3600, False),
        ((10 * 60 + 38, 20 * 60), 9 * 3600, False),  # open for three minutes
        ((22 * 60, 36 * 60), 10 * MINUTE, True),  # from last night on
    ],
    ids=["within", "not yet", "over", "just opened", "past midnight"],
)
def test_with_hours_a_silence_counts_from_their_beginning(
    hours: tuple[int, int], seconds: float, expected: bool
) -> None:
    said = FeedRules(silent_seconds=300, hours=hours)
    assert (silent(seconds=seconds, said=said) is not None) is expected


def test_on_a_day_off_there_are_no_hours() -> None:
    said = FeedRules(silent_seconds=300, hours=(8 * 60, 20 * 60))
    duty = DutyRules(days={"2026-03-10": False})
    assert silent(BUSY, THERE, seconds=3600, said=said, duty=duty) is None


def test_a_country_that_nobody_knows_has_weekdays() -> None:
    said = FeedRules(silent_seconds=300, hours=(8 * 60, 20 * 60))
    assert silent(seconds=3600, said=said, duty=DutyRules(country="XX")) is not None
    saturday = datetime(2026, 3, 14, 2, tzinfo=UTC).timestamp() - floors.NOW
    assert silent(seconds=3600, later=saturday, said=said, duty=DutyRules(country="XX")) is None


def test_hours_are_those_of_the_wall_when_clocks_change() -> None:
    from zoneinfo import ZoneInfo

    from floorwatch.model.clock import FloorDays

    zone = ZoneInfo("Europe/Berlin")
    opening = datetime(2026, 3, 30, 8, tzinfo=zone)  # the Monday after the clocks were put on
    said = {FEED: FeedRules(silent_seconds=300, hours=(8 * 60, 20 * 60))}
    floor = floors.snapshot(floors.feed(FEED, silent=1.0))
    floor = replace(floor, rules=replace(floor.rules, days=FloorDays(zone), feeds=said))

    def at(moment: datetime) -> float | None:
        return silent_since(floor, FEED, moment.timestamp())

    assert at(opening + timedelta(seconds=299)) is None
    assert at(opening + timedelta(seconds=301)) is not None


def test_a_feed_that_never_spoke_or_is_not_there_is_the_hosts_to_tell() -> None:
    floor: FloorSnapshot = floors.snapshot(floors.feed(FEED, silent=None), BUSY, THERE)
    assert silent_since(floor, FEED) is None
    assert silent_since(floor, "nobody") is None


def test_a_clock_that_went_back_makes_nothing_silent() -> None:
    assert silent(BUSY, THERE, seconds=-7200) is None
