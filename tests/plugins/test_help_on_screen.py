"""The real screen: help is taken from *needs you* by its key, answered in its form, and an alert is seen to."""

import pytest

from floorwatch.testing import Kit, Screen
from floorwatch_needs_you.commands import needs_you_commands
from floorwatch_needs_you.panel import NeedsYou
from floorwatch_seat_support.help_commands import help_commands
from floorwatch_seat_support.help_panel import HelpPanel
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.rules import rules

COMMANDS = [*needs_you_commands(), *help_commands()]


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


async def test_what_was_snoozed_is_had_back_from_the_last_line(asking: Kit) -> None:
    asking.at("10:37:30").note(
        "李娜", "coaching", by="王芳", entry="n1", follow_up="再听", due_at=asking.at("10:38").at
    )
    asking.asks(next(rule for rule in rules(Limits()) if rule.name == "follow-up-due"))
    async with asking.app(NeedsYou(), at="10:41", commands=COMMANDS) as screen:
        await screen.press("1", "home", "down", "m")
        await screen.press(digit_of("Snooze an alert", screen), "enter")
        await screen.pass_seconds(5)
        assert "1 snoozed" in screen.text

        await screen.press("end", "enter")
        assert "[m back]" in screen.text
        await screen.press("m")
        await screen.press(digit_of("Stop snoozing", screen), "escape")
        await screen.pass_seconds(5)
        assert "1 snoozed" not in screen.text
        assert "再听" in screen.text


def digit_of(title: str, screen: Screen) -> str:
    """The digit that stands before this line of the menu."""
    line = next(line for line in screen.lines if title in line)
    return next(sign for sign in reversed(line.partition(title)[0]) if sign.isdigit())
