"""The panel "queue-status" and the rules that come with it."""

from typing import Any

import pytest

from floorwatch.api import (
    METRICS,
    AgentState,
    Bars,
    Fact,
    FloorSnapshot,
    RowKind,
    Target,
    Tone,
    figure_of,
    spoken,
)
from floorwatch.testing import Kit, RefusedError, Shown, check_metric, check_panel, check_rule, floors
from floorwatch_queue_status import floorwatch_metrics
from floorwatch_queue_status.panel import QueueStatus
from floorwatch_queue_status.rules import LongestWait

BUSY = (
    floors.caller("support", waited=102, number="02885551234"),
    floors.caller("support", waited=12),
    floors.caller("sales", waited=18),
    floors.day("support", offered=402, answered=371, answered_in_time=280, abandoned=22, answered_wait_seconds=11501.0),
    floors.day("sales", offered=290, answered=281, answered_in_time=240, abandoned=6),
    floors.day("vip", offered=120, answered=118, answered_in_time=110, abandoned=1),
    floors.talking("1004", "张伟", "support", 320, seat="B03"),
    floors.agent("1007", "李娜", AgentState.PAUSED, queues=["support", "sales"], reason="Lunch"),
    floors.agent("1009", "王芳", queues=["sales"]),
)


def busy(gives: frozenset[Fact] = floors.QUEUE_LOG_FACTS) -> FloorSnapshot:
    """A floor in the morning, as a queue log tells it."""
    return floors.snapshot(*BUSY, gives=gives)


def show(kit: Kit, floor: FloorSnapshot | None = None, **options: Any) -> Shown:
    """The panel on this floor, on the busy one without any."""
    return kit.show(QueueStatus(), floor=busy() if floor is None else floor, **options)


def titles(shown: Shown) -> list[str]:
    """The keys of the columns, from left to right."""
    return [column.key for column in shown.tables[0].columns]


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(QueueStatus(), groups={"Front line": ["support", "sales"]})


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(LongestWait())


def test_it_keeps_to_the_rules_of_metrics() -> None:
    check_metric(floorwatch_metrics()[0])


def test_a_queue_shows_who_waits_and_how_long(floorwatch: Kit) -> None:
    shown = show(floorwatch)

    assert shown.cell("queue:support", "waiting").text == "2"
    assert shown.cell("queue:support", "longest-wait").text == "1:42"
    assert shown.tone("queue:support", "longest-wait") is Tone.ALARM
    assert shown.tone("queue:sales", "longest-wait") is Tone.CALM


def test_figures_of_the_day_agree_with_the_metrics(floorwatch: Kit) -> None:
    floor = busy()
    shown = show(floorwatch, floor)

    for name in ("answer-rate", "abandoned", "offered", "answered"):
        value = figure_of(floor.queues["support"], name).value
        text = shown.cell("queue:support", name).text
        assert text == (spoken.share(value) if name == "answer-rate" else f"{value:.0f}")
    assert shown.cell("queue:support", "asa").text == "0:31"


def test_queue_without_calls_shows_no_rate_rather_than_zero_or_a_hundred(floorwatch: Kit) -> None:
    shown = show(floorwatch, floors.snapshot(floors.agent("1", queues=["vip"])))

    assert shown.cell("queue:vip", "answer-rate").text == "-"
    assert shown.cell("queue:vip", "service-level").text.strip() == "-"
    assert shown.cell("queue:vip", "longest-wait").text == "-"


def test_service_level_below_target_is_amber_and_ten_points_below_is_red(floorwatch: Kit) -> None:
    floor = floors.snapshot(
        floors.day("fair", offered=100, answered=100, answered_in_time=79),
        floors.day("poor", offered=100, answered=100, answered_in_time=69),
        floors.day("good", offered=100, answered=100, answered_in_time=80),
    )
    shown = show(floorwatch, floor)

    tones = [shown.cell(f"queue:{queue}", "service-level").tone for queue in ("good", "fair", "poor")]
    assert tones == [Tone.CALM, Tone.WARN, Tone.ALARM]


