"""The panel "callers": who waits and why, who is to be called back, which calls are under way."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import NO_FOCUS, Fact, FloorSnapshot, Focus, Stack, Table, Text, Tone
from floorwatch.testing import Kit, Shown, check_panel, floors
from floorwatch_callers.options import CallersOptions, Show
from floorwatch_callers.panel import Callers

NUMBER = "13800001234"


def show(kit: Kit, floor: FloorSnapshot | None = None, **options: Any) -> Shown:
    return kit.show(Callers(), floor=floor, **options)


def lines(table: Table) -> list[str]:
    return [row.key for row in table.rows]


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(Callers(), show="all", most=3)


def test_an_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    shown = show(floorwatch, show="all")

    assert [table.empty for table in shown.tables] == [
        "No one is waiting.", "No one is to be called back.", "No one is talking.",
    ]  # fmt: skip


# --- who waits ---


def test_the_first_line_says_who_waits_longest_and_why(morning: Kit) -> None:
    first = show(morning).parts[0]

    assert isinstance(first, Text)
    assert "".join(cell.text for cell in first.lines[0].cells) == "longest: sales  0 free, 1 talking"
    assert first.lines[0].cells[1].since == morning.at("10:40").at


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        (frozenset({Fact.CALLS}), ""),
        (frozenset(Fact), "nobody is signed in"),
    ],
)
def test_why_is_said_only_where_it_is_known(floorwatch: Kit, gives: frozenset[Fact], said: str) -> None:
    floor = floors.snapshot(floors.caller("support", 30), gives=gives)
    first = show(floorwatch, floor).parts[0]

    assert isinstance(first, Text)
    assert [cell.text.strip() for cell in first.lines[0].cells[2:]] == [said] * bool(said)


def test_who_waits_longest_stands_first_whatever_the_queue(morning: Kit) -> None:
    shown = show(morning)

    assert lines(shown.tables[0]) == ["call:sales/c2", "call:support/c1"]
    assert shown.cell("call:sales/c2", "caller").text == "***86"
    assert shown.cell("call:support/c1", "caller").text == "no number"
    assert shown.cell("call:sales/c2", "position").text == "1"


def test_a_wait_takes_the_tones_of_its_queue(morning: Kit) -> None:
    shown = show(morning)

    assert shown.tone("call:sales/c2", "waited") is Tone.ALARM
    assert shown.tone("call:support/c1", "waited") is Tone.NOTICE


def test_what_is_still_to_be_waited_grows_with_the_position(morning: Kit) -> None:
    morning.at("10:40:40").enters("c8", "support")
    shown = show(morning)

    assert shown.cell("call:support/c1", "still").text == "~2:00"
    assert shown.cell("call:support/c8", "still").text == "~4:00"
    explain = shown.cell("call:support/c8", "still").explain
    assert explain is not None
    assert (explain.metric, explain.queues) == ("expected-wait", ("support",))


def test_a_caller_without_an_end_is_muted_and_last(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.caller("support", 5 * 3600.0, call="old"), floors.caller("support", 20, call="new"))
    shown = show(floorwatch, floor)

    assert lines(shown.tables[0]) == ["call:support/new", "call:support/old"]
    assert shown.row("call:support/old").tone is Tone.MUTED


# --- who is to be called back ---


def test_a_caller_is_one_row_and_who_was_lost_more_often_comes_first(morning: Kit) -> None:
    shown = show(morning)

    assert lines(shown.tables[1]) == ["call:sales/c5", "call:sales/c7"]
    assert shown.cell("call:sales/c5", "times").text == "2x"
    assert shown.cell("call:sales/c5", "left").since == morning.at("10:02").at
    assert shown.cell("call:sales/c7", "how").text == "waited too long"
    assert NUMBER not in show(morning, show="all").words


def test_who_is_answered_later_in_any_queue_is_gone_from_the_list(morning: Kit) -> None:
    morning.at("10:35").ends("c3", by="caller").enters("c6", "support", number=NUMBER).answers("李娜", "c6")
    morning.at("10:41")
    shown = show(morning, show="call-back")

    assert lines(shown.tables[0]) == ["call:sales/c7"]
    assert [cell.text for cell in shown.tables[1].rows[0].cells] == ["sales", "****34", "2x", "got through 10:35"]


def test_a_call_back_in_vain_stays_with_its_tries_below_the_others(morning: Kit) -> None:
    morning.at("10:20").calls_back("c5", by="Ada", reached=False)
    morning.at("10:25").calls_back("c5", by="王芳", reached=False)
    shown = show(morning, morning.floor("10:41"))

    assert lines(shown.tables[1]) == ["call:sales/c7", "call:sales/c5"]
    assert shown.cell("call:sales/c5", "how").text == "tried 10:25 王芳, 2 tries"


def test_who_was_reached_is_done_and_counted(morning: Kit) -> None:
    morning.at("10:20").calls_back("c5", by="王芳")
    floor = morning.floor("10:41")

    assert lines(show(morning, floor).tables[1]) == ["call:sales/c7"]
    assert show(morning, floor).tables[1].caption == "To call back: 1  called back 1, got through 0"
    done = show(morning, floor, show="call-back").tables[1]
    assert done.rows[0].cells[3].text == "called back 10:20 王芳"


def test_whom_nobody_should_call_now_comes_last(morning: Kit) -> None:
    morning.at("10:38").enters("c9", "support", number="777888").abandons("c9", wait_seconds=2)
    morning.at("10:39").enters("c10", "support", number="02888887777")
    shown = show(morning, morning.floor("10:41"))

    assert lines(shown.tables[1]) == ["call:sales/c5", "call:support/c9", "call:sales/c7"]
    assert shown.cell("call:support/c9", "how").text == "hung up at once"
    assert shown.cell("call:sales/c7", "how").text == "waits again, support"
    assert shown.row("call:sales/c7").tone is Tone.MUTED


def test_a_list_that_is_too_long_says_how_many_more_and_opens_them(morning: Kit) -> None:
    shown = show(morning, most=1)
    others = morning.show(Callers(), row="more:", most=1)

    assert shown.tables[1].rows[-1].cells[1].text == "and 1 more"
    assert others.keys == ("call:sales/c7",)


# --- calls in progress ---


def test_calls_in_progress_name_agent_state_and_caller(morning: Kit) -> None:
    morning.at("10:40:50").rings("张伟", "c1")
    (table,) = show(morning, morning.floor("10:41"), show="talking").tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["T", "", "A07 李娜", "***10", "support"],
        ["R", "", "B03 张伟", "no number", "support"],
    ]
    assert [row.cells[1].since for row in table.rows] == [morning.at("10:30").at, morning.at("10:40:50").at]
    assert table.rows[0].about == "agent:1007"


def test_a_call_that_rings_at_several_is_one_row(morning: Kit) -> None:
    morning.at("10:40:50").resumes("张伟").rings("张伟", "c1").rings("李娜", "c1")
    (table,) = show(morning, morning.floor("10:41"), show="talking").tables

    assert [row.key for row in table.rows].count("call:support/c1") == 1


# --- focus, numbers, details ---


def focused(kit: Kit, focus: Focus = NO_FOCUS) -> FloorSnapshot:
    return replace(kit.floor("10:41"), focus=focus)


def test_one_queue_alone_lists_its_callers(morning: Kit) -> None:
    shown = show(morning, focused(morning, Focus(queue="support")), show="all")

    assert [lines(table) for table in shown.tables] == [["call:support/c1"], [], ["call:support/c3"]]


def test_one_team_alone_lists_the_calls_of_its_agents_and_all_who_wait(morning: Kit) -> None:
    shown = show(morning, focused(morning, Focus(team="B")), show="all")

    assert [len(table.rows) for table in shown.tables] == [2, 2, 0]


def test_numbers_stand_whole_where_the_floor_shows_them(morning: Kit) -> None:
    floor = morning.floor("10:41")
    shown = show(morning, replace(floor, rules=replace(floor.rules, show_numbers=True)))

    assert shown.cell("call:sales/c5", "caller").text == NUMBER


@pytest.mark.parametrize("row", ["call:sales/c2", "call:support/c3", "call:sales/c5", "call:nowhere/c", "gone"])
def test_what_stands_behind_a_row_can_be_shown_and_hides_numbers(morning: Kit, row: str) -> None:
    detail = morning.show(Callers(), row=row)

    assert detail.faults == ()
    assert NUMBER not in detail.words


def test_behind_a_lost_call_stands_the_caller_s_day_and_who_answered(morning: Kit) -> None:
    morning.at("10:20").calls_back("c5", by="王芳", reached=False, word="mailbox")
    morning.at("10:35").ends("c3", by="caller").enters("c6", "support", number=NUMBER).answers("李娜", "c6")
    detail = morning.show(Callers(), row="call:sales/c5", at="10:41")
    _facts, day, agents = detail.tables

    assert [row.cells[3].text for row in day.rows] == ["answered, 李娜", "hung up", "hung up"]
    assert (agents.home, agents.rows[0].key) == ("agents", "agent:1007")
    assert "got through 10:35" in detail.words


def test_a_call_that_came_back_to_its_queue_is_found_by_when_it_came(morning: Kit) -> None:
    first = morning.at("10:30").enters("x/1@pbx", "support").at
    morning.at("10:31").abandons("x/1@pbx")
    morning.at("10:35").enters("x/1@pbx", "support")

    def entered(row: str) -> str:
        return morning.show(Callers(), row=row, at="10:36").tables[0].rows[0].cells[1].text

    assert entered(f"call:support/x/1@pbx@{first:.3f}") == "10:30:00"
    assert entered("call:support/x/1@pbx") == "10:35:00"


def test_who_never_ended_is_in_nobody_s_way(floorwatch: Kit) -> None:
    floorwatch.at("05:00").enters("old", "support")
    floorwatch.at("10:40").enters("new", "support")
    shown = show(floorwatch, floorwatch.floor("10:41"))

    assert [(row.key, row.cells[2].text) for row in shown.tables[0].rows] == [
        ("call:support/new", "1"), ("call:support/old", ""),
    ]  # fmt: skip


def test_arrangements_are_turned_by_an_option() -> None:
    assert getattr(CallersOptions(), Callers.turns) is Show.CALLERS
    assert isinstance(Callers().build(floors.snapshot(), CallersOptions()), Stack)
