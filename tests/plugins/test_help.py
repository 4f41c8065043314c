"""Help: asking, going, answering, the line of those who wait, and what was asked before."""

from typing import Any

import pytest

from floorwatch.api import Ask, Happened, Open, Outcome, Table, Toast, Tone, events
from floorwatch.testing import Kit, RefusedError, check_command, check_panel
from floorwatch_seat_support.help_commands import help_commands
from floorwatch_seat_support.help_panel import HelpPanel
from floorwatch_seat_support.limits import Limits

LIMITS = Limits()
PANEL = HelpPanel(LIMITS)
COMMANDS = {command.name: command for command in help_commands()}
ASK, HELP = COMMANDS["ask"], COMMANDS["help"]


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """Two agents on duty; whoever looks is 王芳."""
    floorwatch.me = "王芳"
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007", seat="A07", team="A")
    floorwatch.at("09:00").signs_in("张伟", "support", id="1004", seat="B03", team="B")
    return floorwatch


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(ASK)


def test_the_panel_keeps_to_the_rules_of_panels() -> None:
    check_panel(PANEL)


# --- asking ---


def test_the_first_who_asks_is_told_so(shift: Kit) -> None:
    outcomes = shift.run(ASK, at="10:40", question="退税流程?", agent="李娜")

    (asked,) = happened(outcomes)
    assert isinstance(asked, events.HelpRequested)
    assert (asked.agent, asked.question, asked.seat) == ("1007", "退税流程?", "A07")
    assert said(outcomes) == "You are first in line."


def test_who_asks_is_told_their_place_and_who_is_on_the_way(shift: Kit) -> None:
    shift.at("10:30").asks("张伟", "VAT?", by="张伟", entry="h1")
    shift.at("10:31").takes("h1", by="王芳")

    outcomes = shift.run(ASK, at="10:40", agent="1007")
    assert said(outcomes) == "You are number 2 in line; 王芳 is on the way to number 1."


def test_several_who_are_helped_are_counted(shift: Kit) -> None:
    shift.at("10:30").asks("张伟", "a", by="张伟", entry="h1").asks("张伟", "b", by="张伟", entry="h2")
    shift.at("10:31").takes("h1", by="王芳").takes("h2", by="Ada")

    assert said(shift.run(ASK, at="10:40", agent="1007")) == (
        "You are number 3 in line; somebody is on the way to 2 of them."
    )


@pytest.mark.parametrize("word", ["1007", "李娜"])
def test_who_asks_is_whoever_writes_by_name_or_number(shift: Kit, word: str) -> None:
    shift.me = word
    (asked,) = happened(shift.run(ASK, at="10:40", question="x"))

    assert isinstance(asked, events.HelpRequested)
    assert asked.agent == "1007"


def test_somebody_whom_no_feed_shows_may_ask(shift: Kit) -> None:
    (asked,) = happened(shift.run(ASK, at="10:40", agent="陈静"))
    assert isinstance(asked, events.HelpRequested)
    assert (asked.agent, asked.question) == ("陈静", "")


def test_nobody_asks_for_nobody(shift: Kit) -> None:
    shift.me = ""
    outcomes = shift.run(ASK, at="10:40")
    assert happened(outcomes) == []
    assert "Say who asks" in said(outcomes)


def test_the_same_question_twice_is_in_line_once(shift: Kit) -> None:
    shift.at("10:30").asks("张伟", "VAT?", by="张伟", entry="h1")
    shift.at("10:31").asks("李娜", "退税 流程?", by="李娜", entry="h2")

    outcomes = shift.run(ASK, at="10:40", agent="1007", question="退税流程")
    assert happened(outcomes) == []
    assert said(outcomes) == "Asked already. You are number 2 in line."