@pytest.mark.parametrize(("in_time", "mark"), [(90, "^"), (80, " "), (50, "v")])
def test_trend_mark_compares_the_last_two_intervals_with_the_day(floorwatch: Kit, in_time: int, mark: str) -> None:
    floor = floors.snapshot(
        floors.day("support", offered=1000, answered=1000, answered_in_time=800),
        floors.interval("support", 0, offered=20, answered=20, answered_in_time=in_time // 5),
        floors.interval("support", 1, offered=80, answered=80, answered_in_time=in_time - in_time // 5),
    )

    assert show(floorwatch, floor).cell("queue:support", "service-level").text == f"80.0{mark}"


def test_caller_waiting_past_the_promise_already_hurts_the_trend(floorwatch: Kit) -> None:
    answered = floors.interval("support", 0, offered=8, answered=7, answered_in_time=7)
    day = floors.day("support", offered=8, answered=7, answered_in_time=7)

    fresh = show(floorwatch, floors.snapshot(answered, day, floors.caller("support", waited=20)))
    late = show(floorwatch, floors.snapshot(answered, day, floors.caller("support", waited=21)))

    assert fresh.cell("queue:support", "service-level").text == "100.0 "
    assert late.cell("queue:support", "service-level").text == "87.5 "


def test_thresholds_are_those_of_the_queue(floorwatch: Kit) -> None:
    strict = floors.rules(vip=Target(seconds=5, longest_wait_seconds=15))
    floor = floors.snapshot(floors.caller("vip", waited=18), floors.caller("support", waited=18), rules=strict)
    shown = show(floorwatch, floor)

    assert shown.tone("queue:vip", "longest-wait") is Tone.ALARM
    assert shown.tone("queue:support", "longest-wait") is Tone.CALM


def test_total_takes_the_limit_of_the_queue_whose_caller_waits_longest(floorwatch: Kit) -> None:
    strict = floors.rules(vip=Target(seconds=5, longest_wait_seconds=15))
    floor = floors.snapshot(floors.caller("vip", waited=18), floors.caller("support", waited=17), rules=strict)

    assert show(floorwatch, floor).tone("total", "longest-wait") is Tone.ALARM


def test_agent_of_two_queues_counts_once_in_the_total(floorwatch: Kit) -> None:
    shown = show(floorwatch)

    assert shown.cell("queue:support", "paused").text == "1"
    assert shown.cell("queue:sales", "paused").text == "1"
    assert shown.cell("total", "paused").text == "1"


def test_state_that_no_feed_tells_has_no_column_and_is_never_zero(floorwatch: Kit) -> None:
    assert not {"ringing", "on-hold", "fault"} & set(titles(show(floorwatch)))
    assert show(floorwatch).cell("queue:support", "wrap-up").text == "?"
    assert {"ringing", "on-hold", "fault"} <= set(titles(show(floorwatch, busy(floors.EVERY_FACT))))
    assert show(floorwatch, busy(floors.EVERY_FACT)).cell("queue:support", "wrap-up").text == "0"


def test_every_figure_can_be_explained(floorwatch: Kit) -> None:
    known = set(METRICS) | {metric.name for metric in floorwatch_metrics()}
    shown = show(floorwatch, busy(floors.EVERY_FACT))

    for figure in set(titles(shown)) - {"queue", "target"}:
        explain = shown.cell("queue:support", figure).explain
        assert explain is not None
        assert explain.metric in known


def test_explanation_is_about_the_queues_of_the_row(floorwatch: Kit) -> None:
    shown = show(floorwatch, groups={"Front line": ["support", "sales"]})

    explained = {key: shown.cell(key, "waiting").explain for key in ("queue:support", "group:Front line", "total")}
    assert [explain and explain.queues for explain in explained.values()] == [("support",), ("support", "sales"), ()]


def test_groups_stand_above_their_queues_and_the_others_follow(floorwatch: Kit) -> None:
    shown = show(floorwatch, groups={"Front line": ["support", "sales", "gone"]})

    rows = [(row.key, row.kind, row.parent) for row in shown.tables[0].rows]
    assert rows == [
        ("group:Front line", RowKind.GROUP, None),
        ("queue:support", RowKind.PLAIN, "group:Front line"),
        ("queue:sales", RowKind.PLAIN, "group:Front line"),
        ("queue:vip", RowKind.PLAIN, None),
        ("total", RowKind.TOTAL, None),
    ]
    assert shown.cell("group:Front line", "offered").text == "692"


def test_queue_of_two_groups_stands_in_both_under_its_own_keys(floorwatch: Kit) -> None:
    shown = show(floorwatch, groups={"A": ["support"], "B": ["support", "vip"]})

    assert shown.faults == ()
    assert shown.cell("queue:support", "offered") == shown.cell("group:B/queue:support", "offered")


def test_total_can_be_hidden_and_one_queue_needs_none(floorwatch: Kit) -> None:
    assert "total" not in show(floorwatch, hide_total=True).keys
    assert show(floorwatch, floors.snapshot(floors.caller("vip", 3))).keys == ("queue:vip",)


def test_only_the_chosen_columns_are_shown(floorwatch: Kit) -> None:
    assert titles(show(floorwatch, columns=["service-level", "fault", "waiting"])) == [
        "queue", "waiting", "fault", "service-level",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"columns": ["wiat"]}, {"trend": ["sl"]}, {"trend_hours": 0}, {"colums": []}])
