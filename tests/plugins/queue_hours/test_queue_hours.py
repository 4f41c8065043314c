"""The panel "queue-hours" and what stands behind its rows."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import Chart, Focus, Level, Open, RowKind, SeriesForm, Text, Tone, figure_of
from floorwatch.testing import Kit, RefusedError, Shown, check_command, check_panel, floors
from floorwatch_queue_hours.commands import OpensQueueHours
from floorwatch_queue_hours.panel import QueueHours

HALF_AN_HOUR = -6


def told(floorwatch: Kit) -> Kit:
    """Half an hour of two queues, up to 10:41."""
    floorwatch.at("10:05").signs_in("李娜", "support", "sales").signs_in("张伟", "support")
    floorwatch.at("10:12").enters("c1", "support").enters("c2", "support").enters("c3", "sales")
    floorwatch.at("10:12:04").answers("李娜", "c1")
    floorwatch.at("10:12:30").answers("张伟", "c2")
    floorwatch.at("10:13").abandons("c3")
    floorwatch.at("10:15").ends("c1").ends("c2").pauses("张伟", "Lunch")
    floorwatch.at("10:31").enters("c4", "support")
    floorwatch.at("10:31:10").answers("李娜", "c4")
    floorwatch.at("10:40").enters("c5", "support").enters("c6", "support")
    return floorwatch


def show(kit: Kit, **options: Any) -> Shown:
    """The panel at 10:41."""
    return kit.show(QueueHours(), at="10:41", **options)


def charts(shown: Shown) -> tuple[Chart, Chart]:
    """Volumes, and levels."""
    volumes, levels = (part for part in shown.parts if isinstance(part, Chart))
    return volumes, levels


def last_half_hour(chart: Chart, name: str) -> tuple[float | None, ...]:
    """10:15, 10:20, ... 10:40, or by a quarter of an hour from 9:15 on."""
    return next(series.values for series in chart.series if series.name == name)[HALF_AN_HOUR:]


def words(shown: Shown) -> str:
    """The line of figures, and the one below it."""
    text = next(part for part in shown.parts if isinstance(part, Text))
    return "\n".join("".join(cell.text for cell in line.cells) for line in text.lines)


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(QueueHours(), hours=12, step="15 minutes", queue="support")


def test_volumes_are_bars_of_arrivals_and_losses_and_a_line_of_the_most_who_waited(floorwatch: Kit) -> None:
    volumes, _levels = charts(show(told(floorwatch)))

    assert [(each.name, each.form) for each in volumes.series] == [
        ("arrived", SeriesForm.BARS), ("lost", SeriesForm.BARS), ("most waiting", SeriesForm.LINE),
    ]  # fmt: skip
    assert last_half_hour(volumes, "arrived") == (0, 0, 0, 1, 0, 2)
    assert last_half_hour(volumes, "most waiting") == (0, 0, 0, 1, 0, 2)
    assert (volumes.step_seconds, len(volumes.series[0].values)) == (300, 12)


def test_nothing_is_drawn_of_the_time_before_the_feed_began_and_whole_hours_of_it_are_left_out(
    floorwatch: Kit,
) -> None:
    volumes, levels = charts(show(told(floorwatch)))

    assert list(volumes.series[0].values) == [None] * 4 + [0, 3, 0, 0, 0, 1, 0, 2]
    assert levels.series[1].values[:4] == (None,) * 4


def test_of_a_long_day_the_last_hours_are_drawn(floorwatch: Kit) -> None:
    floorwatch.at("05:00").enters("c0", "support").abandons("c0")
    volumes, levels = charts(show(told(floorwatch), hours=4))
    assert [len(chart.series[0].values) for chart in (volumes, levels)] == [48, 48]


def test_the_service_level_stands_beside_its_target_and_the_staff_on_their_own_axis(floorwatch: Kit) -> None:
    _volumes, levels = charts(show(told(floorwatch)))

    assert levels.levels == (Level("target", 0.8),)
    assert last_half_hour(levels, "service level") == (None, None, None, 1.0, None, 0.0)
    assert last_half_hour(levels, "staffed") == (1, 1, 1, 1, 1, 1)
    assert [series.right for series in levels.series] == [False, True]


def test_the_key_for_another_arrangement_goes_from_five_minutes_to_fifteen(floorwatch: Kit) -> None:
    told(floorwatch)
    five, fifteen = charts(show(floorwatch))[0], charts(show(floorwatch, step="15 minutes"))[0]

    assert QueueHours.turns == "step"
    assert (five.caption, fifteen.caption) == ("all queues, by 5 minutes", "all queues, by 15 minutes")
    assert last_half_hour(fifteen, "arrived") == (None, 3, 0, 3)


def test_quarters_of_an_hour_are_the_counters_of_the_floor(floorwatch: Kit) -> None:
    told(floorwatch)
    floor = floorwatch.floor("10:41")
    volumes, _levels = charts(show(floorwatch, step="15 minutes"))
    counted = [each.offered for each in floor.total.recent(3)]

    assert list(volumes.series[0].values[-3:]) == counted
    assert sum(counted) == figure_of(floor.total, "offered").value


def test_the_running_interval_is_said_in_figures_beside_the_one_before(floorwatch: Kit) -> None:
    assert words(show(told(floorwatch))) == (
        "5 min since 10:40   arrived 2 (0)   lost 0 (0)   most waiting 2 (0)   SL 0.0 (-)   staffed 1.0 (1.0)"
    )


def late(kit: Kit, at: str, seconds: int) -> None:
    """A caller of support who waits for so long."""
    kit.at(at).enters(at, "support")
    kit.at(f"{at}:{seconds}").answers("李娜", at)
    kit.at(f"{at}:55").ends(at)


def test_since_when_the_service_level_is_below_its_target_is_said(floorwatch: Kit) -> None:
    floorwatch.at("10:05").signs_in("李娜", "support")
    late(floorwatch, "10:16", 10)
    late(floorwatch, "10:21", 40)
    late(floorwatch, "10:31", 50)
    assert words(show(floorwatch)).split("\n")[1:] == ["below the target since 10:20"]


def test_one_interval_that_kept_the_target_ends_what_is_below_it(floorwatch: Kit) -> None:
    floorwatch.at("10:05").signs_in("李娜", "support")
    late(floorwatch, "10:21", 40)
    late(floorwatch, "10:36", 10)
    assert "below" not in words(show(floorwatch))


def test_a_row_a_queue_says_now_the_most_and_the_last_quarter_of_an_hour(floorwatch: Kit) -> None:
    shown = show(told(floorwatch))

    assert shown.keys == ("queue:sales", "queue:support", "total")
    assert [cell.text for cell in shown.row("queue:support").cells] == ["support", "2", "2", "3", "0", "33.3"]
    assert [cell.text for cell in shown.row("queue:sales").cells] == ["sales", "0", "1", "0", "0", "-"]
    assert shown.row("total").kind is RowKind.TOTAL
    assert shown.tone("queue:support", "service-level") is Tone.ALARM
    assert shown.tables[0].home == "queue-hours"


def test_a_queue_alone_is_the_one_of_the_options_or_the_one_in_focus(floorwatch: Kit) -> None:
    floor = told(floorwatch).floor("10:41")
    assert charts(show(floorwatch, queue="sales"))[0].caption == "sales, by 5 minutes"
    looked_at = floorwatch.show(QueueHours(), floor=replace(floor, focus=Focus(queue="support")))
    assert charts(looked_at)[0].caption == "support, by 5 minutes"
    assert looked_at.keys == ("queue:support",)


def test_a_queue_that_nobody_has_seen_is_said_kindly(floorwatch: Kit) -> None:
    assert show(told(floorwatch), queue="vip").words == "There is no queue vip on this floor yet."


def test_an_empty_floor_is_said_kindly(floorwatch: Kit) -> None:
    shown = floorwatch.show(QueueHours(), floor=floors.snapshot())
    assert "No call has been seen yet." in shown.text()
    assert "No queues seen yet." in shown.words


@pytest.mark.parametrize("wrong", [{"hours": 0}, {"hours": 13}, {"step": "10 minutes"}, {"hour": 3}])
def test_what_cannot_be_shown_is_refused(floorwatch: Kit, wrong: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        show(floorwatch, **wrong)


# --- behind a row ----------------------------------------------------------------------------------------------------


def test_behind_a_queue_stands_each_interval_the_running_one_first(floorwatch: Kit) -> None:
    shown = show(told(floorwatch), row="queue:support")

    (table,) = shown.tables
    assert [column.key for column in table.columns] == [
        "from", "offered", "answered", "abandoned", "left", "most", "service-level", "asa", "staffed",
    ]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["10:40", "2", "0", "0", "0", "2", "0.0", "-", "1.0"]
    assert rows[2] == ["10:30", "1", "1", "0", "0", "1", "100.0", "0:10", "1.0"]
    assert rows[6] == ["10:10", "2", "2", "0", "0", "2", "50.0", "0:17", "2.0"]
    assert rows[-1][0] == "10:05"
    assert charts(shown)[0].caption == "support, by 5 minutes"


def test_behind_the_total_stands_the_floor_and_behind_a_queue_that_is_gone_a_sentence(floorwatch: Kit) -> None:
    told(floorwatch)
    assert charts(show(floorwatch, row="total"))[0].caption == "all queues, by 5 minutes"
    assert "no longer" in show(floorwatch, row="queue:gone").words


# --- the same weekday ------------------------------------------------------------------------------------------------

MIDNIGHT_TO_TEN_FORTY = 128
"""Five minutes."""


def a_week_ago(floorwatch: Kit) -> Kit:
    """What a week ago had: 1 of support and 2 of sales every five minutes."""
    told(floorwatch).at("10:40:30").compares("2026-03-03", {"support": (1,) * 288, "sales": (2,) * 288})
    return floorwatch


def test_what_came_a_week_ago_is_a_muted_line_and_a_figure_by_now(floorwatch: Kit) -> None:
    shown = show(a_week_ago(floorwatch))

    before = charts(shown)[0].series[-1]
    assert (before.name, before.tone, before.form) == ("arrived on Tuesday 03-03", Tone.MUTED, SeriesForm.LINE)
    assert set(before.values) == {3}
    assert words(shown).split("\n")[1] == f"arrived by 10:40: today 4, Tuesday 03-03 {3 * MIDNIGHT_TO_TEN_FORTY}"


def test_a_queue_is_compared_with_itself_by_the_interval_that_is_shown(floorwatch: Kit) -> None:
    a_week_ago(floorwatch)
    alone = charts(show(floorwatch, queue="sales", step="15 minutes"))[0].series[-1]
    assert set(alone.values) == {6}
    table = show(floorwatch, row="queue:sales").tables[0]
    assert (table.columns[-1].key, table.rows[0].cells[-1].text) == ("before", "2")


def test_the_next_day_is_not_compared_with_it(floorwatch: Kit) -> None:
    a_week_ago(floorwatch)
    assert floorwatch.floor("10:41").weekday is not None
    assert floorwatch.floor(floors.NOW + 86_400).weekday is None


def test_its_command_keeps_to_the_rules_of_commands() -> None:
    check_command(OpensQueueHours())


@pytest.mark.parametrize(
    ("row", "opened"), [("queue:support", "queue:support"), ("agent:1007", None), ("total", None), (None, None)]
)
def test_its_command_opens_it_and_on_a_queue_that_queue(floorwatch: Kit, row: str | None, opened: str | None) -> None:
    assert floorwatch.run(OpensQueueHours(), row=row, at="10:41") == (Open("queue-hours", opened),)


def test_behind_a_queue_the_day_stands_before_the_interval(floorwatch: Kit) -> None:
    """Where lines are short the last one goes: whoever opens one queue asks how the day is."""
    told(floorwatch)
    for minute in ("10:31", "10:32"):
        floorwatch.at(minute).enters(f"late-{minute}", "support").abandons(f"late-{minute}")
    behind = words(floorwatch.show(QueueHours(), at="10:46", row="queue:support")).splitlines()
    dashboard = words(floorwatch.show(QueueHours(), at="10:46", queue="support")).splitlines()

    assert len(behind) == 2
    assert behind == dashboard[::-1]
