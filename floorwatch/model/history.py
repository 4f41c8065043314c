"""What has ended, kept as append-only columns: waits, talks, agent spells, rings. Reports turn them into frames.

Rules
- A row is written when its thing ends, and is never changed. The columns of a table have equal lengths at all times.
- Times are epoch seconds UTC; NaN where the feed did not tell. Words are strings, None where there is none.
- Rows wait in a small list and move into the columns together: one append a row instead of nine.
- Words that come again and again (queues, agents, states) are numbers into one vocabulary: 4 bytes instead of 8, and
  none for the word.
- A history can be taken over by a new one that leaves out what ended long ago: windows on the old one stay what they
  were.
- The rows are decided by the entries alone. So a floor that was kept reads the first rows of a complete history, and
  the rows that it writes itself are read there as soon as the complete one has them: it never writes to it.
"""

from array import array
from collections.abc import Mapping, Sequence
from copy import copy
from math import inf, isnan
from typing import Any, ClassVar, Generic, Self, TypeVar

from msgspec import Struct

from floorwatch.model.bases import Bases
from floorwatch.model.lost_rows import LostLedger
from floorwatch.model.rows import Blocks, Index, Kept, Rows, Word
from floorwatch.model.things import Things

NAN = float("nan")
ROWS_TOGETHER = 1024

Row = TypeVar("Row", bound=tuple[Any, ...])


