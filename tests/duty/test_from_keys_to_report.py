"""A supervisor opens the shift: who is late, on leave, replaced. By keys on a running screen, to the journal, and to
what somebody else is told of the day."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from floorwatch.api import roster
from floorwatch.engine.system_clock import SystemClock
from floorwatch.model import events
from floorwatch.model.duty import Duty, MarkKind, Tick
from floorwatch.model.snapshot import FloorSnapshot
from tests.duty.places import ABSENT, HERE, LATE, OFF, Floor, floor_in
from tests.support.hands import Hands, at_work
from tests.support.test_bad_input import looks_whole, written
from tests.support.test_from_keys_to_file import in_menu, raised

pytestmark = pytest.mark.slow

ROSTERS, ATTENDANCE, AGENTS, NEEDS_YOU = 1, 2, 3, 4
SIZE = (160, 60)


@pytest.fixture
def floor(tmp_path: Path) -> Floor:
    return floor_in(tmp_path)


def duty(hands: Hands) -> Duty:
    """Duty as this floor has it by now."""
    return now(hands).duty


def now(hands: Hands) -> FloorSnapshot:
    return hands.session.station.floor.snapshot(SystemClock().now())


def rules_up(hands: Hands, agent: str) -> set[str]:
    """The alerts that stand about somebody."""
    shown = hands.session.station.snapshot
    return {each.rule for each in shown.alerts if each.alert.subject == f"agent:{agent}"} if shown else set()


def row_of(hands: Hands) -> str | None:
    """The key of the row under the cursor."""
    subjects = hands.app.floor_screen.subjects()
    return subjects[0].row_key if subjects else None


def kinds(floor: Floor) -> Sequence[str]:
    return [type(entry.event).__name__ for entry in floor.place.entries()]


async def test_an_excuse_gives_the_adjusted_figure_beside_the_raw_one_and_undo_takes_it_back(floor: Floor) -> None:
    async with at_work(floor.place, SIZE) as hands:
        await hands.until_shown("absent 1")
        await hands.go_to(ATTENDANCE, f"agent:{LATE}")
        await hands.press("j")
        await hands.until(lambda: hands.form is not None, "the form of the excuse")
        await hands.type("traffic")
        await hands.press("enter")
        await hands.until(lambda: bool(duty(hands).excuses), "it is excused")
        looks_whole(hands)
        seen = roster.attendance_of(now(hands), LATE)
        assert seen is not None
        assert (round(seen.late, -1), seen.adjusted_late) == (1190, 0)
        told = floor.report()
        await hands.press("u")
        await hands.until(lambda: not duty(hands).excuses, "it is taken back")

    assert kinds(floor) == ["ExceptionExcused", "EntryUndone"]
    assert "excused to" in told
    assert "excused to" not in floor.report()


async def test_a_mark_of_the_hand_stands_above_what_nobody_saw(floor: Floor) -> None:
    async with at_work(floor.place, SIZE) as hands:
        await hands.until(lambda: "absent" in rules_up(hands, ABSENT), "the absence is in needs-you")
        await hands.until_shown("absent 1")
        await hands.go_to(ATTENDANCE, f"agent:{ABSENT}")
        await hands.press("k", "c")
        await hands.until(lambda: bool(duty(hands).marks), "it is marked")
        await hands.until(lambda: "absent" not in rules_up(hands, ABSENT), "nobody is absent")

    (mark,) = (entry.event for entry in floor.place.entries())
    assert isinstance(mark, events.AttendanceMarked)
    assert (mark.agent, mark.kind, mark.date) == (ABSENT, MarkKind.CAME, floor.date())


async def test_leave_is_asked_for_ticked_by_the_head_and_filed_and_then_the_plan_has_it(floor: Floor) -> None:
    async with at_work(floor.place, SIZE) as hands:
        await hands.until_shown("absent 1")
        await hands.go_to(ATTENDANCE, f"agent:{ABSENT}")
        await in_menu(hands, "Leave")
        await hands.until(lambda: hands.form is not None, "the form of leave")
        await hands.press("tab")
        await hands.type("today")
        await hands.press("enter")
        await hands.until(lambda: bool(duty(hands).leaves), "it is asked for")
        (leave,) = duty(hands).leaves
        for tick in (Tick.HEAD, Tick.HR):
            planned = roster.planned_now(now(hands), ABSENT)
            assert planned is not None
            assert planned.leave is None
            await hands.until_shown("waits for")
            await hands.go_to(ROSTERS, f"leave:{leave}")
            await hands.press("g", "enter")
            await hands.until(lambda tick=tick: tick in duty(hands).leaves[leave].ticks, tick.value)  # type: ignore[misc]
        await hands.until(lambda: "absent" not in rules_up(hands, ABSENT), "who is on leave is not absent")
        planned = roster.plan_of(now(hands), floor.date()).by_agent[ABSENT]
        assert planned.leave == leave
        await hands.until_shown("on leave")
        looks_whole(hands)

    assert kinds(floor) == ["LeaveRequested", "RequestTicked", "RequestTicked"]


async def test_a_swap_of_today_is_marked_late(floor: Floor) -> None:
    floor.roster(floor.row(OFF, 2, 6))
    async with at_work(floor.place, SIZE) as hands:
        await hands.go_to(AGENTS, f"agent:{HERE}")
        await in_menu(hands, "Swap days")
        await hands.until(lambda: hands.form is not None, "the form of a swap")
        for words in (OFF, "today", HERE, "tomorrow"):
            await hands.press("ctrl+u")
            await hands.type(words)
            await hands.press("tab")
        await hands.press("enter")
        await hands.until(lambda: bool(duty(hands).swaps), "it is asked for")
        await hands.until_shown("marked late")
        (swap,) = duty(hands).swaps.values()
        assert (swap.agent, swap.date, swap.other, swap.other_date) == (OFF, floor.date(), HERE, floor.date(1))

    told = floor.report()
    assert "Ana Lima" in told[told.index("Swaps, leave, replacements") :]


async def test_an_absence_is_replaced_by_one_key_and_undo_takes_that_back(floor: Floor) -> None:
    candidate = f"candidate:{OFF}/{ABSENT}"
    async with at_work(floor.place, SIZE) as hands:
        alert = await raised(hands, "absent")
        await hands.go_to(NEEDS_YOU, alert)
        await hands.until_shown("open until")
        await hands.go_to(ROSTERS, f"absence:{ABSENT}")
        await hands.press("f")
        await hands.until_shown("Who could come")
        if row_of(hands) != candidate:  # on a slow machine the facts above have got the cursor
            await hands.press("tab")
        await hands.until(lambda: row_of(hands) == candidate, "the cursor is on who could come")
        await hands.press("f")
        await hands.until(lambda: bool(duty(hands).assignments), "somebody comes")
        await hands.until(lambda: "absent" not in rules_up(hands, ABSENT), "nobody has to be found any more")
        (given,) = duty(hands).assignments.values()
        assert (given.agent, given.instead_of) == (OFF, ABSENT)
        told = floor.report()
        await hands.press("u")
        await hands.until(lambda: not duty(hands).assignments, "it is taken back")
        await hands.until(lambda: "absent" in rules_up(hands, ABSENT), "somebody has to be found again")

    assert "Ana Lima" in told


async def test_what_another_process_enters_and_saves_is_shown(floor: Floor) -> None:
    async with at_work(floor.place, SIZE) as hands:
        came = SystemClock().now() - 60
        written(
            floor.place,
            events.AttendanceMarked(
                came, id="m1", by="Bo", agent=ABSENT, date=floor.date(), kind=MarkKind.CAME, moment=came
            ),
        )
        await hands.until(lambda: "m1" in duty(hands).marks, "the mark of somebody else")
        floor.roster(floor.row(OFF, 0, 7))
        await hands.until(lambda: OFF in duty(hands).shifts, "the roster that was saved again")
        floor.punches((3500, OFF))
        await hands.until(lambda: OFF in duty(hands).punches, "the punch that came later")
