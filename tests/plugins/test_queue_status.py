"""The panel "queue-status" and the rules that come with it."""

import pytest
from msgspec import ValidationError, convert

from floorwatch.api import (
    METRICS,
    AgentState,
    Alert,
    AlertTone,
    Bars,
    Fact,
    FloorSnapshot,
    Membership,
    RowKind,
    Stack,
    Table,
    Target,
    Tone,
    View,
    figure_of,
    spoken,
)
from floorwatch.testing import floors, reading
from floorwatch_queue_status import floorwatch_metrics
from floorwatch_queue_status.options import QueueStatusOptions
from floorwatch_queue_status.panel import QueueStatus
from floorwatch_queue_status.rules import (
    FeedSilent,
    FeedSilentOptions,
    LongestWait,
    LongestWaitOptions,
    WaitingOverFree,
    WaitingOverFreeOptions,
)

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


def build(floor: FloorSnapshot, **options: object) -> View:
    """The panel with options as the configuration gives them."""
    return QueueStatus().build(floor, convert(options, QueueStatusOptions))


def table(view: View) -> Table:
    """The table of queues."""
    return reading.tables(view)[0]


def titles(view: View) -> list[str]:
    """The keys of the columns, from left to right."""
    return [column.key for column in table(view).columns]


def test_a_queue_shows_who_waits_and_how_long() -> None:
    view = build(busy())

    assert reading.cell(view, "queue:support", "waiting").text == "2"
    assert reading.said(reading.cell(view, "queue:support", "longest-wait")) == "1:42"
    assert reading.tone(reading.cell(view, "queue:support", "longest-wait")) is Tone.ALARM
    assert reading.tone(reading.cell(view, "queue:sales", "longest-wait")) is Tone.CALM


def test_figures_of_the_day_agree_with_the_metrics() -> None:
    floor = busy()
    view = build(floor)

    for name in ("answer-rate", "abandoned", "offered", "answered"):
        value = figure_of(floor.queues["support"], name).value
        text = reading.cell(view, "queue:support", name).text
        assert text == (spoken.share(value) if name == "answer-rate" else f"{value:.0f}")
    assert reading.cell(view, "queue:support", "asa").text == "0:31"


def test_queue_without_calls_shows_no_rate_rather_than_zero_or_a_hundred() -> None:
    view = build(floors.snapshot(floors.agent("1", queues=["vip"])))

    assert reading.cell(view, "queue:vip", "answer-rate").text == "-"
    assert reading.cell(view, "queue:vip", "service-level").text.strip() == "-"
    assert reading.cell(view, "queue:vip", "longest-wait").text == "-"


def test_service_level_below_target_is_amber_and_ten_points_below_is_red() -> None:
    floor = floors.snapshot(
        floors.day("fair", offered=100, answered=100, answered_in_time=79),
        floors.day("poor", offered=100, answered=100, answered_in_time=69),
        floors.day("good", offered=100, answered=100, answered_in_time=80),
    )
    view = build(floor)

    tones = [reading.cell(view, f"queue:{queue}", "service-level").tone for queue in ("good", "fair", "poor")]
    assert tones == [Tone.CALM, Tone.WARN, Tone.ALARM]


