"""Swaps and leave: asked for, ticked, refused, withdrawn, told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from floorwatch.api import Ask, Command, Happened, Open, Outcome, PeakRules, Toast, Tone, duty, events
from floorwatch.testing import Kit, RefusedError, check_command
from floorwatch_rosters.commands import commands
from floorwatch_rosters.panels import panels

COMMANDS = {command.name: command for command in commands()}
SWAP, LEAVE, TICK, REFUSE = (COMMANDS[name] for name in ("swap", "leave", "tick", "refuse"))
WITHDRAW, TELL = COMMANDS["withdraw-duty"], COMMANDS["tell"]
PEAK = PeakRules("征期", 1, 15)


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def asked(outcomes: tuple[Outcome, ...]) -> list[str]:
    """With which commands it goes on."""
    return [each.command for each in outcomes if isinstance(each, Ask)]


def at(day: int, hour: int, minute: int = 0) -> float:
    """A moment of March 2026 on the floor's wall, 8 hours east."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC).timestamp() - 8 * 3600


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(SWAP)


def test_three_keys_are_taken_and_no_more() -> None:
    assert {name: command.key for name, command in COMMANDS.items() if command.key} == {
        "rosters": "r",
        "tick": "g",
        "replace": "f",
    }


def test_r_opens_the_duty_roster(shift: Kit) -> None:
    assert shift.run(COMMANDS["rosters"], at="10:40") == (Open("rosters"),)


def test_every_panel_has_a_command_that_opens_it() -> None:
    assert {str(panel.name) for panel in panels()} <= set(COMMANDS)


@pytest.mark.parametrize("name", ["coverage", "timeline", "requests"])
def test_a_panel_that_no_layout_shows_is_opened_by_its_command(shift: Kit, name: str) -> None:
    assert shift.run(COMMANDS[name], at="10:40") == (Open(name),)


# --- swap ---


def test_a_swap_begins_with_the_next_shift_of_the_row(shift: Kit) -> None:
    assert shift.prefill(SWAP, at="10:40", row="agent:1007") == {
        "agent": "1007", "date": "2026-03-11", "other": "", "other_date": "", "word": "",
    }  # fmt: skip


def test_a_swap_is_asked_for_and_what_speaks_against_it_is_said(shift: Kit) -> None:
    outcomes = shift.run(SWAP, at="10:40", agent="李娜", date="明天", other="张伟", word="a wedding")

    (event,) = happened(outcomes)
    assert event == events.SwapRequested(
        at(10, 10, 40), agent="1007", date="2026-03-11", other="1004", other_date="2026-03-11", word="a wedding"
    )
    assert said(outcomes) == "Asked for, swap: 李娜 03-11 with 张伟 03-11. Against it: not agreed yet."


def test_a_late_swap_is_marked_late_for_everybody_to_see(shift: Kit) -> None:
    outcomes = shift.run(SWAP, at="10:40", agent="陈静", date="03-10", other="李娜", other_date="03-11")

    assert len(happened(outcomes)) == 1
    assert "marked late" in said(outcomes)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"other": "李娜"}, "李娜 cannot swap with themselves: name somebody else"),
        ({"date": "03-09"}, "03-09 is over: name a day that is ahead"),
        ({"date": "11-40"}, "'11-40' is no date: write 11-23, 2026-11-23 or tomorrow"),
        ({"date": "today"}, "the shift of 李娜 on 03-10 has begun already"),
        ({"other": "陈静"}, "陈静 has no shift on 03-11: name a day on which they work"),
        ({"date": "2027-01-01"}, "李娜 has no shift on 2027-01-01: name a day on which they work"),
    ],
)
def test_what_nobody_can_swap_is_said_and_the_form_is_there_again(
    shift: Kit, fields: dict[str, Any], words: str
) -> None:
    outcomes = shift.run(SWAP, at="10:40", **{"agent": "李娜", "date": "明天", "other": "张伟", **fields})

    assert happened(outcomes) == []
    assert (said(outcomes), asked(outcomes)) == (words, ["swap"])
    assert getattr(outcomes[0], "tone", None) is Tone.WARN


def test_without_a_roster_there_is_nothing_to_swap(floorwatch: Kit) -> None:
    floorwatch.people = "name,employee\n李娜,1007\n张伟,1004\n"

    outcomes = floorwatch.run(SWAP, at="10:40", agent="李娜", date="明天", other="张伟")
    assert said(outcomes) == "no roster is read here: there is no shift to swap"


