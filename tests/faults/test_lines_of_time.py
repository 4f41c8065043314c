"""Faults 47 to 49 and 67: what a switch says of time is out of order, impossible, of several files, or of a call that
never ends."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from floorwatch.engine.timeline import timeline_of
from floorwatch.settings import FeedSettings
from tests.faults.stage import CAPTURE, FEED, FORMAT, Stage
from tests.faults.three_ways import Figures, Line, Read, a_call, compared, read, written

DAY = 86_400

ENTRY = "c1|support|NONE|ENTERQUEUE||5550001|1"
ANSWER = "c1|support|Ann|CONNECT|5|x|2"
END = "c1|support|Ann|COMPLETECALLER|5|20|1"
TEN_YEARS = "2111111111"


def damaged(stamp: str, words: str) -> bytes:
    return f"{stamp}|{words}\n".encode()


def days_ago(stage: Stage, days: float) -> float:
    """Seconds from now to the beginning of the business day so many days ago."""
    return stage.house.rules.days.start_of(stage.clock.at) - stage.clock.at - days * DAY


# --- 47: times out of order ------------------------------------------------------------------------------------------


def test_fault_47_lines_a_second_out_of_order_count_as_they_stand(stage: Stage) -> None:
    found = read(stage, (-100, ENTRY), (-96, END), (-101, ANSWER), (-97, END.replace("|20|", "|4|")))

    assert found.of() == Figures(1, 1, 0, 0, 1)
    assert found.misfits == {"end without talk": 1}


def test_fault_47_at_a_moment_a_line_counts_from_the_latest_time_before_it_on(stage: Stage) -> None:
    stage.write(written(stage, (-100, ENTRY), (-60, ENTRY.replace("c1", "c2")), (-90, ENTRY.replace("c1", "c3"))))
    at = stage.clock.at

    waiting = [Read(stage.state(at=at + after)).of().waiting for after in (-101, -100, -90, -61, -60)]
    assert waiting == [0, 1, 1, 1, 3]


def test_fault_47_one_stamp_ahead_of_its_neighbours_holds_no_other_line_back(stage: Stage) -> None:
    stage.write(written(stage, (-9000, ENTRY), (-100, ENTRY.replace("c1", "c2"))))
    stage.write(written(stage, (-8000, ENTRY.replace("c1", "c3")), (-7000, ENTRY.replace("c1", "c4"))))

    assert Read(stage.state(at=stage.clock.at - 6000)).of().waiting == 4
    assert compared(stage.watch().state()) == compared(stage.state())


def test_fault_47_one_stamp_behind_its_neighbours_does_not_make_them_look_ahead(stage: Stage) -> None:
    damage = damaged("1500000000", "c7|support|NONE|ENTERQUEUE||5550007|1")
    stage.write(written(stage, (-20_000, ENTRY), (-100, ENTRY.replace("c1", "c2")), damage))
    stage.write(written(stage, (-90, ENTRY.replace("c1", "c3"))))

    found = Read(stage.state())
    assert found.rejected == found.misfits == {}
    assert ("c2", "support", "waiting", None) in found.calls
    assert Read(stage.state(at=stage.clock.at - 500)).of().waiting == 1


def test_fault_47_the_clock_of_the_switch_is_set_back_and_the_calls_still_end(stage: Stage) -> None:
    back = -7200.0
    found = read(
        stage,
        (-100, ENTRY),
        (-95, ANSWER),
        (-90, ENTRY.replace("c1", "c2")),
        (back, END),
        (back + 5, "c2|support|NONE|ABANDON|1|1|30"),
        *a_call("c3", back + 10),
    )

    assert found.of() == Figures(3, 2, 1, 0, 2)
    assert found.misfits == {}
    assert found.calls == set()
    assert found.state["queues"]["support"]["talk_seconds_mean"] == 20


def two_weeks(stage: Stage, damage: Sequence[Line]) -> bytes:
    """Twelve quiet days, today with 600 callers, and a line of damage behind every 40th line and at the edge of each
    64 KiB, where a reader in a hurry looks."""
    lines: list[bytes] = []
    long = "x" * 400
    for day in range(12, 0, -1):
        start = days_ago(stage, day)
        lines += [written(stage, (start + 60 * n, f"old{day}-{n}|support|NONE|ABANDON|1|1|{long}")) for n in range(55)]
    today = days_ago(stage, 0)
    lines += [written(stage, (today + n, f"new{n}|support|NONE|ENTERQUEUE|{long}|1|1")) for n in range(600)]
    whole: list[bytes] = []
    size = 0
    for line in lines:
        edge = (size + len(line) + 200) // 65_536 != size // 65_536
        for extra in (line, *(written(stage, each) for each in damage if edge or len(whole) % 40 == 39)):
            whole.append(extra)
            size += len(extra)
    return b"".join(whole)


@pytest.mark.parametrize("stamp", ["1500000000", "200000000", "0", TEN_YEARS, "12345678901234567890", "soon"])
def test_fault_47_the_start_of_the_day_is_found_among_damaged_times(stage: Stage, stamp: str) -> None:
    damage = damaged(stamp, "NONE|support|Zoe|OUTCALL|1")
    stage.write(two_weeks(stage, [damage]))

    watched, whole = Read(stage.watch().state()), Read(stage.state())
    assert watched.of() == whole.of() == Figures(600, 0, 0, 600, 0)
    assert watched.calls == whole.calls


def test_fault_47_today_is_found_in_a_log_whose_days_stand_in_any_order(stage: Stage) -> None:
    pieces = [
        written(
            stage,
            *((days_ago(stage, day) + n, f"d{day}-{n}|support|NONE|ABANDON|1|1|{'9' * 300}") for n in range(2000)),
        )
        for day in (9, 8, 12, 10)
    ]
    today = written(stage, *((days_ago(stage, 0) + n, f"t{n}|support|NONE|ENTERQUEUE||1|1") for n in range(100)))
    stage.write(pieces[0] + pieces[1] + today + pieces[2] + pieces[3])

    assert Read(stage.watch().state()).of() == Figures(100, 0, 0, 100, 0)


def test_fault_47_rotated_logs_stand_in_order_though_their_first_stamps_are_damaged(stage: Stage) -> None:
    first = damaged("1500000000", "NONE|support|Zoe|OUTCALL|1")
    stage.write(written(stage, (-300, ENTRY), *a_call("c0", -290)))
    stage.rotate()
    stage.write(first + written(stage, (-200, ANSWER.replace("|5|", "|100|")), *a_call("c2", -190)))
    stage.rotate()
    stage.write(first + written(stage, (-100, END), *a_call("c3", -90)))

    found = Read(stage.watch().state())
    assert found.of() == Figures(4, 4, 0, 0, 4) == Read(stage.state()).of()
    assert found.misfits == {}


# --- 48: several files -----------------------------------------------------------------------------------------------


def test_fault_48_the_past_of_several_logs_is_told_in_the_order_of_time_and_what_comes_as_it_comes(
    stage: Stage,
) -> None:
    one, other = stage.folder / "one", stage.folder / "other"
    stage.write(written(stage, (-300, "NONE|q|Ann|ADDMEMBER|"), (-200, "NONE|q|Ann|PAUSE|tea")), to=one)
    stage.write(written(stage, (-250, "NONE|q|Ann|PAUSE|lunch"), (-100, "NONE|q|Ann|UNPAUSE|")), to=other)
    live = stage.watch(one, other)

    states = [live.state(), stage.state(one, other), stage.state(other, one)]
    assert [Read(state).agent("Ann") for state in states] == ["available"] * 3
    assert Read(stage.state(one, other, at=stage.clock.at - 150)).agent("Ann") == "paused"

    stage.write(written(stage, (-20, "NONE|q|Ann|PAUSE|tea")), to=one)
    stage.pass_time(1)
    stage.write(written(stage, (-30, "NONE|q|Ann|UNPAUSE|")), to=other)
    stage.pass_time(1)
    assert Read(live.state()).agent("Ann") == "available"  # by receipt: what came last was written last


def test_fault_48_damaged_times_in_one_log_move_no_line_of_the_other(stage: Stage) -> None:
    one, other = stage.folder / "one", stage.folder / "other"
    stage.write(written(stage, (-300, "NONE|q|Ann|ADDMEMBER|"), damaged(TEN_YEARS, "NONE|q|Zoe|OUTCALL|1")), to=one)
    stage.write(written(stage, (-200, "NONE|q|Ann|PAUSE|tea"), (-5, "NONE|q|Bob|ADDMEMBER|")), to=one)
    stage.write(written(stage, (-250, "NONE|q|Ann|PAUSE|lunch"), (-100, "NONE|q|Ann|UNPAUSE|")), to=other)

    for state in (stage.watch(one, other).state(), stage.state(one, other)):
        assert Read(state).agent("Ann") == "available"
        assert Read(state).rejected == {"time more than a day ahead": 1}


def test_fault_48_a_log_cut_into_many_files_of_a_folder_is_one_log(captured: Stage) -> None:
    """The cuts are at whole minutes, as by a writer that begins a new file now and then."""
    folder = captured.folder / "cut"
    folder.mkdir()
    for line in CAPTURE.read_bytes().splitlines(keepends=True):
        with (folder / f"part-{int(line[:10]) // 60}.log").open("ab") as file:
            file.write(line)

    assert len(list(folder.iterdir())) == 14
    found, whole = (captured.state(path) for path in (folder, CAPTURE))
    assert {**compared(found), "feeds": 0} == {**compared(whole), "feeds": 0}


# --- 49: times that cannot be ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("0", "time out of range"),
        ("-1", "time out of range"),
        ("12345678901234567890", "time out of range"),
        ("1e400", "time out of range"),
        ("nan", "time out of range"),
        (TEN_YEARS, "time more than a day ahead"),
        ("", "time is not a number"),
        ("2026-11-22 10:00:00", "time is not a number"),
    ],
)
@pytest.mark.parametrize("place", ["first", "between", "last"])
def test_fault_49_an_impossible_time_is_refused_and_nothing_else_is(
    stage: Stage, stamp: str, reason: str, place: str
) -> None:
    lines: list[Line] = [(-100, ENTRY), *a_call("c2", -90)]
    lines.insert({"first": 0, "between": 2, "last": 4}[place], damaged(stamp, ENTRY.replace("c1", "c9")))
    found = read(stage, *lines)

    assert found.rejected == {reason: 1}
    assert found.of() == Figures(2, 1, 0, 1, 1)
    assert found.misfits == {}
    assert found.state["queues"]["support"]["longest_wait_seconds"] == 100


@pytest.mark.parametrize("stamp", [TEN_YEARS, "0", "12345678901234567890"])
def test_fault_49_the_last_moment_of_a_log_is_no_damaged_one(stage: Stage, stamp: str) -> None:
    stage.write(written(stage, (-100, ENTRY), (-90, ANSWER)) + damaged(stamp, END))
    timeline = timeline_of(stage.house, {FEED: FeedSettings(str(stage.log), FORMAT)})

    assert timeline.last_at() == stage.clock.at - 90


@pytest.mark.parametrize("stamp", [TEN_YEARS, "200000000", "0"])
def test_fault_49_the_first_moment_of_a_log_is_no_damaged_one(stage: Stage, stamp: str) -> None:
    """A replay begins there, and asks the rules from there on: every 5 seconds of 50 years."""
    stage.write(damaged(stamp, END) + written(stage, (-100, ENTRY), (-90, ANSWER)))
    timeline = timeline_of(stage.house, {FEED: FeedSettings(str(stage.log), FORMAT)})

    first = timeline.first_at()
    assert first is not None
    assert stage.clock.at - 100 <= first <= stage.clock.at
    assert timeline.last_at() == stage.clock.at - 90


def test_fault_49_a_log_that_lies_in_the_future_as_a_whole_is_read_and_its_damage_is_not(stage: Stage) -> None:
    ahead = 400 * DAY
    stage.write(written(stage, (ahead, ENTRY), (ahead + 5, ANSWER)) + damaged("3333333333", END))
    stage.write(written(stage, (ahead + 9, ENTRY.replace("c1", "c2"))))

    found = Read(stage.state(at=stage.clock.at + ahead + 10))
    assert found.of() == Figures(2, 1, 0, 1, 0)
    assert found.rejected == {"time more than a day ahead": 1}


def test_fault_49_decades_of_a_state_cost_no_counters_for_each_of_their_days(stage: Stage) -> None:
    """A line may be forged by whoever calls: it must not make the floor count 18,000 days."""
    stage.log.touch()
    live = stage.watch()
    for n in range(30):
        stage.write(
            damaged("200000000", f"NONE|q|forged{n}|PAUSE|x") + written(stage, (0, f"NONE|q|forged{n}|UNPAUSE|"))
        )
    stage.pass_time(1)

    assert len(live.station.look().agent_counts) <= 30 * 64
    assert Read(live.state()).agent("forged7") == "available"


# --- 67: calls without an end ----------------------------------------------------------------------------------------


def test_fault_67_a_call_whose_end_was_lost_is_stale_and_left_out_of_the_longest_wait(stage: Stage) -> None:
    lost, talking = -5 * 3600.0, -4.5 * 3600
    found = read(
        stage,
        (lost, ENTRY),
        (talking, ENTRY.replace("c1", "c2")),
        (talking + 5, ANSWER.replace("c1", "c2")),
        (-30, ENTRY.replace("c1", "c3")),
    )

    assert found.calls == {
        ("c1", "support", "stale", None),
        ("c2", "support", "stale", "Ann"),
        ("c3", "support", "waiting", None),
    }
    assert found.of() == Figures(3, 1, 0, 2, 0)
    assert found.agent("Ann") == "on_call"
    assert found.state["queues"]["support"]["longest_wait_seconds"] == 30


def test_fault_67_lines_that_the_writer_lost_at_a_rotation_leave_a_stale_call_until_the_switch_restarts(
    stage: Stage,
) -> None:
    stage.write(written(stage, (-5 * 3600, ENTRY)))
    live = stage.watch()
    stage.rotate()
    stage.write(written(stage, *a_call("c2", -60)))
    stage.pass_time(7)
    assert Read(live.state()).calls == {("c1", "support", "stale", None)}

    stage.write(written(stage, (0, "NONE|NONE|NONE|QUEUESTART|")))
    stage.pass_time(1)
    assert Read(live.state()).of() == Figures(2, 1, 0, 0, 1, {"restart": 1})
    assert compared(live.state()) == compared(stage.watch().state()) == compared(stage.state())


@pytest.mark.parametrize("seed", range(3))
def test_fault_67_whatever_the_writer_loses_everyone_is_accounted_for(captured: Stage, seed: int) -> None:
    """One line in 25 never reaches the disk."""
    chance = random.Random(seed)
    kept = [line for line in CAPTURE.read_bytes().splitlines(keepends=True) if chance.random() > 0.04]
    log = Path(captured.folder, "lossy")
    log.write_bytes(b"".join(kept))
    found = Read(captured.state(log))

    entries = sum(b"|ENTERQUEUE|" in line for line in kept)
    assert found.total.offered == entries
    assert found.total.offered == (
        found.total.answered + found.total.abandoned + sum(found.total.left.values()) + found.total.waiting
    )
    assert found.rejected == {}
