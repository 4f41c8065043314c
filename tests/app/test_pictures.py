"""How the screen looks, as text. FLOORWATCH_NEW_PICTURES=1 writes the pictures anew: look before you keep them."""

import os
from pathlib import Path

import pytest

from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.engine.desk import Health
from tests.app import fake_views as views
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

PICTURES = Path(__file__).parent / "snapshots"
SIZES = ((200, 60), (120, 36), (80, 24), (40, 20))


def compare(name: str, found: Seen) -> None:
    """The screen equals the picture of this name."""
    path = PICTURES / f"{name}.txt"
    if os.environ.get("FLOORWATCH_NEW_PICTURES"):
        path.write_text(found.text + "\n", "utf-8")
    assert found.text + "\n" == path.read_text("utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_floor(size: tuple[int, int]) -> None:
    async with seen(size=size) as found:
        assert len(found.lines) == size[1]
        assert "10:41" in found.lines[0]
        assert "support" in found.text
        compare(f"floor-{size[0]}x{size[1]}", found)


async def test_the_floor_in_ascii() -> None:
    async with seen(glyphs=ASCII) as found:
        assert not set(found.text) & set("│─╭╮╰╯▂▃▄▅▆▇█▸▾▐…")
        compare("floor-ascii", found)


@pytest.mark.parametrize("panel", ["2", "3"])
async def test_one_panel_in_the_hand(panel: str) -> None:
    async with seen(size=(40, 20)) as found:
        await found.press(panel)
        compare(f"panel-{panel}-40x20", found)


async def test_a_queue_opened() -> None:
    async with seen(size=(80, 24)) as found:
        await found.press("enter")
        await found.until(lambda: "*******41" in found.text)
        await found.settle()
        compare("queue-80x24", found)


async def test_the_keys() -> None:
    async with seen(glyphs=BLOCKS) as found:
        await found.press("f1")
        compare("keys-120x36", found)


async def test_panels_in_trouble() -> None:
    desk = FakeDesk()
    desk.put("queue-status", views.queues_view(desk.now()), Health.FAULTED, "KeyError: 'seat'")
    desk.put("needs-you", None)
    desk.put("agents", views.agents_view(desk.now()), Health.SLOW, "takes 80 ms")
    async with seen(desk) as found:
        assert "! faulted" in found.text
        compare("trouble-120x36", found)
