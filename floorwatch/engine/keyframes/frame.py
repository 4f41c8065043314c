"""A floor as bytes, and a floor of such bytes: what a replay jumps to.

Rules
- A frame holds what the floor is made of now. What has ended is named by how many rows of the history there were; what
  people entered and what documents say by number: they stand in the file once (`rows`, `Readings`). Of what mostly
  stays as it is (`standing`) it holds what differs from a base, which stands in the file once, too.
- It is read by type and no other way: bytes that are broken, or a stranger's, make a FrameError, and nothing else.
- What a plugin keeps on the floor (`Custom`) is written as an entry of the file is: of plain values.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder, Encoder

from floorwatch.engine.keyframes.packing import Packing, numbers, same_length, steps
from floorwatch.engine.keyframes.standing import differs_bytes, differs_of, presences_of, standing, support_of
from floorwatch.model.counts import QueueCounts
from floorwatch.model.duty_book import KeptDuty
from floorwatch.model.ended_visits import KeptVisits
from floorwatch.model.entered import EntryUndone, HelpAnswered, HelpReleased, HelpTaken, HelpWithdrawn
from floorwatch.model.entities import CallKey, Fact, MissedRing, Talk, Waiting
from floorwatch.model.entry_log import KeptEntries
from floorwatch.model.floor import Floor, KeptFloor
from floorwatch.model.history import History, Lengths
from floorwatch.model.ledger import Ledger
from floorwatch.model.live import KeptLive
from floorwatch.model.readings import Readings
from floorwatch.model.support import Overtaken
from floorwatch.model.support_book import KeptSupport
from floorwatch.model.things import Things
from floorwatch.model.weekday import WeekdayRead
from floorwatch.words import _

__all__ = ["FrameError", "Readings", "floor_of", "frame_of"]

Early: TypeAlias = HelpTaken | HelpReleased | HelpAnswered | HelpWithdrawn | EntryUndone
"""What may wait for the line of a request."""

_WAITING, _TALKS, _QUEUE_COUNTS = Packing(Waiting), Packing(Talk), Packing(QueueCounts)
_RINGS, _OVERTAKEN = Packing(MissedRing), Packing(Overtaken)


class FrameError(Exception):
    """Bytes that are no frame, or none of this history."""


class _Counts(Struct, frozen=True, array_like=True):
    """Counters of days, each with whose they are and when the day begins."""

    of: list[str]
    start: list[int | float]
    counts: bytes


class _Entries(Struct, frozen=True, array_like=True):
    """The log of entries; what was done as steps of numbers."""

    seen: int
    done: list[int]
    overtaken_of: list[str]
    overtaken: bytes
    early: dict[str, list[tuple[Early, str]]]


class _Books(Struct, frozen=True, array_like=True):
    """What stands in the books besides the mappings of `standing`, as steps of numbers; and which reading of each
    document (feed, document, number)."""

    last_asked_at: float
    is_mixed: bool
    duty: dict[str, list[int]]
    read: list[tuple[str, str, int]]
    refused: list[tuple[str, str, float, str]]


class _Frame(Struct, frozen=True, array_like=True):
    """Everything."""

    lengths: Lengths
    gives: list[Fact]
    standing: dict[str, bytes]
    waiting: bytes
    talks: bytes
    queues: list[str]
    closed: KeptVisits
    ringing: list[tuple[CallKey, tuple[str, ...]]]
    day_counts: _Counts
    feeds: dict[str, Ledger]
    custom: dict[str, dict[str, dict[str, Any]]]
    entries: _Entries
    books: _Books
    weekday: WeekdayRead | None
    missed_rings: bytes
    order: int
    today: tuple[float, float]


_ENCODER, _DECODER = Encoder(), Decoder(_Frame)


def frame_of(floor: Floor, readings: Readings) -> bytes:
    """The floor as bytes, without its alerts and without who looks at it. New readings stand in `readings` then.

    Raises FrameError where a plugin keeps something on it that cannot be written.
    """
    kept = floor.kept(readings)
    live, things = kept.live, floor.history.things
    frame = _Frame(
        live.lengths,
        sorted(kept.gives),
        {name: differs_bytes(name, differs, things) for name, differs in standing(live).items()},
        _WAITING.packed(live.waiting),
        _TALKS.packed(live.talks),
        list(live.queues),
        live.closed,
        [(key, tuple(agents)) for key, agents in live.ringing.items()],
        _counts_as_written(live.day_counts),
        dict(live.feeds),
        live.custom,  # type: ignore[arg-type]  # a mapping is written as a dict is
        _entries_as_written(live.entries),
        _books_as_written(live.support, live.duty),
        live.weekday,
        _RINGS.packed(live.missed_rings),
        live.order,
        live.today,
    )
    try:
        return _ENCODER.encode(frame)
    except (TypeError, ValueError) as error:
        said = _("a plugin keeps something on the floor that cannot be written: {why}; custom data is of plain values")
        raise FrameError(said.format(why=error)) from None


def floor_of(frame: bytes, empty: Floor, history: History, readings: Readings) -> Floor:
    """The floor that these bytes are: `empty`, into which nothing was folded, goes on from there with the first rows
    of `history`. Raises FrameError; `empty` is of no more use then."""
    try:
        read = _DECODER.decode(frame)
        empty.take_up(KeptFloor(frozenset(read.gives), _live(read, history.things)), history, readings)
    except (DecodeError, LookupError, ValueError, RecursionError) as error:
        raise FrameError(_("these are not the bytes of a floor: {why}").format(why=error)) from None
    return empty


def _live(read: _Frame, things: Things) -> KeptLive:
    found = {name: differs_of(name, data, things) for name, data in read.standing.items()}
    books = read.books
    return KeptLive(
        lengths=read.lengths,
        waiting=_WAITING.unpacked(read.waiting),
        talks=_TALKS.unpacked(read.talks),
        agents=found["agents"],
        queues=read.queues,
        closed=read.closed,
        ringing=dict(read.ringing),
        last_talk=found["last_talk"],
        day_counts=_counts(read.day_counts),
        interval_counts=found["interval_counts"],
        agent_counts=found["agent_counts"],
        feeds=read.feeds,
        custom=read.custom,
        entries=_entries(read.entries),
        support=support_of(found, books.last_asked_at, is_mixed=books.is_mixed),
        duty=KeptDuty(
            {name: numbers(each) for name, each in books.duty.items()},
            {(feed, document): number for feed, document, number in books.read},
            {(feed, document): (at, why) for feed, document, at, why in books.refused},
        ),
        presences=presences_of(found),
        weekday=read.weekday,
        missed_rings=_RINGS.unpacked(read.missed_rings),
        order=read.order,
        today=read.today,
    )


# --- parts -----------------------------------------------------------------------------------------------------------


def _counts_as_written(counts: Mapping[tuple[str, float], QueueCounts]) -> _Counts:
    return _Counts(
        [of for of, _start in counts], [start for _of, start in counts], _QUEUE_COUNTS.packed(list(counts.values()))
    )


def _counts(read: _Counts) -> dict[tuple[str, float], QueueCounts]:
    counts = _QUEUE_COUNTS.unpacked(read.counts)
    same_length(read.of, read.start, counts)
    return dict(zip(zip(read.of, read.start, strict=True), counts, strict=True))


def _entries_as_written(kept: KeptEntries) -> _Entries:
    return _Entries(
        kept.seen,
        steps(kept.done),
        list(kept.overtaken),
        _OVERTAKEN.packed([*kept.overtaken.values()]),
        kept.early,  # type: ignore[arg-type]  # only these wait: `fold_support`
    )


def _entries(read: _Entries) -> KeptEntries:
    overtaken = _OVERTAKEN.unpacked(read.overtaken)
    same_length(read.overtaken_of, overtaken)
    return KeptEntries(read.seen, numbers(read.done), dict(zip(read.overtaken_of, overtaken, strict=True)), read.early)


def _books_as_written(support: KeptSupport, duty: KeptDuty) -> _Books:
    return _Books(
        support.last_asked_at,
        support.is_mixed,
        {name: steps(each) for name, each in duty.stores.items()},
        [(feed, document, number) for (feed, document), number in duty.read.items()],
        [(feed, document, at, why) for (feed, document), (at, why) in duty.refused.items()],
    )
