"""Hours and duties given to somebody: in the place of who is missing, with one key, or by the form."""

from typing import Any

import pytest

from floorwatch.api import Ask, Happened, Open, Outcome, Toast, duty, events, roster
from floorwatch.testing import Kit
from floorwatch_rosters.changes import candidate_key, candidate_of
from floorwatch_rosters.commands import commands
from floorwatch_rosters.gaps import gap_of, gap_of_leave

COMMANDS = {command.name: command for command in commands()}
REPLACE, ASSIGN = COMMANDS["replace"], COMMANDS["assign"]


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def asked(outcomes: tuple[Outcome, ...]) -> list[str]:
    """With which commands it goes on."""
    return [each.command for each in outcomes if isinstance(each, Ask)]


def hours(kit: Kit, start: str, end: str) -> tuple[float, float]:
    """Both as moments."""
    return kit.at(start).at, kit.at(end).at


# --- the one key ---


def test_the_key_on_somebody_missing_shows_who_could_come(shift: Kit) -> None:
    assert shift.run(REPLACE, at="10:40", row="absence:1007") == (Open("rosters", "absence:1007"),)


def test_the_key_on_an_agent_who_is_absent_does_the_same_and_opens_the_form_for_others(shift: Kit) -> None:
    shift.at("09:20").marks("李娜", "absent", by="王芳", entry="m1")

    assert shift.run(REPLACE, at="10:40", row="agent:1007") == (Open("rosters", "absence:1007"),)
    assert shift.run(REPLACE, at="10:40", row="agent:1004") == (Ask("assign"),)
    assert shift.run(REPLACE, at="10:40") == (Ask("assign"),)


def test_one_key_on_a_candidate_assigns_the_hours_that_are_left(shift: Kit) -> None:
    start, end = hours(shift, "10:40", "18:00")

    outcomes = shift.run(REPLACE, at="10:40", row="candidate:1004/1007")
    assert happened(outcomes) == [
        events.ShiftAssigned(start, agent="1004", date="2026-03-10", start=start, end=end, instead_of="1007")
    ]
    assert said(outcomes) == "Assigned: 张伟 03-10 10:40-18:00, in the place of 李娜. Not told yet."


def test_what_speaks_against_a_candidate_is_said_with_the_entry(shift: Kit) -> None:
    outcomes = shift.run(REPLACE, at="10:40", row="candidate:1003/1007")

    assert len(happened(outcomes)) == 1
    assert "Against it: lacks a skill, too little rest." in said(outcomes)


def test_nobody_is_replaced_twice_and_nobody_by_who_works_then(shift: Kit) -> None:
    assert said(shift.run(REPLACE, at="10:40", row="candidate:1016/1007")) == "陈静 works or is away then."
    shift.at("10:30").assigns("张伟", "10:30-18:00", instead_of="李娜", by="王芳", entry="a1")

    outcomes = shift.run(REPLACE, at="10:40", row="candidate:1003/1007")
    assert (happened(outcomes), said(outcomes)) == ([], "张伟 comes in their place already.")


def test_who_leaves_nothing_open_is_not_replaced(shift: Kit) -> None:
    assert said(shift.run(REPLACE, at="19:00", row="candidate:1004/1007")) == "李娜 leaves no hours open."
    assert said(shift.run(REPLACE, at="10:40", row="candidate:1007/1004")) == "张伟 leaves no hours open."


def test_a_key_of_two_ids_with_strokes_is_taken_apart(floorwatch: Kit) -> None:
    floorwatch.people = "name,interface\nAda,PJSIP/1004\nBo,PJSIP/1007\n"
    floor = floorwatch.floor("10:40")

    assert candidate_of(floor, candidate_key("PJSIP/1004", "PJSIP/1007")) == ("PJSIP/1004", "PJSIP/1007")
    assert candidate_of(floor, "candidate:PJSIP/1004/nobody") is None


# --- what is left open ---


def test_what_is_left_of_a_shift_that_has_not_begun_is_all_of_it(shift: Kit) -> None:
    start, end = hours(shift, "13:00", "21:00")
    gap = gap_of(shift.floor("10:40"), "1016")

    assert gap is not None
    assert (gap.date, gap.start, gap.end) == ("2026-03-10", start, end)


