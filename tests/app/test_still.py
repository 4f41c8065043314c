"""The screen of a moment without a terminal: what is seen, and nothing that only a person wants."""

import asyncio

import pytest

from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.app.still import Look, Still, still
from floorwatch.engine.desk import HEADING, OnChange
from floorwatch.views import Notice, Tone
from tests.app.fake_floor import FakeDesk
from tests.patience import PATIENCE_SECONDS

LOOK = Look((120, 36), "dark", BLOCKS)


async def taken(desk: FakeDesk, look: Look = LOOK) -> Still:
    return await still(desk, look, desk.started.is_set, lambda: "North floor 10:41:07")


async def test_it_is_the_screen_of_that_size_as_text_and_as_a_picture() -> None:
    seen = await taken(FakeDesk())
    lines = seen.text.splitlines()

    assert len(lines) == 36
    assert "10:41:07" in lines[0]
    assert any("Needs you" in line for line in lines)
    assert seen.picture.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 628"')
    assert "<title>North floor 10:41:07</title>" in seen.picture


async def test_the_same_moment_gives_the_same_picture() -> None:
    assert await taken(FakeDesk()) == await taken(FakeDesk())


async def test_a_small_one_is_as_small_as_that() -> None:
    seen = await taken(FakeDesk(), Look((40, 20), "dark", BLOCKS))

    assert len(seen.text.splitlines()) == 20
    assert max(map(len, seen.text.splitlines())) <= 40


async def test_ascii_draws_without_blocks_and_no_colour_in_black_and_white() -> None:
    seen = await taken(FakeDesk(), Look((120, 36), "dark", ASCII, colour=False))

    assert "│" not in seen.text
    assert "█" not in seen.text
    assert "#ff" not in seen.picture.replace("#ffffff", "")


async def test_what_came_last_is_in_it() -> None:
    desk = FakeDesk()

    def is_there() -> bool:
        if desk.started.is_set():
            desk.put("agents", Notice("Everybody has gone home."))
        return desk.started.is_set()

    seen = await still(desk, LOOK, is_there, lambda: "")

    assert "Everybody has gone home." in seen.text


async def test_nothing_pops_up() -> None:
    desk = FakeDesk()
    desk.plugin_tone = Tone.ALARM

    assert "plugin has problems" not in (await taken(desk)).text


async def test_what_the_desk_raises_is_raised() -> None:
    class Broken(FakeDesk):
        async def start(self, on_change: OnChange) -> None:
            on_change(frozenset({HEADING}))
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        await still(Broken(), LOOK, lambda: False, lambda: "")


async def test_whoever_is_told_to_leave_leaves() -> None:
    desk = FakeDesk()
    task = asyncio.create_task(still(desk, LOOK, lambda: False, lambda: ""))
    await asyncio.wait_for(desk.started.wait(), PATIENCE_SECONDS)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
