"""The panel "needs-you": one list of everything that calls for a person."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import AgentCounts, AgentState, Alert, AlertTone, FloorSnapshot, RaisedAlert, Tone
from floorwatch.testing import Kit, RefusedError, Shown, check_panel, floors
from floorwatch_needs_you.panel import NeedsYou

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
