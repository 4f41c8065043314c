"""The panels "coverage", "timeline" and "requests"."""

import pytest

from floorwatch.api import Chart, Minimum, Panel, Timeline, Tone
from floorwatch.testing import Kit, Shown
from floorwatch_rosters.coverage_panel import CoveragePanel
from floorwatch_rosters.requests_panel import RequestsPanel
from floorwatch_rosters.timeline_panel import TimelinePanel

COVERAGE, TIMELINE, REQUESTS = CoveragePanel(), TimelinePanel(), RequestsPanel()


@pytest.mark.parametrize("panel", [COVERAGE, TIMELINE], ids=lambda panel: str(panel.name))
def test_without_a_roster_that_is_said(floorwatch: Kit, panel: Panel) -> None:
    assert "No roster is read" in floorwatch.show(panel).words


# --- coverage ---


def chart(shown: Shown) -> Chart:
    """The chart."""
    return next(part for part in shown.parts if isinstance(part, Chart))


def test_the_chart_has_bars_the_plan_and_a_level_where_the_need_is_the_same_all_day(shift: Kit) -> None:
    shift.duty_rules(minimums=(Minimum(0, 1440, 2),))

    found = chart(shift.show(COVERAGE, at="10:41"))
    assert [series.name for series in found.series] == ["expected", "planned"]
    assert [(level.name, level.value) for level in found.levels] == [("minimum", 2.0)]
    assert found.now == shift.floor("10:41").at


def test_a_need_that_changes_is_a_line(shift: Kit) -> None:
    shift.duty_rules(minimums=(Minimum(600, 660, 2),))

    found = chart(shift.show(COVERAGE, at="10:41"))
    assert found.levels == ()
    assert [value for value in found.series[2].values if value] == [2.0] * 4


def test_gaps_are_rows_that_can_be_assigned(shift: Kit) -> None:
    shift.duty_rules(minimums=(Minimum(1080, 1140, 2),))

    shown = shift.show(COVERAGE, at="10:41")
    (row,) = shown.tables[0].rows
    assert [cell.text for cell in row.cells[:3]] == ["18:00-19:00", "1 too few", "1 of 2"]
    assert (row.cells[-1].command, row.tone) == ("assign", Tone.WARN)
    assert "Who could come" in shift.show(COVERAGE, at="10:41", row=row.key).words


def test_without_a_gap_the_lowest_point_is_named(shift: Kit) -> None:
    for name, number in (("李娜", "1007"), ("王芳", "9001")):
        shift.at("08:58").signs_in(name, "support", id=number)
    fewest = "No gap: nothing says how many are needed. The fewest: 1 at 18:00."
    assert fewest in shift.show(COVERAGE, at="10:41").words
    shift.duty_rules(minimums=(Minimum(540, 1140, 1),))
    assert "No gap. The lowest: 1 of 1 at 18:00." in shift.show(COVERAGE, at="10:41").words


# --- timeline ---


def timeline(shown: Shown) -> Timeline:
    """The timeline."""
    return next(part for part in shown.parts if isinstance(part, Timeline))


def test_it_is_the_team_of_whoever_looks(shift: Kit) -> None:
    shown = timeline(shift.show(TIMELINE, at="10:41"))
    assert shown.caption == "Team A"
    assert {track.key for track in shown.tracks} == {"agent:1007", "done:1007", "agent:9001", "done:9001"}


def test_another_team_is_shown_by_its_name(shift: Kit) -> None:
    assert timeline(shift.show(TIMELINE, at="14:00", team="b")).caption == "Team B"


def test_whoever_has_no_team_sees_the_first_in_which_anything_is_wrong(shift: Kit) -> None:
    shift.me = "somebody"
    shift.at("08:55").signs_in("李娜", "support", id="1007").signs_in("王芳", "support", id="9001")

    assert timeline(shift.show(TIMELINE, at="13:30")).caption == "Team B"


