"""The tape of today: made when it is wanted, opened again while it is fresh, gone when it is not."""

import asyncio
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.timeline import timeline_of
from floorwatch.engine.today import KEPT_SECONDS, Today
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import WatchBegan
from floorwatch.settings import FeedSettings
from floorwatch.settings.values import RecordingSettings
from tests.engine.small_floor import QUEUE_LOG, START, house_in, queue_log
from tests.patience import PATIENCE_SECONDS


class Opening:
    """Opens plain tapes, and keeps which recordings they are of."""

    def __init__(self) -> None:
        self.opened: list[Path] = []

    def __call__(self, house: House, recording: Path) -> Tape:
        self.opened.append(recording)
        return PlainTape(timeline_of(house, {"today": FeedSettings(str(recording))}))


def feeds_in(folder: Path) -> dict[str, FeedSettings]:
    return {"queue_log": queue_log(folder / "queue_log", (START, "c1|support|NONE|ENTERQUEUE||1|1"))}


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def recordings_in(temporary: Path) -> list[Path]:
    return [*temporary.glob("*/*/*.floorlog")]


async def tape_at(today: Today, at: float) -> Tape:
    return await today.tape(at, None, lambda _share: None)


async def test_a_tape_that_was_made_serves_again_for_moments_that_are_on_it(tmp_path: Path) -> None:
    clock, opening = VirtualClock(START + 100), Opening()
    today = Today(house_in(), feeds_in(tmp_path), clock, opening)
    tape = await tape_at(today, START + 10)
    today.leave_alone()
    clock.move_to(START + 200)

    assert await tape_at(today, START + 100) is tape
    assert len(opening.opened) == 1
    today.forget()


async def test_it_is_made_anew_for_what_has_come_since_and_when_it_is_old(tmp_path: Path, temporary: Path) -> None:
    clock, opening = VirtualClock(START + 100), Opening()
    today = Today(house_in(), feeds_in(tmp_path), clock, opening)
    await tape_at(today, START + 10)
    clock.move_to(START + 200)
    assert (await tape_at(today, START + 150)).span[1] == START + 200
    clock.move_to(START + 200 + KEPT_SECONDS + 1)
    await tape_at(today, START + 150)

    assert len({*opening.opened}) == 3
    assert recordings_in(temporary) == [opening.opened[-1]]
    today.forget()
    assert recordings_in(temporary) == []


async def test_the_recording_that_is_kept_of_today_is_copied_as_it_is(tmp_path: Path) -> None:
    folder, feeds = tmp_path / "kept", feeds_in(tmp_path)
    folder.mkdir()
    house = house_in()
    settings = replace(house.settings, feeds=feeds, recording=RecordingSettings(folder=folder))
    writer = RecordingWriter(folder / "2026-11-21.floorlog", "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)}, kept=True)
    writer.append(RecordedEvent("", START + 5, WatchBegan(START + 5)))
    writer.flush()
    today = Today(replace(house, settings=settings), feeds, VirtualClock(START + 60), Opening())
    kept = await tape_at(today, START + 30)

    assert kept.begins_at == START + 5
    assert kept.span == (START + 5, START + 60)
    writer.close()
    today.forget()


async def test_of_feeds_that_were_named_on_the_command_line_no_recording_is_kept(tmp_path: Path) -> None:
    folder, feeds = tmp_path / "kept", feeds_in(tmp_path)
    folder.mkdir()
    house = house_in()
    settings = replace(house.settings, recording=RecordingSettings(folder=folder))
    writer = RecordingWriter(folder / "2026-11-21.floorlog", "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)}, kept=True)
    today = Today(replace(house, settings=settings), feeds, VirtualClock(START + 60), Opening())

    assert (await tape_at(today, START + 30)).begins_at == START - 10 * 3600
    writer.close()
    today.forget()


async def test_what_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    today = Today(house_in(), feeds_in(tmp_path), VirtualClock(START + 60), Opening())

    with pytest.raises(FeedError, match="today cannot be written out"):
        await tape_at(today, START)


async def test_a_tape_that_nobody_waits_for_any_longer_is_closed(tmp_path: Path) -> None:
    opening, may_open, closed = asyncio.Event(), threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    class Closing(PlainTape):
        def close(self) -> None:
            closed.set()

    def slowly(house: House, recording: Path) -> Tape:
        loop.call_soon_threadsafe(opening.set)
        may_open.wait(PATIENCE_SECONDS)
        return Closing(timeline_of(house, {"today": FeedSettings(str(recording))}))

    today = Today(house_in(), feeds_in(tmp_path), VirtualClock(START + 60), slowly)
    wanted = asyncio.create_task(tape_at(today, START))
    await opening.wait()
    wanted.cancel()
    await asyncio.gather(wanted, return_exceptions=True)
    may_open.set()

    await asyncio.wait_for(closed.wait(), PATIENCE_SECONDS)
    today.forget()
