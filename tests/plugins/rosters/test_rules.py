"""The alerts of duty rosters: hands, noon, leaders, requests, documents."""

from typing import Any

import pytest

from floorwatch.api import Alert, AlertTone, Minimum, NoonRules, When
from floorwatch.testing import Kit, RefusedError, check_rule
from floorwatch_needs_you.panel import NeedsYou
from floorwatch_rosters.formats import formats
from floorwatch_rosters.rules import rules

RULES = {rule.name: rule for rule in rules()}


def alerts(kit: Kit, rule: str, at: str, **options: Any) -> list[Alert]:
    """What the rule finds true."""
    return list(kit.alerts(RULES[rule], at=at, **options))


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(RULES["coverage-gap"])


@pytest.fixture
def staffed(shift: Kit) -> Kit:
    """Both who are planned are at the phones."""
    shift.at("08:58").signs_in("李娜", "support", id="1007").signs_in("王芳", "support", id="9001")
    return shift


# --- hands ---


def test_a_gap_is_an_alarm_now_and_a_warning_ahead(staffed: Kit) -> None:
    staffed.duty_rules(minimums=(Minimum(600, 660, 3), Minimum(720, 780, 4)))

    now, ahead = alerts(staffed, "coverage-gap", "10:41")
    assert (now.subject, now.tone, now.text) == ("gap:now", AlertTone.ALARM, "until 11:00 1 too few: 2 of 3")
    assert (ahead.subject, ahead.tone, ahead.text) == ("gap:ahead", AlertTone.WARN, "12:00-13:00 2 too few: 2 of 4")
    assert {now.command, ahead.command} == {"assign"}


def test_a_gap_within_half_an_hour_is_an_alarm_and_one_far_ahead_is_none(staffed: Kit) -> None:
    staffed.duty_rules(minimums=(Minimum(720, 780, 4),))

    (alert,) = alerts(staffed, "coverage-gap", "11:30")
    assert alert.tone is AlertTone.ALARM
    assert alerts(staffed, "coverage-gap", "09:59") == []
    assert len(alerts(staffed, "coverage-gap", "09:59", ahead_seconds=7_260)) == 1


def test_the_words_of_a_gap_stay_the_same_while_time_goes_on(staffed: Kit) -> None:
    staffed.duty_rules(minimums=(Minimum(600, 720, 3),))
    assert alerts(staffed, "coverage-gap", "10:41")[0] == alerts(staffed, "coverage-gap", "10:44:59")[0]


def test_the_playbook_names_who_is_off(staffed: Kit) -> None:
    staffed.duty_rules(minimums=(Minimum(720, 780, 4),))

    (alert,) = alerts(staffed, "coverage-gap", "11:00")
    assert (
        alert.playbook == "Worst at 12:00. Move breaks and meetings away from it, or ask who is off: 陈静, 张伟, 赵敏."
    )


def test_without_a_roster_nothing_is_missing(floorwatch: Kit) -> None:
    floorwatch.duty_rules(minimums=(Minimum(0, 1440, 4),), noon=NoonRules(when=When.ALWAYS))
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007")

    assert alerts(floorwatch, "coverage-gap", "11:00") + alerts(floorwatch, "noon-guard", "11:00") == []


def test_limits_that_run_backwards_are_refused(shift: Kit) -> None:
    with pytest.raises(RefusedError, match="alarm_seconds"):
        shift.alerts(RULES["coverage-gap"], at="10:41", alarm_seconds=9000.0)


# --- noon ---


@pytest.mark.parametrize(
    ("at", "hard", "tone"),
    [("10:41", 3, AlertTone.WARN), ("11:00", 3, AlertTone.ALARM), ("10:41", 2, AlertTone.NOTICE), ("09:00", 3, None)],
)
def test_noon_is_a_warning_then_an_alarm_and_a_notice_below_the_target(
    staffed: Kit, at: str, hard: int, tone: AlertTone | None
) -> None:
    staffed.duty_rules(noon=NoonRules(hard=hard, target=3, when=When.ALWAYS))

    assert [(each.subject, each.tone) for each in alerts(staffed, "noon-guard", at)] == (
        [("noon:2026-03-10", tone)] if tone else []
    )


def test_noon_is_said_by_the_noon_guard_alone(staffed: Kit) -> None:
    staffed.duty_rules(noon=NoonRules(hard=3, target=3, when=When.ALWAYS))

    assert alerts(staffed, "coverage-gap", "10:41") == []
    assert alerts(staffed, "noon-guard", "10:41")[0].text == "2 on the phones at 11:30, 3 must stay"


def test_the_noon_guard_is_silent_where_it_does_not_hold(staffed: Kit) -> None:
    staffed.duty_rules(noon=NoonRules(hard=3, target=3, when=When.NEVER))
    assert alerts(staffed, "noon-guard", "11:20") == []


# --- leaders ---


def test_more_agents_than_the_leaders_can_lead(staffed: Kit) -> None:
    assert alerts(staffed, "span-of-control", "10:41") == []
    staffed.duty_rules(span=0)

    (alert,) = alerts(staffed, "span-of-control", "10:41")
    assert alert.subject == "leaders:floor"