@pytest.mark.parametrize(("in_time", "mark"), [(90, "^"), (80, " "), (50, "v")])
def test_trend_mark_compares_the_last_two_intervals_with_the_day(in_time: int, mark: str) -> None:
    floor = floors.snapshot(
        floors.day("support", offered=1000, answered=1000, answered_in_time=800),
        floors.interval("support", 0, offered=20, answered=20, answered_in_time=in_time // 5),
        floors.interval("support", 1, offered=80, answered=80, answered_in_time=in_time - in_time // 5),
    )

    assert reading.cell(build(floor), "queue:support", "service-level").text == f"80.0{mark}"


def test_caller_waiting_past_the_promise_already_hurts_the_trend() -> None:
    answered = floors.interval("support", 0, offered=8, answered=7, answered_in_time=7)
    day = floors.day("support", offered=8, answered=7, answered_in_time=7)

    fresh = build(floors.snapshot(answered, day, floors.caller("support", waited=20)))
    late = build(floors.snapshot(answered, day, floors.caller("support", waited=21)))

    assert reading.cell(fresh, "queue:support", "service-level").text == "100.0 "
    assert reading.cell(late, "queue:support", "service-level").text == "87.5 "


def test_thresholds_are_those_of_the_queue() -> None:
    strict = floors.rules(vip=Target(seconds=5, longest_wait_seconds=15))
    floor = floors.snapshot(floors.caller("vip", waited=18), floors.caller("support", waited=18), rules=strict)
    view = build(floor)

    assert reading.tone(reading.cell(view, "queue:vip", "longest-wait")) is Tone.ALARM
    assert reading.tone(reading.cell(view, "queue:support", "longest-wait")) is Tone.CALM


def test_total_takes_the_limit_of_the_queue_whose_caller_waits_longest() -> None:
    strict = floors.rules(vip=Target(seconds=5, longest_wait_seconds=15))
    floor = floors.snapshot(floors.caller("vip", waited=18), floors.caller("support", waited=17), rules=strict)

    assert reading.tone(reading.cell(build(floor), "total", "longest-wait")) is Tone.ALARM


def test_agent_of_two_queues_counts_once_in_the_total() -> None:
    view = build(busy())

    assert reading.cell(view, "queue:support", "paused").text == "1"
    assert reading.cell(view, "queue:sales", "paused").text == "1"
    assert reading.cell(view, "total", "paused").text == "1"


def test_state_that_no_feed_tells_has_no_column_and_is_never_zero() -> None:
    assert not {"ringing", "on-hold", "fault"} & set(titles(build(busy())))
    assert reading.cell(build(busy()), "queue:support", "wrap-up").text == "?"
    assert {"ringing", "on-hold", "fault"} <= set(titles(build(busy(floors.EVERY_FACT))))
    assert reading.cell(build(busy(floors.EVERY_FACT)), "queue:support", "wrap-up").text == "0"


def test_every_figure_can_be_explained() -> None:
    known = set(METRICS) | {metric.name for metric in floorwatch_metrics()}
    view = build(busy(floors.EVERY_FACT))

    for figure in set(titles(view)) - {"queue", "target"}:
        explain = reading.cell(view, "queue:support", figure).explain
        assert explain is not None
        assert explain.metric in known


def test_explanation_is_about_the_queues_of_the_row() -> None:
    view = build(busy(), groups={"Front line": ["support", "sales"]})

    explained = {
        key: reading.cell(view, key, "waiting").explain for key in ("queue:support", "group:Front line", "total")
    }
    assert [explain and explain.queues for explain in explained.values()] == [("support",), ("support", "sales"), ()]


def test_groups_stand_above_their_queues_and_the_others_follow() -> None:
    view = build(busy(), groups={"Front line": ["support", "sales", "gone"]})

    rows = [(row.key, row.kind, row.parent) for row in table(view).rows]
    assert rows == [
        ("group:Front line", RowKind.GROUP, None),
        ("queue:support", RowKind.PLAIN, "group:Front line"),
        ("queue:sales", RowKind.PLAIN, "group:Front line"),
        ("queue:vip", RowKind.PLAIN, None),
        ("total", RowKind.TOTAL, None),
    ]
    assert reading.cell(view, "group:Front line", "offered").text == "692"


def test_queue_of_two_groups_stands_in_both_under_its_own_keys() -> None:
    view = build(busy(), groups={"A": ["support"], "B": ["support", "vip"]})

    assert reading.faults(view) == []
    assert reading.cell(view, "queue:support", "offered") == reading.cell(view, "group:B/queue:support", "offered")


def test_total_can_be_hidden_and_one_queue_needs_none() -> None:
    assert "total" not in [row.key for row in table(build(busy(), hide_total=True)).rows]
    assert [row.key for row in table(build(floors.snapshot(floors.caller("vip", 3)))).rows] == ["queue:vip"]


def test_only_the_chosen_columns_are_shown() -> None:
    assert titles(build(busy(), columns=["service-level", "fault", "waiting"])) == [
        "queue", "waiting", "fault", "service-level",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"columns": ["wiat"]}, {"trend": ["sl"]}, {"trend_hours": 0}, {"colums": []}])
