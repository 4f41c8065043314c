"""Frames of attendance, adherence and coverage: each day by the floor as it was."""

from collections.abc import Mapping
from math import inf, isnan
from typing import Any

import pandas as pd
import pytest

from floorwatch.extend.report import Span
from floorwatch.model import events
from floorwatch.model.floor import Floor
from floorwatch.model.history import History
from floorwatch.model.people import People
from floorwatch.model.targets import FloorRules
from floorwatch.reports.frames import frames_of
from floorwatch.reports.lazily import LazyFrames
from floorwatch.roster import Status, attendance
from floorwatch.testing import Kit
from tests.reports.duty_week import (
    ADA,
    DAYS,
    LI,
    MONDAY,
    TUESDAY,
    WANG,
    WEDNESDAY,
    at,
    day_span,
    folded,
    new_floor,
    roster,
    told,
)

LATER = at("2026-03-20", "18:00:00")
ALL = Span(-inf, inf)


def frames_at(until: float, span: Span = ALL, *entered: events.Event) -> LazyFrames:
    """The frames of the floor as of then."""
    floor, ends = folded(until, *entered)
    return frames_of(floor.history, floor.snapshot(until), span, ends.up_to(until))


def rows(frames: LazyFrames, name: str, *columns: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """These columns by (agent, date)."""
    frame = frames[name]
    return {
        (row["agent"], row["date"]): tuple(None if row[c] != row[c] else row[c] for c in columns)
        for row in frame.to_dict("records")
    }


def test_a_report_of_a_later_day_gives_each_day_as_it_was() -> None:
    found = rows(frames_at(LATER), "attendance", "status", "late_seconds", "early_seconds")

    assert found[WANG, MONDAY] == (Status.LATE, 1200, 0)
    assert found[LI, MONDAY] == (Status.ABSENT, 0, 0)
    assert found[WANG, TUESDAY] == (Status.FINISHED, 0, 0)
    assert found[LI, TUESDAY] == (Status.LEFT_EARLY, 0, 1800)
    assert found[ADA, MONDAY] == found[ADA, TUESDAY] == (Status.FINISHED, 0, 0)


@pytest.mark.parametrize("date", [MONDAY, TUESDAY])
def test_a_day_is_told_the_same_after_days_as_when_it_was_over(date: str) -> None:
    span = day_span(date)
    for name in ("attendance", "adherence", "coverage"):
        then, later = (frames_at(moment, span)[name] for moment in (span.start + 36 * 3600, LATER))
        pd.testing.assert_frame_equal(then, later)


def test_a_quiet_morning_after_still_knows_yesterday() -> None:
    """The last line is Tuesday's: at noon of Wednesday and later Tuesday is over, and nothing came to say so."""
    floor, ends = folded(at(TUESDAY, "18:00"))
    now = at(WEDNESDAY, "13:00")
    frames = frames_of(floor.history, floor.snapshot(now), day_span(TUESDAY), ends.up_to(now))

    assert rows(frames, "attendance", "status")[LI, TUESDAY] == (Status.LEFT_EARLY,)


def test_today_is_told_as_on_the_screen() -> None:
    now = at(WEDNESDAY, "11:00")
    floor, ends = folded(now)
    snapshot = floor.snapshot(now)
    found = frames_of(floor.history, snapshot, day_span(WEDNESDAY), ends.up_to(now))["attendance"]

    live = {each.agent: each for each in attendance(snapshot, None, WEDNESDAY)}
    assert {row["agent"]: (row["status"], row["late_seconds"]) for row in found.to_dict("records")} == {
        agent: (each.status.value, each.late) for agent, each in live.items()
    }
    assert live[WANG].came == at(WEDNESDAY, "09:02")


def test_an_excuse_of_the_next_morning_adjusts_and_the_raw_figure_stays() -> None:
    excuse = events.ExceptionExcused(
        at(TUESDAY, "09:30"),
        id="e1",
        by="Ada",
        agent=WANG,
        start=at(MONDAY, "09:00"),
        end=at(MONDAY, "09:20"),
        reason="bus",
    )
    found = rows(
        frames_at(LATER, day_span(MONDAY), excuse), "attendance", "late_seconds", "adjusted_late_seconds", "excused"
    )

    assert found[WANG, MONDAY] == (1200, 0, True)


def test_a_break_is_over_its_limit_past_the_tolerance_alone_and_then_whole() -> None:
    def over(seconds: float) -> float:
        ten = at(MONDAY, "10:00")
        floor = new_floor()
        for decoded in told(at(MONDAY, "09:30")):
            floor.apply(decoded.events[0], decoded.feed)
        floor.apply(events.AgentPaused(ten, "PJSIP/1", None, "break"), "queue_log")
        floor.apply(events.AgentResumed(ten + 900 + seconds, "PJSIP/1", None), "queue_log")
        rows = frames_of(floor.history, floor.snapshot(at(MONDAY, "11:00")), day_span(MONDAY))["attendance"]
        return float(rows.loc[rows["agent"].eq(WANG), "over_seconds"].iloc[0])

    assert [over(seconds) for seconds in (-5, 4, 60, 61, 300)] == [0, 0, 0, 61, 300]


def test_only_days_of_the_span_are_told() -> None:
    frames = frames_at(LATER, Span(at(TUESDAY, "00:00"), at(TUESDAY, "12:00")))

    assert set(frames["attendance"]["date"]) == set(frames["coverage"]["date"]) == {TUESDAY}


def test_days_that_have_not_begun_are_not_judged_but_covered() -> None:
    frames = frames_at(at(MONDAY, "10:00"))

    assert set(frames["attendance"]["date"]) == {MONDAY}
    assert set(frames["coverage"]["date"]) == {MONDAY, TUESDAY, WEDNESDAY}


def test_nobody_is_absent_on_a_day_that_the_call_feed_did_not_see() -> None:
    now = at(WEDNESDAY, "12:00") + 7 * 86_400
    floor = new_floor()
    floor.apply(roster(), "rosters")
    frames = frames_of(floor.history, floor.snapshot(now))

    assert set(frames["attendance"]["status"]) == {Status.UNSEEN}
    assert len(frames["adherence"]) == 0


def test_adherence_is_by_the_plan_and_what_was_seen() -> None:
    found = rows(frames_at(LATER), "adherence", "scheduled_seconds", "adherence_rate", "conformance_rate")

    assert found[ADA, MONDAY] == (8 * 3600, 1.0, 1.0)
    scheduled, adherence, _conformance = found[WANG, MONDAY]
    assert scheduled == 9 * 3600
    # 20 minutes late, and an hour of lunch at the telephones.
    assert adherence == pytest.approx(1 - 4800 / 32_400)


def test_coverage_is_by_the_quarter_hour() -> None:
    coverage = frames_at(at(WEDNESDAY, "08:00"), day_span(WEDNESDAY))["coverage"].set_index("start")

    assert tuple(coverage.loc[at(WEDNESDAY, "09:00"), ["scheduled", "minimum"]]) == (2, 2)
    assert tuple(coverage.loc[at(WEDNESDAY, "12:00"), ["scheduled", "minimum"]]) == (0, 2)
    assert coverage.index[0] == at(WEDNESDAY, "00:00"), "a night shift runs"
    assert coverage.index[-1] == at(WEDNESDAY, "17:45")


def test_every_day_of_a_span_has_its_kind_though_nothing_is_known_of_it() -> None:
    days = frames_at(at(WEDNESDAY, "08:00"), Span(at("2026-03-14", "00:00"), at("2026-03-17", "00:00")))["days"]

    assert list(zip(days["date"], days["kind"], strict=True)) == [
        (WEDNESDAY, "work"),
        ("2026-03-14", "rest"),
        ("2026-03-15", "rest"),
        ("2026-03-16", "work"),
    ]


def test_a_floor_that_knows_nothing_has_its_columns() -> None:
    empty = frames_of(History(), Floor(FloorRules(DAYS), People()).snapshot(at(MONDAY, "12:00")))
    full = frames_at(LATER)

    for name in full:
        assert list(empty[name].columns) == list(full[name].columns), name
    assert all(len(empty[name]) == 0 for name in empty if name not in ("floor", "days", "facts"))
    assert not any(empty["floor"][word].iloc[0] for word in ("has_roster", "has_punches", "has_calls"))


def test_a_moment_that_nobody_knows_is_nan() -> None:
    absent = frames_at(LATER, day_span(MONDAY))["attendance"].set_index("agent").loc[LI]

    assert isnan(float(str(absent["came"])))
    assert absent["planned_start"] == at(MONDAY, "09:00")


class Attended:
    """A report: who was how, by date."""

    name = "attended"
    title = "Attended"

    def build(self, frames: Mapping[str, pd.DataFrame], _span: Span) -> pd.DataFrame:
        """Person, date, status."""
        return frames["attendance"][["agent", "date", "status"]]


def test_the_kit_of_plugin_authors_gives_past_days_too(floorwatch: Kit) -> None:
    said = floorwatch.at("2026-03-09 07:00").roster("1001: 09:00-18:00")
    said.roster("1001: 09:00-18:00", day="2026-03-10", document="tuesday")
    floorwatch.at("2026-03-09 09:30").signs_in("1001", "support")
    floorwatch.at("2026-03-09 18:00").signs_out("1001", "support")
    floorwatch.at("2026-03-10 09:00").signs_in("1001", "support")
    floorwatch.at("2026-03-10 18:00").signs_out("1001", "support")
    floorwatch.at("2026-03-14 09:00").signs_in("1001", "support")

    table = floorwatch.report(Attended(), "2026-03-09 00:00", "2026-03-11 00:00", at="2026-03-14 09:01")
    assert table.to_dict("records") == [
        {"agent": "1001", "date": "2026-03-09", "status": "late"},
        {"agent": "1001", "date": "2026-03-10", "status": "finished"},
    ]
