"""Business days: their edges, their lengths, and intervals that no daylight saving can merge."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.model.clock import FloorDays, VirtualClock
from floorwatch.model.counts import INTERVAL_SECONDS, interval_of

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo = BERLIN) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


def test_the_day_starts_at_the_set_local_time() -> None:
    days = FloorDays(BERLIN, time(4, 0))
    assert days.start_of(at("2026-07-01T03:59")) == at("2026-06-30T04:00")
    assert days.start_of(at("2026-07-01T04:00")) == at("2026-07-01T04:00")


def test_days_at_daylight_saving_are_23_and_25_hours_long() -> None:
    days = FloorDays(BERLIN)
    spring, autumn = at("2026-03-29T12:00"), at("2026-10-25T12:00")
    assert days.end_of(spring) - days.start_of(spring) == 23 * 3600
    assert days.end_of(autumn) - days.start_of(autumn) == 25 * 3600


@given(st.floats(1e9, 4e9), st.sampled_from(["UTC", "Europe/Berlin", "Asia/Shanghai", "Asia/Kathmandu"]))
def test_every_moment_lies_in_its_own_day_and_interval(moment: float, zone: str) -> None:
    days = FloorDays(ZoneInfo(zone))
    assert days.start_of(moment) <= moment < days.end_of(moment)
    assert days.end_of(moment) == days.start_of(days.end_of(moment))
    assert interval_of(moment) <= moment < interval_of(moment) + INTERVAL_SECONDS


def test_the_last_instant_of_a_day_is_not_rounded_into_the_next() -> None:
    days = FloorDays()
    assert days.start_of(1_795_391_999.9999998) == 1_795_305_600


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Berlin", "2026-10-25"),
        ("Europe/Berlin", "2027-03-28"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("America/Sao_Paulo", "2018-11-04"),
        ("Africa/Cairo", "2026-04-24"),
        ("Pacific/Apia", "2011-12-30"),
    ],
)
@pytest.mark.parametrize("starts", [time(0), time(0, 30), time(1, 45), time(2, 15), time(2, 30), time(3)])
def test_a_day_that_begins_in_an_hour_that_is_left_out_or_comes_twice_has_every_moment_in_it(
    zone: str, around: str, starts: time
) -> None:
    days = FloorDays(ZoneInfo(zone), starts)
    first = at(f"{around}T12:00", ZoneInfo("UTC")) - 2 * 86_400
    for quarter in range(4 * 24 * 4):
        moment = first + 900 * quarter
        start, end = days.start_of(moment), days.end_of(moment)
        assert start <= moment < end
        assert FloorDays(ZoneInfo(zone), starts).start_of(end) == end, "the next one begins where it ends"


@pytest.mark.parametrize("starts", [time(4, 10), time(0, 0, 1)])
def test_a_day_that_would_cut_an_interval_is_refused(starts: time) -> None:
    with pytest.raises(ValueError, match="quarter hour"):
        FloorDays(starts=starts)


def test_intervals_are_aligned_to_every_local_clock() -> None:
    for zone in ("UTC", "Asia/Shanghai", "Asia/Kathmandu", "Australia/Eucla"):
        local = datetime.fromtimestamp(interval_of(1_795_298_007.0), ZoneInfo(zone))
        assert local.minute % 15 == 0
        assert local.second == 0


def test_a_virtual_clock_moves_only_by_hand() -> None:
    clock = VirtualClock(5.0)
    assert clock.now() == 5.0
    clock.move_to(3.0)
    assert clock.now() == 3.0
    assert FloorDays().local(0.0) == datetime(1970, 1, 1, tzinfo=UTC)