def test_a_night_that_runs_is_that_of_yesterday(shift: Kit) -> None:
    gap = gap_of(shift.floor("05:00"), "1003")

    assert gap is not None
    assert (gap.date, gap.end - gap.start) == ("2026-03-09", 3600)
    assert gap_of(shift.floor("07:30"), "1003") is None


def test_leave_leaves_its_hours_open_granted_or_not(shift: Kit) -> None:
    shift.at("07:10").asks_leave("李娜", "12:00-15:00", by="李娜", entry="l1")
    wanted = hours(shift, "12:00", "15:00")

    def gap() -> tuple[float, float]:
        floor = shift.floor("10:40")
        found = gap_of_leave(floor, floor.duty.leaves["l1"])
        assert found is not None
        return found.start, found.end

    assert gap() == wanted
    shift.at("10:00").ticks("l1", "head", by="王芳").ticks("l1", "hr", by="HR")
    assert gap() == wanted


def test_leave_of_whole_days_leaves_the_next_shift_open_whole(shift: Kit) -> None:
    span = ("2026-03-10 00:00", "2026-03-12 00:00")
    shift.at("07:10").asks_leave("张伟", span, by="张伟", entry="l1")
    shift.at("07:11").ticks("l1", "head", by="王芳").ticks("l1", "hr", by="HR")
    floor = shift.floor("10:40")

    gap = gap_of_leave(floor, floor.duty.leaves["l1"])
    assert gap is not None
    assert (gap.date, gap.end - gap.start) == ("2026-03-11", 8 * 3600)


# --- the form ---


def test_the_form_begins_with_the_best_who_could_come(shift: Kit) -> None:
    filled = shift.prefill(ASSIGN, at="10:40", row="absence:1007")

    assert {name: filled[name] for name in ("agent", "date", "start", "end", "instead_of", "activity")} == {
        "agent": "1004", "date": "2026-03-10", "start": "10:40", "end": "18:00", "instead_of": "1007",
        "activity": "phones",
    }  # fmt: skip
    assert filled["offered"] == "张伟 1004, 赵敏 1003 (lacks a skill, too little rest)"
    assert shift.prefill(ASSIGN, at="10:40", row="candidate:1003/1007")["agent"] == "1003"


def test_the_form_of_a_night_says_hours_beyond_midnight(shift: Kit) -> None:
    shift.at("07:30").roster("李娜: 22:00-10:30", day="2026-03-10", document="tuesday")

    filled = shift.prefill(ASSIGN, at="10:40", row="absence:1007")
    assert (filled["start"], filled["end"]) == ("22:00", "34:30")
    (event,) = happened(shift.run(ASSIGN, at="10:40", row="absence:1007", **typed(filled)))
    assert isinstance(event, events.ShiftAssigned)
    assert (event.date, event.end - event.start) == ("2026-03-10", 12.5 * 3600)


def typed(filled: Any) -> dict[str, Any]:
    """What a form that nobody touched sends."""
    return {name: text for name, text in filled.items() if text}


def test_the_form_of_a_leave_offers_who_could_come_in_its_place(shift: Kit) -> None:
    shift.at("07:10").asks_leave("李娜", ("2026-03-11 00:00", "2026-03-12 00:00"), by="李娜", entry="l1")

    filled = shift.prefill(ASSIGN, at="10:40", row="leave:l1")
    assert (filled["instead_of"], filled["date"], filled["start"], filled["end"]) == (
        "1007", "2026-03-11", "09:00", "18:00",
    )  # fmt: skip
    assert filled["agent"] == "1016"


def test_hours_of_an_agent_are_assigned(shift: Kit) -> None:
    start, end = hours(shift, "13:00", "17:00")

    outcomes = shift.run(
        ASSIGN, at="10:40", row="agent:1004", agent="1004", date="今天", start="13:00", end="17:00", word="rush"
    )
    assert happened(outcomes) == [
        events.ShiftAssigned(
            shift.floor("10:40").at, agent="1004", date="2026-03-10", start=start, end=end, word="rush"
        )
    ]
    assert said(outcomes) == "Assigned: 张伟 03-10 13:00-17:00, phones. Not told yet."


