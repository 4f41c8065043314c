"""The panel "attendance" and what stands behind its rows."""

import pytest

from floorwatch.api import Stack, Tone
from floorwatch.testing import Kit, Shown, check_panel
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.panel import AttendancePanel

PANEL = AttendancePanel(Limits())


def exceptions(shown: Shown) -> list[tuple[str, str]]:
    """Who stands as an exception, and what is said."""
    return [(row.key, row.cells[2].text) for row in shown.tables[-1].rows if row.key.startswith("agent:")]


def counts(shown: Shown) -> dict[str, str]:
    """How many are well, by status."""
    rows = (row for row in shown.tables[-1].rows if row.key.startswith("status:"))
    return {row.key.removeprefix("status:"): row.cells[0].text for row in rows}


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(PANEL, teams=("A",), everybody=True)


def test_nobody_is_accused_before_the_day_has_begun(shift: Kit) -> None:
    shown = shift.show(PANEL, at="08:55")

    assert exceptions(shown) == []
    assert counts(shown) == {"present": "1 person", "expected": "3 people", "off": "1 person"}


def test_whoever_is_due_is_not_absent_until_the_grace_is_over(shift: Kit) -> None:
    due = shift.show(PANEL, at="09:03")
    gone = shift.show(PANEL, at="09:06")

    assert exceptions(due) == [("agent:1004", "due"), ("agent:1007", "due")]
    assert exceptions(gone) == [("agent:1004", "absent"), ("agent:1007", "absent")]


def test_exceptions_stand_first_the_worst_first_with_the_key_that_acts(morning: Kit) -> None:
    shown = morning.show(PANEL, at="09:20")

    assert exceptions(shown) == [("agent:1004", "absent"), ("agent:1007", "late")]
    assert [row.cells[-1].command for row in shown.tables[-1].rows[:2]] == ["replace", "excuse"]
    assert shown.keys[2:] == ("status:present", "status:expected", "status:off")


def test_a_row_says_who_for_how_long_and_what_the_roster_said(morning: Kit) -> None:
    row = morning.show(PANEL, at="09:20").row("agent:1007")

    assert [cell.text for cell in row.cells] == ["A07 李娜", "1007", "late", "12:00", "09:00-18:00", "excuse"]


def test_the_first_line_counts(morning: Kit) -> None:
    assert "late 1 absent 1* breaks 0 doubts 0" in morning.show(PANEL, at="09:20").text(80)


def test_an_absence_is_amber_then_red_unless_somebody_comes_instead(morning: Kit) -> None:
    tones = [morning.show(PANEL, at=at).row("agent:1004").tone for at in ("09:20", "09:29:59", "09:30")]
    assert tones == [Tone.WARN, Tone.WARN, Tone.ALARM]

    morning.at("09:40").assigns("赵敏", "09:40-18:00", instead_of="张伟", by="王芳", entry="a1")
    row = morning.show(PANEL, at="09:41").row("agent:1004")
    assert (row.cells[2].text, row.tone) == ("absent, 赵敏 comes", Tone.MUTED)
    assert "absent 0" in morning.show(PANEL, at="09:41").text(80)


def test_what_is_excused_stays_in_sight_and_counts_no_more(morning: Kit) -> None:
    morning.at("09:30").excuses("李娜", "09:00-09:12", "training", by="王芳", entry="e1")

    shown = morning.show(PANEL, at="09:31")

    assert exceptions(shown)[-1] == ("agent:1007", "late, excused")
    assert shown.row("agent:1007").cells[3].text == "12:00"
    assert "late 0" in shown.text(80)


def test_a_break_runs_from_its_limit_and_is_said_by_its_reason(morning: Kit) -> None:
    morning.at("10:00").pauses("李娜", "Restroom")
    morning.at("10:00").pauses("王芳", "break")

    shown = morning.show(PANEL, at="10:17")

    assert ("agent:9001", "break over its limit") in exceptions(shown)
    cell = shown.cell("agent:9001", "for")
    assert (cell.prefix, cell.since) == ("+", morning.at("10:15").at)


def test_witnesses_that_disagree_are_said_with_their_times(shift: Kit) -> None:
    shift.at("09:15").punches("李娜: 08:52", "王芳: 08:49")

    assert ("agent:1007", "punched in 08:52, not signed in") in exceptions(shift.show(PANEL, at="09:20"))


def test_it_may_be_of_some_teams_only(morning: Kit) -> None:
    assert exceptions(morning.show(PANEL, at="09:20", teams=("B",))) == []
    assert exceptions(morning.show(PANEL, at="14:00", teams=("B",))) == [("agent:1016", "absent")]


def test_behind_a_count_stand_its_people_and_behind_a_team_everybody_of_it(morning: Kit) -> None:
    assert morning.show(PANEL, at="09:20", row="status:present").keys == ("agent:9001",)
    assert morning.show(PANEL, at="09:20", row="team:B").keys == (
        "status:expected", "agent:1016", "status:off", "agent:1003",
    )  # fmt: skip
    assert "Nobody any more." in morning.show(PANEL, at="09:20", row="status:on_leave").words


def test_a_line_for_everybody_is_an_option(morning: Kit) -> None:
    keys = morning.show(PANEL, at="09:20", everybody=True).keys

    assert keys[2:4] == ("status:present", "agent:9001")


@pytest.mark.parametrize("words", ["敏", "1003", "a02", "OFF 赵"])
def test_anybody_is_found_by_name_number_seat_or_status(morning: Kit, words: str) -> None:
    assert morning.show(PANEL, at="09:20", row=f"search:{words}").keys == ("agent:1003",)