def test_a_leader_on_a_long_call_is_named_since_it_began(staffed: Kit) -> None:
    staffed.at("10:30").enters("c1", "support")
    staffed.at("10:30:05").answers("王芳", "c1")

    assert alerts(staffed, "leader-on-call", "10:35") == []
    (alert,) = alerts(staffed, "leader-on-call", "10:36")
    assert (alert.subject, alert.since) == ("agent:9001", staffed.floor("10:30:05").at)


def test_a_learner_whose_mentor_is_away_too(floorwatch: Kit) -> None:
    floorwatch.people = "name,employee,mentor\n李娜,1007,\n张伟,1004,李娜\n"
    floorwatch.at("08:00").roster("李娜: 09:00-18:00", "张伟: 09:00-18:00")
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007").signs_in("张伟", "support", id="1004")
    floorwatch.at("10:30").pauses("李娜", "Lunch")
    assert alerts(floorwatch, "mentor-pair-away", "10:40") == []
    floorwatch.at("10:41").pauses("张伟", "Lunch")

    (alert,) = alerts(floorwatch, "mentor-pair-away", "10:42")
    assert (alert.subject, alert.text) == ("agent:1004", "away, and so is the mentor, 李娜")


# --- requests, documents ---


def test_a_swap_of_tomorrow_without_a_tick_is_said_from_noon_on(shift: Kit) -> None:
    shift.at("09:10").asks_swap("李娜", "2026-03-11", "张伟", "2026-03-11", by="李娜", entry="s1")

    assert alerts(shift, "request-waiting", "11:59") == []
    (alert,) = alerts(shift, "request-waiting", "12:00")
    assert (alert.subject, alert.command, alert.since) == ("swap:s1", "tick", shift.floor("09:10").at)
    assert alert.text == "waits for the other side, the head, HR: swap: 李娜 03-11 with 张伟 03-11"
    assert len(alerts(shift, "request-waiting", "11:30", from_hour=11.5)) == 1


def test_a_request_of_today_is_said_at_once_and_one_of_later_is_not(shift: Kit) -> None:
    shift.at("09:10").asks_leave("陈静", "13:00-21:00", by="陈静", entry="l1")
    shift.at("09:10").asks_leave("陈静", "13:00-21:00", day="2026-03-14", by="陈静", entry="l2")

    assert [each.subject for each in alerts(shift, "request-waiting", "09:11")] == ["leave:l1"]
    assert [each.subject for each in alerts(shift, "request-waiting", "20:00")] == ["leave:l1"]


def test_what_was_ticked_or_refused_waits_no_more(shift: Kit) -> None:
    shift.at("09:10").asks_leave("陈静", "13:00-21:00", by="陈静", entry="l1").ticks("l1", "head", by="王芳")
    shift.at("09:11").asks_leave("李娜", "13:00-14:00", by="李娜", entry="l2").refuses("l2", "no", by="王芳")
    assert [each.subject for each in alerts(shift, "request-waiting", "10:00")] == ["leave:l1"]
    shift.at("10:01").ticks("l1", "hr", by="王芳")
    assert alerts(shift, "request-waiting", "10:02") == []


def test_codes_and_people_whom_nobody_knows_are_one_notice_a_document(shift: Kit) -> None:
    shift.at("09:00").roster("李娜: 中2", "无名: 09:00-18:00", document="three")

    (alert,) = alerts(shift, "roster-unclear", "10:41")
    assert (alert.tone, alert.subject) == (AlertTone.NOTICE, "document:shift/three")
    assert alert.text == "1 code not known: 中2; 1 person not known: 无名"


def test_a_newer_file_that_cannot_be_used_is_said_until_one_can(shift: Kit) -> None:
    shift.at("09:00").roster("李娜: 09:00-18:00", document="three")
    shift.at("09:10").cannot_read("three", "torn")

    (alert,) = alerts(shift, "roster-unclear", "10:41")
    assert alert.text == "the newer file cannot be used: torn"
    shift.at("10:42").roster("李娜: 09:00-18:00", document="three")
    assert alerts(shift, "roster-unclear", "10:43") == []


def test_rows_of_a_roster_that_were_not_used_are_a_warning(shift: Kit) -> None:
    table = "name,start,end\n李娜,2026-03-10 09:00,2026-03-10 18:00\n王芳,2026-13-45 09:00,2026-13-45 18:00\n"
    format_ = next(each for each in formats() if each.name == "roster-table")
    shift.at("09:00").happens(shift.document(format_, table.encode(), "three", at="09:00"))

    (alert,) = alerts(shift, "roster-unclear", "10:41")
    assert alert.tone is AlertTone.WARN
    assert alert.text.startswith("1 row not used: ")
    assert "not planned now" in alert.playbook


# --- in needs you ---


def test_needs_you_says_whose_request_it_is_and_names_the_key(shift: Kit) -> None:
    shift.at("09:10").asks_leave("陈静", "13:00-21:00", by="陈静", entry="l1")
    shift.asks(RULES["request-waiting"])

    (row,) = shift.show(NeedsYou(), at="10:41").tables[0].rows
    assert [cell.text for cell in row.cells[:2]] == ["C11 陈静", "1016"]
    assert (row.cells[-1].text, row.cells[-1].command, row.about) == ("tick", "tick", "leave:l1")
    assert row.cells[2].text == "waits for the head, HR: leave: 陈静, 03-10 13:00-21:00"
