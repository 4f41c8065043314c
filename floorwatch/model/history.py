"""What has ended, kept as append-only columns: waits, talks, agent spells, rings. Reports turn them into frames.

Rules
- A row is written when its thing ends, and is never changed. The columns of a table have equal lengths at all times.
- Times are epoch seconds UTC; NaN where the feed did not tell. Words are strings, None where there is none.
- Rows wait in a small list and move into the columns together: one append a row instead of nine.
- Words that come again and again (queues, agents, states) are numbers into one vocabulary: 4 bytes instead of 8, and
  none for the word.
"""

from array import array
from collections.abc import Mapping, Sequence
from math import inf, isnan
from typing import Any, ClassVar, Generic, TypeVar

from floorwatch.model.lost_rows import LostLedger
from floorwatch.model.rows import Blocks, Index, Kept, Rows, Word

NAN = float("nan")
ROWS_TOGETHER = 1024

Row = TypeVar("Row", bound=tuple[Any, ...])


class Vocabulary:
    """Words that come again and again, each with its number; what was numbered once stays."""

    def __init__(self) -> None:
        self._codes: dict[Word, int] = {}
        self.words: list[Word] = []

    def codes(self, words: Sequence[Word]) -> list[int]:
        """The numbers of these words; new ones are numbered."""
        known = self._codes
        try:
            return list(map(known.__getitem__, words))
        except KeyError:
            for word in words:
                if word not in known:
                    self.words.append(word)
                    known[word] = len(known)
            return list(map(known.__getitem__, words))

    def code(self, word: Word) -> int | None:
        """The number of this word; None for one that never came."""
        return self._codes.get(word)


class Columns(Generic[Row]):
    """A table of equal-length columns: first words, then numbers. Words not in `OWN_WORDS` share the vocabulary.

    `TIME` is the number that says when a row was written: rows come about in its order. `BEGAN` are the numbers that
    say when its thing began, which is later where a switch's clock was set back meanwhile."""

    WORDS: ClassVar[tuple[str, ...]] = ()
    OWN_WORDS: ClassVar[frozenset[str]] = frozenset()
    NUMBERS: ClassVar[tuple[str, ...]] = ()
    TIME: ClassVar[str] = ""
    BEGAN: ClassVar[tuple[str, ...]] = ()

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._own: dict[str, list[Word]] = {name: [] for name in self.WORDS if name in self.OWN_WORDS}
        self._shared: dict[str, array[int]] = {name: array("I") for name in self.WORDS if name not in self.OWN_WORDS}
        self._numbers: dict[str, array[float]] = {name: array("d") for name in self.NUMBERS}
        self._fresh: list[Row] = []
        self._settled = 0
        self._blocks = Blocks()
        columns: dict[str, Sequence[Any]] = {**self._own, **self._shared, **self._numbers}
        self._kept = Kept(
            [columns[name] for name in self.names],
            [name in self._shared for name in self.names],
            vocabulary.words,
            vocabulary.code,
            self._blocks,
            {name: Index() for name in self._shared},
        )

    def __len__(self) -> int:
        return self._settled + len(self._fresh)

    def add(self, row: Row) -> None:
        """Append a row: its words in the order of `WORDS`, then its numbers in the order of `NUMBERS`."""
        self._fresh.append(row)
        if len(self._fresh) >= ROWS_TOGETHER:
            self._settle()

    @property
    def columns(self) -> Mapping[str, Sequence[Word] | Sequence[float]]:
        """The columns by name, words first. Some are the live ones: copy what must not grow."""
        self._settle()
        words = self._vocabulary.words
        found: dict[str, Sequence[Word] | Sequence[float]] = {
            name: self._own[name] if name in self.OWN_WORDS else [words[code] for code in self._shared[name]]
            for name in self.WORDS
        }
        return {**found, **self._numbers}

    def window(self) -> "Rows":
        """The rows of now, to be read in any thread while further ones come."""
        return Rows(self._kept, self.names, self.TIME, self._settled, self._fresh, len(self._fresh))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in the order in which a row has them."""
        return (*self.WORDS, *self.NUMBERS)

    def _settle(self) -> None:
        """Move what waits into the columns. A window reads what it was given, so the list is left to it, not cleared,
        and rows count as moved once they are whole."""
        if not self._fresh:
            return
        latest = -inf
        for name, values in zip(self.names, zip(*self._fresh, strict=True), strict=True):
            if name in self._numbers:
                self._numbers[name].extend(values)
            elif name in self._own:
                self._own[name].extend(values)
            else:
                self._shared[name].extend(self._vocabulary.codes(values))
            if name == self.TIME or name in self.BEGAN:
                latest = max(latest, max((time for time in values if not isnan(time)), default=-inf))
        self._settled += len(self._fresh)
        self._blocks.add(self._settled, latest)
        self._fresh = []


class Visits(Columns[tuple[str, str, str, Word, str, Word, float, float, float]]):
    """Waits that ended: `outcome` is answered, abandoned or a `LeftHow`; `agent` only for answered ones."""

    WORDS = ("feed", "queue", "call", "caller", "outcome", "agent")
    OWN_WORDS = frozenset({"call", "caller"})
    NUMBERS = ("entered_at", "left_at", "wait_seconds")
    TIME = "left_at"
    BEGAN = ("entered_at",)


class Talks(Columns[tuple[str, str, str, str, str, Word, float, float, float, float, float]]):
    """Talks that ended: `how` is completed, transferred, restart or lost; `entered_at` NaN when no entry was seen."""

    WORDS = ("feed", "queue", "call", "agent", "how", "ended_by")
    OWN_WORDS = frozenset({"call"})
    NUMBERS = ("entered_at", "answered_at", "ended_at", "talk_seconds", "held_seconds")
    TIME = "ended_at"
    BEGAN = ("entered_at", "answered_at")


class Spells(Columns[tuple[str, str, Word, float, float]]):
    """Agent states that ended: from `start` up to `end`; `reason` only for pauses."""

    WORDS = ("agent", "state", "reason")
    NUMBERS = ("start", "end")
    TIME = "end"


class Rings(Columns[tuple[str, str, str, str, float, float]]):
    """Rings that nobody picked up: `how` is missed (the agent's) or cancelled (not the agent's)."""

    WORDS = ("queue", "call", "agent", "how")
    OWN_WORDS = frozenset({"call"})
    NUMBERS = ("at", "ring_ms")
    TIME = "at"


class Wraps(Columns[tuple[str, str, float, float, float]]):
    """After-call work that ended, with the queue and the entry (`began`) of the call that it counts with."""

    WORDS = ("queue", "agent")
    NUMBERS = ("began", "start", "end")
    TIME = "end"
    BEGAN = ("began",)


class History:
    """Everything that has ended on this floor."""

    def __init__(self) -> None:
        vocabulary = Vocabulary()
        self.visits = Visits(vocabulary)
        self.talks = Talks(vocabulary)
        self.spells = Spells(vocabulary)
        self.rings = Rings(vocabulary)
        self.wraps = Wraps(vocabulary)
        self.counted: dict[str, Any] = {}
        self.lost = LostLedger()
