"""Keys that come faster than they are done: each is for the screen that the one before it has led to."""

from collections.abc import Mapping, Sequence

import pytest
from textual.events import Key

from floorwatch.app import key_order
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.views import Cell, Column, Row, Table
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

NEXT = Table((Column("who", "who", 10),), (Row("agent:7", (Cell("A07"),)),), opens=False)
SEEN = ("seen", "walk", "agent:7")
"""What is asked when the second key is for the page that the first one opened."""


class WalkDesk(FakeDesk):
    """A desk with a command that opens a page, held until the test lets it, and one for the row under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.entries = (CommandEntry("walk", "Walk", "w"), CommandEntry("seen", "Seen", "v", rows=("",)))
        self.put_page("walk", "Walk", NEXT)
        self.held.clear()

    async def run_command(
        self,
        name: str,
        panel: str | None,
        row_key: str | None,
        filled: Mapping[str, str] | None = None,  # noqa: ARG002  # the protocol's
        doing: str = "",  # noqa: ARG002  # the protocol's
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """The walk opens its page."""
        self.asked.append((name, panel, row_key))
        if name != "walk":
            return ()
        await self.held.wait()
        return (Open("walk"),)


def type_at_once(found: Seen, keys: str) -> None:
    """As a slow line delivers them."""
    for sign in keys:
        found.app.post_message(Key(sign, sign))


async def test_a_key_waits_for_the_page_that_a_command_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_order, "PATIENCE_SECONDS", 60.0)
    desk = WalkDesk()
    async with seen(desk) as found:
        type_at_once(found, "wv")
        await found.until(lambda: bool(desk.asked))
        await found.pilot.pause()  # it does not come to rest: the second key waits
        assert not found.app.is_at_rest
        assert [asked[0] for asked in desk.asked] == ["walk"]
        desk.held.set()
        await found.until(lambda: SEEN in desk.asked)
        assert len(desk.asked) == 2


async def test_a_command_that_does_not_come_back_holds_no_key_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_order, "PATIENCE_SECONDS", 0.001)
    desk = WalkDesk()
    async with seen(desk) as found:
        type_at_once(found, "wvvv")
        await found.until(lambda: len(desk.asked) == 4)
        assert desk.asked[1:] == [("seen", "queue-status", "support")] * 3
        desk.held.set()
        await found.until(lambda: desk.opened == ["walk"])
        type_at_once(found, "v")
        await found.until(lambda: SEEN in desk.asked)