def test_the_plan_stands_above_what_was_done(shift: Kit) -> None:
    shift.at("00:20").roster("李娜: 09:00-18:00, lunch 12:00-13:00", day="2026-03-10", document="tuesday")
    shift.at("09:30").signs_in("李娜", "support", id="1007")
    shift.at("12:10").pauses("李娜", "Lunch")

    shown = shift.show(TIMELINE, at="12:30")
    plan, done = shown.track("agent:1007").stretches, shown.track("done:1007").stretches
    assert [(each.letter, each.about) for each in plan] == [
        ("", "phones 09:00-12:00"), ("l", "lunch 12:00-13:00"), ("", "phones 13:00-18:00"),
    ]  # fmt: skip
    assert [(each.letter, each.tone) for each in done] == [
        ("-", Tone.WARN), ("", Tone.CALM), ("", Tone.WARN), ("l", Tone.NOTICE),
    ]  # fmt: skip


def test_a_large_team_says_how_many_are_left_out(shift: Kit) -> None:
    assert timeline(shift.show(TIMELINE, at="10:41", most=1)).caption == "Team A, the first 1 of 2"


# --- requests ---


@pytest.fixture
def asked(shift: Kit) -> Kit:
    """Of everything one, and one that was refused."""
    shift.at("09:10").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")
    shift.at("09:20").asks_leave("张伟", "13:00-21:00", day="2026-03-11", by="张伟", entry="l1")
    shift.at("09:21").asks_leave("陈静", "13:00-21:00", by="陈静", entry="l2").refuses("l2", "too few", by="王芳")
    shift.at("09:30").assigns("赵敏", "19:00-20:00", by="王芳", entry="a1")
    return shift


def test_what_waits_stands_first_then_who_was_not_told_then_the_rest(asked: Kit) -> None:
    assert asked.show(REQUESTS, at="10:41").keys == ("swap:s1", "leave:l1", "assignment:a1", "leave:l2")


def test_each_has_its_state_and_the_key_that_acts(asked: Kit) -> None:
    shown = asked.show(REQUESTS, at="10:41")

    assert shown.cell("swap:s1", "state").text == "waits for the other side, the head, HR"
    assert shown.cell("swap:s1", "against").text == "not agreed yet, not free then"
    assert [row.cells[-1].command for row in shown.tables[0].rows] == ["tick", "tick", "tell", ""]
    assert shown.cell("leave:l2", "state").text == "refused"
    assert shown.cell("assignment:a1", "told").text == "not told"


def test_granted_and_told_needs_nothing(asked: Kit) -> None:
    for tick in ("agreed", "head", "hr"):
        asked.at("10:00").ticks("s1", tick, by="王芳")
    assert asked.show(REQUESTS, at="10:01").cell("swap:s1", "told").text == "not told"
    asked.at("10:02").tells("李娜", "s1", by="王芳")
    assert asked.show(REQUESTS, at="10:03").cell("swap:s1", "told").text == "not 张伟"
    asked.at("10:04").tells("张伟", "s1", by="王芳")

    shown = asked.show(REQUESTS, at="10:05")
    assert (shown.cell("swap:s1", "state").text, shown.cell("swap:s1", "told").text) == ("granted", "told")


def test_what_is_over_or_far_ahead_is_left_out(asked: Kit) -> None:
    assert "assignment:a1" not in asked.show(REQUESTS, at="20:30").keys
    asked.at("10:00").assigns("赵敏", "09:00-12:00", day="2026-03-30", by="王芳", entry="a2")
    assert "assignment:a2" not in asked.show(REQUESTS, at="10:41").keys
    assert "assignment:a2" in asked.show(REQUESTS, at="10:41", days=30).keys


def test_nothing_asked_is_said(shift: Kit) -> None:
    assert "Nobody asks for anything in the next days." in shift.show(REQUESTS, at="10:41").words
