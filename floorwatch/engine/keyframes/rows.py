"""The rows that a history got, as bytes: what has ended is in the file once, whatever floors are kept of it.

Rules
- Numbers of words are those of the writer's vocabulary: blocks are added in the order in which they were written, to a
  history that nothing else writes to.
- With the rows come the things that people entered since, and the presences that ended: frames name them by number.
  So come the bases that were laid since.
- A block is added whole or not at all, and is read by type: a broken one makes a FrameError, and nothing else.
"""

import sys
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder, Encoder

from floorwatch.engine.keyframes.frame import FrameError
from floorwatch.engine.keyframes.packing import same_length
from floorwatch.engine.keyframes.standing import differs_bytes, differs_of
from floorwatch.model.bases import Differs
from floorwatch.model.duty_book import ENTERED
from floorwatch.model.entities import Topic
from floorwatch.model.entry_log import Change, Done
from floorwatch.model.history import ROWS_TOGETHER, Columns, History, Lengths
from floorwatch.model.rows import Word
from floorwatch.model.things import DONE, KEYS, VALUES, Things
from floorwatch.words import _


class _Change(Struct, frozen=True, array_like=True):
    """A change; what stood there before and after by number."""

    store: str
    key: str | tuple[str | float, ...]
    before: int | None
    after: int | None


class _Done(Struct, frozen=True, array_like=True):
    """What an entry did."""

    entry: str
    by: str
    at: float
    what: str
    waits_for: str
    changes: list[_Change]


class _Rows(Struct, frozen=True, array_like=True):
    """Everything that came after `lengths`."""

    lengths: Lengths
    words: list[Word]
    tables: dict[str, list[bytes]]
    things: dict[str, bytes]
    done: list[_Done]
    ids: list[str]
    bases: dict[str, list[bytes]]


_ENCODER, _DECODER, _OWN_WORDS = Encoder(), Decoder(_Rows), Decoder(list[Word])
_THINGS: Mapping[str, Decoder[tuple[list[Any], list[Any]]]] = {
    name: Decoder(tuple[list[KEYS.get(name, str)], list[of]])  # type: ignore[misc, valid-type]  # made of the kind
    for name, of in VALUES.items()
}


def lengths_of(history: History) -> Lengths:
    """How much there is of everything now."""
    return history.lengths()


def rows_after(history: History, lengths: Lengths) -> bytes:
    """What came since the history had these lengths: of the one that a floor has written from its beginning."""
    now = history.lengths()
    things = history.things
    return _ENCODER.encode(
        _Rows(
            lengths,
            history.vocabulary.words[lengths.words : now.words],
            {name: _as_written(table, lengths.rows[name]) for name, table in history.tables.items()},
            {
                name: _ENCODER.encode((kind.keys[first:], kind.values[first:]))
                for name, kind in things.kinds.items()
                if name != DONE and len(kind) > (first := lengths.things.get(name, 0))
            },
            [*_done_as_written(things, lengths.things.get(DONE, 0))],
            things.ids[lengths.ids : now.ids],
            {
                name: [differs_bytes(name, each, things) for each in laid]
                for name in now.bases
                if (laid := history.bases.after(name, lengths.bases.get(name, 0)))
            },
        )
    )


def add_rows(history: History, data: bytes) -> None:
    """Add what `rows_after` gave, to a history that has the lengths that the writer's had then. Raises FrameError."""
    try:
        block = _DECODER.decode(data)
        _refuse_gap(history, block.lengths)
        words = len(history.vocabulary.words) + len(block.words)
        tables = {name: _columns(table, block.tables[name], words) for name, table in history.tables.items()}
        things = {name: _THINGS[name].decode(each) for name, each in block.things.items()}
        for keys, values in things.values():
            same_length(keys, values)
        done = _done(history.things, things, block.done)
        bases = _bases(history.things, things, block.bases)
    except (DecodeError, LookupError, ValueError) as error:
        raise FrameError(_("these are not the rows of a history: {why}").format(why=error)) from None
    tables["talks"]["call"] = _as_visits_have_them(tables["talks"]["call"], history, tables["visits"]["call"])
    history.vocabulary.codes(block.words)
    for name, columns in tables.items():
        history.tables[name].extend(columns)
    for name, (keys, values) in things.items():
        history.things.kinds[name].add(keys, values)
    history.things.kinds[DONE].add([each.entry for each in block.done], done)
    history.things.ids.extend(block.ids)
    for name, laid in bases.items():
        history.bases.add(name, laid)