def test_a_duty_is_laid_over_a_shift(shift: Kit) -> None:
    outcomes = shift.run(
        ASSIGN, at="10:40", agent="1007", date="today", start="12:00", end="13:00", activity="duty", layer="lunch"
    )

    (event,) = happened(outcomes)
    assert isinstance(event, events.ShiftAssigned)
    assert (event.activity, event.layer) == (duty.Activity.DUTY, "lunch")
    assert said(outcomes) == "Assigned: 李娜 03-10 12:00-13:00, lunch. Not told yet."


def test_what_ends_before_it_begins_ends_on_the_next_day_if_that_is_a_night(shift: Kit) -> None:
    start = shift.at("22:00").at

    (event,) = happened(shift.run(ASSIGN, at="10:40", agent="1004", date="today", start="22:00", end="06:00"))
    assert isinstance(event, events.ShiftAssigned)
    assert (event.date, event.start, event.end) == ("2026-03-10", start, start + 8 * 3600)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"instead_of": "1004"}, "张伟 cannot come in their own place: name somebody else"),
        ({"start": "18:00", "end": "17:00"}, "the hours end before they begin: 25:30 is 01:30 of the next day"),
        ({"start": "08:00", "end": "09:00"}, "03-10 is over: assign hours that are ahead"),
        ({"date": "03-09"}, "03-09 is over: assign hours that are ahead"),
        ({"date": "soon"}, "'soon' is no date: write 11-23, 2026-11-23 or tomorrow"),
        ({"end": "late"}, "'late' is no time of day: write 08:30; 25:30 is 01:30 of the next day"),
    ],
)
def test_what_nobody_can_be_given_is_said(shift: Kit, fields: dict[str, Any], words: str) -> None:
    form: dict[str, Any] = {"agent": "1004", "date": "today", "start": "13:00", "end": "17:00", **fields}
    outcomes = shift.run(ASSIGN, at="10:40", **form)

    assert (happened(outcomes), said(outcomes), asked(outcomes)) == ([], words, ["assign"])


def test_an_assignment_is_told_and_then_it_is_known(shift: Kit) -> None:
    shift.at("10:30").assigns("张伟", "10:30-18:00", instead_of="李娜", by="王芳", entry="a1")

    outcomes = shift.run(COMMANDS["tell"], at="10:40", row="assignment:a1", agent="1004")
    assert said(outcomes) == "张伟 knows: 张伟 03-10 10:30-18:00, in the place of 李娜."
    outcomes = shift.run(COMMANDS["withdraw-duty"], at="10:40", row="assignment:a1", word="李娜 came")
    assert said(outcomes) == "Withdrawn, 张伟 03-10 10:30-18:00, in the place of 李娜."


def test_the_plan_has_who_was_assigned(shift: Kit) -> None:
    shift.at("10:30").assigns("张伟", "10:30-18:00", instead_of="李娜", by="王芳", entry="a1")

    assert "1004" in roster.planned_at(shift.floor("11:00"))


# --- with the real keys ---


async def test_two_keys_grant_and_u_takes_back(shift: Kit) -> None:
    shift.at("10:30").asks_leave("陈静", ("2026-03-10 00:00", "2026-03-11 00:00"), by="陈静", entry="l1")

    async with shift.app(at="10:41", commands=commands()) as screen:
        await screen.press("g")
        assert "leave: 陈静, 03-10" in screen.text
        await screen.press("enter")
        assert "Ticked" in screen.text
        await screen.press("g")
        assert "the head approves (王芳)" in screen.text
        await screen.press("escape", "u", "g")
        assert "the head approves (王芳)" not in screen.text


async def test_a_form_that_cannot_be_taken_is_there_again_with_what_was_typed(shift: Kit) -> None:
    async with shift.app(at="10:41", commands=commands()) as screen:
        await screen.press("f")
        await screen.type("1004")
        await screen.press("tab", "tab")
        await screen.type("18:00")
        await screen.press("tab")
        await screen.type("17:00")
        await screen.press("ctrl+s")
        assert "the hours end before they begin" in screen.text
        assert "18:00" in screen.text
        assert "17:00" in screen.text