def test_option_that_cannot_be_is_refused_by_its_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        convert(wrong, QueueStatusOptions)


def test_forty_columns_show_queue_waiting_longest_and_service_level() -> None:
    view = build(busy(floors.EVERY_FACT))

    kept = [column.key for column in table(view).columns if column.drop == 0]
    assert kept == ["queue", "waiting", "longest-wait", "service-level"]
    assert reading.faults(view) == []


def test_trend_has_a_bar_an_interval_and_no_bar_where_nothing_is_known() -> None:
    floor = floors.snapshot(
        floors.interval("support", 0, offered=4, answered=4, answered_in_time=2, abandoned=1),
        floors.interval("support", 2, offered=9),
    )
    view = build(floor, trend_hours=1)

    assert isinstance(view, Stack)
    offered, abandoned, level = [part for part in view.views if isinstance(part, Bars)]
    assert offered.values == (None, 9.0, 0.0, 4.0)
    assert abandoned.values == (None, 0.0, 0.0, 1.0)
    assert level.values == (None, None, None, 0.4)


def test_trend_says_its_last_and_its_greatest_figure_and_once_the_unit() -> None:
    floor = floors.snapshot(
        floors.interval("support", 0, offered=4, answered=4, answered_in_time=2, abandoned=1),
        floors.interval("support", 2, offered=9),
    )
    view = build(floor, trend_hours=1)

    assert isinstance(view, Stack)
    captions = [part.caption for part in view.views if isinstance(part, Bars)]
    assert captions == ["now 4, most 9 in 15 min since 09:45", "now 1, most 1", "now 40.0%, least 40.0%"]


def test_empty_floor_is_said_kindly() -> None:
    assert reading.words(build(floors.snapshot())).strip() == "No queues seen yet."


def test_equal_floors_give_equal_views() -> None:
    assert build(busy()) == build(busy())


def test_detail_lists_callers_in_order_with_hidden_numbers() -> None:
    detail = QueueStatus().detail(busy(), QueueStatusOptions(), "queue:support")

    callers = reading.tables(detail)[0]
    assert [[reading.said(cell) for cell in row.cells] for row in callers.rows] == [
        ["1", "*********34", "1:42", "support"],
        ["2", "no number", "0:12", "support"],
    ]
    assert "02885551234" not in reading.words(detail)
    assert reading.faults(detail) == []


def test_detail_shows_the_agents_and_the_last_hour() -> None:
    floor = floors.snapshot(
        *BUSY, floors.interval("support", 1, offered=9, answered=6, abandoned=2, answered_in_time=6)
    )
    detail = QueueStatus().detail(floor, QueueStatusOptions(), "queue:support")

    assert [cell.text for cell in reading.row(detail, "agent:1004").cells[2:5]] == ["张伟", "1004", "B03"]
    assert reading.cell(detail, "agent:1007", "reason").text == "Lunch"
    _callers, hour, _agents = reading.tables(detail)
    assert [row.cells[0].text for row in hour.rows] == ["09:30", "09:45", "10:00", "10:15", "10:30"]
    assert [cell.text for cell in hour.rows[3].cells[1:]] == ["9", "6", "2", "0", "75.0", "0:00"]


def test_detail_of_nobody_waiting_and_of_a_queue_that_is_gone_is_said_kindly() -> None:
    floor = floors.snapshot(floors.day("vip", offered=1))

    assert "No one is waiting." in reading.words(QueueStatus().detail(floor, QueueStatusOptions(), "queue:vip"))
    assert "no longer" in reading.words(QueueStatus().detail(floor, QueueStatusOptions(), "queue:gone"))


