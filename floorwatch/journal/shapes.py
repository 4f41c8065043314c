"""The shape of a journal: one append-only table of entries, opened by URL.

Rules
- `append` returns once the entries are durable: whoever kills the process afterwards loses none of them.
- The order of a journal is the order of `seq`. It decides who was first, whatever the clocks of the writers say.
- An entry is told by its id: to append it again (nobody knew whether it had been written) changes nothing.
- Nothing here is called on the event loop: the disk may take its time.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from msgspec import Struct

from floorwatch.model.event import Event


class NewEntry(Struct, frozen=True):
    """Something that somebody entered, on its way into the journal. `at` is floor time, epoch seconds UTC."""

    id: str
    at: float
    author: str
    event: Event


class Entry(Struct, frozen=True):
    """A line of the journal. `seq` counts up, with gaps where something was purged.

    `event` is None where this floorwatch does not know what was entered: a plugin that is not here, a newer version.
    """

    seq: int
    id: str
    at: float
    author: str
    event: Event | None


class JournalError(Exception):
    """The journal cannot be read or written; the message says why and what to do, `word` why in two or three words
    ("disk is full"; "" where nobody said). Trying again later may help."""

    def __init__(self, message: str, word: str = "") -> None:
        super().__init__(message)
        self.word = word


class UnusableJournalError(JournalError):
    """It never will be, as it is: no journal, of a newer version, or of a kind that nobody here opens."""


class Journal(Protocol):
    """Where what people enter is kept. One thread at a time may use one."""

    @property
    def url(self) -> str:
        """What it was opened by."""
        ...

    def append(self, entries: Sequence[NewEntry]) -> Sequence[Entry]:
        """Make them durable, all or none, and give them as they stand in the journal: those that stood there before,
        too. Blocks for one write to the disk, and up to two seconds for other writers. Raises JournalError."""
        ...

    def since(self, seq: int, most: int = 10_000) -> Sequence[Entry]:
        """The entries after `seq` in their order, at most so many. Raises JournalError."""
        ...

    def is_changed(self) -> bool:
        """Whether somebody may have written since this was last asked: cheap enough for four times a second."""
        ...

    def purge(self, ids: Collection[str]) -> int:
        """Delete these entries for good; how many there were. Raises JournalError."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
