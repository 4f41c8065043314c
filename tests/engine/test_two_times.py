"""A live floor and its past of today behind one desk: into the past and back, while the live floor goes on."""

import asyncio
import gc
import os
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest

from floorwatch.engine.desk import HEADING
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.in_thread import ThreadBuilding
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.shapes import Opened, Tape
from floorwatch.engine.two_times import two_times
from floorwatch.extend.panel import Panel
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import View
from tests.engine.both_times import BACK, tape_of, waiting, watched
from tests.engine.pens import house_of_pens
from tests.engine.small_floor import queue_log
from tests.patience import PATIENCE_SECONDS


async def test_the_floor_of_a_while_ago_is_shown_and_stands_still(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        assert waiting(both.shown) == {"c2"}
        asked_at = both.live.now()
        await both.go_back(480)

        control = both.desk.replay_control()
        assert control is not None
        assert control.paused
        assert waiting(both.shown) == {"c1"}
        assert both.desk.heading().replay
        assert both.desk.heading().label == "PAST paused"
        assert abs(both.shown.at - (asked_at - 480)) < 5
        assert abs(both.desk.now() - (asked_at - 480)) < 5
        assert all(show.view is not None for show in both.desk.panels())


async def test_at_the_end_of_what_was_read_of_the_day_the_past_says_so_however_one_comes_there(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back(480)
        control = both.desk.replay_control()
        assert control is not None
        control.seek(both.live.now() + 60)
        await both.changes.until(lambda: both.desk.heading().label == "PAST ended")
        assert control.bar().is_at_end
        control.step(-60)
        await both.changes.until(lambda: both.desk.heading().label == "PAST paused")
        control.set_rate(float("inf"))
        control.resume()
        await both.changes.until(lambda: both.desk.heading().label == "PAST ended")


async def test_a_past_that_cannot_begin_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = asyncio.Event()

    class Unreadable(IndexedTape):
        @property
        def begins_at(self) -> float:
            raise FeedError("the disk is gone")

        def close(self) -> None:
            super().close()
            closed.set()

    def unreadable(house: House, recording: Path) -> Tape:
        return Unreadable(house, recording)

    monkeypatch.setattr("floorwatch.engine.today.KEPT_SECONDS", 0.0)
    async with watched(tmp_path, unreadable) as both:
        assert await both.desk.travel().go_back(BACK) == "the disk is gone"
        assert not both.desk.travel().is_away
        await asyncio.wait_for(closed.wait(), PATIENCE_SECONDS)


async def test_the_way_back_shows_the_live_floor_which_went_on_meanwhile(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back()
        await both.write((both.live.now(), "c3|support|NONE|ENTERQUEUE||5550001236|1"))
        assert waiting(both.shown) == set()
        both.desk.travel().return_to_now()

        assert not both.desk.travel().is_away
        assert both.desk.replay_control() is None
        assert not both.desk.heading().replay
        assert both.desk.heading().label == "LIVE"
        assert waiting(both.shown) == {"c2", "c3"}
        told = both.changes.told[-1]
        assert told == {HEADING, *(show.panel for show in both.desk.panels())}


async def test_panels_of_the_live_floor_rest_while_nobody_sees_them_and_are_all_built_then(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back()
        await both.settled()
        built = [slot.built_at for slot in both.live.station.shows.slots]
        await both.write((both.live.now(), "c3|support|NONE|ENTERQUEUE||5550001236|1"))
        await both.settled()
        assert [slot.built_at for slot in both.live.station.shows.slots] == built
        both.desk.travel().return_to_now()
        await both.settled()

        assert all(slot.built_at == both.shown.at for slot in both.live.station.shows.slots)


async def test_the_past_is_gone_back_to_again_and_again(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        for seconds in (480, 300, 480):
            await both.go_back(seconds)
            assert waiting(both.shown) == ({"c1"} if seconds == 480 else set())
            both.desk.travel().return_to_now()


async def test_who_is_away_already_goes_to_the_moment_on_the_same_tape(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back(300)
        await both.go_back(480)
        await both.changes.until(lambda: waiting(both.shown) == {"c1"})


async def test_a_moment_before_the_day_is_its_beginning(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back(30 * 86_400)

        assert both.shown.day_start == both.floor_of(both.live).day_start
        assert not both.shown.waiting


async def test_layout_focus_pages_and_who_writes_stay_across_the_times(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        desk = both.desk
        assert desk.open_panel("page") is not None
        desk.looks.look_at(Focus(queue="support"))
        await both.go_back()
        assert [show.panel for show in desk.panels()] == ["agents"]
        assert desk.shown("page") is not None
        assert both.shown.focus == Focus(queue="support")
        assert both.shown.me == desk.heading().me == "Li"

        desk.looks.look_at(NO_FOCUS)
        desk.become("Wang")
        desk.close_panel("page")
        other = next(each.name for each in desk.looks.layouts if not {"page", "agents"} & {*each.rows.panels})
        desk.looks.use(other)
        panels = [show.panel for show in desk.panels()]
        await both.changes.until(lambda: both.shown.me == "Wang" and both.shown.focus == NO_FOCUS)
        desk.travel().return_to_now()
        await both.changes.until(lambda: both.shown.me == "Wang" and both.shown.focus == NO_FOCUS)
        assert desk.shown("page") is None
        assert [show.panel for show in desk.panels()] == panels
        assert desk.looks.layout.name == other


async def test_a_row_that_is_open_is_shown_as_it_was(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        now = await both.desk.detail("agents", "agent:PJSIP/2001")
        await both.go_back()

        assert type(await both.desk.detail("agents", "agent:PJSIP/2001")) is type(now)


async def test_no_plugin_is_called_for_two_times_at_once(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back()
        past = both.desk.past

        assert past is not None
        assert past.lanes is both.live.lanes


async def test_while_today_is_read_the_live_floor_stays_and_says_how_far_it_is(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        said: list[str] = []

        def is_away() -> bool:
            said.append(both.desk.heading().now)
            return both.desk.travel().is_away

        going = asyncio.create_task(both.desk.travel().go_back(BACK))
        await both.changes.until(is_away)
        await going

        assert any(words.startswith("reading today: ") for words in said)
        assert not both.desk.heading().now.startswith("reading")


async def test_the_way_back_before_the_past_is_there_gives_it_up(tmp_path: Path) -> None:
    may_open = threading.Event()

    def slowly(house: House, recording: Path) -> Tape:
        may_open.wait(PATIENCE_SECONDS)
        return tape_of(house, recording)

    async with watched(tmp_path, slowly) as both:
        going = asyncio.create_task(both.desk.travel().go_back(BACK))
        await both.changes.until(lambda: both.desk.heading().now.startswith("reading today"))
        both.desk.travel().return_to_now()
        may_open.set()

        assert "not waited for" in await going
        assert not both.desk.travel().is_away
        assert both.desk.heading().now == ""
        await both.go_back()


@pytest.mark.parametrize("away", [False, True])
async def test_nothing_is_left_on_the_disk_when_the_floor_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: bool
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    async with watched(tmp_path) as both:
        await both.go_back()
        assert [*temporary.iterdir()]
        if not away:
            both.desk.travel().return_to_now()

    assert [*temporary.iterdir()] == []


async def test_a_log_that_cannot_be_read_any_more_is_said_and_the_live_floor_stays(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        both.log.unlink()
        os.mkfifo(both.log)
        said = await both.desk.travel().go_back(BACK)

        assert str(both.log) in said
        assert not both.desk.travel().is_away
        assert not both.desk.heading().replay


async def test_a_past_that_fails_while_it_is_shown_gives_way_to_the_live_floor(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back()
        past = both.desk.past
        assert past is not None

        def fail() -> None:
            raise RuntimeError("the disk is gone")

        past.station.on_pass = fail
        past.station.wake()
        await both.changes.until(lambda: not both.desk.travel().is_away)

        assert not both.desk.heading().replay
        assert both.desk.looks.reload is not None
        assert "the disk is gone" in both.desk.looks.reload.toast.text


async def test_a_past_that_fails_on_the_way_is_said_and_the_live_floor_stays(tmp_path: Path) -> None:
    class Failing(IndexedTape):
        def open_at(self, at: float) -> Opened:
            raise RuntimeError(f"nothing of {at:.0f}")

    def failing(house: House, recording: Path) -> Tape:
        return Failing(house, recording, ThreadBuilding(house, recording))

    async with watched(tmp_path, failing) as both:
        said = await both.desk.travel().go_back(BACK)

        assert said.startswith("There is no way back: nothing of ")
        assert not both.desk.travel().is_away
        assert not both.desk.heading().replay


async def test_a_floor_that_is_still_being_read_has_no_way_back_yet(tmp_path: Path) -> None:
    house, now = house_of_pens(tmp_path, "Li", "memory:")
    desk = two_times(
        house, {"queue_log": queue_log(tmp_path / "queue_log", (now, "c1|a|NONE|ENTERQUEUE||1|1"))}, tape_of
    )

    assert "still being read" in await desk.travel().go_back(BACK)
    desk.close()


async def test_coming_back_lets_go_of_the_past(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        await both.go_back()
        past = both.desk.past
        assert past is not None
        floor, session = weakref.ref(past.station.floor), weakref.ref(past)
        del past
        both.desk.travel().return_to_now()
        await both.settled()
        gc.collect()
        await both.changes.until(lambda: floor() is None and session() is None)


class Witness:
    """A panel that keeps what its builds are given."""

    def __init__(self, panel: Panel) -> None:
        self.given: list[tuple[object, ...]] = []
        self._panel = panel
        self.name, self.title, self.needs, self.options_type = panel.name, panel.title, panel.needs, panel.options_type

    def build(self, *given: Any, **named: Any) -> View:
        self.given.append((*given, *named.items()))
        return self._panel.build(*given, **named)

    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:
        return self._panel.detail(floor, options, row_key)


async def test_builds_are_given_the_floor_and_the_options_alone_at_both_times(tmp_path: Path) -> None:
    async with watched(tmp_path) as both:
        (slot,) = both.live.station.shows.slots
        assert slot.panel is not None
        slot.panel = witness = Witness(slot.panel)
        both.desk.retry("agents")
        await both.changes.until(lambda: bool(witness.given))
        live = witness.given[-1]
        await both.go_back()
        past = witness.given[-1]

        assert [type(each) for each in past] == [type(each) for each in live] == [FloorSnapshot, type(slot.options)]
        assert past[1] is live[1]
        assert dir(past[0]) == dir(live[0])
