"""The moving part of attendance and rosters: the documents as they were read last, and what people entered.

Rules
- Only the folds (`fold_duty`, `fold_entered`) change a book. What stands in it is frozen, and replaced as a whole.
- A reading takes the place of the one before it, whole. Which document came first makes no difference.
- A document stands under the name of its feed; where a feed has several, under "feed/document". One that was never
  read moves none that was.
- A snapshot is the same object until something changes; what documents say is put together once for each change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.duty import NO_DUTY, Assignment, DocumentState, Duty, Excuse, HandMark, Leave, Swap, Told
from floorwatch.model.duty_events import DocumentRead, DocumentRefused
from floorwatch.model.entities import Topic
from floorwatch.model.entry_log import Change
from floorwatch.model.people import People
from floorwatch.model.placed import Placed, merged, placed, when_of_approval, when_of_punch, when_of_shift
from floorwatch.model.readings import Readings
from floorwatch.model.things import Things

Thing: TypeAlias = Leave | Swap | Assignment | Told | HandMark | Excuse

ENTERED = ("leaves", "swaps", "assignments", "told", "marks", "excuses")
"""The stores of what people entered, as `Duty` calls them."""

TOLD_OF = ("leaves", "swaps", "assignments")
"""The stores of what people are told of."""


class KeptDuty(Struct, frozen=True):
    """A book as plain values: the numbers of what stands in each store, in order, and of what each document says, by
    (feed, document); of those that were refused last when, and why."""

    stores: Mapping[str, Sequence[int]]
    read: Mapping[tuple[str, str], int]
    refused: Mapping[tuple[str, str], tuple[float, str]]


class DutyBook:
    """All of attendance and rosters as of the last event."""

    topic = Topic.DUTY

    def __init__(self, people: People) -> None:
        self._people = people
        self._stores: dict[str, dict[Any, Any]] = {name: {} for name in ENTERED}
        self._touched: set[str] = set()
        self._read: dict[tuple[str, str], DocumentRead] = {}
        self._refused: dict[tuple[str, str], DocumentRefused] = {}
        self._placed: dict[tuple[str, str], Placed] = {}
        self._documents: dict[str, Any] = {}
        self._is_read_anew = False
        self._last = NO_DUTY

    def read(self, feed: str, reading: DocumentRead) -> None:
        """A document of this feed says this from now on."""
        self._read[feed, reading.document] = reading
        self._refused.pop((feed, reading.document), None)
        self._placed.pop((feed, reading.document), None)
        self._is_read_anew = True

    def refuse(self, feed: str, refusal: DocumentRefused) -> None:
        """A newer file of a document says nothing: what it said before holds."""
        self._refused[feed, refusal.document] = refusal
        self._is_read_anew = True

    def gone(self, feed: str, document: str) -> bool:
        """Let go of a document; whether there was one of this name."""
        self._placed.pop((feed, document), None)
        found = (self._read.pop((feed, document), None), self._refused.pop((feed, document), None))
        if found == (None, None):
            return False
        self._is_read_anew = True
        return True

    def get(self, store: str, key: Any) -> Any:
        """What was entered there; None for nothing."""
        return self._stores[store].get(key)

    def store_of(self, entry: str, stores: Iterable[str]) -> str | None:
        """In which of these stores the entry stands."""
        return next((store for store in stores if entry in self._stores[store]), None)

    def put(self, store: str, key: Any, value: Any) -> Change:
        """Let this stand there from now on (None: nothing)."""
        entries = self._stores[store]
        before = entries.get(key)
        if value is not None:
            entries[key] = value
        else:
            entries.pop(key, None)
        self._touched.add(store)
        return Change(self.topic, store, key, before, value)

    def forget_before(self, at: float) -> None:
        """Let go of what people entered and what was over before `at`. What waits for a tick stays, and so does that
        somebody was told of what stays; documents say what they say."""
        for store, entries in self._stores.items():
            for key in [key for key, each in entries.items() if is_over_before(each, at)]:
                self.put(store, key, None)
        for key in [key for key in self._stores["told"] if self.store_of(key[0], TOLD_OF) is None]:
            self.put("told", key, None)

    def snapshot(self) -> Duty:
        """All of it, frozen: the same object as long as nothing changes."""
        if not (self._touched or self._is_read_anew):
            return self._last
        if self._is_read_anew:
            self._documents = self._put_together()
        self._last = self._all()
        self._touched.clear()
        self._is_read_anew = False
        return self._last

    def _all(self) -> Duty:
        """All of it: what was not touched since the last time is shared with that."""
        fresh = {name: self._stores[name].copy() for name in self._touched}
        shared = {name: getattr(self._last, name) for name in ENTERED}
        leaves = {**self._documents.get("leaves", {}), **self._stores["leaves"]}
        return Duty(**{**shared, **fresh, **self._documents, "leaves": leaves})

    def give(self, things: Things) -> None:
        """Have everything numbered that was entered."""
        for name, entries in self._stores.items():
            things.kinds[name].gather(entries.keys(), entries.values())

    def kept(self, things: Things, readings: Readings) -> KeptDuty:
        """All of it, once its things were gathered."""
        numbers = {name: things.kinds[name].numbers(entries.values()) for name, entries in self._stores.items()}
        read = {key: readings.number_of(reading) for key, reading in self._read.items()}
        return KeptDuty(numbers, read, {key: (each.at, each.why) for key, each in self._refused.items()})

    def take_up(self, kept: KeptDuty, things: Things, readings: Readings) -> None:
        """Go on from what was kept. Raises LookupError for things and readings that are not there."""
        self._stores = {name: dict(things.kinds[name].items(kept.stores[name])) for name in ENTERED}
        self._read = {key: readings.reading(number) for key, number in kept.read.items()}
        self._refused = {
            (feed, document): DocumentRefused(at, document=document, why=why)
            for (feed, document), (at, why) in kept.refused.items()
        }
        self._take_up_placed(kept, readings)
        documents = (self._people, tuple(kept.read.items()), tuple(kept.refused.items()))
        self._documents = readings.together.found(documents, self._put_together)
        self._touched = {name for name, entries in self._stores.items() if entries}
        entered = tuple((name, *map(id, self._stores[name].values())) for name in ENTERED)
        self._last = readings.duties.found((documents, entered), self._all)
        self._touched.clear()

    def _take_up_placed(self, kept: KeptDuty, readings: Readings) -> None:
        """The documents with the floor's agents in them: of one that was placed for an earlier floor the same again."""
        several = Counter(feed for feed, _document in self._read)
        for (feed, document), reading in self._read.items():
            source = _source(feed, document, several)
            of = (self._people, kept.read[feed, document], source)
            make = partial(placed, reading, source, self._people)
            self._placed[feed, document] = readings.placed.found(of, make)

    def _put_together(self) -> dict[str, Any]:
        """What all documents say, in the order of their names."""
        several = Counter(feed for feed, _document in self._read)
        for (feed, document), reading in self._read.items():
            source = _source(feed, document, several)
            known = self._placed.get((feed, document))
            if known is None or known.state.source != source:
                self._placed[feed, document] = placed(reading, source, self._people)
        those = [self._placed[key] for key in sorted(self._placed)]
        by_age = sorted(those, key=lambda each: each.state.read_at)
        return {
            "documents": {state.source: state for state in self._states()},
            "shifts": merged([each.shifts for each in those], when_of_shift),
            "punches": merged([each.punches for each in those], when_of_punch),
            "approvals": merged([each.approvals for each in those], when_of_approval),
            "stated": {(said.agent, said.date): said for each in by_age for said in each.stated},
            "leaves": {leave.id: leave for each in those for leave in each.leaves},
        }

    def _states(self) -> Iterator[DocumentState]:
        """How each document was read, and whether a newer file of it was refused; then those that never were read."""
        for key, known in sorted(self._placed.items(), key=lambda item: item[0]):
            refusal = self._refused.get(key)
            yield known.state if refusal is None else _refused(known.state, refusal)
        several = Counter(feed for feed, _document in self._read.keys() | self._refused.keys())
        for feed, document in sorted(self._refused.keys() - self._read.keys()):
            source, refusal = _source(feed, document, several), self._refused[feed, document]
            yield _refused(DocumentState(source, "", refusal.at), refusal)


