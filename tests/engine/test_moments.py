"""Moments as people write them, on clocks that are set forward and back: whatever a wall shows can be gone to."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.moments import going_to, instants_of, nearest, on_the_day
from floorwatch.model.clock import FloorDays

ZONES = ("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Kathmandu")
BERLIN = FloorDays(ZoneInfo("Europe/Berlin"))
SHANGHAI = FloorDays(ZoneInfo("Asia/Shanghai"))

zones = st.sampled_from(ZONES)
starts = st.sampled_from([time(0), time(4), time(2, 30), time(22)])
floors = st.builds(lambda zone, at: FloorDays(ZoneInfo(zone), at), zones, starts)
seconds_of_2026 = st.integers(1_767_225_600, 1_798_761_600).map(float)


def utc(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


NOON = utc("2026-11-21T12:00+08:00")
BACK = {"first": utc("2026-10-25T02:30+02:00"), "second": utc("2026-10-25T02:30+01:00")}
"""Half past two in Berlin, twice."""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10:40", "2026-11-21T10:40+08:00"),
        ("9:05", "2026-11-21T09:05+08:00"),
        ("10:40:30", "2026-11-21T10:40:30+08:00"),
        ("1040", "2026-11-21T10:40+08:00"),
        ("104030", "2026-11-21T10:40:30+08:00"),
        ("１０：４０", "2026-11-21T10:40+08:00"),
        ("+5m", "2026-11-21T12:05+08:00"),
        ("-30s", "2026-11-21T11:59:30+08:00"),
        ("+1h30m", "2026-11-21T13:30+08:00"),
        ("-5", "2026-11-21T11:55+08:00"),
        ("+ 90", "2026-11-21T13:30+08:00"),
        ("－３０ｓ", "2026-11-21T11:59:30+08:00"),
        ("−30s", "2026-11-21T11:59:30+08:00"),
        ("＋5ｍ", "2026-11-21T12:05+08:00"),
        ("2026-11-20 10:40", "2026-11-20T10:40+08:00"),
        ("2026-11-20T10:40", "2026-11-20T10:40+08:00"),
        ("2026-11-20T10:40Z", "2026-11-20T10:40+00:00"),
        ("12:40+09:00", "2026-11-21T11:40+08:00"),
        ("1795257600", "2026-11-21T10:40+00:00"),
        (" 10:40 ", "2026-11-21T10:40+08:00"),
    ],
)
def test_a_moment_is_gone_to_in_many_ways(text: str, at: str) -> None:
    assert going_to(text, SHANGHAI, NOON) == utc(at)


@pytest.mark.parametrize("text", ["soon", "25:00", "10:61", "+", "-", "+5x", "1.5.2026", "7", "1e99", "nan", "9" * 500])
def test_what_is_no_time_is_said_with_the_ways_to_write_one(text: str) -> None:
    said = going_to(text, SHANGHAI, NOON)

    assert isinstance(said, str)
    assert "is no time: write 10:40, +5m, -30s or 2026-11-21 10:40" in said
    assert nearest(text, SHANGHAI, NOON) is None
    assert isinstance(on_the_day(text, SHANGHAI, NOON), str)


def test_nothing_written_is_asked_for_kindly() -> None:
    assert going_to(" ", SHANGHAI, NOON) == "write a time: 10:40, +5m, -30s or 2026-11-21 10:40"


def test_what_was_typed_is_inert_in_what_is_said() -> None:
    assert "\x1b" not in str(going_to("\x1b[2Jsoon", SHANGHAI, NOON))
    assert "\x1b" not in str(on_the_day("\x1b[2Jsoon", SHANGHAI, NOON))


def test_a_time_of_day_belongs_to_the_business_day_that_holds_now() -> None:
    days = FloorDays(ZoneInfo("Asia/Shanghai"), time(4))
    after_midnight = utc("2026-11-22T01:00+08:00")

    assert going_to("10:40", days, after_midnight) == utc("2026-11-21T10:40+08:00")
    assert going_to("03:59", days, after_midnight) == utc("2026-11-22T03:59+08:00")
    assert going_to("04:00", days, after_midnight) == utc("2026-11-21T04:00+08:00")


@pytest.mark.parametrize(
    ("text", "hour"),
    [("02:30", "first"), ("02:30a", "first"), ("02:30b", "second"), ("2:30 B", "second"), ("02:30:00b", "second")],
)
def test_a_time_that_comes_twice_is_the_first_unless_a_letter_says_which(text: str, hour: str) -> None:
    morning = utc("2026-10-25T10:00+01:00")

    assert going_to(text, BERLIN, morning) == on_the_day(text, BERLIN, morning) == BACK[hour]
    assert going_to(f"2026-10-25 {text}", BERLIN, NOON) == BACK[hour]


def test_an_offset_says_which_of_two_hours() -> None:
    morning = utc("2026-10-25T10:00+01:00")

    assert going_to("02:30+01:00", BERLIN, morning) == BACK["second"]
    assert on_the_day("02:30+02:00", BERLIN, morning) == BACK["first"]


def test_whoever_stands_in_the_second_of_two_hours_goes_to_that_one() -> None:
    in_the_second = utc("2026-10-25T02:10+01:00")

    assert going_to("02:30", BERLIN, in_the_second) == BACK["second"]
    assert going_to("02:30a", BERLIN, in_the_second) == BACK["first"]
    assert on_the_day("02:30", BERLIN, in_the_second) == BACK["first"], "a command line says the same at any time"


def test_nearest_takes_the_nearer_of_two_hours_unless_a_letter_says_which() -> None:
    assert nearest("02:30", BERLIN, utc("2026-10-25T02:40+02:00")) == BACK["first"]
    assert nearest("02:30", BERLIN, utc("2026-10-25T03:10+01:00")) == BACK["second"]
    assert nearest("02:30a", BERLIN, utc("2026-10-25T03:10+01:00")) == BACK["first"]


@pytest.mark.parametrize("text", ["10:40b", "2026-11-21 10:40a", "03:30b"])
def test_a_letter_behind_a_time_that_comes_once_is_said(text: str) -> None:
    morning = utc("2026-10-25T10:00+01:00")

    assert going_to(text, BERLIN, morning) == f"{text!r}: that time comes once, leave the letter out"
    assert on_the_day(text, BERLIN, morning) == f"{text!r}: that time comes once, leave the letter out"


@pytest.mark.parametrize(
    ("zone", "text", "on"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29T03:00+02:00"),
        ("America/St_Johns", "02:01", "2026-03-08T03:00-02:30"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04T02:30+11:00"),
    ],
)
def test_a_time_that_the_clocks_leave_out_is_the_moment_at_which_they_go_on(zone: str, text: str, on: str) -> None:
    days, after = FloorDays(ZoneInfo(zone)), utc(on) + 6 * 3600

    assert going_to(text, days, after) == on_the_day(text, days, after) == nearest(text, days, after) == utc(on)


@given(seconds_of_2026, floors)
def test_whatever_the_wall_shows_is_where_one_stands(now: float, days: FloorDays) -> None:
    local = days.local(now)
    which = "ab"[local.fold] if len(instants_of(local.replace(tzinfo=None), days.zone)) > 1 else ""
    inside = [at for at in instants_of(local.replace(tzinfo=None), days.zone) if days.start_of(now) <= at]
    day, wall = f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}"

    assert going_to(f"{day} {wall}{which}", days, now) == now
    assert going_to(f"{wall}{local:%z}", days, now) == on_the_day(f"{wall}{local:%z}", days, now) == now
    assert nearest(wall, days, now) == now
    if len(inside) > 1 or not which:
        assert going_to(f"{wall}{which}", days, now) == on_the_day(f"{wall}{which}", days, now) == now


@given(seconds_of_2026, floors, st.times(), st.sampled_from([going_to, on_the_day]))
def test_a_time_of_day_lies_in_the_day_that_is_spoken_of(
    now: float, days: FloorDays, clock: time, read: object
) -> None:
    found = read(f"{clock:%H:%M:%S}", days, now)  # type: ignore[operator]  # one of two of the same form
    start, end = days.start_of(now), days.end_of(now)

    assert isinstance(found, float)
    assert start <= found < end or days.local(start).time() != days.starts or days.local(end).time() != days.starts


@given(seconds_of_2026, floors, st.integers(-100_000, 100_000))
def test_so_long_from_now_is_as_long_on_any_clock(now: float, days: FloorDays, away: int) -> None:
    assert going_to(f"{away:+}s", days, now) == nearest(f"{away:+}s", days, now) == now + away


def test_a_bare_number_behind_a_sign_is_minutes_only_where_one_goes() -> None:
    assert going_to("-5", SHANGHAI, NOON) == NOON - 300
    assert nearest("-5", SHANGHAI, NOON) is None


@given(seconds_of_2026, zones)
def test_every_instant_of_a_wall_time_shows_it_or_ends_its_gap(at: float, zone: str) -> None:
    floor_zone = ZoneInfo(zone)
    for minutes in range(0, 180, 15):
        wall = datetime.fromtimestamp(at, floor_zone).replace(tzinfo=None) + timedelta(minutes=minutes)
        found = instants_of(wall, floor_zone)
        shown = [datetime.fromtimestamp(each, floor_zone) for each in found]

        assert list(found) == sorted(set(found))
        if len(found) == 1 and shown[0].replace(tzinfo=None) != wall:
            before = datetime.fromtimestamp(found[0] - 1, floor_zone).replace(tzinfo=None)
            assert before < wall < shown[0].replace(tzinfo=None)
        else:
            assert {each.replace(tzinfo=None) for each in shown} == {wall}