# --- what is missing ---


def test_a_floor_without_anything_says_what_to_give_it(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset()
    words = floorwatch.show(PANEL).words

    assert "No roster is read" in words
    assert "Nothing here shows who comes" in words
    assert "Nobody is expected today" in words


def test_the_call_feed_alone_shows_who_is_here(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007")
    shown = floorwatch.show(PANEL, at="09:20")

    assert "No roster is read" in shown.words
    assert counts(shown) == {"present": "1 person"}


def test_punches_alone_show_who_is_here(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset()
    floorwatch.at("09:15").punches("李娜: 08:52")

    assert counts(floorwatch.show(PANEL, at="09:20")) == {"present": "1 person"}


def test_a_roster_alone_says_that_nobody_can_be_seen(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset()
    floorwatch.at("00:10").roster("李娜: 09:00-18:00")
    shown = floorwatch.show(PANEL, at="10:00")

    assert "Mark by hand (k)" in shown.words
    assert counts(shown) == {"unseen": "1 person"}


def test_a_roster_of_other_days_says_of_which(floorwatch: Kit) -> None:
    floorwatch.at("00:10").roster("李娜: 09:00-18:00", day="2026-02-02")

    assert "names nobody for 2026-03-10: it is of 2026-02-02 to 2026-02-02" in floorwatch.show(PANEL, at="10:00").words


# --- a person ---


def test_a_persons_day_has_the_plan_above_what_was_done(morning: Kit) -> None:
    morning.at("09:15").punches("李娜: 09:10")
    view = morning.show(PANEL, at="10:00", row="agent:1007").view

    assert isinstance(view, Stack)
    line = view.views[1]
    assert [track.key for track in line.tracks] == ["plan", "done"]  # type: ignore[union-attr]  # a timeline
    assert [stretch.letter for stretch in line.tracks[0].stretches] == ["", "l", ""]  # type: ignore[union-attr]  # as above
    assert [mark.sign for mark in line.tracks[1].marks] == ["p"]  # type: ignore[union-attr]  # as above


def test_raw_and_excused_figures_stand_side_by_side(morning: Kit) -> None:
    morning.at("09:30").excuses("李娜", "09:00-09:12", "training", by="王芳", entry="e1")
    shown = morning.show(PANEL, at="10:00", row="agent:1007")

    assert [cell.text for cell in shown.row("figure:late").cells[:3]] == ["late", "12:00", "0:00"]
    assert [cell.text for cell in shown.row("figure:adherence").cells[:3]] == ["adherence", "80.0%", "100.0%"]
    assert [cell.text for cell in shown.row("excuse:e1").cells] == [
        "09:00",
        "excused 09:00-09:12: training",
        "",
        "王芳",
    ]


def test_what_was_off_the_plan_says_the_hands_it_cost(morning: Kit) -> None:
    shown = morning.show(PANEL, at="10:00", row="agent:1007")
    row = next(row for table in shown.tables for row in table.rows if row.key.startswith("deviation:"))

    assert [cell.text for cell in row.cells] == ["09:00", "12:00", "phones: away", "-1", "excuse"]
    assert row.about == "agent:1007"


def test_witnesses_stand_side_by_side(morning: Kit) -> None:
    morning.at("09:15").punches("李娜: 09:10")
    shown = morning.show(PANEL, at="10:00", row="agent:1007")

    assert [cell.text for cell in shown.row("witness:punches").cells[:3]] == ["terminal or sheet", "09:10", "-"]
    assert [cell.text for cell in shown.row("witness:feed").cells[:3]] == ["telephone", "09:12", "-"]
    assert "witness:all" not in shown.keys


def test_breaks_stand_against_their_limits(morning: Kit) -> None:
    morning.at("10:00").pauses("李娜", "break")
    morning.at("10:20").resumes("李娜")
    row = morning.show(PANEL, at="10:30", row="agent:1007").row("break:0")

    assert [cell.text for cell in row.cells] == ["10:00", "break", "20:00", "15:00", "5:00"]


def test_what_offers_itself_as_an_excuse_stands_before_the_figures(morning: Kit) -> None:
    morning.at("09:14").note("李娜", "coaching", "先说明时限", by="赵敏", entry="n1")
    shown = morning.show(PANEL, at="10:00", row="agent:1007")

    assert [row.key for row in shown.tables[0].rows] == ["proposal:1007/note:n1"]
    assert shown.row("proposal:1007/note:n1").cells[-1].command == "excuse"


def test_marks_say_who_made_them_and_can_be_withdrawn(morning: Kit) -> None:
    morning.at("09:30").marks("张伟", "absent", by="王芳", entry="m1", word="sick")
    row = morning.show(PANEL, at="10:00", row="agent:1004").row("mark:m1")

    assert [cell.text for cell in row.cells] == ["09:30", "absent", "sick", "王芳"]


def test_somebody_who_is_not_planned_and_not_here_is_said_so(shift: Kit) -> None:
    assert "Nobody of this name is known." in shift.show(PANEL, at="10:00", row="agent:77").words
    assert "knows nothing of this row" in shift.show(PANEL, at="10:00", row="what:ever").words


# --- sizes ---


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 36), (200, 60)])
async def test_it_is_readable_in_every_size(morning: Kit, size: tuple[int, int]) -> None:
    async with morning.app(PANEL, at="09:40", size=size) as screen:
        for words in ("absent 1!", "doubts 0", "B03 张伟", "40:00!", "late", "12:00", "still to come"):
            assert words in screen.text
