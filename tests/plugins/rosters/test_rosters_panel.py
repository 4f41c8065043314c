"""The panel "rosters": hands, what wants doing, the next hours, breaks, teams, and what stands behind its rows."""

import pytest

from floorwatch.api import Minimum, NoonRules, Tiles, Tone, When
from floorwatch.testing import Kit, RefusedError, Shown, check_panel
from floorwatch_rosters.rosters_panel import RostersPanel

PANEL = RostersPanel()


@pytest.fixture
def floor(shift: Kit) -> Kit:
    """李娜 alone is on the phones of three who are planned; two are needed from nine to six, and at noon."""
    shift.duty_rules(minimums=(Minimum(540, 1080, 2),), noon=NoonRules(when=When.ALWAYS))
    shift.at("08:58").signs_in("李娜", "support", id="1007", seat="A07", team="A")
    return shift


def tile(shown: Shown, title: str) -> tuple[str, Tone, str]:
    """Value, tone and what stands against it."""
    (tiles,) = (part for part in shown.parts if isinstance(part, Tiles))
    found = next(each for each in tiles.tiles if each.title == title)
    return found.value.text, found.value.tone, found.against


def column(shown: Shown, row: str) -> list[str]:
    """The figures of a row of the next hours."""
    return [cell.text for cell in shown.row(row).cells[1:]]


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(PANEL, to_do=0, breaks=0, hours=0.5, teams=False)


@pytest.mark.parametrize("hours", [0, -1, 25])
def test_a_look_ahead_at_nothing_is_refused(floorwatch: Kit, hours: float) -> None:
    with pytest.raises(RefusedError, match="hours"):
        floorwatch.show(PANEL, hours=hours)


# --- what is there, and what is not ---


def test_without_a_roster_it_says_how_to_give_one(floorwatch: Kit) -> None:
    assert "No roster is read" in floorwatch.show(PANEL).words
    assert "floorwatch watch queue_log roster.xlsx" in floorwatch.show(PANEL).words


def test_a_roster_that_cannot_be_used_is_said_and_what_was_read_before_holds(shift: Kit) -> None:
    shift.at("09:10").cannot_read("tuesday", "torn")

    shown = shift.show(PANEL)
    assert "shift/tuesday as of 00:10: the newer file cannot be used: torn" in shown.words
    assert tile(shown, "here")[2] == "of 2"


def test_one_that_could_never_be_used_is_named_where_there_is_no_roster(floorwatch: Kit) -> None:
    floorwatch.at("09:10").cannot_read("roster.xlsx", "torn")

    words = floorwatch.show(PANEL).words
    assert "cannot be used: torn" in words
    assert "No roster is read" in words