def test_option_that_cannot_be_is_refused_by_its_name(floorwatch: Kit, wrong: dict[str, Any]) -> None:
    with pytest.raises(RefusedError, match=next(iter(wrong))):
        show(floorwatch, **wrong)


def test_forty_columns_show_queue_waiting_longest_and_service_level(floorwatch: Kit) -> None:
    shown = show(floorwatch, busy(floors.EVERY_FACT))

    kept = [column.key for column in shown.tables[0].columns if column.drop == 0]
    assert kept == ["queue", "waiting", "longest-wait", "service-level"]
    assert shown.faults == ()


def test_trend_has_a_bar_an_interval_and_no_bar_where_nothing_is_known(floorwatch: Kit) -> None:
    floor = floors.snapshot(
        floors.interval("support", 0, offered=4, answered=4, answered_in_time=2, abandoned=1),
        floors.interval("support", 2, offered=9),
    )
    shown = show(floorwatch, floor, trend_hours=1)

    offered, abandoned, level = [part for part in shown.parts if isinstance(part, Bars)]
    assert offered.values == (None, 9.0, 0.0, 4.0)
    assert abandoned.values == (None, 0.0, 0.0, 1.0)
    assert level.values == (None, None, None, 0.4)


def test_trend_says_its_last_and_its_greatest_figure_and_once_the_unit(floorwatch: Kit) -> None:
    floor = floors.snapshot(
        floors.interval("support", 0, offered=4, answered=4, answered_in_time=2, abandoned=1),
        floors.interval("support", 2, offered=9),
    )
    shown = show(floorwatch, floor, trend_hours=1)

    captions = [part.caption for part in shown.parts if isinstance(part, Bars)]
    assert captions == ["now 4, most 9 in 15 min since 09:45", "now 1, most 1", "now 40.0%, least 40.0%"]


def test_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    assert show(floorwatch, floors.snapshot()).words.strip() == "No queues seen yet."


def test_equal_floors_give_equal_views(floorwatch: Kit) -> None:
    assert show(floorwatch) == show(floorwatch)


