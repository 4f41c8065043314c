"""The bundled panels and their pages on a live floor on which every word is hostile: nothing alive, no number."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from inspect import isawaitable

import pytest

from floorwatch.app.drawing import drawn
from floorwatch.app.floor_app import FloorApp
from floorwatch.app.glyphs import BLOCKS
from floorwatch.app.plain_text import plain_text
from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.session import Session
from floorwatch.settings import load_settings
from floorwatch.views import Cell, Explain, Table, View, parts_of
from tests.contracts.hostile import alive, tells_number
from tests.contracts.hostile_place import Floor, hostile_floor
from tests.contracts.test_ways_out import looks_whole
from tests.patience import PATIENCE_SECONDS
from tests.support.hands import Hands

pytestmark = pytest.mark.slow

DETAILS = 12
"""Rows of a panel whose details are looked at."""


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Floor:
    return hostile_floor(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def house(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.chdir(floor.folder)
    return build_house(load_settings(floor.folder / "floorwatch.toml"), only_bundled=True)


@asynccontextmanager
async def opened(house: House) -> AsyncIterator[Session]:
    """The live floor, with every panel that there is."""
    session = live_session(house, house.settings.feeds)
    running = asyncio.create_task(session.start(lambda _panels: None))
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await settled(session)
            for panel in house.catalogue.panels:
                session.open_panel(panel)
            await settled(session)
        yield session
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def settled(session: Session) -> None:
    """Wait until all that is under way has come: nobody tells of that."""
    while session.station.is_opening or not session.is_settled:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def told(view: View, now: float) -> str:
    """All that the view says, drawn and as it is copied."""
    return "\n".join([*drawn(view, 100, now=now), plain_text("", view, now, BLOCKS)])


def explained(view: View) -> Iterator[Explain]:
    for part in parts_of(view):
        rows = part.rows if isinstance(part, Table) else ()
        cells: list[Cell] = [cell for row in rows for cell in row.cells]
        yield from (cell.explain for cell in cells if cell.explain is not None)


async def opened_by(session: Session, explain: Explain) -> View:
    """What `?` on the figure opens."""
    found = session.explain(explain)
    return await found if isawaitable(found) else found


async def test_every_bundled_panel_is_inert_and_masked_and_so_is_what_stands_behind(house: House) -> None:
    async with opened(house) as session:
        now = session.now()
        slots = (*session.station.shows.slots, *session.station.shows.opened)
        assert {slot.name for slot in slots} == set(house.catalogue.panels)
        for slot in slots:
            assert slot.view is not None, slot.health.reason
            views = [
                slot.view,
                *[await opened_by(session, each) for each in list(dict.fromkeys(explained(slot.view)))[:DETAILS]],
            ]
            rows = [row.key for part in parts_of(slot.view) if isinstance(part, Table) for row in part.rows]
            views += [await session.detail(slot.name, key) for key in rows[:: max(1, len(rows) // DETAILS)]]
            for view in views:
                said = told(view, now)
                assert alive(said) == [], slot.name
                assert not tells_number(said), slot.name


async def test_the_floor_is_not_a_tame_one(house: House) -> None:
    async with opened(house) as session:
        snapshot = session.station.snapshot
        assert snapshot is not None
        assert min(len(snapshot.queues), len(snapshot.agents), len(snapshot.waiting), len(snapshot.talks)) > 5
        assert snapshot.duty.shifts
        assert any(tells_number(call.caller or "") for call in snapshot.waiting.values())
        assert sum(sum(feed.rejected.values()) for feed in snapshot.feeds.values()) > 5
        for raised in snapshot.alerts:
            assert not tells_number(f"{raised.id} {raised.alert.text}")


async def test_on_the_screen_no_column_moves_and_nothing_is_done(house: House) -> None:
    session = live_session(house, house.settings.feeds)
    app = FloorApp(session)
    async with app.run_test(size=(130, 45), notifications=True) as pilot:
        hands = Hands(app, session, pilot)
        await hands.until(lambda: not session.station.is_opening and session.is_settled, "the floor is read")
        for keys in ((), ("2", "enter"), ("3", "enter"), ("f1",), ("n",), ("slash", *"se"), ("m",)):
            app.clear_notifications()
            await hands.press(*keys)
            looks_whole(hands)  # type: ignore[arg-type]  # both show an app
            assert not tells_number(hands.text)
            await hands.press("escape", "escape", "escape")
    assert app.failure is None
