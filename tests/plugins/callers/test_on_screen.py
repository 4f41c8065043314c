"""The real screen: a lost caller is called back by two keys, reached by three, and had back by undoing."""

import pytest

from floorwatch.testing import Kit
from floorwatch_callers.commands import commands
from floorwatch_callers.panel import Callers

SIZES = [(40, 20), (80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_b_and_n_note_a_call_back_in_vain(morning: Kit, size: tuple[int, int]) -> None:
    async with morning.app(Callers(), at="10:41", commands=commands(), size=size) as screen:
        assert "To call back: 2" in screen.text
        await screen.press("b")
        assert "hung up after 2:00" in screen.text
        await screen.press("n")
        await screen.pass_seconds(5)

        assert "To call back: 2" in screen.text


async def test_b_r_and_enter_take_the_caller_off_the_list_and_u_puts_them_back(morning: Kit) -> None:
    async with morning.app(Callers(), at="10:41", commands=commands()) as screen:
        await screen.press("b", "r", "enter")
        await screen.pass_seconds(5)
        assert "To call back: 1  called back 1" in screen.text

        await screen.press("u")
        await screen.pass_seconds(5)
        assert "To call back: 2" in screen.text


async def test_a_key_goes_through_the_arrangements(morning: Kit) -> None:
    async with morning.app(Callers(), at="10:41", commands=commands()) as screen:
        found = []
        for _times in range(5):
            await screen.press("ctrl+t")
            await screen.pass_seconds(5)
            found.append([word in screen.text for word in ("Waiting: 2", "To call back: 2", "Calls in progress: 1")])

    assert found == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [True, True, True],
        [True, True, False],
    ]


async def test_enter_opens_the_caller_s_day(morning: Kit) -> None:
    async with morning.app(Callers(), at="10:41", commands=commands()) as screen:
        await screen.press("enter")

        assert "Calls of today" in screen.text
        assert "13800001234" not in screen.text
