"""Faults 45 and 46: the machine's clock is set back and forward, the machine sleeps, zones change, and days end.

All of it is looked at on a floor screen that runs: its header, the ages in its tables, its alerts, and the rules behind
them, which are asked every five seconds.
"""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from floorwatch.app.notifying import Newcomers
from floorwatch.engine.alerting import LogKind
from floorwatch.engine.state import state_of_floor
from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.model.clock import FloorDays
from tests.faults.clocked import HOUR, NOON, Clocked, clocked, write
from tests.faults.stage import FEED, Stage, facts

DAY = 24 * HOUR


def total(screen: Clocked) -> dict[str, object]:
    """The figures of the day that no time moves."""
    said = state_of_floor(screen.snapshot, {})["total"]
    return {key: said[key] for key in ("waiting", "offered", "answered", "abandoned", "completed", "agents")}


async def test_fault_45_a_clock_set_back_an_hour_stops_nothing_and_makes_nothing_younger_than_it_is(
    tmp_path: Path,
) -> None:
    async with clocked(tmp_path) as screen:
        await screen.passes(20)
        assert "12:00:20" in screen.header
        assert "1:20!" in screen.header
        before, told = total(screen), Newcomers()
        told.among(screen.session.heading())
        (up,) = [each for each in screen.snapshot.alerts if each.rule == "longest-wait"]
        asked = len(screen.asked)

        await screen.set(NOON - HOUR)
        assert "11:00:00" in screen.header
        assert "0:00" in screen.header
        assert "last line" not in screen.header
        assert up.id in {each.id for each in screen.snapshot.alerts}, "what lasts is not raised again"
        screen.says("c3|support|NONE|ENTERQUEUE||5550003|1")
        await screen.passes(20)
        assert "0:20" in screen.header, "whoever comes now waits from now on"
        assert [at for at in screen.asked[asked:] if at > NOON - HOUR + 20] == []
        assert screen.asked[asked:][-3:] == [NOON - HOUR + 10, NOON - HOUR + 15, NOON - HOUR + 20]
        await screen.passes(80)
        assert "11:01:40" in screen.header
        assert "1:40!" in screen.header
        again = [each for each in screen.alert_log if each.rule == "longest-wait" and each.at < NOON]
        assert [each.kind for each in again] == [LogKind.CLEARED, LogKind.RAISED], "by the clock that is right now"
        over = screen.snapshot.cleared_alerts
        assert all(each.cleared_at is not None and each.cleared_at >= each.raised_at for each in over)
        assert total(screen) == {**before, "waiting": 2, "offered": 3}
        assert list(screen.ages_below_nothing()) == []


async def test_fault_45_a_feed_that_falls_silent_as_the_clock_is_set_back_is_said_in_time(tmp_path: Path) -> None:
    async with clocked(tmp_path) as screen:
        await screen.set(NOON - HOUR)
        await screen.passes(130)
        assert "last line 2:10 ago" in screen.header


async def test_fault_45_a_clock_set_forward_eight_hours_asks_for_no_hour_that_never_was(tmp_path: Path) -> None:
    async with clocked(tmp_path) as screen:
        await screen.passes(20)
        before, asked = total(screen), len(screen.asked)
        await screen.set(NOON + 8 * HOUR)
        assert "20:00:00" in screen.header
        await screen.passes(10)
        assert screen.asked[asked:] == [NOON + 8 * HOUR + 10], "and none before the feeds were looked at"
        new = [each for each in screen.alert_log if each.at > NOON + HOUR and each.kind is LogKind.RAISED]
        assert len(new) <= 4, "what is true now, once"
        assert total(screen) == before


async def test_fault_45_a_laptop_that_slept_wakes_to_what_happened_and_rings_for_none_of_it(tmp_path: Path) -> None:
    """The switch is another machine, and awake: its log has grown."""
    async with clocked(tmp_path) as screen:
        await screen.passes(20)
        raised = len(screen.alert_log)
        for number in range(40):
            at = NOON + 60 * number + 60
            name = f"n{number}|support"
            write(screen.log, at, f"{name}|NONE|ENTERQUEUE||5551{number}|1")
            write(screen.log, at + 50, f"{name}|PJSIP/2002|CONNECT|50|b|1")
            write(screen.log, at + 55, f"{name}|PJSIP/2002|COMPLETECALLER|50|5|1")
        write(screen.log, NOON + 3000, "c2|support|NONE|ABANDON|1|1|3060")
        write(screen.log, NOON + 3000, "c1|support|PJSIP/2001|COMPLETEAGENT|10|3600|1")
        screen.clock.move_to(NOON + HOUR)
        await screen.until(lambda: total(screen)["completed"] == 41, "the hour is read")
        await screen.passes(20)
        assert "13:00:20" in screen.header
        said = total(screen)
        assert (said["waiting"], said["offered"], said["abandoned"]) == (0, 42, 1)
        new = [each.rule for each in screen.alert_log[raised:] if each.kind is LogKind.RAISED]
        assert "longest-wait" not in new


async def test_fault_45_a_clock_that_is_wrong_for_a_minute_costs_the_floor_nothing(tmp_path: Path) -> None:
    async with clocked(tmp_path) as screen:
        await screen.passes(20)
        before = total(screen)
        for wrong in (NOON + 3 * DAY, NOON + 4000 * DAY, NOON - 20 * 365 * DAY):
            await screen.set(wrong)
            await screen.passes(20)
            assert list(screen.ages_below_nothing()) == []
        await screen.set(NOON + 60)
        await screen.passes(20)
        assert total(screen) == before
        assert "12:01:20" in screen.header
        assert "2:20!" in screen.header
        assert screen.asked[-2:] == [NOON + 75, NOON + 80]


