"""Threads take short turns while a person waits for a key, and long ones again afterwards."""

import asyncio
import sys
import threading
from typing import Any

import pytest
from textual.drivers import linux_driver

from floorwatch.app.haste import TURN_SECONDS, Haste
from floorwatch.app.pasted import guard_pastes
from tests.app.screens import seen
from tests.patience import PATIENCE_SECONDS

USUAL = sys.getswitchinterval()


async def usual_again() -> None:
    """Looked at again and again: nobody tells when it is."""
    for _look in range(3_000):
        if sys.getswitchinterval() == USUAL:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("turns stay short")


async def begun_in_a_thread(haste: Haste) -> None:
    thread = threading.Thread(target=haste.begin)  # as the one that reads the terminal
    thread.start()
    thread.join(PATIENCE_SECONDS)


async def test_turns_are_short_for_a_while() -> None:
    haste = Haste()
    haste.bind(asyncio.get_running_loop())
    await begun_in_a_thread(haste)
    assert sys.getswitchinterval() == pytest.approx(TURN_SECONDS)
    await usual_again()


async def test_each_key_begins_the_while_again() -> None:
    haste = Haste()
    haste.bind(asyncio.get_running_loop())
    for _key in range(3):
        await begun_in_a_thread(haste)
    await usual_again()
    await begun_in_a_thread(haste)
    assert sys.getswitchinterval() == pytest.approx(TURN_SECONDS)
    await usual_again()


async def test_who_builds_makes_way_until_the_key_is_drawn() -> None:
    async with seen() as found:
        found.app.haste.begin()
        assert found.desk.makes_way
        await found.press("down")
        assert not found.desk.makes_way


def test_before_the_screen_and_after_it_nothing_is_changed() -> None:
    haste = Haste()
    haste.begin()
    assert sys.getswitchinterval() == USUAL
    loop = asyncio.new_event_loop()
    haste.bind(loop)
    loop.close()
    haste.begin()
    assert sys.getswitchinterval() == USUAL


def test_whatever_comes_from_the_terminal_is_heard_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    driver: Any = linux_driver
    monkeypatch.setattr(driver, "XTermParser", driver.XTermParser.__mro__[-4])
    heard = list[str]()
    guard_pastes(lambda: heard.append("heard"))
    keys = [event.key for event in driver.XTermParser().feed("a")]
    assert (keys, heard) == (["a"], ["heard"])