def test_caller_without_an_end_is_listed_as_such_and_left_out_of_the_longest_wait() -> None:
    floor = floors.snapshot(floors.caller("support", waited=5 * 3600, number="110"), floors.caller("support", waited=7))

    assert reading.said(reading.cell(build(floor), "queue:support", "longest-wait")) == "0:07"
    assert "no end seen" in reading.words(QueueStatus().detail(floor, QueueStatusOptions(), "queue:support"))


# --- rules ---------------------------------------------------------------------------------------------------------


def longest_wait(floor: FloorSnapshot, *queues: str) -> list[Alert]:
    """What the rule finds true."""
    return list(LongestWait().check(floor, LongestWaitOptions(queues)))


def test_wait_at_the_limit_of_the_queue_is_an_alarm_since_the_entry() -> None:
    floor = floors.snapshot(floors.caller("support", waited=60), floors.agent("1", queues=["support"]))

    (alert,) = longest_wait(floor)
    assert (alert.subject, alert.tone, alert.since) == ("queue:support", AlertTone.ALARM, floors.NOW - 60)
    assert alert.text == "support: 1 free, long wait"
    assert alert.playbook
    assert longest_wait(floors.snapshot(floors.caller("support", waited=59))) == []


def test_alert_says_the_same_a_second_later() -> None:
    parts = (floors.caller("support", waited=70), floors.agent("1", queues=["support"]))

    now, later = floors.snapshot(*parts), floors.snapshot(*parts, at=floors.NOW + 1)
    assert longest_wait(now) == longest_wait(later)


def test_free_is_not_spoken_of_where_no_feed_tells_who_is_signed_in() -> None:
    floor = floors.snapshot(floors.caller("support", waited=70), gives=frozenset({Fact.CALLS}))

    assert [alert.text for alert in longest_wait(floor)] == ["support: 1 waiting, long wait"]
    assert list(WaitingOverFree().check(floor, WaitingOverFreeOptions(margin=0))) == []


def test_only_the_chosen_queues_are_watched() -> None:
    floor = floors.snapshot(floors.caller("support", waited=70), floors.caller("vip", waited=70))

    assert [alert.subject for alert in longest_wait(floor, "vip")] == ["queue:vip"]


@pytest.mark.parametrize(("waiting", "raised"), [(3, False), (4, True)])
def test_more_waiting_than_free_counts_past_the_margin(waiting: int, raised: bool) -> None:
    callers = [floors.caller("support", waited=n + 1.0) for n in range(waiting)]
    floor = floors.snapshot(*callers, floors.agent("1", queues=["support"]), floors.agent("2", queues=["sales"]))

    alerts = list(WaitingOverFree().check(floor, WaitingOverFreeOptions(margin=2)))
    assert [alert.text for alert in alerts] == (["support: 4 wait, 1 free"] if raised else [])


def test_silent_feed_is_told_while_somebody_works() -> None:
    parts = (floors.feed("queue_log", silent=310), floors.feed("ami", silent=2), floors.agent("1"))

    (alert,) = FeedSilent().check(floors.snapshot(*parts), FeedSilentOptions())
    assert (alert.subject, alert.text) == ("feed:queue_log", "queue_log: no line since 10:35")
    assert alert.since == floors.NOW - 310


@pytest.mark.parametrize(
    "part",
    [
        floors.agent("1", state=AgentState.SIGNED_OUT, queues={"support": Membership(False)}),
        floors.day("support", offered=3),
    ],
    ids=["all signed out", "nobody there"],
)
def test_feed_may_be_silent_at_night(part: floors.Part) -> None:
    floor = floors.snapshot(floors.feed("queue_log", silent=9000), part)

    assert list(FeedSilent().check(floor, FeedSilentOptions())) == []


def test_feed_that_is_ignored_or_never_spoke_is_not_told() -> None:
    floor = floors.snapshot(
        floors.feed("roster", silent=900), floors.feed("late", silent=None), floors.caller("vip", 3)
    )

    assert list(FeedSilent().check(floor, FeedSilentOptions(ignore=("roster",)))) == []
