"""The walk: what the keys do, what it came to, how it is shown."""

import pytest

from floorwatch.api import (
    Ask,
    Happened,
    Open,
    Outcome,
    Toast,
    events,
)
from floorwatch.testing import Kit, RefusedError, check_command, check_panel
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.walk_commands import walk_commands
from floorwatch_seat_support.walk_panel import WalkPanel

LIMITS = Limits()
PANEL = WalkPanel(LIMITS)
COMMANDS = {command.name: command for command in walk_commands(LIMITS)}
WALK, VISITED, PASS, END = (COMMANDS[name] for name in ("walk", "visited", "pass-seat", "end-walk"))
ME = "王芳"


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(VISITED)


def test_the_panel_keeps_to_the_rules_of_panels() -> None:
    check_panel(PANEL)


# --- the keys ---


def test_w_begins_a_walk_once_and_opens_it(aisles: Kit) -> None:
    outcomes = aisles.run(WALK)
    assert outcomes == (Happened(events.WalkBegan(aisles.clock.now())), Open("walk"))

    aisles.at("10:42").walks(ME)
    assert aisles.run(WALK, at="10:43") == (Open("walk"),)


def test_whoever_has_a_team_walks_through_it(aisles: Kit) -> None:
    aisles.at("09:00").signs_in(ME, "support", id="1", team="B")

    assert happened(aisles.run(WALK)) == [events.WalkBegan(aisles.clock.now(), team="B")]
    assert happened(aisles.run(walk_commands(Limits(my_team=False))[0])) == [events.WalkBegan(aisles.clock.now())]
    led = walk_commands(Limits(teams={ME: "A"}))[0]
    assert happened(aisles.run(led)) == [events.WalkBegan(aisles.clock.now(), team="A")]


def test_v_is_about_the_row_and_else_about_who_is_next(aisles: Kit) -> None:
    aisles.at("10:40").walks(ME)

    assert happened(aisles.run(VISITED, row="agent:1005")) == [
        events.SeatVisited(aisles.clock.now(), agent="1005", seat="A05")
    ]
    assert happened(aisles.run(VISITED)) == [events.SeatVisited(aisles.clock.now(), agent="1001", seat="A01")]
    assert happened(aisles.run(VISITED, row="queue:support")) == []


def test_v_where_help_is_open_goes_on_to_the_answer(aisles: Kit) -> None:
    aisles.at("10:40").asks("李娜", by="李娜", entry="h1")

    assert Ask("answer-help", "help:h1") in aisles.run(VISITED, row="agent:1001", at="10:41")


def test_v_where_a_follow_up_is_due_goes_on_to_its_outcome(aisles: Kit) -> None:
    aisles.at("10:00").note("李娜", "coaching", by=ME, entry="n1", follow_up="再听", due_at=aisles.at("10:40").at)

    assert Ask("follow-up-done", "note:n1") in aisles.run(VISITED, row="agent:1001", at="10:41")


def test_v_for_somebody_whom_no_feed_has_shown_counts_all_the_same(aisles: Kit) -> None:
    assert happened(aisles.run(VISITED, row="agent:9999")) == [events.SeatVisited(aisles.clock.now(), agent="9999")]


def test_x_passes_a_seat_in_a_walk_only(aisles: Kit) -> None:
    assert happened(aisles.run(PASS, row="agent:1002")) == []
    now = aisles.at("10:42").walks(ME).at

    assert happened(aisles.run(PASS, row="agent:1002")) == [events.SeatPassed(now, agent="1002", seat="A02")]
    assert happened(aisles.run(PASS)) == [events.SeatPassed(now, agent="1001", seat="A01")]


def test_nobody_left_is_said_in_place_of_an_entry(floorwatch: Kit) -> None:
    floorwatch.me = ME
    floorwatch.at("10:40").walks(ME)

    assert happened(floorwatch.run(VISITED, at="10:41")) == happened(floorwatch.run(PASS, at="10:41")) == []


def test_the_end_is_said_by_the_panel_alone(aisles: Kit) -> None:
    assert happened(aisles.run(END)) == []
    walked(aisles)

    outcomes = aisles.run(END, at="10:54")

    assert outcomes == (Happened(events.WalkEnded(aisles.at("10:54").at)), Open("walk"))


def walked(kit: Kit) -> None:
    """A walk of four acts; what others do, or what was done before it, is not of it."""
    kit.at("10:30").note("张伟", "praise", by=ME)
    kit.at("10:42").walks(ME)
    kit.at("10:43").visits("李娜", by=ME)
    kit.at("10:44").note("张伟", "coaching", "先说明时限", by=ME, follow_up="再听")
    kit.at("10:45").note("张伟", "praise", by=ME)
    kit.at("10:46").asks("陈静", "退税", by="陈静", entry="h1")
    kit.at("10:48").helps("h1", "三十天", by=ME)
    kit.at("10:49").note("王强", "praise", by="赵敏")


