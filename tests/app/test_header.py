"""The header is always there and always true."""

import pytest

from floorwatch.app.figures import figures_of
from floorwatch.engine.desk import FeedWord
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.entities import Agent, AgentState, Fact
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Acknowledgement, Snooze, Support
from floorwatch.model.targets import FloorRules
from floorwatch.views import Tone
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen


async def test_the_figures_stand_beside_their_targets() -> None:
    async with seen() as found:
        first, second = found.lines[:2]
        assert "North floor  10:41:07 LIVE" in first
        assert "queue_log ok" in first
        assert "! 1  * 1" in first
        for words in ("WAITING 7*", "LONGEST 1:42!", "ANSWERED 95.7%  of 812", "SL 75.9%* (80/20) v", "T 41", "- 12"):
            assert words in second


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (100, 30), (80, 24), (60, 24), (59, 24), (40, 20), (20, 8)])
async def test_a_figure_is_whole_or_not_there_at_any_size(size: tuple[int, int]) -> None:
    async with seen(size=size) as found:
        header = "\n".join(found.lines[: 1 if found.app.screen.has_class("-small") else 2])
        assert "10:41" in header
        assert "LIVE" in header
        assert ("7*" in header) == ("WAIT" in header.upper())
        assert ("SL" in header) == ("75.9%*" in header or "76*" in header)


async def test_the_agents_are_on_an_80_column_screen() -> None:
    async with seen(size=(80, 24)) as found:
        assert "A 3  T 41 W 5  P 6  - 12" in found.lines[1]


async def test_the_longest_wait_and_the_clock_tick() -> None:
    async with seen() as found:
        await found.pass_seconds(5)
        assert "10:41:12" in found.lines[0]
        assert "LONGEST 1:47!" in found.lines[1]


async def test_a_silent_feed_is_said_and_dims_the_figures() -> None:
    desk = FakeDesk()
    desk.feeds = (FeedWord("queue_log", "silent", last_line_at=views.START - 130, stale=True),)
    async with seen(desk) as found:
        assert "queue_log last line 2:10 ago*" in found.lines[0]
        await found.pass_seconds(1000)
        assert "last line 18 min ago*" in found.lines[0]


async def test_a_feed_that_is_fine_says_its_silence_once_it_means_something() -> None:
    async with seen() as found:
        await found.pass_seconds(29)
        assert "queue_log ok  " in found.lines[0] + "  "
        assert "last line" not in found.lines[0]
        await found.pass_seconds(6)
        assert "queue_log ok, last line 0:35 ago" in found.lines[0]


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (80, 24), (60, 24)])
async def test_a_feed_that_is_not_fine_is_said_while_others_make_room(size: tuple[int, int]) -> None:
    desk = FakeDesk()
    fine = [FeedWord(name, "ok", last_line_at=views.START) for name in ("switch", "roster", "terminals")]
    desk.feeds = (*fine, FeedWord("recording", "disk full", Tone.WARN))
    async with seen(desk, size=size) as found:
        assert "recording disk full*" in found.lines[0]


async def test_in_the_hand_its_name_stands_where_the_figures_leave_room() -> None:
    desk = FakeDesk()
    desk.feeds = (FeedWord("recording", "disk full", Tone.WARN),)
    desk.snapshot = empty()
    async with seen(desk, size=(40, 20)) as found:
        assert "recording*" in found.lines[0]
        assert "wait 0" in found.lines[0]
        desk.snapshot = views.snapshot_at(views.START)
        desk.tell()
        await found.until(lambda: "wait 7* 1:42! SL 76*" in found.lines[0])


async def test_the_day_being_read_is_said() -> None:
    desk = FakeDesk()
    desk.loading = 0.42
    async with seen(desk) as found:
        assert "reading the day 42%" in found.lines[0]


async def test_before_the_first_figures_that_is_said() -> None:
    desk = FakeDesk()
    desk.snapshot = None  # type: ignore[assignment]  # the engine has none yet
    async with seen(desk) as found:
        assert "waiting for the first figures" in found.lines[1]


async def test_a_replay_says_so() -> None:
    async with seen(FakeDesk(replay=True)) as found:
        assert "REPLAY x8" in found.lines[0]


def empty(**changes: object) -> FloorSnapshot:
    return FloorSnapshot(at=views.START, rules=FloorRules(views.snapshot_at(0).rules.days), **changes)  # type: ignore[arg-type]


def test_an_empty_floor_has_no_shares_and_no_alarm() -> None:
    figures = figures_of(empty())
    assert (figures.waiting, figures.answer_rate, figures.service_level) == (0, None, None)
    assert figures.waiting_tone is Tone.CALM
    assert figures.trend == ""


def test_a_state_that_no_feed_tells_is_no_zero() -> None:
    agents = {"a": Agent("a", "a", state=AgentState.AVAILABLE)}
    counted = dict(figures_of(empty(agents=agents, gives=frozenset({Fact.PAUSES}))).agents)
    assert counted == {"A": 1, "T": 0, "W": None, "P": 0, "-": None}


def test_an_alert_that_somebody_sees_to_or_that_is_snoozed_is_not_counted() -> None:
    alerts = tuple(
        RaisedAlert(rule, Alert("queue:support", "x", AlertTone.ALARM, red_line=rule == "red"), views.START)
        for rule in ("free", "seen", "away", "back", "red")
    )
    support = Support(
        acknowledged={alerts[1].id: Acknowledgement(alerts[1].id, "Ada", "", "Ada", views.START)},
        snoozed={
            each.id: Snooze(each.id, views.START + left, "Ada", views.START)
            for each, left in zip(alerts[2:], (60, 0, 60), strict=True)
        },
    )
    assert figures_of(empty(alerts=alerts, support=support)).alarms == 3
