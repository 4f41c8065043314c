"""The panel "agents": everyone on the floor, what each is doing and for how long."""

import pytest
from msgspec import ValidationError, convert
from msgspec.structs import replace

from floorwatch.api import AgentCounts, AgentState, FloorSnapshot, Membership, RowKind, Tone, View
from floorwatch.testing import floors, reading
from floorwatch_agents.options import AgentsOptions
from floorwatch_agents.panel import Agents

DAY = AgentCounts(answered=31, ended=30, ended_by_agent=4, talk_seconds=6000.0, available_seconds=720.0, missed_rings=2)
ROOM = (
    floors.agent("1007", "李娜", AgentState.PAUSED, ago=1260, reason="Lunch", queues=["support"], seat="A10", team="A"),
    floors.agent("1009", "王芳", ago=42, queues=["support"], seat="A2", team="A", today=DAY),
    floors.talking("1004", "张伟", "sales", 250, seat="B03", team="B", today=DAY),
    floors.agent("PJSIP/1099", "New one", AgentState.SIGNED_OUT, queues=["sales"]),
)


def build(floor: FloorSnapshot, **options: object) -> View:
    """The panel with options as the configuration gives them."""
    return Agents().build(floor, convert(options, AgentsOptions))


def keys(view: View) -> list[str]:
    """The rows' keys from top to bottom."""
    return [row.key for row in reading.tables(view)[0].rows]


def cell(view: View, agent: str, column: str) -> str:
    """What the cell of this agent says."""
    return reading.said(reading.cell(view, f"agent:{agent}", column))


def test_agents_stand_by_team_and_seat_under_rows_of_their_teams() -> None:
    view = build(floors.snapshot(*ROOM))

    assert keys(view) == [
        "team:A", "agent:1009", "agent:1007", "team:B", "agent:1004", "team:", "agent:PJSIP/1099",
    ]  # fmt: skip
    assert reading.row(view, "team:A").kind is RowKind.GROUP
    assert reading.row(view, "agent:1009").parent == "team:A"
    assert reading.faults(view) == []


def test_floor_without_teams_is_a_flat_list() -> None:
    view = build(floors.snapshot(floors.agent("2", seat="A10"), floors.agent("1", seat="A9"), floors.agent("3")))

    assert keys(view) == ["agent:1", "agent:2", "agent:3"]
    assert {row.parent for row in reading.tables(view)[0].rows} == {None}


def test_team_row_counts_its_agents_by_state_and_sums_their_day() -> None:
    row = reading.row(build(floors.snapshot(*ROOM)), "team:A")

    assert {"team A", "2 agents", "A1 P1", "31"} <= {found.text for found in row.cells}


def test_row_says_who_what_and_since_when() -> None:
    view = build(floors.snapshot(*ROOM))

    assert [cell(view, "1007", column) for column in ("seat", "state", "age", "name", "number", "doing")] == [
        "A10", "P", "21:00", "李娜", "1007", "Lunch",
    ]  # fmt: skip
    assert reading.cell(view, "agent:1007", "state").badge
    assert reading.tone(reading.cell(view, "agent:1007", "age")) is Tone.WARN


def test_end_of_an_interface_stands_in_for_the_employee_number() -> None:
    assert cell(build(floors.snapshot(*ROOM)), "PJSIP/1099", "number") == "1099"


@pytest.mark.parametrize(("talked", "tone"), [(239, Tone.CALM), (240, Tone.WARN), (300, Tone.ALARM)])
def test_call_clock_is_amber_at_four_minutes_and_red_at_five(talked: float, tone: Tone) -> None:
    view = build(floors.snapshot(floors.talking("1004", "张伟", "sales", talked)))

    assert [reading.tone(reading.cell(view, "agent:1004", column)) for column in ("call", "age", "state")] == [tone] * 3


def test_call_clock_runs_through_a_hold_and_the_hold_has_its_own_age() -> None:
    view = build(floors.snapshot(floors.talking("1004", "张伟", "sales", 200, held=61)))

    assert [cell(view, "1004", column) for column in ("state", "age", "call")] == ["H", "1:01", "3:20"]
    assert reading.tone(reading.cell(view, "agent:1004", "age")) is Tone.ALARM


def test_call_without_an_end_is_named_as_such() -> None:
    view = build(floors.snapshot(floors.talking("1004", "张伟", "sales", 5 * 3600)))

    assert cell(view, "1004", "call") == "no end"


