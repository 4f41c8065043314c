"""Leading an app in tests: a key returns when all that it led to is on the screen, however busy the machine is."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from floorwatch.app.rest import come_to_rest, key_event
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.views import Tone
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen

STEPS = 200
"""Turns of the loop that the command takes: more than any that are waited for blindly."""


class SlowDesk(FakeDesk):
    """A desk with a command that takes a while."""

    is_done = True

    def __init__(self) -> None:
        super().__init__()
        self.entries = (CommandEntry("walk", "Walk", "w"),)

    async def run_command(
        self,
        name: str,  # noqa: ARG002  # the protocol's, as all of these
        panel: str | None,  # noqa: ARG002
        row_key: str | None,  # noqa: ARG002
        filled: Mapping[str, str] | None = None,  # noqa: ARG002
        doing: str = "",  # noqa: ARG002
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """In many steps."""
        self.is_done = False
        for _step in range(STEPS):
            await asyncio.sleep(0)
        self.is_done = True
        return (Toast("Walked.", Tone.NOTICE),)


@pytest.mark.parametrize(
    ("key", "name", "sign"),
    [
        ("x", "x", "x"),
        ("enter", "enter", None),
        ("space", "space", " "),
        ("/", "slash", "/"),
        ("slash", "slash", "/"),
        ("王", "王", "王"),
        ("ctrl+p", "ctrl+p", None),
    ],
)
def test_a_key_is_as_a_terminal_sends_it(key: str, name: str, sign: str | None) -> None:
    event = key_event(key)

    assert (event.key, event.character) == (name, sign)


async def test_what_a_command_says_is_on_the_screen_when_it_has_come_to_rest() -> None:
    desk = SlowDesk()
    async with seen(desk) as found:
        found.app.post_message(key_event("w"))
        await come_to_rest(found.app, found.pilot, lambda: desk.is_done)

        assert "Walked." in found.text


async def test_what_changes_again_and_again_is_drawn_at_once() -> None:
    async with seen() as found:
        for _time in range(5):
            found.desk.put("needs-you", None)
            await come_to_rest(found.app, found.pilot)

            assert found.app.is_at_rest
