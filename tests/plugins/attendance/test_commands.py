"""What a person does about attendance: opens it, marks, excuses, accepts."""

from datetime import datetime

import pytest

from floorwatch.api import Ask, Happened, Open, Outcome, Toast, duty, events
from floorwatch.testing import Kit, check_command, floors
from floorwatch_attendance.commands import commands
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.panel import AttendancePanel

COMMANDS = {command.name: command for command in commands()}
OPEN, MARK = COMMANDS["attendance"], COMMANDS["mark"]
EXCUSE, ACCEPT, WRITE = COMMANDS["excuse"], COMMANDS["accept-excuse"], COMMANDS["write-excuse"]
TODAY = "2026-03-10"


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def moment(time: str) -> float:
    """A time of the day of these tests."""
    return datetime.fromisoformat(f"{TODAY}T{time}").replace(tzinfo=floors.ZONE).timestamp()


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(EXCUSE)


# --- k ---


def test_k_opens_attendance_then_the_day_of_a_person_then_the_mark(shift: Kit) -> None:
    assert shift.run(OPEN) == (Open("attendance"),)
    assert shift.run(OPEN, row="agent:1007", panel="agents") == (Open("attendance", "agent:1007"),)
    assert shift.run(OPEN, row="agent:1007", panel="attendance") == (Ask("mark", "agent:1007"),)
    assert shift.run(OPEN, row="team:A", panel="needs-you") == (Open("attendance", "team:A"),)


# --- marks ---


def test_a_mark_is_of_now_unless_a_time_is_written(shift: Kit) -> None:
    now = shift.run(MARK, at="09:20", row="agent:1007", kind="came")
    earlier = shift.run(MARK, at="09:20", row="agent:1007", kind="came", moment="09:02", word="at the door")

    kind = duty.MarkKind.CAME
    at = moment("09:20")
    assert happened(now) == [events.AttendanceMarked(at, agent="1007", date=TODAY, kind=kind, moment=at)]
    assert happened(earlier) == [
        events.AttendanceMarked(at, agent="1007", date=TODAY, kind=kind, moment=moment("09:02"), word="at the door")
    ]
    assert said(earlier) == "李娜: marked as come at 09:02."


def test_nobody_is_marked_for_what_is_to_come(shift: Kit) -> None:
    outcomes = shift.run(MARK, at="09:20", row="agent:1007", kind="left", moment="09:40")

    assert happened(outcomes) == []
    assert said(outcomes) == "09:40 is still to come: mark what was seen."
    assert outcomes[-1] == Ask("mark")


def test_the_same_mark_twice_says_who_was_first(shift: Kit) -> None:
    shift.at("09:20").marks("李娜", "absent", by="赵敏", entry="m1")

    outcomes = shift.run(MARK, at="09:30", row="agent:1007", kind="absent")
    assert (happened(outcomes), said(outcomes)) == ([], "赵敏 has marked that at 09:20 already.")
    assert len(happened(shift.run(MARK, at="09:30", row="agent:1007", kind="came"))) == 1


def test_a_mark_after_midnight_is_of_the_night_that_began_the_evening_before(floorwatch: Kit) -> None:
    floorwatch.people = "name,employee\n赵敏,1003\n"
    floorwatch.at("00:01").roster("赵敏: 22:00-06:00", day="2026-03-09", document="monday")
    floorwatch.at("00:01").roster("赵敏: 22:00-06:00", document="tuesday")

    found = [
        happened(floorwatch.run(MARK, at=at, row="agent:1003", kind="came"))[0].date  # type: ignore[attr-defined]  # a mark
        for at in ("01:00", "07:00", "21:50")
    ]
    assert found == ["2026-03-09", "2026-03-09", "2026-03-10"]


