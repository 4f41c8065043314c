"""Commands, alert and report about callers who are to be called back."""

from collections.abc import Mapping

import pandas as pd
import pytest

from floorwatch.api import AlertTone, Ask, FloorSnapshot, Happened, Open, Outcome, Span, Toast, events
from floorwatch.testing import Kit, check_command, check_report, check_rule
from floorwatch_callers.commands import FORM, CalledBack, WritesCallBack
from floorwatch_callers.reports import CallBacksReport
from floorwatch_callers.rules import CallBackWaiting

NUMBER = "13800001234"
ROW = "call:sales/c5"


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(CalledBack())


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(CallBackWaiting(), minutes=1, warn_minutes=2)


def test_it_keeps_to_the_rules_of_reports() -> None:
    check_report(CallBacksReport())


def pressed(kit: Kit, row: str | None, floor: FloorSnapshot | None = None) -> Outcome:
    (outcome,) = kit.run(CalledBack(), row=row, floor=floor)
    return outcome


# --- the key ---


def test_the_key_opens_the_form_for_a_lost_call(morning: Kit) -> None:
    assert pressed(morning, ROW) == Ask(FORM, ROW)


def test_on_a_queue_it_is_for_whoever_is_to_be_called_first(morning: Kit) -> None:
    assert pressed(morning, "queue:sales") == Ask(FORM, ROW)
    assert isinstance(pressed(morning, "queue:support"), Toast)


@pytest.mark.parametrize("row", [None, "agent:1007"])
def test_anywhere_else_it_opens_the_list(morning: Kit, row: str | None) -> None:
    assert pressed(morning, row) == Open("callers")


def test_for_a_call_that_was_not_lost_it_opens_no_form(morning: Kit) -> None:
    assert pressed(morning, "call:support/c1") == Toast("Nobody is to be called back here.")


def test_who_was_first_is_said_in_place_of_the_form(morning: Kit) -> None:
    morning.at("10:20").calls_back("c5", by="Ada")

    assert pressed(morning, ROW, morning.floor("10:41")) == Toast("sales, ****34: called back 10:20 Ada.")


# --- the form ---


def test_the_form_says_whom_and_how_they_were_lost(morning: Kit) -> None:
    morning.at("10:20").calls_back("c5", by="Ada", reached=False)

    said = morning.prefill(WritesCallBack(), row=ROW, at="10:41")

    assert said["caller"] == "sales, ****34"
    assert said["lost"] == "10:02, hung up after 2:00, 2 calls today"
    assert said["tried"] == "tried 10:20 Ada"


def test_what_is_entered_names_the_visit_and_no_number(morning: Kit) -> None:
    happened, toast = morning.run(WritesCallBack(), row=ROW, result="reached", word="all is well")

    assert isinstance(happened, Happened)
    event = happened.event
    assert isinstance(event, events.CallReturned)
    assert event.visit == ("sales", "c5", morning.at("10:00").at)
    assert (event.reached, event.word) == (True, "all is well")
    assert NUMBER not in repr(event)
    assert toast == Toast("Called back: sales, ****34.")


def test_no_answer_is_an_entry_too(morning: Kit) -> None:
    happened, _toast = morning.run(WritesCallBack(), row=ROW, result="no-answer")

    assert isinstance(happened, Happened)
    assert isinstance(happened.event, events.CallReturned)
    assert not happened.event.reached


def test_an_older_call_of_the_same_caller_will_do(morning: Kit) -> None:
    happened, _toast = morning.run(WritesCallBack(), row="call:support/c4", result="reached")

    assert isinstance(happened, Happened)
    assert isinstance(happened.event, events.CallReturned)
    assert happened.event.call == "c4"


# --- the alert ---


def test_one_alert_a_queue_by_its_oldest_caller_who_waited_past_the_promise(morning: Kit) -> None:
    assert morning.alerts(CallBackWaiting(), at="10:25") == ()
    (alert,) = morning.alerts(CallBackWaiting(), at="10:45")

    assert (alert.subject, alert.text, alert.tone) == ("queue:sales", "sales: 2 to call back", AlertTone.NOTICE)
    assert (alert.since, alert.command) == (morning.at("09:31").at, "called-back")
    (later,) = morning.alerts(CallBackWaiting(), at="11:40")
    assert later.tone is AlertTone.WARN


def test_who_hung_up_within_the_promise_calls_for_nobody(floorwatch: Kit) -> None:
    floorwatch.at("09:00").enters("c1", "support").abandons("c1", wait_seconds=19)

    assert floorwatch.alerts(CallBackWaiting(), at="12:00") == ()


def test_a_call_back_ends_the_alert(morning: Kit) -> None:
    morning.at("10:42").calls_back("c5", by="Ada").calls_back("c7", by="Ada")

    assert morning.alerts(CallBackWaiting(), at="11:40") == ()


# --- the report ---


class Said(CallBacksReport):
    """The report with its text, which the kit does not ask for."""

    said = ""

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        if not self.said:
            self.said = "..."  # the text is made of the table
            self.said = self.text(frames, span)
        return super().build(frames, span)


def told(kit: Kit) -> list[str]:
    report = Said()
    kit.report(report)
    return report.said.splitlines()


def test_the_report_is_the_day_s_list(morning: Kit) -> None:
    morning.at("10:20").calls_back("c7", by="Ada", word="solved")
    morning.at("10:41")
    report = morning.report(CallBacksReport())
    rows = report.to_dict("records")

    assert [(row["queue"], row["caller"], row["became"], row["times"]) for row in rows] == [
        ("sales", NUMBER, "to call back", 2),
        ("sales", "02888887777", "called back", 1),
    ]
    assert (rows[1]["by"], rows[1]["at"], rows[1]["word"]) == ("Ada", "10:20:00", "solved")


def test_the_report_is_a_text_too_with_hidden_numbers(morning: Kit) -> None:
    morning.at("10:20").calls_back("c7", by="Ada")
    morning.at("10:25").calls_back("c5", by="Ada", reached=False)
    morning.at("10:41")
    text = told(morning)

    assert text == [
        "Call-backs, Tuesday 2026-03-10",
        "- to call back 1, called back 1, got through by themselves 0",
        "",
        "To call back",
        "- 10:02 sales, *********34: hung up after 2:00, 2 calls; tried 10:25 Ada",
        "",
        "Called back",
        "- 09:41 sales, *********77: waited too long after 1:00; reached 10:20 Ada",
    ]


def test_the_report_of_a_day_without_calls_says_so(floorwatch: Kit) -> None:
    assert told(floorwatch)[0] == "Call-backs: nobody was lost"


def test_the_report_of_a_day_that_is_over_tells_what_became_of_it_by_then(morning: Kit) -> None:
    morning.at("2026-03-11 09:00").enters("n1", "sales", number=NUMBER).abandons("n1")
    morning.at("2026-03-11 10:00")
    report = morning.report(CallBacksReport(), "2026-03-10 00:00", "2026-03-11 00:00")

    assert list(report["date"].unique()) == ["2026-03-10"]
    assert len(report) == 2
