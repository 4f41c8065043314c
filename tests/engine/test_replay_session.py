"""A replay as the screen has it: pictures of the moments that were asked for, and of no others; panels compared."""

import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from math import inf
from pathlib import Path

import pytest

from floorwatch.engine.desk import HEADING
from floorwatch.engine.keyframes.shapes import Reached
from floorwatch.engine.replaying import replay_session
from floorwatch.engine.session import Session
from floorwatch.engine.shows import Slot
from floorwatch.extend.panel import NoOptions
from floorwatch.host.lane import Lanes
from floorwatch.model.entities import Topic
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Notice, Stack, Table, Text, View
from tests.engine.growing_tape import GrowingTape
from tests.engine.hours import calls, recorded
from tests.engine.replays import frames_every, indexed, plain
from tests.engine.small_floor import START, Counting, house_in
from tests.engine.stands import Stand
from tests.engine.test_sessions import Open, opened


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("hour") / "hour.floorlog", calls())


@pytest.fixture(params=[plain, indexed])
def session(hour: Path, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A replay that stands at 10:10."""
    with frames_every(20):
        session = replay_session(house_in(), request.param(house_in(), hour), START + 600, 1)
        control = session.replay_control()
        assert control is not None
        control.pause()
        yield session


async def stands_at(replay: Open, at: float) -> FloorSnapshot:
    """The floor that is shown, once that is the one of this moment."""
    session = replay.session
    await replay.changes.until(lambda: session.is_settled and session.now() == at and replay.floor.at == at)
    return replay.floor


async def test_only_the_moments_that_were_asked_for_are_shown(session: Session) -> None:
    control = session.replay_control()
    assert control is not None
    shown: list[tuple[float, float]] = []
    async with opened(session) as replay:
        await stands_at(replay, START + 600)
        tell = session.station.on_change

        def see(panels: frozenset[str]) -> None:
            if HEADING in panels and session.station.snapshot is not None:
                shown.append((session.station.snapshot.at, session.now()))
            tell(panels)

        session.station.on_change = see
        for at in (START + 4000, START + 300, START + 310):
            control.seek(at)
            await stands_at(replay, at)

    assert {at for at, _now in shown} == {now for _at, now in shown} == {START + 4000, START + 300, START + 310}


async def test_every_panel_is_of_the_moment_that_is_shown(session: Session) -> None:
    control = session.replay_control()
    assert control is not None
    async with opened(session) as replay:
        for at in (START + 600, START + 2000, START + 1990):
            control.seek(at)
            await stands_at(replay, at)
            assert {show.built_at for show in session.panels()} == {at}


@pytest.mark.parametrize("rate", [1, 60])
async def test_after_a_pause_every_panel_is_of_the_moment_at_which_it_stands(session: Session, rate: float) -> None:
    control = session.replay_control()
    assert control is not None
    async with opened(session) as replay:
        await stands_at(replay, START + 600)
        control.set_rate(rate)
        control.resume()
        await replay.changes.until(lambda: replay.floor.at > START + 600.5)
        control.pause()
        stood = session.now()
        await replay.changes.until(lambda: session.is_settled)

        assert {show.built_at for show in session.panels()} == {stood} == {session.now()}


async def test_a_panel_is_compared_with_what_it_showed_at_another_moment(session: Session) -> None:
    control = session.replay_control()
    assert control is not None
    async with opened(session) as replay:
        await stands_at(replay, START + 600)
        difference = await control.changed_since("queue-status", START + 60)
        same = await control.changed_since("queue-status", START + 600)
        outside = await control.changed_since("queue-status", START - 60)
        nothing = await control.changed_since("no-such-panel", START + 60)
        still = await stands_at(replay, START + 600)

    assert isinstance(difference, Stack)
    assert all(isinstance(part, Table) and part.rows for part in difference.views)
    assert isinstance(same, Notice)
    assert "Nothing changed" in str(same)
    assert isinstance(outside, Notice)
    assert isinstance(nothing, Notice)
    assert still.at == START + 600


async def test_the_alerts_of_the_other_moment_are_compared_too(session: Session) -> None:
    """At 10:08 a caller has waited for two minutes; at 10:10 nobody waits for long."""
    control = session.replay_control()
    assert control is not None
    async with AsyncExitStack() as stack:
        replay = await stack.enter_async_context(opened(session))
        assert [each.rule for each in (await stands_at(replay, START + 600)).alerts] == []
        difference = await control.changed_since("needs-you", START + 420)

    assert "support" in str(difference)


async def test_a_panel_whose_alerts_are_not_known_is_not_compared(hour: Path) -> None:
    with frames_every(20):
        tape = GrowingTape(indexed(house_in(), hour), Reached(inf, START + 500, 0.5))
    session = replay_session(house_in(), tape, START + 600, 1)
    control = session.replay_control()
    assert control is not None
    control.pause()
    async with opened(session) as replay:
        await replay.changes.until(lambda: {show.built_at for show in session.panels()} == {START + 600})
        shown = {show.panel: show.view for show in session.panels()}["needs-you"]
        of_alerts = await control.changed_since("needs-you", START + 420)
        of_calls = await control.changed_since("queue-status", START + 420)

    assert "alerts not known yet" in str(shown)
    assert "Alerts are not known yet" in str(of_alerts)
    assert not isinstance(of_calls, Notice)


async def test_what_is_being_built_when_the_floor_leaps_never_comes_under_the_new_time(lanes: Lanes) -> None:
    begun, stuck = threading.Event(), threading.Event()

    def hang_at_first(builds: int) -> None:
        if builds == 1:
            begun.set()
            stuck.wait()

    panel = Counting("slow", {Topic.CALLS}, hang_at_first)
    stand = Stand([panel], lanes)
    slot: Slot = stand.shows.slots[0]
    views: list[View | None] = []
    assert slot.options == NoOptions()
    async with stand.running():
        stand.shows.on_built = lambda _panel: views.append(slot.view)
        await stand.changes.until(begun.is_set)
        stand.station.leap()
        stand.station.wake()
        stuck.set()
        await stand.changes.until(lambda: slot.view is not None)

    assert views == [Text.of("build 2")]
