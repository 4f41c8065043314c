"""What was typed into forms and not sent: kept in memory, and in a file that outlives a dropped line.

Rules
- A draft is of one author, one command, one row. A wrong `esc` loses nothing; what was sent is forgotten.
- What stood fixed in the form, and the name of its doing, are kept with what was typed: sent later, it says what was so
  when it was begun, and is entered once.
- The file is written at most every two seconds while somebody types, and at once where floorwatch ends. While nothing
  is unwritten there is no timer.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

MOST_DRAFTS = 50
WRITE_AFTER_SECONDS = 2.0

Key = tuple[str, str, str | None]


class Draft(Struct, frozen=True, kw_only=True):
    """What `author` typed into the form of `command` for the row `row_key`, by the field's name.

    `words` are the row in a few words, `fixed` what stood fixed in the form, `at` the floor time of the last key.
    """

    author: str
    command: str
    row_key: str | None = None
    panel: str | None = None
    words: str = ""
    typed: Mapping[str, str] = {}
    fixed: Mapping[str, str] = {}
    doing: str = ""
    at: float = 0.0

    @property
    def key(self) -> Key:
        """Whose, of which command, for which row."""
        return self.author, self.command, self.row_key


class Shelf(Protocol):
    """Where drafts are kept while nobody watches."""

    def write(self, drafts: Sequence[Draft]) -> None:
        """These, and no others, from now on. Raises OSError."""
        ...


class Drafts:
    """The newest `MOST_DRAFTS`, those from before among them."""

    def __init__(self, kept: Iterable[Draft] = (), shelf: Shelf | None = None) -> None:
        self._kept: dict[Key, Draft] = {}
        self._shelf = shelf
        self._due: asyncio.TimerHandle | None = None
        self._is_unwritten = False
        self.on_trouble: Callable[[str], None] = lambda _why: None
        """Told why they could not be written, once until they could."""
        self._is_troubled = False
        self._open: dict[Callable[[], None], None] = {}
        self._is_writing = False
        for draft in sorted(kept, key=lambda draft: draft.at):
            self._put(draft)

    def of(self, author: str, command: str, row_key: str | None) -> Draft | None:
        """What this person had typed there."""
        return self._kept.get((author, command, row_key))

    def by(self, author: str) -> Sequence[Draft]:
        """All of this person's, the newest first."""
        return [draft for draft in reversed(self._kept.values()) if draft.author == author]

    def keep(self, draft: Draft) -> None:
        """This is what was typed by now."""
        if draft != self._kept.get(draft.key):
            self._put(draft)
            self._write_soon()

    def forget(self, author: str, command: str, row_key: str | None) -> None:
        """It was sent, or taken back."""
        if self._kept.pop((author, command, row_key), None) is not None:
            self._write_soon(0.0)

    def opened(self, keep: Callable[[], None]) -> None:
        """A form is open: `keep` keeps what stands in it. What is on the screen shall be in the file, and the message
        that it was typed may still be under way."""
        self._open[keep] = None

    def closed(self, keep: Callable[[], None]) -> None:
        """This form is open no more."""
        self._open.pop(keep, None)

    def write(self) -> None:
        """Have everything in the file now. What cannot be written is told, and tried again with the next change."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._is_writing = True
        for keep in self._open:
            keep()
        self._is_writing = False
        if self._shelf is None or not self._is_unwritten:
            return
        try:
            self._shelf.write(tuple(self._kept.values()))
        except OSError as error:
            if not self._is_troubled:
                self._is_troubled = True
                self.on_trouble(str(error))
        else:
            self._is_unwritten = self._is_troubled = False

    def _put(self, draft: Draft) -> None:
        self._kept.pop(draft.key, None)
        self._kept[draft.key] = draft
        while len(self._kept) > MOST_DRAFTS:
            del self._kept[next(iter(self._kept))]

    def _write_soon(self, seconds: float = WRITE_AFTER_SECONDS) -> None:
        self._is_unwritten = True
        if self._shelf is None or self._is_writing:
            return
        loop = asyncio.get_running_loop()
        due = loop.time() + seconds
        if self._due is not None and self._due.when() <= due:
            return
        if self._due is not None:
            self._due.cancel()
        self._due = loop.call_at(due, self.write)