def _source(feed: str, document: str, several: Counter[str]) -> str:
    """The name under which a document stands, given how many the feeds have."""
    return feed if several[feed] == 1 else f"{feed}/{document}"


def _refused(state: DocumentState, refusal: DocumentRefused) -> DocumentState:
    return replace(state, refused_at=refusal.at, why=refusal.why)


def is_over_before(each: Thing, at: float) -> bool:
    """Whether it waits for no tick, and both what it is about and the last that was entered of it were before `at`."""
    moments: tuple[float, ...]
    match each:
        case Leave():
            moments = (each.end, each.asked_at or 0.0, *_ticked(each)) if not each.is_open else ()
        case Swap():
            days = (_over(each.date), _over(each.other_date))
            moments = (*days, each.asked_at, *_ticked(each)) if not each.is_open else ()
        case Assignment() | Excuse():
            moments = (each.end, each.at)
        case HandMark():
            moments = (each.moment, each.at)
        case Told():
            moments = ()  # it goes with what it is about
    return max(moments, default=at) < at


def _ticked(request: Leave | Swap) -> Iterable[float]:
    return (tick.at for tick in request.ticks.values())


def _over(day: str) -> float:
    """When this date is over wherever the floor is, night shifts that begin on it included."""
    return (datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=2)).timestamp()
