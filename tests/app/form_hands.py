"""Hands on the form of a command, for tests: a desk with commands, the form opened, words typed, what was asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from floorwatch.app.cells import width_of
from floorwatch.app.form_screen import FormScreen
from floorwatch.engine.desk import CommandEntry
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.screens import Seen, seen

FILLED = {"kind": "coach", "who": "1007", "words": "calm", "when": "-5m"}


def desk_with(*entries: CommandEntry) -> FakeDesk:
    """A desk with these commands."""
    desk = FakeDesk()
    desk.entries = entries or (NOTE,)
    return desk


@asynccontextmanager
async def opened(desk: FakeDesk | None = None, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Seen]:
    """The form of the walk note over the first panel."""
    async with seen(desk or desk_with(), size=size) as found:
        await found.press("w")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        yield found


async def type_words(found: Seen, words: str) -> None:
    """Type as a keyboard or an input method does: one sign a key."""
    for sign in words:
        await found.pilot.press("space" if sign == " " else sign)
    await found.settle()


async def fill_in(found: Seen) -> None:
    """All of `FILLED`, up to the last field."""
    await found.press("2", *"1007", "enter", *"calm", "enter")


def runs(desk: FakeDesk) -> list[tuple[object, ...]]:
    """What commands were run."""
    return [asked for asked in desk.asked if asked[0] in ("walk-note", "note")]


def line_of(found: Seen, title: str) -> str:
    """The line of the screen with this title."""
    return next(line for line in found.lines if title in line)


async def click(found: Seen, words: str) -> None:
    """Click on these words."""
    y = next(y for y, line in enumerate(found.lines) if words in line)
    await found.pilot.click(offset=(width_of(found.lines[y][: found.lines[y].index(words)]) + 1, y))
    await found.settle()


async def closed(found: Seen) -> None:
    """Wait until the form is gone."""
    await found.until(lambda: not isinstance(found.app.screen, FormScreen))
    await found.settle()