def test_the_same_swap_is_not_asked_for_twice_from_either_side(shift: Kit) -> None:
    shift.at("10:30").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")

    for agent, other in (("李娜", "张伟"), ("张伟", "李娜")):
        outcomes = shift.run(SWAP, at="10:40", agent=agent, date="明天", other=other)
        assert said(outcomes) == "李娜 has asked for this swap already"
    shift.at("10:35").refuses("s1", "no", by="王芳")
    assert happened(shift.run(SWAP, at="10:40", agent="李娜", date="明天", other="张伟"))


def test_somebody_unknown_is_refused_by_the_form(shift: Kit) -> None:
    with pytest.raises(RefusedError, match="nobody here"):
        shift.run(SWAP, at="10:40", agent="李娜", date="明天", other="Nobody")


# --- leave ---


def test_leave_of_a_whole_day_is_from_midnight_to_midnight(shift: Kit) -> None:
    outcomes = shift.run(LEAVE, at="10:40", agent="李娜", start="03-11", kind="年假")

    assert happened(outcomes) == [
        events.LeaveRequested(at(10, 10, 40), agent="1007", start=at(11, 0), end=at(12, 0), kind="年假")
    ]
    assert said(outcomes) == "Asked for, leave: 李娜, 年假, 03-11."


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "words"),
    [
        ("03-11 13:30", "18:00", at(11, 13, 30), at(11, 18), "03-11 13:30-18:00"),
        ("13:30", "", at(10, 13, 30), at(11, 0), "03-10 13:30 to 03-11 00:00"),
        ("明天", "03-13", at(11, 0), at(14, 0), "03-11 to 03-13"),
        ("2026-03-11", "+3", at(11, 0), at(15, 0), "03-11 to 03-14"),
    ],
)
def test_leave_is_typed_in_dates_and_hours(  # the columns of the table
    shift: Kit, start: str, end: str, first: float, last: float, words: str
) -> None:
    outcomes = shift.run(LEAVE, at="10:40", agent="李娜", start=start, end=end)

    (event,) = happened(outcomes)
    assert isinstance(event, events.LeaveRequested)
    assert (event.start, event.end) == (first, last)
    assert words in said(outcomes)


def test_leave_that_ends_before_it_begins_is_refused(shift: Kit) -> None:
    outcomes = shift.run(LEAVE, at="10:40", agent="李娜", start="03-12", end="03-11")

    assert (said(outcomes), asked(outcomes)) == ("the leave ends before it begins: write a later end", ["leave"])


def test_leave_in_the_peak_and_leave_without_a_shift_are_said(shift: Kit) -> None:
    shift.duty_rules(peak=PEAK)

    assert "in the peak period" in said(shift.run(LEAVE, at="10:40", agent="李娜", start="03-11"))
    assert "no shift then" in said(shift.run(LEAVE, at="10:40", agent="陈静", start="03-11"))


def test_leave_of_a_day_that_is_over_is_taken_and_said(shift: Kit) -> None:
    outcomes = shift.run(LEAVE, at="10:40", agent="赵敏", start="03-09")

    assert len(happened(outcomes)) == 1
    assert "over already" in said(outcomes)


def test_leave_that_is_asked_for_or_granted_is_not_asked_for_again(shift: Kit) -> None:
    shift.at("10:30").asks_leave("李娜", ("2026-03-11 00:00", "2026-03-12 00:00"), by="李娜", entry="l1")

    outcomes = shift.run(LEAVE, at="10:40", agent="李娜", start="03-11 09:00", end="12:00")
    assert said(outcomes) == "李娜 has leave then already, or has asked for it: leave: 李娜, 03-11"


def test_leave_begins_with_whoever_is_missing_from_today_on(shift: Kit) -> None:
    filled = shift.prefill(LEAVE, at="10:40", row="absence:1007")

    assert (filled["agent"], filled["start"]) == ("1007", "2026-03-10")
    assert shift.prefill(LEAVE, at="10:40", row="agent:1004")["agent"] == "1004"


# --- ticks ---


@pytest.fixture
def asked_for(shift: Kit) -> Kit:
    """A swap and a leave wait."""
    shift.at("10:30").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")
    shift.at("10:31").asks_leave("陈静", ("2026-03-10 00:00", "2026-03-11 00:00"), by="陈静", entry="l1")
    return shift