def test_a_call_feed_alone_shows_the_hands_of_now(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007")

    shown = floorwatch.show(PANEL, at="10:41")
    assert tile(shown, "on phones") == ("1", Tone.CALM, "no plan")
    assert "No roster is read" in shown.words


def test_a_roster_alone_expects_what_the_plan_says_and_says_so(shift: Kit) -> None:
    shift.gives = frozenset()

    shown = shift.show(PANEL, at="10:41")
    assert tile(shown, "here") == ("?", Tone.CALM, "of 2")
    assert tile(shown, "on phones") == ("2", Tone.CALM, "plan 2")
    assert "Nobody can be seen here" in shown.words
    assert "absent" not in " ".join(shown.keys)


# --- the hands ---


def test_the_first_line_is_who_is_here_and_the_lowest_point(floor: Kit) -> None:
    shown = floor.show(PANEL, at="10:41")

    assert tile(shown, "here") == ("1", Tone.CALM, "of 2")
    assert tile(shown, "on phones") == ("1", Tone.ALARM, "min 2")
    assert tile(shown, "lowest") == ("1/2", Tone.ALARM, "at 10:41")


def test_noon_is_one_line_with_what_must_and_what_should_stay(floor: Kit) -> None:
    words = floor.show(PANEL, at="10:41").words

    assert "noon 11:30-13:30: 1 on the phones at 11:30, 2 must stay, 3 should" in words
    assert "calls an hour" not in words


def test_what_few_can_carry_stands_under_noon_once_a_call_has_ended(floor: Kit) -> None:
    floor.at("09:30").enters("c1", "support")
    floor.at("09:30:05").answers("李娜", "c1")
    floor.at("09:35:05").ends("c1")

    assert "1 agent carries about" in floor.show(PANEL, at="10:41").words


def test_the_next_hours_stand_in_quarters_with_sign_and_figure(floor: Kit) -> None:
    shown = floor.show(PANEL, at="12:50")

    assert column(shown, "hands:expected") == ["1", "2", "2", "2", "2", "2", "2", "2"]
    assert column(shown, "hands:scheduled")[:3] == ["2", "3", "3"]
    assert column(shown, "hands:minimum") == ["2"] * 8
    assert column(shown, "hands:spare")[0] == "-1"
    assert shown.tone("hands:spare", "q0") is Tone.ALARM


def test_without_a_minimum_the_hours_are_hands_alone(shift: Kit) -> None:
    shown = shift.show(PANEL, at="10:41")
    assert [key for key in shown.keys if key.startswith("hands:")] == ["hands:expected", "hands:scheduled"]


# --- what wants doing ---


def test_missing_hands_stand_first_then_missing_people_then_requests_then_who_was_not_told(floor: Kit) -> None:
    floor.at("09:10").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")
    floor.at("09:20").asks_leave("张伟", "13:00-21:00", day="2026-03-11", by="张伟", entry="l1")
    floor.at("09:30").assigns("赵敏", "19:00-20:00", by="王芳", entry="a1")

    keys = [key for key in floor.show(PANEL, at="10:41").keys if not key.startswith(("hands:", "team:", "agent:"))]
    assert keys[0].startswith("gap:")
    assert keys[1:] == ["absence:9001", "swap:s1", "leave:l1", "assignment:a1"]


def test_every_line_names_the_command_that_acts_on_it(floor: Kit) -> None:
    floor.at("09:10").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")
    floor.at("09:30").assigns("赵敏", "19:00-20:00", by="王芳", entry="a1")

    table = floor.show(PANEL, at="10:41").tables[0]
    assert [row.cells[-1].command for row in table.rows] == ["assign", "replace", "tick", "tell"]
    assert table.starts


def test_a_late_swap_is_marked_with_what_it_waits_for(floor: Kit) -> None:
    floor.at("09:10").asks_swap("李娜", "2026-03-10", "陈静", "2026-03-10", by="李娜", entry="s1")

    note = floor.show(PANEL, at="10:41").cell("swap:s1", "note").text
    assert note.startswith("waits for the other side, the head, HR; against: marked late")


def test_who_comes_in_the_place_of_somebody_takes_them_off_the_list(floor: Kit) -> None:
    assert "absence:9001" in floor.show(PANEL, at="10:41").keys
    floor.at("10:42").assigns("张伟", "10:42-18:00", instead_of="王芳", by="王芳", entry="a1")
    assert "absence:9001" not in floor.show(PANEL, at="10:43").keys


def test_who_was_told_is_off_the_list(floor: Kit) -> None:
    floor.at("09:30").assigns("赵敏", "19:00-20:00", by="王芳", entry="a1")
    assert floor.show(PANEL, at="10:41").cell("assignment:a1", "note").text == "not told: 赵敏"
    floor.at("10:42").tells("赵敏", "a1", by="王芳")
    assert "assignment:a1" not in floor.show(PANEL, at="10:43").keys


def test_a_quiet_plan_says_so(shift: Kit) -> None:
    shift.at("08:58").signs_in("李娜", "support", id="1007").signs_in("王芳", "support", id="9001")

    shown = shift.show(PANEL, at="10:41")
    assert "Nothing wants doing." in shown.words
    assert not any(table.starts for table in shown.tables)


# --- breaks, teams ---


def test_who_may_go_stands_with_how_long_it_is_due(shift: Kit) -> None:
    shift.at("00:20").roster("李娜: 09:00-18:00, break 10:00-10:15", day="2026-03-10", document="tuesday")
    shift.at("08:58").signs_in("李娜", "support", id="1007")

    assert "May go on a break now (1): 李娜 41:00" in " ".join(shift.show(PANEL, at="10:41").words.split())
    assert "May go" not in shift.show(PANEL, at="10:41", breaks=0).words


def test_while_callers_wait_it_is_said_with_who_may_go(shift: Kit) -> None:
    shift.at("00:20").roster("李娜: 09:00-18:00, break 10:00-10:15", day="2026-03-10", document="tuesday")
    shift.at("08:58").signs_in("李娜", "support", id="1007")
    shift.at("10:40").enters("c1", "support")

    assert "1 caller waits. By the plan may go on a break (1): 李娜" in shift.show(PANEL, at="10:41").words


def test_without_a_minimum_nobody_is_offered_a_break_that_is_not_due(shift: Kit) -> None:
    shift.at("08:58").signs_in("李娜", "support", id="1007").signs_in("王芳", "support", id="9001")

    said = shift.show(PANEL, at="10:41").words
    assert "Who may go on a break: nothing says how many must stay." in said
    assert "May go" not in said


def test_nobody_may_go_and_what_it_would_break(floor: Kit) -> None:
    assert "Nobody may go on a break now: 10:41 would fall to 0 of 2." in floor.show(PANEL, at="10:41").words


def test_teams_are_counted_by_what_their_people_do(floor: Kit) -> None:
    shown = floor.show(PANEL, at="13:30")
    assert (shown.cell("team:A", "phones").text, shown.cell("team:A", "absent").text) == ("1", "1")
    assert shown.cell("team:B", "absent").text == "1"
    floor.at("13:31").pauses("李娜", "Lunch")
    after = floor.show(PANEL, at="13:32")
    assert (after.cell("team:A", "phones").text, after.cell("team:A", "lunch").text) == ("0", "1")


# --- behind the rows ---


def test_behind_a_gap_stand_who_is_away_and_who_could_come(floor: Kit) -> None:
    key = next(key for key in floor.show(PANEL, at="10:41").keys if key.startswith("gap:"))

    detail = floor.show(PANEL, at="10:41", row=key)
    assert {"absence:9001", f"offer:1004@{key}"} <= set(detail.keys)
    assert detail.row(f"offer:1004@{key}").cells[-1].command == "assign"
    assert "1 too few" in detail.words


def test_behind_somebody_missing_stand_those_who_could_come_with_the_key(floor: Kit) -> None:
    detail = floor.show(PANEL, at="10:41", row="absence:9001")

    assert detail.keys[-2:] == ("candidate:1004/9001", "candidate:1003/9001")
    assert detail.row("candidate:1004/9001").cells[-1].command == "replace"
    assert "03-10 10:41-18:00" in detail.words


def test_behind_a_person_stands_the_week(floor: Kit) -> None:
    detail = floor.show(PANEL, at="10:41", row="agent:1007")

    assert detail.cell("day:2026-03-11", "plan").text == "09:00-18:00"
    assert (detail.cell("day:2026-03-11", "hours").text, detail.cell("day:2026-03-11", "rest").text) == (
        "9.0h",
        "15.0h",
    )
    assert detail.track("agent:1007").stretches[0].about == "phones 09:00-18:00"


def test_behind_a_request_stand_ticks_objections_and_who_knows(floor: Kit) -> None:
    floor.at("09:10").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")
    floor.at("09:11").ticks("s1", "head", by="王芳")

    words = floor.show(PANEL, at="10:41", row="swap:s1").words
    for each in ("waits for the other side, HR", "not agreed yet", "09:11, 王芳", "not told"):
        assert each in words


def test_behind_a_team_and_the_hands_stand_everybody_and_every_quarter(floor: Kit) -> None:
    assert floor.show(PANEL, at="10:41", row="team:A").keys == ("absence:9001", "agent:1007")
    assert len(floor.show(PANEL, at="20:00", row="hands:expected").tables[0].rows) == 4


def test_behind_the_hands_stand_those_of_each_team_and_amber_is_less_than_half_of_its_shift(floor: Kit) -> None:
    table = floor.show(PANEL, at="13:20", row="hands:expected").tables[0]
    now = table.rows[0].cells

    assert [each.title for each in table.columns][-2:] == ["A", "B"]
    assert [(cell.text, cell.tone) for cell in now[-2:]] == [("1", Tone.CALM), ("0", Tone.WARN)]


def test_behind_the_hands_of_one_team_stands_no_column_of_it(floor: Kit) -> None:
    table = floor.show(PANEL, at="10:41", row="hands:expected").tables[0]

    assert [each.title for each in table.columns] == ["at", "expected", "planned", "minimum", "to spare"]


@pytest.mark.parametrize("key", ["gap:now", "gap:x", "swap:gone", "agent:nobody", "offer:x@gap:1", "candidate:x/y", ""])
def test_what_is_over_is_said(shift: Kit, key: str) -> None:
    words = shift.show(PANEL, at="10:41", row=key).words
    assert words in ("This no longer stands in the plan.", "No hands are missing then.")
