"""Odd recordings and odd moments: with keyframes and without they look the same, from whichever side one comes."""

from collections.abc import Sequence
from math import inf, nextafter
from pathlib import Path

import pytest

from floorwatch.engine.desk import Stop
from floorwatch.engine.house import House
from floorwatch.model.snapshot import FloorSnapshot
from tests.engine.hours import Line, recorded
from tests.engine.replays import Replay, differences, frames_every, indexed, plain
from tests.engine.small_floor import START, house_in

DAY = 86_400.0
SPRING = 1_774_746_000.0
"""01:00 UTC on 2026-03-29, when clocks go on in Berlin."""
AUTUMN = 1_792_890_000.0
"""01:00 UTC on 2026-10-25, when they go back."""


def shift(start: float, minutes: int, step: float = 60.0) -> list[Line]:
    """Somebody signs in, and calls come one after another; one in three is lost, one in nine waits on."""
    lines: list[Line] = [(start, "NONE|support|PJSIP/2001|ADDMEMBER|")]
    for number in range(minutes):
        at, call = start + step * number, f"{start:.0f}.{number}"
        lines.append((at, f"{call}|support|NONE|ENTERQUEUE||1{number:04}|1"))
        if number % 3 == 1:
            lines.append((at + 20, f"{call}|support|NONE|ABANDON|1|1|20"))
        elif number % 9:
            lines.append((at + 5, f"{call}|support|PJSIP/2001|CONNECT|5|x|2"))
            lines.append((at + 45, f"{call}|support|PJSIP/2001|COMPLETEAGENT|5|40|1"))
    return sorted(lines)


async def looked(replay: Replay, moments: Sequence[float]) -> list[FloorSnapshot]:
    try:
        return [await replay.seek(moment) for moment in moments]
    finally:
        replay.close()


async def looks_the_same(recording: Path, moments: Sequence[float], house: House | None = None) -> list[FloorSnapshot]:
    """The floors of these moments, ascending: folded from the beginning, and opened from the last to the first."""
    house = house_in() if house is None else house
    with frames_every(7):
        folded = await looked(Replay(plain(house, recording)), moments)
        opened = await looked(Replay(indexed(house, recording)), moments[::-1])
    for one, other in zip(folded, opened[::-1], strict=True):
        assert differences(other, one, house) == [], one.at
        assert other.at == one.at
    return folded


def every(seconds: float, since: float, until: float) -> list[float]:
    return [since + seconds * number for number in range(int((until - since) / seconds) + 1)]


async def test_a_recording_of_nothing_is_an_empty_floor(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "a.floorlog", [], watched_at=None)
    for open_tape in (plain, indexed):
        replay = Replay(open_tape(house_in(), recording))
        floor = await replay.settle()
        for go in (replay.hands.step, replay.hands.seek):
            go(1000.0)
            assert (await replay.settle()).at == floor.at
        assert replay.hands.stop_at(Stop.EVENT) == "The recording ends here."
        assert (dict(floor.feeds), replay.hands.bar().target) == ({}, None)
        replay.close()


async def test_a_recording_of_one_entry_has_one_moment(tmp_path: Path) -> None:
    lines = [(START + 2, "c1|support|NONE|ENTERQUEUE||1|1")]
    recording = recorded(tmp_path / "a.floorlog", lines, watched_at=None)

    floors = await looks_the_same(recording, [START, START + 2, START + 600])

    assert [floor.at for floor in floors] == [START + 2] * 3
    assert [len(floor.waiting) for floor in floors] == [1] * 3


async def test_many_entries_of_one_moment_are_all_there_or_none_is(tmp_path: Path) -> None:
    crowd = [(START + 100, f"c{number}|support|NONE|ENTERQUEUE||1|1") for number in range(40)]
    lines = [*shift(START, 1), *crowd, *shift(START + 200, 3)]
    moments = [START + 99.5, nextafter(START + 100, 0), START + 100, nextafter(START + 100, inf), START + 101]

    floors = await looks_the_same(recorded(tmp_path / "a.floorlog", lines), moments)

    assert [len(floor.waiting) for floor in floors] == [1, 1, 41, 41, 41]