def test_who_asks_twice_where_no_feed_is_read_is_in_line_once(floorwatch: Kit) -> None:
    floorwatch.people = "interface,name,employee,seat,team\nPJSIP/1007,李娜,1007,A07,A\n"
    floorwatch.me = "李娜"
    floorwatch.at("10:31").asks("1007", "退税?", by="李娜", entry="h2")

    assert said(floorwatch.run(ASK, at="10:40", question="退税")) == "Asked already. You are first in line."


def test_a_leader_asks_for_the_agent_of_the_row_with_their_call(shift: Kit) -> None:
    shift.at("10:30").enters("c1", "support").answers("李娜", "c1")
    request = COMMANDS["request-help"]

    assert shift.prefill(request, at="10:40", row="agent:1007")["agent"] == "1007"
    outcomes = shift.run(request, at="10:40", row="agent:1007", agent="1007", question="退税")
    (asked,) = happened(outcomes)
    assert asked == events.HelpRequested(
        asked.at, agent="1007", question="退税", seat="A07", queue="support", call="c1"
    )
    assert said(outcomes) == "A07 李娜 is first in line."


# --- the one key ---


def test_the_key_takes_an_open_request(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")

    outcomes = shift.run(HELP, at="10:40", row="help:h1")
    (taken,) = happened(outcomes)
    assert isinstance(taken, events.HelpTaken)
    assert taken.help == "h1"
    assert said(outcomes) == "Yours: A07 李娜. 退税"


def test_the_key_answers_what_one_has_taken(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:31").takes("h1", by="王芳")

    assert shift.run(HELP, at="10:40", row="help:h1") == (Ask("answer-help", "help:h1"),)


def test_the_key_says_who_is_on_the_way_and_offers(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:31").takes("h1", by="Ada")

    outcomes = shift.run(HELP, at="10:40", row="help:h1")
    assert said(outcomes) == "Ada has been on the way since 10:31. You may answer all the same."
    assert outcomes[-1] == Ask("answer-help", "help:h1")


def test_the_key_on_an_agent_goes_to_what_they_asked_else_asks_for_them(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")

    (taken,) = happened(shift.run(HELP, at="10:40", row="agent:1007"))
    assert isinstance(taken, events.HelpTaken)
    assert shift.run(HELP, at="10:40", row="agent:1004") == (Ask("request-help", "agent:1004"),)


def test_the_key_opens_the_line_elsewhere_and_what_is_closed(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:31").helps("h1", "Form A", by="王芳")

    assert shift.run(HELP, at="10:40") == (Open("help"),)
    assert shift.run(HELP, at="10:40", row="queue:support") == (Open("help"),)
    assert shift.run(HELP, at="10:40", row="help:h1") == (Open("help", "help:h1"),)


# --- answering, giving back, withdrawing ---


def test_the_form_shows_what_was_answered_before(shift: Kit) -> None:
    shift.at("10:00").asks("张伟", "退税 流程？", by="张伟", entry="h0")
    shift.at("10:05").helps("h0", "Form A, then B", by="王芳")
    shift.at("10:30").asks("李娜", "退税流程", by="李娜", entry="h1")

    shown = shift.prefill(COMMANDS["answer-help"], at="10:40", row="help:h1")
    assert shown == {"who": "A07 李娜", "question": "退税流程", "taken": "", "before": "Form A, then B", "answer": ""}


def test_an_answer_is_kept_and_none_is_needed(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    answer = COMMANDS["answer-help"]

    (kept,) = happened(shift.run(answer, at="10:40", row="help:h1", answer="Form A"))
    assert kept == events.HelpAnswered(kept.at, help="h1", answer="Form A")
    assert said(shift.run(answer, at="10:40", row="help:h1")) == "A07 李娜: helped."


def test_without_a_row_the_answer_is_for_what_one_has_taken(shift: Kit) -> None:
    shift.at("10:29").asks("张伟", "VAT", by="张伟", entry="h0")
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:31").takes("h1", by="王芳")

    (kept,) = happened(shift.run(COMMANDS["answer-help"], at="10:40", answer="Form A"))
    assert isinstance(kept, events.HelpAnswered)
    assert kept.help == "h1"


def test_who_comes_too_late_is_told_by_name(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:31").takes("h1", by="Ada")

    outcomes = shift.run(COMMANDS["take-help"], at="10:40", row="help:h1")
    assert happened(outcomes) == []
    assert said(outcomes) == "Ada has been on the way since 10:31."

    shift.at("10:41").helps("h1", "Form A", by="Ada")
    assert said(shift.run(COMMANDS["answer-help"], at="10:42", row="help:h1")) == "Answered by Ada already."


def test_what_was_taken_can_be_given_back(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    release = COMMANDS["release-help"]
    assert happened(shift.run(release, at="10:31", row="help:h1")) == []

    shift.at("10:32").takes("h1", by="王芳")
    (released,) = happened(shift.run(release, at="10:40", row="help:h1"))
    assert isinstance(released, events.HelpReleased)


def test_who_gives_back_what_another_had_taken_is_told_whose_it_was(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:32").takes("h1", by="Ada")

    assert "Ada has been on the way since 10:32" in said(shift.run(COMMANDS["release-help"], at="10:40", row="help:h1"))


def test_no_request_is_withdrawn_without_a_word(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    withdraw = COMMANDS["withdraw-help"]
    with pytest.raises(RefusedError):
        shift.run(withdraw, at="10:40", row="help:h1")

    (gone,) = happened(shift.run(withdraw, at="10:40", row="help:h1", word="it solved itself"))
    assert gone == events.HelpWithdrawn(gone.at, help="h1", word="it solved itself")


def test_a_request_stays_until_it_is_closed(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:31").signs_out("李娜")
    shift.day("2026-03-12")

    assert shift.show(PANEL, at="18:00").keys == ("help:h1",)


def test_what_the_journal_says_of_a_request_waits_for_its_line(shift: Kit) -> None:
    asked_at = shift.floor("10:31").at
    key = f"shift/1007/{asked_at:.3f}"
    shift.at("10:31:10").happens(
        events.HelpTaken(asked_at + 10, id="e1", by="王芳", help=key),
        events.HelpReleased(asked_at + 20, id="e2", by="王芳", help=key),
        events.HelpTaken(asked_at + 30, id="e3", by="Ada", help=key),
        events.HelpTaken(asked_at + 40, id="e4", by="Eve", help=key),
    )
    shift.at("10:31:20").happens(events.HelpRequested(asked_at, agent="1007", question="退税"))

    help_ = shift.floor("10:32").support.helps[key]
    assert (help_.question, help_.taken_by) == ("退税", "Ada")


def test_what_was_taken_back_before_the_line_came_does_not_wait(shift: Kit) -> None:
    asked_at = shift.floor("10:31").at
    key = f"shift/1007/{asked_at:.3f}"
    shift.at("10:31:10").happens(
        events.HelpTaken(asked_at + 10, id="e1", by="王芳", help=key),
        events.EntryUndone(asked_at + 20, id="e2", by="王芳", entry="e1"),
    )
    shift.at("10:31:20").happens(events.HelpRequested(asked_at, agent="1007"))

    assert shift.floor("10:32").support.helps[key].taken_at is None


# --- the panel ---


def test_an_empty_line_is_said_kindly(shift: Kit) -> None:
    assert "Nobody waits for help." in shift.show(PANEL, at="10:40").words


def test_the_oldest_comes_first_and_turns_amber_and_red(shift: Kit) -> None:
    shift.at("10:36").asks("李娜", "退税", by="李娜", entry="h1")
    shift.at("10:38").asks("张伟", "", by="张伟", entry="h2").takes("h2", by="Ada")
    shift.at("10:39:30").asks("张伟", "VAT", by="张伟", entry="h3")
    shift.at("10:37").takes("h1", by="王芳")

    shown = shift.show(PANEL, at="10:40")
    assert shown.keys == ("help:h1", "help:h2", "help:h3")
    assert [shown.tone(key, "age") for key in shown.keys] == [Tone.ALARM, Tone.WARN, Tone.CALM]
    assert [shown.cell(key, "taken").text for key in shown.keys] == ["王芳", "Ada", ""]
    assert [shown.cell(key, "key").text for key in shown.keys] == ["answer", "", "take"]
    assert shown.cell("help:h2", "question").text == "asks for help"
    assert shown.cell("help:h1", "who").text == "A07 李娜"


def test_the_same_question_is_counted_over_the_day(shift: Kit) -> None:
    shift.at("10:00").asks("张伟", "退税 流程？", by="张伟", entry="h0")
    shift.at("10:05").helps("h0", "Form A", by="王芳")
    shift.at("10:30").asks("李娜", "退税流程", by="李娜", entry="h1")

    shown = shift.show(PANEL, at="10:40")
    assert shown.cell("help:h1", "times").text == "x2"
    assert shown.cell("help:h0", "answer").text == "Form A"


def test_everything_of_a_request_stands_behind_it(shift: Kit) -> None:
    shift.at("10:00").asks("张伟", "退税 流程？", by="张伟", entry="h0")
    shift.at("10:05").helps("h0", "Form A", by="Ada")
    shift.at("10:30").asks("李娜", "退税流程", by="王芳", entry="h1", queue="support", call="c1")
    shift.at("10:31").takes("h1", by="王芳")

    words = shift.show(PANEL, at="10:40", row="help:h1").words
    for fact in ("who A07 李娜", "number 1007", "asked 10:30:00", "entered by 王芳", "call c1", "on the way 王芳"):
        assert fact in words
    assert "Form A" in words
    assert "the same" in words
    assert "asked today 2" in words


def test_a_long_answer_is_shown_whole(shift: Kit) -> None:
    answer = " ".join(f"step{number}" for number in range(1_500))
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1").helps("h1", answer, by="王芳")

    words = shift.show(PANEL, at="10:40", row="help:h1").words
    assert "step0 " in words
    assert "step1499" in words


def test_words_are_looked_for_in_all_questions_and_answers(shift: Kit) -> None:
    shift.at("10:00").asks("张伟", "退税 流程？", by="张伟", entry="h0").helps("h0", "Form ＡＢ", by="王芳")
    shift.at("10:30").asks("李娜", "VAT", by="李娜", entry="h1")

    assert shift.show(PANEL, at="10:40", row="search:form ab").keys == ("help:h0",)
    assert shift.show(PANEL, at="10:40", row="search:李娜 vat").keys == ("help:h1",)
    assert shift.show(PANEL, at="10:40", row="search:nothing").keys == ()
    (table,) = [part for part in shift.show(PANEL, at="10:40").tables if part.caption == ""]
    assert isinstance(table, Table)
    assert table.searches


def test_it_fits_a_telephone(shift: Kit) -> None:
    shift.at("10:36").asks("李娜", "退税流程", by="李娜", entry="h1").takes("h1", by="王芳")

    text = shift.show(PANEL, at="10:40").text(width=38)
    assert "李娜" in text
    assert "退税" in text
    assert "4:00" in text
    assert "王芳" in text


@pytest.mark.parametrize("name", ["answer-help", "withdraw-help"])
def test_the_longest_question_can_be_answered_and_withdrawn(shift: Kit, name: str) -> None:
    shift.at("10:00").asks("张伟", "问" * 2_000, by="张伟", entry="old")
    shift.at("10:05").helps("old", "答" * 10_000, by="王芳")
    shift.at("10:10").asks("李娜", "问" * 2_000, by="李娜", entry="h1")
    prefilled = shift.prefill(COMMANDS[name], row="help:h1", at="10:41")
    typed = {"answer": "x"} if name == "answer-help" else {"word": "x"}
    filled: dict[str, Any] = {**prefilled, **typed}

    assert len(happened(shift.run(COMMANDS[name], row="help:h1", at="10:41", **filled))) == 1
