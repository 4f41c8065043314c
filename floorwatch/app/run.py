"""Run the screen until the person leaves."""

import gc
import os
from pathlib import Path

from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.app.layout import LayoutSpec
from floorwatch.app.terminal import Question
from floorwatch.app.themes import DARK
from floorwatch.engine.desk import Desk


def run(  # noqa: PLR0913  # each is a setting of its own
    desk: Desk,
    layout: LayoutSpec,
    *,
    theme: str = DARK,
    ascii: bool | None = None,  # noqa: A002  # the setting's own name
    colour: bool = True,
    lock_after_seconds: float | None = None,
    drafts: Path | None = None,
) -> None:
    """Show `desk` until the person leaves; the terminal is then as it was.

    `ascii` draws without blocks and borders (None: asks the terminal whether it must), `colour=False` is for NO_COLOR.
    After `lock_after_seconds` without a key or a click nobody writes until somebody says who they are (None: never).
    What was typed into forms and not sent is kept in the folder `drafts` (None: until the app ends), also where the
    system ends the process: what a signal raises passes through here.
    Returns with the engine's threads possibly still there: the caller flushes and ends the process without joining
    them. Raises what `Desk.start` raised, and KeyError for a theme that is not in `themes.COLOURS`.
    """
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when Textual is imported; at 60 the first screen waits 8 ms more
    # Collecting garbage while importing and composing costs a tenth of the start. What is there at the first paint
    # stays for good, so it is never looked through again.
    gc.disable()
    try:
        question = Question() if ascii is None else None
        try:
            from floorwatch.app.floor_app import FloorApp
            from floorwatch.app.pasted import guard_pastes
        finally:
            wide = question.hear() if question is not None else bool(ascii)
        glyphs = ASCII if wide else BLOCKS
        app = FloorApp(desk, layout, theme=theme, glyphs=glyphs, colour=colour, on_shown=_shown)
        guard_pastes()
        app.lock_after(lock_after_seconds)
        if drafts is not None:
            app.keep_drafts_in(drafts)
        try:
            app.run()
        finally:
            app.drafts.write()
    finally:
        gc.enable()
    if app.failure is not None:
        raise app.failure


def _shown() -> None:
    gc.freeze()
    gc.enable()
