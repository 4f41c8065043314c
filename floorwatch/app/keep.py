"""What can be taken away from the screen, and the wish for it, which a screen hands up to the app."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from textual.message import Message
from textual.screen import Screen

from floorwatch.app.frame import PanelFrame
from floorwatch.words import _


class Keep(StrEnum):
    """What is taken away, and how."""

    COPY_TEXT = "copy-text"
    COPY_TABLE = "copy-table"
    PICTURE = "picture"
    SCREEN = "screen"
    CSV = "csv"
    TEXT = "text"


COPIES = frozenset({Keep.COPY_TEXT, Keep.COPY_TABLE})
ENDINGS = {Keep.PICTURE: "svg", Keep.SCREEN: "svg", Keep.CSV: "csv", Keep.TEXT: "txt"}
"""Of the names of files."""


class KeepWanted(Message):
    """A person wants to take away what a frame of the screen shows; `how` None: they are asked how."""

    def __init__(self, screen: Screen[Any], frame: PanelFrame, how: Keep | None = None) -> None:
        super().__init__()
        self.screen = screen
        self.frame = frame
        self.how = how


def offered() -> Sequence[tuple[Keep, str]]:
    """Every way, with its line in the menu."""
    return (
        (Keep.COPY_TEXT, _("Copy as text")),
        (Keep.COPY_TABLE, _("Copy as a table for a spreadsheet")),
        (Keep.PICTURE, _("Save as a picture (SVG)")),
        (Keep.SCREEN, _("Save the whole screen as a picture (SVG)")),
        (Keep.CSV, _("Save as a table (CSV)")),
        (Keep.TEXT, _("Save as text")),
    )
