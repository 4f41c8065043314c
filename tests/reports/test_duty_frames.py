"""Frames of what rosters say and people entered about attendance."""

from typing import Any

from floorwatch.model import events
from floorwatch.model.duty import Activity, Punch, Shift, ShiftKind, Tick, Who
from floorwatch.model.floor import Floor
from floorwatch.reports.frames import frames_of
from floorwatch.reports.lazily import LazyFrames
from tests.reports.duty_week import ADA, LI, MONDAY, TUESDAY, WANG, at, new_floor, roster

NOW = at(MONDAY, "10:00")
SWAP = events.SwapRequested(
    at(MONDAY, "08:00"), id="s1", by="Ada", agent=WANG, date=MONDAY, other=LI, other_date=TUESDAY, word="dentist"
)
LEAVE = events.LeaveRequested(
    at(MONDAY, "08:00"),
    id="l1",
    by="李娜",
    agent=LI,
    start=at(TUESDAY, "00:00"),
    end=at(TUESDAY, "24:00".replace("24:00", "23:59")),
    kind="sick",
)


def frames(*entered: events.Event, floor: Floor | None = None) -> LazyFrames:
    """The frames at ten on Monday, after this was entered."""
    made = new_floor() if floor is None else floor
    made.apply(roster(), "rosters")
    for event in entered:
        made.apply(event, "journal")
    return frames_of(made.history, made.snapshot(NOW))


def row(those: LazyFrames, name: str) -> dict[str, Any]:
    """The one row of the frame; None for what is missing."""
    (found,) = those[name].to_dict("records")
    return {str(column): None if value != value else value for column, value in found.items()}


def ticked(request: str, tick: Tick, minute: int = 0) -> events.RequestTicked:
    """A tick at nine and some minutes."""
    return events.RequestTicked(
        at(MONDAY, f"09:{minute:02}"), id=f"{request}.{tick}", by="Boss", request=request, tick=tick
    )


def test_a_shift_is_a_row_a_stint_and_a_day_off_one_without_hours() -> None:
    off = Shift("x", ADA, TUESDAY, ShiftKind.OFF, "休")
    floor = new_floor()
    said = events.DocumentRead(NOW, document="off.csv", people=(Who(ADA, employee=ADA),), shifts=(off,))
    floor.apply(said, "rosters")
    shifts = frames(floor=floor)["shifts"]

    mine = shifts[shifts["agent"].eq(WANG) & shifts["date"].eq(MONDAY)]
    assert list(mine["activity"]) == ["phones", "lunch", "phones"]
    assert list(mine["start"]) == [at(MONDAY, "09:00"), at(MONDAY, "12:00"), at(MONDAY, "13:00")]
    (nothing,) = shifts[shifts["kind"].eq("off")].to_dict("records")
    assert (nothing["agent"], nothing["code"]) == (ADA, "休")
    assert nothing["start"] != nothing["start"]


def test_a_punch_stands_under_the_day_that_the_sheet_says_else_its_own() -> None:
    floor = new_floor()
    punches = (Punch(WANG, at(TUESDAY, "01:30"), "sheet", MONDAY), Punch(WANG, at(TUESDAY, "09:00"), "sheet"))
    said = events.DocumentRead(NOW, document="punches.csv", people=(Who(WANG, employee=WANG),), punches=punches)
    floor.apply(said, "rosters")
    made = frames_of(floor.history, floor.snapshot(NOW))

    assert list(made["punches"]["date"]) == [MONDAY, TUESDAY]
    assert list(made["documents"]["source"]) != []


def test_a_swap_says_what_it_waits_for_and_that_it_is_late() -> None:
    found = row(frames(SWAP, ticked("s1", Tick.AGREED)), "swaps")

    assert (found["agent"], found["date"], found["other"], found["other_date"]) == (WANG, MONDAY, LI, TUESDAY)
    assert (found["state"], found["waits_for"], found["late"], found["told"]) == ("open", "head hr", True, False)


def test_a_swap_that_holds_waits_for_nothing_and_knows_who_was_told() -> None:
    told = [events.AgentTold(at(MONDAY, "09:30"), id=f"t{who}", by="Boss", about="s1", agent=who) for who in (WANG, LI)]
    entered = (SWAP, ticked("s1", Tick.HEAD), ticked("s1", Tick.HR, 1))

    assert row(frames(*entered, told[0]), "swaps")["told"] is False
    found = row(frames(*entered, *told), "swaps")
    assert (found["state"], found["waits_for"], found["told"]) == ("holds", None, True)


def test_leave_stands_with_its_state() -> None:
    assert row(frames(LEAVE), "leaves")["state"] == "open"
    assert row(frames(LEAVE), "leaves")["waits_for"] == "head hr"
    filed = row(frames(LEAVE, ticked("l1", Tick.HEAD), ticked("l1", Tick.HR)), "leaves")
    assert (filed["state"], filed["waits_for"], filed["kind"]) == ("holds", None, "sick")
    refused = events.RequestRefused(NOW, id="r", by="Boss", request="l1", word="no")
    assert row(frames(LEAVE, refused), "leaves")["state"] == "refused"
    withdrawn = events.DutyWithdrawn(NOW, id="w", by="李娜", entry="l1")
    assert row(frames(LEAVE, withdrawn), "leaves")["state"] == "withdrawn"


def test_hours_that_were_given_and_an_excuse_are_rows() -> None:
    given = events.ShiftAssigned(
        NOW, id="a1", by="Boss", agent=ADA, date=MONDAY, start=at(MONDAY, "14:00"), end=at(MONDAY, "18:00"),
        activity=Activity.PHONES, instead_of=LI,
    )  # fmt: skip
    excuse = events.ExceptionExcused(NOW, id="e1", by="Boss", agent=WANG, start=NOW, end=NOW + 60, reason="meeting")
    made = frames(given, excuse)

    found = row(made, "assignments")
    assert (found["agent"], found["instead_of"], found["told"], found["withdrawn"]) == (ADA, LI, False, False)
    assert (row(made, "excuses")["reason"], row(made, "excuses")["withdrawn"]) == ("meeting", False)


def test_a_document_says_what_was_read_of_it() -> None:
    found = row(frames(), "documents")

    assert (found["title"], found["first"], found["last"]) == ("a roster", MONDAY, "2026-03-11")
    assert (found["rows"], found["refused"], found["unmatched"]) == (8, 0, 0)


def test_everybody_in_the_roster_has_a_name_though_the_call_feed_never_showed_them() -> None:
    agents = frames()["agents"]

    assert dict(zip(agents["agent"], agents["name"], strict=True)) == {WANG: "王芳", LI: "李娜", ADA: "Ada"}


def test_the_floor_says_what_is_read() -> None:
    found = row(frames(), "floor")

    assert (found["date"], found["definition"], found["seconds"]) == (MONDAY, "short-out", 20.0)
    assert (found["has_roster"], found["has_punches"], found["has_calls"]) == (True, False, True)
