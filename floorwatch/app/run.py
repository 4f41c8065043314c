"""Run the screen until the person leaves."""

import gc
import os

from floorwatch.app.desk import Desk
from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.app.layout import LayoutSpec
from floorwatch.app.themes import DARK


def run(desk: Desk, layout: LayoutSpec, *, theme: str = DARK, ascii: bool = False, colour: bool = True) -> None:  # noqa: A002
    """Show `desk` until the person leaves; the terminal is then as it was. `colour=False` is for NO_COLOR.

    Returns with the engine's threads possibly still there: the caller flushes and ends the process without joining
    them. Raises what `Desk.start` raised, and KeyError for a theme that does not exist.
    """
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when Textual is imported; at 60 the first screen waits 8 ms more
    # Collecting garbage while importing and composing costs a tenth of the start. What is there at the first paint
    # stays for good, so it is never looked through again.
    gc.disable()
    from floorwatch.app.floor_app import FloorApp

    app = FloorApp(desk, layout, theme=theme, glyphs=ASCII if ascii else BLOCKS, colour=colour, on_shown=_shown)
    try:
        app.run()
    finally:
        gc.enable()
    if app.failure is not None:
        raise app.failure


def _shown() -> None:
    gc.freeze()
    gc.enable()
