"""What a person takes away from the screen: a panel as text, as a table, as a picture; copied, or saved as a file.

Rules
- It is what is seen: the rows that a filter leaves, in the order of the sort, numbers masked as they are on the screen.
- Copying goes through the terminal. Files are written by whoever the app was given, never by the app.
- What fails is said in a word, with the reason; nothing is done by halves.
"""

import asyncio
import os
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace
from textual.strip import Strip

from floorwatch.app.clipboard import clipboard_sequence, fits_clipboard
from floorwatch.app.commanding_app import CommandingApp
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.frame import PanelFrame
from floorwatch.app.keep import COPIES, ENDINGS, Keep, KeepWanted, offered
from floorwatch.app.multiplexer import multiplexer_in
from floorwatch.app.picture import svg
from floorwatch.app.plain_text import plain_text
from floorwatch.app.row_menu import Choice, RowMenu
from floorwatch.app.sheet import comma_separated, sheet_rows, tab_separated
from floorwatch.app.table import FloorTable
from floorwatch.app.view_box import shown_parts
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.extend.command import Toast
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.text import inert
from floorwatch.views import Part, Stack, Table, Tone
from floorwatch.words import _

PATH_SECONDS = 12.0
"""A path is copied by hand."""
LONGEST_NAME = 40

_NO_NAME = re.compile(r"[^\w-]+")


class Saves(Protocol):
    """Whoever writes files."""

    def save(self, name: str, content: bytes) -> Path:
        """Write a new file of this name, or of one like it that is free; where it is. Raises OSError."""
        ...


class KeepingApp(CommandingApp):
    """An app from which people take things away; `save_in` says who writes the files."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._saves: Saves | None = None
        self._through = multiplexer_in(os.environ)

    def save_in(self, saves: Saves | None) -> None:
        """Files are written by this one from now on; None: by nobody."""
        self._saves = saves

    def copy_to_clipboard(self, text: str) -> None:
        """Put it on the terminal's clipboard, through whatever stands in between."""
        self._clipboard = text
        self.write_to_terminal(clipboard_sequence(text, self._through))

    def write_to_terminal(self, sequence: str) -> None:
        """A sequence that the terminal acts on and does not show."""
        if self._driver is not None:
            self._driver.write(sequence)

    def on_keep_wanted(self, event: KeepWanted) -> None:
        """Do it, or ask how in a menu at the frame."""
        event.stop()
        screen, frame = event.screen, event.frame
        if frame.view is None or not isinstance(screen, FloorScreen) or screen is not self.floor_screen:
            return
        if event.how is not None:
            self._keep(screen, frame, event.how)
            return
        choices = [
            Choice(title, "", "", partial(self._keep, screen, frame, how))
            for how, title in offered()
            if self._saves is not None or how in COPIES
        ]
        self.push_screen(RowMenu(self.stage, frame.title, choices, frame.region.offset), _run)

    def _keep(self, screen: FloorScreen, frame: PanelFrame, how: Keep) -> None:
        try:
            content = self._content(screen, frame, how)
        except FAILURES as error:  # a plugin's values, of which the screen may have shown only the sound
            wrong = ("" if frame.view is None else what_is_wrong(frame.view)) or Failure.of(error).reason
            said = _("{panel} cannot be copied. {wrong}") if how in COPIES else _("{panel} cannot be saved. {wrong}")
            self.tell(Toast(said.format(panel=frame.title, wrong=wrong)))
            return
        if how in COPIES:
            self._copy(frame, how, content)
        elif self._saves is not None:
            name = file_name(frame.panel, how, self.stage.desk.now(), self.stage.desk.zone)
            self.run_worker(self._save(self._saves, frame.title, name, content), exit_on_error=True)

    def _content(self, screen: FloorScreen, frame: PanelFrame, how: Keep) -> str:
        desk = self.stage.desk
        now, zone = desk.now(), desk.zone
        match how:
            case Keep.COPY_TEXT | Keep.TEXT:
                view = Stack(tuple(seen_parts(frame)))
                return plain_text(frame.title, view, now, self.stage.glyphs, zone)
            case Keep.COPY_TABLE:
                return tab_separated(sheet_rows(seen_parts(frame), now, zone))
            case Keep.CSV:
                return comma_separated(sheet_rows(seen_parts(frame), now, zone))
            case Keep.PICTURE | Keep.SCREEN:
                at = f"{datetime.fromtimestamp(now, zone):%Y-%m-%d %H:%M:%S}"
                lines = lines_of(screen, None if how is Keep.SCREEN else frame)
                return svg(f"{frame.title} {at}", lines, self.stage.palette.style(Tone.CALM))

    def _copy(self, frame: PanelFrame, how: Keep, content: str) -> None:
        if not fits_clipboard(content):
            said = _("{panel} is too large for a terminal's clipboard. Y saves it as a file.")
            self.tell(Toast(said.format(panel=frame.title), Tone.WARN))
            return
        self.copy_to_clipboard(content)
        said = _("{panel} copied as a table.") if how is Keep.COPY_TABLE else _("{panel} copied as text.")
        self.tell(Toast(said.format(panel=frame.title)))

    async def _save(self, saves: Saves, title: str, name: str, content: str) -> None:
        try:
            file = await asyncio.to_thread(saves.save, name, content.encode("utf-8", "replace"))
        except OSError as error:
            where = f"{inert(str(error.filename))}: " if error.filename is not None else ""
            said = _("{panel} was not saved. {why}").format(panel=title, why=f"{where}{error.strerror or error}")
            self.tell(Toast(said, Tone.WARN), PATH_SECONDS)
        else:
            self.tell(Toast(_("{panel} saved: {file}").format(panel=title, file=file)), PATH_SECONDS)


def seen_parts(frame: PanelFrame) -> Iterator[Part]:
    """The views of the frame as a person sees them: of a table that is filtered or sorted, the rows that are left."""
    parts = [] if frame.view is None else shown_parts(frame.view)
    for widget, part in zip(frame.widgets, parts, strict=False):
        yield _seen(widget) if isinstance(widget, FloorTable) and widget.failure is None else part


def _seen(table: FloorTable) -> Table:
    listing = table.listing
    if not listing.words and listing.sort is None:
        return listing.table
    arranged = listing.arranged
    return replace(listing.table, rows=tuple(shown.row for shown in (*arranged.body, *arranged.totals)))


def lines_of(screen: FloorScreen, frame: PanelFrame | None) -> Sequence[Strip]:
    """The screen line by line, or what of it is this frame; what lies above the screen is not in it."""
    lines = screen._compositor.render_strips()  # noqa: SLF001  # Textual has no public way to read part of a screen
    if frame is None:
        return lines
    region = frame.region
    return [line.crop(region.x, region.right) for line in lines[region.y : region.bottom]]


def file_name(panel: str, how: Keep, now: float, zone: tzinfo) -> str:
    """`floorwatch-agents-20261122-104107.csv`: panel and floor time, without signs that a folder or a shell minds."""
    what = "screen" if how is Keep.SCREEN else _NO_NAME.sub("-", inert(panel)).strip("-")[:LONGEST_NAME] or "panel"
    return f"floorwatch-{what}-{datetime.fromtimestamp(now, zone):%Y%m%d-%H%M%S}.{ENDINGS[how]}"


def _run(choice: Choice | None) -> None:
    if choice is not None:
        choice.run()
