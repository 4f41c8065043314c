"""Notes: taken from a row, amended, withdrawn, done."""

from collections.abc import Mapping
from typing import Any

import pytest

from floorwatch.api import (
    Ask,
    Command,
    Happened,
    NoteKind,
    Outcome,
    TextField,
    Toast,
    events,
)
from floorwatch.testing import Kit, RefusedError, check_command
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_commands import note_commands
from floorwatch_seat_support.rules import HelpWaiting

COMMANDS = {command.name: command for command in note_commands()}
NOTE, SEAT_NOTE = COMMANDS["note"], COMMANDS["note-seat"]
AMEND, WITHDRAW, DONE = COMMANDS["amend-note"], COMMANDS["withdraw-note"], COMMANDS["follow-up-done"]


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def sent(
    kit: Kit, command: Command, row: str, began: Mapping[str, Any], at: str | None = None, **typed: Any
) -> events.Event:
    """The one event of a form that began with this and was sent with what was typed."""
    filled: dict[str, Any] = {**began, **typed}
    (event,) = happened(kit.run(command, row=row, at=at, **filled))
    return event


def taken(kit: Kit, row: str, **typed: Any) -> events.Event:
    """A note taken on this row, with what its form begins with."""
    return sent(kit, NOTE, row, kit.prefill(NOTE, row=row), **typed)


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(NOTE)


# --- taking one ---


@pytest.mark.parametrize("row", ["agent:1007", "call:support/c1"])
def test_agent_seat_state_and_call_are_frozen_in(shift: Kit, row: str) -> None:
    note = taken(shift, row, kind="praise")

    assert note == events.NoteTaken(
        shift.clock.now(),
        kind=NoteKind.PRAISE,
        agent="1007",
        seat="A07",
        state="on_call",
        queue="support",
        call="c1",
    )


def test_what_was_frozen_stays_although_the_call_ends_before_it_is_sent(shift: Kit) -> None:
    prefilled = shift.prefill(NOTE, row="agent:1007", at="10:41")
    shift.at("10:42").ends("c1", by="caller")

    note = sent(shift, NOTE, "agent:1007", prefilled, at="10:43", kind="state")

    assert isinstance(note, events.NoteTaken)
    assert (note.call, note.state) == ("c1", "on_call")


def test_of_another_person_than_the_row_s_the_facts_are_their_own(shift: Kit) -> None:
    note = taken(shift, "agent:1007", kind="coaching", agent="张伟")

    assert isinstance(note, events.NoteTaken)
    assert (note.agent, note.seat, note.state, note.call) == ("1004", "B03", "available", None)


def test_every_kind_has_a_letter_and_praise_alone_sends() -> None:
    kind = next(field for field in NOTE.parameters if field.name == "kind")

    options = {option.key: (option.value, option.sends) for option in getattr(kind, "options", ())}
    assert options == {
        "h": ("help", False),
        "s": ("state", False),
        "f": ("fault", False),
        "p": ("praise", True),
        "c": ("coaching", False),
        "k": ("check", False),
    }


def test_a_row_and_a_kind_are_enough_for_every_note(shift: Kit) -> None:
    for kind in NoteKind:
        taken(shift, "agent:1007", kind=kind.value)


def test_a_fault_is_reported_by_system_and_symptom(shift: Kit) -> None:
    fault = taken(shift, "agent:1007", kind="fault", tag="CRM", text="卡顿")

    assert isinstance(fault, events.FaultReported)
    assert (fault.system, fault.symptom, fault.seat) == ("CRM", "卡顿", "A07")


def test_a_follow_up_without_words_is_called_by_the_note(shift: Kit) -> None:
    note = taken(shift, "agent:1007", kind="coaching", text="先说明时限", due="+15m")

    assert isinstance(note, events.NoteTaken)
    assert (note.follow_up, note.due_at) == ("先说明时限", shift.clock.now() + 900)


def test_without_a_row_somebody_has_to_be_named(shift: Kit) -> None:
    with pytest.raises(RefusedError, match="agent"):
        shift.run(NOTE, kind="praise")

    (note,) = happened(shift.run(NOTE, kind="praise", agent="李娜"))
    assert isinstance(note, events.NoteTaken)
    assert note.agent == "1007"


def test_an_agent_whom_nobody_knows_is_refused_with_the_form_open(shift: Kit) -> None:
    with pytest.raises(RefusedError, match="9999"):
        shift.run(NOTE, row="agent:9999", kind="state", agent="9999")


def test_a_request_for_help_is_about_whoever_asked(shift: Kit) -> None:
    shift.at("10:35").asks("张伟", "退税流程", by="张伟", entry="h1")

    assert shift.prefill(NOTE, row="help:h1")["agent"] == "1004"


def test_an_alert_is_about_whatever_it_names(shift: Kit) -> None:
    shift.at("10:35").asks("张伟", "退税流程", by="张伟", entry="h1")
    shift.asks(HelpWaiting(Limits()))
    (alert,) = shift.floor("10:41").alerts

    assert shift.prefill(NOTE, row=f"alert:{alert.id}", at="10:41")["agent"] == "1004"


def test_a_row_about_nobody_leaves_the_person_to_be_named(shift: Kit) -> None:
    assert shift.prefill(NOTE, row="queue:support")["agent"] == ""
    assert shift.prefill(NOTE, row="incident:crm")["agent"] == ""


def test_a_seat_without_an_agent_has_notes_too(shift: Kit) -> None:
    (fault,) = happened(shift.run(SEAT_NOTE, kind="fault", seat="C11", tag="耳机"))
    (check,) = happened(shift.run(SEAT_NOTE, kind="check", seat="C11", text="桌面整洁"))

    assert isinstance(fault, events.FaultReported)
    assert isinstance(check, events.NoteTaken)
    assert (fault.agent, fault.seat, fault.system) == (None, "C11", "耳机")
    assert (check.agent, check.seat) == (None, "C11")