# --- the panel ---


def test_without_a_walk_it_says_whom_one_would_begin_with(aisles: Kit) -> None:
    shown = aisles.show(PANEL)

    assert "No walk is under way." in shown.words
    assert shown.keys == ("walk:begin", *(f"agent:100{at}" for at in (1, 2, 3, 6, 5, 4)))


def test_the_next_seat_stands_above_the_list_with_its_keys(aisles: Kit) -> None:
    aisles.at("10:10").note("刘洋", "praise", "语气很好", by="赵敏")
    aisles.at("10:38").asks("刘洋", "退税流程")
    aisles.at("10:40").walks(ME)

    shown = aisles.show(PANEL, at="10:41")

    keys, way_on = shown.tables
    assert [row.key for row in keys.rows] == ["agent:1006"]
    assert [cell.command for cell in keys.rows[0].cells] == ["note", "visited", "pass-seat", "end-walk"]
    assert [row.key for row in way_on.rows] == [f"agent:100{at}" for at in (6, 1, 2, 3, 5, 4)]
    for each in ("A06 刘洋 1006", "退税流程", "available", "语气很好", "3:00", "team B"):
        assert each in shown.words


def test_it_fits_forty_columns_and_twenty_lines_with_the_next_five(aisles: Kit) -> None:
    aisles.at("10:38").asks("刘洋", "退税流程需要哪些材料")
    aisles.at("10:40").walks(ME)

    lines = aisles.show(PANEL, at="10:41").text(36).splitlines()

    assert "A06 刘洋 1006" in lines[1]
    assert "nothing was noted lately" in "\n".join(lines[:8])
    assert sum(" A0" in line for line in lines[2:17]) >= 5


def test_help_is_amber_and_red_by_its_age(aisles: Kit) -> None:
    aisles.at("10:39").asks("刘洋")

    shown = [aisles.show(PANEL, at=at).text(36) for at in ("10:39:30", "10:40:30", "10:42:30")]
    assert "0:30\n" in shown[0]
    assert "1:30*" in shown[1]
    assert "3:30!" in shown[2]


def test_everyone_visited_is_said_and_the_figures_stand_there(aisles: Kit) -> None:
    aisles.at("10:40").walks(ME)
    for name in ("李娜", "张伟", "陈静", "赵敏", "王强", "刘洋"):
        aisles.at("10:41").visits(name, by=ME)

    words = aisles.show(PANEL, at="10:42").words

    assert "Everyone on duty has been visited, or passed." in words
    assert "seats visited" in words


def test_after_the_end_the_walk_of_the_day_is_summed_up(aisles: Kit) -> None:
    walked(aisles)
    aisles.at("10:50").ends_walk(ME)

    shown = aisles.show(PANEL, at="11:30")

    assert "No walk is under way." in shown.words
    assert "seats visited" in shown.words
    assert "8:00" in shown.words
    assert "walk:begin" in shown.keys


def test_a_seat_counts_in_the_walk_whoever_was_there_since(aisles: Kit) -> None:
    aisles.at("10:00").walks("王芳")
    aisles.at("10:05").visits("李娜", by="王芳")
    aisles.at("10:06").visits("李娜", by="赵敏")

    assert "visited 1" in aisles.show(PANEL, at="10:07").words


def test_another_leader_sees_their_own_walk(aisles: Kit) -> None:
    aisles.at("10:40").walks("赵敏")

    assert "No walk is under way." in aisles.show(PANEL, at="10:41").words


def test_behind_a_row_stand_notes_help_and_figures_of_the_shift(aisles: Kit) -> None:
    aisles.at("10:10").note("刘洋", "praise", "语气很好", by="赵敏", entry="n1")
    aisles.at("10:38").asks("刘洋", "退税流程", by="刘洋", entry="h1")

    shown = aisles.show(PANEL, at="10:41", row="agent:1006")

    assert shown.faults == ()
    assert {"note:n1", "help:h1"} <= set(shown.keys)
    for each in ("A06 刘洋 1006", "available", "10:10, 赵敏", "signed in", "missed rings"):
        assert each in shown.words


def test_behind_somebody_who_is_gone_stands_a_kind_word(aisles: Kit) -> None:
    assert "no longer on the floor" in aisles.show(PANEL, row="agent:gone").words


def test_no_rows_at_all_is_refused(aisles: Kit) -> None:
    with pytest.raises(RefusedError, match="most"):
        aisles.show(PANEL, most=0)
