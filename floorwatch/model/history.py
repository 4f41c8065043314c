"""What has ended, kept as append-only columns: waits, talks, agent spells, rings. Reports turn them into frames.

Rules
- A row is written when its thing ends, and is never changed. The columns of a table have equal lengths at all times.
- Times are epoch seconds UTC; NaN where the feed did not tell. Words are strings, None where there is none.
- Rows wait in a small list and move into the columns together: one append a row instead of nine.
"""

from array import array
from collections.abc import Mapping, MutableSequence, Sequence
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

NAN = float("nan")
ROWS_TOGETHER = 1024

Row = TypeVar("Row", bound=tuple[Any, ...])
Word: TypeAlias = str | None


class Columns(Generic[Row]):
    """A table of equal-length columns: words in lists (which share equal strings), numbers in arrays of doubles."""

    WORDS: ClassVar[tuple[str, ...]] = ()
    NUMBERS: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        words: list[MutableSequence[Any]] = [[] for _ in self.WORDS]
        self._columns = [*words, *(array("d") for _ in self.NUMBERS)]
        self._fresh: list[Row] = []

    def __len__(self) -> int:
        return len(self._columns[0]) + len(self._fresh)

    def add(self, row: Row) -> None:
        """Append a row: its words in the order of `WORDS`, then its numbers in the order of `NUMBERS`."""
        self._fresh.append(row)
        if len(self._fresh) >= ROWS_TOGETHER:
            self._settle()

    @property
    def columns(self) -> Mapping[str, Sequence[Word] | Sequence[float]]:
        """The columns by name, words first. They are the live ones: copy what must not grow."""
        self._settle()
        return dict(zip((*self.WORDS, *self.NUMBERS), self._columns, strict=True))

    def _settle(self) -> None:
        if self._fresh:
            for column, values in zip(self._columns, zip(*self._fresh, strict=True), strict=True):
                column.extend(values)
            self._fresh.clear()


class Visits(Columns[tuple[str, str, str, Word, str, Word, float, float, float]]):
    """Waits that ended: `outcome` is answered, abandoned or a `LeftHow`; `agent` only for answered ones."""

    WORDS = ("feed", "queue", "call", "caller", "outcome", "agent")
    NUMBERS = ("entered_at", "left_at", "wait_seconds")


class Talks(Columns[tuple[str, str, str, str, str, Word, float, float, float, float, float]]):
    """Talks that ended: `how` is completed, transferred, restart or lost; `entered_at` NaN when no entry was seen."""

    WORDS = ("feed", "queue", "call", "agent", "how", "ended_by")
    NUMBERS = ("entered_at", "answered_at", "ended_at", "talk_seconds", "held_seconds")


class Spells(Columns[tuple[str, str, Word, float, float]]):
    """Agent states that ended: from `start` up to `end`; `reason` only for pauses."""

    WORDS = ("agent", "state", "reason")
    NUMBERS = ("start", "end")


class Rings(Columns[tuple[str, str, str, str, float, float]]):
    """Rings that nobody picked up: `how` is missed (the agent's) or cancelled (not the agent's)."""

    WORDS = ("queue", "call", "agent", "how")
    NUMBERS = ("at", "ring_ms")


class Wraps(Columns[tuple[str, str, float, float, float]]):
    """After-call work that ended, with the queue and the entry (`began`) of the call that it counts with."""

    WORDS = ("queue", "agent")
    NUMBERS = ("began", "start", "end")


class History:
    """Everything that has ended on this floor."""

    def __init__(self) -> None:
        self.visits = Visits()
        self.talks = Talks()
        self.spells = Spells()
        self.rings = Rings()
        self.wraps = Wraps()