class Lengths(Struct, frozen=True):
    """How much of everything a history holds: rows of each table, words, things of each kind, ids of entries, bases of
    each mapping."""

    rows: Mapping[str, int]
    words: int = 0
    things: Mapping[str, int] = {}
    ids: int = 0
    bases: Mapping[str, int] = {}


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

        self._whole: Columns[Row] | None = None
        """The table that this one reads the first rows of, and writes nothing to."""

    def __len__(self) -> int:
        return self._settled + len(self._fresh)

    def upto(self, length: int) -> Self:
        """The first rows of this table, and those that are added to it itself. Raises ValueError where there are not so
        many."""
        self.settle()
        if not 0 <= length <= self._settled:
            raise ValueError(f"{length} rows of {self._settled}")
        return copy(self).reading(self if self._whole is None else self._whole, length)

    def reading(self, whole: "Columns[Row]", length: int) -> Self:
        """Begin with so many rows of the complete table, whose columns these are."""
        self._whole, self._settled, self._fresh = whole, length, []
        return self

    @property
    def settled_rows(self) -> int:
        """How many rows stand in the columns."""
        return self._settled

    def add(self, row: Row) -> None:
        """Append a row: its words in the order of `WORDS`, then its numbers in the order of `NUMBERS`."""
        self._fresh.append(row)
        if len(self._fresh) >= ROWS_TOGETHER:
            self.settle()

    @property
    def columns(self) -> Mapping[str, Sequence[Word] | Sequence[float]]:
        """The columns by name, words first. Some are the live ones: copy what must not grow."""
        self.settle()
        if self._whole is not None:
            cut = zip(self.names, self.cut(self.names, 0, len(self)), strict=True)
            return {name: array("d", values) if name in self._numbers else values for name, values in cut}
        words = self._vocabulary.words
        found: dict[str, Sequence[Word] | Sequence[float]] = {
            name: self._own[name] if name in self.OWN_WORDS else [words[code] for code in self._shared[name]]
            for name in self.WORDS
        }
        return {**found, **self._numbers}

    def cut(self, names: Sequence[str], first: int, upto: int) -> list[list[Any]]:
        """These columns of the rows from `first` up to `upto`, words as words."""
        settled = min(upto, self._settled)
        fresh = self._fresh[max(0, first - settled) : upto - settled]
        words, found = self._vocabulary.words, []
        for name in names:
            place = self.names.index(name)
            cut = self._kept.columns[place][first:settled]
            found.append([*((words[code] for code in cut) if self._kept.coded[place] else cut)])
            found[-1].extend(row[place] for row in fresh)
        return found

    def window(self) -> "Rows":
        """The rows of now, to be read in any thread while further ones come."""
        if self._whole is not None:
            self.settle()
        return Rows(self._kept, self.names, self.TIME, self._settled, self._fresh, len(self._fresh))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in the order in which a row has them."""
        return (*self.WORDS, *self.NUMBERS)

    def settle(self) -> None:
        """Move what waits into the columns. A window reads what it was given, so the list is left to it, not cleared,
        and rows count as moved once they are whole."""
        if not self._fresh:
            return
        if self._whole is not None:
            self._pass_over(self._whole.settled_rows)
            return
        columns = zip(self.names, zip(*self._fresh, strict=True), strict=True)
        self.extend(
            {name: self._vocabulary.codes(values) if name in self._shared else values for name, values in columns}
        )
        self._fresh = []

    def extend(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Append rows as columns of one length, shared words as numbers into the vocabulary; nothing may wait."""
        latest = -inf
        count = len(columns[self.TIME])
        for name, values in columns.items():
            column: Any = self._numbers.get(name, self._shared.get(name, self._own.get(name)))
            column.extend(values)
            if name == self.TIME or name in self.BEGAN:
                latest = max(latest, max((time for time in values if not isnan(time)), default=-inf))
        self._blocks.add(self._settled, self._settled + count, latest)
        self._settled += count

    def take_over(self, other: Self, first: int) -> None:
        """Append the rows of another table from `first` on."""
        for start in range(first, len(other), ROWS_TOGETHER):
            cut = other.cut(self.names, start, min(start + ROWS_TOGETHER, len(other)))
            codes = self._vocabulary.codes
            columns = zip(self.names, cut, strict=True)
            self.extend({name: codes(values) if name in self._shared else values for name, values in columns})

    def settled(self, first: int) -> Mapping[str, Sequence[Any]]:
        """The columns of the rows from `first` on, as `extend` takes them."""
        self.settle()
        columns: dict[str, Sequence[Any]] = {**self._own, **self._shared, **self._numbers}
        return {name: columns[name][first : self._settled] for name in self.names}

    def _pass_over(self, rows: int) -> None:
        """What waits and is among the first rows of the complete table is read there."""
        known = min(rows - self._settled, len(self._fresh))
        if known > 0:
            self._settled += known
            self._fresh = self._fresh[known:]


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
        self.vocabulary = vocabulary
        self.things = Things()
        self.bases = Bases()
        self.counted: dict[str, Any] = {}
        self.lost = LostLedger()

    @property
    def tables(self) -> Mapping[str, Columns[Any]]:
        """All tables by name."""
        return {
            "visits": self.visits,
            "talks": self.talks,
            "spells": self.spells,
            "rings": self.rings,
            "wraps": self.wraps,
        }

    def lengths(self) -> Lengths:
        """How much there is of everything."""
        for table in self.tables.values():
            table.settle()
        rows = {name: len(table) for name, table in self.tables.items()}
        things = self.things
        things.gather()
        return Lengths(rows, len(self.vocabulary.words), things.lengths(), len(things.ids), self.bases.lengths())

    def since(self, before: float, most: Mapping[str, int]) -> "History":
        """One of its own without what ended before this moment, and with no more rows of each table than `most`: the
        last ones. Rows that stand together with others stay with them."""
        made = History()
        made.things, made.bases = self.things, self.bases
        for name, table in self.tables.items():
            table.settle()
            first = max(table.window().first_since(before), len(table) - most.get(name, len(table)))
            made.tables[name].take_over(table, first)
        return made

    def upto(self, lengths: Lengths) -> "History":
        """The first of everything: a history that reads this one, and keeps what is added to it to itself. Raises
        ValueError where there is not so much."""
        made = copy(self)
        rows = lengths.rows
        made.visits, made.talks = self.visits.upto(rows["visits"]), self.talks.upto(rows["talks"])
        made.spells, made.rings = self.spells.upto(rows["spells"]), self.rings.upto(rows["rings"])
        made.wraps = self.wraps.upto(rows["wraps"])
        made.things = self.things.upto(lengths.things, lengths.ids)
        made.bases = self.bases.upto(lengths.bases)
        return made
