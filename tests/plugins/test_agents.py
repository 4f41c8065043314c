"""The panel "agents": everyone on the floor, what each is doing and for how long."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import AgentCounts, AgentState, Fact, FloorSnapshot, Membership, RowKind, Table, Tone
from floorwatch.testing import Kit, RefusedError, Shown, check_panel, floors
from floorwatch_agents.options import AgentsOptions
from floorwatch_agents.panel import Agents

DAY = AgentCounts(answered=31, ended=30, ended_by_agent=4, talk_seconds=6000.0, available_seconds=720.0, missed_rings=2)
ROOM = (
    floors.agent(
        "1007", "李娜", AgentState.PAUSED, ago=1260, reason="Coaching", queues=["support"], seat="A10", team="A"
    ),
    floors.agent("1009", "王芳", ago=42, queues=["support"], seat="A2", team="A", today=DAY),
    floors.talking("1004", "张伟", "sales", 250, seat="B03", team="B", today=DAY),
    floors.agent("PJSIP/1099", "New one", AgentState.SIGNED_OUT, queues=["sales"]),
)


def room(kit: Kit, *parts: floors.Part, **options: Any) -> Shown:
    """The panel on a floor of these parts, the usual room without any."""
    return kit.show(Agents(), floor=parts or ROOM, **options)


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(Agents())


def test_agents_stand_by_team_and_seat_under_rows_of_their_teams(floorwatch: Kit) -> None:
    shown = room(floorwatch)

    assert list(shown.keys) == [
        "team:A", "agent:1009", "agent:1007", "team:B", "agent:1004", "team:", "agent:PJSIP/1099",
    ]  # fmt: skip
    assert shown.row("team:A").kind is RowKind.GROUP
    assert shown.row("agent:1009").parent == "team:A"
    assert shown.faults == ()


def test_floor_without_teams_is_a_flat_list(floorwatch: Kit) -> None:
    shown = room(floorwatch, floors.agent("2", seat="A10"), floors.agent("1", seat="A9"), floors.agent("3"))

    assert list(shown.keys) == ["agent:1", "agent:2", "agent:3"]
    assert {shown.row(key).parent for key in shown.keys} == {None}


def test_team_row_counts_its_agents_by_state_and_sums_their_day(floorwatch: Kit) -> None:
    row = room(floorwatch).row("team:A")

    assert {"team A", "2 agents", "A1 P1", "31"} <= {found.text for found in row.cells}


def test_row_says_who_what_and_since_when(floorwatch: Kit) -> None:
    shown = room(floorwatch)

    columns = ("seat", "state", "age", "name", "number", "doing")
    assert [shown.cell("agent:1007", column).text for column in columns] == [
        "A10", "P", "21:00", "李娜", "1007", "Coaching",
    ]  # fmt: skip
    assert shown.cell("agent:1007", "state").badge
    assert shown.tone("agent:1007", "age") is Tone.WARN


def test_end_of_an_interface_stands_in_for_the_employee_number(floorwatch: Kit) -> None:
    assert room(floorwatch).cell("agent:PJSIP/1099", "number").text == "1099"


@pytest.mark.parametrize(("talked", "tone"), [(239, Tone.CALM), (240, Tone.WARN), (300, Tone.ALARM)])
def test_call_clock_is_amber_at_four_minutes_and_red_at_five(floorwatch: Kit, talked: float, tone: Tone) -> None:
    shown = room(floorwatch, floors.talking("1004", "张伟", "sales", talked))

    assert [shown.tone("agent:1004", column) for column in ("call", "age", "state")] == [tone] * 3


def test_call_clock_runs_through_a_hold_and_the_hold_has_its_own_age(floorwatch: Kit) -> None:
    shown = room(floorwatch, floors.talking("1004", "张伟", "sales", 200, held=61))

    assert [shown.cell("agent:1004", column).text for column in ("state", "age", "call")] == ["H", "1:01", "3:20"]
    assert shown.tone("agent:1004", "age") is Tone.ALARM


def test_call_without_an_end_is_named_as_such(floorwatch: Kit) -> None:
    shown = room(floorwatch, floors.talking("1004", "张伟", "sales", 5 * 3600))

    assert shown.cell("agent:1004", "call").text == "no end"


def test_pause_that_waits_for_the_end_of_the_call_is_shown(floorwatch: Kit) -> None:
    part = floors.talking("1004", "张伟", "sales", 30)
    pausing = replace(part["agents"]["1004"], queues={"sales": Membership(True, True, "Lunch", floors.NOW - 5)})
    floor = floors.snapshot({**part, "agents": {"1004": pausing}})

    assert floorwatch.show(Agents(), floor=floor).cell("agent:1004", "doing").text == "sales, then pause"


def test_figures_of_the_day_stand_beside_the_agent(floorwatch: Kit) -> None:
    shown = room(floorwatch)

    assert [shown.cell("agent:1004", column).text for column in ("answered", "talk", "idle", "missed")] == [
        "31",
        "3:20",
        "12:00",
        "2",
    ]


def test_idle_ticks_while_the_agent_is_free(floorwatch: Kit) -> None:
    shown = room(floorwatch)

    later = floorwatch.show(Agents(), floor=floors.snapshot(*ROOM), at="10:41:12")
    assert shown.cell("agent:1009", "idle").text == "12:42"
    assert later.cell("agent:1009", "idle").text == "12:47"


def test_idle_counts_from_the_start_of_the_day_for_who_was_free_at_midnight(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.agent("1", ago=24 * 3600))

    assert floorwatch.show(Agents(), floor=floor).cell("agent:1", "idle").text == "10:41:07"


def test_what_no_feed_tells_is_a_question_mark_and_not_zero(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset()
    shown = room(floorwatch)

    assert [shown.cell("agent:1004", column).text for column in ("idle", "missed")] == ["?", "?"]


def test_who_has_signed_out_can_be_left_out(floorwatch: Kit) -> None:
    assert "agent:PJSIP/1099" not in room(floorwatch, hide_signed_out=True).keys
    assert room(floorwatch).row("agent:PJSIP/1099").tone is Tone.MUTED


def test_thresholds_are_options_by_state(floorwatch: Kit) -> None:
    shown = room(floorwatch, alarm_after={"paused": 1200})

    assert shown.tone("agent:1007", "state") is Tone.ALARM
    assert shown.tone("agent:1004", "state") is Tone.WARN
    with pytest.raises(RefusedError, match=r"panels\.agents\.warn_after"):
        room(floorwatch, warn_after={"sleeping": 3})


def test_state_before_the_feed_began_has_no_age(floorwatch: Kit) -> None:
    shown = room(floorwatch, floors.agent("1", state=AgentState.UNKNOWN, ago=None))

    assert [shown.cell("agent:1", column).text for column in ("state", "age")] == ["?", "-"]


def test_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    assert floorwatch.show(Agents(), floor=()).words.strip() == "No agents seen yet."


def test_rows_that_are_kept_say_what_new_ones_would_say(floorwatch: Kit) -> None:
    """Through calls, pauses, ages that reach their steps, a change of options, and back in time."""
    floorwatch.at("09:00").signs_in("王芳", "support", team="A")
    floorwatch.at("09:00").signs_in("李娜", "support", team="A")
    floorwatch.at("09:10").enters("c1", "support")
    floorwatch.at("09:10:10").answers("王芳", "c1")
    floorwatch.at("09:12").holds("王芳")
    floorwatch.at("09:13").takes_back("王芳")
    floorwatch.at("09:20").ends("王芳", "c1")
    floorwatch.at("09:30").pauses("李娜", "Lunch")
    panel = Agents()
    for at in ("09:05", "09:10:30", "09:12:50", "09:14:15", "09:16", "09:25", "09:41", "09:50", "10:30", "09:12:50"):
        for options in ({}, {"by_team": False}, {"alarm_after": {"paused": 60}}):
            assert floorwatch.show(panel, at=at, **options) == floorwatch.show(Agents(), at=at, **options)


def test_row_of_somebody_of_whom_nothing_changed_is_the_very_same(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007")
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009")
    floorwatch.at("09:01").pauses("李娜", "Lunch")
    floorwatch.at("09:02").pauses("王芳", "Lunch")
    floorwatch.at("09:04").resumes("王芳")
    panel, before = Agents(), floorwatch.floor("09:03")
    now = replace(floorwatch.floor("09:05"), agents={**floorwatch.floor("09:05").agents, "1007": before.agents["1007"]})
    one, other = (
        {row.key: row for row in table.rows}
        for table in (panel.build(before, AgentsOptions()), panel.build(now, AgentsOptions()))
        if isinstance(table, Table)
    )

    assert other["agent:1007"] is one["agent:1007"]
    assert other["agent:1009"] is not one["agent:1009"]


def test_equal_floors_give_equal_views(floorwatch: Kit) -> None:
    assert room(floorwatch) == room(floorwatch)


def detail(kit: Kit, floor: FloorSnapshot, key: str) -> set[str]:
    """Every line that Enter on the row says."""
    shown = kit.show(Agents(), floor=floor, row=key)
    assert shown.faults == ()
    return set(shown.words.splitlines())


def test_detail_shows_state_calls_and_the_day(floorwatch: Kit) -> None:
    said = detail(floorwatch, floors.snapshot(*ROOM), "agent:1004")

    assert {
        "张伟  1004  seat B03  team B  no roster",
        "T talking 4:10  since 10:36",
        "on the line: sales, no number 4:10  waited 0:09",
    } <= said
    assert any(line.startswith("idle 12:00 ") for line in said)
    assert any(line.startswith("hung up first 4 ") for line in said)


def test_detail_hides_the_number_of_the_caller(floorwatch: Kit) -> None:
    said = detail(floorwatch, floors.snapshot(floors.talking("1", "李娜", "vip", 5, number="02885551234")), "agent:1")

    assert "on the line: vip, *********34 0:05  waited 0:09" in said


def test_detail_shows_queues_with_their_pauses(floorwatch: Kit) -> None:
    places = {
        "": Membership(True),
        "support": Membership(True, True, "Lunch", floors.NOW - 60),
        "sales": Membership(None),
        "vip": Membership(False),
    }
    said = detail(floorwatch, floors.snapshot(floors.agent("1", queues=places)), "agent:1")

    assert {"every queue member - ", "support member 1:00 Lunch", "sales by its calls - ", "vip signed out - "} <= said


def test_detail_says_what_this_feed_does_not_tell(floorwatch: Kit) -> None:
    said = detail(floorwatch, floors.snapshot(*ROOM, gives=frozenset({Fact.CALLS})), "agent:1009")

    assert {f"{name} ? - - not in this feed" for name in ("idle", "paused", "missed rings", "hung up first")} <= said


def test_detail_of_a_team_counts_states_in_words(floorwatch: Kit) -> None:
    assert {"2 agents", "available 1", "paused 1"} <= detail(floorwatch, floors.snapshot(*ROOM), "team:A")


def test_detail_of_somebody_gone_is_said_kindly(floorwatch: Kit) -> None:
    assert detail(floorwatch, floors.snapshot(), "agent:7") == {"This agent is no longer on the floor."}
