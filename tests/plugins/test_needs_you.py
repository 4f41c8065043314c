"""The panel "needs-you": one list of everything that calls for a person."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import (
    AgentCounts,
    AgentState,
    Alert,
    AlertTone,
    Ask,
    FloorSnapshot,
    Happened,
    Open,
    Outcome,
    RaisedAlert,
    RowKind,
    Toast,
    Tone,
    events,
)
from floorwatch.testing import Kit, RefusedError, Shown, check_command, check_panel, floors
from floorwatch_needs_you.commands import Acknowledge, SeesTo, Snoozes, Unsnoozes
from floorwatch_needs_you.panel import SNOOZED, UNKNOWN, NeedsYou

LONG_WAIT = Alert("queue:support", "support: 0 free, long wait", AlertTone.ALARM, floors.NOW - 102, "Lend an agent.")


def shown_on(kit: Kit, *parts: floors.Part, **options: Any) -> Shown:
    """The panel on a floor of these parts."""
    return kit.show(NeedsYou(), floor=parts, **options)


def detail(kit: Kit, floor: FloorSnapshot, key: str) -> str:
    """Everything that Enter on the row says."""
    shown = kit.show(NeedsYou(), floor=floor, row=key)
    assert shown.faults == ()
    return shown.words


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(NeedsYou())


def test_quiet_floor_is_said_kindly(floorwatch: Kit) -> None:
    parts = (floors.talking("1004", "张伟", "support", 239), floors.agent("1", state=AgentState.PAUSED, ago=899))

    assert shown_on(floorwatch, *parts).words.strip() == "Nothing needs you right now."


def test_alerts_that_are_not_known_are_not_said_to_be_none(floorwatch: Kit) -> None:
    floor = replace(floorwatch.floor(), alerts_known=False)
    shown = floorwatch.show(NeedsYou(), floor=floor)

    assert shown.keys == (UNKNOWN,)
    assert "alerts not known yet" in shown.words
    assert "Nothing needs you" not in shown.words
    assert "still being worked out" in detail(floorwatch, floor, UNKNOWN)


def test_alert_of_a_queue_says_what_and_since_when(floorwatch: Kit) -> None:
    shown = shown_on(floorwatch, floors.raised("longest-wait", LONG_WAIT, ago=40))

    row = shown.row(shown.keys[0])
    assert [cell.text for cell in row.cells] == ["support", "", "0 free, long wait", "1:42", "[enter]"]
    assert row.tone is Tone.ALARM


def test_alert_of_an_agent_names_seat_person_and_number(floorwatch: Kit) -> None:
    alert = Alert("agent:1007", "help: 退税流程", AlertTone.WARN)
    shown = shown_on(floorwatch, floors.raised("help", alert, ago=130), floors.agent("1007", "李娜", seat="A07"))

    row = shown.row(shown.keys[0])
    assert [cell.text for cell in row.cells][:4] == ["A07 李娜", "1007", "help: 退税流程", "2:10"]


@pytest.mark.parametrize(("talked", "tone"), [(239, None), (240, Tone.WARN), (299, Tone.WARN), (300, Tone.ALARM)])
def test_call_clock_is_amber_at_four_minutes_and_red_at_five(floorwatch: Kit, talked: float, tone: Tone | None) -> None:
    shown = shown_on(floorwatch, floors.talking("1004", "张伟", "common", talked, seat="B03"))

    assert [shown.tone(key) for key in shown.keys] == ([] if tone is None else [tone])


def test_call_clock_runs_on_while_the_caller_is_on_hold(floorwatch: Kit) -> None:
    shown = shown_on(floorwatch, floors.talking("1004", "张伟", "common", 310, held=20))

    assert shown.cell("call:common/common-1004", "since").text == "5:10"


def test_call_without_an_end_since_hours_is_no_long_call(floorwatch: Kit) -> None:
    assert shown_on(floorwatch, floors.talking("1004", "张伟", "common", 5 * 3600)).keys == ()


@pytest.mark.parametrize(
    ("reason", "ago", "over"),
    [("Lunch", 3599, None), ("lunch ", 3960, "+6:00"), ("Break", 1000, "+1:40"), (None, 901, "+0:01")],
)
def test_pause_over_the_limit_of_its_reason_counts_what_is_over(
    floorwatch: Kit, reason: str | None, ago: float, over: str | None
) -> None:
    shown = shown_on(
        floorwatch, floors.agent("1016", "陈静", AgentState.PAUSED, ago=ago, reason=reason, queues=["support"])
    )

    assert [shown.cell(key, "since").text for key in shown.keys] == ([] if over is None else [over])


def test_a_pause_has_the_limit_of_what_its_reason_means_on_this_floor(floorwatch: Kit) -> None:
    lunch = floors.agent("1", state=AgentState.PAUSED, ago=1800, reason="午餐")

    assert shown_on(floorwatch, lunch).keys == ()
    assert shown_on(floorwatch, lunch, pause_limits={"lunch": 1500}).keys == ("pause:1",)
    assert shown_on(floorwatch, lunch, pause_limits={"午餐": 1500, "lunch": 3600}).keys == ("pause:1",)


def test_pause_whose_beginning_nobody_saw_is_not_guessed_at(floorwatch: Kit) -> None:
    assert shown_on(floorwatch, floors.agent("1", state=AgentState.PAUSED, ago=None)).keys == ()


def test_most_urgent_comes_first_then_what_concerns_many_then_who_has_waited_longest(floorwatch: Kit) -> None:
    shown = shown_on(
        floorwatch,
        floors.raised("feed-silent", Alert("feed:ami", "ami: no line", AlertTone.WARN), ago=2000),
        floors.raised("note", Alert("agent:9", "look", AlertTone.NOTICE), ago=9000),
        floors.talking("1004", "张伟", "common", 320),
        floors.talking("1005", "赵敏", "common", 250),
        floors.raised("longest-wait", LONG_WAIT, ago=40),
        floors.agent("1016", "陈静", AgentState.PAUSED, ago=1200),
    )

    tops = [key.split("/")[0] for key in shown.keys]
    assert tops == ["alert:longest-wait", "call:common", "alert:feed-silent", "pause:1016", "call:common", "alert:note"]
    assert shown.keys[1] == "call:common/common-1004"


def test_who_asks_for_help_comes_before_who_was_not_visited_for_hours(floorwatch: Kit) -> None:
    late = Alert("agent:1", "not visited", AlertTone.NOTICE, floors.NOW - 9000)
    asked = Alert("help:h1", "asks for help", AlertTone.NOTICE, floors.NOW - 5)
    shown = shown_on(floorwatch, floors.raised("not-visited", late), floors.raised("help-waiting", asked))

    assert [key.split("/")[0] for key in shown.keys] == ["alert:help-waiting", "alert:not-visited"]


def test_limits_are_options(floorwatch: Kit) -> None:
    talk = floors.talking("1004", "张伟", "common", 100)

    pause = floors.agent("1", state=AgentState.PAUSED, ago=60, reason="WC")

    assert shown_on(floorwatch, talk, call_warn_seconds=90).keys == ("call:common/common-1004",)
    assert shown_on(floorwatch, pause, pause_limits={"wc": 50}).keys == ("pause:1",)


def test_red_before_amber_is_refused(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match="call_warn_seconds"):
        shown_on(floorwatch, call_warn_seconds=400)


def test_cleared_alert_needs_nobody(floorwatch: Kit) -> None:
    gone = RaisedAlert("longest-wait", LONG_WAIT, floors.NOW - 60, cleared_at=floors.NOW - 5)
    floor = replace(floors.snapshot(), alerts=(gone,))

    assert floorwatch.show(NeedsYou(), floor=floor).keys == ()


def test_row_keys_stay_while_the_thing_lasts(floorwatch: Kit) -> None:
    parts = (floors.raised("longest-wait", LONG_WAIT), floors.talking("1004", "张伟", "common", 250))
    now, later = floors.snapshot(*parts), floors.snapshot(*parts, at=floors.NOW + 100)

    first, second = floorwatch.show(NeedsYou(), floor=now), floorwatch.show(NeedsYou(), floor=later)
    assert set(first.keys) == set(second.keys)
    assert first.faults == ()


def test_detail_of_an_alert_says_what_to_do(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.raised("longest-wait", LONG_WAIT, ago=40))

    text = detail(floorwatch, floor, f"alert:{floor.alerts[0].id}")
    assert "support: 0 free, long wait" in text
    assert "Do this: Lend an agent." in text
    assert "since 10:39:25" in text
    assert "rule longest-wait" in text


def test_detail_of_a_call_hides_the_number_and_shows_the_day_of_the_agent(floorwatch: Kit) -> None:
    today = AgentCounts(answered=31, ended=30, talk_seconds=6000.0, missed_rings=2)
    floor = floors.snapshot(floors.talking("1004", "张伟", "vip", 320, number="02885551234", seat="B03", today=today))

    text = detail(floorwatch, floor, "call:vip/vip-1004")
    assert {
        "agent B03 张伟",
        "caller *********34",
        "waited 0:09",
        "answered 31",
        "mean talk 3:20",
        "missed rings 2",
    } <= set(text.splitlines())


def test_detail_says_what_this_feed_does_not_tell(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.talking("1004", "张伟", "vip", 320), gives=frozenset())

    assert "missed rings not in this feed" in detail(floorwatch, floor, "call:vip/vip-1004")


def test_detail_of_a_pause_and_of_what_is_over(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.agent("1016", "陈静", AgentState.PAUSED, ago=3960, reason="Lunch", seat="C11"))

    assert {"paused 1:06:00", "over the limit +6:00"} <= set(detail(floorwatch, floor, "pause:1016").splitlines())
    assert detail(floorwatch, floor, "pause:1017").strip() == "This no longer needs you."


# --- seen to, and snoozed ---


def with_alerts(kit: Kit, *, red_line: bool = False) -> tuple[str, str]:
    """Two alerts that are up; their ids. Whoever looks is Ada."""
    alarm = RaisedAlert("longest-wait", replace(LONG_WAIT, red_line=red_line), floors.NOW - 40)
    warn = RaisedAlert("feed-silent", Alert("feed:ami", "ami: no line", AlertTone.WARN), floors.NOW - 90)
    kit.put({"alerts": {alarm.id: alarm, warn.id: warn}})
    return alarm.id, warn.id


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(Acknowledge())


def test_one_key_and_enter_see_to_an_alert(floorwatch: Kit) -> None:
    alarm, _warn = with_alerts(floorwatch)

    filled = floorwatch.prefill(Acknowledge(), row=f"alert:{alarm}")
    assert filled == {"alert": "support: 0 free, long wait", "owner": "Ada", "word": ""}
    outcomes = floorwatch.run(Acknowledge(), row=f"alert:{alarm}", owner="Ada")
    assert happened(outcomes) == [events.AlertAcknowledged(floors.NOW, alert=alarm, owner="Ada")]
    assert said(outcomes) == "Ada sees to it."


def test_what_somebody_sees_to_stands_lower_and_muted_with_their_name(floorwatch: Kit) -> None:
    alarm, warn = with_alerts(floorwatch)
    floorwatch.at("10:41:07").acknowledges(alarm, by="Ada", owner="王芳", word="called two back")

    shown = floorwatch.show(NeedsYou())
    assert shown.keys == (f"alert:{warn}", f"alert:{alarm}")
    assert shown.cell(f"alert:{alarm}", "what").text == "seen to by 王芳: 0 free, long wait"
    assert shown.tone(f"alert:{alarm}") is Tone.MUTED
    words = floorwatch.show(NeedsYou(), row=f"alert:{alarm}").words
    assert {"seen to by 王芳", "word called two back", "entered by Ada"} <= set(words.splitlines())


def test_who_sees_to_it_is_known_where_it_was_raised_at_another_instant(floorwatch: Kit) -> None:
    alarm, warn = with_alerts(floorwatch)
    elsewhere = alarm.rpartition("/")[0] + "/1773110000"
    floorwatch.at("10:40").acknowledges(elsewhere, by="王芳").snoozes(warn.rpartition("/")[0] + "/1", 900, by="王芳")

    shown = floorwatch.show(NeedsYou())
    assert shown.tone(f"alert:{alarm}") is Tone.MUTED
    assert shown.tone(f"alert:{warn}") is Tone.WARN  # it does not say since when: no two are known to be the same


def test_who_saw_to_an_earlier_one_does_not_see_to_this(floorwatch: Kit) -> None:
    alarm, _warn = with_alerts(floorwatch)
    floorwatch.at("10:39").acknowledges(alarm.rpartition("/")[0] + "/1773110000", by="王芳")

    assert floorwatch.show(NeedsYou()).tone(f"alert:{alarm}") is Tone.ALARM


def test_the_first_who_sees_to_it_has_it(floorwatch: Kit) -> None:
    alarm, _warn = with_alerts(floorwatch)
    floorwatch.at("10:41:07").acknowledges(alarm, by="王芳")

    outcomes = floorwatch.run(Acknowledge(), row=f"alert:{alarm}", owner="Ada")
    assert happened(outcomes) == []
    assert said(outcomes) == "王芳 has been seeing to it since 10:41."


def test_a_snoozed_alert_is_away_until_then_and_counted(floorwatch: Kit) -> None:
    alarm, warn = with_alerts(floorwatch)
    (snoozed,) = happened(floorwatch.run(Snoozes(), row=f"alert:{warn}", until="+5m"))
    assert snoozed == events.AlertSnoozed(floors.NOW, alert=warn, until=floors.NOW + 300, tone=AlertTone.WARN)
    floorwatch.at("10:41:07").snoozes(warn, 300, by="Ada")

    shown = floorwatch.show(NeedsYou())
    assert shown.keys == (f"alert:{alarm}", SNOOZED)
    last = shown.row(SNOOZED)
    assert (last.cells[2].text, last.tone, last.kind) == ("1 snoozed", Tone.MUTED, RowKind.PLAIN)
    assert "until 10:46:07" in floorwatch.show(NeedsYou(), row=f"alert:{warn}").words
    assert floorwatch.show(NeedsYou(), row=SNOOZED).keys == (f"snoozed:{warn}",)
    assert floorwatch.show(NeedsYou(), at="10:46:07").keys == (f"alert:{alarm}", f"alert:{warn}")


def test_a_snoozed_alert_is_had_back_from_the_list_of_them(floorwatch: Kit) -> None:
    alarm, warn = with_alerts(floorwatch)
    floorwatch.at("10:41:07").snoozes(warn, 300, by="Ada")
    (row,) = floorwatch.show(NeedsYou(), row=SNOOZED, at="10:42").tables[0].rows
    assert (row.about, row.cells[-1].command) == (f"alert:{warn}", "unsnooze")
    assert "until 10:46:07" in floorwatch.show(NeedsYou(), row=row.key, at="10:42").words

    outcomes = floorwatch.run(Unsnoozes(), row=row.key, at="10:42")
    assert said(outcomes) == "Back in the list: ami: no line"
    for event in happened(outcomes):
        floorwatch.at("10:42").happens(event)

    assert floorwatch.show(NeedsYou(), at="10:42").keys == (f"alert:{alarm}", f"alert:{warn}")
    assert said(floorwatch.run(Unsnoozes(), row=row.key, at="10:42")) == "It is not snoozed."


def test_the_key_opens_the_form_for_an_alert_alone(floorwatch: Kit) -> None:
    alarm, _warn = with_alerts(floorwatch)

    assert floorwatch.run(SeesTo(), row=f"alert:{alarm}") == (Ask("acknowledge", f"alert:{alarm}"),)
    on_a_call = floorwatch.run(SeesTo(), row="call:common/1", panel="needs-you")
    assert said(on_a_call) == "Nothing to see to here: this is no alert."
    assert floorwatch.run(SeesTo(), row="agent:1", panel="agents") == (Open("needs-you"),)
    assert said(floorwatch.run(SeesTo(), row="alert:gone")) == "This no longer needs you."
    floorwatch.at("10:41:07").acknowledges(alarm, by="王芳")
    assert "王芳 has been" in said(floorwatch.run(SeesTo(), row=f"alert:{alarm}"))


def test_who_is_on_the_way_stands_in_place_of_the_key(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007", seat="A07")
    floorwatch.at("10:38").asks("李娜", "退税流程", by="李娜", entry="h1")
    asked = RaisedAlert("help-waiting", Alert("help:h1", "asks for help", command="help"), floors.NOW - 40)
    floorwatch.put({"alerts": {asked.id: asked}})

    def cell() -> tuple[str, str]:
        key = floorwatch.show(NeedsYou(), at="10:42").cell(f"alert:{asked.id}", "key")
        return key.text, key.command

    assert cell() == ("take", "help")
    floorwatch.at("10:41:30").takes("h1", by="王芳")
    assert cell() == ("王芳", "")
    floorwatch.me = "王芳"
    assert cell() == ("answer", "help")


def test_what_becomes_worse_while_it_is_snoozed_comes_back(floorwatch: Kit) -> None:
    _alarm, warn = with_alerts(floorwatch)
    for event in happened(floorwatch.run(Snoozes(), row=f"alert:{warn}", until="+5m")):
        floorwatch.at("10:41:07").happens(event)
    assert f"alert:{warn}" not in floorwatch.show(NeedsYou()).keys

    floor = floorwatch.floor()
    worse = tuple(replace(each, alert=replace(each.alert, tone=AlertTone.ALARM)) for each in floor.alerts)
    assert f"alert:{warn}" in floorwatch.show(NeedsYou(), floor=replace(floor, alerts=worse)).keys


def test_how_long_it_is_snoozed_is_an_option(floorwatch: Kit) -> None:
    alarm, _warn = with_alerts(floorwatch)

    assert floorwatch.prefill(Snoozes(), row=f"alert:{alarm}")["until"] == "+15m"
    assert floorwatch.prefill(Snoozes(), row=f"alert:{alarm}", options={"minutes": 5})["until"] == "+5m"
    with pytest.raises(RefusedError, match="above 0"):
        floorwatch.prefill(Snoozes(), row=f"alert:{alarm}", options={"minutes": 0})


def test_a_red_line_cannot_be_snoozed(floorwatch: Kit) -> None:
    alarm, warn = with_alerts(floorwatch, red_line=True)
    outcomes = floorwatch.run(Snoozes(), row=f"alert:{alarm}", until="+5m")
    assert happened(outcomes) == []
    assert "red line" in said(outcomes)

    floorwatch.at("10:41:07").snoozes(alarm, 300, by="Ada")
    assert floorwatch.show(NeedsYou()).keys == (f"alert:{alarm}", f"alert:{warn}")


def test_what_is_no_alert_or_no_longer_one_is_said(floorwatch: Kit) -> None:
    assert said(floorwatch.run(Acknowledge(), row="agent:1")) == "Put the cursor on an alert first."
    assert said(floorwatch.run(Snoozes(), row="alert:gone", until="+5m")) == "This no longer needs you."
    alarm, _warn = with_alerts(floorwatch)
    assert "past" in said(floorwatch.run(Snoozes(), row=f"alert:{alarm}", until="-5m"))


def test_rows_name_the_command_that_acts(floorwatch: Kit) -> None:
    alert = Alert("agent:1007", "not visited", AlertTone.NOTICE, command="note")
    other = Alert("agent:1008", "praise them", AlertTone.NOTICE, command="praise")
    shown = shown_on(floorwatch, floors.raised("a", alert), floors.raised("b", other))

    cells = [shown.row(key).cells[-1] for key in shown.keys]
    assert [(cell.text, cell.command) for cell in cells] == [("note", "note"), ("praise", "praise")]
