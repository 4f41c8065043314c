"""What the panel arrivals-today promises."""

import asyncio

import pytest
from floorwatch.api import Chart, Fact, Target, Tone
from floorwatch.testing import Kit, RefusedError, check_panel, floors

from floor_extras.arrivals import ArrivalsToday


def morning(floorwatch: Kit) -> None:
    """Four callers of support by 10:41: one answered in time, one late, one who gave up, one who waits."""
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")
    floorwatch.at("10:00").enters("c1", "support")
    floorwatch.at("10:00:05").answers("王芳", "c1")
    floorwatch.at("10:02").ends("c1")
    floorwatch.at("10:16").enters("c2", "support")
    floorwatch.at("10:17").answers("王芳", "c2")
    floorwatch.at("10:18").ends("c2")
    floorwatch.at("10:31").enters("c3", "support")
    floorwatch.at("10:32").abandons("c3")
    floorwatch.at("10:40").enters("c4", "support")


def busy(floorwatch: Kit) -> None:
    """Two queues with the figures of two hours."""
    for back in range(8):
        answered = 20 + 3 * back
        floorwatch.put(
            floors.interval(
                "support",
                back,
                offered=answered + 4,
                answered=answered,
                answered_in_time=18,
                abandoned=3,
                left_timeout=1,
            )
        )
        floorwatch.put(floors.interval("sales", back, offered=8, answered=8, answered_in_time=8))
    floorwatch.put(
        floors.day("support", offered=1200, answered=1100, answered_in_time=850, abandoned=90, left_timeout=10)
    )
    floorwatch.put(floors.day("sales", offered=300, answered=300, answered_in_time=290))


def chart_of(floorwatch: Kit, at: str = "10:41", row: str | None = None, hours: int = 4) -> Chart:
    """The chart that is shown then."""
    shown = floorwatch.show(ArrivalsToday(), at=at, row=row, hours=hours)
    (chart,) = (part for part in shown.parts if isinstance(part, Chart))
    return chart


def test_today_so_far_stands_by_queue_and_in_total(floorwatch: Kit) -> None:
    morning(floorwatch)

    shown = floorwatch.show(ArrivalsToday(), at="10:41")

    assert shown.keys == ("queue:support", "total")
    assert [shown.cell("total", column).text for column in ("came", "lost", "lost-share", "level")] == [
        "4",
        "1",
        "25.0",
        "25.0",
    ]


def test_a_service_level_far_below_its_target_is_an_alarm(floorwatch: Kit) -> None:
    morning(floorwatch)

    assert floorwatch.show(ArrivalsToday(), at="10:41").tone("queue:support", "level") is Tone.ALARM
    assert floorwatch.show(ArrivalsToday(), at="10:01").tone("queue:support", "level") is Tone.CALM


def test_the_chart_has_a_value_a_quarter_and_none_before_the_first_call(floorwatch: Kit) -> None:
    morning(floorwatch)

    came, lost, level = chart_of(floorwatch, hours=1).series

    assert came.values == (None, 1.0, 1.0, 2.0)
    assert lost.values == (None, 0.0, 0.0, 1.0)
    assert level.values == (None, 1.0, 0.0, 0.0)
    assert level.right


def test_the_target_is_a_level_on_the_right_axis(floorwatch: Kit) -> None:
    morning(floorwatch)
    floorwatch.targets(Target(share=0.7))

    (level,) = chart_of(floorwatch).levels

    assert (level.value, level.right) == (0.7, True)


@pytest.mark.parametrize("hours", [1, 4, 24])
def test_the_hours_are_an_option(floorwatch: Kit, hours: int) -> None:
    morning(floorwatch)

    assert {len(series.values) for series in chart_of(floorwatch, hours=hours).series} == {4 * hours}


def test_hours_of_no_use_are_refused(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match="hours"):
        floorwatch.show(ArrivalsToday(), hours=0)


def test_a_floor_without_calls_is_said(floorwatch: Kit) -> None:
    assert floorwatch.show(ArrivalsToday(), at="10:41").words.strip() == "No call has come yet today."


def test_a_feed_that_tells_of_no_calls_is_said(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset({Fact.PAUSES})
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009")

    assert floorwatch.show(ArrivalsToday(), at="10:41").words.strip() == "No feed here tells of calls."


def test_enter_on_a_queue_opens_its_own_chart(floorwatch: Kit) -> None:
    morning(floorwatch)
    floorwatch.at("10:35").enters("d1", "sales")

    assert chart_of(floorwatch, row="queue:sales").series[0].values[-1] == 1.0
    assert chart_of(floorwatch, row="total").series[0].values[-1] == 3.0
    assert "gone" in floorwatch.show(ArrivalsToday(), at="10:41", row="queue:none").words


@pytest.mark.parametrize("width", [80, 40])
def test_it_looks_as_it_did(floorwatch: Kit, width: int) -> None:
    busy(floorwatch)

    floorwatch.golden(floorwatch.show(ArrivalsToday(), hours=2), name=f"panel-{width}", width=width)


@pytest.mark.parametrize("width", [80, 40])
def test_its_detail_looks_as_it_did(floorwatch: Kit, width: int) -> None:
    busy(floorwatch)

    floorwatch.golden(
        floorwatch.show(ArrivalsToday(), row="queue:support", hours=2), name=f"detail-{width}", width=width
    )


def test_an_empty_floor_looks_as_it_did(floorwatch: Kit) -> None:
    floorwatch.golden(floorwatch.show(ArrivalsToday()), name="empty-40", width=40)


def test_the_rate_of_a_replay_does_not_matter(floorwatch: Kit) -> None:
    slow = floorwatch.replay("support-in-trouble", rate=20).show(ArrivalsToday(), at="10:35")
    fast = floorwatch.replay("support-in-trouble", rate=600).show(ArrivalsToday(), at="10:35")

    assert slow == fast


def test_enter_opens_the_queue_on_the_screen(floorwatch: Kit) -> None:
    async def opened() -> str:
        async with floorwatch.app(ArrivalsToday(), at="10:41", size=(80, 40)) as screen:
            await screen.press("enter")
            return screen.text

    morning(floorwatch)

    assert "came today" in asyncio.run(opened())


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(ArrivalsToday(), hours=24)