def test_pause_that_waits_for_the_end_of_the_call_is_shown() -> None:
    part = floors.talking("1004", "张伟", "sales", 30)
    pausing = replace(part["agents"]["1004"], queues={"sales": Membership(True, True, "Lunch", floors.NOW - 5)})
    floor = floors.snapshot({**part, "agents": {"1004": pausing}})

    assert cell(build(floor), "1004", "doing") == "sales, then pause"


def test_figures_of_the_day_stand_beside_the_agent() -> None:
    view = build(floors.snapshot(*ROOM))

    assert [cell(view, "1004", column) for column in ("answered", "talk", "idle", "missed")] == [
        "31",
        "3:20",
        "12:00",
        "2",
    ]


def test_idle_ticks_while_the_agent_is_free() -> None:
    view = build(floors.snapshot(*ROOM))

    idle = reading.cell(view, "agent:1009", "idle")
    assert reading.said(idle) == "12:42"
    assert reading.said(idle, floors.NOW + 5) == "12:47"


def test_idle_counts_from_the_start_of_the_day_for_who_was_free_at_midnight() -> None:
    floor = floors.snapshot(floors.agent("1", ago=24 * 3600))

    assert cell(build(floor), "1", "idle") == "10:41:07"


def test_what_no_feed_tells_is_a_question_mark_and_not_zero() -> None:
    view = build(floors.snapshot(*ROOM, gives=frozenset()))

    assert [cell(view, "1004", column) for column in ("idle", "missed")] == ["?", "?"]


def test_who_has_signed_out_can_be_left_out() -> None:
    assert "agent:PJSIP/1099" not in keys(build(floors.snapshot(*ROOM), hide_signed_out=True))
    assert reading.row(build(floors.snapshot(*ROOM)), "agent:PJSIP/1099").tone is Tone.MUTED


def test_thresholds_are_options_by_state() -> None:
    floor = floors.snapshot(*ROOM)

    view = build(floor, alarm_after={"paused": 1200})
    assert reading.cell(view, "agent:1007", "state").tone is Tone.ALARM
    assert reading.cell(view, "agent:1004", "state").tone is Tone.WARN
    with pytest.raises(ValidationError, match="warn_after"):
        convert({"warn_after": {"sleeping": 3}}, AgentsOptions)


def test_state_before_the_feed_began_has_no_age() -> None:
    view = build(floors.snapshot(floors.agent("1", state=AgentState.UNKNOWN, ago=None)))

    assert [cell(view, "1", column) for column in ("state", "age")] == ["?", "-"]


def test_empty_floor_is_said_kindly() -> None:
    assert reading.words(build(floors.snapshot())).strip() == "No agents seen yet."


def test_equal_floors_give_equal_views() -> None:
    assert build(floors.snapshot(*ROOM)) == build(floors.snapshot(*ROOM))


def detail(floor: FloorSnapshot, key: str) -> set[str]:
    """Every line that Enter on the row says."""
    view = Agents().detail(floor, AgentsOptions(), key)
    assert reading.faults(view) == []
    return set(reading.words(view).splitlines())


def test_detail_shows_state_calls_and_the_day() -> None:
    said = detail(floors.snapshot(*ROOM), "agent:1004")

    assert {
        "state talking",
        "team B",
        "for 4:10",
        "since 10:36:57",
        "answered 31",
        "idle 12:00",
        "hung up first 4",
    } <= said
    assert "sales no number 4:10 0:09 -" in said


def test_detail_hides_the_number_of_the_caller() -> None:
    said = detail(floors.snapshot(floors.talking("1", "李娜", "vip", 5, number="02885551234")), "agent:1")

    assert "vip *********34 0:05 0:09 -" in said


def test_detail_shows_queues_with_their_pauses() -> None:
    places = {
        "": Membership(True),
        "support": Membership(True, True, "Lunch", floors.NOW - 60),
        "sales": Membership(None),
        "vip": Membership(False),
    }
    said = detail(floors.snapshot(floors.agent("1", queues=places)), "agent:1")

    assert {"every queue member - ", "support member 1:00 Lunch", "sales by its calls - ", "vip signed out - "} <= said


def test_detail_says_what_this_feed_does_not_tell() -> None:
    said = detail(floors.snapshot(*ROOM, gives=floors.QUEUE_LOG_FACTS), "agent:1009")

    assert {"wrap-up not in this feed", "on hold not in this feed", "idle 12:42", "missed rings 2"} <= said


def test_detail_of_a_team_counts_states_in_words() -> None:
    assert {"2 agents", "available 1", "paused 1"} <= detail(floors.snapshot(*ROOM), "team:A")


def test_detail_of_somebody_gone_is_said_kindly() -> None:
    assert detail(floors.snapshot(), "agent:7") == {"This agent is no longer on the floor."}
