"""The alerts of seat support: help that is asked for, follow-ups, suspected incidents, seats that nobody was at."""

import pytest

from floorwatch.api import Alert, AlertTone
from floorwatch.testing import Kit, check_rule
from floorwatch_needs_you.panel import NeedsYou
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.rules import rules

LIMITS = Limits()
RULES = {rule.name: rule for rule in rules(LIMITS)}
NAMES = ("李娜", "张伟", "陈静", "赵敏", "王强", "刘洋")


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """Six agents on duty since nine."""
    for number, name in enumerate(NAMES):
        floorwatch.at("09:00").signs_in(name, "support", id=f"100{number}", seat=f"A0{number}")
    return floorwatch


def alerts(kit: Kit, rule: str, at: str) -> list[Alert]:
    """What the rule finds true."""
    return list(kit.alerts(RULES[rule], at=at))


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(RULES["help-waiting"])


@pytest.mark.parametrize(
    ("at", "tone"), [("10:30:59", AlertTone.NOTICE), ("10:31", AlertTone.WARN), ("10:33", AlertTone.ALARM)]
)
def test_help_turns_amber_and_red(shift: Kit, at: str, tone: AlertTone) -> None:
    shift.at("10:30").asks("李娜", "退税\n流程", by="李娜", entry="h1")

    (alert,) = alerts(shift, "help-waiting", at)
    assert (alert.subject, alert.text, alert.tone, alert.command) == ("help:h1", "help: 退税 流程", tone, "help")
    assert alert.since == shift.floor("10:33").at - 180
    assert alert.red_line == (tone is AlertTone.ALARM)


def test_help_to_which_somebody_is_on_the_way_is_less_urgent_and_still_there(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1").takes("h1", by="王芳")
    shift.at("10:30").asks("张伟", by="张伟", entry="h2")

    taken, other = alerts(shift, "help-waiting", "10:40")
    assert (taken.text, taken.tone) == ("help: 退税 (王芳 is on the way)", AlertTone.WARN)
    assert (other.text, other.tone) == ("asks for help", AlertTone.ALARM)


def test_help_that_was_answered_or_withdrawn_is_no_alert(shift: Kit) -> None:
    shift.at("10:30").asks("李娜", "x", by="李娜", entry="h1").helps("h1", "y", by="王芳")
    shift.at("10:30").asks("张伟", "x", by="张伟", entry="h2").needs_no_help("h2", "solved", by="张伟")
    assert alerts(shift, "help-waiting", "10:40") == []


def test_a_follow_up_is_due_from_its_moment_until_it_is_done(shift: Kit) -> None:
    due = shift.floor("10:00").at
    shift.at("10:00").note("李娜", "coaching", "pace", by="王芳", entry="n1", follow_up="look again", due_at=due + 1800)
    shift.at("10:00").note("张伟", "coaching", "pace", by="王芳", entry="n2", follow_up="some day")

    assert alerts(shift, "follow-up-due", "10:29:59") == []
    (alert,) = alerts(shift, "follow-up-due", "10:30")
    assert (alert.subject, alert.text, alert.since) == ("note:n1", "look again", due + 1800)
    assert alert.command == "follow-up-done"

    shift.at("10:40").follows_up("n1", "better", by="王芳")
    assert alerts(shift, "follow-up-due", "10:41") == []


def test_an_incident_is_suspected_and_a_notice_once_it_is_owned(shift: Kit) -> None:
    for number in range(6):
        shift.at(f"10:0{number}").fault(NAMES[number], "CRM", by="王芳", entry=f"n{number}")

    (alert,) = alerts(shift, "suspected-incident", "10:10")
    assert alert.text == "CRM does not work: A00 A01 A02 A03 and 2 more"
    assert (alert.tone, alert.command) == (AlertTone.WARN, "own-incident")
    assert alert.subject.startswith("incident:fault:crm@")

    shift.at("10:11").takes_incident(alert.subject.removeprefix("incident:"), by="王芳", title="CRM does not work")
    (after,) = alerts(shift, "suspected-incident", "10:12")
    assert after.text == "CRM does not work (王芳 sees to it)"
    assert (after.subject, after.tone, after.command) == (alert.subject, AlertTone.NOTICE, "close-incident")


def test_the_five_who_were_longest_without_a_visit_are_named(shift: Kit) -> None:
    for number, name in enumerate(NAMES):
        shift.at(f"09:0{number}").visits(name, by="王芳")
    shift.at("10:50").visits("李娜", by="王芳")

    found = alerts(shift, "not-visited", "11:04")
    assert [alert.subject for alert in found] == ["agent:1001", "agent:1002", "agent:1003", "agent:1004"]
    assert {alert.tone for alert in found} == {AlertTone.NOTICE}
    assert len(alerts(shift, "not-visited", "14:00")) == 5


def test_who_came_late_or_is_gone_is_not_missed(shift: Kit) -> None:
    shift.at("10:30").signs_in("马丽", "support", id="1009")
    shift.at("11:00").signs_out("李娜")

    subjects = [alert.subject for alert in alerts(shift, "not-visited", "11:30")]
    assert "agent:1009" not in subjects
    assert "agent:1000" not in subjects
    assert len(subjects) == 5


def test_all_of_it_stands_in_needs_you_by_seat_and_name(shift: Kit) -> None:
    shift.at("10:20").note("张伟", "coaching", by="王芳", entry="n1", follow_up="look again", due_at=1.0)
    shift.at("10:30").asks("李娜", "退税", by="李娜", entry="h1")
    for number in range(3):
        shift.at("10:38").fault(NAMES[number], "CRM", by="王芳", entry=f"f{number}")
    for rule in RULES.values():
        shift.asks(rule)

    shown = shift.show(NeedsYou(), at="10:41")
    cells = [[cell.text for cell in shown.row(key).cells] for key in shown.keys]
    assert ["A00 李娜", "1000", "help: 退税", "11:00", "take"] in cells
    assert ["A01 张伟", "1001", "look again"] in [row[:3] for row in cells]
    assert ["incident", "", "CRM does not work: A00 A01 A02", "3:00", "own"] in cells
    assert shown.row(shown.keys[0]).tone.value == "alarm"
