"""The footer: the keys that act here, the most useful ones where there is no room for all; a click presses one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.cells import cut, width_of
from floorwatch.app.drawn import Drawn
from floorwatch.app.keys import KEYS, Key, Where, keys_of
from floorwatch.app.paint import Piece, strip_of
from floorwatch.app.stage import Stage
from floorwatch.app.tones import Ground
from floorwatch.engine.desk import CommandEntry
from floorwatch.text import inert
from floorwatch.views import Tone

SHOWN_WEIGHT, ROW_WEIGHT, FLOOR_WEIGHT, FURTHER_WEIGHT, ELSEWHERE_WEIGHT = 86, 85, 80, 72, 35
"""Of the command that the row under the cursor shows, of others for it, of one that needs no row, of those behind the
first `FIRST_COMMANDS`, of one for rows of other kinds."""
PAGE_TAB_WEIGHT = 71
"""Of the next table on a page: what can be done with the row counts more there; on the dashboard it is the way on."""
GO_TO_WEIGHT = 82
"""Of the key that goes to another time, in a replay."""
FIRST_COMMANDS = 3
"""The others are in the menu of the row, which would else lose its own place."""
WORD_CELLS = 16
"""Of a command's title: there are many, and the other keys must not go for them."""


class Entry(NamedTuple):
    """A key in the footer: how it is written, its word, Textual's name for it."""

    anywhere: bool
    weight: int
    shown: str
    word: str
    name: str

    @property
    def width(self) -> int:
        """Cells, with the two blanks behind it."""
        return width_of(self.shown) + width_of(self.word) + 3


class Offers(NamedTuple):
    """What there is for keys to act on: another part or panel, a cursor, a row that it is on or that the screen is
    about, something behind that row, a table to sort, something to find words in; `acts` are names of the commands that
    are for that row, `shown` is the one that its own cells show; `turns`: the panel has another arrangement. `replay`:
    floor time can be moved; `away`: it is that of a live floor's past."""

    has_next: bool = True
    has_cursor: bool = True
    has_row: bool = True
    opens: bool = True
    lists: bool = True
    finds: bool = True
    acts: frozenset[str] = frozenset()
    shown: str = ""
    turns: bool = False
    replay: bool = False
    away: bool = False


class Footer(Drawn):
    """One line of keys with a word each."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, stage: Stage, commands: Sequence[CommandEntry] = (), *, above: bool = False) -> None:
        """`above`: on a screen that stands above another, where the way back matters and there is one panel."""
        super().__init__(stage)
        self._above = above
        self._offers = Offers()
        self._own_keys = keys_of(commands)
        self._commands = [entry for entry in commands if entry.name in self._own_keys]
        self._spots: list[tuple[int, int, str]] = []

    def tell(self, offers: Offers) -> None:
        """Offer the keys that do anything with this."""
        if offers != self._offers:
            self._offers = offers
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one line."""
        pieces: list[Piece] = []
        self._spots, x = [], 1
        style = self.palette.style
        for entry in self._fitting():
            pieces += [
                (entry.shown, style(Tone.NOTICE, Ground.FOOT, bold=True)),
                (f" {entry.word}  ", style(Tone.MUTED, Ground.FOOT)),
            ]
            self._spots.append((x, x + entry.width - 2, entry.name))
            x += entry.width
        blank = self.ground_style(Ground.FOOT)
        return strip_of([(" ", blank), *pieces], self.size.width, blank) if y == 0 else self.blank(Ground.FOOT)

    def on_click(self, event: Click) -> None:
        """Press the key under the mouse."""
        for first, last, name in self._spots:
            if first <= event.x < last:
                self.post_message(self.Pressed(name))

    def _fitting(self) -> list[Entry]:
        """As many as fit: those that act on what is under the cursor first."""
        weights = self._command_weights()
        found = [
            Entry(
                False,
                weights[entry.name],
                inert(entry.key),
                self._short(entry.title),
                self._own_keys[entry.name],
            )
            for entry in self._commands
        ]
        found += [
            Entry(key.where is Where.ANYWHERE, self._weight(key), key.shown.split(" ")[0], key.footer(), key.names[0])
            for key in KEYS
            if key.footer is not None and (self._offers.replay or key.where is not Where.REPLAY)
        ]
        room = self.size.width + 1  # the last entry needs no blanks behind it
        found = [entry for entry in found if entry.weight]
        while found and sum(entry.width for entry in found) > room:
            found.remove(min(reversed(found), key=lambda entry: entry.weight))
        return sorted(found, key=lambda entry: (entry.anywhere, -entry.weight))

    def _command_weights(self) -> Mapping[str, int]:
        """By the command's name; those for the row count before those that need none."""
        for_row = [entry.name for entry in self._commands if entry.name in self._offers.acts]
        for_floor = [entry.name for entry in self._commands if entry.name not in for_row and not entry.rows]
        weights = {entry.name: ELSEWHERE_WEIGHT for entry in self._commands}
        weights |= dict.fromkeys((*for_row, *for_floor), FURTHER_WEIGHT)
        first = (*for_row, *for_floor)[:FIRST_COMMANDS]
        weights |= {name: ROW_WEIGHT if name in for_row else FLOOR_WEIGHT for name in first}
        return weights | {name: SHOWN_WEIGHT for name in for_row if name == self._offers.shown}

    def _short(self, title: str) -> str:
        """A title up to its colon: "Notes: read and search" is "Notes" here."""
        words = self.stage.glyphs.plain(inert(title).replace("：", ":").partition(":")[0])
        return cut(words, WORD_CELLS, self.stage.glyphs.cut)

    def _weight(self, key: Key) -> int:
        """The way back counts most on a screen above another, and least on the dashboard; what does nothing here counts
        nothing."""
        offers, name = self._offers, key.names[0]
        if name == "escape":
            return 100 if self._above else 0
        if name == "tab" and self._above:
            return PAGE_TAB_WEIGHT if offers.has_next else 0
        if name == "t" and offers.replay:
            return GO_TO_WEIGHT
        acts = {
            "tab": offers.has_next,
            "z": not self._above,
            "enter": offers.opens,
            "m": offers.has_row,
            "?": offers.has_cursor,
            "/": offers.finds,
            "s": offers.lists,
            ";": offers.turns,
            "T": offers.away,
        }
        return key.weight if acts.get(name, True) else 0
