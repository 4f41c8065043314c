"""Run the screen until the person leaves."""

import gc
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.app.terminal import Drawing, NotUtf8Error, Question, has_few_colours, patience_in
from floorwatch.app.themes import DARK
from floorwatch.engine.desk import Desk
from floorwatch.engine.save_folder import SaveFolder
from floorwatch.settings.values import Notify


def run(  # noqa: PLR0913  # each is a setting of its own
    desk: Desk,
    *,
    theme: str = DARK,
    ascii: bool | None = None,  # noqa: A002  # the setting's own name
    colour: bool = True,
    lock_after_seconds: float | None = None,
    drafts: Path | None = None,
    notify: Notify = Notify.BELL,
    saves: SaveFolder | None = None,
    alone: AbstractContextManager[None] | None = None,
) -> None:
    """Show `desk` until the person leaves; the terminal is then as it was.

    `ascii` draws without blocks and borders (None: asks the terminal whether it must), `colour=False` is for NO_COLOR.
    After `lock_after_seconds` without a key or a click nobody writes until somebody says who they are (None: never).
    What was typed into forms and not sent is kept in the folder `drafts` (None: until the app ends), also where the
    system ends the process: what a signal raises passes through here.
    A new alarm calls by `notify`; what is saved goes into `saves` (None: nothing can be). `alone` is entered while the
    screen is drawn: it keeps everybody else off the terminal.
    Returns with the engine's threads possibly still there: the caller flushes and ends the process without joining
    them. Raises what `Desk.start` raised, KeyError for a theme that is not in `themes.COLOURS`, and NotUtf8Error before
    anything was drawn.
    """
    # Collecting garbage while importing and composing costs a tenth of the start. What is there at the first paint
    # stays for good, so it is never looked through again.
    gc.disable()
    try:
        question, drawing = Question(), Drawing()
        try:
            from floorwatch.app.floor_app import FloorApp
            from floorwatch.app.pasted import guard_pastes
            from floorwatch.app.strips import let_lines_go
        finally:
            drawing = question.hear(patience_in(os.environ))
        if not drawing.utf8:
            raise NotUtf8Error
        glyphs = ASCII if (drawing.wide if ascii is None else ascii) else BLOCKS
        app = FloorApp(desk, theme=theme, glyphs=glyphs, colour=colour, few_colours=has_few_colours(), on_shown=_shown)
        guard_pastes(app.haste.begin)
        let_lines_go()
        app.lock_after(lock_after_seconds)
        app.call_by(notify)
        app.save_in(saves)
        if drafts is not None:
            app.keep_drafts_in(drafts)
        try:
            with alone or nullcontext():
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