def _refuse_gap(history: History, lengths: Lengths) -> None:
    """Raises ValueError where these rows do not follow those that are there."""
    now = history.lengths()
    if (now.rows, now.words, now.ids, now.bases) != (lengths.rows, lengths.words, lengths.ids, lengths.bases):
        raise ValueError(f"rows after {lengths}, where there are {now}")


def _as_written(table: Columns[Any], first: int) -> list[bytes]:
    return [
        _little(values).tobytes() if isinstance(values, array) else _ENCODER.encode(values)
        for values in table.settled(first).values()
    ]


def _columns(table: Columns[Any], data: Sequence[bytes], words: int) -> dict[str, Sequence[Any]]:
    """The columns as `Columns.extend` takes them. Raises ValueError, DecodeError."""
    found: dict[str, Sequence[Any]] = {}
    for (name, like), each in zip(table.settled(len(table)).items(), data, strict=True):
        if not isinstance(like, array):
            found[name] = _OWN_WORDS.decode(each)
            continue
        values: array[Any] = array(like.typecode)
        values.frombytes(each)
        found[name] = _little(values)
        if like.typecode == "I" and max(values, default=0) >= max(words, 1):
            raise ValueError(f"a word of {table.names} that is not there")
    same_length(*found.values())
    return found


def _as_visits_have_them(calls: Sequence[str], history: History, new: Sequence[str]) -> list[str]:
    """These calls, as the strings that visits of the last minutes have: 17 MiB less for a million entries."""
    visits = history.visits
    (last,) = visits.cut(("call",), max(0, len(visits) - ROWS_TOGETHER), len(visits))
    known = dict(zip((each := [*last, *new]), each, strict=True))
    return [known.get(call, call) for call in calls]


def _little(values: "array[Any]") -> "array[Any]":
    """These numbers, the least significant byte first."""
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _done_as_written(things: Things, first: int) -> list[_Done]:
    done = things.kinds[DONE]
    return [
        _Done(entry, each.by, each.at, each.what, each.waits_for, [_change_as_written(things, c) for c in each.changes])
        for entry, each in zip(done.keys[first:], done.values[first:], strict=True)
    ]


def _change_as_written(things: Things, change: Change) -> _Change:
    number = things.kinds[change.store].number
    return _Change(change.store, change.key, number(change.before), number(change.after))


def _done(things: Things, new: Mapping[str, tuple[list[Any], list[Any]]], done: Sequence[_Done]) -> list[Done]:
    """What was done, of the things that are there and those that come with it. Raises LookupError."""

    def thing(store: str, number: int | None) -> Any:
        if number is None:
            return None
        known = things.kinds[store].values
        return known[number] if number < len(known) else new[store][1][number - len(known)]

    return [
        Done(
            each.by,
            each.at,
            each.what,
            tuple(
                Change(
                    Topic.DUTY if change.store in ENTERED else Topic.SUPPORT,
                    change.store,
                    change.key,
                    thing(change.store, change.before),
                    thing(change.store, change.after),
                )
                for change in each.changes
            ),
            each.waits_for,
        )
        for each in done
    ]


def _bases(
    things: Things, new: Mapping[str, tuple[list[Any], list[Any]]], bases: Mapping[str, list[bytes]]
) -> dict[str, list[Differs[Any, Any]]]:
    """Bases of the things that are there and those that come with them. Raises LookupError, DecodeError."""
    if not bases:
        return {}
    both = things.upto(things.lengths(), 0)
    for name, (keys, values) in new.items():
        both.kinds[name].add(keys, values)
    return {name: [differs_of(name, each, both) for each in laid] for name, laid in bases.items()}
