"""The report "agents"."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from floorwatch.extend.report import Span
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Fact
from floorwatch.model.events import EndedBy, TransferKind
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from floorwatch.model.targets import FloorRules
from floorwatch.reports.agents import AgentDays
from floorwatch.reports.frames import frames_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI).timestamp()
MIDNIGHT = datetime(2026, 3, 11, tzinfo=SHANGHAI).timestamp()
ALL = Span(0.0, 1e12)
PEOPLE = "interface,name,employee,seat,team\nPJSIP/1007,李娜,1007,A07,A\n"
QUEUE_LOG = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES, Fact.ENDED_BY, Fact.MISSED_RINGS})


def floor_of(gives: frozenset[Fact] = frozenset(Fact)) -> Floor:
    """An empty floor on which 李娜 is known."""
    return Floor(FloorRules(FloorDays(SHANGHAI)), read_people(PEOPLE), gives)


def report(floor: Floor, at: float, span: Span = ALL) -> list[dict[str, object]]:
    """The report's rows at `at`."""
    return [
        {str(name): value for name, value in row.items()}
        for row in AgentDays().build(frames_of(floor.history, floor.snapshot(at)), span).to_dict("records")
    ]


def served(floor: Floor, call: str, at: float, end: events.Event) -> None:
    """A call that 李娜 answered after ten seconds."""
    floor.apply(events.CallEntered(at, call, "support"))
    floor.apply(events.CallAnswered(at + 10, call, "support", "PJSIP/1007"))
    floor.apply(end)


def test_row_says_who_it_is_and_what_they_did() -> None:
    floor = floor_of()
    floor.apply(events.MemberAdded(TEN, "PJSIP/1007", "support"))
    served(floor, "c1", TEN + 90, events.CallCompleted(TEN + 200, "c1", "support", "PJSIP/1007", EndedBy.AGENT))
    served(floor, "c2", TEN + 290, events.CallTransferred(TEN + 350, "c2", "support", "PJSIP/1007", TransferKind.BLIND))
    floor.apply(events.RingMissed(TEN + 400, "c3", "support", "PJSIP/1007", 0))

    (row,) = report(floor, TEN + 450)
    assert [row[name] for name in ("day", "agent", "name", "seat", "team")] == [
        "2026-03-10",
        "1007",
        "李娜",
        "A07",
        "A",
    ]
    assert [row[name] for name in ("answered", "ended", "transferred", "ended_by_agent")] == [2, 2, 1, 1]
    assert [row[name] for name in ("missed_rings", "refused_rings")] == [1, 1]
    assert (row["talk_seconds"], row["talk_mean_seconds"], row["on_call_seconds"]) == (150.0, 75.0, 150.0)
    assert row["available_seconds"] == 100 + 100 + 100
    assert row["missed_ring_rate"] == pytest.approx(1 / 3)
    assert row["occupancy_rate"] == pytest.approx(150 / 450)


def test_pauses_stand_apart_by_reason_and_the_running_one_counts() -> None:
    floor = floor_of()
    floor.apply(events.MemberAdded(TEN, "PJSIP/1007", "support"))
    floor.apply(events.AgentPaused(TEN + 10, "PJSIP/1007", "support", "Lunch"))
    floor.apply(events.AgentPaused(TEN + 50, "PJSIP/1007", "support"))
    floor.apply(events.AgentResumed(TEN + 70, "PJSIP/1007", "support"))
    floor.apply(events.AgentPaused(TEN + 100, "PJSIP/1007", "support", "Lunch"))

    (row,) = report(floor, TEN + 105)
    assert row["paused_seconds: Lunch"] == 45.0
    assert row["paused_seconds: -"] == 20.0
    assert row["paused_seconds"] == 65.0


def test_state_over_midnight_is_split_and_a_call_stays_with_its_entry() -> None:
    floor = floor_of()
    floor.apply(events.MemberAdded(MIDNIGHT - 100, "PJSIP/1007", "support"))
    end = events.CallCompleted(MIDNIGHT + 40, "c1", "support", "PJSIP/1007", EndedBy.CALLER)
    served(floor, "c1", MIDNIGHT - 40, end)

    before, after = report(floor, MIDNIGHT + 60)
    assert (before["day"], before["answered"], before["on_call_seconds"], before["talk_seconds"]) == (
        "2026-03-10",
        1,
        30.0,
        70.0,
    )
    assert (after["day"], after["answered"], after["on_call_seconds"], after["available_seconds"]) == (
        "2026-03-11",
        0,
        40.0,
        20.0,
    )


def test_span_cuts_the_seconds_of_a_state() -> None:
    floor = floor_of()
    floor.apply(events.MemberAdded(TEN, "PJSIP/1007", "support"))

    (row,) = report(floor, TEN + 900, Span(TEN + 100, TEN + 160))
    assert row["available_seconds"] == 60.0


def test_what_no_feed_tells_is_null_and_not_zero() -> None:
    floor = floor_of(QUEUE_LOG)
    floor.apply(events.MemberAdded(TEN, "PJSIP/1007", "support"))

    (row,) = report(floor, TEN + 60)
    assert all(pd.isna(row[name]) for name in ("on_hold_seconds", "ringing_seconds", "wrap_up_seconds"))  # type: ignore[call-overload]
    assert (row["paused_seconds"], row["missed_rings"]) == (0.0, 0)


def test_agent_who_is_not_in_the_people_file_is_listed_as_the_feed_calls_them() -> None:
    floor = floor_of()
    floor.apply(events.MemberAdded(TEN, "Agent/9", "support"))

    (row,) = report(floor, TEN + 60)
    assert (row["agent"], row["name"]) == ("Agent/9", "Agent/9")
    assert pd.isna(row["team"])  # type: ignore[call-overload]


def test_floor_where_nobody_worked_gives_an_empty_table() -> None:
    assert report(floor_of(), TEN) == []