def test_the_form_of_a_tick_says_all_and_begins_with_the_next_one(asked_for: Kit) -> None:
    filled = asked_for.prefill(TICK, at="10:40", row="swap:s1")
    assert filled == {
        "request": "", "what": "swap: 李娜 03-11 with 张伟 03-11", "against": "not agreed yet", "ticks": "",
        "tick": "agreed", "override": "",
    }  # fmt: skip

    asked_for.at("10:35").ticks("s1", "agreed", by="张伟")
    filled = asked_for.prefill(TICK, at="10:40", row="swap:s1")
    assert (filled["tick"], filled["against"], filled["ticks"]) == ("head", "", "the other side agrees (张伟)")


def test_without_a_row_the_oldest_that_waits_is_meant(asked_for: Kit) -> None:
    assert asked_for.prefill(TICK, at="10:40")["request"] == "swap:s1"
    assert asked_for.prefill(TICK, at="10:40", row="agent:1016")["request"] == "leave:l1"
    assert asked_for.prefill(TICK, at="10:40", row="agent:1003")["request"] == ""


def test_a_tick_says_what_is_missing_and_the_last_who_is_to_be_told(asked_for: Kit) -> None:
    outcomes = asked_for.run(TICK, at="10:40", row="swap:s1", tick="agreed")
    assert happened(outcomes) == [events.RequestTicked(at(10, 10, 40), request="s1", tick=duty.Tick.AGREED)]
    assert said(outcomes) == "Ticked, swap: 李娜 03-11 with 张伟 03-11. It waits for the head, HR."

    asked_for.at("10:41").ticks("s1", "agreed", by="张伟").ticks("s1", "head", by="王芳")
    outcomes = asked_for.run(TICK, at="10:42", row="swap:s1", tick="hr")
    assert said(outcomes) == "Granted, swap: 李娜 03-11 with 张伟 03-11. Not told yet: 李娜, 张伟."


def test_a_swap_that_both_have_not_agreed_to_may_be_ticked_and_that_is_said(asked_for: Kit) -> None:
    outcomes = asked_for.run(TICK, at="10:40", row="swap:s1", tick="head")

    assert len(happened(outcomes)) == 1
    assert said(outcomes).endswith("It waits for the other side, HR. Against it: not agreed yet.")


def test_nobody_ticks_twice(asked_for: Kit) -> None:
    asked_for.at("10:35").ticks("s1", "head", by="Ada")

    outcomes = asked_for.run(TICK, at="10:40", row="swap:s1", tick="head")
    assert (happened(outcomes), said(outcomes)) == ([], "Ada has ticked that at 10:35 already.")


def test_leave_needs_nobody_elses_consent(asked_for: Kit) -> None:
    outcomes = asked_for.run(TICK, at="10:40", row="leave:l1", tick="agreed")

    assert happened(outcomes) == []
    assert asked(outcomes) == ["tick"]


def test_leave_in_the_peak_is_ticked_with_a_reason_only(asked_for: Kit) -> None:
    asked_for.duty_rules(peak=PEAK)

    outcomes = asked_for.run(TICK, at="10:40", row="leave:l1", tick="head")
    assert happened(outcomes) == []
    assert said(outcomes) == "This leave is in the peak period: write why it is granted all the same."
    assert asked(outcomes) == ["tick"]

    (event,) = happened(asked_for.run(TICK, at="10:40", row="leave:l1", tick="head", override="hospital"))
    assert isinstance(event, events.RequestTicked)
    assert event.override == "hospital"

    asked_for.at("10:41").ticks("l1", "head", by="王芳", override="hospital")
    outcomes = asked_for.run(TICK, at="10:42", row="leave:l1", tick="hr")
    assert said(outcomes) == "Granted, leave: 陈静, 03-10. Not told yet: 陈静."


@pytest.mark.parametrize("command", [TICK, REFUSE])
def test_what_is_closed_is_not_ticked_or_refused(asked_for: Kit, command: Command) -> None:
    asked_for.at("10:35").refuses("s1", "too few that day", by="Ada").calls_off("l1", "back", by="陈静")
    fields: dict[str, Any] = {"tick": "head"} if command is TICK else {"word": "no"}

    outcomes = asked_for.run(command, at="10:40", row="swap:s1", **fields)
    assert (happened(outcomes), said(outcomes)) == ([], "Refused by Ada already: too few that day")
    assert said(asked_for.run(command, at="10:40", row="leave:l1", **fields)) == "It was withdrawn."
    assert said(asked_for.run(command, at="10:40", **fields)) == "Nothing waits for a tick."
    assert said(asked_for.run(command, at="10:40", row="swap:gone", **fields)) == "Nothing waits for a tick."


