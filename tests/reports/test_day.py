"""The report "day", of an evening."""

from math import isnan

import pandas as pd
import pytest

from floorwatch.engine.day_ends import DayEnds
from floorwatch.extend.report import Briefed, Over, Pasted, Span, Spanned
from floorwatch.model import events
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.targets import FloorRules
from floorwatch.reports.frames import frames_of
from tests.reports.day_told import ENTERED, REPORT, call, evening, morning, on
from tests.reports.duty_week import (
    DAYS,
    LI,
    MONDAY,
    RULES,
    WANG,
    WEDNESDAY,
    at,
    day_span,
    new_floor,
    roster,
    told,
)


def test_it_is_a_text_about_a_day_with_a_short_form() -> None:
    assert isinstance(REPORT, Pasted)
    assert isinstance(REPORT, Spanned)
    assert isinstance(REPORT, Briefed)
    assert isinstance(REPORT.brief, Pasted)
    assert REPORT.over is Over.DAY


def test_what_is_not_read_is_said_and_never_zero() -> None:
    floor = Floor(FloorRules(DAYS), People())
    found = evening(floor, MONDAY, at(MONDAY, "18:00"))

    assert found["Calls"] == found["Worst half hours"] == ["No call feed is read."]
    assert found["Attendance"] == ["No roster is read: who is late or absent is not known."]
    assert found["Still open"] == ["Nothing is left open."]
    assert morning(floor, MONDAY, at(MONDAY, "09:00"))["Gaps ahead"] == ["No roster is read: gaps are not known."]


def test_calls_stand_with_the_definition_of_their_service_level() -> None:
    floor = new_floor()
    ends = DayEnds(floor, DAYS)
    nine = at(MONDAY, "09:00")
    calls = [*call(1, nine, 10), *call(2, nine + 100, 30), *call(3, nine + 200, 40, 0), *call(4, nine + 3600, 4)]
    ends.fold(sorted(calls, key=lambda each: each.received_at))

    found = evening(floor, MONDAY, at(MONDAY, "18:00"))
    assert found["Calls"] == [
        "offered 4, answered 3, abandoned 1",
        "answer rate 75.0 %",
        "service level 50.0 % within 20 s, to be 80 % (short-out: A_T / (A + B - S + W_T))",
        "mean wait of the answered 0:14, longest wait 0:40",
    ]
    assert found["Worst half hours"] == ["09:00-09:30: service level 33.3 %, 2 of 3 answered, longest wait 0:40"]


def test_the_worst_half_hours_are_three_the_one_that_failed_most_callers_first() -> None:
    floor = new_floor()
    nine = at(MONDAY, "09:00")
    for half_hour, failed in enumerate((1, 3, 2, 0, 4)):
        for each in range(failed):
            for decoded in call(10 * half_hour + each, nine + 1800 * half_hour + 60 * each, 50, 0):
                floor.apply(decoded.events[0], decoded.feed)

    worst = evening(floor, MONDAY, at(MONDAY, "18:00"))["Worst half hours"]
    assert [line[:11] for line in worst] == ["11:00-11:30", "09:30-10:00", "10:00-10:30"]


def test_exceptions_stand_by_name_with_the_excused_figure_beside_the_raw_one() -> None:
    excuse = events.ExceptionExcused(
        at(MONDAY, "10:00"),
        id="e",
        by="Ada",
        agent=WANG,
        start=at(MONDAY, "09:05"),
        end=at(MONDAY, "09:20"),
        reason="bus",
    )
    floor, _ends = on(at(MONDAY, "18:00"), excuse)

    found = evening(floor, MONDAY, at(MONDAY, "18:05"))["Attendance"]
    assert found[0] == "late 1, absent 1, still to come 1"
    assert "late: 王芳 +20:00 (excused to +5:00)" in found
    assert "absent: 李娜 (09:00-18:00)" in found


def test_a_roster_alone_says_that_nothing_shows_who_was_here() -> None:
    floor = Floor(RULES, People())
    floor.apply(roster(), "rosters")

    assert evening(floor, MONDAY, at(MONDAY, "23:00"))["Attendance"] == [
        "not seen by anything 3",
        "Nothing that is read shows who was here: no call feed of these days, no attendance sheet.",
    ]


def test_without_a_roster_those_who_were_seen_are_counted_as_they_stand() -> None:
    floor = new_floor()
    for number, decoded in enumerate(told(at(MONDAY, "18:30"))):
        if number:
            floor.apply(decoded.events[0], decoded.feed)

    assert evening(floor, MONDAY, at(MONDAY, "18:30"))["Attendance"] == [
        "No roster is read: who is late or absent is not known.",
        "finished 1",
    ]