def test_a_person_whom_only_the_roster_names_can_be_marked(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset()
    floorwatch.at("00:10").roster("外包甲: 09:00-18:00")

    assert floorwatch.prefill(MARK, at="09:20", row="agent:外包甲")["agent"] == ""
    assert happened(floorwatch.run(MARK, at="09:20", row="agent:外包甲", kind="came"))[0].agent == "外包甲"  # type: ignore[attr-defined]  # a mark


def test_a_mark_of_nobody_asks_of_whom(shift: Kit) -> None:
    outcomes = shift.run(MARK, at="09:20", kind="came")

    assert (happened(outcomes), said(outcomes)) == ([], "Say of whom.")


# --- excuses ---


def test_j_on_somebody_late_opens_the_form_with_the_time(morning: Kit) -> None:
    assert morning.run(EXCUSE, at="09:20", row="agent:1007") == (Ask("write-excuse", "agent:1007"),)

    filled = morning.prefill(WRITE, at="09:20", row="agent:1007")
    assert (filled["start"], filled["end"], filled["reason"]) == ("09:00", "09:12", "")
    assert filled["what"] == "late, 09:00-09:12"


def test_with_something_that_offers_itself_enter_accepts(morning: Kit) -> None:
    morning.at("09:14").note("李娜", "coaching", "先说明时限", by="赵敏", entry="n1")

    filled = morning.prefill(WRITE, at="09:20", row="agent:1007")
    reason, start, end = filled["reason"], filled["start"], filled["end"]
    outcomes = morning.run(WRITE, at="09:20", row="agent:1007", reason=reason, start=start, end=end)

    assert reason == "coaching by 赵敏"
    assert happened(outcomes) == [
        events.ExceptionExcused(
            moment("09:20"), agent="1007", start=moment("09:00"), end=moment("09:12"), reason="coaching by 赵敏",
            proposal="note:n1",
        )
    ]  # fmt: skip


def test_one_key_on_what_offers_itself_accepts_it_and_then_it_is_gone(morning: Kit) -> None:
    morning.at("09:14").note("李娜", "coaching", "先说明时限", by="赵敏", entry="n1")

    by_key = morning.run(EXCUSE, at="09:20", row="proposal:1007/note:n1")
    from_menu = morning.run(ACCEPT, at="09:20", row="proposal:1007/note:n1")
    assert happened(by_key) == happened(from_menu) != []

    morning.at("09:21").excuses("李娜", "09:00-09:12", "coaching", by="王芳", entry="e1", proposal="note:n1")
    outcomes = morning.run(EXCUSE, at="09:22", row="proposal:1007/note:n1")
    assert (happened(outcomes), "no longer offers itself" in said(outcomes)) == ([], True)


def test_a_time_off_the_plan_is_excused_by_itself(morning: Kit) -> None:
    morning.at("10:00").signs_out("李娜")
    morning.at("10:20").signs_in("李娜", "support")
    key = f"deviation:{moment('10:00'):.0f}/{moment('10:20'):.0f}/1007"

    assert morning.run(EXCUSE, at="10:30", row=key) == (Ask("write-excuse", key),)
    filled = morning.prefill(WRITE, at="10:30", row=key)
    assert (filled["start"], filled["end"], filled["what"]) == ("10:00", "10:20", "away, 10:00-10:20")


@pytest.mark.parametrize(
    ("at", "happens", "start", "end"),
    [
        ("09:30", "absent", "09:00", "18:00"),
        ("10:17", "break", "10:15", "10:17"),
        ("16:30", "left", "16:00", "18:00"),
    ],
)
def test_the_time_is_that_of_the_worst_exception(shift: Kit, at: str, happens: str, start: str, end: str) -> None:
    if happens != "absent":
        shift.at("08:55").signs_in("张伟", "support")
    if happens == "break":
        shift.at("10:00").pauses("张伟", "break")
    if happens == "left":
        shift.at("16:00").signs_out("张伟")

    filled = shift.prefill(WRITE, at=at, row="agent:1004")
    assert (filled["start"], filled["end"]) == (start, end)


def test_there_may_be_nothing_to_excuse(shift: Kit) -> None:
    outcomes = shift.run(EXCUSE, at="10:00", row="agent:9001")

    assert said(outcomes) == "王芳: there is nothing to excuse."
    assert shift.run(EXCUSE, at="10:00") == (Open("attendance"),)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("09:12", "09:00", "ends after it begins"), ("2026-03-08 09:00", "09:12", "24 hours at most")],
)
def test_an_excuse_that_cannot_be_is_asked_for_again(morning: Kit, start: str, end: str, words: str) -> None:
    outcomes = morning.run(WRITE, at="09:20", row="agent:1007", reason="x", start=start, end=end)

    assert (happened(outcomes), outcomes[-1]) == ([], Ask("write-excuse"))
    assert words in said(outcomes)


# --- on the screen ---


async def test_k_and_a_letter_mark_and_j_and_enter_excuse(morning: Kit) -> None:
    morning.at("09:14").note("李娜", "coaching", "先说明时限", by="赵敏", entry="n1")
    panel = AttendancePanel(Limits())
    async with morning.app(panel, at="09:20", commands=commands()) as screen:
        await screen.press("1", "home", "k", "a")
        await screen.pass_seconds(6)
        assert "张伟: marked as absent." in screen.text

        await screen.press("down", "j")
        assert "coaching by 赵敏" in screen.text
        await screen.press("enter")
        await screen.pass_seconds(6)
        assert "late, excused" in screen.text
