"""The real app on a kit's floor: keys in, text out."""

import pytest

from floorwatch.api import AgentState
from floorwatch.testing import Kit, RefusedError, floors
from tests.testing.small_plugins import Crowd, Failing, Praise, Waits


async def test_the_panel_stands_alone_on_the_screen(floorwatch: Kit) -> None:
    floorwatch.at("10:40").enters("c1", "support")

    async with floorwatch.app(Waits(), at="10:41", options={"waits": {"warn_seconds": 30}}) as screen:
        assert any("support" in line and "1:00*" in line for line in screen.lines)
        assert len(screen.lines) == 36
        await screen.press("enter")
        assert "behind queue:support" in screen.text
        await screen.press("escape")
        assert "behind" not in screen.text


async def test_time_goes_on_and_the_shift_with_it(floorwatch: Kit) -> None:
    floorwatch.at("10:40").enters("c1", "support")
    floorwatch.at("10:41:30").abandons("c1")
    floorwatch.asks(Crowd())

    async with floorwatch.app(Waits(), at="10:41", size=(80, 24)) as screen:
        await screen.pass_seconds(10)
        assert "1:10" in screen.text
        await screen.pass_seconds(20)
        assert "1:30" not in "".join(screen.lines[1:])
        assert floorwatch.clock.now() == floorwatch.floor("10:41:30").at


async def test_parts_stand_on_the_screen_too(floorwatch: Kit) -> None:
    floorwatch.put(floors.caller("vip", waited=100), floors.agent("1", "王芳", AgentState.PAUSED))

    async with floorwatch.app(Waits()) as screen:
        assert "vip" in screen.text


async def test_a_panel_that_fails_does_not_end_the_screen(floorwatch: Kit) -> None:
    async with floorwatch.app(Failing(), Waits()) as screen:
        assert "KeyError" in screen.text


async def test_an_empty_floor_is_a_screen(floorwatch: Kit) -> None:
    async with floorwatch.app(Waits(), size=(40, 20), ascii=True) as screen:
        assert "No one is waiting." in screen.text


async def test_wrong_options_are_refused_before_the_screen_opens(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match=r"panels\.waits\.colour"):
        floorwatch.app(Waits(), options={"waits": {"colour": 3}})


async def test_a_command_is_filled_in_and_what_it_makes_happen_is_folded(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009")

    async with floorwatch.app(Waits(), commands=[Praise()]) as screen:
        await screen.press("x")
        await screen.type("1009")
        await screen.press("ctrl+s")
        floor = screen.session.station.snapshot

    assert floor is not None
    assert floor.custom["praise"] == {"1009": {"word": "well done"}}