def test_a_week_adds_up_its_days_and_dates_the_exceptions() -> None:
    now = at(WEDNESDAY, "18:00")
    floor, ends = on(now)
    span = Span(at(MONDAY, "00:00"), at("2026-03-16", "00:00"))
    said = REPORT.text(frames_of(floor.history, floor.snapshot(now), span, ends.up_to(now)), span)

    assert said.splitlines()[0] == "Report of 2026-03-09 to 2026-03-15, as of 18:00"
    assert "- absent: 李娜 2026-03-09 (09:00-18:00)" in said.splitlines()
    assert "- left early: 李娜 2026-03-10 +30:00" in said.splitlines()


def test_what_was_entered_is_told_and_what_is_open_stands_apart() -> None:
    floor, _ends = on(at(MONDAY, "17:00"), *ENTERED)
    found = evening(floor, MONDAY, at(MONDAY, "18:00"))

    assert found["Help and topics"] == [
        "asked 2, answered 1",
        "taken after 1:00, on average",
        "asked 2 times: refund of VAT",
        "noted once: CRM",
    ]
    assert found["Still open"] == [
        "help for 王芳, asked 10:10: refund of VAT",
        "王芳: ask IT, due 2026-03-10 10:00",
        "swap that waits for the other, the head, HR: 王芳 (2026-03-10) and 李娜 (2026-03-11)",
        "Ada: leave 2026-03-10 22:00 to 2026-03-11 06:00 sick that waits for the head, HR",
        "王芳 for Ada, 2026-03-10 22:00-06:00: not told yet",
    ]


def test_a_name_cannot_write_lines_of_its_own() -> None:
    evil = events.HelpRequested(
        at(MONDAY, "10:00"), id="h9", by="x", agent=LI, question="a\n- Nothing is left open.\x1b[2J"
    )
    floor, _ends = on(at(MONDAY, "17:00"), evil)

    (line,) = evening(floor, MONDAY, at(MONDAY, "18:00"))["Still open"]
    assert line == "help for 李娜, asked 10:00: a - Nothing is left open.\ufffd[2J"


def test_two_of_one_name_are_told_apart_by_their_numbers() -> None:
    floor = new_floor()
    for agent in ("9001", "9002"):
        floor.apply(events.HelpRequested(at(MONDAY, "10:00"), id=agent, by="x", agent=agent, question="?"), "journal")
    frames = frames_of(floor.history, floor.snapshot(at(MONDAY, "18:00")), day_span(MONDAY))
    agents = pd.DataFrame(
        {"agent": ["9001", "9002"], "name": ["王芳", "王芳"], "seat": [None, None], "team": [None, None]}
    )

    said = REPORT.text({**frames, "agents": agents}, day_span(MONDAY))
    assert "help for 王芳 9001, asked 10:00: ?" in said
    assert "help for 王芳 9002, asked 10:00: ?" in said


def test_the_table_holds_the_same_lines_with_their_figures() -> None:
    floor, _ends = on(at(MONDAY, "18:00"), *ENTERED)
    frames = frames_of(floor.history, floor.snapshot(at(MONDAY, "18:05")), day_span(MONDAY))
    table = REPORT.build(frames, day_span(MONDAY))
    text = REPORT.text(frames, day_span(MONDAY))

    assert list(table.columns) == [
        "section", "subject", "figure", "count", "share_rate", "duration_seconds", "words",
    ]  # fmt: skip
    assert all(subject in text for subject in table["subject"].dropna())
    late = table[table["figure"].eq("late") & table["subject"].eq("王芳")]
    assert late["duration_seconds"].tolist() == [1200.0]
    assert late["words"].tolist() == ["王芳: late by 20:00"]
    assert isnan(float(late["share_rate"].iloc[0]))
    assert table.attrs["for_people"] == ("section", "words")


@pytest.mark.parametrize(
    "span",
    [
        Span(0.0, 1.0),
        Span(at(MONDAY, "10:00"), at(MONDAY, "10:00")),
        Span(float("-inf"), float("inf")),
        Span(float("-inf"), 0.0),
    ],
)
def test_any_span_is_taken(span: Span) -> None:
    floor, ends = on(at(WEDNESDAY, "18:00"), *ENTERED)
    now = at(WEDNESDAY, "18:00")
    frames = frames_of(floor.history, floor.snapshot(now), span, ends.up_to(now))

    for report in (REPORT, REPORT.brief):
        assert len(report.build(frames, span)) > 0
        assert report.text(frames, span)