def test_a_refusal_wants_a_word(asked_for: Kit) -> None:
    with pytest.raises(RefusedError):
        asked_for.run(REFUSE, at="10:40", row="swap:s1")

    outcomes = asked_for.run(REFUSE, at="10:40", row="swap:s1", word="too few that day")
    assert happened(outcomes) == [events.RequestRefused(at(10, 10, 40), request="s1", word="too few that day")]
    assert said(outcomes) == "Refused, swap: 李娜 03-11 with 张伟 03-11."


def test_what_is_granted_is_withdrawn_and_not_refused(asked_for: Kit) -> None:
    asked_for.at("10:35").ticks("l1", "head", by="王芳").ticks("l1", "hr", by="HR")

    outcomes = asked_for.run(REFUSE, at="10:40", row="leave:l1", word="no")
    assert said(outcomes) == "It is granted already: withdraw it if it is not to be."
    outcomes = asked_for.run(WITHDRAW, at="10:40", row="leave:l1", word="back")
    assert happened(outcomes) == [events.DutyWithdrawn(at(10, 10, 40), entry="l1", word="back")]
    assert said(outcomes) == "Withdrawn, leave: 陈静, 03-10."


# --- withdraw, tell ---


def test_marks_and_excuses_are_withdrawn_by_the_same_command(shift: Kit) -> None:
    shift.at("10:00").marks("李娜", "came", "09:10", by="王芳", entry="m1")
    shift.at("10:01").excuses("李娜", "09:00-09:10", "traffic", by="王芳", entry="e1")

    assert shift.prefill(WITHDRAW, at="10:40", row="mark:m1")["what"] == "李娜 came at 09:10"
    assert said(shift.run(WITHDRAW, at="10:40", row="mark:m1", word="x")) == "Withdrawn, 李娜 came at 09:10."
    assert said(shift.run(WITHDRAW, at="10:40", row="excuse:e1", word="x")) == "Withdrawn, excuse: 李娜, traffic."
    shift.at("10:02").calls_off("e1", by="王芳")
    assert said(shift.run(WITHDRAW, at="10:40", row="excuse:e1", word="x")) == "It was withdrawn already."


def test_nothing_is_withdrawn_without_a_row(shift: Kit) -> None:
    outcomes = shift.run(WITHDRAW, at="10:40", row="agent:1007", word="x")
    assert (happened(outcomes), said(outcomes)) == ([], "Choose a swap, a leave or an assignment first.")


def test_both_of_a_swap_are_told_one_after_the_other(asked_for: Kit) -> None:
    asked_for.at("10:35").ticks("s1", "head", by="王芳").ticks("s1", "hr", by="HR")

    assert asked_for.prefill(TELL, at="10:40", row="swap:s1")["agent"] == "1007"
    outcomes = asked_for.run(TELL, at="10:40", row="swap:s1", agent="1007")
    assert happened(outcomes) == [events.AgentTold(at(10, 10, 40), about="s1", agent="1007")]
    assert said(outcomes) == "李娜 knows: swap: 李娜 03-11 with 张伟 03-11. Not told yet: 张伟."

    asked_for.at("10:41").tells("李娜", "s1", by="王芳")
    assert asked_for.prefill(TELL, at="10:42", row="swap:s1")["agent"] == "1004"
    assert (
        said(asked_for.run(TELL, at="10:42", row="swap:s1", agent="李娜")) == "李娜 was told by 王芳 at 10:41 already."
    )


def test_only_those_are_told_whom_it_concerns(asked_for: Kit) -> None:
    outcomes = asked_for.run(TELL, at="10:40", row="leave:l1", agent="李娜")

    assert (happened(outcomes), said(outcomes)) == ([], "李娜 is not concerned by it.")
    assert asked(outcomes) == ["tell"]


def test_what_is_refused_is_told_too_and_said_so(asked_for: Kit) -> None:
    asked_for.at("10:35").refuses("l1", "too few", by="王芳")

    outcomes = asked_for.run(TELL, at="10:40", row="leave:l1", agent="陈静")
    assert said(outcomes) == "陈静 knows: leave: 陈静, 03-10. It is not granted."
