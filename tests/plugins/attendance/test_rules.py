"""What of attendance stands in *needs you*."""

import pytest

from floorwatch.api import Alert, AlertTone, Fact
from floorwatch.testing import Kit, check_rule
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.rules import rules

RULES = {rule.name: rule for rule in rules(Limits())}


def alerts(kit: Kit, at: str, limits: Limits | None = None) -> dict[str, tuple[str, Alert]]:
    """Every alert by its subject, with its rule."""
    asked = rules(limits or Limits())
    found = [(rule.name, alert) for rule in asked for alert in kit.alerts(rule, at=at)]
    assert len({alert.subject for _name, alert in found}) == len(found), "one alert a person"
    return {alert.subject: (name, alert) for name, alert in found}


def said(kit: Kit, at: str, limits: Limits | None = None) -> dict[str, tuple[str, str, AlertTone]]:
    """By subject: rule, words, tone."""
    return {key: (name, each.text, each.tone) for key, (name, each) in alerts(kit, at, limits).items()}


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(RULES["late"])


def test_due_is_a_notice_absent_a_warning_and_then_an_alarm(shift: Kit) -> None:
    shift.at("09:01").enters("c1", "support")
    shift.at("09:25").enters("c2", "support")

    found = [said(shift, at)["agent:1007"] for at in ("09:02", "09:06", "09:30")]
    assert found == [
        ("late", "due, not seen yet; roster 09:00-18:00", AlertTone.NOTICE),
        ("absent", "absent, roster 09:00-18:00", AlertTone.WARN),
        ("absent", "absent, roster 09:00-18:00", AlertTone.ALARM),
    ]


def test_an_alert_says_since_when_what_to_do_and_with_which_command(shift: Kit) -> None:
    _rule, alert = alerts(shift, "09:02")["agent:1007"]

    assert (alert.since, alert.command) == (shift.at("09:00").at, "attendance")
    assert alert.playbook


def test_nobody_is_missing_in_whose_place_somebody_comes_or_whose_shift_is_over(morning: Kit) -> None:
    assert "agent:1004" in said(morning, "09:20")
    morning.at("09:21").assigns("赵敏", "09:30-18:00", instead_of="张伟", by="王芳", entry="a1")
    assert "agent:1004" not in said(morning, "09:22")

    morning.at("09:23").calls_off("a1", by="王芳")
    morning.at("18:00").enters("c1", "support")
    assert "agent:1004" in said(morning, "09:24")
    assert "agent:1004" not in said(morning, "18:01")


def test_who_came_late_is_told_for_a_quarter_of_an_hour_unless_excused(morning: Kit) -> None:
    morning.at("09:26").enters("c1", "support")

    assert said(morning, "09:13")["agent:1007"] == ("late", "came late, at 09:12; roster 09:00-18:00", AlertTone.NOTICE)
    assert "agent:1007" in said(morning, "09:26:59")
    assert "agent:1007" not in said(morning, "09:27")

    morning.at("09:14").excuses("李娜", "09:00-09:12", "training", by="王芳", entry="e1")
    assert "agent:1007" not in said(morning, "09:15")


def test_a_break_over_its_limit_is_a_notice_then_a_warning(morning: Kit) -> None:
    morning.at("10:00").pauses("李娜", "break")
    morning.at("10:10").enters("c1", "support")

    found = [said(morning, at).get("agent:1007") for at in ("10:16", "10:16:05", "10:20")]
    words = "break over its limit"
    assert found == [None, ("break-over", words, AlertTone.NOTICE), ("break-over", words, AlertTone.WARN)]
    assert alerts(morning, "10:20")["agent:1007"][1].since == morning.at("10:15").at


def test_a_break_that_a_call_holds_is_none(morning: Kit) -> None:
    morning.at("10:00").enters("c1", "support")
    morning.at("10:01").answers("李娜", "c1")
    morning.at("10:02").pauses("李娜", "break")

    assert "agent:1007" not in said(morning, "10:18")


def test_who_left_early_is_told_until_they_are_back(morning: Kit) -> None:
    morning.at("16:00").signs_out("李娜")
    morning.at("16:10").signs_in("李娜", "support")

    assert RULES["left-early"].hold_seconds == 120
    assert said(morning, "16:05")["agent:1007"][:2] == ("left-early", "left early, at 16:00; roster 09:00-18:00")
    assert "agent:1007" not in said(morning, "16:11")


def test_witnesses_that_disagree_are_a_notice(shift: Kit) -> None:
    shift.at("09:15").punches("李娜: 08:52")

    found = said(shift, "09:20")["agent:1007"]
    assert found == ("witnesses-disagree", "punched in 08:52, not signed in", AlertTone.NOTICE)


def test_whoever_is_here_off_the_roster_is_told(shift: Kit) -> None:
    shift.at("10:00").signs_in("赵敏", "support")

    assert said(shift, "10:05")["agent:1003"][:2] == ("witnesses-disagree", "here, off the roster")


# --- silence accuses nobody ---


def test_a_call_feed_that_is_silent_accuses_nobody(shift: Kit) -> None:
    assert "agent:1007" in said(shift, "09:04:59")
    assert said(shift, "09:05:01") == {}
    assert "agent:1007" in said(shift, "09:05:01", Limits(feed_silent_seconds=3600))
    assert said(shift, "09:05:01", Limits(may_be_silent=("shift",))) == {}


def test_a_sheet_that_was_read_before_the_shift_accuses_nobody(shift: Kit) -> None:
    shift.gives = frozenset({Fact.CALLS})
    shift.at("08:55").punches("王芳: 08:49")
    assert said(shift, "09:20") == {}

    shift.at("09:21").punches("王芳: 08:49")
    assert "agent:1007" in said(shift, "09:22")


def test_what_somebody_marked_needs_no_feed(shift: Kit) -> None:
    shift.at("09:30").marks("李娜", "absent", by="王芳", entry="m1")

    assert said(shift, "11:00") == {"agent:1007": ("absent", "absent, roster 09:00-18:00", AlertTone.ALARM)}


def test_a_floor_without_a_witness_says_nothing(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset()
    floorwatch.at("00:10").roster("李娜: 09:00-18:00")

    assert said(floorwatch, "10:00") == {}


# --- many ---


def test_many_of_one_team_are_one_alert(floorwatch: Kit) -> None:
    rows = "\n".join(f"坐席{n},{1000 + n},{'B' if n < 7 else 'A'}" for n in range(10))
    floorwatch.people = f"name,employee,team\n{rows}\n"
    floorwatch.at("00:10").roster(*(f"坐席{n}: 09:00-18:00" for n in range(10)))
    floorwatch.at("09:05").signs_in("somebody else", "support")

    found = said(floorwatch, "09:10")
    assert found["team:B"] == ("absent", "B: 7 absent", AlertTone.WARN)
    assert sorted(found) == ["agent:1007", "agent:1008", "agent:1009", "agent:somebody else", "team:B"]
    assert alerts(floorwatch, "09:10")["team:B"][1].command == "attendance"
    assert len(said(floorwatch, "09:10", Limits(team_from=8))) == 11


def test_a_team_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="team_from: 0 must be 1 or more"):
        Limits(team_from=0)
