"""The real screen: help is taken from *needs you* by its key, answered in its form, and an alert is seen to."""

import pytest

from floorwatch.testing import Kit
from floorwatch_needs_you.commands import Acknowledge, Snoozes
from floorwatch_needs_you.panel import NeedsYou
from floorwatch_seat_support.help_commands import help_commands
from floorwatch_seat_support.help_panel import HelpPanel
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.rules import rules

COMMANDS = [Acknowledge(), Snoozes(), *help_commands(Limits())]


@pytest.fixture
def asking(floorwatch: Kit) -> Kit:
    """李娜 has waited for four minutes; whoever looks is 王芳."""
    floorwatch.me = "王芳"
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007", seat="A07")
    floorwatch.at("10:37").asks("李娜", "退税流程", by="李娜", entry="h1")
    floorwatch.asks(rules(Limits())[0])
    return floorwatch


async def test_h_takes_and_h_answers_from_needs_you(asking: Kit) -> None:
    async with asking.app(NeedsYou(), HelpPanel(Limits()), at="10:41", commands=COMMANDS) as screen:
        assert "[h take]" in screen.text
        await screen.press("1", "home", "h")
        await screen.pass_seconds(5)
        assert "王芳 is on the way" in screen.text
        assert "[h answer]" in screen.text

        await screen.press("h")
        assert "退税流程" in screen.text
        await screen.type("Form A")
        await screen.press("enter")
        await screen.pass_seconds(5)
        assert "Nothing needs you right now." in screen.text
        assert "Form A" in screen.text


async def test_a_and_enter_see_to_an_alert(asking: Kit) -> None:
    async with asking.app(NeedsYou(), at="10:41", commands=COMMANDS) as screen:
        await screen.press("1", "home", "a", "enter")
        await screen.pass_seconds(5)

        assert "seen to by 王芳" in screen.text
