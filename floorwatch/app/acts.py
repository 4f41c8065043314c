"""What a cell shows for the command that acts on its row: `[h take]`, with the key that the command has here.

Rules
- A command without a key of its own is in the menu of the row, and the cell names the key of that.
- A command that is not here shows nothing: no key would do what the cell says.
- Where a view is drawn away from any floor nobody knows the keys, and the words stand alone in their brackets.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from floorwatch.app.cells import cut
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.keys import MENU_KEY, keys_of
from floorwatch.engine.desk import CommandEntry
from floorwatch.text import inert
from floorwatch.views import Cell, Tone

TITLE_CELLS = 12
"""Of the title of a command, where the cell has no words of its own: it stands in a column of figures."""


class Act(Struct, frozen=True):
    """The key that does it, as a person writes it, and what it is called."""

    key: str
    title: str


Acts: TypeAlias = Mapping[str, Act]
"""By the command's name."""


def acts_of(commands: Iterable[CommandEntry], glyphs: Glyphs) -> Acts:
    """Every command that there is on this floor."""
    commands = tuple(commands)
    keys = keys_of(commands)
    return {
        entry.name: Act(
            inert(entry.key) if entry.name in keys else MENU_KEY,
            cut(glyphs.plain(inert(entry.title)), TITLE_CELLS, glyphs.cut),
        )
        for entry in commands
    }


def with_key(cell: Cell, text: str, tone: Tone, acts: Acts | None) -> tuple[str, Tone]:
    """What a cell with a command shows in place of `text`, and in which tone: it steps back behind the figures."""
    tone = Tone.MUTED if tone is Tone.CALM else tone
    if acts is None:
        return f"[{text or inert(cell.command)}]", tone
    act = acts.get(cell.command)
    return ("", tone) if act is None else (f"[{act.key} {text or act.title}]", tone)