async def test_at_the_time_of_an_entry_and_at_an_instant_of_the_rules_both_are_there(tmp_path: Path) -> None:
    lines = [*shift(START, 8), (START + 605, "late|support|NONE|ENTERQUEUE||1|1"), *shift(START + 620, 2)]
    around = [START + at + by for at in (600, 601, 605, 610) for by in (-1e-3, 0.0, 1e-3)]

    floors = await looks_the_same(recorded(tmp_path / "a.floorlog", lines), sorted({START + 541.0, *around}))

    assert {("support", "late") in floor.waiting for floor in floors if floor.at >= START + 605} == {True}
    assert {bool(floor.alerts) for floor in floors} == {True}


async def test_before_the_watch_began_there_are_no_alerts(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "a.floorlog", shift(START, 60), watched_at=START + 1800)
    replay = Replay(plain(house_in(), recording))
    assert (await replay.settle()).at == START + 1800
    replay.close()

    floors = await looks_the_same(recording, every(211.0, START, START + 3500))

    assert {bool(floor.alerts) for floor in floors if floor.at <= START + 1800} == {False}
    assert {bool(floor.alerts) for floor in floors if floor.at > START + 1800} == {True}


async def test_behind_the_end_is_the_end(tmp_path: Path) -> None:
    lines = shift(START, 20)

    floors = await looks_the_same(recorded(tmp_path / "a.floorlog", lines), [lines[-1][0], START + DAY])

    assert [floor.at for floor in floors] == [lines[-1][0]] * 2


async def test_a_recording_may_cross_midnight_and_lie_in_two_business_days(tmp_path: Path) -> None:
    midnight = START + 14 * 3600
    lines = shift(midnight - 1800, 60)
    recording = recorded(tmp_path / "a.floorlog", lines, watched_at=lines[0][0])
    moments = [*every(173.0, lines[0][0], lines[-1][0]), nextafter(midnight, 0), midnight, nextafter(midnight, inf)]

    floors = await looks_the_same(recording, sorted(moments))

    assert floors[-1].total.counts.offered < 31 < sum(1 for line in lines if "ENTERQUEUE" in line[1])
    with frames_every(7):
        replay = Replay(indexed(house_in(), recording))
    await replay.seek(midnight - 60)
    bar = replay.hands.bar()
    assert (bar.begins_at, bar.ends_at, bar.earlier, bar.later) == (lines[0][0], midnight, False, True)
    await replay.seek(midnight)
    bar = replay.hands.bar()
    assert (bar.begins_at, bar.ends_at, bar.earlier, bar.later) == (midnight, lines[-1][0], True, False)
    assert sum(bar.strip.arrivals) == 30
    replay.close()


async def test_a_restart_of_the_switch_stands_where_it_was(tmp_path: Path) -> None:
    restart = START + 1000
    lines = [*shift(START, 16), (restart, "NONE|NONE|NONE|QUEUESTART|"), *shift(restart + 60, 16)]

    moments = sorted([*every(97.0, START, START + 1900), restart])
    floors = await looks_the_same(recorded(tmp_path / "a.floorlog", lines), moments)

    before = [floor for floor in floors if floor.at < restart]
    assert before[-1].waiting
    assert not next(floor for floor in floors if floor.at >= restart).waiting


@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
async def test_clocks_may_go_on_or_back_meanwhile(tmp_path: Path, change: float) -> None:
    lines = shift(change - 3600, 40, 180.0)
    recording = recorded(tmp_path / "a.floorlog", lines, watched_at=lines[0][0], zone="Europe/Berlin")
    house = house_in("Europe/Berlin")

    await looks_the_same(recording, sorted([*every(523.0, lines[0][0], lines[-1][0]), change]), house)

    replay = Replay(plain(house, recording))
    await replay.seek(change - 30)
    replay.hands.stop_at(Stop.MINUTE)
    assert (await replay.settle()).at == change
    replay.hands.stop_at(Stop.MINUTE, back=True)
    assert (await replay.settle()).at == change - 60
    replay.close()
