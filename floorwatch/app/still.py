"""The screen of a desk at one moment, without a terminal: as a picture, and as text.

Rules
- It is the app itself that is drawn, on as many cells as are wanted: what is masked on a screen is masked here.
- It is taken once everything is there. What a panel does not bring in time is left as the panel shows it.
- Nobody sits there: nothing pops up, and nothing is marked as new.
"""

import asyncio
from collections.abc import Callable

from msgspec import Struct
from textual.pilot import Pilot

from floorwatch.app.floor_app import FloorApp
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.keeping import lines_of
from floorwatch.app.picture import svg
from floorwatch.engine.desk import Desk
from floorwatch.views import Tone

LOOK_SECONDS = 0.02
"""How often it is asked whether everything is there."""


class Look(Struct, frozen=True):
    """How it is drawn: columns and lines, the theme, the alphabet, in colours or without."""

    size: tuple[int, int]
    theme: str
    glyphs: Glyphs
    colour: bool = True


class Still(Struct, frozen=True):
    """What was seen: an SVG picture, and the same as lines of text."""

    picture: str
    text: str


async def still(desk: Desk, look: Look, is_there: Callable[[], bool], title: Callable[[], str]) -> Still:
    """What the screen shows once `is_there` says that it is to be taken; `title` is asked then. The desk is begun, and
    ended. Raises what `Desk.start` raised, and CancelledError."""
    taken: list[Still] = []

    async def take(pilot: Pilot[object]) -> None:
        while app.is_running and not is_there():  # noqa: ASYNC110  # threads and a child process: no one event tells
            await asyncio.sleep(LOOK_SECONDS)
        if app.is_running:
            await _show(app, pilot)
            taken.append(_taken(app, title()))
            app.exit()

    app = FloorApp(desk, theme=look.theme, glyphs=look.glyphs, colour=look.colour)
    app.save_in(None)
    await app.run_async(headless=True, size=look.size, auto_pilot=take)
    if app.failure is not None:
        raise app.failure
    if not taken:  # ctrl+c came first: Textual has taken it for a wish to leave
        raise asyncio.CancelledError
    return taken[0]


async def _show(app: FloorApp, pilot: Pilot[object]) -> None:
    """Draw everything as it is now: what changes in a burst is otherwise shown a little later."""
    app.clear_notifications()
    for _turn in range(2):  # once drawn, panels know how high they want to be
        app.floor_screen.changed(None)
        app.floor_screen.look()
        app.stage.beat.beat()
        await pilot.pause()


def _taken(app: FloorApp, title: str) -> Still:
    lines = lines_of(app.floor_screen, None)
    text = "".join(f"{line.text.rstrip()}\n" for line in lines)
    return Still(svg(title, lines, app.stage.palette.style(Tone.CALM)), text)