async def test_fault_45_a_second_or_two_back_are_no_news(tmp_path: Path) -> None:
    async with clocked(tmp_path) as screen:
        await screen.passes(20)
        snapshot, asked = screen.snapshot, list(screen.asked)
        for correction in (-3, 1, -2, 4):
            screen.clock.move_to(screen.clock.now() + correction)
            screen.says("NONE|support|PJSIP/2002|PAUSE|")
            screen.session.station.wake()
            await screen.until(lambda: screen.session.is_settled, "it has come to rest")
            assert screen.snapshot.at >= snapshot.at
        await screen.passes(10)
        assert all(later > earlier for earlier, later in pairwise(screen.asked))
        assert screen.asked[: len(asked)] == asked


@pytest.mark.parametrize("by", [-HOUR, HOUR])
def test_fault_45_a_log_that_is_rotated_as_the_clock_is_set_is_read_on(stage: Stage, by: float) -> None:
    stage.says(5)
    followed, watch = stage.follow(), stage.watch()
    stage.rotate()
    stage.says(3)
    stage.pass_time(2)
    stage.clock.at += by
    stage.pass_time(GRACE_SECONDS + 2)
    assert followed.lines == stage.said
    assert watch.state()["feeds"][FEED]["lines"] == 8


def test_fault_45_whoever_reads_the_files_after_the_clock_was_set_back_has_the_same_totals(stage: Stage) -> None:
    stage.says(20)
    watch = stage.watch()
    stage.clock.at -= HOUR
    stage.says(20)  # the switch lives on the same machine
    stage.pass_time(20)
    stage.clock.at += 2 * HOUR
    stage.says(20)
    stage.pass_time(20)
    ours, theirs = facts(watch.state()), facts(stage.state())
    assert ours["feeds"][FEED]["lines"] == 60
    for key in ("feeds", "agents", "calls"):
        assert ours[key] == theirs[key]
    for key in ("offered", "answered", "abandoned", "completed"):
        assert ours["total"][key] == theirs["total"][key]


async def test_fault_45_a_note_of_before_the_clock_was_set_back_is_not_from_the_future(tmp_path: Path) -> None:
    async with clocked(tmp_path) as screen:
        await screen.passes(10)
        await screen.press("4", "n")
        await screen.type("sbefore")
        await screen.press("enter")
        await screen.until(lambda: bool(screen.support.notes), "the note is kept")
        await screen.set(NOON - HOUR)
        await screen.press("4", "n")
        await screen.type("cafter")
        await screen.press("enter")
        await screen.until(lambda: len(screen.support.notes) == 2, "the other is kept")
        await screen.passes(30)
        assert list(screen.ages_below_nothing()) == []
        assert screen.session.station.snapshot is not None


async def test_fault_45_a_switch_whose_clock_is_ahead_has_callers_who_wait_since_now(tmp_path: Path) -> None:
    async with clocked(tmp_path) as screen:
        screen.says("c2|support|NONE|ABANDON|1|1|60")
        screen.says("c3|support|NONE|ENTERQUEUE||5550003|1", at=NOON + 90)
        await screen.passes(10)
        assert state_of_floor(screen.snapshot, {})["total"]["longest_wait_seconds"] == 0
        assert list(screen.ages_below_nothing()) == []
        await screen.passes(100)
        assert state_of_floor(screen.session.station.look(), {})["total"]["longest_wait_seconds"] == 20


async def test_fault_46_the_zone_of_the_machine_may_change_and_the_day_stays_the_floors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    async with clocked(tmp_path, zone="") as screen:
        assert "20:00:00" in screen.header
        before = total(screen)
        monkeypatch.setenv("TZ", "America/New_York")
        await screen.passes(20)
        assert "20:00:20" in screen.header, "as of the start, as its days are"
        assert total(screen) == before


async def test_fault_46_at_midnight_the_day_begins_anew_and_who_waits_goes_on(tmp_path: Path) -> None:
    midnight = NOON + 12 * HOUR
    async with clocked(tmp_path, midnight - 25) as screen:
        assert total(screen)["offered"] == 2
        await screen.passes(20)
        assert "23:59:55" in screen.header
        await screen.passes(20)
        assert "00:00:15" in screen.header
        said = total(screen)
        assert (said["offered"], said["waiting"]) == (0, 1), "a call counts on the day of its entry"
        assert "of 0" in screen.header
        assert "1:40!" in screen.header
        screen.says("c2|support|PJSIP/2002|CONNECT|100|x|1")
        await screen.passes(10)
        assert total(screen)["offered"] == 0


AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC).timestamp()
"""In Berlin it is three o'clock summer time, which is two o'clock again."""

SPRING = datetime(2027, 3, 28, 1, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("at", "before", "after", "hours"), [(AUTUMN, "02:59:50", "02:00:10", 25), (SPRING, "01:59:50", "03:00:10", 23)]
)
async def test_fault_46_daylight_saving_moves_the_hands_and_no_age(
    tmp_path: Path, at: float, before: str, after: str, hours: int
) -> None:
    async with clocked(tmp_path, at - 20, "Europe/Berlin") as screen:
        await screen.passes(10)
        assert before in screen.header
        assert "1:10!" in screen.header
        asked = list(screen.asked)
        await screen.passes(20)
        assert after in screen.header
        assert "1:30!" in screen.header
        assert screen.asked[len(asked) :] == [at - 5, at, at + 5, at + 10]
        assert total(screen)["offered"] == 2
        days = screen.snapshot.rules.days
        assert isinstance(days, FloorDays)
        assert days.end_of(at) - days.start_of(at) == hours * HOUR