@pytest.mark.parametrize("text", ["a\x1b[31mb", "👩‍👩‍👧 很好", "王" * 9_999, "<b>[red]&</b>"])
def test_whatever_is_written_is_kept_as_it_is(shift: Kit, text: str) -> None:
    note = taken(shift, "agent:1007", kind="state", text=text)

    assert isinstance(note, events.NoteTaken)
    assert note.text == text


def test_more_than_ten_thousand_characters_are_refused_and_not_cut(shift: Kit) -> None:
    with pytest.raises(RefusedError, match="10000"):
        shift.run(NOTE, row="agent:1007", kind="state", agent="1007", text="x" * 10_001)


def test_there_is_no_field_for_family_property_or_health() -> None:
    names = {field.name for command in COMMANDS.values() for field in command.parameters}

    assert names == {
        "who", "kind", "tag", "text", "follow_up", "due", "agent", "seat", "state", "queue", "call",
        "note_id", "said", "word", "outcome",
    }  # fmt: skip


def test_asking_is_no_outcome_of_a_note(shift: Kit) -> None:
    outcomes = shift.run(NOTE, row="agent:1007", kind="help", agent="1007", text="退税? 三十天")

    assert not any(isinstance(each, Ask) for each in outcomes)
    assert isinstance(happened(outcomes)[0], events.NoteTaken)


# --- what becomes of one ---


def test_amending_begins_with_what_it_says_and_says_the_rest(noted: Kit) -> None:
    prefilled = noted.prefill(AMEND, row="note:n1")
    assert (prefilled["kind"], prefilled["tag"], prefilled["follow_up"]) == ("coaching", "退税", "再听")

    amended = sent(noted, AMEND, "note:n1", prefilled, text="先说明材料")

    assert amended == events.NoteAmended(
        noted.clock.now(),
        note="n1",
        kind=NoteKind.COACHING,
        tag="退税",
        text="先说明材料",
        follow_up="再听",
        due_at=noted.at("10:50").at,
    )


def test_a_follow_up_that_is_emptied_is_no_more(noted: Kit) -> None:
    prefilled = noted.prefill(AMEND, row="note:n1")

    amended = sent(noted, AMEND, "note:n1", prefilled, follow_up="", due="")

    assert isinstance(amended, events.NoteAmended)
    assert amended.follow_up == ""


def test_a_note_is_withdrawn_with_a_word_only(noted: Kit) -> None:
    with pytest.raises(RefusedError, match="word"):
        noted.run(WITHDRAW, row="note:n1")

    assert happened(noted.run(WITHDRAW, row="note:n1", word="wrong seat")) == [
        events.NoteWithdrawn(noted.clock.now(), note="n1", word="wrong seat")
    ]


def test_an_agent_s_row_means_the_newest_note_and_keeps_to_it(noted: Kit) -> None:
    prefilled = noted.prefill(WITHDRAW, row="agent:1007")
    noted.at("10:41").note("李娜", "state", "累", by="赵敏", entry="n2")

    withdrawn = sent(noted, WITHDRAW, "agent:1007", prefilled, at="10:42", word="twice")

    assert isinstance(withdrawn, events.NoteWithdrawn)
    assert withdrawn.note == "n1"


def test_a_follow_up_is_done_with_what_came_of_it(noted: Kit) -> None:
    prefilled = noted.prefill(DONE, row="agent:1007")
    assert prefilled["follow_up"] == "再听"

    assert sent(noted, DONE, "agent:1007", prefilled, outcome="好多了") == events.FollowUpDone(
        noted.clock.now(), note="n1", outcome="好多了"
    )


def test_who_comes_too_late_is_told_by_name(noted: Kit) -> None:
    noted.at("10:45").follows_up("n1", by="赵敏")
    noted.at("10:46").withdraws("old", by="赵敏")

    assert "赵敏" in said(noted.run(DONE, row="note:n1", at="10:47"))
    assert "赵敏" in said(noted.run(WITHDRAW, row="note:old", at="10:47", word="x"))


@pytest.mark.parametrize("command", [AMEND, WITHDRAW, DONE], ids=lambda command: str(command.name))
def test_where_there_is_no_note_that_is_said_and_nothing_entered(noted: Kit, command: Command) -> None:
    fields: dict[str, Any] = {"amend-note": {"kind": "state"}, "withdraw-note": {"word": "x"}}.get(command.name, {})

    outcomes = noted.run(command, row="note:gone", **fields)

    assert happened(outcomes) == []
    assert said(outcomes)


def test_the_words_for_how_somebody_is_are_offered_from_the_first_day() -> None:
    words = ("steady", "strained", "needs a break", "away")

    assert [_tag(command).suggestions for command in (NOTE, AMEND, SEAT_NOTE)] == [words, words, ()]


def _tag(command: Command) -> TextField:
    (field,) = (each for each in command.parameters if each.name == "tag")
    assert isinstance(field, TextField)
    return field


def test_a_note_on_somebody_whom_no_feed_has_shown_names_them(floorwatch: Kit) -> None:
    floorwatch.people = "name,employee,seat\n李娜,1007,A07\n"
    filled: dict[str, Any] = {**floorwatch.prefill(NOTE, row="agent:1007"), "kind": "praise"}
    outcomes = floorwatch.run(NOTE, row="agent:1007", **filled)

    assert said(outcomes) == "Noted, praise: A07 李娜 1007"