def test_detail_lists_callers_in_order_with_hidden_numbers(floorwatch: Kit) -> None:
    detail = floorwatch.show(QueueStatus(), floor=busy(), row="queue:support")

    callers = [detail.row(row.key) for row in detail.tables[0].rows]
    assert [[cell.text for cell in row.cells] for row in callers] == [
        ["1", "*********34", "1:42", "-", "support"],
        ["2", "no number", "0:12", "-", "support"],
    ]
    assert "02885551234" not in detail.words
    assert detail.faults == ()


def test_detail_shows_the_agents(floorwatch: Kit) -> None:
    detail = floorwatch.show(QueueStatus(), floor=busy(), row="queue:support")

    assert [cell.text for cell in detail.row("agent:1004").cells[2:5]] == ["张伟", "1004", "B03"]
    assert detail.cell("agent:1007", "reason").text == "Lunch"


def test_detail_shows_the_last_hour_by_five_minutes_the_running_ones_first(floorwatch: Kit) -> None:
    floorwatch.at("10:30").signs_in("李娜", "support").enters("c1", "support").enters("c2", "support")
    floorwatch.at("10:30:04").answers("李娜", "c1")
    floorwatch.at("10:31").abandons("c2")
    floorwatch.at("10:36").enters("c3", "support")
    detail = floorwatch.show(QueueStatus(), at="10:41:07", row="queue:support")

    hour = next(table for table in detail.tables if "5 minutes" in table.caption)
    assert [[cell.text for cell in row.cells] for row in hour.rows] == [
        ["10:40", "0", "0", "0", "1", "-", "-"],
        ["10:35", "1", "0", "0", "1", "0.0", "-"],
        ["10:30", "2", "1", "1", "2", "50.0", "0:04"],
    ]


def test_detail_lists_the_last_of_those_who_are_to_be_called_back(floorwatch: Kit) -> None:
    for number in range(7):
        moment = floorwatch.at(f"10:0{number}").enters(f"c{number}", "support", number=f"1380000123{number}")
        moment.abandons(f"c{number}", wait_seconds=40)
    floorwatch.at("10:08").enters("again", "support", number="13800001230").abandons("again", wait_seconds=12)
    floorwatch.at("10:09").enters("c9", "vip", number="777888").abandons("c9")
    detail = floorwatch.show(QueueStatus(), row="queue:support", at="10:10")
    waiting, lost, *_others = detail.tables

    assert (waiting.home, lost.home, lost.caption) == ("callers", "callers", "To call back: 7")
    assert [row.key for row in lost.rows] == ["call:support/again", *(f"call:support/c{n}" for n in (6, 5, 4, 3))]
    assert [cell.text for cell in lost.rows[0].cells] == ["*********30", "2x", "", "0:12", "call"]


def test_detail_says_what_each_caller_has_still_to_wait(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("李娜", "support").enters("c0", "support").answers("李娜", "c0")
    floorwatch.at("09:02").ends("c0").enters("c1", "support").answers("李娜", "c1")
    floorwatch.at("09:03").enters("c2", "support").enters("c3", "support")
    detail = floorwatch.show(QueueStatus(), row="queue:support", at="09:04")

    assert [detail.cell(f"call:support/{call}", "still").text for call in ("c2", "c3")] == ["~2:00", "~4:00"]


def test_detail_of_nobody_waiting_and_of_a_queue_that_is_gone_is_said_kindly(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.day("vip", offered=1))

    assert "No one is waiting." in floorwatch.show(QueueStatus(), floor=floor, row="queue:vip").words
    assert "no longer" in floorwatch.show(QueueStatus(), floor=floor, row="queue:gone").words


def test_caller_without_an_end_is_listed_as_such_and_left_out_of_the_longest_wait(floorwatch: Kit) -> None:
    floor = floors.snapshot(floors.caller("support", waited=5 * 3600, number="110"), floors.caller("support", waited=7))

    assert show(floorwatch, floor).cell("queue:support", "longest-wait").text == "0:07"
    assert "no end seen" in floorwatch.show(QueueStatus(), floor=floor, row="queue:support").words
